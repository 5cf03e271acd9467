//! A JSON text and where its values stand in it. One list for all of them, in the order of the text: nothing is copied before it
//! is read, and nothing recurses.

use super::{FromWire, Reader};

/// A place in a [`Json`], or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At(u32);

impl At {
    pub(super) const NOWHERE: Self = Self(u32::MAX);
    const ROOT: Self = Self(0);

    fn index(self) -> usize {
        self.0 as usize
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    False,
    True,
    Number,
    Text,
    List,
    Object,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    kind: Kind,
    /// Bytes of the text, without the quotes of a text.
    start: u32,
    end: u32,
    /// What follows it and all that is inside it.
    next: u32,
}

/// A text that is JSON. Of its numbers and escapes only those are looked at that are read.
#[derive(Debug)]
pub struct Json {
    text: String,
    nodes: Vec<Node>,
}

/// A value within a text that it keeps.
#[derive(Debug)]
pub struct Part {
    json: Json,
    at: At,
}

impl Part {
    /// # Errors
    /// A sentence that says what is absent or wrong.
    pub fn read<T: FromWire>(&self) -> Result<T, String> {
        let mut reader = Reader::new(&self.json);
        let value = T::read(&mut reader, self.at);
        reader.end()?;
        Ok(value)
    }

    /// It as JSON.
    #[must_use]
    pub fn text(&self) -> &str {
        let quotes = u32::from(self.json.kind(self.at) == Some(Kind::Text));
        let node = self.json.node(self.at);
        node.map_or("", |node| self.json.slice(node.start - quotes, node.end + quotes))
    }

    /// The member of this name, if there is one.
    #[must_use]
    pub fn member(self, name: &str) -> Option<Self> {
        let at = self.json.find(self.at, name)?;
        Some(Self { json: self.json, at })
    }

    /// Whether there is a member of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.json.find(self.at, name).is_some()
    }

    /// The member of this name, read; none if it is absent or something else.
    #[must_use]
    pub fn get<T: FromWire>(&self, name: &str) -> Option<T> {
        let mut reader = Reader::new(&self.json);
        let value = T::read(&mut reader, self.json.find(self.at, name)?);
        reader.end().is_ok().then_some(value)
    }
}

impl Json {
    /// # Errors
    /// A sentence, when it is not JSON.
    pub fn parse(text: String) -> Result<Self, String> {
        let mut parser = Parser { bytes: text.as_bytes(), place: 0, nodes: Vec::new() };
        if text.len() < At::NOWHERE.index() && parser.document().is_some() {
            let nodes = parser.nodes;
            return Ok(Self { text, nodes });
        }
        Err("this is not JSON".to_owned())
    }

    /// All of it.
    #[must_use]
    pub fn root(self) -> Part {
        Part { json: self, at: At::ROOT }
    }

    fn node(&self, at: At) -> Option<&Node> {
        self.nodes.get(at.index())
    }

    pub(super) fn kind(&self, at: At) -> Option<Kind> {
        Some(self.node(at)?.kind)
    }

    /// What is written there; of a text, what is between the quotes.
    pub(super) fn raw(&self, at: At) -> &str {
        self.node(at).map_or("", |node| self.slice(node.start, node.end))
    }

    fn slice(&self, start: u32, end: u32) -> &str {
        self.text.get(start as usize..end as usize).unwrap_or("")
    }

    /// What stands behind it, inside of the same list or object or behind that.
    pub(super) fn next(&self, at: At) -> At {
        self.node(at).map_or(At::NOWHERE, |node| At(node.next))
    }

    /// The first thing inside of a list or object: where it is empty, what stands behind it.
    pub(super) fn first(&self, at: At) -> At {
        self.node(at).map_or(At::NOWHERE, |_| At(at.0 + 1))
    }

    /// The value of the member with this name.
    pub(super) fn find(&self, at: At, name: &str) -> Option<At> {
        if self.kind(at) != Some(Kind::Object) {
            return None;
        }
        let (mut inside, end) = (self.first(at), self.next(at));
        while inside != end {
            let value = self.next(inside);
            if self.raw(inside) == name {
                return Some(value);
            }
            inside = self.next(value);
        }
        None
    }

    /// Which names and places lead to it: `seats.3.user`.
    pub(super) fn path(&self, to: At) -> String {
        let (mut path, mut within) = (String::new(), At::ROOT);
        while within.0 < to.0 && self.node(to).is_some() {
            let is_object = self.kind(within) == Some(Kind::Object);
            let (mut step, mut place, mut inside) = ("", 0, self.first(within));
            while self.next(inside).0 <= to.0 {
                if is_object && place % 2 == 0 {
                    step = self.raw(inside);
                }
                inside = self.next(inside);
                place += 1;
            }
            if !path.is_empty() {
                path.push('.');
            }
            if is_object {
                path.push_str(step);
            } else {
                path.push_str(&super::writer::digits(place));
            }
            within = inside;
        }
        path
    }
}

