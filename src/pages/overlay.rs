//! The stage alone on nothing, for OBS: no controls, no background.

use duelcast_protocol::LiveId;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_params_map;

use super::live::join_when_known;
use crate::{
    app::use_app,
    components::{live::Stage, room::Room},
    pages::NotFoundPage,
    stores::SignIn,
};

/// The name that an overlay without a token watches under.
const OVERLAY_NAME: &str = "Overlay";

/// The live of the address.
#[component]
pub fn OverlayPage() -> impl IntoView {
    let params = use_params_map();
    let live_id = params.with_untracked(|params| LiveId::new(params.get("id").unwrap_or_default()).ok());
    match live_id {
        Some(live_id) => view! { <Overlay live_id /> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

#[component]
fn Overlay(live_id: LiveId) -> impl IntoView {
    let app = use_app();
    let sign_in = app.client().sign_in_state();
    Effect::new(move || {
        if sign_in.get() == SignIn::SignedOut {
            spawn_local(async move {
                if let Err(error) = app.client().sign_in_as_guest(OVERLAY_NAME).await {
                    app.toasts.fail(&error);
                }
            });
        }
    });
    let room = Room::create(&live_id, false);
    provide_context(room.clone());
    join_when_known(&room);
    make_page_transparent();
    view! {
        <main class="overlay" inert=true data-testid="overlay" data-live-id=live_id.to_string()>
            <Stage />
        </main>
    }
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
