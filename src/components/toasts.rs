//! Toasts: short texts that disappear after a while.

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

/// The visible toasts.
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
    /// Shows a text as a toast.
    pub fn show(self, text: impl Into<String>) {
        self.push(text.into(), false);
    }

    /// Shows an error as a toast.
    pub fn fail(self, error: &impl Explain) {
        self.push(error.explain(), true);
    }

    /// Adds a toast; a no-op after the page was removed.
    fn push(self, text: String, is_error: bool) {
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

/// Renders the toasts; mounted once.
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

/// A toast, which removes itself after a delay; the timer is dropped with the row.
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

/// Moves the stack to the top layer, above a dialog that was opened since the last toast.
fn raise(stack: &HtmlElement) {
    drop(stack.hide_popover());
    drop(stack.show_popover());
}
