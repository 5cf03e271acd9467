//! The stage on a transparent background, for OBS: no controls, no error messages.

mod options;

use duelcast_protocol::LiveId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_use_timeout_fn::{UseTimeoutFnReturn, use_timeout_fn};
use web_sys::UrlSearchParams;

use self::options::{OverlayOptions, Part};
use super::live::join_when_known;
use crate::{
    app::use_app,
    components::{
        live::{ChatPanel, Combos, Hearts, Stage},
        room::RoomContext,
    },
    format::decimal,
    stores::{LivePhase, SignIn},
};

/// The user name of an overlay without a token.
const OVERLAY_NAME: &str = "Overlay";
/// Delay before a live that does not exist, or has ended, is joined again.
const LOOK_AGAIN_MS: f64 = 5_000.0;

/// A live as a browser source for OBS.
#[component]
pub fn OverlayPage(live_id: LiveId) -> impl IntoView {
    let app = use_app();
    let sign_in = app.client().sign_in_state();
    Effect::new(move |_| {
        if sign_in.get() == SignIn::SignedOut {
            let client = app.client();
            spawn_local(async move { drop(client.sign_in_as_guest(OVERLAY_NAME).await) });
        }
    });
    let query = UrlSearchParams::new_with_str(&window().location().search().unwrap_or_default()).ok();
    let options = OverlayOptions::new(|name| query.as_ref()?.get(name));
    let room = RoomContext::create(&live_id, false);
    provide_context(room.clone());
    join_when_known(&room);
    wait_for_live(&room);
    make_page_transparent();
    let phase = room.live.state.phase.clone();
    let is_in = Memo::new(move |_| phase.get() == LivePhase::Joined);
    view! {
        <main
            class=format!("overlay theme-{}", options.theme.name())
            inert=true
            data-testid="overlay"
            data-live-id=live_id.to_string()
            data-parts=options.part_names()
            style=("--scale", decimal(options.scale, 4))
            style=("--safe", decimal(options.safe_percent, 4))
        >
            <Show when=move || is_in.get()>
                <Stage />
            </Show>
            {options.has(Part::Chat).then(|| view! { <ChatPanel /> })}
            {options.has(Part::Gifts).then(|| view! { <Combos /> })}
            {options.has(Part::Likes).then(|| view! { <Hearts /> })}
        </main>
    }
}

/// Keeps retrying the join: a scene is set up before the live starts and stays after it ends.
fn wait_for_live(room: &RoomContext) {
    let app = use_app();
    let (live, phase) = (room.live.clone(), room.live.state.phase.clone());
    let UseTimeoutFnReturn { start, stop, .. } =
        use_timeout_fn(move |()| app.attempt_quietly(live.join()), LOOK_AGAIN_MS);
    Effect::new(move |_| match phase.get() {
        LivePhase::Failed(_) | LivePhase::Ended { .. } => start(()),
        LivePhase::Idle | LivePhase::Joining | LivePhase::Joined | LivePhase::KickedOut { .. } => stop(),
    });
}

fn make_page_transparent() {
    let root = document().document_element();
    if let Some(root) = &root {
        drop(root.class_list().add_1("see-through"));
    }
    on_cleanup(|| {
        if let Some(root) = document().document_element() {
            drop(root.class_list().remove_1("see-through"));
        }
    });
}
