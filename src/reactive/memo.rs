//! A value made of signals.

use std::{any::Any, marker::PhantomData, sync::Arc};

use leptos::prelude::{Get, GetUntracked, Memo as Inner, Track};

/// A value made of signals; who reads it hears only when it is another. Can be copied; lives as long as its owner.
pub struct Memo<T> {
    value: Inner<Erased>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Memo<T> {}

impl<T> PartialEq for Memo<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

/// See [`Memo`].
pub fn memo<T: PartialEq + Send + Sync + 'static>(value: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    memo_with(move |_| value())
}

/// The same, given what it was before.
pub fn memo_with<T: PartialEq + Send + Sync + 'static>(
    value: impl Fn(Option<&T>) -> T + Send + Sync + 'static,
) -> Memo<T> {
    Memo { value: make(Box::new(Value { of: PhantomData, value })), of: PhantomData }
}

/// What begins with `try_` gives nothing once the owner is gone; the rest panics then.
impl<T: 'static> Memo<T> {
    /// Reactive.
    pub fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(expect(&*get(self.value).0))
    }

    pub fn with_untracked<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(expect(&*get_untracked(self.value).0))
    }

    /// Reactive.
    pub fn track(&self) {
        self.value.track();
    }
}

impl<T: Clone + 'static> Memo<T> {
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
        self.value.try_get_untracked().map(|value| expect::<T>(&*value.0).clone())
    }
}

/// A value whose type only the handle knows.
#[derive(Clone)]
struct Erased(Arc<dyn Comparable>);

impl PartialEq for Erased {
    fn eq(&self, other: &Self) -> bool {
        self.0.is_same(&*other.0)
    }
}

trait Comparable: Any + Send + Sync {
    fn is_same(&self, other: &dyn Any) -> bool;
}

impl<T: PartialEq + Send + Sync + 'static> Comparable for T {
    fn is_same(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<T>().is_some_and(|other| other == self)
    }
}

trait Compute: Send + Sync {
    fn compute(&self, before: Option<&Erased>) -> Erased;
}

struct Value<T, F> {
    of: PhantomData<fn() -> T>,
    value: F,
}

impl<T: PartialEq + Send + Sync + 'static, F: Fn(Option<&T>) -> T + Send + Sync> Compute for Value<T, F> {
    fn compute(&self, before: Option<&Erased>) -> Erased {
        Erased(Arc::new((self.value)(before.map(|before| expect(&*before.0)))))
    }
}

#[inline(never)]
fn make(value: Box<dyn Compute>) -> Inner<Erased> {
    Inner::new(move |before| value.compute(before))
}

#[inline(never)]
fn get(value: Inner<Erased>) -> Erased {
    value.get()
}

#[inline(never)]
fn get_untracked(value: Inner<Erased>) -> Erased {
    value.get_untracked()
}

fn expect<T: 'static>(value: &dyn Any) -> &T {
    value.downcast_ref().expect("a memo keeps what its handle says")
}
