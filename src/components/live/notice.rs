//! Listens to the live's events and says what the page would not show: toasts, and why a co-host left.

use std::{collections::BTreeMap, time::Duration};

use crate::dom::prelude::*;
use duelcast_protocol::{CoHostLeaveReason, Event, EventFrame, LiveId, UserId};
use futures::{StreamExt, stream::select_all};
use leptos::task::spawn_local;

use super::announce::{Names, left_sentence, toast_sentence};
use crate::{
    app::{AppContext, use_app},
    components::{
        icons::{Glyph, Icon},
        room::{Room, use_room},
    },
    format::display_name,
    i18n::words,
};

/// How long a notice about a co-host who left stands.
const NOTICE_SHOWN_FOR: Duration = Duration::from_secs(8);
/// Names that are remembered, so that one who left can still be named.
const MAX_NAMES: usize = 64;

/// Names of streamers that were seen.
#[derive(Debug, Clone, Default)]
struct Seen {
    lives: BTreeMap<LiveId, String>,
    users: BTreeMap<UserId, String>,
}

impl Names for Seen {
    fn live(&self, live_id: &LiveId) -> String {
        self.lives.get(live_id).cloned().unwrap_or_else(|| live_id.to_string())
    }

    fn user(&self, user_id: &UserId) -> String {
        self.users.get(user_id).cloned().unwrap_or_else(|| user_id.to_string())
    }
}

fn remember_names(room: &Room) -> StoredValue<Seen> {
    let seen = StoredValue::new(Seen::default());
    let co_host = room.co_host.state.clone();
    effect(move || {
        let connected = co_host.connected.get();
        let invited = co_host.invitees.get().into_iter().map(|invitation| invitation.to);
        let inviting = co_host.applicants.get().into_iter().map(|invitation| invitation.from);
        for live in connected.into_iter().chain(invited).chain(inviting) {
            seen.update_value(|seen| {
                if seen.lives.len() >= MAX_NAMES {
                    *seen = Seen::default();
                }
                let name = display_name(&live.owner);
                seen.users.insert(live.owner.user_id, name.clone());
                seen.lives.insert(live.live_id, name);
            });
        }
    });
    seen
}

/// The notice, when there is one.
#[component]
pub fn Notices() -> impl IntoView {
    let (app, room) = (use_app(), use_room());
    let notice = RwSignal::new(None::<String>);
    let seen = remember_names(&room);
    listen(app, room, seen, notice);
    move || {
        notice.get().map(|text| {
            view! {
                <p class="banner" role="status" data-testid="notice-left">
                    {text}
                    <button class="round plain small" type="button" aria-label=words::dismiss() on:click=move |_| notice.set(None)>
                        <Icon glyph=Glyph::Close />
                    </button>
                </p>
            }
        })
    }
}

fn listen(app: AppContext, room: Room, seen: StoredValue<Seen>, notice: RwSignal<Option<String>>) {
    let mut events = select_all([room.co_host.events(), room.battle.events(), room.seats.events()]);
    let own = room.live_id.clone();
    spawn_local(async move {
        while let Some(EventFrame { event, .. }) = events.next().await {
            let Some(names) = seen.try_get_value() else { return };
            if let Event::OnCoHostUserLeft { left_live_id, reason, .. } = &event {
                let is_explained =
                    *reason == CoHostLeaveReason::ConnectionEnded && notice.with_untracked(Option::is_some);
                if !is_explained {
                    show_notice(notice, left_sentence(left_live_id, &own, *reason, &names));
                }
            } else if let Some(text) = toast_sentence(&event, &own, &names) {
                app.toasts.say(text);
            }
        }
    });
}

fn show_notice(notice: RwSignal<Option<String>>, text: String) {
    notice.set(Some(text.clone()));
    let hide = move || {
        notice.try_update(|notice| {
            notice.take_if(|shown| *shown == text);
        });
    };
    set_timeout(hide, NOTICE_SHOWN_FOR);
}
