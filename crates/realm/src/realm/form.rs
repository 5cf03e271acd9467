//! What a command is refused for before it is an entry of the log: its form, its bounds, and a live
//! or battle that does not exist. Reads the state and changes nothing. [`Realm::apply`] checks the
//! same again, since the state may be another one by then, and everything else, for which order
//! matters.

use std::collections::BTreeSet;

use duelcast_protocol::{
    Action, BattleId, CreateLive, DurationMs, ErrorCode, LiveId, Rejection, RequestBattle,
    RequestHostConnection, SendGift, UpdateLiveInfo, gift_catalogue, limits,
};

use crate::{Actor, Command, ModerationAction, Realm, ServiceAction, battle::check_update, checks};

/// Most targets of one request. Targets beyond the size of a connection get the code `full`.
const MAX_TARGETS_PER_REQUEST: usize = 32;

impl Realm {
    /// Refuses a command whose form or bounds are wrong, that needs a grant which its author has
    /// not, or that names a live or battle that does not exist now.
    ///
    /// # Errors
    /// What [`Realm::apply`] would say if nothing else came before.
    pub fn precheck(&self, command: &Command) -> Result<(), Rejection> {
        match command {
            Command::User { by, action } => {
                checks::user(&by.user)?;
                self.check_action(by, action)
            }
            Command::Service { action, .. } => self.check_service_action(action),
            Command::SessionOpened { .. }
            | Command::SessionClosed { .. }
            | Command::NodeStarted { .. }
            | Command::Tick => Ok(()),
        }
    }

    pub(super) fn check_action(&self, by: &Actor, action: &Action) -> Result<(), Rejection> {
        if let Action::CreateLive(params) = action {
            return check_create_live(by, params);
        }
        if let Some(live_id) = action.live_id() {
            self.check_place(live_id, seat_index(action))?;
        }
        check_params(action)
    }

    fn check_place(&self, live_id: &LiveId, index: Option<u16>) -> Result<(), Rejection> {
        let live = self.live(live_id)?;
        index.map_or(Ok(()), |index| live.seat(index).map(|_| ()))
    }

    pub(super) fn check_service_action(&self, action: &ServiceAction) -> Result<(), Rejection> {
        match action {
            ServiceAction::EndLive { live_id } => self.check_place(live_id, None),
            ServiceAction::Moderate { live_id, action, .. } => {
                self.check_place(live_id, None)?;
                check_moderation(*action)
            }
            ServiceAction::BanUser { duration_ms, .. } => check_ban(*duration_ms),
            ServiceAction::UnbanUser { .. } => Ok(()),
            ServiceAction::StartBattle { request } => {
                checks::battle_config(&request.config)?;
                let live_count = request.live_ids.iter().collect::<BTreeSet<_>>().len();
                checks::range("The number of liveIds", live_count, 2, limits::MAX_LIVES_PER_CONNECTION)?;
                request.live_ids.iter().try_for_each(|live_id| self.check_place(live_id, None))
            }
            ServiceAction::EndBattle { battle_id } => self.check_battle_exists(battle_id),
            ServiceAction::UpdateScores { battle_id, idempotency_key, update } => {
                check_update(idempotency_key, update)?;
                self.check_battle_exists(battle_id)
            }
        }
    }

    /// A request may be a battle by the time that the command is applied.
    fn check_battle_exists(&self, id: &BattleId) -> Result<(), Rejection> {
        if self.battle_requests.contains_key(id) { Ok(()) } else { self.any_battle(id).map(|_| ()) }
    }
}

/// The seat that a request names.
#[allow(clippy::wildcard_enum_match_arm, reason = "the other requests name none")]
fn seat_index(action: &Action) -> Option<u16> {
    match action {
        Action::LockSeat(params) => Some(params.index),
        Action::UnlockSeat(params) => Some(params.index),
        Action::MoveUserToSeat(params) => Some(params.index),
        Action::TakeSeat(params) => params.index,
        Action::ApplyForSeat(params) => params.index,
        Action::InviteToSeat(params) => params.index,
        _ => None,
    }
}

