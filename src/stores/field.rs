//! A leaf of a store's state: a signal that outlives components, read by everyone and written by stores only.

use std::ops::Deref;

use leptos::prelude::{ArcReadSignal, ArcWriteSignal, Notify, Set, Signal, WithUntracked, arc_signal};

/// A reference-counted signal. Dereferences to its read half: `field.get()`, `field.with(…)`. Setting it to an equal value
/// notifies nobody.
#[derive(Debug)]
pub struct Field<T: 'static> {
    read: ArcReadSignal<T>,
    write: ArcWriteSignal<T>,
}

impl<T: Send + Sync + 'static> Field<T> {
    pub(crate) fn new(value: T) -> Self {
        let (read, write) = arc_signal(value);
        Self { read, write }
    }

    /// The read half.
    #[must_use]
    pub fn signal(&self) -> ArcReadSignal<T> {
        self.read.clone()
    }

    /// Lets go of readers that are no more: a signal keeps what they leave until it changes. Those that are there look again.
    pub(crate) fn forget_gone_readers(&self) {
        self.write.notify();
    }
}

impl<T: PartialEq + Send + Sync + 'static> Field<T> {
    pub(crate) fn set(&self, value: T) {
        if self.read.with_untracked(|old| *old != value) {
            self.write.set(value);
        }
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> Field<T> {
    /// As `set`, for a value that is only worth a clone when it differs.
    pub(crate) fn set_from(&self, value: &T) {
        if self.read.with_untracked(|old| old != value) {
            self.write.set(value.clone());
        }
    }
}

impl<T> Deref for Field<T> {
    type Target = ArcReadSignal<T>;
    fn deref(&self) -> &ArcReadSignal<T> {
        &self.read
    }
}

impl<T> Clone for Field<T> {
    fn clone(&self) -> Self {
        Self { read: self.read.clone(), write: self.write.clone() }
    }
}

impl<T: Default + Send + Sync + 'static> Default for Field<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: Send + Sync + 'static> From<Field<T>> for Signal<T> {
    fn from(field: Field<T>) -> Self {
        field.read.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stores::watch::count_runs;
    use leptos::prelude::Get;

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
