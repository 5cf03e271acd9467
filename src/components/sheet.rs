//! A panel over the page: a native modal dialog, so that the browser handles focus, Escape and the
//! inert page behind it.

use leptos::prelude::*;
use leptos::{ev, html};

use super::icons::{Glyph, Icon};
use crate::i18n::words;

/// Open while mounted. Without `on_close` it cannot be dismissed.
#[component]
pub fn Sheet(
    #[prop(into)] title: String,
    #[prop(optional)] on_close: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let label = title.clone();
    let dialog = NodeRef::<html::Dialog>::new();
    dialog.on_load(|dialog| {
        if dialog.is_connected() {
            drop(dialog.show_modal());
        }
    });
    let close = move || {
        if let Some(on_close) = on_close {
            on_close.run(());
        }
    };
    let on_click = move |event: ev::MouseEvent| {
        let is_backdrop =
            dialog.get_untracked().is_some_and(|dialog| event.target().as_ref() == Some(dialog.as_ref()));
        if is_backdrop {
            close();
        }
    };
    let on_cancel = move |event: ev::Event| {
        event.prevent_default();
        close();
    };
    view! {
        <dialog class="sheet" part="sheet" aria-label=label node_ref=dialog on:cancel=on_cancel on:click=on_click>
            <div class="sheet-inner">
                <header>
                    <h2 dir="auto">{title}</h2>
                    {on_close.map(|_| view! { <CloseButton on_close=Callback::new(move |()| close()) /> })}
                </header>
                {children()}
            </div>
        </dialog>
    }
}

#[component]
fn CloseButton(on_close: Callback<()>) -> impl IntoView {
    view! {
        <button class="round plain" type="button" aria-label=words::close() on:click=move |_| on_close.run(())>
            <Icon glyph=Glyph::Close />
        </button>
    }
}
