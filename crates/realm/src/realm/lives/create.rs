//! Creation of a live and changes of its info.

use std::collections::BTreeSet;

use duelcast_protocol::{
    CreateLive, ErrorCode, Event, LiveId, LiveInfo, LiveSummary, SeatInfo, UpdateLiveInfo, UserId,
    rest::WebhookEvent,
};

use crate::{
    Actor, Realm, Reply,
    bans::Bans,
    chat_window::ChatWindow,
    lives::Live,
    outcome::{Answer, DONE},
    step::Step,
};

impl Realm {
    pub(crate) fn create_live(&mut self, step: &mut Step, by: &Actor, params: CreateLive) -> Answer {
        let owner = &by.user.user_id;
        let live_id = params.live_id.clone().unwrap_or_else(|| step.live_id());
        if self.lives.get(&live_id).is_some() || self.lives.owned_by(owner).is_some() {
            return Err(ErrorCode::RoomExists.into());
        }
        let live = self.new_live(by, params, live_id.clone());
        let info = live.info.clone();
        self.lives.insert(live);
        if !info.is_owner_online {
            self.start_grace(owner);
        }
        step.webhook_event(WebhookEvent::LiveStarted { live: info });
        if !self.seating.is_seated(owner) {
            self.put_on_seat(&live_id, 0, by.user.clone());
        }
        let snapshot = self.live_snapshot(&live_id, Some(owner)).expect("it was inserted above");
        Ok(Reply::Live(Box::new(snapshot)))
    }

    fn new_live(&self, by: &Actor, params: CreateLive, live_id: LiveId) -> Live {
        let seat = |index| SeatInfo::vacant(live_id.clone(), index);
        let seats = (0..params.max_seat_count).map(seat).collect();
        let info = LiveInfo {
            live_id,
            live_name: params.live_name,
            cover_url: params.cover_url,
            notice: params.notice,
            owner: by.user.clone(),
            is_owner_online: self.is_online(&by.user.user_id),
            admin_user_ids: Vec::new(),
            is_public_visible: params.is_public_visible,
            max_seat_count: params.max_seat_count,
            seat_mode: params.seat_mode,
            created_at: self.now,
        };
        Live {
            info,
            number: self.lives.next_number(),
            seq: 0,
            seats,
            seat_applications: Vec::new(),
            seat_invitations: Vec::new(),
            connection: None,
            muted_live_ids: Vec::new(),
            invitees: Vec::new(),
            applicants: Vec::new(),
            battle_plans: Vec::new(),
            battle: None,
            battle_request_sent: None,
            battle_requests_received: Vec::new(),
            messages: Vec::new(),
            chat_window: ChatWindow::default(),
            bans: Bans::default(),
            muted: BTreeSet::new(),
            summary: LiveSummary {
                duration_ms: 0,
                message_count: 0,
                gift_count: 0,
                gift_coins: 0,
                battle_count: 0,
                battles_won: 0,
            },
        }
    }

    pub(crate) fn update_live_info(&mut self, step: &mut Step, by: &Actor, params: UpdateLiveInfo) -> Answer {
        let old = self.own_live(&params.live_id, by)?.info.clone();
        let new = updated(&old, params);
        new.admin_user_ids.iter().try_for_each(|admin| self.check_not_banned(&new.live_id, admin))?;
        self.change_live_info(step, new);
        DONE
    }

    pub(crate) fn change_live_info(&mut self, step: &mut Step, new: LiveInfo) {
        let live_id = new.live_id.clone();
        let old = self.known_live(&live_id).info.clone();
        if new == old {
            return;
        }
        self.known_live_mut(&live_id).info = new.clone();
        self.publish_connected(step, &live_id, &Event::OnLiveInfoChanged { live: new });
        self.sync_admin_state(step, &live_id, &old.admin_user_ids);
    }

    /// Admins see all applications, invitations and mutes. Sends these to new admins, and withdraws
    /// them from former admins.
    fn sync_admin_state(&self, step: &mut Step, live_id: &LiveId, former: &[UserId]) {
        let live = self.known_live(live_id);
        let admins = &live.info.admin_user_ids;
        let arrived: Vec<UserId> = admins.iter().filter(|id| !former.contains(id)).cloned().collect();
        let removed: Vec<UserId> = former.iter().filter(|id| !admins.contains(id)).cloned().collect();
        let others =
            |id: &UserId| -> Vec<UserId> { removed.iter().filter(|other| *other != id).cloned().collect() };
        for application in &live.seat_applications {
            let user_id = application.user.user_id.clone();
            let received = Event::OnSeatApplicationReceived { application: application.clone() };
            self.tell_some(step, live_id, arrived.clone(), received);
            self.tell_some(step, live_id, others(&user_id), Event::OnSeatApplicationCancelled { user_id });
        }
        for invitation in &live.seat_invitations {
            let user_id = invitation.user.user_id.clone();
            let received = Event::OnSeatInvitationReceived { invitation: invitation.clone() };
            self.tell_some(step, live_id, arrived.clone(), received);
            self.tell_some(step, live_id, others(&user_id), Event::OnSeatInvitationCancelled { user_id });
        }
        for user_id in &live.muted {
            let disabled =
                |is_disable| Event::OnAudienceMessageDisabled { user_id: user_id.clone(), is_disable };
            self.tell_some(step, live_id, arrived.clone(), disabled(true));
            self.tell_some(step, live_id, others(user_id), disabled(false));
        }
    }

    fn tell_some(&self, step: &mut Step, live_id: &LiveId, to: Vec<UserId>, event: Event) {
        if !to.is_empty() {
            self.tell(step, live_id, to, event);
        }
    }
}

fn updated(old: &LiveInfo, params: UpdateLiveInfo) -> LiveInfo {
    let mut new = old.clone();
    if let Some(live_name) = params.live_name {
        new.live_name = live_name;
    }
    if let Some(cover_url) = params.cover_url {
        new.cover_url = cover_url;
    }
    if let Some(notice) = params.notice {
        new.notice = notice;
    }
    if let Some(admin_user_ids) = params.admin_user_ids {
        new.admin_user_ids = distinct_admins(admin_user_ids, &old.owner.user_id);
    }
    new.is_public_visible = params.is_public_visible.unwrap_or(old.is_public_visible);
    new.seat_mode = params.seat_mode.unwrap_or(old.seat_mode);
    new
}

fn distinct_admins(ids: Vec<UserId>, owner: &UserId) -> Vec<UserId> {
    let mut admins: Vec<UserId> = Vec::with_capacity(ids.len());
    for id in ids {
        if id != *owner && !admins.contains(&id) {
            admins.push(id);
        }
    }
    admins
}
