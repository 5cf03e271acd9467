//! The same user came in somewhere else: this page stands still until it takes over again.

use leptos::prelude::*;

use crate::{
    app::use_app,
    components::sheet::Sheet,
    signaling::{OfflineReason, Status},
};

/// Covers whatever page is open.
#[component]
pub fn TakeOverGate() -> impl IntoView {
    let app = use_app();
    let status = app.client().status();
    let is_kicked = Memo::new(move |_| status.get() == Status::Offline(OfflineReason::KickedByOtherSession));
    view! {
        <Show when=move || is_kicked.get()>
            <Sheet title="You are signed in somewhere else">
                <p class="hint">"Only one page at a time can be you. The other one goes on."</p>
                <button
                    class="button primary wide"
                    type="button"
                    data-testid="take-over"
                    on:click=move |_| app.client().reconnect()
                >
                    "Take over here"
                </button>
            </Sheet>
        </Show>
    }
}
