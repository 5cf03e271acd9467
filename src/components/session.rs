//! The sheet for a session that was taken over: the page is paused until the user takes the session
//! back.

use leptos::prelude::*;

use crate::{
    app::use_app,
    components::sheet::Sheet,
    i18n::words,
    signaling::{OfflineReason, Status},
};

/// Covers the current page.
#[component]
pub fn TakeOverGate() -> impl IntoView {
    let app = use_app();
    let status = app.client().status();
    let is_kicked = Memo::new(move |_| status.get() == Status::Offline(OfflineReason::KickedByOtherSession));
    view! {
        <Show when=move || is_kicked.get()>
            <Sheet title=words::signed_in_elsewhere_title()>
                <p class="hint">{words::signed_in_elsewhere_hint()}</p>
                <button
                    class="button primary wide"
                    type="button"
                    data-testid="take-over"
                    on:click=move |_| app.client().reconnect()
                >
                    {words::take_over()}
                </button>
            </Sheet>
        </Show>
    }
}
