//! The views, made of the app's own components.

use duelcast::{
    app::use_app,
    components::{live::Panels, pk::PkLayer, room::RoomContext, seats::SeatBoard, toasts::ToastStack},
    i18n::{InLanguage, LanguageRoot},
    pages::{LiveView, LobbyView, join_when_known},
};
use duelcast_protocol::LiveId;
use js_sys::Function;
use leptos::prelude::*;

use super::{Attributes, events::Forwarded, kind::Kind};

/// The whole inside of an element.
pub(super) fn view(kind: Kind, attributes: Attributes, on_event: Function) -> impl IntoView {
    let on_event = StoredValue::new_local(on_event);
    let toasts = use_app().toasts();
    let one_live = move |live_id: LiveId| {
        on_cleanup_of(Forwarded::start(&live_id, on_event.get_value()));
        let has_controls = !attributes.is_readonly.get();
        match kind {
            Kind::Live => view! { <LiveView live_id has_controls /> }.into_any(),
            Kind::Seats => view! { <Part live_id has_controls><SeatBoard /></Part> }.into_any(),
            Kind::PkBar => view! { <Part live_id has_controls><PkLayer /></Part> }.into_any(),
            Kind::Lobby => ().into_any(),
        }
    };
    let content = move || match kind {
        Kind::Lobby => Some(view! { <LobbyView may_start=!attributes.is_readonly.get() /> }.into_any()),
        Kind::Live | Kind::Seats | Kind::PkBar => attributes.live_id.get().map(one_live),
    };
    view! {
        <LanguageRoot>
            {content}
            <ToastStack toasts />
        </LanguageRoot>
    }
}

/// A part of a live's page with what it needs of the rest.
#[component]
fn Part(live_id: LiveId, has_controls: bool, children: ChildrenFn) -> impl IntoView {
    let room = RoomContext::create(&live_id, has_controls);
    provide_context(room.clone());
    join_when_known(&room);
    let children = StoredValue::new(children);
    view! {
        <InLanguage>
            {children.with_value(|children| children())}
            {has_controls.then(|| view! { <Panels /> })}
        </InLanguage>
    }
}

/// Keeps a value until the surrounding view is redrawn or removed.
fn on_cleanup_of<T: 'static>(kept: T) {
    let _kept = StoredValue::new_local(kept);
}
