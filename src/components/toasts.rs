//! Short sentences that come and go.

use std::time::Duration;

use crate::dom::prelude::*;
use web_sys::HtmlElement;

use crate::i18n::Explain;

const MAX_TOASTS: usize = 4;
const SHOWN_FOR: Duration = Duration::from_secs(5);

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

    fn show(self, text: String, is_error: bool) {
        let Some(id) = self.last_id.try_get_value().map(|last| last + 1) else { return };
        self.last_id.set_value(id);
        self.shown.update(|shown| {
            shown.retain(|toast| toast.text != text);
            shown.push(Toast { id, text, is_error });
            let surplus = shown.len().saturating_sub(MAX_TOASTS);
            shown.drain(..surplus);
        });
        set_timeout(move || self.shown.update(|shown| shown.retain(|toast| toast.id != id)), SHOWN_FOR);
    }
}

/// Draws them; provided once.
#[component]
pub fn ToastStack(toasts: Toasts) -> impl IntoView {
    let stack = NodeRef::<HtmlElement>::new();
    let newest = memo(move || toasts.shown.with(|shown| shown.last().map(|toast| toast.id)));
    effect(move || {
        if let (Some(stack), Some(_)) = (stack.get(), newest.get()) {
            raise(&stack);
        }
    });
    view! {
        <div class="toasts" popover="manual" node_ref=stack role="status" aria-live="polite">
            <For each=move || toasts.shown.get() key=|toast| toast.id let:toast>
                <p class="toast" class:error=toast.is_error data-testid="toast">
                    {toast.text}
                </p>
            </For>
        </div>
    }
}

/// Above everything, also above a dialog that was opened since the last toast.
fn raise(stack: &HtmlElement) {
    drop(stack.hide_popover());
    drop(stack.show_popover());
}
