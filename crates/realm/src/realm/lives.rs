//! Look-up of lives, and the permissions of their owners and admins.

mod create;
mod end;

use duelcast_protocol::{DurationMs, ErrorCode, LiveId, Rejection, Timestamp};

use crate::{Actor, Realm, lives::Live};

impl Realm {
    pub(crate) fn live(&self, id: &LiveId) -> Result<&Live, Rejection> {
        self.lives.get(id).ok_or_else(|| ErrorCode::RoomNotExist.into())
    }

    /// A live that the state refers to.
    pub(crate) fn known_live(&self, id: &LiveId) -> &Live {
        self.lives.get(id).expect("the end of a live removes all references to it")
    }

    /// A live that the state refers to.
    pub(crate) fn known_live_mut(&mut self, id: &LiveId) -> &mut Live {
        self.lives.get_mut(id).expect("the end of a live removes all references to it")
    }

    /// The live. Error `noPermission` unless the caller owns it.
    pub(crate) fn own_live(&self, id: &LiveId, by: &Actor) -> Result<&Live, Rejection> {
        let live = self.live(id)?;
        if live.is_owner(&by.user.user_id) { Ok(live) } else { Err(ErrorCode::NoPermission.into()) }
    }

    /// The live. Error `noPermission` unless the caller is its owner or an admin.
    pub(crate) fn managed_live(&self, id: &LiveId, by: &Actor) -> Result<&Live, Rejection> {
        let live = self.live(id)?;
        if live.is_manager(&by.user.user_id) { Ok(live) } else { Err(ErrorCode::NoPermission.into()) }
    }

    pub(crate) fn after(&self, span: DurationMs) -> Timestamp {
        self.now.saturating_add(span)
    }
}
