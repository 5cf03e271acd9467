//! Writing JSON, as serde_json writes it.

use super::ToWire;

/// A text that grows.
#[derive(Debug, Default)]
pub struct Writer {
    text: String,
}

impl Writer {
    pub(super) fn text(self) -> String {
        self.text
    }

    /// Begins an object or a list.
    pub fn begin(&mut self, bracket: char) {
        self.text.push(bracket);
    }

    pub fn end(&mut self, bracket: char) {
        self.text.push(bracket);
    }

    fn separate(&mut self) {
        if !self.text.ends_with(['{', '[']) {
            self.text.push(',');
        }
    }

    fn key(&mut self, name: &str) {
        self.separate();
        self.name(name);
        self.text.push(':');
    }

    /// A member of an object.
    pub fn member<T: ToWire + ?Sized>(&mut self, name: &str, value: &T) {
        self.key(name);
        value.write(self);
    }

    /// The member that tells what the others are.
    pub fn tag(&mut self, tag: &str, name: &str) {
        self.key(tag);
        self.name(name);
    }

    pub(super) fn list<'a, T: ToWire + 'a>(&mut self, values: impl IntoIterator<Item = &'a T>) {
        self.begin('[');
        for value in values {
            self.separate();
            value.write(self);
        }
        self.end(']');
    }

    /// A value that is written without quotes.
    pub fn bare(&mut self, value: &str) {
        self.text.push_str(value);
    }

    pub(super) fn unsigned(&mut self, value: u64) {
        self.text.push_str(&digits(value));
    }

    pub(super) fn signed(&mut self, value: i32) {
        if value < 0 {
            self.text.push('-');
        }
        self.unsigned(u64::from(value.unsigned_abs()));
    }

    /// A text.
    pub fn name(&mut self, text: &str) {
        self.text.push('"');
        let mut written = 0;
        for (place, byte) in text.bytes().enumerate() {
            if byte < 0x20 || byte == b'"' || byte == b'\\' {
                self.text.push_str(text.get(written..place).unwrap_or_default());
                self.escaped(byte);
                written = place + 1;
            }
        }
        self.text.push_str(text.get(written..).unwrap_or_default());
        self.text.push('"');
    }

    fn escaped(&mut self, byte: u8) {
        self.text.push('\\');
        let short = match byte {
            b'\n' => 'n',
            b'\t' => 't',
            b'\r' => 'r',
            0x08 => 'b',
            0x0c => 'f',
            b'"' | b'\\' => char::from(byte),
            _ => 'u',
        };
        self.text.push(short);
        if short == 'u' {
            self.text.push_str(if byte < 0x10 { "000" } else { "001" });
            self.text.push(char::from_digit(u32::from(byte % 16), 16).unwrap_or('0'));
        }
    }
}

/// A number, the short way.
pub(super) fn digits(mut value: u64) -> String {
    let mut digits = Vec::new();
    loop {
        #[allow(clippy::cast_possible_truncation, reason = "less than ten")]
        digits.push(b'0' + (value % 10) as u8);
        value /= 10;
        if value == 0 {
            break digits.iter().rev().map(|digit| char::from(*digit)).collect();
        }
    }
}
