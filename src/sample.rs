//! For tests: a live with two seats.

use duelcast_protocol::{
    CoHostState, EventFrame, LiveId, LiveInfo, LiveSnapshot, PrivateState, Resumed, SeatInfo, SeatMode,
    SeatUser, UserId, UserInfo, Volatile,
};

pub(crate) fn live_id(id: &str) -> LiveId {
    LiveId::new(id).unwrap()
}

pub(crate) fn user(id: &str) -> UserInfo {
    UserInfo { user_id: UserId::new(id).unwrap(), user_name: id.to_owned(), avatar_url: String::new() }
}

pub(crate) fn seat(live: &str, index: u16, user_id: Option<&str>) -> SeatInfo {
    let user = user_id.map(|id| SeatUser {
        user: user(id),
        is_microphone_open: true,
        allow_open_microphone: true,
        is_online: true,
        taken_at: 0,
    });
    SeatInfo { live_id: live_id(live), index, is_locked: false, user }
}

/// Owned by `owner`, who is on seat 0.
pub(crate) fn snapshot(live: &str, seq: u64) -> LiveSnapshot {
    LiveSnapshot {
        live: LiveInfo {
            live_id: live_id(live),
            live_name: "Live".to_owned(),
            cover_url: String::new(),
            notice: String::new(),
            owner: user("owner"),
            is_owner_online: true,
            admin_user_ids: vec![],
            is_public_visible: true,
            max_seat_count: 2,
            seat_mode: SeatMode::Free,
            created_at: 0,
        },
        seats: vec![seat(live, 0, Some("owner")), seat(live, 1, None)],
        co_host: CoHostState::default(),
        battle: None,
        recent_messages: vec![],
        private: PrivateState::default(),
        viewer_count: 1,
        likes: 0,
        seq,
        rev: 0,
        server_time: 0,
        epoch: "e".to_owned(),
    }
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
