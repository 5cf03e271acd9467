//! Parts of the lobby.

mod card;
mod list;
mod more;
mod name_sheet;
mod pull;
mod start_sheet;
mod top;

pub use card::LiveCardLink;
pub use list::LiveList;
pub use name_sheet::NameSheet;
pub use pull::PullToRefresh;
pub use start_sheet::StartSheet;
pub use top::LobbyTop;
