//! An element with all that is in it: a template, and a call for each thing in it that is not fixed.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use rstml::node::{KeyedAttribute, KeyedAttributeValue, Node, NodeAttribute, NodeElement};
use syn::{Error, Expr, Lit};

use crate::{flat, is_component, steps::Steps, value};

/// Have no end tag.
const VOID: [&str; 6] = ["br", "hr", "img", "input", "link", "source"];

pub(crate) fn view(element: &NodeElement<rstml::Infallible>) -> syn::Result<TokenStream> {
    let mut template = Template::default();
    template.add(element, &[])?;
    let Template { html, way, calls, .. } = template;
    Ok(if calls.is_empty() {
        quote! { ::duelcast::dom::View::fixed(#html) }
    } else {
        quote! {{
            let mut __template = ::duelcast::dom::Template::new(#html, #way);
            #(#calls)*
            __template.view()
        }}
    })
}

#[derive(Default)]
struct Template {
    html: String,
    /// To where each call belongs, for the cursor in the copy.
    way: String,
    calls: Vec<TokenStream>,
    steps: Steps,
}

impl Template {
    fn add(&mut self, element: &NodeElement<rstml::Infallible>, place: &[usize]) -> syn::Result<()> {
        let tag = element.name().to_string();
        self.html.push('<');
        self.html.push_str(&tag);
        let mut calls = Vec::new();
        for attribute in element.attributes() {
            let NodeAttribute::Attribute(attribute) = attribute else {
                return Err(Error::new_spanned(attribute, "an element is given its attributes by name"));
            };
            calls.extend(self.attribute(attribute)?);
        }
        self.html.push('>');
        self.calls_at(place, calls);
        if VOID.contains(&tag.as_str()) {
            return Ok(());
        }
        self.children(&flat(&element.children), place)?;
        self.html.push_str("</");
        self.html.push_str(&tag);
        self.html.push('>');
        Ok(())
    }

    fn calls_at(&mut self, place: &[usize], calls: Vec<Call>) {
        for Call { sign, name, code } in calls {
            let steps = self.steps.go_to(place);
            self.way.push_str(&format!("{steps}{sign}{name};"));
            self.calls.push(code);
        }
    }

    fn children(&mut self, children: &[&Node], place: &[usize]) -> syn::Result<()> {
        if let [child] = children
            && is_slot(child)
        {
            let view = value(child)?;
            self.calls_at(place, vec![Call::new('{', "", quote! { __template.put(#view); })]);
            return Ok(());
        }
        let mut count = 0;
        let mut is_after_text = false;
        for child in children {
            match child {
                Node::Text(text) => {
                    self.html.push_str(&escape(&text.value_string()));
                    count += usize::from(!is_after_text);
                    is_after_text = true;
                    continue;
                }
                Node::Element(element) if !is_component(element) => {
                    self.add(element, &[place, &[count]].concat())?;
                }
                slot => {
                    self.html.push_str("<!---->");
                    let view = value(slot)?;
                    let call = Call::new('|', "", quote! { __template.put(#view); });
                    self.calls_at(&[place, &[count]].concat(), vec![call]);
                }
            }
            count += 1;
            is_after_text = false;
        }
        Ok(())
    }

    /// Writes what is fixed; answers the calls for what is not.
    fn attribute(&mut self, attribute: &KeyedAttribute) -> syn::Result<Vec<Call>> {
        let key = attribute.key.to_string();
        let Some(value) = attribute.value() else {
            if matches!(attribute.possible_value, KeyedAttributeValue::None) {
                self.html.push(' ');
                self.html.push_str(&key);
                return Ok(Vec::new());
            }
            return Err(Error::new_spanned(attribute, "an attribute's value is an expression"));
        };
        if let Some(name) = key.strip_prefix("on:") {
            let event = format_ident!("{name}");
            let code = quote! { __template.on(::duelcast::dom::events::#event, #value); };
            return Ok(vec![Call::new('!', name, code)]);
        }
        if let Some(name) = key.strip_prefix("bind:") {
            let method = format_ident!("bind_{name}");
            let event = if name == "value" { "input" } else { "change" };
            let code = quote! { __template.#method(#value); };
            return Ok(vec![Call::new('=', name, code), Call::new('!', event, TokenStream::new())]);
        }
        if key == "node_ref" {
            return Ok(vec![Call::new('!', "", quote! { __template.node_ref(#value); })]);
        }
        let set = |sign, name: &str, value: &Expr| {
            Ok(vec![Call::new(sign, name, quote! { __template.set(#value); })])
        };
        for (prefix, sign) in [("class:", '.'), ("style:", '~'), ("prop:", '=')] {
            if let Some(name) = key.strip_prefix(prefix) {
                return set(sign, name, value);
            }
        }
        if let ("class" | "style", Expr::Tuple(pair)) = (key.as_str(), value) {
            let sign = if key == "class" { '.' } else { '~' };
            return match pair.elems.iter().collect::<Vec<_>>().as_slice() {
                [name, value] => set(sign, &fixed(name).unwrap_or_default(), value),
                _ => Err(Error::new_spanned(pair, "a name and a value")),
            };
        }
        match fixed(value) {
            Some(text) => {
                self.html.push_str(&format!(" {key}=\"{}\"", escape(&text)));
                Ok(Vec::new())
            }
            None => set('@', &key, value),
        }
    }
}

/// Code that gives a template one thing, and what the cursor finds there: see `duelcast::dom`.
struct Call {
    sign: char,
    name: String,
    code: TokenStream,
}

impl Call {
    fn new(sign: char, name: &str, code: TokenStream) -> Self {
        Self { sign, name: name.to_owned(), code }
    }
}

/// A place that is filled when the view is made.
fn is_slot(node: &Node) -> bool {
    match node {
        Node::Block(_) => true,
        Node::Element(element) => is_component(element),
        _ => false,
    }
}

fn fixed(value: &Expr) -> Option<String> {
    let Expr::Lit(literal) = value else { return None };
    match &literal.lit {
        Lit::Str(text) => Some(text.value()),
        Lit::Int(number) => Some(number.base10_digits().to_owned()),
        _ => None,
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
