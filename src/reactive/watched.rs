//! A value and who follows it.

use std::sync::{PoisonError, RwLock};

use leptos::prelude::{ArcTrigger, Notify, Track};

/// A value that reactive code follows.
#[derive(Debug, Default)]
pub(crate) struct Watched<T> {
    value: RwLock<T>,
    changes: ArcTrigger,
}

impl<T> Watched<T> {
    pub(crate) fn new(value: T) -> Self {
        Self { value: RwLock::new(value), changes: ArcTrigger::new() }
    }

    pub(crate) fn track(&self) {
        track(&self.changes);
    }

    pub(crate) fn notify(&self) {
        notify(&self.changes);
    }

    pub(crate) fn peek<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.value.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Without a word to anybody.
    pub(crate) fn change<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        change(&mut self.value.write().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn set(&self, value: T) {
        self.change(|old| *old = value);
        self.notify();
    }
}

#[inline(never)]
fn track(changes: &ArcTrigger) {
    changes.track();
}

#[inline(never)]
fn notify(changes: &ArcTrigger) {
    changes.notify();
}
