//! `#[derive(FromWire, ToWire)]`: how the client reads and writes what serde reads and writes on the server. Both obey the same
//! `#[serde(…)]` attributes, so that a name stands in one place; an attribute that is not known here does not compile.
//!
//! What is made is straight-line code, a call for each member: `duelcast_protocol::wire` does the work.

mod attributes;
mod read;
mod write;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Reads a struct, an enum without fields by its names, or an enum with `#[serde(tag = …)]`.
#[proc_macro_derive(FromWire, attributes(serde))]
pub fn from_wire(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    read::implement(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Writes what [`macro@FromWire`] reads, and structs that borrow.
#[proc_macro_derive(ToWire, attributes(serde))]
pub fn to_wire(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    write::implement(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}
