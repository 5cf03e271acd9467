//! Translation of a move into a command that the realm may accept.

use duelcast_protocol::{
    AcceptApplication, AcceptBattle, AcceptHostConnection, AcceptInvitation, Action, ApplyForSeat, BanUser,
    BattleConfig, CancelApplication, CancelBattleRequest, CancelHostConnection, CancelInvitation,
    CloseRemoteMicrophone, CreateLive, DisableSendMessage, EndLive, EndPenalty, ExitBattle,
    ExitHostConnection, GiftId, InviteToSeat, KeyId, KickUserOutOfRoom, KickUserOutOfSeat, LeaveSeat, LiveId,
    LockSeat, MoveSeatPolicy, MoveUserToSeat, MuteMicrophone, MuteRemoteHostAudio, OpenRemoteMicrophone,
    RejectApplication, RejectBattle, RejectHostConnection, RejectInvitation, RejectReason, RequestBattle,
    RequestHostConnection, SeatMode, SendGift, SendTextMessage, StartWhen, TakeSeat, UnbanUser, UnlockSeat,
    UnmuteMicrophone, UpdateLiveInfo, limits,
    rest::{ScoreChange, ScoreOp, ScoreUpdate, StartBattle},
};
use duelcast_realm::{Command, ModerationAction, ServiceAction};

use super::{Town, node_id, session_id};
use crate::{Move, moves::Deed};

const SEAT_COUNT: u16 = 3;
const TIMEOUT_MS: u64 = 10_000;

impl Town {
    pub(super) fn create_live(&self, who: usize, detail: u16) -> Command {
        let action = CreateLive {
            live_id: Some(self.live(who)),
            live_name: format!("room {detail}"),
            cover_url: String::new(),
            notice: String::new(),
            is_public_visible: detail % 3 != 2,
            max_seat_count: SEAT_COUNT,
            seat_mode: if detail.is_multiple_of(2) { SeatMode::Free } else { SeatMode::Apply },
        };
        self.by(who, detail, action)
    }

    /// Invites the previous live to co-host.
    pub(super) fn invite_next(&self, who: usize) -> Command {
        self.by(who, 0, self.invite_hosts(self.live(who), who + self.lives.len() - 1, 0))
    }

    fn by(&self, who: usize, detail: u16, action: impl Into<Action>) -> Command {
        Command::User { by: self.actor(who, detail), action: action.into() }
    }

    pub(super) fn command(&self, step: &Move) -> Command {
        let step = &self.cast(step);
        let Move { who, detail, deed, .. } = *step;
        match deed {
            Deed::Score
            | Deed::ServiceEndBattle
            | Deed::ServiceStartBattle
            | Deed::ServiceEndLive
            | Deed::ServiceModerate
            | Deed::ServiceBan
            | Deed::ServiceUnban => {
                let key_id = KeyId::new("key").expect("short ascii");
                Command::Service { key_id, action: self.service_action(step) }
            }
            Deed::OpenSession => {
                let user = self.actor(who, detail).user;
                Command::SessionOpened { user, session: session_id(detail), node: node_id(detail) }
            }
            Deed::CloseSession => {
                Command::SessionClosed { user: self.actor(who, detail).user, session: session_id(detail) }
            }
            Deed::RestartNode => Command::NodeStarted { node: node_id(detail / 2) },
            Deed::Tick => Command::Tick,
            Deed::CreateLive => self.create_live(who, detail),
            Deed::UpdateLiveInfo
            | Deed::EndLive
            | Deed::TakeSeat
            | Deed::LeaveSeat
            | Deed::LockSeat
            | Deed::UnlockSeat
            | Deed::Kick
            | Deed::MoveToSeat
            | Deed::ApplyForSeat
            | Deed::CancelApplication
            | Deed::AcceptApplication
            | Deed::RejectApplication
            | Deed::InviteToSeat
            | Deed::CancelInvitation
            | Deed::AcceptInvitation
            | Deed::RejectInvitation
            | Deed::Mute
            | Deed::Unmute
            | Deed::OpenRemote
            | Deed::CloseRemote
            | Deed::InviteHost
            | Deed::CancelHost
            | Deed::AcceptHost
            | Deed::RejectHost
            | Deed::ExitHost
            | Deed::MuteHost
            | Deed::RequestBattle
            | Deed::CancelBattle
            | Deed::AcceptBattle
            | Deed::RejectBattle
            | Deed::ExitBattle
            | Deed::EndPenalty
            | Deed::Gift
            | Deed::Text
            | Deed::KickOut
            | Deed::Ban
            | Deed::Unban
            | Deed::DisableText => self.by(who, detail, self.action(step)),
        }
    }

