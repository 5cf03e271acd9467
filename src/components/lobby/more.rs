//! The end of the list: loads the next page on scroll or by a button.

use leptos::prelude::*;
use leptos::{ev, html};
use leptos_use_event_listener::use_event_listener;
use leptos_use_intersection_observer::use_intersection_observer;
use leptos_use_window::use_window;
use web_sys::IntersectionObserverEntry;

use crate::{
    app::use_app,
    i18n::words,
    stores::{LiveListStore, MAX_CARDS},
};

/// Maximum number of lives that a search loads.
const MAX_SEARCHED: usize = MAX_CARDS;

/// Pages are prefetched only after the user has scrolled or searched.
#[component]
pub fn More(#[prop(into)] is_searching: Signal<bool>) -> impl IntoView {
    let app = use_app();
    let list = StoredValue::new(LiveListStore::shared());
    let state = list.with_value(|list| list.state.clone());
    let (lives, has_more, is_loading, error) =
        (state.lives.clone(), state.has_more.clone(), state.is_loading.clone(), state.error.clone());
    let load = Callback::new(move |()| app.attempt(list.get_value().load_more()));
    let has_scrolled = has_scrolled();
    let may_load = {
        let is_loading = is_loading.clone();
        Memo::new(move |_| has_more.get() && !is_loading.get())
    };
    let is_well = Memo::new(move |_| error.with(Option::is_none));
    Effect::new(move |_| {
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
                <LoadMore load is_automatic=Signal::derive(move || has_scrolled.get() && is_well.get()) />
            </Show>
        </div>
    }
}

#[component]
fn LoadMore(load: Callback<()>, is_automatic: Signal<bool>) -> impl IntoView {
    let button = NodeRef::<html::Button>::new();
    let is_seen = RwSignal::new(false);
    use_intersection_observer(button, move |entries, _| {
        is_seen.set(entries.iter().any(IntersectionObserverEntry::is_intersecting));
    });
    Effect::new(move |_| {
        if is_automatic.get() && is_seen.get() {
            load.run(());
        }
    });
    view! {
        <button class="button" type="button" data-testid="load-more" node_ref=button on:click=move |_| load.run(())>
            {words::show_more()}
        </button>
    }
}

/// Reactive: whether the user has scrolled, by wheel, touch or key.
fn has_scrolled() -> RwSignal<bool> {
    let has_scrolled = RwSignal::new(false);
    let note = move || {
        if !has_scrolled.get_untracked() {
            has_scrolled.set(true);
        }
    };
    let _ = use_event_listener(use_window(), ev::wheel, move |_| note());
    let _ = use_event_listener(use_window(), ev::touchmove, move |_| note());
    let _ = use_event_listener(use_window(), ev::keydown, move |_| note());
    has_scrolled
}
