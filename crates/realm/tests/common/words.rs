//! Short names for requests, with the usual parameters.

use duelcast_protocol::{
    AcceptApplication, AcceptBattle, AcceptHostConnection, ApplyForSeat, BattleCode, BattleConfig, BattleId,
    BattleReply, CoHostCode, CreateLive, ExitBattle, InviteToSeat, MoveSeatPolicy, MoveUserToSeat,
    RejectBattle, RequestBattle, RequestHostConnection, SeatMode, TakeSeat,
    rest::{ScoreChange, ScoreOp, ScoreReply, ScoreUpdate},
};
use duelcast_realm::{Reply, ServiceAction};

use super::{live, user_id};

pub const TIMEOUT_MS: u64 = 10_000;
pub const MINUTE_MS: u64 = 60_000;

pub fn create_live(name: &str) -> CreateLive {
    CreateLive {
        live_id: Some(live(name)),
        live_name: format!("Room of {name}"),
        cover_url: String::new(),
        notice: String::new(),
        is_public_visible: true,
        max_seat_count: 4,
        seat_mode: SeatMode::Free,
    }
}

pub fn take_seat(room: &str, index: u16) -> TakeSeat {
    TakeSeat { live_id: live(room), index: Some(index) }
}

pub fn move_to(room: &str, name: &str, index: u16, policy: MoveSeatPolicy) -> MoveUserToSeat {
    MoveUserToSeat { live_id: live(room), user_id: user_id(name), index, policy }
}

pub fn apply_for_seat(room: &str, index: Option<u16>) -> ApplyForSeat {
    ApplyForSeat { live_id: live(room), index, timeout_ms: TIMEOUT_MS }
}

pub fn accept_application(room: &str, name: &str) -> AcceptApplication {
    AcceptApplication { live_id: live(room), user_id: user_id(name) }
}

pub fn invite_to_seat(room: &str, name: &str) -> InviteToSeat {
    InviteToSeat { live_id: live(room), user_id: user_id(name), index: None, timeout_ms: TIMEOUT_MS }
}

pub fn invite_host(from: &str, targets: &[&str]) -> RequestHostConnection {
    RequestHostConnection {
        live_id: live(from),
        target_hosts: targets.iter().map(|name| live(name)).collect(),
        layout_template: 1,
        timeout_ms: TIMEOUT_MS,
        extra_info: String::new(),
        battle: None,
    }
}

/// An invitation that carries a battle.
pub fn invite_to_fight(from: &str, targets: &[&str]) -> RequestHostConnection {
    RequestHostConnection { battle: Some(minute()), ..invite_host(from, targets) }
}

pub fn accept_host(own: &str, from: &str) -> AcceptHostConnection {
    AcceptHostConnection { live_id: live(own), from_host_live_id: live(from) }
}

/// A battle of one minute.
pub fn minute() -> BattleConfig {
    BattleConfig { duration_ms: MINUTE_MS, ..BattleConfig::default() }
}

/// A battle of one minute that starts at once.
pub fn at_once() -> BattleConfig {
    BattleConfig { need_response: false, ..minute() }
}

pub fn request_battle(own: &str, users: &[&str], config: BattleConfig) -> RequestBattle {
    let user_id_list = users.iter().map(|name| user_id(name)).collect();
    RequestBattle { live_id: live(own), user_id_list, config, timeout_ms: TIMEOUT_MS }
}

pub fn accept_battle(own: &str, battle_id: &BattleId) -> AcceptBattle {
    AcceptBattle { live_id: live(own), battle_id: battle_id.clone() }
}

pub fn reject_battle(own: &str, battle_id: &BattleId) -> RejectBattle {
    RejectBattle { live_id: live(own), battle_id: battle_id.clone(), reason: Default::default() }
}

pub fn exit_battle(own: &str, battle_id: &BattleId) -> ExitBattle {
    ExitBattle { live_id: live(own), battle_id: battle_id.clone() }
}

pub fn score(op: ScoreOp, lines: &[(&str, i64)]) -> ScoreUpdate {
    let change =
        |(name, value): &(&str, i64)| ScoreChange { live_id: Some(live(name)), user_id: None, value: *value };
    ScoreUpdate {
        op,
        occurred_at: None,
        source: None,
        reverses: None,
        scores: lines.iter().map(change).collect(),
    }
}

pub fn add(lines: &[(&str, i64)]) -> ScoreUpdate {
    score(ScoreOp::Add, lines)
}

pub fn update_scores(battle_id: &BattleId, key: &str, update: ScoreUpdate) -> ServiceAction {
    ServiceAction::UpdateScores { battle_id: battle_id.clone(), idempotency_key: key.to_owned(), update }
}

#[track_caller]
pub fn host_codes(reply: Reply) -> Vec<(String, CoHostCode)> {
    let Reply::HostConnection(reply) = reply else { panic!("{reply:?} has no co-host codes") };
    reply.results.into_iter().map(|(id, code)| (id.to_string(), code)).collect()
}

#[track_caller]
pub fn battle_reply(reply: Reply) -> BattleReply {
    let Reply::BattleRequested(reply) = reply else { panic!("{reply:?} is no battle request") };
    *reply
}

#[track_caller]
pub fn battle_codes(reply: Reply) -> Vec<(String, BattleCode)> {
    battle_reply(reply).results.into_iter().map(|(id, code)| (id.to_string(), code)).collect()
}

#[track_caller]
pub fn score_reply(reply: Reply) -> ScoreReply {
    let Reply::Score(reply) = reply else { panic!("{reply:?} is no score") };
    reply
}
