//! The `#[serde(…)]` attributes that the wire types use.

use syn::{
    Attribute, DataEnum, Error, Expr, Field, Ident, LitStr, Path, Result, Type, Variant,
    meta::ParseNestedMeta, parse_quote, punctuated::Punctuated, spanned::Spanned, token::Comma,
};

/// What is said of a type.
#[derive(Default)]
pub(crate) struct Container {
    pub(crate) is_camel_case: bool,
    pub(crate) has_camel_case_fields: bool,
    pub(crate) has_default: bool,
    pub(crate) tag: Option<String>,
    /// The member that holds what a variant holds, if that does not stand next to the tag.
    pub(crate) content: Option<String>,
}

/// Where the value of a member that is absent comes from.
pub(crate) enum Absent {
    IsWrong,
    /// `Default` of the member's type.
    Default,
    /// A function.
    Call(Path),
}

/// What is said of a member.
pub(crate) struct Member<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) name: String,
    pub(crate) absent: Absent,
    /// `None` is read where nothing stands.
    pub(crate) is_option: bool,
    pub(crate) is_flat: bool,
    pub(crate) skip_if: Option<Path>,
}

fn each(attributes: &[Attribute], mut take: impl FnMut(&ParseNestedMeta<'_>) -> Result<()>) -> Result<()> {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"))
        .try_for_each(|attribute| attribute.parse_nested_meta(|meta| take(&meta)))
}

fn unknown(meta: &ParseNestedMeta<'_>) -> Error {
    meta.error("the client's reader and writer do not know this attribute")
}

/// A text, also one that a macro hands through.
fn text(meta: &ParseNestedMeta<'_>) -> Result<LitStr> {
    fn of(expr: &Expr) -> Option<LitStr> {
        if let Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = expr {
            return Some(text.clone());
        }
        if let Expr::Group(group) = expr { of(&group.expr) } else { None }
    }
    let expr: Expr = meta.value()?.parse()?;
    of(&expr).ok_or_else(|| Error::new(expr.span(), "a text"))
}

fn is_camel_case(meta: &ParseNestedMeta<'_>) -> Result<bool> {
    if text(meta)?.value() == "camelCase" { Ok(true) } else { Err(meta.error("only camelCase is known")) }
}

impl Container {
    pub(crate) fn of(attributes: &[Attribute]) -> Result<Self> {
        let mut container = Self::default();
        each(attributes, |meta| {
            if meta.path.is_ident("rename_all") {
                container.is_camel_case = is_camel_case(meta)?;
            } else if meta.path.is_ident("rename_all_fields") {
                container.has_camel_case_fields = is_camel_case(meta)?;
            } else if meta.path.is_ident("default") {
                container.has_default = true;
            } else if meta.path.is_ident("tag") {
                container.tag = Some(text(meta)?.value());
            } else if meta.path.is_ident("content") {
                container.content = Some(text(meta)?.value());
            } else {
                return Err(unknown(meta));
            }
            Ok(())
        })?;
        Ok(container)
    }

    /// The members of a struct.
    pub(crate) fn members<'a>(&self, fields: &'a Punctuated<Field, Comma>) -> Result<Vec<Member<'a>>> {
        fields.iter().map(|field| Member::of(field, self.is_camel_case)).collect()
    }

    /// The members of a variant.
    pub(crate) fn members_of_variant<'a>(
        &self,
        fields: &'a Punctuated<Field, Comma>,
    ) -> Result<Vec<Member<'a>>> {
        fields.iter().map(|field| Member::of(field, self.has_camel_case_fields)).collect()
    }

    /// Names of the variants on the wire, in their order.
    pub(crate) fn names(&self, data: &DataEnum) -> Result<Vec<String>> {
        data.variants.iter().map(|variant| self.name(variant)).collect()
    }

    fn name(&self, variant: &Variant) -> Result<String> {
        let ident = variant.ident.to_string();
        let mut name = if self.is_camel_case { lower_first(&ident) } else { ident };
        each(&variant.attrs, |meta| {
            if !meta.path.is_ident("rename") {
                return Err(unknown(meta));
            }
            name = text(meta)?.value();
            Ok(())
        })?;
        Ok(name)
    }
}

impl<'a> Member<'a> {
    fn of(field: &'a Field, is_camel_case: bool) -> Result<Self> {
        let ident = field.ident.as_ref().ok_or_else(|| Error::new(field.span(), "a member has a name"))?;
        let snake = ident.to_string();
        let name = if is_camel_case { camel_case(&snake) } else { snake };
        let is_option = is_option(&field.ty);
        let mut member =
            Self { ident, name, absent: Absent::IsWrong, is_option, is_flat: false, skip_if: None };
        each(&field.attrs, |meta| {
            if meta.path.is_ident("rename") {
                member.name = text(meta)?.value();
            } else if meta.path.is_ident("default") {
                let is_bare = meta.input.is_empty() || meta.input.peek(syn::Token![,]);
                member.absent = if is_bare { Absent::Default } else { Absent::Call(text(meta)?.parse()?) };
            } else if meta.path.is_ident("flatten") {
                member.is_flat = true;
            } else if meta.path.is_ident("skip_serializing_if") {
                member.skip_if = Some(text(meta)?.parse()?);
            } else {
                return Err(unknown(meta));
            }
            Ok(())
        })?;
        Ok(member)
    }
}

fn is_option(ty: &Type) -> bool {
    if let Type::Group(group) = ty {
        return is_option(&group.elem);
    }
    let Type::Path(path) = ty else { return false };
    path.path.segments.last().is_some_and(|segment| segment.ident == "Option")
}

/// Where the reader and the writer are.
pub(crate) fn wire() -> Path {
    parse_quote!(::duelcast_protocol::wire)
}

fn lower_first(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(chars).collect()
}

fn camel_case(snake: &str) -> String {
    let mut name = String::new();
    for (place, word) in snake.split('_').enumerate() {
        let mut chars = word.chars();
        let first = chars.next().map(|first| if place == 0 { first } else { first.to_ascii_uppercase() });
        name.extend(first.into_iter().chain(chars));
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_serde_makes() {
        assert_eq!(camel_case("co_host_live_id"), "coHostLiveId");
        assert_eq!(camel_case("at"), "at");
        assert_eq!(lower_first("OnUserOnline"), "onUserOnline");
    }
}
