//! Leptos's signals in few shapes: what is generic in them is thin, and what does the work is compiled once for all types of
//! value. Whatever reads one follows it as it follows a signal of Leptos's own, of which they consist.

#[cfg(test)]
mod count;
mod field;
mod watched;

#[cfg(feature = "app")]
mod callback;
#[cfg(feature = "app")]
mod effect;
#[cfg(feature = "app")]
mod kept;
#[cfg(feature = "app")]
mod rw_signal;
#[cfg(feature = "app")]
mod signal;
#[cfg(feature = "app")]
mod stored_value;

#[cfg(test)]
pub(crate) use count::{Runs, count_runs};
pub use field::Field;

#[cfg(feature = "app")]
pub use self::{
    callback::{Callback, callback},
    effect::{effect, effect_with},
    rw_signal::RwSignal,
    signal::{Memo, Signal, derived, memo, memo_with},
    stored_value::StoredValue,
};
#[cfg(feature = "app")]
pub(crate) use kept::Kept;
