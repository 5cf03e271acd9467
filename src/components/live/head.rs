//! The header of a live: owner, viewer count, share, close.

use duelcast_protocol::{LiveInfo, UserInfo};
use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use crate::{
    app::use_app,
    components::{
        avatar::Avatar,
        icons::{Glyph, Icon},
        language::LanguagePicker,
        room::{Panel, use_room},
    },
    format::{compact, display_name},
    i18n::words,
    navigation::Place,
};

/// One line at the top.
#[component]
pub fn RoomHead() -> impl IntoView {
    let has_controls = use_room().has_controls;
    view! {
        <header class="room-head" part="head">
            <Host />
            <span class="space"></span>
            <Viewers />
            {has_controls.then(|| view! { <HeadButtons /> })}
        </header>
    }
}

#[component]
fn HeadButtons() -> impl IntoView {
    view! {
        <LanguagePicker />
        <ShareButton />
        <CloseButton />
    }
}

#[component]
fn Host() -> impl IntoView {
    let room = use_room();
    let info = room.live.state.info.clone();
    let likes = room.likes.state.total.clone();
    let face = |user: UserInfo| view! { <Avatar user /> };
    let owner = Memo::new({
        let info = info.clone();
        move |_| info.with(|info| info.as_ref().map(|info| info.owner.clone()))
    });
    let text =
        move |read: fn(&LiveInfo) -> String| info.with(|info| info.as_ref().map(read).unwrap_or_default());
    let title = text.clone();
    view! {
        <div class="host-pill">
            {move || owner.get().map(face)}
            <span class="who">
                <strong class="ellipsis">{move || title(|info| info.live_name.clone())}</strong>
                <small>
                    <span class="ellipsis">{move || text(|info| display_name(&info.owner))}</span>
                    <Icon glyph=Glyph::Heart />
                    <span data-testid="like-count">{move || compact(likes.get())}</span>
                </small>
            </span>
        </div>
    }
}

#[component]
fn Viewers() -> impl IntoView {
    let room = use_room();
    let is_inert = !room.has_controls;
    let viewer_count = room.audience.state.viewer_count.clone();
    let watching = viewer_count.clone();
    view! {
        <button class="viewers" type="button" data-testid="audience-open" prop:disabled=is_inert on:click=move |_| room.open(Panel::Audience)>
            <Icon glyph=Glyph::Eye />
            <span aria-hidden="true" data-testid="viewer-count">
                {move || compact(u64::from(viewer_count.get()))}
            </span>
            <span class="sr-only">{move || words::watching(u64::from(watching.get()))}</span>
        </button>
    }
}

#[component]
fn ShareButton() -> impl IntoView {
    let app = use_app();
    let share = move |_| {
        spawn_local(async move {
            if share_address().await.is_some() {
                return;
            }
            let said = match copy_address().await {
                Some(()) => words::link_copied(),
                None => words::copy_the_address(),
            };
            app.toasts().show(said);
        });
    };
    view! {
        <button class="round plain" type="button" aria-label=words::share() data-testid="share" on:click=share>
            <Icon glyph=Glyph::Share />
        </button>
    }
}

/// Opens the system's share sheet, if there is one; also resolves when the user dismisses it.
async fn share_address() -> Option<()> {
    let window = web_sys::window()?;
    let navigator = window.navigator();
    let share: Function = Reflect::get(&navigator, &"share".into()).ok()?.dyn_into().ok()?;
    let data = Object::new();
    Reflect::set(&data, &"url".into(), &window.location().href().ok()?.into()).ok()?;
    let shown: Promise = share.call1(&navigator, &data).ok()?.dyn_into().ok()?;
    drop(JsFuture::from(shown).await);
    Some(())
}

async fn copy_address() -> Option<()> {
    let window = web_sys::window().filter(web_sys::Window::is_secure_context)?;
    let address = window.location().href().ok()?;
    JsFuture::from(window.navigator().clipboard().write_text(&address)).await.ok().map(drop)
}

#[component]
fn CloseButton() -> impl IntoView {
    let room = use_room();
    let navigation = use_app().navigation();
    let is_owner = room.live.state.is_owner.clone();
    let close = move |_| {
        if is_owner.get_untracked() {
            room.open(Panel::Leave);
        } else {
            navigation.go(&Place::Lobby);
        }
    };
    view! {
        <button class="round plain" type="button" aria-label=words::close() data-testid="close-room" on:click=close>
            <Icon glyph=Glyph::Close />
        </button>
    }
}
