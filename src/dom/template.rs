//! Fixed HTML, parsed once, and what in a copy of it is not fixed.

use std::{cell::RefCell, marker::PhantomData};

use js_sys::Reflect;
use leptos::{
    html::ElementType,
    prelude::{NodeRef, on_cleanup},
    tachys::html::node_ref::NodeRefContainer,
};
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{Element, Event, HtmlTemplateElement, Node};

use crate::reactive::RwSignal;

use super::{
    attribute::{IntoAttribute, Kind},
    document,
    effect::follow_attribute,
    events,
    insert::{Place, draw, insert, mark},
    view::View,
};

thread_local! {
    /// By the address and the length of their HTML.
    static PARSED: RefCell<Vec<((usize, usize), Node)>> = const { RefCell::new(Vec::new()) };
}

/// A copy of some HTML, and a cursor in it that goes from one thing that is not fixed to the next.
pub struct Template {
    root: Node,
    at: Node,
}

impl Template {
    /// Of one element with all that is in it.
    #[must_use]
    pub fn new(html: &'static str) -> Self {
        let root = copy(html);
        Self { at: root.clone(), root }
    }

    #[must_use]
    pub fn view(self) -> View {
        View::Node(self.root)
    }

    /// Moves the cursor, a letter a step: `u`p, `d`own to the first child, `n`ext.
    pub fn go(&mut self, way: &str) {
        for step in way.bytes() {
            let next = match step {
                b'u' => self.at.parent_node(),
                b'd' => self.at.first_child(),
                _ => self.at.next_sibling(),
            };
            self.at = next.expect("the way was made from the same HTML");
        }
    }

    /// Draws into the element, which has nothing else in it.
    pub fn fill(&self, view: View) {
        draw(view, Place::Whole(self.at.clone()));
    }

    /// Draws before the cursor, which is a comment.
    pub fn slot(&self, view: View) {
        let Some(parent) = self.at.parent_node() else { return };
        match view {
            View::Live(_) | View::Rows(_) => {
                draw(view, Place::Between(mark(&parent, Some(&self.at)), self.at.clone()));
            }
            View::Nothing | View::Text(_) | View::Node(_) | View::List(_) => {
                insert(view, &parent, Some(&self.at))
            }
        }
    }

    pub fn attribute(&self, name: &'static str, value: impl IntoAttribute) {
        follow_attribute(&self.at, Kind::Attribute, name, value.into_attribute());
    }

    pub fn class(&self, name: &'static str, value: impl IntoAttribute) {
        follow_attribute(&self.at, Kind::Class, name, value.into_attribute());
    }

    pub fn style(&self, name: &'static str, value: impl IntoAttribute) {
        follow_attribute(&self.at, Kind::Style, name, value.into_attribute());
    }

    pub fn property(&self, name: &'static str, value: impl IntoAttribute) {
        follow_attribute(&self.at, Kind::Property, name, value.into_attribute());
    }

    /// Listens for as long as the owner lives.
    pub fn on<K: events::Kind + 'static>(
        &self,
        name: &'static str,
        _kind: K,
        hear: impl FnMut(K::Event) + 'static,
    ) {
        self.listen(name, Box::new(Listener { of: PhantomData::<K>, hear }));
    }

    fn listen(&self, name: &'static str, mut hear: Box<dyn Hear>) {
        let closure = Closure::<dyn FnMut(Event)>::new(move |event| hear.hear(event));
        drop(self.at.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref()));
        let listening = SendWrapper::new((self.at.clone(), closure));
        on_cleanup(move || {
            let (node, closure) = &*listening;
            drop(node.remove_event_listener_with_callback(name, closure.as_ref().unchecked_ref()));
        });
    }

    pub fn node_ref<E>(&self, node: NodeRef<E>)
    where
        E: ElementType<Output: JsCast + Clone + 'static> + 'static,
    {
        node.load(self.at.unchecked_ref::<Element>());
    }

    /// A text field and its text.
    pub fn bind_value(&self, text: RwSignal<String>) {
        self.property("value", move || text.get());
        let node = self.at.clone();
        self.listen(
            "input",
            Box::new(move |_| text.set(property(&node, "value").as_string().unwrap_or_default())),
        );
    }

    /// A check box and whether it is checked.
    pub fn bind_checked(&self, is_checked: RwSignal<bool>) {
        self.property("checked", move || is_checked.get());
        let node = self.at.clone();
        self.listen("change", Box::new(move |_| is_checked.set(property(&node, "checked").is_truthy())));
    }
}

trait Hear {
    fn hear(&mut self, event: Event);
}

impl<F: FnMut(Event)> Hear for F {
    fn hear(&mut self, event: Event) {
        self(event);
    }
}

/// Of events of one kind.
struct Listener<K, F> {
    of: PhantomData<K>,
    hear: F,
}

impl<K: events::Kind, F: FnMut(K::Event)> Hear for Listener<K, F> {
    fn hear(&mut self, event: Event) {
        (self.hear)(event.unchecked_into());
    }
}

fn property(node: &Node, name: &str) -> JsValue {
    Reflect::get(node, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn copy(html: &'static str) -> Node {
    let address = (html.as_ptr().addr(), html.len());
    let parsed = PARSED.with_borrow_mut(|parsed| {
        let at = parsed.partition_point(|(other, _)| *other < address);
        if parsed.get(at).is_none_or(|(other, _)| *other != address) {
            parsed.insert(at, (address, parse(html)));
        }
        parsed[at].1.clone()
    });
    document().import_node_with_deep(&parsed, true).expect("an element can be copied")
}

fn parse(html: &str) -> Node {
    let template = document().create_element("template").expect("a document makes elements");
    template.set_inner_html(html);
    let content = template.unchecked_ref::<HtmlTemplateElement>().content();
    content.first_child().expect("`view!` makes a template of an element only")
}