    #[allow(clippy::too_many_lines, reason = "one line for each method")]
    fn action(&self, step: &Move) -> Action {
        let Move { who, whom, detail, deed, .. } = *step;
        let (own, other, user_id) = (self.live(who), self.live(whom), self.user(whom));
        let index = detail % SEAT_COUNT;
        let any_index = (detail % 4 != 3).then_some(index);
        match deed {
            Deed::UpdateLiveInfo => self.update(own, whom, detail).into(),
            Deed::EndLive => EndLive { live_id: own }.into(),
            Deed::TakeSeat => TakeSeat { live_id: other, index: any_index }.into(),
            Deed::LeaveSeat => LeaveSeat { live_id: self.seat_live(who) }.into(),
            Deed::LockSeat => LockSeat { live_id: own, index }.into(),
            Deed::UnlockSeat => UnlockSeat { live_id: own, index }.into(),
            Deed::Kick => KickUserOutOfSeat { live_id: self.seat_live(whom), user_id }.into(),
            Deed::MoveToSeat => {
                MoveUserToSeat { live_id: self.seat_live(whom), user_id, index, policy: policy(detail) }
                    .into()
            }
            Deed::ApplyForSeat => {
                ApplyForSeat { live_id: other, index: any_index, timeout_ms: TIMEOUT_MS }.into()
            }
            Deed::CancelApplication => {
                CancelApplication { live_id: self.applied_live(who).unwrap_or(other) }.into()
            }
            Deed::AcceptApplication => {
                AcceptApplication { live_id: own, user_id: self.applicant(who, user_id) }.into()
            }
            Deed::RejectApplication => {
                RejectApplication { live_id: own, user_id: self.applicant(who, user_id) }.into()
            }
            Deed::InviteToSeat => {
                InviteToSeat { live_id: own, user_id, index: any_index, timeout_ms: TIMEOUT_MS }.into()
            }
            Deed::CancelInvitation => {
                CancelInvitation { live_id: own, user_id: self.invited(who, user_id) }.into()
            }
            Deed::AcceptInvitation => {
                AcceptInvitation { live_id: self.inviting_live(who).unwrap_or(other) }.into()
            }
            Deed::RejectInvitation => {
                RejectInvitation { live_id: self.inviting_live(who).unwrap_or(other) }.into()
            }
            Deed::Mute => MuteMicrophone { live_id: self.seat_live(who) }.into(),
            Deed::Unmute => UnmuteMicrophone { live_id: self.seat_live(who) }.into(),
            Deed::OpenRemote => OpenRemoteMicrophone { live_id: self.seat_live(whom), user_id }.into(),
            Deed::CloseRemote => CloseRemoteMicrophone { live_id: self.seat_live(whom), user_id }.into(),
            Deed::InviteHost => self.invite_hosts(own, whom, detail).into(),
            Deed::CancelHost => {
                CancelHostConnection { live_id: own, to_host_live_id: self.host_invitee(who, other) }.into()
            }
            Deed::AcceptHost => {
                AcceptHostConnection { from_host_live_id: self.host_applicant(who, other), live_id: own }
                    .into()
            }
            Deed::RejectHost => {
                let from_host_live_id = self.host_applicant(who, other);
                RejectHostConnection { live_id: own, from_host_live_id, reason: RejectReason::Busy }.into()
            }
            Deed::ExitHost => ExitHostConnection { live_id: own }.into(),
            Deed::MuteHost => MuteRemoteHostAudio {
                live_id: own,
                target_live_id: other,
                is_muted: !detail.is_multiple_of(3),
            }
            .into(),
            Deed::RequestBattle => RequestBattle {
                live_id: own,
                user_id_list: vec![user_id, self.user(whom + usize::from(detail % 2))],
                config: battle_config(detail),
                timeout_ms: TIMEOUT_MS,
            }
            .into(),
            Deed::CancelBattle => CancelBattleRequest {
                live_id: own,
                battle_id: self.battle(who, detail),
                user_id_list: (detail.is_multiple_of(2)).then(|| vec![user_id]),
            }
            .into(),
            Deed::AcceptBattle => AcceptBattle { live_id: own, battle_id: self.battle(who, detail) }.into(),
            Deed::RejectBattle => RejectBattle {
                live_id: own,
                battle_id: self.battle(who, detail),
                reason: RejectReason::Declined,
            }
            .into(),
            Deed::ExitBattle => ExitBattle { live_id: own, battle_id: self.battle(who, detail) }.into(),
            Deed::EndPenalty => EndPenalty { live_id: own, battle_id: self.battle(who, detail) }.into(),
            Deed::Gift => SendGift {
                live_id: own,
                gift_id: GiftId::new("rose").expect("short ascii"),
                count: u32::from(detail % 5) + 1,
                to_user_id: (detail.is_multiple_of(2)).then_some(user_id),
            }
            .into(),
            Deed::KickOut => KickUserOutOfRoom { live_id: self.seat_live(whom), user_id }.into(),
            Deed::Ban => {
                let duration_ms = (!detail.is_multiple_of(5)).then_some(u64::from(detail) + 1_000);
                BanUser { live_id: self.managed_live(who, detail), user_id, duration_ms }.into()
            }
            Deed::Unban => UnbanUser { live_id: self.managed_live(who, detail), user_id }.into(),
            Deed::DisableText => {
                let (live_id, is_disable) = (self.managed_live(who, detail), !detail.is_multiple_of(3));
                DisableSendMessage { live_id, user_id, is_disable }.into()
            }
            Deed::Text
            | Deed::CreateLive
            | Deed::ServiceModerate
            | Deed::ServiceBan
            | Deed::ServiceUnban
            | Deed::Score
            | Deed::ServiceEndBattle
            | Deed::ServiceStartBattle
            | Deed::ServiceEndLive
            | Deed::OpenSession
            | Deed::CloseSession
            | Deed::RestartNode
            | Deed::Tick => SendTextMessage { live_id: other, text: format!("{detail}") }.into(),
        }
    }

