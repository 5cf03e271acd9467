//! Views become nodes.

use web_sys::Node;

use super::{
    document,
    effect::follow,
    rows,
    spot::{Place, Spot},
    view::View,
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
pub(super) fn insert(view: View, parent: &Node, before: Option<&Node>) {
    match view {
        View::Nothing => {}
        View::Text(text) => put(&document().create_text_node(&text), parent, before),
        View::Node(node) => put(&node, parent, before),
        View::List(views) => views.into_iter().for_each(|view| insert(view, parent, before)),
        View::Live(_) | View::Rows(_) => {
            let (start, end) = (mark(parent, before), mark(parent, before));
            draw(view, Place::Between(start, end));
        }
    }
}

/// Draws into a place of its own.
pub(super) fn draw(view: View, place: Place) {
    match view {
        View::Live(mut live) => {
            let mut spot = Spot::at(place);
            follow(Box::new(move || live.draw(&mut spot)));
        }
        View::Rows(mut rows) => {
            let mut shown = rows::Shown::new(place);
            follow(Box::new(move || shown.update(&mut *rows)));
        }
        View::Nothing | View::Text(_) | View::Node(_) | View::List(_) => {
            if let Some((parent, before)) = place.end() {
                insert(view, &parent, before);
            }
        }
    }
}
