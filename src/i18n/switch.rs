//! The language that is shown; its change redraws the texts.

use std::cell::{Cell, RefCell};

use leptos::{prelude::*, reactive::graph::Source};

use super::{Language, chosen, platform};
use crate::stores::SetIfChanged;

thread_local! {
    static SHOWN: ArcRwSignal<Language> = ArcRwSignal::default();
    /// The one that was asked for last: texts of an earlier one that come later are of no use.
    static ASKED: Cell<Language> = const { Cell::new(Language::English) };
    /// The server whose `locales` are fetched.
    static BASE_URL: RefCell<String> = const { RefCell::new(String::new()) };
}

/// The language as what is below one root follows it.
#[derive(Clone, Copy)]
struct Followed(Memo<Language>);

/// Reactive: the language that is shown.
#[must_use]
pub fn use_language() -> Signal<Language> {
    match use_context::<Followed>() {
        Some(Followed(language)) => language.into(),
        None => SHOWN.with(Clone::clone).into(),
    }
}

/// Releases what removed views left: see `Client::clear_subscribers`.
pub fn clear_subscribers() {
    SHOWN.with(Source::clear_subscribers);
}

/// Shows the language that the reader wants, or English when its texts cannot be fetched. Await it before anything is drawn.
/// `base_url` is the server that has the texts, without a path; empty for the one that the page came from.
pub async fn start(base_url: &str) {
    BASE_URL.set(base_url.to_owned());
    let wanted = chosen::wanted_tags();
    let language = Language::pick(wanted.iter().map(String::as_str));
    if !load(language).await {
        load(Language::English).await;
    }
}

/// Shows a language and remembers that it was chosen. Answers whether its texts could be fetched; else nothing changes.
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

/// The root of a page or of a custom element: says which language stands in it, and which way that is written.
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

/// Redraws its children when the language changes. The state that they show must outlive them, as that of the stores does.
#[component]
pub fn InLanguage(children: ChildrenFn) -> impl IntoView {
    let language = use_language();
    move || {
        language.track();
        children()
    }
}
