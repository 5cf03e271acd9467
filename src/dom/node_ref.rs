//! A handle of an element of a template.

use std::marker::PhantomData;

use leptos::prelude::on_cleanup;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::Node;

use crate::reactive::{RwSignal, effect};

/// `node_ref=…` in a view gives it its element, for as long as that is there. Can be copied.
pub struct NodeRef<E> {
    node: RwSignal<Option<SendWrapper<Node>>>,
    of: PhantomData<fn() -> E>,
}

impl<E> Clone for NodeRef<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for NodeRef<E> {}

impl<E> Default for NodeRef<E> {
    fn default() -> Self {
        Self { node: RwSignal::new(None), of: PhantomData }
    }
}

impl<E: JsCast> NodeRef<E> {
    /// Of no element yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reactive: the element while it is drawn.
    #[must_use]
    pub fn get(self) -> Option<E> {
        self.node.get().map(element)
    }

    #[must_use]
    pub fn get_untracked(self) -> Option<E> {
        self.node.get_untracked().map(element)
    }

    /// Runs once, when the element is drawn.
    pub fn on_load(self, run: impl FnOnce(E) + 'static)
    where
        E: 'static,
    {
        let mut run = Some(run);
        effect(move || {
            if let Some(element) = self.get()
                && let Some(run) = run.take()
            {
                run(element);
            }
        });
    }

    pub(super) fn load(self, node: Node) {
        load(self.node, node);
    }
}

fn element<E: JsCast>(node: SendWrapper<Node>) -> E {
    node.take().unchecked_into()
}

fn load(signal: RwSignal<Option<SendWrapper<Node>>>, node: Node) {
    signal.set(Some(SendWrapper::new(node)));
    on_cleanup(move || signal.try_set(None));
}
