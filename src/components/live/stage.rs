//! The stage: the battle above the seats, with temporary overlays on top.

use leptos::prelude::*;

use crate::{
    components::{
        pk::{PkCover, PkLayer},
        seats::SeatBoard,
    },
    i18n::words,
};

/// Used by the live page and the overlay page.
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
