//! The stage: the battle above, the seats below, what covers them for a moment.

use leptos::prelude::*;

use crate::{
    components::{
        pk::{PkCover, PkLayer},
        seats::SeatBoard,
    },
    i18n::words,
};

/// Shared by the live's page and the overlay.
#[component]
pub fn Stage() -> impl IntoView {
    view! {
        <section class="stage" part="stage" aria-label=words::stage()>
            <div class="stage-inner">
                <PkLayer />
                <div class="arena">
                    <SeatBoard />
                    <PkCover />
                </div>
            </div>
        </section>
    }
}