    fn service_action(&self, step: &Move) -> ServiceAction {
        let Move { who, whom, detail, deed, .. } = *step;
        let battle_id = self.battle(who, detail);
        if deed == Deed::ServiceEndBattle {
            ServiceAction::EndBattle { battle_id }
        } else if deed == Deed::ServiceStartBattle {
            let live_ids = vec![self.live(who), self.live(whom), self.live(whom + 1)];
            ServiceAction::StartBattle { request: StartBattle { live_ids, config: battle_config(detail) } }
        } else if deed == Deed::ServiceEndLive {
            ServiceAction::EndLive { live_id: self.live(who) }
        } else if deed == Deed::ServiceModerate {
            ServiceAction::Moderate {
                live_id: self.live(who),
                user_id: self.user(whom),
                action: moderation_action(detail),
            }
        } else if deed == Deed::ServiceBan {
            ServiceAction::BanUser { user_id: self.user(who), duration_ms: Some(2_000) }
        } else if deed == Deed::ServiceUnban {
            ServiceAction::UnbanUser { user_id: self.user(who) }
        } else {
            let idempotency_key = format!("key{}", detail % 97);
            ServiceAction::UpdateScores { battle_id, idempotency_key, update: self.scores(who, detail) }
        }
    }

    fn scores(&self, who: usize, detail: u16) -> ScoreUpdate {
        let value = match detail % 7 {
            0 => -i64::from(detail),
            1 => limits::MAX_SCORE.cast_signed(),
            _ => i64::from(detail),
        };
        let (live_id, user_id) = match detail % 2 {
            0 => (Some(self.live(who)), None),
            _ => (None, Some(self.user(who))),
        };
        ScoreUpdate {
            op: if detail.is_multiple_of(5) { ScoreOp::Set } else { ScoreOp::Add },
            occurred_at: (detail.is_multiple_of(3)).then_some(self.now.saturating_sub(u64::from(detail) / 8)),
            source: None,
            reverses: (detail.is_multiple_of(11)).then_some(u64::from(detail % 4)),
            scores: vec![ScoreChange { live_id, user_id, value }],
        }
    }

    fn update(&self, live_id: LiveId, whom: usize, detail: u16) -> UpdateLiveInfo {
        UpdateLiveInfo {
            live_id,
            live_name: (detail.is_multiple_of(2)).then(|| format!("renamed {detail}")),
            cover_url: None,
            notice: None,
            is_public_visible: None,
            seat_mode: Some(if detail.is_multiple_of(3) { SeatMode::Apply } else { SeatMode::Free }),
            admin_user_ids: (detail % 4 < 2).then(|| vec![self.user(whom), self.user(whom + 1)]),
        }
    }

    fn invite_hosts(&self, live_id: LiveId, whom: usize, detail: u16) -> RequestHostConnection {
        RequestHostConnection {
            live_id,
            target_hosts: (whom..=whom + usize::from(detail % 3)).map(|n| self.live(n)).collect(),
            layout_template: u32::from(detail % 5),
            timeout_ms: TIMEOUT_MS,
            extra_info: String::new(),
            battle: (detail % 3 == 1).then(|| battle_config(detail)),
        }
    }
}

fn moderation_action(detail: u16) -> ModerationAction {
    match detail % 5 {
        0 => ModerationAction::Kick,
        1 => ModerationAction::Ban { duration_ms: Some(3_000) },
        2 => ModerationAction::Unban,
        3 => ModerationAction::Mute,
        _ => ModerationAction::Unmute,
    }
}

fn policy(detail: u16) -> MoveSeatPolicy {
    match detail % 3 {
        0 => MoveSeatPolicy::AbortWhenOccupied,
        1 => MoveSeatPolicy::ForceReplace,
        _ => MoveSeatPolicy::SwapPosition,
    }
}

fn battle_config(detail: u16) -> BattleConfig {
    BattleConfig {
        duration_ms: limits::MIN_BATTLE_DURATION_MS,
        need_response: !detail.is_multiple_of(4),
        start_when: if detail.is_multiple_of(3) { StartWhen::Any } else { StartWhen::All },
        extension_info: String::new(),
        settle_ms: u64::from(detail % 2) * 2_000,
        penalty_ms: u64::from(detail % 5 / 2) * 5_000,
        end_when_one_left: detail.is_multiple_of(6),
        disconnect_after: detail.is_multiple_of(7),
    }
}
