//! JSON objects that are read member by member: for types whose members depend on a tag or are
//! spread over several types. A derived reader of such a type buffers every member and compiles a
//! second reader for each type below it.

use std::collections::BTreeMap;

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error as _},
};
use serde_json::{Error, value::RawValue};

/// The members of an object, not read yet.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct Members(BTreeMap<String, Box<RawValue>>);

impl Members {
    /// The member of this name. An absent one is read as `null`.
    ///
    /// # Errors
    /// When the member is absent or of another type; the sentence names it.
    pub(crate) fn get<T: DeserializeOwned>(&self, name: &str) -> Result<T, Error> {
        let json = self.0.get(name).map_or("null", |member| member.get());
        serde_json::from_str(json).map_err(|error| Error::custom(format_args!("{name}: {error}")))
    }

    /// The member whose name in Rust is `field`: `userId` for `user_id`.
    ///
    /// # Errors
    /// Those of [`Members::get`].
    pub(crate) fn field<T: DeserializeOwned>(&self, field: &str) -> Result<T, Error> {
        let mut words = field.split('_');
        let first = words.next().unwrap_or_default().to_owned();
        let name = words.fold(first, |name, word| {
            let (initial, rest) = word.split_at(1.min(word.len()));
            name + &initial.to_ascii_uppercase() + rest
        });
        self.get(&name)
    }
}

/// The JSON that a deserializer of `serde_json` stands at.
///
/// # Errors
/// When it is not JSON.
pub(crate) fn raw<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<RawValue>, D::Error> {
    Box::<RawValue>::deserialize(deserializer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_found_by_its_name_in_rust_and_an_absent_one_is_null() {
        let members: Members = serde_json::from_str(r#"{"bannedUntil":7,"seq":1}"#).unwrap();
        assert_eq!(members.field::<u64>("banned_until").unwrap(), 7);
        assert_eq!(members.field::<Option<u64>>("operator").unwrap(), None);
        assert!(members.get::<String>("seq").unwrap_err().to_string().starts_with("seq: "));
    }
}
