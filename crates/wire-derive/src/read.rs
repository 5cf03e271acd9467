//! `FromWire`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DataEnum, DeriveInput, Error, Fields, Result};

use crate::attributes::{Absent, Container, Member, wire};

pub(crate) fn implement(input: &DeriveInput) -> Result<TokenStream> {
    let container = Container::of(&input.attrs)?;
    let body = match &input.data {
        Data::Struct(data) => {
            let fields = match &data.fields {
                Fields::Named(fields) => container.members(&fields.named)?,
                Fields::Unnamed(_) | Fields::Unit => return Err(Error::new_spanned(input, "needs names")),
            };
            let default = container.has_default.then(|| quote!(let default = <Self as Default>::default();));
            let members = fields.iter().map(read);
            quote! { let at = reader.object(at); #default Self { #(#members,)* } }
        }
        Data::Enum(data) => match &container.tag {
            Some(tag) => tagged(&container, tag, data)?,
            None => by_name(&container, data)?,
        },
        Data::Union(_) => return Err(Error::new_spanned(input, "a union has no form on the wire")),
    };
    let (wire, ident) = (wire(), &input.ident);
    Ok(quote! {
        #[automatically_derived]
        impl #wire::FromWire for #ident {
            fn read(reader: &mut #wire::Reader<'_>, at: #wire::At) -> Self { #body }
        }
    })
}

fn read(member: &Member<'_>) -> TokenStream {
    let (wire, ident, name) = (wire(), member.ident, &member.name);
    let value = match &member.absent {
        _ if member.is_flat => quote!(#wire::FromWire::read(reader, at)),
        Absent::IsWrong => quote!(reader.member(at, #name)),
        Absent::Default => quote!(reader.member_or(at, #name, Default::default)),
        Absent::Call(path) => quote!(reader.member_or(at, #name, #path)),
        Absent::OfContainer => quote!(reader.member_or(at, #name, || default.#ident)),
    };
    quote!(#ident: #value)
}

fn by_name(container: &Container, data: &DataEnum) -> Result<TokenStream> {
    let names = container.names(data)?;
    let arms = arms(data, |variant| match &variant.fields {
        Fields::Unit => Ok(quote!()),
        Fields::Named(_) | Fields::Unnamed(_) => Err(Error::new_spanned(variant, "needs a tag")),
    })?;
    Ok(quote! { match reader.name(at, &[#(#names),*]) { #arms } })
}

fn tagged(container: &Container, tag: &str, data: &DataEnum) -> Result<TokenStream> {
    let names = container.names(data)?;
    let wire = wire();
    let arms = arms(data, |variant| match &variant.fields {
        Fields::Unit => Ok(quote!()),
        Fields::Unnamed(_) => Ok(match &container.content {
            Some(content) => quote!((reader.member(at, #content))),
            None => quote!((#wire::FromWire::read(reader, at))),
        }),
        Fields::Named(fields) if container.content.is_some() && !fields.named.is_empty() => {
            Err(Error::new_spanned(variant, "needs a type for its content"))
        }
        Fields::Named(fields) => {
            let members = container.members_of_variant(&fields.named)?;
            let members = members.iter().map(read);
            Ok(quote!({ #(#members,)* }))
        }
    })?;
    Ok(quote! {
        let at = reader.object(at);
        match reader.variant(at, #tag, &[#(#names),*]) { #arms }
    })
}

/// An arm for each variant; the last takes every other number, and there is none.
fn arms(data: &DataEnum, fields: impl Fn(&syn::Variant) -> Result<TokenStream>) -> Result<TokenStream> {
    let last = data.variants.len().saturating_sub(1);
    let arms = data.variants.iter().enumerate().map(|(place, variant)| {
        let (ident, fields) = (&variant.ident, fields(variant)?);
        let pattern = if place == last { quote!(_) } else { quote!(#place) };
        Ok(quote!(#pattern => Self::#ident #fields,))
    });
    arms.collect()
}
