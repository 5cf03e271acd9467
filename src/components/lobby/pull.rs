//! Pull to refresh for the lobby, on touch screens.

use leptos::ev;
use leptos::prelude::*;
use leptos_use_event_listener::use_event_listener;
use leptos_use_window::use_window;
use web_sys::TouchEvent;

use crate::{
    components::icons::{Glyph, Icon},
    format::decimal,
};

/// Minimum distance that triggers a refresh on release.
const ENOUGH_PX: f64 = 64.0;
const FARTHEST_PX: f64 = 88.0;
/// Displacement of the page per finger movement.
const RESISTANCE: f64 = 0.45;

/// Handles touches of the page; shows the pulled distance.
#[component]
pub fn PullToRefresh(on_refresh: Callback<()>) -> impl IntoView {
    let from = StoredValue::new(None::<f64>);
    let pulled = RwSignal::new(0.0_f64);
    let start = move |event: TouchEvent| {
        let is_at_top = window().scroll_y().is_ok_and(|y| y <= 0.0);
        from.set_value(finger(&event).filter(|_| is_at_top));
    };
    let pull = move |event: TouchEvent| {
        if let (Some(from), Some(now)) = (from.get_value(), finger(&event)) {
            let far = ((now - from) * RESISTANCE).clamp(0.0, FARTHEST_PX);
            if (far - pulled.get_untracked()).abs() > f64::EPSILON {
                pulled.set(far);
            }
        }
    };
    let release = move |_: TouchEvent| {
        if pulled.get_untracked() >= ENOUGH_PX {
            on_refresh.run(());
        }
        from.set_value(None);
        if pulled.get_untracked() > 0.0 {
            pulled.set(0.0);
        }
    };
    let _ = use_event_listener(use_window(), ev::touchstart, start);
    let _ = use_event_listener(use_window(), ev::touchmove, pull);
    let _ = use_event_listener(use_window(), ev::touchend, release);
    let _ = use_event_listener(use_window(), ev::touchcancel, release);
    view! {
        <div
            class="pull"
            class:enough=move || ENOUGH_PX <= pulled.get()
            class:idle=move || pulled.get() == 0.0
            aria-hidden="true"
            style=("--pulled", move || format!("{}px", decimal(pulled.get(), 0)))
        >
            <Icon glyph=Glyph::Refresh />
        </div>
    }
}

fn finger(event: &TouchEvent) -> Option<f64> {
    let touches = event.touches();
    (touches.length() == 1).then(|| touches.get(0)).flatten().map(|touch| f64::from(touch.client_y()))
}
