//! The language selector.

use std::cell::Cell;

use leptos::prelude::*;
use leptos::{html, task::spawn_local};

use crate::{
    app::use_app,
    components::icons::{Glyph, Icon},
    i18n::{self, Language, use_language, words},
};

thread_local! {
    /// Set when a language was chosen: the list is redrawn, and the new one takes the focus of the
    /// old one.
    static WAS_CHOSEN: Cell<bool> = const { Cell::new(false) };
}

/// A native list behind a globe icon; each language is listed under its own name.
#[component]
pub fn LanguagePicker() -> impl IntoView {
    let app = use_app();
    let shown = use_language().get_untracked();
    let option = |language: Language| {
        view! {
            <option value=language.tag() lang=language.tag() selected=language == shown>
                {language.name()}
            </option>
        }
    };
    let list = NodeRef::<html::Select>::new();
    if WAS_CHOSEN.take() {
        list.on_load(|list| drop(list.focus()));
    }
    let choose = move |language: Language| {
        WAS_CHOSEN.set(true);
        spawn_local(async move {
            if !i18n::choose(language).await {
                WAS_CHOSEN.set(false);
                app.toasts().fail(&words::language_failed());
            }
        });
    };
    view! {
        <label class="round language-picker">
            <Icon glyph=Glyph::Globe />
            <select
                aria-label=words::language()
                data-testid="language"
                node_ref=list
                on:change=move |event| {
                    if let Some(language) = Language::of_tag(&event_target_value(&event)) {
                        choose(language);
                    }
                }
            >
                {Language::ALL.map(option).collect_view()}
            </select>
        </label>
    }
}
