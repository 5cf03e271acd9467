//! The table of requests and the rules that handle them.

use duelcast_protocol::{
    Action, BanUser, DisableSendMessage, KeyId, KickUserOutOfRoom, LiveEndReason, UnbanUser,
};

use crate::{
    Actor, ModerationAction, Realm, Reply, ServiceAction,
    outcome::{Answer, DONE},
    realm::moderation::Moderator,
    step::Step,
};

impl Realm {
    #[allow(clippy::too_many_lines, reason = "one line for each method")]
    pub(crate) fn act(&mut self, step: &mut Step, by: &Actor, action: Action) -> Answer {
        self.check_action(by, &action)?;
        if let Some(live_id) = action.live_id() {
            self.check_not_banned(live_id, &by.user.user_id)?;
        }
        match action {
            Action::CreateLive(params) => self.create_live(step, by, params),
            Action::UpdateLiveInfo(params) => self.update_live_info(step, by, params),
            Action::EndLive(params) => self.end_own_live(step, by, &params),
            Action::TakeSeat(params) => self.take_seat(step, by, &params),
            Action::LeaveSeat(params) => self.leave_seat(step, by, &params),
            Action::LockSeat(params) => self.set_seat_lock(step, by, &params.live_id, params.index, true),
            Action::UnlockSeat(params) => self.set_seat_lock(step, by, &params.live_id, params.index, false),
            Action::KickUserOutOfSeat(params) => self.kick_user_out_of_seat(step, by, &params),
            Action::MoveUserToSeat(params) => self.move_user_to_seat(step, by, &params),
            Action::ApplyForSeat(params) => self.apply_for_seat(step, by, &params),
            Action::CancelApplication(params) => self.cancel_application(step, by, &params),
            Action::AcceptApplication(params) => self.accept_application(step, by, &params),
            Action::RejectApplication(params) => self.reject_application(step, by, &params),
            Action::InviteToSeat(params) => self.invite_to_seat(step, by, params),
            Action::CancelInvitation(params) => self.cancel_invitation(step, by, &params),
            Action::AcceptInvitation(params) => self.accept_invitation(step, by, &params),
            Action::RejectInvitation(params) => self.reject_invitation(step, by, &params),
            Action::MuteMicrophone(params) => self.set_own_microphone(step, by, &params.live_id, false),
            Action::UnmuteMicrophone(params) => self.set_own_microphone(step, by, &params.live_id, true),
            Action::OpenRemoteMicrophone(params) => {
                self.allow_microphone(step, by, &params.live_id, &params.user_id, true)
            }
            Action::CloseRemoteMicrophone(params) => {
                self.allow_microphone(step, by, &params.live_id, &params.user_id, false)
            }
            Action::KickUserOutOfRoom(KickUserOutOfRoom { live_id, user_id }) => {
                self.moderate(step, Moderator::User(by), &live_id, &user_id, ModerationAction::Kick)
            }
            Action::BanUser(BanUser { live_id, user_id, duration_ms }) => self.moderate(
                step,
                Moderator::User(by),
                &live_id,
                &user_id,
                ModerationAction::Ban { duration_ms },
            ),
            Action::UnbanUser(UnbanUser { live_id, user_id }) => {
                self.moderate(step, Moderator::User(by), &live_id, &user_id, ModerationAction::Unban)
            }
            Action::DisableSendMessage(DisableSendMessage { live_id, user_id, is_disable }) => {
                let action = if is_disable { ModerationAction::Mute } else { ModerationAction::Unmute };
                self.moderate(step, Moderator::User(by), &live_id, &user_id, action)
            }
            Action::RequestHostConnection(params) => self.request_host_connection(step, by, params),
            Action::CancelHostConnection(params) => self.cancel_host_connection(step, by, &params),
            Action::AcceptHostConnection(params) => self.accept_host_connection(step, by, &params),
            Action::RejectHostConnection(params) => self.reject_host_connection(step, by, &params),
            Action::ExitHostConnection(params) => self.exit_host_connection(step, by, &params),
            Action::MuteRemoteHostAudio(params) => self.mute_remote_host_audio(step, by, &params),
            Action::RequestBattle(params) => self.request_battle(step, by, params),
            Action::CancelBattleRequest(params) => self.cancel_battle_request(step, by, params),
            Action::AcceptBattle(params) => self.accept_battle(step, by, &params),
            Action::RejectBattle(params) => self.reject_battle(step, by, &params),
            Action::ExitBattle(params) => self.exit_battle(step, by, &params),
            Action::EndPenalty(params) => self.end_penalty_early(step, by, &params),
            Action::SendGift(params) => self.send_gift(step, by, &params),
            Action::SendTextMessage(params) => self.send_text_message(step, by, params),
        }
    }

    pub(crate) fn serve(&mut self, step: &mut Step, key_id: &KeyId, action: ServiceAction) -> Answer {
        self.check_service_action(&action)?;
        match action {
            ServiceAction::EndLive { live_id } => {
                self.live(&live_id)?;
                Ok(Reply::LiveEnded(self.end_live(step, &live_id, LiveEndReason::EndedByService)))
            }
            ServiceAction::Moderate { live_id, user_id, action } => {
                self.moderate(step, Moderator::Service, &live_id, &user_id, action)
            }
            ServiceAction::BanUser { user_id, duration_ms } => {
                self.ban_from_server(step, &user_id, duration_ms)
            }
            ServiceAction::UnbanUser { user_id } => {
                self.bans.lift(&user_id);
                DONE
            }
            ServiceAction::StartBattle { request } => self.start_battle_by_service(step, request),
            ServiceAction::EndBattle { battle_id } => self.end_battle_by_service(step, &battle_id),
            ServiceAction::UpdateScores { battle_id, idempotency_key, update } => {
                self.update_scores(step, key_id, &battle_id, idempotency_key, update)
            }
        }
    }
}
