//! Sample values for tests, behind the feature `test-support`: one for each type, so that a new
//! field is added in one place. A test changes the fields that it is about.

use crate::{
    CoHostState, LiveId, LiveInfo, LiveSnapshot, PrivateState, SeatInfo, SeatMode, SeatUser, UserId, UserInfo,
};

const VALID: &str = "a sample has a valid id";

impl UserInfo {
    /// A user whose name is the id, without an avatar.
    ///
    /// # Panics
    /// If `id` is not a valid id.
    #[must_use]
    pub fn sample(id: &str) -> Self {
        Self { user_id: UserId::new(id).expect(VALID), user_name: id.to_owned(), avatar_url: String::new() }
    }
}

impl SeatUser {
    /// An online user with an open microphone, on the seat since time 0.
    ///
    /// # Panics
    /// If `id` is not a valid id.
    #[must_use]
    pub fn sample(id: &str) -> Self {
        Self {
            user: UserInfo::sample(id),
            is_microphone_open: true,
            allow_open_microphone: true,
            is_online: true,
            taken_at: 0,
        }
    }
}

impl SeatInfo {
    /// An unlocked seat, taken by the user with this id, or vacant.
    ///
    /// # Panics
    /// If an id is not valid.
    #[must_use]
    pub fn sample(live: &str, index: u16, taken_by: Option<&str>) -> Self {
        let live_id = LiveId::new(live).expect(VALID);
        Self { user: taken_by.map(SeatUser::sample), ..Self::vacant(live_id, index) }
    }
}

impl LiveInfo {
    /// A public live of two free seats, created at time 0. Its owner is online.
    ///
    /// # Panics
    /// If an id is not valid.
    #[must_use]
    pub fn sample(live: &str, owner: &str) -> Self {
        Self {
            live_id: LiveId::new(live).expect(VALID),
            live_name: "Live".to_owned(),
            cover_url: String::new(),
            notice: String::new(),
            owner: UserInfo::sample(owner),
            is_owner_online: true,
            admin_user_ids: Vec::new(),
            is_public_visible: true,
            max_seat_count: 2,
            seat_mode: SeatMode::Free,
            created_at: 0,
        }
    }
}

impl LiveSnapshot {
    /// [`LiveInfo::sample`] with its owner on the first of two seats, at time 0, without connection
    /// or battle.
    ///
    /// # Panics
    /// If an id is not valid.
    #[must_use]
    pub fn sample(live: &str, owner: &str) -> Self {
        Self {
            live: LiveInfo::sample(live, owner),
            seats: vec![SeatInfo::sample(live, 0, Some(owner)), SeatInfo::sample(live, 1, None)],
            co_host: CoHostState::default(),
            battle: None,
            recent_messages: Vec::new(),
            private: PrivateState::default(),
            viewer_count: 1,
            likes: 0,
            seq: 0,
            rev: 0,
            server_time: 0,
            epoch: "e".to_owned(),
        }
    }
}
