//! Short sentences that come and go.

use leptos::html;
use leptos::prelude::*;
use leptos_use_timeout_fn::{UseTimeoutFnReturn, use_timeout_fn};
use web_sys::HtmlElement;

use crate::i18n::Explain;

const MAX_TOASTS: usize = 4;
const SHOWN_FOR_MS: f64 = 5_000.0;

#[derive(Debug, Clone, PartialEq, Eq)]
struct Toast {
    id: u64,
    text: String,
    is_error: bool,
}

/// What is said at the moment.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    last_id: StoredValue<u64>,
}

impl Default for Toasts {
    fn default() -> Self {
        Self { shown: RwSignal::new(Vec::new()), last_id: StoredValue::new(0) }
    }
}

impl Toasts {
    /// Says something for a while.
    pub fn say(self, text: impl Into<String>) {
        self.show(text.into(), false);
    }

    /// Says what went wrong.
    pub fn fail(self, error: &impl Explain) {
        self.show(error.explain(), true);
    }

    /// Does nothing once the page that it belongs to is gone.
    fn show(self, text: String, is_error: bool) {
        let Some(id) = self.last_id.try_update_value(|last| {
            *last += 1;
            *last
        }) else {
            return;
        };
        self.shown.update(|shown| {
            shown.retain(|toast| toast.text != text);
            shown.push(Toast { id, text, is_error });
            let surplus = shown.len().saturating_sub(MAX_TOASTS);
            shown.drain(..surplus);
        });
    }

    fn remove(self, id: u64) {
        self.shown.update(|shown| shown.retain(|toast| toast.id != id));
    }
}

/// Draws them; provided once.
#[component]
pub fn ToastStack(toasts: Toasts) -> impl IntoView {
    let stack = NodeRef::<html::Div>::new();
    let newest = Memo::new(move |_| toasts.shown.with(|shown| shown.last().map(|toast| toast.id)));
    Effect::new(move |_| {
        if let (Some(stack), Some(_)) = (stack.get(), newest.get()) {
            raise(&stack);
        }
    });
    view! {
        <div class="toasts" popover="manual" node_ref=stack role="status" aria-live="polite">
            <For each=move || toasts.shown.get() key=|toast| toast.id let:toast>
                <ToastRow toast toasts />
            </For>
        </div>
    }
}

/// Removes itself after a while; the timer ends with the row.
#[component]
fn ToastRow(toast: Toast, toasts: Toasts) -> impl IntoView {
    let UseTimeoutFnReturn { start, .. } = use_timeout_fn(move |()| toasts.remove(toast.id), SHOWN_FOR_MS);
    start(());
    view! {
        <p class="toast" class:error=toast.is_error data-testid="toast">
            {toast.text}
        </p>
    }
}

/// Above everything, also above a dialog that was opened since the last toast.
fn raise(stack: &HtmlElement) {
    drop(stack.hide_popover());
    drop(stack.show_popover());
}
