//! Reading objects whose kind is told by a member, without buffering them: the telling member comes before those that depend on
//! it, as everything of ours writes it. Serde's own way takes any order, and builds every type a second time for it, which
//! would be a quarter of the client.

use serde::de::{
    DeserializeSeed, EnumAccess, Error, IgnoredAny, IntoDeserializer, MapAccess, VariantAccess, Visitor,
    value::{MapAccessDeserializer, StrDeserializer},
};

/// What is left of an object after the member that names its variant: reads an enum whose variants are written flat.
pub(crate) struct Tagged<'a, A> {
    pub(crate) tag: &'a str,
    pub(crate) rest: A,
}

impl<'de, A: MapAccess<'de>> EnumAccess<'de> for Tagged<'_, A> {
    type Error = A::Error;
    type Variant = Rest<A>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Rest<A>), A::Error> {
        let tag: StrDeserializer<'_, A::Error> = self.tag.into_deserializer();
        Ok((seed.deserialize(tag)?, Rest(self.rest)))
    }
}

/// The fields of a variant.
pub(crate) struct Rest<A>(A);

impl<'de, A: MapAccess<'de>> VariantAccess<'de> for Rest<A> {
    type Error = A::Error;

    fn unit_variant(mut self) -> Result<(), A::Error> {
        while self.0.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, A::Error> {
        seed.deserialize(MapAccessDeserializer::new(self.0))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, _visitor: V) -> Result<V::Value, A::Error> {
        Err(A::Error::custom("a variant is an object"))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        visitor.visit_map(self.0)
    }
}

/// An object whose first key was read already.
pub(crate) struct Peeked<'a, A> {
    pub(crate) key: Option<&'a str>,
    pub(crate) rest: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Peeked<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        match self.key.take() {
            Some(key) => {
                let key: StrDeserializer<'_, A::Error> = key.into_deserializer();
                seed.deserialize(key).map(Some)
            }
            None => self.rest.next_key_seed(seed),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.rest.next_value_seed(seed)
    }
}

#[cfg(test)]
mod tests {
    use crate::{ChatItem, Event, EventFrame, JoinReply};

    #[test]
    fn an_event_is_read_when_its_type_comes_before_its_fields() {
        let text =
            r#"{"more":[1],"liveId":"a","seq":3,"at":9,"type":"onUserOnline","userId":"ann","new":{}}"#;
        let frame: EventFrame = serde_json::from_str(text).unwrap();
        assert_eq!((frame.seq, frame.at), (Some(3), 9));
        assert!(matches!(frame.event, Event::OnUserOnline { user_id } if user_id.as_str() == "ann"));
    }

    #[test]
    fn an_event_whose_type_comes_late_or_is_unknown_is_an_error() {
        for text in [
            r#"{"liveId":"a","at":9,"userId":"ann","type":"onUserOnline"}"#,
            r#"{"type":"onUserOnline","userId":"ann","liveId":"a","at":9}"#,
            r#"{"liveId":"a","at":9,"type":"onWhatever"}"#,
            r#"{"liveId":"a","at":9}"#,
        ] {
            assert!(serde_json::from_str::<EventFrame>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_chat_entry_begins_with_its_kind() {
        let fields = r#""sender":{"userId":"ann"},"text":"hi","sentAt":1"#;
        assert!(serde_json::from_str::<ChatItem>(&format!(r#"{{"kind":"text",{fields}}}"#)).is_ok());
        assert!(serde_json::from_str::<ChatItem>(&format!(r#"{{{fields},"kind":"text"}}"#)).is_err());
    }

    #[test]
    fn an_answer_to_join_is_what_was_missed_only_if_it_begins_so() {
        let missed =
            r#"{"resumed":true,"events":[],"private":{},"volatile":{"liveId":"a","rev":1},"serverTime":5}"#;
        assert!(matches!(serde_json::from_str(missed), Ok(JoinReply::Resumed(_))));
        assert!(serde_json::from_str::<JoinReply>("{}").is_err());
    }
}
