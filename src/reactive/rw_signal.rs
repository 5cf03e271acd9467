//! A signal that components write.

use super::{kept::Kept, watched::Watched};

/// A value that is read and written. Can be copied; lives as long as its owner.
pub struct RwSignal<T> {
    value: Kept<Watched<T>>,
}

impl<T> Clone for RwSignal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for RwSignal<T> {}

impl<T> PartialEq for RwSignal<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

/// What begins with `try_` does nothing once the owner is gone; the rest panics then.
impl<T: Send + Sync + 'static> RwSignal<T> {
    #[must_use]
    pub fn new(value: T) -> Self {
        Self { value: Kept::new(Watched::new(value)) }
    }

    /// Reactive.
    pub fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        self.value.with(|value| {
            value.track();
            value.peek(read)
        })
    }

    pub fn with_untracked<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        self.value.with(|value| value.peek(read))
    }

    /// Reactive.
    pub fn track(&self) {
        self.value.with(Watched::track);
    }

    pub fn set(&self, value: T) {
        self.value.with(|kept| kept.set(value));
    }

    pub fn try_set(&self, value: T) {
        self.value.try_with(|kept| kept.set(value));
    }

    pub fn update(&self, change: impl FnOnce(&mut T)) {
        self.value.with(|value| {
            value.change(change);
            value.notify();
        });
    }

    pub fn try_update<R>(&self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        self.value.try_with(|value| {
            let result = value.change(change);
            value.notify();
            result
        })
    }
}

impl<T: Clone + Send + Sync + 'static> RwSignal<T> {
    /// Reactive.
    #[must_use]
    pub fn get(&self) -> T {
        self.with(T::clone)
    }

    #[must_use]
    pub fn get_untracked(&self) -> T {
        self.with_untracked(T::clone)
    }

    #[must_use]
    pub fn try_get_untracked(&self) -> Option<T> {
        self.value.try_with(|value| value.peek(T::clone))
    }
}
