//! A live: the same page for viewers and the owner, with controls by role.

use duelcast_protocol::{KickReason, LiveId, UserInfo};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::{
    app::use_app,
    components::{
        avatar::Avatar,
        live::{
            ChatPanel, Combos, Dock, EndedView, Hearts, HostTools, Notices, Panels, RoomHead, Stage,
            StatusBanner,
        },
        main_part::MainPart,
        requests::RequestList,
        room::{RoomContext, use_room},
        sign_in::SignInGate,
    },
    format::display_name,
    i18n::{Explain, InLanguage, use_language, words},
    navigation::{Link, Place},
    signaling::{CallError, OfflineReason, Status},
    stores::LivePhase,
};

/// The page of a live.
#[component]
pub fn LivePage(live_id: LiveId) -> impl IntoView {
    view! {
        <LiveView live_id has_controls=true />
        <InLanguage>
            <SignInGate />
        </InLanguage>
    }
}

/// Joins the live when a user is signed in; a failure is shown as a toast.
pub fn join_when_known(room: &RoomContext) {
    let app = use_app();
    join_and(room, move |error| app.toasts().fail(error));
}

/// Like [`join_when_known`], for a page that renders [`LivePhase::Failed`] itself.
fn join_and_draw(room: &RoomContext) {
    let app = use_app();
    let phase = room.live.state.phase.clone();
    join_and(room, move |error| {
        if !phase.with_untracked(|phase| matches!(phase, LivePhase::Failed(_))) {
            app.toasts().fail(error);
        }
    });
}

fn join_and(room: &RoomContext, on_failure: impl Fn(&CallError) + Clone + 'static) {
    let me = use_app().client().me();
    let is_known = Memo::new(move |_| me.with(Option::is_some));
    let live = room.live.clone();
    Effect::new(move |_| {
        if is_known.get() {
            let (live, on_failure) = (live.clone(), on_failure.clone());
            spawn_local(async move {
                if let Err(error) = live.join().await {
                    on_failure(&error);
                }
            });
        }
    });
}

/// Why this page cannot join a live any more, if no sheet handles that status.
fn shut_out(status: Status) -> Option<OfflineReason> {
    match status {
        Status::Offline(reason @ (OfflineReason::Banned | OfflineReason::Unauthorized)) => Some(reason),
        Status::Offline(OfflineReason::KickedByOtherSession | OfflineReason::SignedOut)
        | Status::Idle
        | Status::Connecting
        | Status::Online
        | Status::Reconnecting { .. } => None,
    }
}

/// The view of one live, for a signed-in user; read-only without controls.
#[component]
pub fn LiveView(live_id: LiveId, has_controls: bool) -> impl IntoView {
    let room = RoomContext::create(&live_id, has_controls);
    provide_context(room.clone());
    join_and_draw(&room);
    close_microphone_when_out(&room);
    let phase = room.live.state.phase.clone();
    let status = use_app().client().status();
    let shut_out = Memo::new(move |_| shut_out(status.get()));
    let language = use_language();
    move || {
        language.track();
        match (phase.get(), shut_out.get()) {
            (LivePhase::Idle | LivePhase::Joining | LivePhase::Joined, Some(reason)) => {
                view! { <Failed text=reason.explain() /> }.into_any()
            }
            (LivePhase::Idle | LivePhase::Joining, None) => view! { <Waiting /> }.into_any(),
            (LivePhase::Joined, None) => view! { <InLive /> }.into_any(),
            (LivePhase::Ended { reason, summary }, _) => view! { <EndedView reason summary /> }.into_any(),
            (LivePhase::KickedOut { reason, operator, .. }, _) => {
                view! { <KickedOut reason operator /> }.into_any()
            }
            (LivePhase::Failed(error), _) => view! { <Failed text=error.explain() /> }.into_any(),
        }
    }
}

fn close_microphone_when_out(room: &RoomContext) {
    let (microphone, phase) = (room.microphone, room.live.state.phase.clone());
    Effect::new(move |_| {
        if phase.get() != LivePhase::Joined {
            microphone.set_value(None);
        }
    });
}

#[component]
fn InLive() -> impl IntoView {
    let room = use_room();
    let is_owner = room.live.state.is_owner.clone();
    let live_id = room.live_id.to_string();
    let role = move || if is_owner.get() { "owner" } else { "viewer" };
    if use_app().is_embedded() {
        view! {
            <div class="room" part="room" data-testid="room" data-live-id=live_id data-role=role>
                <Parts />
            </div>
        }
        .into_any()
    } else {
        view! {
            <main class="room" part="room" data-testid="room" data-live-id=live_id data-role=role>
                <Parts />
            </main>
        }
        .into_any()
    }
}

#[component]
fn Parts() -> impl IntoView {
    let has_controls = use_room().has_controls;
    view! {
        <RoomHead />
        <div class="banners">
            <StatusBanner />
            <Notices />
        </div>
        <Stage />
        <ChatPanel />
        {has_controls.then(|| view! { <Foot /> })}
        <Combos />
        <Hearts />
        {has_controls.then(|| view! { <Requests /> })}
    }
}

#[component]
fn Foot() -> impl IntoView {
    view! {
        <div class="room-foot">
            <HostTools />
            <Dock />
        </div>
    }
}

/// The open requests and the open sheet.
#[component]
fn Requests() -> impl IntoView {
    view! {
        <RequestList />
        <Panels />
    }
}

#[component]
fn Waiting() -> impl IntoView {
    view! {
        <MainPart class="room-over" part="message">
            <StatusBanner />
            <span class="spinner" role="progressbar" aria-label=words::joining()></span>
        </MainPart>
    }
}

#[component]
fn Failed(text: String) -> impl IntoView {
    view! {
        <MainPart class="room-over" part="message" testid="room-failed">
            <h1>{text}</h1>
            <Link to=Place::Lobby class="button primary">
                {words::to_the_lobby()}
            </Link>
        </MainPart>
    }
}

#[component]
fn KickedOut(reason: KickReason, operator: Option<UserInfo>) -> impl IntoView {
    let what = match reason {
        KickReason::Kicked => words::removed_from_live(),
        KickReason::Banned => words::banned_from_live(),
    };
    let by_whom = operator.map(|operator| {
        let name = display_name(&operator);
        view! {
            <p class="by-whom" data-testid="kicked-by">
                <Avatar user=operator />
                <strong class="ellipsis">{name}</strong>
            </p>
        }
    });
    view! {
        <MainPart class="room-over" part="message" testid="room-kicked">
            <h1>{what}</h1>
            {by_whom}
            <Link to=Place::Lobby class="button primary">
                {words::to_the_lobby()}
            </Link>
        </MainPart>
    }
}
