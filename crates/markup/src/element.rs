//! An element with all that is in it: a template, and a call for each thing in it that is not fixed.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use rstml::node::{KeyedAttribute, KeyedAttributeValue, Node, NodeAttribute, NodeElement};
use syn::{Error, Expr, Lit};

use crate::{flat, is_component, one, steps::Steps};

/// Have no end tag.
const VOID: [&str; 6] = ["br", "hr", "img", "input", "link", "source"];

pub(crate) fn view(element: &NodeElement<rstml::Infallible>) -> syn::Result<TokenStream> {
    let mut template = Template::default();
    template.add(element, &[])?;
    let Template { html, calls, .. } = template;
    Ok(if calls.is_empty() {
        quote! { ::duelcast::dom::View::fixed(#html) }
    } else {
        quote! {{
            let mut __template = ::duelcast::dom::Template::new(#html);
            #(#calls)*
            __template.view()
        }}
    })
}

#[derive(Default)]
struct Template {
    html: String,
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

    fn calls_at(&mut self, place: &[usize], calls: Vec<TokenStream>) {
        if calls.is_empty() {
            return;
        }
        let way = self.steps.go_to(place);
        if !way.is_empty() {
            self.calls.push(quote! { __template.go(#way); });
        }
        self.calls.extend(calls);
    }

    fn children(&mut self, children: &[&Node], place: &[usize]) -> syn::Result<()> {
        if let [child] = children
            && is_slot(child)
        {
            let view = one(child)?;
            self.calls_at(place, vec![quote! { __template.fill(#view); }]);
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
                    let view = one(slot)?;
                    self.calls_at(&[place, &[count]].concat(), vec![quote! { __template.slot(#view); }]);
                }
            }
            count += 1;
            is_after_text = false;
        }
        Ok(())
    }

    /// Writes what is fixed; answers the call for what is not.
    fn attribute(&mut self, attribute: &KeyedAttribute) -> syn::Result<Option<TokenStream>> {
        let key = attribute.key.to_string();
        let Some(value) = attribute.value() else {
            if matches!(attribute.possible_value, KeyedAttributeValue::None) {
                self.html.push(' ');
                self.html.push_str(&key);
                return Ok(None);
            }
            return Err(Error::new_spanned(attribute, "an attribute's value is an expression"));
        };
        if let Some(name) = key.strip_prefix("on:") {
            let event = format_ident!("{name}");
            return Ok(Some(quote! { __template.on(#name, ::duelcast::dom::events::#event, #value); }));
        }
        if let Some(name) = key.strip_prefix("bind:") {
            let method = format_ident!("bind_{name}");
            return Ok(Some(quote! { __template.#method(#value); }));
        }
        if key == "node_ref" {
            return Ok(Some(quote! { __template.node_ref(#value); }));
        }
        for (prefix, method) in [("class:", "class"), ("style:", "style"), ("prop:", "property")] {
            if let Some(name) = key.strip_prefix(prefix) {
                let method = format_ident!("{method}");
                return Ok(Some(quote! { __template.#method(#name, #value); }));
            }
        }
        if let ("class" | "style", Expr::Tuple(pair)) = (key.as_str(), value) {
            let method = format_ident!("{key}");
            let pair = &pair.elems;
            return Ok(Some(quote! { __template.#method(#pair); }));
        }
        match fixed(value) {
            Some(text) => {
                self.html.push_str(&format!(" {key}=\"{}\"", escape(&text)));
                Ok(None)
            }
            None => Ok(Some(quote! { __template.attribute(#key, #value); })),
        }
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
