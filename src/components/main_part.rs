//! What a page is there for.

use leptos::prelude::*;

use crate::app::use_app;

/// The page's `main`; a part like others in somebody else's page, which has one of its own.
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
