//! The live, its audience, and our membership.

use duelcast_protocol::{LiveInfo, LiveSnapshot, UserId, UserInfo};
use leptos::prelude::*;

use crate::{lives::LivePhase, stores::signal::SetIfChanged};

/// State of `LiveStore`.
#[derive(Debug, Default)]
pub struct LiveState {
    pub phase: ArcRwSignal<LivePhase>,
    pub info: ArcRwSignal<Option<LiveInfo>>,
    /// Whether we own the live.
    pub is_owner: ArcRwSignal<bool>,
    /// Whether we may manage seats and microphones; also true for the owner.
    pub is_admin: ArcRwSignal<bool>,
    /// Whether we may not send texts.
    pub is_message_disabled: ArcRwSignal<bool>,
    /// Muted users: all of them for the owner and admins, else at most ourselves.
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
    /// The last user who joined the audience, if any did since we joined.
    pub newcomer: ArcRwSignal<Option<Newcomer>>,
    /// The audience by user id, as far as fetched.
    pub users: ArcRwSignal<Vec<UserInfo>>,
    /// Whether there are more pages to fetch.
    pub has_more: ArcRwSignal<bool>,
}

impl AudienceState {
    pub(crate) fn welcome(&self, user: &UserInfo) {
        let number = self.newcomer.with_untracked(|last| last.as_ref().map_or(0, |last| last.number)) + 1;
        self.newcomer.set_if_changed(Some(Newcomer { number, user: user.clone() }));
    }
}

/// A user who joined the audience.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newcomer {
    /// Unique on this page and increasing: the same user may join again.
    pub number: u64,
    pub user: UserInfo,
}
