//! The live itself, its audience, and whether we are in it.

use duelcast_protocol::{LiveInfo, LiveSnapshot, UserId, UserInfo};
use leptos::prelude::*;

use crate::{lives::LivePhase, stores::signal::SetIfChanged};

/// State of `LiveStore`.
#[derive(Debug, Default)]
pub struct LiveState {
    pub phase: ArcRwSignal<LivePhase>,
    pub info: ArcRwSignal<Option<LiveInfo>>,
    /// Whether the live is ours.
    pub is_owner: ArcRwSignal<bool>,
    /// Whether we may manage seats and microphones; true for the owner, too.
    pub is_admin: ArcRwSignal<bool>,
    /// Whether we may not send texts.
    pub is_message_disabled: ArcRwSignal<bool>,
    /// Who may not send texts: for the owner and admins everyone, else at most ourselves.
    pub message_disabled_user_ids: ArcRwSignal<Vec<UserId>>,
}

impl LiveState {
    pub(crate) fn sync(&self, snapshot: &LiveSnapshot, me: Option<&UserId>) {
        let live = &snapshot.live;
        let is_owner = me == Some(&live.owner.user_id);
        self.is_owner.set_if_changed(is_owner);
        self.is_admin.set_if_changed(is_owner || me.is_some_and(|me| live.admin_user_ids.contains(me)));
        let disabled = &snapshot.private.message_disabled_user_ids;
        self.is_message_disabled.set_if_changed(me.is_some_and(|me| disabled.contains(me)));
        self.message_disabled_user_ids.clone_if_changed(disabled);
        if self.info.with_untracked(|old| old.as_ref() != Some(live)) {
            self.info.set(Some(live.clone()));
        }
    }
}

/// State of `AudienceStore`.
#[derive(Debug, Default)]
pub struct AudienceState {
    pub viewer_count: ArcRwSignal<u32>,
    /// Who came in last, if anybody did since we have.
    pub newcomer: ArcRwSignal<Option<Newcomer>>,
    /// Who watches, by user id, as far as it was fetched.
    pub users: ArcRwSignal<Vec<UserInfo>>,
    /// Whether there is a further page of them.
    pub has_more: ArcRwSignal<bool>,
}

impl AudienceState {
    pub(crate) fn welcome(&self, user: &UserInfo) {
        let number = self.newcomer.with_untracked(|last| last.as_ref().map_or(0, |last| last.number)) + 1;
        self.newcomer.set_if_changed(Some(Newcomer { number, user: user.clone() }));
    }
}

/// Somebody who came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newcomer {
    /// Of this page, rising: the same user may come in again.
    pub number: u64,
    pub user: UserInfo,
}
