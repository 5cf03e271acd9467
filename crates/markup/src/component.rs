//! `<Component prop=value other>children</Component>`: its builder, then its function.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use rstml::node::{KeyedAttribute, KeyedAttributeValue, NodeAttribute, NodeElement};
use syn::Error;

use crate::all;

pub(crate) fn value(element: &NodeElement<rstml::Infallible>) -> syn::Result<TokenStream> {
    let name = element.name();
    let mut props = Vec::new();
    let mut items = Vec::new();
    let mut attributes = Vec::new();
    for attribute in element.attributes() {
        let NodeAttribute::Attribute(attribute) = attribute else {
            return Err(Error::new_spanned(attribute, "a component is given its properties by name"));
        };
        let key = attribute.key.to_string();
        if let Some(name) = key.strip_prefix("attr:") {
            let value = attribute.value();
            attributes.push(quote! { .with_attribute(#name, #value) });
        } else if let Some(item) = item(attribute, &key) {
            items.push(item);
        } else {
            let key = &attribute.key;
            let value = attribute.value().map_or_else(|| quote! { #key }, |value| quote! { #value });
            props.push(quote! { .#key({ #value }) });
        }
    }
    let children = children(element, &items)?;
    let value = quote! {
        ::leptos::component::component_view(
            &#name,
            ::leptos::component::component_props_builder(&#name)#(#props)*#children.build()
        )
    };
    Ok(if attributes.is_empty() {
        value
    } else {
        quote! { ::duelcast::dom::IntoView::into_view(#value)#(#attributes)* }
    })
}

/// What the children are given: `let:item` or `let(pattern)`.
fn item(attribute: &KeyedAttribute, key: &str) -> Option<TokenStream> {
    match &attribute.possible_value {
        KeyedAttributeValue::Binding(binding) if key == "let" => {
            let inputs = &binding.inputs;
            Some(quote! { #inputs })
        }
        KeyedAttributeValue::Binding(_) | KeyedAttributeValue::Value(_) | KeyedAttributeValue::None => {
            let item = format_ident!("{}", key.strip_prefix("let:")?);
            Some(quote! { #item })
        }
    }
}

fn children(element: &NodeElement<rstml::Infallible>, items: &[TokenStream]) -> syn::Result<TokenStream> {
    if element.children.is_empty() {
        return Ok(TokenStream::new());
    }
    let view = all(&element.children)?;
    Ok(if items.is_empty() {
        quote! { .children(::duelcast::dom::ToChildren::to_children(move || #view)) }
    } else {
        quote! { .children(move |#(#items),*| #view) }
    })
}
