//! Result codes of requests with several targets.

use std::{collections::BTreeMap, vec};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::wire::{At, FromWire, Reader, ToWire, Writer};

/// One code for each id, ordered by id. An object on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codes<I, C>(Vec<(I, C)>);

impl<I: PartialEq, C> Codes<I, C> {
    /// The code of this id.
    #[must_use]
    pub fn get(&self, id: &I) -> Option<&C> {
        self.0.iter().find(|(of, _)| of == id).map(|(_, code)| code)
    }
}

impl<I: Ord, C> FromIterator<(I, C)> for Codes<I, C> {
    fn from_iter<T: IntoIterator<Item = (I, C)>>(codes: T) -> Self {
        Self(BTreeMap::from_iter(codes).into_iter().collect())
    }
}

impl<I, C> IntoIterator for Codes<I, C> {
    type Item = (I, C);
    type IntoIter = vec::IntoIter<(I, C)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<I: Serialize, C: Serialize> Serialize for Codes<I, C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(id, code)| (id, code)))
    }
}

impl<'de, I: Deserialize<'de> + Ord, C: Deserialize<'de>> Deserialize<'de> for Codes<I, C> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        BTreeMap::deserialize(deserializer).map(Self::from_iter)
    }
}

impl<I: FromWire, C: FromWire> FromWire for Codes<I, C> {
    fn read(reader: &mut Reader<'_>, at: At) -> Self {
        Self(reader.each_member(at, |reader, name, value| (I::read(reader, name), C::read(reader, value))))
    }
}

impl<I: AsRef<str>, C: ToWire> ToWire for Codes<I, C> {
    fn write(&self, writer: &mut Writer) {
        writer.begin('{');
        for (id, code) in &self.0 {
            writer.member(id.as_ref(), code);
        }
        writer.end('}');
    }
}
