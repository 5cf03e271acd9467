//! A value made of signals.

use std::{any::Any, marker::PhantomData, sync::Arc};

use leptos::{
    prelude::{Get, untrack},
    reactive::computed::ArcMemo,
};

use super::{kept::Kept, rw_signal::RwSignal};

/// Something to follow: a value made of signals, or a signal of which it does not matter what it is. Can be copied; lives as
/// long as its owner.
pub struct Signal<T> {
    source: Kept<Box<dyn Source>>,
    of: PhantomData<fn() -> T>,
}

/// One that keeps its value; who reads it hears only when it is another.
pub type Memo<T> = Signal<T>;

impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Signal<T> {}

impl<T> PartialEq for Signal<T> {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
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
    Signal { source: remember(Box::new(Computed { of: PhantomData, value })), of: PhantomData }
}

/// A value made of signals, anew each time that it is read.
pub fn derived<T: Send + Sync + 'static>(value: impl Fn() -> T + Send + Sync + 'static) -> Signal<T> {
    Signal { source: keep(Box::new(Derived { of: PhantomData, value })), of: PhantomData }
}

impl<T: Send + Sync + 'static> Signal<T> {
    /// One that does not change.
    #[must_use]
    pub fn stored(value: T) -> Self {
        Self { source: keep(Box::new(Fixed(Arc::new(value)))), of: PhantomData }
    }
}

/// What begins with `try_` gives nothing once the owner is gone; the rest panics then.
impl<T: 'static> Signal<T> {
    /// Reactive.
    pub fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(expect(&*value(self.source)))
    }

    pub fn with_untracked<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(expect(&*value_untracked(self.source)))
    }

    /// Reactive.
    pub fn track(&self) {
        drop(value(self.source));
    }
}

impl<T: Clone + 'static> Signal<T> {
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
        let value = untrack(|| self.source.try_with(|source| source.read()))?;
        Some(expect::<T>(&*value).clone())
    }
}

impl<T: Clone + Send + Sync + 'static> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        derived(move || signal.get())
    }
}

/// A value whose type only the handle knows.
type Value = Arc<dyn Any + Send + Sync>;

/// What a signal reads.
trait Source: Send + Sync {
    fn read(&self) -> Value;
}

struct Fixed(Value);

impl Source for Fixed {
    fn read(&self) -> Value {
        self.0.clone()
    }
}

struct Derived<T, F> {
    of: PhantomData<fn() -> T>,
    value: F,
}

impl<T: Send + Sync + 'static, F: Fn() -> T + Send + Sync> Source for Derived<T, F> {
    fn read(&self) -> Value {
        Arc::new((self.value)())
    }
}

impl Source for ArcMemo<Remembered> {
    fn read(&self) -> Value {
        self.get().0
    }
}

/// What a memo keeps.
#[derive(Clone)]
struct Remembered(Arc<dyn Comparable>);

impl PartialEq for Remembered {
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
    fn compute(&self, before: Option<&Remembered>) -> Remembered;
}

struct Computed<T, F> {
    of: PhantomData<fn() -> T>,
    value: F,
}

impl<T: PartialEq + Send + Sync + 'static, F: Fn(Option<&T>) -> T + Send + Sync> Compute for Computed<T, F> {
    fn compute(&self, before: Option<&Remembered>) -> Remembered {
        Remembered(Arc::new((self.value)(before.map(|before| expect(&*before.0)))))
    }
}

#[inline(never)]
fn keep(source: Box<dyn Source>) -> Kept<Box<dyn Source>> {
    Kept::new(source)
}

#[inline(never)]
fn remember(value: Box<dyn Compute>) -> Kept<Box<dyn Source>> {
    keep(Box::new(ArcMemo::new(move |before| value.compute(before))))
}

#[inline(never)]
fn value(source: Kept<Box<dyn Source>>) -> Value {
    source.with(|source| source.read())
}

#[inline(never)]
fn value_untracked(source: Kept<Box<dyn Source>>) -> Value {
    untrack(|| value(source))
}

fn expect<T: 'static>(value: &dyn Any) -> &T {
    value.downcast_ref().expect("a signal keeps what its handle says")
}
