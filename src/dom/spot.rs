//! Where a value goes: into an element, between nodes, or into an attribute.

use std::borrow::Cow;

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, Node, Text};

use super::{
    cursor::Cursor,
    document,
    insert::{draw, insert, mark, put, remove},
    view::{Draw, Kind, View},
};

/// A place, and what was put there last. In a template it is the place where the cursor stands, and each value that is
/// put moves the cursor to the next.
pub struct Spot {
    place: Place,
    last: Last,
    cursor: Option<Cursor>,
}

/// Where something is drawn.
#[derive(Clone)]
pub(super) enum Place {
    /// All that is in an element.
    Whole(Node),
    /// Before a comment.
    Before(Node),
    /// What is between two comments.
    Between(Node, Node),
    /// Something of an element that has a name.
    Named(Node, Name, &'static str),
}

/// What has the name.
#[derive(Clone, Copy)]
pub(super) enum Name {
    Attribute,
    Class,
    Style,
    Property,
    Event,
}

enum Last {
    /// Whatever it was: it is set.
    Unknown,
    Off,
    On,
    Value(Cow<'static, str>),
    /// A text node, and what it says.
    Words(Text, String),
}

impl Place {
    /// The parent, and what comes after.
    pub(super) fn end(&self) -> Option<(Node, Option<&Node>)> {
        match self {
            Self::Whole(parent) => Some((parent.clone(), None)),
            Self::Before(end) | Self::Between(_, end) => Some((end.parent_node()?, Some(end))),
            Self::Named(..) => None,
        }
    }

    /// The same place, in which things can be drawn anew.
    pub(super) fn bounded(self) -> Self {
        let Self::Before(end) = &self else { return self };
        let Some(parent) = end.parent_node() else { return self };
        Self::Between(mark(&parent, Some(end)), end.clone())
    }

    fn clear(&self) {
        match self {
            Self::Whole(parent) => parent.set_text_content(None),
            Self::Between(start, end) => {
                while let Some(node) = start.next_sibling().filter(|node| node != end) {
                    remove(&node);
                }
            }
            Self::Before(_) | Self::Named(..) => {}
        }
    }
}

impl Spot {
    /// One of its own.
    pub(super) fn at(place: Place) -> Self {
        Self { place, last: Last::Unknown, cursor: None }
    }

    pub(super) fn in_template(cursor: Cursor) -> Self {
        Self { cursor: Some(cursor), ..Self::at(Place::Whole(JsValue::NULL.unchecked_into())) }
    }

    /// Moves the cursor, in a template; answers the element there if it is one.
    pub(super) fn advance(&mut self) -> Option<(&Node, &'static str)> {
        if let Some(cursor) = &mut self.cursor {
            self.place = cursor.next();
            self.last = match self.place {
                Place::Named(_, Name::Attribute | Name::Class, _) => Last::Off,
                Place::Named(..) | Place::Whole(_) | Place::Before(_) | Place::Between(..) => Last::Unknown,
            };
        }
        match &self.place {
            Place::Named(node, _, name) => Some((node, name)),
            Place::Whole(_) | Place::Before(_) | Place::Between(..) => None,
        }
    }

    pub fn text(&mut self, text: String) {
        if self.advance().is_some() {
            self.set(Last::Value(text.into()));
        } else {
            self.write(text);
        }
    }

    pub fn word(&mut self, text: &'static str) {
        if self.advance().is_some() {
            self.set(Last::Value(text.into()));
        } else {
            self.write(text.to_owned());
        }
    }

    /// An attribute without a value that is there or not, a class, or a property.
    pub fn switch(&mut self, is_on: bool) {
        if self.advance().is_some() {
            self.set(if is_on { Last::On } else { Last::Off });
        }
    }

    /// Drawn anew whenever a signal that it reads changes.
    pub fn live(&mut self, live: Box<dyn Draw>) {
        self.view(View::live(live));
    }

    pub fn view(&mut self, view: View) {
        self.advance();
        match view.into_kind() {
            Some(Kind::Text(text)) => self.write(text),
            Some(kind @ (Kind::Live(_) | Kind::Rows(_))) if self.cursor.is_some() => {
                draw(kind, self.place.clone().bounded());
            }
            kind => {
                self.clear();
                if let (Some(kind), Some((parent, before))) = (kind, self.place.end()) {
                    insert(kind, &parent, before);
                }
            }
        }
    }

    fn clear(&mut self) {
        if self.cursor.is_none() {
            self.place.clear();
            self.last = Last::Unknown;
        }
    }

    /// A text after a text only changes the words.
    fn write(&mut self, words: String) {
        if let Last::Words(node, last) = &mut self.last {
            if words != *last {
                node.set_data(&words);
                *last = words;
            }
            return;
        }
        self.clear();
        let Some((parent, before)) = self.place.end() else { return };
        let node = document().create_text_node(&words);
        put(node.unchecked_ref(), &parent, before);
        self.last = Last::Words(node, words);
    }

    /// Sets what has a name, unless it is set already.
    fn set(&mut self, value: Last) {
        let Place::Named(node, kind, name) = &self.place else { return };
        let text = match (&self.last, &value) {
            (Last::Off, Last::Off) | (Last::On, Last::On) => return,
            (Last::Value(last), Last::Value(new)) if last == new => return,
            (_, Last::Value(text)) => Some(text.as_ref()),
            (_, Last::On) => Some(""),
            (_, Last::Off | Last::Unknown | Last::Words(..)) => None,
        };
        let element: &Element = node.unchecked_ref();
        match (kind, text) {
            (Name::Attribute, Some(text)) => drop(element.set_attribute(name, text)),
            (Name::Attribute, None) => drop(element.remove_attribute(name)),
            (Name::Class, text) => drop(element.class_list().toggle_with_force(name, text.is_some())),
            (Name::Style, Some(text)) => {
                drop(element.unchecked_ref::<HtmlElement>().style().set_property(name, text));
            }
            (Name::Style, None) => drop(element.unchecked_ref::<HtmlElement>().style().remove_property(name)),
            (Name::Property, text) => {
                let value = match (&value, text) {
                    (Last::Value(_), Some(text)) => JsValue::from_str(text),
                    (_, text) => JsValue::from_bool(text.is_some()),
                };
                drop(Reflect::set(element, &(*name).into(), &value));
            }
            (Name::Event, _) => {}
        }
        self.last = value;
    }
}
