//! The pages: lobby, live, overlay.

mod live;
mod lobby;
mod not_found;
mod overlay;

pub use live::LivePage;
pub use lobby::LobbyPage;
pub use not_found::NotFoundPage;
pub use overlay::OverlayPage;
