//! What draws: views as values of one type, and one effect for whatever changes. The syntax is Leptos's `view!`, made by
//! `crates/markup`; signals, owners and components are Leptos's own. Leptos's renderer makes a type of every view and compiles
//! its code anew for each, which was half of the client's wasm; here each thing is done by one function.
//!
//! A view that is drawn anew is made anew: nothing is compared but texts and attributes. So let what changes be small, behind
//! a `Memo`, and lists be [`For`].

mod attribute;
mod control;
mod cursor;
mod effect;
pub mod events;
mod insert;
mod into_view;
mod mount;
mod node_ref;
mod rows;
mod spot;
mod template;
mod view;

pub use self::{
    attribute::IntoAttribute,
    control::{For, Show},
    into_view::{CollectView, IntoView},
    mount::{Mounted, mount_to, mount_to_body},
    node_ref::NodeRef,
    spot::Spot,
    template::Template,
    view::{AnyView, Children, ChildrenFn, ToChildren, View},
};

/// Everything that a file with components needs.
pub mod prelude {
    pub use duelcast_markup::view;
    pub use leptos::{
        component,
        prelude::{
            Owner, TimeoutHandle, WindowListenerHandle, document, event_target, event_target_value,
            expect_context, on_cleanup, provide_context, request_animation_frame, set_interval_with_handle,
            set_timeout, set_timeout_with_handle, untrack, use_context, window, window_event_listener,
        },
        reactive::prelude::*,
    };

    pub use crate::reactive::{
        Callback, Field, Memo, RwSignal, Signal, StoredValue, callback, derived, effect, effect_with, memo,
        memo_with,
    };

    pub use super::{
        AnyView, Children, ChildrenFn, CollectView, For, ForProps, IntoAttribute, IntoView, NodeRef, Show,
        ShowProps, View,
    };
}

pub use control::{ForProps, ShowProps};

/// The document.
fn document() -> web_sys::Document {
    thread_local! {
        static DOCUMENT: web_sys::Document = leptos::prelude::document();
    }
    DOCUMENT.with(Clone::clone)
}
