//! The parts of a live's page around the stage.

mod announce;
mod audience;
mod bans;
mod chat;
mod combos;
mod dock;
mod ended;
mod gifts;
mod head;
mod hearts;
mod leave;
mod notice;
mod panels;
mod stage;
mod status;
mod tools;
mod user;

pub use chat::ChatPanel;
pub use combos::Combos;
pub use dock::Dock;
pub use ended::EndedView;
pub use head::RoomHead;
pub use hearts::Hearts;
pub use notice::Notices;
pub use panels::Panels;
pub use stage::Stage;
pub use status::StatusBanner;
pub use tools::HostTools;
