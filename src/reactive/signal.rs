//! Any signal, for whom it does not matter which.

use super::{kept::Kept, memo::Memo, rw_signal::RwSignal};

/// Something to follow. Can be copied; lives as long as its owner.
pub struct Signal<T> {
    get: Kept<Box<dyn Read<T>>>,
}

impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Signal<T> {}

impl<T> PartialEq for Signal<T> {
    fn eq(&self, other: &Self) -> bool {
        self.get == other.get
    }
}

trait Read<T>: Send + Sync {
    fn read(&self) -> T;
}

impl<T, F: Fn() -> T + Send + Sync> Read<T> for F {
    fn read(&self) -> T {
        self()
    }
}

/// A value made of signals, anew each time that it is read.
pub fn derived<T: 'static>(value: impl Fn() -> T + Send + Sync + 'static) -> Signal<T> {
    Signal { get: Kept::new(Box::new(value)) }
}

impl<T: Clone + Send + Sync + 'static> Signal<T> {
    /// One that does not change.
    #[must_use]
    pub fn stored(value: T) -> Self {
        derived(move || value.clone())
    }
}

/// # Panics
/// All methods, once the owner is gone.
impl<T: 'static> Signal<T> {
    /// Reactive.
    #[must_use]
    pub fn get(&self) -> T {
        self.get.with(|get| get.read())
    }

    /// Reactive.
    pub fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.get())
    }

    /// Reactive.
    pub fn track(&self) {
        drop(self.get());
    }

    #[must_use]
    pub fn get_untracked(&self) -> T {
        leptos::prelude::untrack(|| self.get())
    }

    pub fn with_untracked<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.get_untracked())
    }
}

impl<T: Clone + Send + Sync + 'static> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        derived(move || memo.get())
    }
}

impl<T: Clone + Send + Sync + 'static> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        derived(move || signal.get())
    }
}
