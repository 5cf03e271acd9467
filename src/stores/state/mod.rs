//! The state of one live as signals. Each part is synchronised from the replica: an unchanged value
//! notifies no subscriber.

mod battle;
mod chat;
mod co_host;
mod live;
mod seats;

pub use battle::{BattleSideInfo, BattleState};
pub use chat::{BarrageState, ChatEntry, GiftCombo, GiftState, LikeState, MAX_CHAT_ENTRIES};
pub use co_host::CoHostStoreState;
pub use live::{AudienceState, LiveState};
pub use seats::{LiveSeatState, SeatKey};
