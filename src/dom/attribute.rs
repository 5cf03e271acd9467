//! Values of attributes, classes, styles and properties.

use std::borrow::Cow;

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, Node};

use crate::reactive::{Field, Memo, RwSignal, Signal};

/// What something is set to.
pub enum Attribute {
    /// Taken away; a property is false then.
    Off,
    /// There, without a value; a property is true then.
    On,
    Text(Cow<'static, str>),
    /// Set anew whenever a signal that it reads changes.
    Live(Box<dyn Value>),
}

/// What an [`Attribute::Live`] is.
pub trait Value {
    fn value(&mut self) -> Attribute;
}

impl<F: FnMut() -> A, A: IntoAttribute> Value for F {
    fn value(&mut self) -> Attribute {
        self().into_attribute()
    }
}

/// What is set.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Attribute,
    Class,
    Style,
    Property,
}

impl Attribute {
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Off, Self::Off) | (Self::On, Self::On) => true,
            (Self::Text(one), Self::Text(other)) => one == other,
            (Self::Off | Self::On | Self::Text(_) | Self::Live(_), _) => false,
        }
    }

    /// Sets it, unless it is what was set `last`.
    pub(super) fn apply(self, node: &Node, kind: Kind, name: &str, last: &mut Option<Self>) {
        if last.as_ref().is_some_and(|last| last.is_same(&self)) {
            return;
        }
        self.set(node.unchecked_ref(), kind, name);
        *last = Some(self);
    }

    fn set(&self, element: &Element, kind: Kind, name: &str) {
        let text = match self {
            Self::Off | Self::Live(_) => None,
            Self::On => Some(""),
            Self::Text(text) => Some(text.as_ref()),
        };
        match (kind, text) {
            (Kind::Attribute, Some(text)) => drop(element.set_attribute(name, text)),
            (Kind::Attribute, None) => drop(element.remove_attribute(name)),
            (Kind::Class, text) => drop(element.class_list().toggle_with_force(name, text.is_some())),
            (Kind::Style, Some(text)) => {
                drop(element.unchecked_ref::<HtmlElement>().style().set_property(name, text))
            }
            (Kind::Style, None) => drop(element.unchecked_ref::<HtmlElement>().style().remove_property(name)),
            (Kind::Property, text) => {
                let value = match (self, text) {
                    (Self::Text(_), Some(text)) => JsValue::from_str(text),
                    (_, text) => JsValue::from_bool(text.is_some()),
                };
                drop(Reflect::set(element, &name.into(), &value));
            }
        }
    }
}

/// Can be the value of an attribute, a class, a style or a property.
pub trait IntoAttribute {
    fn into_attribute(self) -> Attribute;
}

impl IntoAttribute for Attribute {
    fn into_attribute(self) -> Attribute {
        self
    }
}

impl IntoAttribute for bool {
    fn into_attribute(self) -> Attribute {
        if self { Attribute::On } else { Attribute::Off }
    }
}

impl IntoAttribute for String {
    fn into_attribute(self) -> Attribute {
        Attribute::Text(self.into())
    }
}

impl IntoAttribute for &'static str {
    fn into_attribute(self) -> Attribute {
        Attribute::Text(self.into())
    }
}

impl<A: IntoAttribute> IntoAttribute for Option<A> {
    fn into_attribute(self) -> Attribute {
        self.map_or(Attribute::Off, A::into_attribute)
    }
}

impl<F: FnMut() -> A + 'static, A: IntoAttribute> IntoAttribute for F {
    fn into_attribute(self) -> Attribute {
        Attribute::Live(Box::new(self))
    }
}

macro_rules! signals {
    ($($signal:ident),*) => {$(
        impl<T: IntoAttribute + Clone + Send + Sync + 'static> IntoAttribute for $signal<T> {
            fn into_attribute(self) -> Attribute {
                Attribute::Live(Box::new(move || self.get()))
            }
        }
    )*};
}

signals!(Signal, RwSignal, Memo, Field);

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl IntoAttribute for $number {
            fn into_attribute(self) -> Attribute {
                Attribute::Text(self.to_string().into())
            }
        }
    )*};
}

numbers!(u8, u16, u32, u64, usize, i32);
