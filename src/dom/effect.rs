//! What follows signals.

use leptos::{prelude::StoredValue, reactive::effect::RenderEffect};
use web_sys::Node;

use super::attribute::{Attribute, Kind};

/// Runs now and whenever a signal that it reads changes, for as long as the owner lives.
pub(super) fn follow(mut run: Box<dyn FnMut()>) {
    let effect = RenderEffect::new(move |_| run());
    StoredValue::new_local(effect);
}

/// Sets what is fixed, and follows what is not.
pub(super) fn follow_attribute(node: &Node, kind: Kind, name: &'static str, value: Attribute) {
    match value {
        Attribute::Live(mut value) => {
            let node = node.clone();
            let mut last = None;
            follow(Box::new(move || value.value().apply(&node, kind, name, &mut last)));
        }
        Attribute::Off if matches!(kind, Kind::Attribute | Kind::Class) => {}
        fixed @ (Attribute::Off | Attribute::On | Attribute::Text(_)) => {
            fixed.apply(node, kind, name, &mut None);
        }
    }
}
