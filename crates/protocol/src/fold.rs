//! The effect of an event on a snapshot. Client and server share it. A property test checks it
//! against the realm: a snapshot folded with the events after it equals the next snapshot.

use crate::{
    BattleAnswer, BattleId, BattlePhase, BattleRequest, ChatItem, CoHostInvitation, CoHostLive, CoHostState,
    CoHostStatus, Event, EventFrame, LiveId, LiveInfo, LiveSnapshot, PrivateState, SeatInfo, UserId,
    Volatile, limits,
};

impl LiveSnapshot {
    /// Applies one event of this live, public or private. A public event with a `seq` up to the
    /// snapshot's is ignored.
    pub fn fold(&mut self, frame: &EventFrame) {
        if let Some(seq) = frame.seq {
            if seq <= self.seq {
                return;
            }
            self.seq = seq;
        }
        match &frame.event {
            Event::OnLiveEnded { .. }
            | Event::OnKickedOffSeat { .. }
            | Event::OnKickedOutOfLive { .. }
            | Event::Unknown {} => {}
            Event::OnLiveInfoChanged { live } => self.fold_live_info(live),
            Event::OnUserOnline { user_id } => self.fold_presence(user_id, true),
            Event::OnUserOffline { user_id } => self.fold_presence(user_id, false),
            Event::OnSeatListChanged { seats } => self.fold_seats(seats),
            Event::OnCoHostUserJoined { connection_id, layout_template, connected, seats, .. } => {
                self.co_host = CoHostState {
                    status: CoHostStatus::Connected,
                    connection_id: Some(connection_id.clone()),
                    layout_template: *layout_template,
                    connected: connected.clone(),
                    muted_live_ids: std::mem::take(&mut self.co_host.muted_live_ids),
                };
                self.fold_seats(seats);
            }
            Event::OnCoHostUserLeft { left_live_id, .. } => self.fold_co_host_left(left_live_id),
            Event::OnRemoteHostAudioChanged { muted_live_ids } => {
                self.co_host.muted_live_ids.clone_from(muted_live_ids);
            }
            Event::OnBattleStarted { battle_info } => {
                self.private.drop_battle_request(&battle_info.battle_id);
                self.battle = Some(battle_info.clone());
            }
            Event::OnBattleEnded { battle_info } => self.battle = Some(battle_info.clone()),
            Event::OnUserExitBattle { battle_id, user_live_id, .. } if *user_live_id == self.live.live_id => {
                self.battle.take_if(|battle| battle.battle_id == *battle_id);
            }
            Event::OnUserExitBattle { .. }
            | Event::OnBattleSettling { .. }
            | Event::OnBattlePenaltyStarted { .. }
            | Event::OnBattlePenaltyEnded { .. } => self.fold_battle(&frame.event),
            Event::OnTextMessage { message } => self.fold_chat(ChatItem::Text(message.clone())),
            Event::OnGift { message } => self.fold_chat(ChatItem::Gift(message.clone())),
            Event::OnAudienceMessageDisabled { .. }
            | Event::OnSeatApplicationReceived { .. }
            | Event::OnSeatApplicationCancelled { .. }
            | Event::OnSeatApplicationAccepted { .. }
            | Event::OnSeatApplicationRejected { .. }
            | Event::OnSeatApplicationTimeout { .. }
            | Event::OnSeatInvitationReceived { .. }
            | Event::OnSeatInvitationCancelled { .. }
            | Event::OnSeatInvitationAccepted { .. }
            | Event::OnSeatInvitationRejected { .. }
            | Event::OnSeatInvitationTimeout { .. }
            | Event::OnCoHostRequestSent { .. }
            | Event::OnCoHostRequestReceived { .. }
            | Event::OnCoHostRequestCancelled { .. }
            | Event::OnCoHostRequestAccepted { .. }
            | Event::OnCoHostRequestRejected { .. }
            | Event::OnCoHostRequestTimeout { .. }
            | Event::OnBattleRequestSent { .. }
            | Event::OnBattleRequestReceived { .. }
            | Event::OnBattleRequestAccepted { .. }
            | Event::OnBattleRequestRejected { .. }
            | Event::OnBattleRequestTimeout { .. }
            | Event::OnBattleRequestCancelled { .. }
            | Event::OnBattleRequestEnded { .. } => self.private.fold(&frame.event),
        }
    }

