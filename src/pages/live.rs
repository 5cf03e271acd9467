//! A live: the same page for viewers and the owner, controls by role.

use crate::dom::prelude::*;
use duelcast_protocol::{KickReason, LiveId, UserInfo};

use crate::{
    app::use_app,
    components::{
        live::{
            ChatPanel, Combos, Dock, EndedView, Hearts, HostTools, Notices, Panels, RoomHead, Stage,
            StatusBanner,
        },
        requests::RequestList,
        room::{Room, use_room},
        sign_in::SignInGate,
    },
    format::display_name,
    i18n::{Explain, InLanguage, use_language, words},
    navigation::{Link, Place},
    signaling::CallError,
    stores::LivePhase,
};

/// A live as a page of its own.
#[component]
pub fn LivePage(live_id: LiveId) -> impl IntoView {
    view! {
        <LiveView live_id />
        <InLanguage>
            <SignInGate />
        </InLanguage>
    }
}

/// Joins as soon as somebody is signed in.
pub fn join_when_known(room: &Room) {
    let app = use_app();
    let me = app.client().me();
    let is_known = Memo::new(move |_| me.with(Option::is_some));
    let live = room.live.clone();
    Effect::new(move || {
        if is_known.get() {
            let live = live.clone();
            app.attempt(async move { live.join().await.or_else(said_by_page) });
        }
    });
}

/// What ends the attempt is what the page then shows; only what is tried again is worth a word of its own.
fn said_by_page(error: CallError) -> Result<(), CallError> {
    if error.is_retryable() { Err(error) } else { Ok(()) }
}

/// Everything of one live, for somebody who is signed in.
#[component]
pub fn LiveView(live_id: LiveId) -> impl IntoView {
    let room = Room::create(&live_id, true);
    provide_context(room.clone());
    join_when_known(&room);
    close_microphone_when_out(&room);
    let phase = room.live.state.phase.clone();
    let language = use_language();
    move || {
        language.track();
        match phase.get() {
            LivePhase::Idle | LivePhase::Joining => view! { <Waiting /> }.into_any(),
            LivePhase::Joined => view! { <InLive /> }.into_any(),
            LivePhase::Ended { reason, summary } => view! { <EndedView reason summary /> }.into_any(),
            LivePhase::KickedOut { reason, operator, .. } => {
                view! { <KickedOut reason operator /> }.into_any()
            }
            LivePhase::Failed(error) => view! { <Failed text=error.explain() /> }.into_any(),
        }
    }
}

fn close_microphone_when_out(room: &Room) {
    let (microphone, phase) = (room.microphone, room.live.state.phase.clone());
    Effect::new(move || {
        if phase.get() != LivePhase::Joined {
            microphone.set_value(None);
        }
    });
}

#[component]
fn InLive() -> impl IntoView {
    let room = use_room();
    let is_owner = room.live.state.is_owner.clone();
    view! {
        <main
            class="room"
            part="room"
            role=use_app().landmark()
            data-testid="room"
            data-live-id=room.live_id.to_string()
            data-role=move || if is_owner.get() { "owner" } else { "viewer" }
        >
            <RoomHead />
            <div class="banners">
                <StatusBanner />
                <Notices />
            </div>
            <Stage />
            <ChatPanel />
            <div class="room-foot">
                <HostTools />
                <Dock />
            </div>
            <Combos />
            <Hearts />
            <RequestList />
            <Panels />
        </main>
    }
}

#[component]
fn Waiting() -> impl IntoView {
    view! {
        <main class="room-over" part="message" role=use_app().landmark()>
            <StatusBanner />
            <span class="spinner" role="progressbar" aria-label=words::joining()></span>
        </main>
    }
}

#[component]
fn Failed(text: String) -> impl IntoView {
    view! {
        <main class="room-over" part="message" role=use_app().landmark() data-testid="room-failed">
            <h1>{text}</h1>
            <Link to=Place::Lobby class="button primary">
                {words::to_the_lobby()}
            </Link>
        </main>
    }
}

#[component]
fn KickedOut(reason: KickReason, operator: Option<UserInfo>) -> impl IntoView {
    let what = match reason {
        KickReason::Kicked => words::removed_from_live(),
        KickReason::Banned => words::banned_from_live(),
    };
    let by_whom = operator.map(|operator| view! { <p data-testid="kicked-by">{display_name(&operator)}</p> });
    view! {
        <main class="room-over" part="message" role=use_app().landmark() data-testid="room-kicked">
            <h1>{what}</h1>
            {by_whom}
            <Link to=Place::Lobby class="button primary">
                {words::to_the_lobby()}
            </Link>
        </main>
    }
}
