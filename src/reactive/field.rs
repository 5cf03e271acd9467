//! A leaf of a store's state: a signal that outlives components, read by everyone and written by stores only.

use std::sync::Arc;

use super::watched::Watched;

/// A reference-counted signal: `field.get()`, `field.with(…)`. Whatever reads it in a Leptos app follows it. Setting it to an
/// equal value notifies nobody.
#[derive(Debug)]
pub struct Field<T> {
    watched: Arc<Watched<T>>,
}

impl<T> Field<T> {
    pub(crate) fn new(value: T) -> Self {
        Self { watched: Arc::new(Watched::new(value)) }
    }

    /// Reactive.
    pub fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        self.watched.track();
        self.watched.peek(read)
    }

    pub fn with_untracked<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        self.watched.peek(read)
    }

    /// Reactive.
    pub fn track(&self) {
        self.watched.track();
    }

    /// Changes it in place, and notifies whatever it was.
    pub(crate) fn update(&self, change: impl FnOnce(&mut T)) {
        self.watched.change(change);
        self.watched.notify();
    }

    /// Lets go of readers that are no more: a signal keeps what they leave until it changes. Those that are there look again.
    pub(crate) fn forget_gone_readers(&self) {
        self.watched.notify();
    }
}

impl<T: Clone> Field<T> {
    /// Reactive.
    #[must_use]
    pub fn get(&self) -> T {
        self.with(T::clone)
    }

    #[must_use]
    pub fn get_untracked(&self) -> T {
        self.with_untracked(T::clone)
    }
}

impl<T: PartialEq> Field<T> {
    pub(crate) fn set(&self, value: T) {
        if self.with_untracked(|old| *old != value) {
            self.watched.set(value);
        }
    }
}

impl<T: Clone + PartialEq> Field<T> {
    /// As `set`, for a value that is only worth a clone when it differs.
    pub(crate) fn set_from(&self, value: &T) {
        if self.with_untracked(|old| old != value) {
            self.watched.set(value.clone());
        }
    }
}

impl<T> Clone for Field<T> {
    fn clone(&self) -> Self {
        Self { watched: self.watched.clone() }
    }
}

impl<T: Default> Default for Field<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

/// As any signal of Leptos's.
impl<T: Clone + Send + Sync + 'static> From<Field<T>> for leptos::prelude::Signal<T> {
    fn from(field: Field<T>) -> Self {
        Self::derive(move || field.get())
    }
}

#[cfg(feature = "app")]
impl<T: Clone + Send + Sync + 'static> From<Field<T>> for crate::reactive::Signal<T> {
    fn from(field: Field<T>) -> Self {
        crate::reactive::derived(move || field.get())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reactive::count_runs;

    #[test]
    fn setting_an_equal_value_notifies_nobody() {
        let field = Field::new(1);
        let runs = count_runs({
            let field = field.clone();
            move || {
                let _ = field.get();
            }
        });
        field.set(1);
        assert_eq!(runs.get(), 1);
        field.set(2);
        assert_eq!(runs.get(), 2);
    }
}
