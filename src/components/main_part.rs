//! The main landmark of a page.

use leptos::prelude::*;

use crate::app::use_app;

/// A `main` element; a `div` when embedded, because the host page has its own `main`.
#[component]
pub fn MainPart(
    class: &'static str,
    part: &'static str,
    #[prop(optional)] testid: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    if use_app().is_embedded() {
        view! {
            <div class=class part=part data-testid=testid>
                {children()}
            </div>
        }
        .into_any()
    } else {
        view! {
            <main class=class part=part data-testid=testid>
                {children()}
            </main>
        }
        .into_any()
    }
}
