//! Views on the page.

use any_spawner::Executor;
use leptos::prelude::{Owner, document};
use web_sys::{HtmlElement, Node};

use super::{
    insert::{insert_view, mark, remove},
    into_view::IntoView,
};

/// A view on the page; dropping it takes it away.
pub struct Mounted {
    owner: Owner,
    start: Node,
    end: Node,
}

impl Mounted {
    /// Lets it stay for as long as the page.
    pub fn stay(self) {
        std::mem::forget(self);
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.owner.cleanup();
        while let Some(node) = self.start.next_sibling().filter(|node| *node != self.end) {
            remove(&node);
        }
        remove(&self.start);
        remove(&self.end);
    }
}

/// Draws into an element, after what is in it.
pub fn mount_to<V: IntoView>(parent: HtmlElement, view: impl FnOnce() -> V) -> Mounted {
    // An error says that it has been done.
    drop(Executor::init_wasm_bindgen());
    let owner = Owner::new();
    let parent: Node = parent.into();
    let (start, end) = (mark(&parent, None), mark(&parent, None));
    owner.with(|| insert_view(view().into_view(), &parent, Some(&end)));
    Mounted { owner, start, end }
}

/// Draws into the page, for as long as that is there.
///
/// # Panics
/// Without a body.
pub fn mount_to_body<V: IntoView>(view: impl FnOnce() -> V) {
    let body = document().body().expect("the page has a body");
    mount_to(body, view).stay();
}