    /// Applies the newest values. Values with a smaller `rev` than the last are ignored.
    pub fn fold_volatile(&mut self, volatile: &Volatile) {
        if volatile.rev < self.rev {
            return;
        }
        self.rev = volatile.rev;
        if let Some(likes) = volatile.likes {
            self.likes = likes;
        }
        if let Some(viewer_count) = volatile.viewer_count {
            self.viewer_count = viewer_count;
        }
        if let (Some(score), Some(battle)) = (&volatile.battle_score, &mut self.battle)
            && battle.battle_id == score.battle_id
            && battle.score_rev < score.score_rev
        {
            battle.score_rev = score.score_rev;
            for side in &mut battle.sides {
                if let Some(new) = score.scores.iter().find(|new| new.live_id == side.live_id) {
                    side.score = new.score;
                }
            }
            if let Some(contributors) = &volatile.battle_contributors {
                battle.contributors.clone_from(contributors);
            }
        }
    }

    fn fold_live_info(&mut self, live: &LiveInfo) {
        if let Some(other) = connected_mut(&mut self.co_host.connected, &live.live_id) {
            other.live_name.clone_from(&live.live_name);
            other.cover_url.clone_from(&live.cover_url);
        }
        if live.live_id == self.live.live_id {
            self.live = live.clone();
        }
    }

    fn fold_presence(&mut self, user_id: &UserId, is_online: bool) {
        let on_seats = self.seats.iter_mut().filter_map(|seat| seat.user.as_mut());
        for user in on_seats.filter(|user| user.user.user_id == *user_id) {
            user.is_online = is_online;
        }
        for live in self.co_host.connected.iter_mut().filter(|live| live.owner.user_id == *user_id) {
            live.is_owner_online = is_online;
        }
        if self.live.owner.user_id == *user_id {
            self.live.is_owner_online = is_online;
        }
    }

    fn fold_seats(&mut self, changed: &[SeatInfo]) {
        for seat in changed {
            let place =
                self.seats.iter_mut().find(|old| old.live_id == seat.live_id && old.index == seat.index);
            match place {
                Some(old) => *old = seat.clone(),
                None => self.seats.push(seat.clone()),
            }
        }
        let (own, connected) = (&self.live.live_id, &self.co_host.connected);
        self.seats.sort_unstable_by_key(|seat| {
            let place = connected.iter().position(|live| live.live_id == seat.live_id);
            (seat.live_id != *own, place, seat.index)
        });
    }

    fn fold_co_host_left(&mut self, left: &LiveId) {
        let own = self.live.live_id.clone();
        if *left == own {
            self.co_host = CoHostState::default();
            self.seats.retain(|seat| seat.live_id == own);
        } else {
            self.co_host.connected.retain(|live| live.live_id != *left);
            self.co_host.muted_live_ids.retain(|live| live != left);
            self.seats.retain(|seat| seat.live_id != *left);
        }
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "fold() hands over only the four in here")]
    fn fold_battle(&mut self, event: &Event) {
        let Some(battle) = &mut self.battle else { return };
        match event {
            Event::OnUserExitBattle { battle_id, user_id, reason, .. } if *battle_id == battle.battle_id => {
                for side in battle.sides.iter_mut().filter(|side| side.user.user_id == *user_id) {
                    side.exited = Some(*reason);
                }
            }
            Event::OnBattleSettling { battle_id, ends_at, .. } if *battle_id == battle.battle_id => {
                battle.phase = BattlePhase::Settling;
                battle.ends_at = *ends_at;
            }
            Event::OnBattlePenaltyStarted { battle_id, penalty_ends_at, .. }
                if *battle_id == battle.battle_id =>
            {
                battle.phase = BattlePhase::Penalty;
                battle.penalty_ends_at = Some(*penalty_ends_at);
            }
            Event::OnBattlePenaltyEnded { battle_id, .. } if *battle_id == battle.battle_id => {
                battle.phase = BattlePhase::Ended;
            }
            _ => {}
        }
    }

    fn fold_chat(&mut self, item: ChatItem) {
        self.recent_messages.push(item);
        let surplus = self.recent_messages.len().saturating_sub(limits::MAX_RECENT_MESSAGES);
        self.recent_messages.drain(..surplus);
    }
}

fn connected_mut<'a>(lives: &'a mut [CoHostLive], live_id: &LiveId) -> Option<&'a mut CoHostLive> {
    lives.iter_mut().find(|live| live.live_id == *live_id)
}

