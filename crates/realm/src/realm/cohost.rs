//! Co-hosting: connections of two to nine lives, and the invitations that create them.

mod answers;
mod inbox;
mod plans;
mod requests;

use duelcast_protocol::{
    BattleExitReason, CoHostLeaveReason, CoHostLive, ConnectionId, ErrorCode, Event, ExitHostConnection,
    LayoutTemplate, LiveId, MuteRemoteHostAudio, SeatInfo, Timestamp, rest::WebhookEvent,
};

use crate::{
    Actor, Realm,
    cohost::{Connection, Member},
    outcome::{Answer, DONE},
    step::Step,
};

impl Realm {
    pub(crate) fn connection_of(&self, live_id: &LiveId) -> Option<(&ConnectionId, &Connection)> {
        self.connections.get_key_value(self.lives.get(live_id)?.connection.as_ref()?)
    }

    pub(crate) fn are_connected(&self, one: &LiveId, other: &LiveId) -> bool {
        let connection = |id| self.lives.get(id).and_then(|live| live.connection.as_ref());
        connection(one).is_some() && connection(one) == connection(other)
    }

    pub(crate) fn connected_lives(&self, connection: &Connection) -> Vec<CoHostLive> {
        let members = connection.members.iter();
        members.map(|member| self.co_host_live(&member.live_id, member.joined_at)).collect()
    }

    fn co_host_live(&self, live_id: &LiveId, joined_at: Timestamp) -> CoHostLive {
        let info = &self.known_live(live_id).info;
        CoHostLive {
            live_id: info.live_id.clone(),
            live_name: info.live_name.clone(),
            cover_url: info.cover_url.clone(),
            owner: info.owner.clone(),
            is_owner_online: info.is_owner_online,
            max_seat_count: info.max_seat_count,
            joined_at,
        }
    }

    fn new_connection(&mut self, id: ConnectionId, layout_template: LayoutTemplate) {
        self.connections.insert(id, Connection { layout_template, members: Vec::new(), battle: None });
    }

    /// Adds lives without a connection to this one.
    fn join_connection(&mut self, step: &mut Step, id: &ConnectionId, newcomers: &[LiveId]) {
        let joined_at = self.now;
        for live_id in newcomers {
            self.known_live_mut(live_id).connection = Some(id.clone());
            let Some(connection) = self.connections.get_mut(id) else {
                return;
            };
            connection.members.push(Member { live_id: live_id.clone(), joined_at });
        }
        let connection = &self.connections[id];
        let (layout_template, everyone) = (connection.layout_template, connection.live_ids());
        let connected = self.connected_lives(connection);
        for live_id in &everyone {
            let event = Event::OnCoHostUserJoined {
                connection_id: id.clone(),
                layout_template,
                joined_live_ids: newcomers.to_vec(),
                connected: connected.clone(),
                seats: self.seats_new_to(live_id, newcomers, &everyone),
            };
            self.publish(step, live_id, event);
        }
        for live_id in newcomers {
            let (connection_id, connected) = (id.clone(), connected.clone());
            step.webhook_event(WebhookEvent::CoHostConnected {
                connection_id,
                live_id: live_id.clone(),
                connected,
            });
            self.watch_battle(step, live_id);
        }
        self.cancel_moot_host_invitations(step, &everyone);
    }

    fn seats_new_to(&self, live_id: &LiveId, newcomers: &[LiveId], everyone: &[LiveId]) -> Vec<SeatInfo> {
        let is_newcomer = newcomers.contains(live_id);
        let new = everyone.iter().filter(|id| *id != live_id && (is_newcomer || newcomers.contains(id)));
        new.flat_map(|id| self.known_live(id).seats.clone()).collect()
    }

    pub(crate) fn exit_host_connection(
        &mut self,
        step: &mut Step,
        by: &Actor,
        params: &ExitHostConnection,
    ) -> Answer {
        if self.own_live(&params.live_id, by)?.connection.is_none() {
            return Err(ErrorCode::ConnectionNotExist.into());
        }
        self.leave_connection(step, &params.live_id, CoHostLeaveReason::Left);
        DONE
    }

