//! Objects of requests: read from a JSON object only, with no member that the type does not have.
//! A derived reader takes an array of the values as well, and passes over members that it does not
//! know; the client needs the latter for what a later server may add.

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, IntoDeserializer, MapAccess, Visitor},
    forward_to_deserialize_any,
};

/// A value that is read strictly if it is a struct. Structs within it are read as they say
/// themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strict<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Strict<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(StrictDeserializer(deserializer)).map(Self)
    }
}

/// Reads a member strictly: for `deserialize_with`.
///
/// # Errors
/// If the value is no object, or has a member that the type does not have.
pub(crate) fn one<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    Strict::deserialize(deserializer).map(|Strict(value)| value)
}

/// Like [`one`], for a member that may be absent or null.
///
/// # Errors
/// Those of [`one`].
pub(crate) fn optional<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Option::<Strict<T>>::deserialize(deserializer).map(|value| value.map(|Strict(value)| value))
}

/// Like [`one`], for each item of a list.
///
/// # Errors
/// Those of [`one`].
pub(crate) fn each<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    let items = Vec::<Strict<T>>::deserialize(deserializer)?;
    Ok(items.into_iter().map(|Strict(item)| item).collect())
}

/// The schema of a struct that is read strictly.
#[cfg(feature = "openapi")]
pub(crate) fn schema<T: utoipa::PartialSchema>() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
    use utoipa::openapi::{RefOr, Schema, schema::AdditionalProperties};
    let mut schema = T::schema();
    if let RefOr::T(Schema::Object(object)) = &mut schema {
        object.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
    }
    schema
}

struct StrictDeserializer<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for StrictDeserializer<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(ObjectVisitor { fields, visitor })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map identifier ignored_any
    }
}

struct ObjectVisitor<V> {
    fields: &'static [&'static str],
    visitor: V,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for ObjectVisitor<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_map(KnownMembers { fields: self.fields, map })
    }
}

struct KnownMembers<A> {
    fields: &'static [&'static str],
    map: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for KnownMembers<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        let Some(name) = self.map.next_key::<String>()? else {
            return Ok(None);
        };
        if !self.fields.contains(&name.as_str()) {
            return Err(A::Error::unknown_field(&name, self.fields));
        }
        seed.deserialize(name.into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "camelCase")]
    struct Point {
        left_ms: u64,
        #[serde(default)]
        top_ms: u64,
    }

    fn read(text: &str) -> Result<Point, String> {
        let read = serde_json::from_str::<Strict<Point>>(text);
        read.map(|Strict(point)| point).map_err(|error| error.to_string())
    }

    #[test]
    fn an_object_with_members_that_the_type_has_is_read() {
        assert_eq!(read(r#"{"leftMs":1}"#), Ok(Point { left_ms: 1, top_ms: 0 }));
        assert_eq!(read(r#"{"topMs":2,"leftMs":1}"#), Ok(Point { left_ms: 1, top_ms: 2 }));
    }

    #[test]
    fn an_array_and_an_unknown_member_are_refused_with_a_sentence() {
        let array = read("[1,2]").unwrap_err();
        assert!(array.contains("expected an object"), "{array}");
        let unknown = read(r#"{"leftMs":1,"toString":2}"#).unwrap_err();
        assert!(unknown.contains("unknown field `toString`"), "{unknown}");
    }
}
