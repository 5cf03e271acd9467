//! What a page is there for.

use crate::{app::use_app, dom::prelude::*};

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
    } else {
        view! {
            <main class=class part=part data-testid=testid>
                {children()}
            </main>
        }
    }
}
