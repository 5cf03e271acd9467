//! Values to put into messages.

use duelcast_protocol::*;

pub const AT: Timestamp = 1_800_000_000_000;

pub fn live_id(id: &str) -> LiveId {
    LiveId::new(id).unwrap()
}

pub fn user_id(id: &str) -> UserId {
    UserId::new(id).unwrap()
}

pub fn battle_id() -> BattleId {
    BattleId::new("battle_1").unwrap()
}

pub fn connection_id() -> ConnectionId {
    ConnectionId::new("conn_1").unwrap()
}

pub fn user(id: &str) -> UserInfo {
    UserInfo { user_name: id.to_uppercase(), ..UserInfo::sample(id) }
}

pub fn live_info() -> LiveInfo {
    LiveInfo {
        live_name: "Room".to_owned(),
        cover_url: "/c.svg".to_owned(),
        owner: user("ann"),
        admin_user_ids: vec![user_id("adi")],
        max_seat_count: 8,
        seat_mode: SeatMode::Apply,
        created_at: AT,
        ..LiveInfo::sample("a", "ann")
    }
}

pub fn live_card() -> LiveCard {
    LiveCard {
        live: live_info(),
        activity: LiveActivity::InBattle,
        connected_count: 2,
        taken_seat_count: 1,
        viewer_count: 9,
    }
}

pub fn seat() -> SeatInfo {
    let user = SeatUser { user: user("ann"), taken_at: AT, ..SeatUser::sample("ann") };
    SeatInfo { user: Some(user), ..SeatInfo::sample("a", 0, None) }
}

pub fn empty_seat() -> SeatInfo {
    SeatInfo { is_locked: true, ..SeatInfo::sample("a", 1, None) }
}

pub fn co_host_live(id: &str) -> CoHostLive {
    CoHostLive {
        live_id: live_id(id),
        live_name: "Room".to_owned(),
        cover_url: String::new(),
        owner: user("ann"),
        is_owner_online: true,
        max_seat_count: 8,
        joined_at: AT,
    }
}

pub fn invitation() -> CoHostInvitation {
    CoHostInvitation {
        from: co_host_live("a"),
        to: co_host_live("b"),
        layout_template: 1,
        extra_info: String::new(),
        battle: Some(BattleConfig::default()),
        created_at: AT,
        expires_at: AT + 10_000,
    }
}

pub fn request() -> BattleRequest {
    let answer = BattleAnswer::TimedOut;
    BattleRequest {
        battle_id: battle_id(),
        inviter: user("ann"),
        inviter_live_id: live_id("a"),
        invitees: vec![BattleInvitee { live_id: live_id("b"), user: user("bob"), answer }],
        config: BattleConfig::default(),
        created_at: AT,
        expires_at: AT + 10_000,
    }
}

fn contributors() -> SideContributors {
    let contributor = Contributor { user_id: "u9".to_owned(), user_name: "Eve".to_owned(), score: 15 };
    SideContributors { live_id: LiveId::new("a").unwrap(), contributors: vec![contributor] }
}

pub fn battle() -> BattleInfo {
    let ranked = RankedSide {
        live_id: live_id("a"),
        user_id: user_id("ann"),
        rank: 1,
        score: 5,
        outcome: SideOutcome::Won,
    };
    let exited = Some(BattleExitReason::LeftConnection);
    BattleInfo {
        battle_id: battle_id(),
        connection_id: connection_id(),
        config: BattleConfig::default(),
        phase: BattlePhase::Penalty,
        inviter_user_id: user_id("ann"),
        started_at: AT,
        ends_at: AT + 60_000,
        penalty_ends_at: Some(AT + 80_000),
        sides: vec![BattleSide { live_id: live_id("a"), user: user("ann"), score: 5, exited }],
        score_rev: 1,
        contributors: Vec::new(),
        result: Some(BattleResult {
            reason: BattleEndReason::TimeUp,
            is_draw: false,
            ranking: vec![ranked],
            contributors: vec![contributors()],
            rule_versions: vec!["2026-1".to_owned()],
        }),
    }
}

pub fn battle_score() -> BattleScore {
    let scores = vec![SideScore { live_id: live_id("a"), user_id: user_id("ann"), score: limits::MAX_SCORE }];
    BattleScore { battle_id: battle_id(), score_rev: 1, scores }
}

pub fn summary() -> LiveSummary {
    LiveSummary {
        duration_ms: 1,
        message_count: 2,
        gift_count: 3,
        gift_coins: 4,
        battle_count: 5,
        battles_won: 6,
    }
}

pub fn text() -> TextMessage {
    TextMessage { sender: user("vic"), text: "hello".to_owned(), sent_at: AT }
}

pub fn gift() -> GiftMessage {
    GiftMessage {
        sender: user("vic"),
        receiver: user("ann"),
        to_live_id: live_id("a"),
        gift: gift_catalogue().remove(0),
        count: 3,
        battle_id: Some(battle_id()),
        sent_at: AT,
    }
}

pub fn application() -> SeatApplication {
    SeatApplication { user: user("vic"), index: Some(2), created_at: AT, expires_at: AT + 10_000 }
}

pub fn seat_invitation() -> SeatInvitation {
    SeatInvitation {
        user: user("vic"),
        inviter: user("ann"),
        index: None,
        created_at: AT,
        expires_at: AT + 10_000,
    }
}

pub fn banned() -> BannedUser {
    BannedUser {
        user: user("vic"),
        banned_at: AT,
        banned_until: Some(AT + 60_000),
        operator: Some(user("adi")),
    }
}

pub fn private() -> PrivateState {
    PrivateState {
        seat_applications: vec![application()],
        seat_invitations: vec![seat_invitation()],
        invitees: vec![invitation()],
        applicants: Vec::new(),
        battle_request_sent: Some(request()),
        battle_requests_received: Vec::new(),
        message_disabled_user_ids: [user_id("vic")].into(),
    }
}

pub fn snapshot() -> LiveSnapshot {
    LiveSnapshot {
        live: live_info(),
        seats: vec![seat(), empty_seat()],
        co_host: CoHostState {
            status: CoHostStatus::Connected,
            connection_id: Some(connection_id()),
            layout_template: 1,
            connected: vec![co_host_live("a"), co_host_live("b")],
            muted_live_ids: vec![live_id("b")],
        },
        battle: Some(battle()),
        recent_messages: vec![ChatItem::Text(text()), ChatItem::Gift(gift())],
        private: private(),
        viewer_count: 9,
        likes: 100,
        seq: 7,
        rev: 8,
        server_time: AT,
        epoch: "e1".to_owned(),
    }
}

pub fn volatile() -> Volatile {
    Volatile {
        live_id: live_id("a"),
        rev: 9,
        battle_score: Some(battle_score()),
        battle_contributors: Some(vec![contributors()]),
        newcomers: Some(vec![user("eve")]),
        likes: Some(101),
        viewer_count: Some(10),
        volumes: Some(vec![Volume { user_id: user_id("ann"), level: 40 }]),
    }
}
