//! Ids as newtypes: 1 to 64 bytes of ASCII letters, digits and `-_.:@`, with a letter or digit at
//! the start, so that they fit in a path (where `.` and `..` mean something else), a log line and a
//! key.
//!
//! Earlier releases gave ids that begin with another character, and logs and snapshots have them.
//! Such an id can be read ([`Deserialize`] and `from_stored`), but no new one can be made (`new`,
//! `parse`, and the check `is_new`).

use std::{fmt, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, de};

use crate::limits::MAX_ID_BYTES;

/// The error for a text that is not a valid id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidId;

impl fmt::Display for InvalidId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an id has 1 to {MAX_ID_BYTES} letters, digits or -_.:@ and begins with a letter or digit")
    }
}

impl std::error::Error for InvalidId {}

/// Whether the text is an id in the form that earlier releases allowed.
fn is_stored_id(text: &str) -> bool {
    (1..=MAX_ID_BYTES).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:@".contains(&b))
}

fn is_id(text: &str) -> bool {
    is_stored_id(text) && text.starts_with(|first: char| first.is_ascii_alphanumeric())
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^[A-Za-z0-9][A-Za-z0-9._:@-]{0,63}$"))]
        #[serde(into = "String")]
        pub struct $name(Arc<str>);

        impl Clone for $name {
            fn clone(&self) -> Self {
                Self(self.0.clone())
            }
        }

        impl $name {
            /// Checks length, alphabet and the first character.
            ///
            /// # Errors
            /// [`InvalidId`] if the text is empty, longer than 64 bytes, has another character or
            /// does not begin with a letter or digit.
            pub fn new(text: impl AsRef<str>) -> Result<Self, InvalidId> {
                let text = text.as_ref();
                if is_id(text) { Ok(Self(text.into())) } else { Err(InvalidId) }
            }

            /// Reads an id that may be as old as the first release. Checks length and alphabet.
            ///
            /// # Errors
            /// [`InvalidId`] if the text is empty, longer than 64 bytes or has another character.
            pub fn from_stored(text: impl AsRef<str>) -> Result<Self, InvalidId> {
                let text = text.as_ref();
                if is_stored_id(text) { Ok(Self(text.into())) } else { Err(InvalidId) }
            }

            /// Whether `new` takes this id, which was deserialized.
            #[must_use]
            pub fn is_new(&self) -> bool {
                is_id(&self.0)
            }

            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::from_stored(String::deserialize(deserializer)?).map_err(de::Error::custom)
            }
        }

        impl std::str::FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0.as_ref().to_owned()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&*self.0, f)
            }
        }
    };
}

id!(/// A live voice room.
    LiveId);
id!(/// A user, unique across all lives.
    UserId);
id!(/// A co-host connection between two to nine lives.
    ConnectionId);
id!(/// A battle and the request that it starts from.
    BattleId);
id!(/// A kind of gift.
    GiftId);
id!(/// An entry of the log. Ids of lives, connections and battles derive from it.
    EntryId);
id!(/// One login of one user on one socket.
    SessionId);
id!(/// One server process.
    NodeId);
id!(/// An API key.
    KeyId);
id!(/// A webhook endpoint.
    WebhookName);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_short_ascii_without_spaces() {
        assert!(LiveId::new("live_1-a.b:c@d").is_ok());
        assert!(LiveId::new("x".repeat(64)).is_ok());
        for bad in ["", "a b", "a/b", "é", &"x".repeat(65)] {
            assert_eq!(LiveId::new(bad), Err(InvalidId), "{bad:?}");
        }
    }

    #[test]
    fn an_id_begins_with_a_letter_or_digit_and_is_never_a_step_of_a_path() {
        for bad in [".", "..", "...", "-a", "_a", ".a", ":a", "@a", "-"] {
            assert_eq!(UserId::new(bad), Err(InvalidId), "{bad:?}");
            assert_eq!(bad.parse::<WebhookName>(), Err(InvalidId), "{bad:?}");
        }
        assert!(LiveId::new("1..").is_ok());
    }

    #[test]
    fn an_id_that_an_earlier_release_gave_is_read_and_known_as_such() {
        let old: LiveId = serde_json::from_str(r#""..""#).unwrap();
        assert_eq!(serde_json::to_string(&old).unwrap(), r#""..""#);
        assert!(!old.is_new());
        assert!(LiveId::new("red").unwrap().is_new());
    }

    #[test]
    fn an_invalid_id_does_not_deserialize() {
        assert!(serde_json::from_str::<UserId>(r#""a/b""#).is_err());
        assert_eq!(serde_json::from_str::<UserId>(r#""ann""#).unwrap().as_str(), "ann");
    }
}
