//! The pages: lobby, live, overlay.

mod live;
mod lobby;
mod not_found;
mod overlay;

pub use live::{LivePage, LiveView, join_when_known};
pub use lobby::{LobbyPage, LobbyView};
pub use not_found::NotFoundPage;
pub use overlay::OverlayPage;
