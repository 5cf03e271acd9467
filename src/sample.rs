//! Test data: a live with two seats.

use duelcast_protocol::{
    EventFrame, LiveId, LiveSnapshot, PrivateState, Resumed, SeatInfo, UserInfo, Volatile,
};

pub(crate) fn live_id(id: &str) -> LiveId {
    LiveId::new(id).unwrap()
}

pub(crate) fn user(id: &str) -> UserInfo {
    UserInfo::sample(id)
}

pub(crate) fn seat(live: &str, index: u16, user_id: Option<&str>) -> SeatInfo {
    SeatInfo::sample(live, index, user_id)
}

/// A live owned by `owner`, who is on seat 0.
pub(crate) fn snapshot(live: &str, seq: u64) -> LiveSnapshot {
    LiveSnapshot { seq, ..LiveSnapshot::sample(live, "owner") }
}

pub(crate) fn volatile(live: &str) -> Volatile {
    Volatile {
        live_id: live_id(live),
        rev: 1,
        battle_score: None,
        battle_contributors: None,
        newcomers: None,
        likes: None,
        viewer_count: None,
        volumes: None,
    }
}

pub(crate) fn resumed(events: Vec<EventFrame>, volatile: Volatile) -> Resumed {
    Resumed { resumed: true, events, private: PrivateState::default(), volatile, server_time: 0 }
}
