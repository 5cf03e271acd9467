//! Rooms for the tests of the bots.

use duelcast_protocol::{CoHostInvitation, CoHostLive, CoHostStatus, LiveInfo, LiveSnapshot, UserInfo};

use super::{persona, room::Room};

pub fn user(id: &str) -> UserInfo {
    UserInfo { user_id: persona::user_id(id), user_name: id.to_owned(), ..UserInfo::sample(id) }
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
    let sample = LiveSnapshot::sample(owner, owner);
    let live = LiveInfo {
        live_id: persona::live_id(owner),
        live_name: owner.to_owned(),
        owner: user(owner),
        max_seat_count: 0,
        ..sample.live
    };
    Room::new(LiveSnapshot { live, seats: Vec::new(), viewer_count: 0, ..sample })
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