struct Parser<'a> {
    bytes: &'a [u8],
    place: usize,
    nodes: Vec<Node>,
}

/// Every method is `None` where the text stops being JSON.
impl Parser<'_> {
    fn document(&mut self) -> Option<()> {
        let mut open = Vec::new();
        loop {
            let is_opened = self.value()?;
            if is_opened {
                let opened = self.nodes.len() - 1;
                let is_object = self.nodes.get(opened)?.kind == Kind::Object;
                self.space();
                if self.peek() != Some(if is_object { b'}' } else { b']' }) {
                    open.push(opened);
                    if is_object {
                        self.key()?;
                    }
                    continue;
                }
                self.place += 1;
                self.close(opened)?;
            }
            loop {
                self.space();
                let Some(&innermost) = open.last() else {
                    return (self.place == self.bytes.len()).then_some(());
                };
                let is_object = self.nodes.get(innermost)?.kind == Kind::Object;
                let byte = self.peek()?;
                self.place += 1;
                match (byte, is_object) {
                    (b',', true) => break self.key()?,
                    (b',', false) => break,
                    (b'}', true) | (b']', false) => {
                        open.pop();
                        self.close(innermost)?;
                    }
                    _ => return None,
                }
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.place).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\t' | b'\r')) {
            self.place += 1;
        }
    }

    /// True for a list or an object, which is open then.
    fn value(&mut self) -> Option<bool> {
        self.space();
        match self.peek()? {
            b'{' => self.begin(Kind::Object),
            b'[' => self.begin(Kind::List),
            b'"' => self.string()?,
            b't' => self.word(Kind::True, b"true")?,
            b'f' => self.word(Kind::False, b"false")?,
            b'n' => self.word(Kind::Null, b"null")?,
            _ => self.number()?,
        }
        Some(self.nodes.last().is_some_and(|node| matches!(node.kind, Kind::List | Kind::Object)))
    }

    fn begin(&mut self, kind: Kind) {
        self.place += 1;
        self.push(kind, self.place - 1, self.place);
    }

    #[allow(clippy::cast_possible_truncation, reason = "the text is shorter than that, and so is the list")]
    fn push(&mut self, kind: Kind, start: usize, end: usize) {
        let next = self.nodes.len() as u32 + 1;
        self.nodes.push(Node { kind, start: start as u32, end: end as u32, next });
    }

    #[allow(clippy::cast_possible_truncation, reason = "the text is shorter than that, and so is the list")]
    fn close(&mut self, at: usize) -> Option<()> {
        let (end, next) = (self.place as u32, self.nodes.len() as u32);
        let node = self.nodes.get_mut(at)?;
        (node.end, node.next) = (end, next);
        Some(())
    }

    fn key(&mut self) -> Option<()> {
        self.space();
        if self.peek()? != b'"' {
            return None;
        }
        self.string()?;
        self.space();
        if self.peek()? != b':' {
            return None;
        }
        self.place += 1;
        Some(())
    }

    fn string(&mut self) -> Option<()> {
        let start = self.place + 1;
        self.place = start;
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => self.place += 2,
                0..=0x1f => return None,
                _ => self.place += 1,
            }
        }
        self.push(Kind::Text, start, self.place);
        self.place += 1;
        Some(())
    }

    fn word(&mut self, kind: Kind, word: &[u8]) -> Option<()> {
        let start = self.place;
        self.place += word.len();
        self.push(kind, start, self.place);
        (self.bytes.get(start..self.place)? == word).then_some(())
    }

    fn number(&mut self) -> Option<()> {
        let start = self.place;
        while matches!(self.peek(), Some(b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')) {
            self.place += 1;
        }
        self.push(Kind::Number, start, self.place);
        (self.place > start).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_json_is_told_from_what_is_not() {
        for text in ["1", " [ ] ", "{}", r#"{"a":[{},[],"x\"y\\",null]}"#, r#"[true,false,-1.5e3,""]"#] {
            assert!(Json::parse(text.to_owned()).is_ok(), "{text}");
        }
        for text in [
            "",
            "{",
            "[1,]",
            "{\"a\"}",
            "{\"a\":1,}",
            "[1}",
            "1 2",
            "nul",
            "\"a",
            "\"a\\",
            "[\"\n\"]",
            "x",
            "[1",
        ] {
            assert!(Json::parse(text.to_owned()).is_err(), "{text}");
        }
    }

    #[test]
    fn a_part_is_what_stands_there() {
        let root = || Json::parse(r#"{"a":{"b":[1,"two"]},"c":"x"}"#.to_owned()).unwrap().root();
        assert_eq!(root().member("a").unwrap().text(), r#"{"b":[1,"two"]}"#);
        assert_eq!(root().member("c").unwrap().text(), r#""x""#);
        assert!(root().member("b").is_none());
    }

    #[test]
    fn depth_costs_no_stack() {
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        assert!(Json::parse(deep).is_ok());
    }
}
