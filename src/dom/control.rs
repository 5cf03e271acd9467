//! Conditions and lists.

use std::hash::{Hash, Hasher};

use leptos::component;

use super::{
    rows::{ListRows, Update},
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
    View::live(Box::new(move || match (is_shown.get(), fallback) {
        (true, _) => children(),
        (false, Some(fallback)) => fallback(),
        (false, None) => View::default(),
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
    I: 'static,
    for<'a> &'a I: IntoIterator<Item = &'a T>,
    T: Clone + 'static,
    K: Hash + 'static,
    F: Fn(T) -> V + 'static,
    V: super::IntoView + 'static,
{
    View::rows(Box::new(Each { each, key, children }))
}

struct Each<E, T, K, F> {
    each: E,
    key: fn(&T) -> K,
    children: F,
}

impl<E, I, T, K, F, V> ListRows for Each<E, T, K, F>
where
    E: Fn() -> I,
    for<'a> &'a I: IntoIterator<Item = &'a T>,
    T: Clone,
    K: Hash,
    F: Fn(T) -> V,
    V: super::IntoView,
{
    fn list(&mut self, rows: &mut Update<'_>) {
        let items = (self.each)();
        for item in &items {
            let mut hasher = Fnv::default();
            (self.key)(item).hash(&mut hasher);
            rows.row(hasher.0, &|| (self.children)(item.clone()));
        }
    }
}

/// The hash of Fowler, Noll and Vo, 1a: keys are few and nobody's attack.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
}