#[allow(clippy::wildcard_enum_match_arm, reason = "the other parameters are ids and flags")]
fn check_params(action: &Action) -> Result<(), Rejection> {
    match action {
        Action::UpdateLiveInfo(params) => check_update_live_info(params),
        Action::ApplyForSeat(params) => checks::timeout(params.timeout_ms),
        Action::InviteToSeat(params) => checks::timeout(params.timeout_ms),
        Action::BanUser(params) => check_ban(params.duration_ms),
        Action::RequestHostConnection(params) => check_host_request(params),
        Action::RequestBattle(params) => check_battle_request(params),
        Action::SendGift(params) => check_gift(params),
        Action::SendTextMessage(params) => checks::non_blank("text", &params.text, limits::MAX_TEXT_CHARS),
        _ => Ok(()),
    }
}

fn check_create_live(by: &Actor, params: &CreateLive) -> Result<(), Rejection> {
    if !by.can_create_live {
        return Err(ErrorCode::NoPermission.into());
    }
    params.live_id.as_ref().map_or(Ok(()), checks::new_live_id)?;
    check_name(&params.live_name)?;
    checks::url("coverUrl", &params.cover_url)?;
    checks::text("notice", &params.notice, limits::MAX_NOTICE_CHARS)?;
    checks::range("maxSeatCount", params.max_seat_count, 1, limits::MAX_SEATS_PER_LIVE)
}

fn check_update_live_info(params: &UpdateLiveInfo) -> Result<(), Rejection> {
    if let Some(live_name) = &params.live_name {
        check_name(live_name)?;
    }
    if let Some(cover_url) = &params.cover_url {
        checks::url("coverUrl", cover_url)?;
    }
    if let Some(notice) = &params.notice {
        checks::text("notice", notice, limits::MAX_NOTICE_CHARS)?;
    }
    let admin_count = params.admin_user_ids.as_ref().map_or(0, Vec::len);
    checks::range("adminUserIds", admin_count, 0, limits::MAX_ADMINS_PER_LIVE)
}

fn check_name(live_name: &str) -> Result<(), Rejection> {
    checks::non_blank("liveName", live_name, limits::MAX_LIVE_NAME_CHARS)?;
    checks::line("liveName", live_name, limits::MAX_LIVE_NAME_CHARS)
}

fn check_moderation(action: ModerationAction) -> Result<(), Rejection> {
    match action {
        ModerationAction::Ban { duration_ms } => check_ban(duration_ms),
        ModerationAction::Kick
        | ModerationAction::Unban
        | ModerationAction::Mute
        | ModerationAction::Unmute => Ok(()),
    }
}

fn check_ban(duration_ms: Option<DurationMs>) -> Result<(), Rejection> {
    let check = |span| checks::range("durationMs", span, limits::MIN_BAN_MS, limits::MAX_BAN_MS);
    duration_ms.map_or(Ok(()), check)
}

fn check_host_request(params: &RequestHostConnection) -> Result<(), Rejection> {
    checks::range("The number of targetHosts", params.target_hosts.len(), 1, MAX_TARGETS_PER_REQUEST)?;
    checks::timeout(params.timeout_ms)?;
    checks::bytes("extraInfo", &params.extra_info, limits::MAX_EXTRA_INFO_BYTES)?;
    params.battle.as_ref().map_or(Ok(()), checks::battle_config)
}

fn check_battle_request(params: &RequestBattle) -> Result<(), Rejection> {
    checks::battle_config(&params.config)?;
    checks::timeout(params.timeout_ms)?;
    let user_count = params.user_id_list.len();
    checks::range("The number of userIdList", user_count, 1, limits::MAX_LIVES_PER_CONNECTION)
}

fn check_gift(params: &SendGift) -> Result<(), Rejection> {
    checks::range("count", params.count, 1, limits::MAX_GIFT_COUNT)?;
    let is_known = gift_catalogue().iter().any(|gift| gift.gift_id == params.gift_id);
    if is_known { Ok(()) } else { Err(checks::invalid("There is no such gift.")) }
}
