//! What follows signals.

use leptos::{prelude::StoredValue, reactive::effect::RenderEffect};

/// Runs now and whenever a signal that it reads changes, for as long as the owner lives.
pub(super) fn follow(mut run: Box<dyn FnMut()>) {
    let effect = RenderEffect::new(move |_| run());
    StoredValue::new_local(effect);
}
