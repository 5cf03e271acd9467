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
            if container.has_default { over_default(&fields)? } else { of_members(&fields) }
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

fn of_members(fields: &[Member<'_>]) -> TokenStream {
    let members = fields.iter().map(read);
    quote! { let at = reader.object(at); Self { #(#members,)* } }
}

/// What is absent stays as the type's `Default` has it.
fn over_default(fields: &[Member<'_>]) -> Result<TokenStream> {
    let other = fields.iter().find(|member| member.is_flat || !matches!(member.absent, Absent::IsWrong));
    if let Some(Member { ident, .. }) = other {
        return Err(Error::new_spanned(ident, "the type has a default, and that is all that is known here"));
    }
    let members =
        fields.iter().map(|Member { ident, name, .. }| quote!(reader.replace(at, #name, &mut value.#ident);));
    Ok(
        quote! { let at = reader.object(at); let mut value = <Self as Default>::default(); #(#members)* value },
    )
}

fn read(member: &Member<'_>) -> TokenStream {
    let (wire, ident, name) = (wire(), member.ident, &member.name);
    let value = match &member.absent {
        _ if member.is_flat => quote!(#wire::FromWire::read(reader, at)),
        Absent::IsWrong => quote!(reader.member(at, #name)),
        Absent::Default if member.is_option => quote!(reader.member(at, #name)),
        Absent::Default => quote!(reader.member_or(at, #name, Default::default)),
        Absent::Call(path) => quote!(reader.member_or(at, #name, #path)),
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
