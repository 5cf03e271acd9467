//! Conditions and lists.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    rc::Rc,
};

use leptos::component;

use super::{
    rows::Row,
    view::{ChildrenFn, View},
};
use crate::reactive::memo;

/// Shows its children while a condition holds.
#[component]
pub fn Show<W>(
    when: W,
    children: ChildrenFn,
    /// Shown otherwise.
    #[prop(optional)]
    fallback: Option<fn() -> View>,
) -> View
where
    W: Fn() -> bool + Send + Sync + 'static,
{
    let is_shown = memo(when);
    View::Live(Box::new(move || match (is_shown.get(), fallback) {
        (true, _) => children(),
        (false, Some(fallback)) => fallback(),
        (false, None) => View::Nothing,
    }))
}

/// A row for each item; rows whose key stays are left alone.
#[component]
pub fn For<E, I, T, K, F, V>(
    /// Reactive.
    each: E,
    /// No two items may have the same.
    key: fn(&T) -> K,
    children: F,
) -> View
where
    E: Fn() -> I + 'static,
    I: IntoIterator<Item = T> + 'static,
    T: 'static,
    K: Hash + 'static,
    F: Fn(T) -> V + 'static,
    V: super::IntoView + 'static,
{
    let children = Rc::new(children);
    View::Rows(Box::new(move || {
        each()
            .into_iter()
            .map(|item| {
                let mut hasher = DefaultHasher::new();
                key(&item).hash(&mut hasher);
                let children = children.clone();
                Row { key: hasher.finish(), make: Box::new(move || children(item).into_view()) }
            })
            .collect()
    }))
}
