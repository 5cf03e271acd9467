//! Fixed HTML, parsed once, and what in a copy of it is not fixed.

use std::{cell::RefCell, marker::PhantomData};

use js_sys::Reflect;
use leptos::prelude::on_cleanup;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{Event, HtmlTemplateElement, Node};

use crate::reactive::RwSignal;

use super::{
    attribute::IntoAttribute, cursor::Cursor, document, events, into_view::IntoView, node_ref::NodeRef,
    spot::Spot, view::View,
};

thread_local! {
    /// By the address and the length of their HTML.
    static PARSED: RefCell<Vec<((usize, usize), Node)>> = const { RefCell::new(Vec::new()) };
}

/// A copy of some HTML, which is given what in it is not fixed, in the order of the document. One word, as it is in every
/// call that a view makes.
pub struct Template(Box<Copied>);

struct Copied {
    root: Node,
    spot: Spot,
}

impl Template {
    /// Of one element with all that is in it, and the way of a [`Cursor`].
    #[must_use]
    pub fn new(html: &'static str, way: &'static str) -> Self {
        let root = copy(html);
        Self(Box::new(Copied { spot: Spot::in_template(Cursor::new(root.clone(), way)), root }))
    }

    #[must_use]
    pub fn view(self) -> View {
        View::node(self.0.root)
    }

    pub fn put(&mut self, value: impl IntoView) {
        value.put_at(&mut self.0.spot);
    }

    pub fn set(&mut self, value: impl IntoAttribute) {
        value.set_at(&mut self.0.spot);
    }

    /// Listens for as long as the owner lives.
    pub fn on<K: events::Kind + 'static>(&mut self, _kind: K, hear: impl FnMut(K::Event) + 'static) {
        self.listen(Box::new(Listener { of: PhantomData::<K>, hear }));
    }

    fn listen(&mut self, mut hear: Box<dyn Hear>) {
        let Some((node, name)) = self.0.spot.advance() else { return };
        let closure = Closure::<dyn FnMut(Event)>::new(move |event| hear.hear(event));
        drop(node.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref()));
        let listening = SendWrapper::new((node.clone(), closure));
        on_cleanup(move || {
            let (node, closure) = &*listening;
            drop(node.remove_event_listener_with_callback(name, closure.as_ref().unchecked_ref()));
        });
    }

    pub fn node_ref<E: JsCast>(&mut self, reference: NodeRef<E>) {
        if let Some((node, _)) = self.0.spot.advance() {
            reference.load(node.clone());
        }
    }

    /// A text field and its text.
    pub fn bind_value(&mut self, text: RwSignal<String>) {
        self.set(move || text.get());
        self.listen(Box::new(move |event: Event| {
            text.set(target(&event, "value").as_string().unwrap_or_default())
        }));
    }

    /// A check box and whether it is checked.
    pub fn bind_checked(&mut self, is_checked: RwSignal<bool>) {
        self.set(move || is_checked.get());
        self.listen(Box::new(move |event: Event| is_checked.set(target(&event, "checked").is_truthy())));
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

/// A property of what an event is about.
fn target(event: &Event, name: &str) -> JsValue {
    let target = event.current_target().map_or(JsValue::UNDEFINED, JsValue::from);
    Reflect::get(&target, &name.into()).unwrap_or(JsValue::UNDEFINED)
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
