//! What is to be drawn.

use std::rc::Rc;

use web_sys::Node;

use super::{
    attribute::IntoAttribute,
    into_view::IntoView,
    rows::ListRows,
    spot::{Kind, Place, Spot},
    template::Template,
};

/// Something to draw. Whatever is drawn is made of these.
#[derive(Default)]
pub enum View {
    #[default]
    Nothing,
    Text(String),
    Node(Node),
    List(Vec<View>),
    /// Drawn anew whenever a signal that it reads changes.
    Live(Box<dyn Draw>),
    /// Rows that are kept by their keys.
    Rows(Box<dyn ListRows>),
}

/// What a [`View::Live`] shows. A trait of our own, here and below: behind `dyn FnMut` each closure is compiled twice.
pub trait Draw {
    fn draw(&mut self, spot: &mut Spot);
}

impl<F: FnMut() -> V, V: IntoView> Draw for F {
    fn draw(&mut self, spot: &mut Spot) {
        self().put_at(spot);
    }
}

/// Any view is one: the name is Leptos's.
pub type AnyView = View;

/// What stands between a component's tags, once.
pub type Children = Box<dyn FnOnce() -> View>;

/// What stands between a component's tags, as often as it is asked for.
pub type ChildrenFn = Rc<dyn Fn() -> View>;

impl View {
    /// HTML in which nothing changes.
    #[must_use]
    pub fn fixed(html: &'static str) -> Self {
        Template::new(html, "").view()
    }

    /// Sets an attribute of the first element.
    #[must_use]
    pub fn with_attribute(self, name: &'static str, value: impl IntoAttribute) -> Self {
        let node = match &self {
            Self::Node(node) => Some(node),
            Self::List(views) => views.iter().find_map(|view| match view {
                Self::Node(node) => Some(node),
                Self::Nothing | Self::Text(_) | Self::List(_) | Self::Live(_) | Self::Rows(_) => None,
            }),
            Self::Nothing | Self::Text(_) | Self::Live(_) | Self::Rows(_) => None,
        };
        if let Some(node) = node {
            value.set_at(&mut Spot::at(Place::Named(node.clone(), Kind::Attribute, name)));
        }
        self
    }
}

/// How the views between a component's tags are handed over.
pub trait ToChildren<F> {
    fn to_children(children: F) -> Self;
}

impl<F: FnOnce() -> View + 'static> ToChildren<F> for Children {
    fn to_children(children: F) -> Self {
        Box::new(children)
    }
}

impl<F: Fn() -> View + 'static> ToChildren<F> for ChildrenFn {
    fn to_children(children: F) -> Self {
        Rc::new(children)
    }
}
