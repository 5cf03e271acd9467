//! The events that views listen to, and what the browser says with them.

#![allow(non_camel_case_types, reason = "they are named as in HTML")]

use wasm_bindgen::JsCast;
use web_sys::{Event, MouseEvent, SubmitEvent};

/// A kind of event.
pub trait Kind {
    type Event: JsCast;
}

macro_rules! kinds {
    ($($name:ident: $event:ty),* $(,)?) => {$(
        pub struct $name;

        impl Kind for $name {
            type Event = $event;
        }
    )*};
}

kinds! {
    cancel: Event,
    change: Event,
    click: MouseEvent,
    submit: SubmitEvent,
}