impl PrivateState {
    #[allow(
        clippy::wildcard_enum_match_arm,
        reason = "LiveSnapshot::fold() hands over only the private ones"
    )]
    fn fold(&mut self, event: &Event) {
        match event {
            Event::OnAudienceMessageDisabled { user_id, is_disable } => {
                let disabled = &mut self.message_disabled_user_ids;
                disabled.retain(|other| other != user_id);
                if *is_disable {
                    let place = disabled.iter().take_while(|other| *other < user_id).count();
                    disabled.insert(place, user_id.clone());
                }
            }
            Event::OnSeatApplicationReceived { application } => {
                self.drop_seat_application(&application.user.user_id);
                self.seat_applications.push(application.clone());
            }
            Event::OnSeatApplicationCancelled { user_id }
            | Event::OnSeatApplicationAccepted { user_id, .. }
            | Event::OnSeatApplicationRejected { user_id }
            | Event::OnSeatApplicationTimeout { user_id } => {
                self.drop_seat_application(user_id);
            }
            Event::OnSeatInvitationReceived { invitation } => {
                self.drop_seat_invitation(&invitation.user.user_id);
                self.seat_invitations.push(invitation.clone());
            }
            Event::OnSeatInvitationCancelled { user_id }
            | Event::OnSeatInvitationAccepted { user_id, .. }
            | Event::OnSeatInvitationRejected { user_id }
            | Event::OnSeatInvitationTimeout { user_id } => {
                self.drop_seat_invitation(user_id);
            }
            Event::OnCoHostRequestSent { invitation } => self.invitees.push(invitation.clone()),
            Event::OnCoHostRequestReceived { invitation } => self.applicants.push(invitation.clone()),
            Event::OnCoHostRequestCancelled { from_live_id, to_live_id }
            | Event::OnCoHostRequestAccepted { from_live_id, to_live_id }
            | Event::OnCoHostRequestRejected { from_live_id, to_live_id, .. }
            | Event::OnCoHostRequestTimeout { from_live_id, to_live_id } => {
                let over = |invitation: &CoHostInvitation| {
                    invitation.from.live_id == *from_live_id && invitation.to.live_id == *to_live_id
                };
                self.invitees.retain(|invitation| !over(invitation));
                self.applicants.retain(|invitation| !over(invitation));
            }
            Event::OnBattleRequestSent { request } => self.battle_request_sent = Some(request.clone()),
            Event::OnBattleRequestReceived { request } => self.battle_requests_received.push(request.clone()),
            Event::OnBattleRequestAccepted { battle_id, user_id } => {
                self.answer_battle_request(battle_id, user_id, BattleAnswer::Accepted);
            }
            Event::OnBattleRequestRejected { battle_id, user_id, .. } => {
                self.answer_battle_request(battle_id, user_id, BattleAnswer::Rejected);
            }
            Event::OnBattleRequestTimeout { battle_id, user_id } => {
                self.answer_battle_request(battle_id, user_id, BattleAnswer::TimedOut);
            }
            Event::OnBattleRequestCancelled { battle_id, user_ids } => {
                for user_id in user_ids {
                    self.answer_battle_request(battle_id, user_id, BattleAnswer::Cancelled);
                }
            }
            Event::OnBattleRequestEnded { battle_id, .. } => self.drop_battle_request(battle_id),
            _ => {}
        }
    }

    fn drop_seat_application(&mut self, user_id: &UserId) {
        self.seat_applications.retain(|application| application.user.user_id != *user_id);
    }

    fn drop_seat_invitation(&mut self, user_id: &UserId) {
        self.seat_invitations.retain(|invitation| invitation.user.user_id != *user_id);
    }

    fn battle_requests_mut(&mut self) -> impl Iterator<Item = &mut BattleRequest> {
        self.battle_request_sent.iter_mut().chain(&mut self.battle_requests_received)
    }

    fn answer_battle_request(&mut self, battle_id: &BattleId, user_id: &UserId, answer: BattleAnswer) {
        for request in self.battle_requests_mut().filter(|request| request.battle_id == *battle_id) {
            request.answer(user_id, answer);
        }
    }

    fn drop_battle_request(&mut self, battle_id: &BattleId) {
        self.battle_requests_received.retain(|request| request.battle_id != *battle_id);
        self.battle_request_sent.take_if(|request| request.battle_id == *battle_id);
    }
}

impl BattleRequest {
    /// Records the answer of one invitee.
    pub fn answer(&mut self, user_id: &UserId, answer: BattleAnswer) {
        for invitee in self.invitees.iter_mut().filter(|invitee| invitee.user.user_id == *user_id) {
            invitee.answer = answer;
        }
    }
}
