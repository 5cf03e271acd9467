//! Leptos's memos, callbacks and effects by a function that takes a box: what is generic in them is then compiled once for a type
//! of value instead of once for each closure.

use leptos::prelude::{Callback, Effect, Memo, Signal};

/// A value made of signals; who reads it hears only when it is another.
pub fn memo<T: PartialEq + Send + Sync + 'static>(value: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    boxed_memo(Box::new(value))
}

#[inline(never)]
fn boxed_memo<T: PartialEq + Send + Sync + 'static>(value: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| value())
}

/// A value made of signals, anew each time.
pub fn derived<T: Send + Sync + 'static>(value: impl Fn() -> T + Send + Sync + 'static) -> Signal<T> {
    boxed_derived(Box::new(value))
}

#[inline(never)]
fn boxed_derived<T: Send + Sync + 'static>(value: Box<dyn Fn() -> T + Send + Sync>) -> Signal<T> {
    Signal::derive(value)
}

/// A function that can be copied.
pub fn callback<T: 'static>(run: impl Fn(T) + Send + Sync + 'static) -> Callback<T> {
    boxed_callback(Box::new(run))
}

#[inline(never)]
fn boxed_callback<T: 'static>(run: Box<dyn Fn(T) + Send + Sync>) -> Callback<T> {
    Callback::new(run)
}

/// Runs after what is drawn now, and whenever a signal that it reads changes, for as long as the owner lives.
pub fn effect(run: impl FnMut() + 'static) {
    let run: Box<dyn FnMut()> = Box::new(run);
    Effect::new(run);
}
