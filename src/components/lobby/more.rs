//! The end of the list: the next page comes by itself when one scrolls there, or by the button.

use crate::dom::prelude::*;
use leptos::ev;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry};

use crate::{
    app::use_app,
    i18n::words,
    stores::{LiveListStore, MAX_CARDS},
};

/// A search looks through this many lives at most.
const MAX_SEARCHED: usize = MAX_CARDS;

/// Pages are fetched ahead only for somebody who scrolls or searches.
#[component]
pub fn More(#[prop(into)] is_searching: Signal<bool>) -> impl IntoView {
    let app = use_app();
    let list = StoredValue::new(LiveListStore::shared());
    let state = list.with_value(|list| list.state.clone());
    let (lives, has_more, is_loading, error) =
        (state.lives.clone(), state.has_more.clone(), state.is_loading.clone(), state.error.clone());
    let load = callback(move |()| app.attempt(list.get_value().load_more()));
    let has_scrolled = has_scrolled();
    let may_load = {
        let is_loading = is_loading.clone();
        memo(move || has_more.get() && !is_loading.get())
    };
    let is_well = memo(move || error.with(Option::is_none));
    effect(move || {
        let is_worth_it = lives.with(Vec::len) < MAX_SEARCHED;
        if is_searching.get() && may_load.get() && is_worth_it && is_well.get() {
            load.run(());
        }
    });
    view! {
        <div class="more">
            <Show when=move || is_loading.get()>
                <span class="spinner" role="progressbar" aria-label=words::loading()></span>
            </Show>
            <Show when=move || may_load.get()>
                <LoadMore load is_automatic=derived(move || has_scrolled.get() && is_well.get()) />
            </Show>
        </div>
    }
}

#[component]
fn LoadMore(load: Callback<()>, is_automatic: Signal<bool>) -> impl IntoView {
    let button = NodeRef::<Element>::new();
    effect_with(move |seen: Option<Option<Sight>>| {
        drop(seen);
        let button = button.get().filter(|_| is_automatic.get())?;
        Sight::of(&button, move || load.run(()))
    });
    view! {
        <button class="button" type="button" data-testid="load-more" node_ref=button on:click=move |_| load.run(())>
            {words::show_more()}
        </button>
    }
}

/// Whether somebody has scrolled: by wheel, finger or key.
fn has_scrolled() -> RwSignal<bool> {
    let has_scrolled = RwSignal::new(false);
    let note = move || {
        if !has_scrolled.get_untracked() {
            has_scrolled.set(true);
        }
    };
    let handles = [
        window_event_listener(ev::wheel, move |_| note()),
        window_event_listener(ev::touchmove, move |_| note()),
        window_event_listener(ev::keydown, move |_| note()),
    ];
    on_cleanup(move || handles.into_iter().for_each(WindowListenerHandle::remove));
    has_scrolled
}

/// Says when an element comes into view, until it is dropped.
struct Sight {
    observer: SendWrapper<IntersectionObserver>,
    _on_change: SendWrapper<Closure<dyn FnMut(js_sys::Array)>>,
}

impl Sight {
    fn of(element: &Element, on_seen: impl Fn() + 'static) -> Option<Self> {
        let on_change = Closure::new(move |entries: js_sys::Array| {
            let is_seen = |entry: IntersectionObserverEntry| entry.is_intersecting();
            if entries.iter().any(|entry| entry.dyn_into().is_ok_and(is_seen)) {
                on_seen();
            }
        });
        let observer =
            IntersectionObserver::new(AsRef::<wasm_bindgen::JsValue>::as_ref(&on_change).unchecked_ref())
                .ok()?;
        observer.observe(element);
        Some(Self { observer: SendWrapper::new(observer), _on_change: SendWrapper::new(on_change) })
    }
}

impl Drop for Sight {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
