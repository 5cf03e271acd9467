//! Parts of the lobby.

mod card;
mod name_sheet;
mod start_sheet;
mod top;

pub use card::LiveCardLink;
pub use name_sheet::NameSheet;
pub use start_sheet::StartSheet;
pub use top::LobbyTop;
