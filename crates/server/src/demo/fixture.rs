//! Rooms for the tests of the bots.

use duelcast_protocol::{
    CoHostInvitation, CoHostLive, CoHostState, CoHostStatus, LiveInfo, LiveSnapshot, PrivateState, SeatMode,
    UserInfo,
};

use super::{persona, room::Room};

pub fn user(id: &str) -> UserInfo {
    UserInfo { user_id: persona::user_id(id), user_name: id.to_owned(), avatar_url: String::new() }
}

pub fn live(id: &str) -> CoHostLive {
    CoHostLive {
        live_id: persona::live_id(id),
        live_name: id.to_owned(),
        cover_url: String::new(),
        owner: user(id),
        is_owner_online: true,
        max_seat_count: 0,
        joined_at: 0,
    }
}

/// A live without seats, of the user with this id.
pub fn room(owner: &str) -> Room {
    let live = LiveInfo {
        live_id: persona::live_id(owner),
        live_name: owner.to_owned(),
        cover_url: String::new(),
        notice: String::new(),
        owner: user(owner),
        is_owner_online: true,
        admin_user_ids: Vec::new(),
        is_public_visible: true,
        max_seat_count: 0,
        seat_mode: SeatMode::Free,
        created_at: 0,
    };
    Room::new(LiveSnapshot {
        live,
        seats: Vec::new(),
        co_host: CoHostState::default(),
        battle: None,
        recent_messages: Vec::new(),
        private: PrivateState::default(),
        viewer_count: 0,
        likes: 0,
        seq: 0,
        rev: 0,
        server_time: 0,
        epoch: "e".to_owned(),
    })
}

/// The same, connected with another live.
pub fn connected_room(owner: &str, other: &str) -> Room {
    let mut room = room(owner);
    room.state.co_host.status = CoHostStatus::Connected;
    room.state.co_host.connected = vec![live(owner), live(other)];
    room
}

pub fn invitation(from: &str, to: &str) -> CoHostInvitation {
    CoHostInvitation {
        from: live(from),
        to: live(to),
        layout_template: 1,
        extra_info: String::new(),
        battle: None,
        created_at: 1,
        expires_at: 2,
    }
}
