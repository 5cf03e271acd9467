//! Reading a [`Json`]. What is generic here only calls what is not.

use std::sync::Arc;

use super::{
    At, FromWire, Json,
    json::Kind,
    values::{signed, unescaped, unsigned},
};
use crate::ids::is_id;

/// The first thing that was absent or wrong.
struct Wrong {
    at: At,
    /// Of the member that is absent there; empty if something is there and wrong.
    absent: &'static str,
    expected: &'static str,
}

/// Reads values at their places, and keeps in mind the first that was absent or wrong.
pub struct Reader<'a> {
    json: &'a Json,
    /// The member that was looked for last and not found.
    absent: (At, &'static str),
    wrong: Option<Wrong>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(json: &'a Json) -> Self {
        Self { json, absent: (At::NOWHERE, ""), wrong: None }
    }

    /// What was wrong.
    pub(super) fn end(self) -> Result<(), String> {
        let Some(Wrong { at, absent, expected }) = self.wrong else {
            return Ok(());
        };
        let mut sentence = self.json.path(at);
        if !sentence.is_empty() && !absent.is_empty() {
            sentence.push('.');
        }
        sentence.push_str(absent);
        sentence.push_str(" should be ");
        sentence.push_str(expected);
        if absent.is_empty() {
            sentence.push_str(", and is ");
            sentence.extend(self.json.raw(at).chars().take(40));
        } else {
            sentence.push_str(", and is absent");
        }
        Err(sentence)
    }

    /// Notes that this is not what was expected.
    pub(crate) fn wrong(&mut self, at: At, expected: &'static str) {
        if self.wrong.is_none() {
            let (at, absent) = if at == At::NOWHERE { self.absent } else { (at, "") };
            self.wrong = Some(Wrong { at, absent, expected });
        }
    }

    fn kind(&self, at: At) -> Option<Kind> {
        self.json.kind(at)
    }

    pub(super) fn is_nothing(&self, at: At) -> bool {
        matches!(self.kind(at), None | Some(Kind::Null))
    }

    fn find(&mut self, at: At, name: &'static str) -> At {
        let found = self.json.find(at, name);
        if found.is_none() && at != At::NOWHERE {
            self.absent = (at, name);
        }
        found.unwrap_or(At::NOWHERE)
    }

    /// Whether there is a member of this name.
    pub(crate) fn has(&self, at: At, name: &str) -> bool {
        self.json.find(at, name).is_some()
    }

    /// The place, if an object is there.
    pub fn object(&mut self, at: At) -> At {
        self.of_kind(at, Kind::Object, "an object")
    }

    fn of_kind(&mut self, at: At, kind: Kind, expected: &'static str) -> At {
        if self.kind(at) == Some(kind) {
            return at;
        }
        self.wrong(at, expected);
        At::NOWHERE
    }

    /// A member.
    pub fn member<T: FromWire>(&mut self, at: At, name: &'static str) -> T {
        let at = self.find(at, name);
        T::read(self, at)
    }

    /// A member that may be absent.
    pub fn member_or<T: FromWire>(&mut self, at: At, name: &'static str, absent: impl FnOnce() -> T) -> T {
        let at = self.find(at, name);
        if at == At::NOWHERE { absent() } else { T::read(self, at) }
    }

    /// A member instead of a value that counts where it is absent.
    pub fn replace<T: FromWire>(&mut self, at: At, name: &'static str, value: &mut T) {
        let at = self.find(at, name);
        if at != At::NOWHERE {
            *value = T::read(self, at);
        }
    }

    /// Which of these names stands there; the first, if none does.
    pub fn name(&mut self, at: At, names: &[&str]) -> usize {
        let found = if self.kind(at) == Some(Kind::Text) { self.json.raw(at) } else { "" };
        names.iter().position(|name| *name == found).unwrap_or_else(|| {
            self.wrong(at, "a name that is known");
            0
        })
    }

    /// Which of these names the member has that tells the kind of an object.
    pub fn variant(&mut self, at: At, tag: &'static str, names: &[&str]) -> usize {
        let at = self.find(at, tag);
        self.name(at, names)
    }

    pub(super) fn is_true(&mut self, at: At) -> bool {
        let kind = self.kind(at);
        if !matches!(kind, Some(Kind::True | Kind::False)) {
            self.wrong(at, "true or false");
        }
        kind == Some(Kind::True)
    }

    pub(super) fn unsigned(&mut self, at: At, max: u64) -> u64 {
        unsigned(self.number(at)).filter(|value| *value <= max).unwrap_or_else(|| {
            self.wrong(at, "an integer in its range");
            0
        })
    }

    pub(super) fn signed(&mut self, at: At) -> i32 {
        signed(self.number(at)).unwrap_or_else(|| {
            self.wrong(at, "an integer in its range");
            0
        })
    }

    fn number(&self, at: At) -> &'a [u8] {
        if self.kind(at) == Some(Kind::Number) { self.json.raw(at).as_bytes() } else { b"" }
    }

    /// A text, or the name of a member.
    pub(super) fn text(&mut self, at: At) -> String {
        let text = if self.kind(at) == Some(Kind::Text) { unescaped(self.json.raw(at)) } else { None };
        text.unwrap_or_else(|| {
            self.wrong(at, "a text");
            String::new()
        })
    }

    pub(crate) fn id(&mut self, at: At) -> Arc<str> {
        let text = if self.kind(at) == Some(Kind::Text) { self.json.raw(at) } else { "" };
        if !is_id(text) {
            self.wrong(at, "an id");
        }
        text.into()
    }

    /// The first place inside of a list, and the one behind its last.
    pub(super) fn list(&mut self, at: At) -> (At, At) {
        let at = self.of_kind(at, Kind::List, "a list");
        (self.json.first(at), self.json.next(at))
    }

    /// The place behind this.
    pub(super) fn next(&self, at: At) -> At {
        self.json.next(at)
    }

    /// Names and values of an object.
    pub(crate) fn each_member<T>(&mut self, at: At, mut read: impl FnMut(&mut Self, At, At) -> T) -> Vec<T> {
        let at = self.object(at);
        let (mut name, end) = (self.json.first(at), self.json.next(at));
        let mut members = Vec::new();
        while name != end {
            let value = self.json.next(name);
            members.push(read(self, name, value));
            name = self.json.next(value);
        }
        members
    }
}
