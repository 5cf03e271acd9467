//! Answers to co-host invitations, and the connection that an accepted one creates or extends.

use duelcast_protocol::{
    AcceptHostConnection, CancelHostConnection, ConnectionId, ErrorCode, Event, LiveId, RejectHostConnection,
    Rejection, limits,
};

use crate::{
    Actor, Realm,
    outcome::{Answer, DONE},
    step::Step,
};

/// How an accepted invitation connects two lives.
enum Route {
    New,
    Join { id: ConnectionId, newcomer: LiveId },
}

impl Realm {
    pub(crate) fn cancel_host_connection(
        &mut self,
        step: &mut Step,
        by: &Actor,
        params: &CancelHostConnection,
    ) -> Answer {
        let (from, to) = (&params.live_id, &params.to_host_live_id);
        self.own_live(from, by)?;
        self.check_invited(from, to)?;
        self.cancel_host_invitation(step, from, to);
        DONE
    }

    pub(crate) fn reject_host_connection(
        &mut self,
        step: &mut Step,
        by: &Actor,
        params: &RejectHostConnection,
    ) -> Answer {
        let (from, to) = (&params.from_host_live_id, &params.live_id);
        self.own_live(to, by)?;
        self.check_invited(from, to)?;
        let rejected = Event::OnCoHostRequestRejected {
            from_live_id: from.clone(),
            to_live_id: to.clone(),
            reason: params.reason,
        };
        self.close_host_invitation(step, from, to, &rejected);
        self.settle_plan(step, from, to, false);
        DONE
    }

    pub(crate) fn accept_host_connection(
        &mut self,
        step: &mut Step,
        by: &Actor,
        params: &AcceptHostConnection,
    ) -> Answer {
        let (from, to) = (&params.from_host_live_id, &params.live_id);
        self.own_live(to, by)?;
        self.check_invited(from, to)?;
        self.connect(step, from, to)?;
        DONE
    }

    fn check_invited(&self, from: &LiveId, to: &LiveId) -> Result<(), Rejection> {
        if self.has_invited(from, to) { Ok(()) } else { Err(ErrorCode::ConnectionNotExist.into()) }
    }

    /// Connects two lives as their invitation asks. After an error the invitation stays open.
    pub(super) fn connect(&mut self, step: &mut Step, from: &LiveId, to: &LiveId) -> Result<(), Rejection> {
        let route = self.route(from, to)?;
        let invitation =
            self.known_live(to).applicants.iter().find(|invitation| invitation.from.live_id == *from);
        let layout_template = invitation.map(|invitation| invitation.layout_template).unwrap_or_default();
        let accepted = Event::OnCoHostRequestAccepted { from_live_id: from.clone(), to_live_id: to.clone() };
        self.close_host_invitation(step, from, to, &accepted);
        match route {
            Route::New => {
                let id = step.connection_id();
                self.new_connection(id.clone(), layout_template);
                self.join_connection(step, &id, &[from.clone(), to.clone()]);
            }
            Route::Join { id, newcomer } => self.join_connection(step, &id, &[newcomer]),
        }
        self.settle_plan(step, from, to, true);
        Ok(())
    }

    fn route(&self, from: &LiveId, to: &LiveId) -> Result<Route, Rejection> {
        match (self.known_live(from).connection.clone(), self.known_live(to).connection.clone()) {
            (None, None) => Ok(Route::New),
            (Some(id), None) => self.route_into(id, to),
            (None, Some(id)) => self.route_into(id, from),
            (Some(one), Some(other)) if one == other => Err(ErrorCode::RoomInConnection.into()),
            (Some(_), Some(_)) => Err(ErrorCode::RoomConnectedInOther.into()),
        }
    }

    fn route_into(&self, id: ConnectionId, newcomer: &LiveId) -> Result<Route, Rejection> {
        let is_full = self.connections[&id].members.len() >= limits::MAX_LIVES_PER_CONNECTION;
        if is_full {
            Err(ErrorCode::ConnectionOrBattleLimitExceeded.into())
        } else {
            Ok(Route::Join { id, newcomer: newcomer.clone() })
        }
    }
}