    /// Removes a live from its battle and its connection, if any.
    pub(crate) fn leave_connection(&mut self, step: &mut Step, live_id: &LiveId, reason: CoHostLeaveReason) {
        if let Some(id) = self.known_live(live_id).connection.clone() {
            self.leave_together(step, &id, std::slice::from_ref(live_id), reason);
        }
    }

    /// Removes lives from a connection. If one live remains, the connection ends.
    pub(crate) fn leave_together(
        &mut self,
        step: &mut Step,
        id: &ConnectionId,
        leaving: &[LiveId],
        reason: CoHostLeaveReason,
    ) {
        for live_id in leaving {
            self.leave_battle(step, live_id, exit_reason(reason));
        }
        self.remove_members(step, id, leaving, reason);
        let Some(connection) = self.connections.get(id) else {
            return;
        };
        if connection.members.len() > 1 {
            return;
        }
        let remaining = connection.live_ids();
        if let Some(battle_id) = connection.battle.clone() {
            self.supersede_penalty(step, &battle_id);
        }
        self.remove_members(step, id, &remaining, CoHostLeaveReason::ConnectionEnded);
        self.connections.remove(id);
    }

    fn remove_members(
        &mut self,
        step: &mut Step,
        id: &ConnectionId,
        leaving: &[LiveId],
        reason: CoHostLeaveReason,
    ) {
        for live_id in leaving {
            self.remove_member(step, id, live_id, reason);
        }
        for live_id in leaving {
            self.leave_battle_requests(step, live_id);
        }
    }

    fn remove_member(
        &mut self,
        step: &mut Step,
        id: &ConnectionId,
        live_id: &LiveId,
        reason: CoHostLeaveReason,
    ) {
        let Some(connection) = self.connections.get(id) else {
            return;
        };
        let members = connection.live_ids();
        if !members.contains(live_id) {
            return;
        }
        for member in &members {
            let (connection_id, left_live_id) = (id.clone(), live_id.clone());
            self.publish(step, member, Event::OnCoHostUserLeft { connection_id, left_live_id, reason });
            self.known_live_mut(member).muted_live_ids.retain(|muted| muted != live_id);
        }
        let live = self.known_live_mut(live_id);
        live.connection = None;
        live.muted_live_ids.clear();
        if let Some(connection) = self.connections.get_mut(id) {
            connection.members.retain(|member| member.live_id != *live_id);
        }
        step.webhook_event(WebhookEvent::CoHostDisconnected {
            connection_id: id.clone(),
            live_id: live_id.clone(),
            reason,
        });
    }

    pub(crate) fn mute_remote_host_audio(
        &mut self,
        step: &mut Step,
        by: &Actor,
        params: &MuteRemoteHostAudio,
    ) -> Answer {
        let MuteRemoteHostAudio { live_id, target_live_id, is_muted } = params;
        let live = self.own_live(live_id, by)?;
        if live_id == target_live_id || !self.are_connected(live_id, target_live_id) {
            return Err(ErrorCode::ConnectionNotExist.into());
        }
        if live.muted_live_ids.contains(target_live_id) == *is_muted {
            return DONE;
        }
        let muted = &mut self.known_live_mut(live_id).muted_live_ids;
        if *is_muted {
            muted.push(target_live_id.clone());
        } else {
            muted.retain(|id| id != target_live_id);
        }
        let muted_live_ids = muted.clone();
        self.publish(step, live_id, Event::OnRemoteHostAudioChanged { muted_live_ids });
        DONE
    }
}

/// The exit reason for the battle of a live that leaves its connection.
fn exit_reason(reason: CoHostLeaveReason) -> BattleExitReason {
    match reason {
        CoHostLeaveReason::Left | CoHostLeaveReason::ConnectionEnded | CoHostLeaveReason::BattleOver => {
            BattleExitReason::LeftConnection
        }
        CoHostLeaveReason::Disconnected => BattleExitReason::Disconnected,
        CoHostLeaveReason::LiveEnded => BattleExitReason::LiveEnded,
    }
}
