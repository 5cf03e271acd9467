//! Views become nodes.

use web_sys::Node;

use super::{
    document,
    effect::follow,
    rows,
    spot::{Place, Spot},
    view::{Kind, View},
};

pub(super) fn remove(node: &Node) {
    if let Some(parent) = node.parent_node() {
        drop(parent.remove_child(node));
    }
}

pub(super) fn put(node: &Node, parent: &Node, before: Option<&Node>) {
    drop(parent.insert_before(node, before));
}

/// A comment: it marks a place and shows nothing.
pub(super) fn mark(parent: &Node, before: Option<&Node>) -> Node {
    let mark = document().create_comment("").into();
    put(&mark, parent, before);
    mark
}

/// Draws into a parent.
pub(super) fn insert_view(view: View, parent: &Node, before: Option<&Node>) {
    if let Some(kind) = view.into_kind() {
        insert(kind, parent, before);
    }
}

pub(super) fn insert(kind: Kind, parent: &Node, before: Option<&Node>) {
    match kind {
        Kind::Text(text) => put(&document().create_text_node(&text), parent, before),
        Kind::Node(node) => put(&node, parent, before),
        Kind::List(views) => views.into_iter().for_each(|view| insert_view(view, parent, before)),
        Kind::Live(_) | Kind::Rows(_) => {
            let (start, end) = (mark(parent, before), mark(parent, before));
            draw(kind, Place::Between(start, end));
        }
    }
}

/// Draws into a place of its own.
pub(super) fn draw(kind: Kind, place: Place) {
    match kind {
        Kind::Live(mut live) => {
            let mut spot = Spot::at(place);
            follow(Box::new(move || live.draw(&mut spot)));
        }
        Kind::Rows(mut rows) => {
            let mut shown = rows::Shown::new(place);
            follow(Box::new(move || shown.update(&mut *rows)));
        }
        Kind::Text(_) | Kind::Node(_) | Kind::List(_) => {
            if let Some((parent, before)) = place.end() {
                insert(kind, &parent, before);
            }
        }
    }
}
