//! A value in the arena of its owner, under a handle that can be copied.

use std::{any::Any, marker::PhantomData, sync::Arc};

use leptos::prelude::{GetValue, StoredValue};

type Erased = Arc<dyn Any + Send + Sync>;

/// A handle of a value that lives as long as its owner.
pub(super) struct Kept<T> {
    place: StoredValue<Erased>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Kept<T> {}

impl<T> PartialEq for Kept<T> {
    fn eq(&self, other: &Self) -> bool {
        self.place == other.place
    }
}

impl<T: Send + Sync + 'static> Kept<T> {
    pub(super) fn new(value: T) -> Self {
        Self { place: keep(Arc::new(value)), of: PhantomData }
    }

    /// `None` once the owner is gone.
    pub(super) fn try_with<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
        find(self.place)?.downcast_ref().map(read)
    }

    /// # Panics
    /// Once the owner is gone.
    pub(super) fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.try_with(read).unwrap_or_else(|| gone())
    }
}

#[inline(never)]
fn keep(value: Erased) -> StoredValue<Erased> {
    StoredValue::new(value)
}

#[inline(never)]
fn find(place: StoredValue<Erased>) -> Option<Erased> {
    place.try_get_value()
}

#[cold]
#[inline(never)]
fn gone() -> ! {
    panic!("a signal was used after its owner was gone")
}
