//! The current language; a change redraws the texts.

use std::cell::{Cell, RefCell};

use leptos::{prelude::*, reactive::graph::Source};

use super::{Language, chosen, platform};
use crate::stores::SetIfChanged;

thread_local! {
    static SHOWN: ArcRwSignal<Language> = ArcRwSignal::default();
    /// The language requested last: texts of an earlier request that arrive later are discarded.
    static ASKED: Cell<Language> = const { Cell::new(Language::English) };
    /// Base URL of the server with the `locales`.
    static BASE_URL: RefCell<String> = const { RefCell::new(String::new()) };
}

/// The language signal of one root.
#[derive(Clone, Copy)]
struct Followed(Memo<Language>);

/// Reactive: the current language.
#[must_use]
pub fn use_language() -> Signal<Language> {
    match use_context::<Followed>() {
        Some(Followed(language)) => language.into(),
        None => SHOWN.with(Clone::clone).into(),
    }
}

/// Drops the subscribers of removed views: see `Client::clear_subscribers`.
pub fn clear_subscribers() {
    SHOWN.with(Source::clear_subscribers);
}

/// Activates the preferred language, or English if its texts cannot be fetched. Await it before
/// mounting. `base_url` is the server with the texts, without a path; empty for the page's own
/// origin.
pub async fn start(base_url: &str) {
    BASE_URL.set(base_url.to_owned());
    let wanted = chosen::wanted_tags();
    let language = Language::pick(wanted.iter().map(String::as_str));
    if !load(language).await {
        load(Language::English).await;
    }
}

/// Activates a language and stores the choice. Returns whether its texts could be fetched; on
/// failure nothing changes.
pub async fn choose(language: Language) -> bool {
    let is_loaded = load(language).await;
    if is_loaded && ASKED.get() == language {
        chosen::remember(language);
    }
    is_loaded
}

async fn load(language: Language) -> bool {
    ASKED.set(language);
    let texts = match language {
        Language::English => None,
        Language::Chinese | Language::Korean | Language::Japanese | Language::Arabic | Language::Spanish => {
            let texts = platform::fetch(&BASE_URL.with_borrow(String::clone), language).await;
            if texts.is_none() {
                return false;
            }
            texts
        }
    };
    if ASKED.get() != language {
        return true;
    }
    platform::speak(language, &language.region_tag(&chosen::region_tags()), texts);
    SHOWN.with(|shown| shown.set_if_changed(language));
    true
}

/// The root of a page or custom element: sets `lang` and `dir`.
#[component]
pub fn LanguageRoot(children: Children) -> impl IntoView {
    let shown = SHOWN.with(Clone::clone);
    let language = Memo::new(move |_| shown.get());
    provide_context(Followed(language));
    view! {
        <div class="language-root" lang=move || language.get().tag() dir=move || language.get().direction()>
            {children()}
        </div>
    }
}

/// Redraws its children when the language changes. State of the children must be owned outside,
/// such as by the stores.
#[component]
pub fn InLanguage(children: ChildrenFn) -> impl IntoView {
    let language = use_language();
    move || {
        language.track();
        children()
    }
}
