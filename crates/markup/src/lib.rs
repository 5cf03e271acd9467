//! `view!` with the syntax of Leptos, for a client whose size counts. What is fixed becomes a string of HTML, which the browser
//! parses once and clones; what is not becomes one call each to `duelcast::dom`, whose code is there once for all views.
//!
//! Left out of Leptos's syntax, since no view of ours needs it: `use:`, spreading, slots, doctypes, a class for all elements.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "the syntax is another crate's; what is not known here is refused or passed on"
)]

mod component;
mod element;
mod steps;

use proc_macro2::TokenStream;
use quote::quote;
use rstml::node::{Node, NodeElement, NodeName};
use syn::Error;

/// HTML with components and code between: see Leptos's `view!`.
#[proc_macro]
pub fn view(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand(tokens.into()).into()
}

fn expand(tokens: TokenStream) -> TokenStream {
    let parser = rstml::Parser::new(rstml::ParserConfig::default().recover_block(true));
    let (nodes, errors) = parser.parse_recoverable(tokens).split_vec();
    let errors = errors.into_iter().map(|error| error.emit_as_expr_tokens());
    let view = all(&nodes).unwrap_or_else(|error| error.to_compile_error());
    quote! {{
        #[allow(unused_braces, reason = "what stands in braces between the tags is code")]
        { #(#errors;)* #view }
    }}
}

/// A view of some nodes that stand side by side.
fn all(nodes: &[Node]) -> syn::Result<TokenStream> {
    let views = flat(nodes).into_iter().map(one).collect::<syn::Result<Vec<_>>>()?;
    Ok(match views.as_slice() {
        [one] => one.clone(),
        views => quote! { ::duelcast::dom::View::list(::std::vec![#(#views),*]) },
    })
}

/// The nodes without fragments and comments.
fn flat(nodes: &[Node]) -> Vec<&Node> {
    let mut found = Vec::new();
    for node in nodes {
        match node {
            Node::Fragment(fragment) => found.extend(flat(&fragment.children)),
            Node::Comment(_) => {}
            _ => found.push(node),
        }
    }
    found
}

/// A view of one node.
fn one(node: &Node) -> syn::Result<TokenStream> {
    let value = value(node)?;
    Ok(match node {
        Node::Element(element) if !is_component(element) => value,
        _ => quote! { ::duelcast::dom::IntoView::into_view(#value) },
    })
}

/// What becomes a view, of whatever type it is.
fn value(node: &Node) -> syn::Result<TokenStream> {
    match node {
        Node::Element(element) if is_component(element) => component::value(element),
        Node::Element(element) => element::view(element),
        Node::Block(block) => Ok(quote! { #block }),
        Node::Text(text) => {
            let text = &text.value;
            Ok(quote! { #text })
        }
        other => Err(Error::new_spanned(other, "nothing that `view!` knows")),
    }
}

/// Components begin with a capital, elements do not.
fn is_component(element: &NodeElement<rstml::Infallible>) -> bool {
    match element.name() {
        NodeName::Path(path) => path.path.segments.last().is_some_and(|name| {
            name.ident.to_string().starts_with(|letter: char| letter.is_ascii_uppercase())
        }),
        NodeName::Punctuated(_) | NodeName::Block(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands for some markup, without spaces.
    fn code(markup: TokenStream) -> String {
        let code = expand(markup).to_string();
        code.split_whitespace().collect()
    }

    #[test]
    fn what_is_fixed_is_one_string_of_html() {
        let code = code(quote! { <p class="a" hidden>"x < y & z"<br /><b tabindex=0>"!"</b></p> });
        let html = r#"View::fixed("<pclass=\"a\"hidden>x&lt;y&amp;z<br><btabindex=\"0\">!</b></p>")"#;
        assert!(code.contains(html), "{code}");
    }

    #[test]
    fn what_is_not_fixed_is_a_call_with_a_way_to_its_place() {
        let code = code(quote! {
            <p><i>"a"</i>{one}<b title=two class:on=three on:click=four>{five}</b></p>
        });
        let calls = [
            r#"Template::new("<p><i>a</i><!----><b></b></p>","dn|;n@title;.on;!click;{;")"#,
            "__template.put({one});__template.set(two);__template.set(three);",
            "__template.on(::duelcast::dom::events::click,four);",
        ];
        for call in calls {
            assert!(code.contains(call), "{call} in {code}");
        }
    }

    #[test]
    fn texts_side_by_side_are_one_node_and_do_not_lead_astray() {
        let code = code(quote! { <p>"a" "b"<i class:on=on></i></p> });
        assert!(code.contains(r#""dn.on;""#), "{code}");
    }

    #[test]
    fn a_component_is_given_its_properties_and_its_children() {
        let code = code(quote! { <List each=items let:item><Row item /></List> });
        assert!(code.contains("component_props_builder(&List).each({items}).children(move|item|"), "{code}");
        assert!(code.contains("component_props_builder(&Row).item({item}).build()"), "{code}");
    }

    #[test]
    fn what_is_not_known_is_refused_where_it_stands() {
        for markup in [quote! { <!DOCTYPE html> }, quote! { <p {..rest}></p> }] {
            assert!(code(markup).contains("compile_error!"));
        }
    }
}
