//! Error messages in the user's language.

use duelcast_protocol::{Gift, Rejection};

use super::{text::say_of, words};
use crate::{
    microphone::MicrophoneError,
    signaling::{CallError, OfflineReason},
    stores::SignInError,
};

const ERRORS: &str = "errors";
const GIFT_NAMES: &str = "gift_names";

/// A value that has a message for users.
pub trait Explain {
    fn explain(&self) -> String;
}

impl Explain for CallError {
    fn explain(&self) -> String {
        match self {
            Self::Rejected(rejection) => rejection.explain(),
            Self::NotSignedIn => words::sign_in_first(),
            Self::Offline(reason) => reason.explain(),
            Self::ConnectionLost => words::connection_lost(),
            Self::TimedOut => words::answer_late(),
            Self::TooManyCalls => words::too_much_at_once(),
            Self::BadReply(detail) => words::answer_bad(detail),
        }
    }
}

/// The server's message is English and may be more specific than its code; other languages use the
/// text of the code.
impl Explain for Rejection {
    fn explain(&self) -> String {
        say_of(ERRORS, self.code.name(), self.message())
    }
}

impl Explain for OfflineReason {
    fn explain(&self) -> String {
        match self {
            Self::KickedByOtherSession => words::signed_in_elsewhere(),
            Self::Unauthorized => words::sign_in_expired(),
            Self::Banned => words::banned_from_server(),
            Self::SignedOut => words::signed_out(),
        }
    }
}

impl Explain for SignInError {
    fn explain(&self) -> String {
        match self {
            Self::Unreachable(detail) => words::server_unreachable_because(detail),
            Self::Refused(_) => words::guest_refused(),
        }
    }
}

impl Explain for MicrophoneError {
    fn explain(&self) -> String {
        match self {
            Self::Denied => words::microphone_denied(),
            Self::Missing => words::microphone_missing(),
            Self::Unavailable => words::microphone_unavailable(),
        }
    }
}

impl Explain for String {
    fn explain(&self) -> String {
        self.clone()
    }
}

/// The name of a gift; the catalogue's own name if the language files do not contain it.
#[must_use]
pub fn gift_name(gift: &Gift) -> String {
    say_of(GIFT_NAMES, gift.gift_id.as_str(), &gift.gift_name)
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, fs, path::Path};

    use duelcast_protocol::{ErrorCode, gift_catalogue};

    use super::*;

    fn group(name: &str) -> BTreeMap<String, String> {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales/en.json");
        let texts: BTreeMap<String, serde_json::Value> =
            serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        serde_json::from_value(texts[name].clone()).unwrap()
    }

    #[test]
    fn every_gift_of_the_catalogue_has_a_name_in_the_language_files() {
        let catalogue = gift_catalogue().into_iter();
        let names = catalogue.map(|gift| (gift.gift_id.to_string(), gift.gift_name)).collect();
        assert_eq!(group(GIFT_NAMES), names);
    }

    #[test]
    fn every_error_code_has_a_text_in_the_language_files() {
        let in_file = group(ERRORS);
        let in_code: BTreeMap<String, String> =
            ErrorCode::ALL.iter().map(|code| (code.name().to_owned(), code.message().to_owned())).collect();
        assert_eq!(in_file, in_code);
    }

    #[test]
    fn english_says_what_the_server_says() {
        let rejection = Rejection::new(ErrorCode::TooFrequent, "Wait for a minute.");
        assert_eq!(CallError::Rejected(rejection).explain(), "Wait for a minute.");
    }
}
