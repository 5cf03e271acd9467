//! Shows live events that have no other visible effect: toasts, and a notice when a co-host leaves.

use std::time::Duration;

use duelcast_protocol::{CoHostLeaveReason, CoHostLive, Event, LiveId, UserId};
use futures::{StreamExt, stream::select};
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

use super::announce::{Names, left_sentence, toast_sentence};
use crate::{
    app::{AppContext, use_app},
    components::{
        icons::{Glyph, Icon},
        room::{RoomContext, use_room},
    },
    format::display_name,
    i18n::words,
};

/// How long the notice about a co-host stays.
const NOTICE_SHOWN_FOR: Duration = Duration::from_secs(8);
/// Maximum number of remembered names, for naming users who have left.
const MAX_NAMES: usize = 64;

/// Streamers seen so far, the most recent last.
#[derive(Debug, Clone, Default)]
struct Seen {
    streamers: Vec<CoHostLive>,
}

impl Seen {
    fn name(&self, is_it: impl Fn(&CoHostLive) -> bool) -> Option<String> {
        self.streamers.iter().rfind(|live| is_it(live)).map(|live| display_name(&live.owner))
    }
}

impl Names for Seen {
    fn live(&self, live_id: &LiveId) -> String {
        self.name(|live| live.live_id == *live_id).unwrap_or_else(|| live_id.to_string())
    }

    fn user(&self, user_id: &UserId) -> String {
        self.name(|live| live.owner.user_id == *user_id).unwrap_or_else(|| user_id.to_string())
    }
}

fn remember_names(room: &RoomContext) -> StoredValue<Seen> {
    let seen = StoredValue::new(Seen::default());
    let co_host = room.co_host.state.clone();
    Effect::new(move |_| {
        let see = |live: &CoHostLive| {
            seen.update_value(|Seen { streamers }| {
                streamers.retain(|seen| seen.live_id != live.live_id);
                if streamers.len() >= MAX_NAMES {
                    streamers.remove(0);
                }
                streamers.push(live.clone());
            });
        };
        co_host.connected.with(|lives| lives.iter().for_each(see));
        co_host.invitees.with(|invitations| invitations.iter().for_each(|invitation| see(&invitation.to)));
        co_host
            .applicants
            .with(|invitations| invitations.iter().for_each(|invitation| see(&invitation.from)));
    });
    seen
}

/// The current notice, if any.
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

fn listen(app: AppContext, room: RoomContext, seen: StoredValue<Seen>, notice: RwSignal<Option<String>>) {
    let mut events = select(room.co_host.events(), select(room.battle.events(), room.seats.events()));
    let own = room.live_id.clone();
    spawn_local_scoped_with_cancellation(async move {
        while let Some(frame) = events.next().await {
            let names = seen.get_value();
            if let Event::OnCoHostUserLeft { left_live_id, reason, .. } = &frame.event {
                let is_explained =
                    *reason == CoHostLeaveReason::ConnectionEnded && notice.with_untracked(Option::is_some);
                if !is_explained {
                    show_notice(notice, left_sentence(left_live_id, &own, *reason, &names));
                }
            } else if let Some(text) = toast_sentence(&frame.event, &own, &names) {
                app.toasts().show(text);
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
