//! Views become nodes.

use super::document;
use wasm_bindgen::JsCast;
use web_sys::{Node, Text};

use super::{effect::follow, rows, view::View};

/// Where something is drawn anew.
pub(super) enum Place {
    /// All that is in an element.
    Whole(Node),
    /// What is between two comments.
    Between(Node, Node),
}

impl Place {
    /// The parent, and what comes after.
    pub(super) fn end(&self) -> Option<(Node, Option<&Node>)> {
        match self {
            Self::Whole(parent) => Some((parent.clone(), None)),
            Self::Between(_, end) => Some((end.parent_node()?, Some(end))),
        }
    }

    fn clear(&self) {
        match self {
            Self::Whole(parent) => parent.set_text_content(None),
            Self::Between(start, end) => {
                while let Some(node) = start.next_sibling().filter(|node| node != end) {
                    remove(&node);
                }
            }
        }
    }
}

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
        View::Live(mut draw) => {
            let mut text = None;
            follow(Box::new(move || redraw(draw.draw(), &place, &mut text)));
        }
        View::Rows(mut rows) => {
            let mut shown = rows::Shown::new(place);
            follow(Box::new(move || shown.update(rows.list())));
        }
        View::Nothing | View::Text(_) | View::Node(_) | View::List(_) => {
            if let Some((parent, before)) = place.end() {
                insert(view, &parent, before);
            }
        }
    }
}

/// Draws anew. A text after a text only changes the words; `text` is that of the last time.
fn redraw(view: View, place: &Place, text: &mut Option<(Text, String)>) {
    if let (View::Text(new), Some((node, last))) = (&view, text.as_mut()) {
        if new != last {
            node.set_data(new);
            last.clone_from(new);
        }
        return;
    }
    place.clear();
    *text = None;
    let Some((parent, before)) = place.end() else { return };
    if let View::Text(words) = view {
        let node = document().create_text_node(&words);
        put(node.unchecked_ref(), &parent, before);
        *text = Some((node, words));
    } else {
        insert(view, &parent, before);
    }
}
