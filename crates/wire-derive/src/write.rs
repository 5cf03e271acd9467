//! `ToWire`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Data, DataEnum, DeriveInput, Error, Fields, Result};

use crate::attributes::{Container, Member, wire};

pub(crate) fn implement(input: &DeriveInput) -> Result<TokenStream> {
    let container = Container::of(&input.attrs)?;
    if container.content.is_some() {
        return Err(Error::new_spanned(input, "nothing with a content is written"));
    }
    let members = match &input.data {
        Data::Struct(data) => {
            let fields = match &data.fields {
                Fields::Named(fields) => container.members(&fields.named)?,
                Fields::Unnamed(_) | Fields::Unit => return Err(Error::new_spanned(input, "needs names")),
            };
            let members = fields.iter().map(|member| {
                let ident = member.ident;
                write(member, &quote!(&self.#ident))
            });
            quote!(#(#members)*)
        }
        Data::Enum(data) => match &container.tag {
            Some(tag) => tagged(&container, tag, data)?,
            None => return by_name(input, &container, data),
        },
        Data::Union(_) => return Err(Error::new_spanned(input, "a union has no form on the wire")),
    };
    let (wire, ident) = (wire(), &input.ident);
    let (generics, types, bounds) = input.generics.split_for_impl();
    Ok(quote! {
        #[automatically_derived]
        impl #generics #wire::ToWire for #ident #types #bounds {
            fn write(&self, writer: &mut #wire::Writer) {
                writer.begin('{');
                #wire::Members::write_members(self, writer);
                writer.end('}');
            }
        }
        #[automatically_derived]
        impl #generics #wire::Members for #ident #types #bounds {
            fn write_members(&self, writer: &mut #wire::Writer) { #members }
        }
    })
}

fn write(member: &Member<'_>, value: &TokenStream) -> TokenStream {
    let (wire, name) = (wire(), &member.name);
    let write = if member.is_flat {
        quote!(#wire::Members::write_members(#value, writer);)
    } else {
        quote!(writer.member(#name, #value);)
    };
    match &member.skip_if {
        Some(skip) => quote!(if !#skip(#value) { #write }),
        None => write,
    }
}

fn by_name(input: &DeriveInput, container: &Container, data: &DataEnum) -> Result<TokenStream> {
    let (wire, ident, names) = (wire(), &input.ident, container.names(data)?);
    let variants = data.variants.iter().map(|variant| &variant.ident);
    Ok(quote! {
        #[automatically_derived]
        impl #wire::ToWire for #ident {
            fn write(&self, writer: &mut #wire::Writer) {
                writer.name(match self { #(Self::#variants => #names,)* });
            }
        }
    })
}

fn tagged(container: &Container, tag: &str, data: &DataEnum) -> Result<TokenStream> {
    let (wire, names) = (wire(), container.names(data)?);
    let arms = data.variants.iter().zip(names).map(|(variant, name)| {
        let ident = &variant.ident;
        Ok(match &variant.fields {
            Fields::Unit => quote!(Self::#ident => writer.tag(#tag, #name),),
            Fields::Unnamed(_) => quote! {
                Self::#ident(inner) => {
                    writer.tag(#tag, #name);
                    #wire::Members::write_members(inner, writer);
                }
            },
            Fields::Named(fields) => {
                let members = container.members_of_variant(&fields.named)?;
                let idents = members.iter().map(|member| member.ident);
                let values: Vec<_> =
                    members.iter().map(|member| format_ident!("of_{}", member.ident)).collect();
                let writes =
                    members.iter().zip(&values).map(|(member, value)| write(member, &quote!(#value)));
                quote! {
                    Self::#ident { #(#idents: #values,)* } => {
                        writer.tag(#tag, #name);
                        #(#writes)*
                    }
                }
            }
        })
    });
    let arms: TokenStream = arms.collect::<Result<_>>()?;
    Ok(quote!(match self { #arms }))
}
