//! What is to be drawn.

use std::rc::Rc;

use web_sys::Node;

use super::{
    attribute::IntoAttribute,
    into_view::IntoView,
    rows::ListRows,
    spot::{Name, Place, Spot},
    template::Template,
};

/// Something to draw, or nothing. One word, since views are handed on more often than anything else.
#[derive(Default)]
pub struct View(Option<Box<Kind>>);

/// Whatever is drawn is made of these.
pub(super) enum Kind {
    Text(String),
    Node(Node),
    List(Vec<View>),
    /// Drawn anew whenever a signal that it reads changes.
    Live(Box<dyn Draw>),
    /// Rows that are kept by their keys.
    Rows(Box<dyn ListRows>),
}

/// What a [`View::live`] shows. A trait of our own, here and below: behind `dyn FnMut` each closure is compiled twice.
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

    /// Side by side.
    #[must_use]
    #[inline(never)]
    pub fn list(views: Vec<Self>) -> Self {
        Kind::List(views).into()
    }

    #[inline(never)]
    pub(super) fn text(text: String) -> Self {
        Kind::Text(text).into()
    }

    #[inline(never)]
    pub(super) fn node(node: Node) -> Self {
        Kind::Node(node).into()
    }

    #[inline(never)]
    pub(super) fn live(live: Box<dyn Draw>) -> Self {
        Kind::Live(live).into()
    }

    #[inline(never)]
    pub(super) fn rows(rows: Box<dyn ListRows>) -> Self {
        Kind::Rows(rows).into()
    }

    pub(super) fn into_kind(self) -> Option<Kind> {
        self.0.map(|kind| *kind)
    }

    fn first_node(&self) -> Option<&Node> {
        match self.0.as_deref()? {
            Kind::Node(node) => Some(node),
            Kind::List(views) => views.iter().find_map(Self::first_node),
            Kind::Text(_) | Kind::Live(_) | Kind::Rows(_) => None,
        }
    }

    /// Sets an attribute of the first element.
    #[must_use]
    pub fn with_attribute(self, name: &'static str, value: impl IntoAttribute) -> Self {
        if let Some(node) = self.first_node() {
            value.set_at(&mut Spot::at(Place::Named(node.clone(), Name::Attribute, name)));
        }
        self
    }
}

impl From<Kind> for View {
    fn from(kind: Kind) -> Self {
        Self(Some(Box::new(kind)))
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
