//! Numbers, texts, lists, and what may be absent.

use std::{rc::Rc, sync::Arc};

use super::{At, FromWire, Members, Reader, ToWire, Writer};

/// The integer that is written there; a fraction or an exponent is none.
pub(super) fn unsigned(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || (digits.len() > 1 && digits.first() == Some(&b'0')) {
        return None;
    }
    digits.iter().try_fold(0_u64, |value, digit| {
        let digit = digit.wrapping_sub(b'0');
        if digit > 9 { None } else { value.checked_mul(10)?.checked_add(u64::from(digit)) }
    })
}

pub(super) fn signed(digits: &[u8]) -> Option<i32> {
    match digits.strip_prefix(b"-") {
        Some(digits) => i32::try_from(0_i64.checked_sub_unsigned(unsigned(digits)?)?).ok(),
        None => i32::try_from(unsigned(digits)?).ok(),
    }
}

/// What a text means; a half of a surrogate pair is shown as the replacement character.
pub(super) fn unescaped(raw: &str) -> Option<String> {
    let Some((plain, mut rest)) = raw.split_once('\\') else {
        return Some(raw.to_owned());
    };
    let mut text = plain.to_owned();
    loop {
        let mut chars = rest.chars();
        let char = match chars.next()? {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            char @ ('"' | '\\' | '/') => char,
            'u' => {
                let (char, left) = unescaped_unit(chars.as_str())?;
                chars = left.chars();
                char
            }
            _ => return None,
        };
        text.push(char);
        rest = chars.as_str();
        match rest.split_once('\\') {
            Some((plain, left)) => {
                text.push_str(plain);
                rest = left;
            }
            None => {
                text.push_str(rest);
                return Some(text);
            }
        }
    }
}

fn unescaped_unit(rest: &str) -> Option<(char, &str)> {
    let (first, rest) = hex(rest)?;
    if let Some(after) = rest.strip_prefix("\\u")
        && (0xd800..0xdc00).contains(&first)
        && let Some((second @ 0xdc00..0xe000, after)) = hex(after)
    {
        let char = char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00))?;
        return Some((char, after));
    }
    Some((char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER), rest))
}

fn hex(text: &str) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_at_checked(4)?;
    let value = digits.chars().try_fold(0, |value, digit| Some(value * 16 + digit.to_digit(16)?))?;
    Some((value, rest))
}

macro_rules! unsigned_integers {
    ($($ty:ty)*) => {$(
        impl FromWire for $ty {
            #[allow(clippy::cast_possible_truncation, reason = "it is within the range of the type")]
            fn read(reader: &mut Reader<'_>, at: At) -> Self {
                reader.unsigned(at, u64::from(<$ty>::MAX)) as $ty
            }
        }
        impl ToWire for $ty {
            fn write(&self, writer: &mut Writer) {
                writer.unsigned(u64::from(*self));
            }
        }
    )*};
}

unsigned_integers!(u8 u16 u32 u64);

impl FromWire for i32 {
    fn read(reader: &mut Reader<'_>, at: At) -> Self {
        reader.signed(at)
    }
}

impl ToWire for i32 {
    fn write(&self, writer: &mut Writer) {
        writer.signed(*self);
    }
}

impl FromWire for bool {
    fn read(reader: &mut Reader<'_>, at: At) -> Self {
        reader.is_true(at)
    }
}

impl ToWire for bool {
    fn write(&self, writer: &mut Writer) {
        writer.bare(if *self { "true" } else { "false" });
    }
}

impl FromWire for String {
    fn read(reader: &mut Reader<'_>, at: At) -> Self {
        reader.text(at)
    }
}

impl ToWire for String {
    fn write(&self, writer: &mut Writer) {
        writer.name(self);
    }
}

impl ToWire for str {
    fn write(&self, writer: &mut Writer) {
        writer.name(self);
    }
}

impl ToWire for Arc<str> {
    fn write(&self, writer: &mut Writer) {
        writer.name(self);
    }
}

impl<T: FromWire> FromWire for Option<T> {
    fn read(reader: &mut Reader<'_>, at: At) -> Self {
        if reader.is_nothing(at) { None } else { Some(T::read(reader, at)) }
    }
}

impl<T: ToWire> ToWire for Option<T> {
    fn write(&self, writer: &mut Writer) {
        match self {
            Some(value) => value.write(writer),
            None => writer.bare("null"),
        }
    }
}

impl<T: FromWire> FromWire for Box<T> {
    fn read(reader: &mut Reader<'_>, at: At) -> Self {
        Self::new(T::read(reader, at))
    }
}

impl<T: ToWire + ?Sized> ToWire for Box<T> {
    fn write(&self, writer: &mut Writer) {
        (**self).write(writer);
    }
}

impl<T: ToWire + ?Sized> ToWire for Rc<T> {
    fn write(&self, writer: &mut Writer) {
        (**self).write(writer);
    }
}

impl<T: Members + ?Sized> Members for Box<T> {
    fn write_members(&self, writer: &mut Writer) {
        (**self).write_members(writer);
    }
}

impl<T: ToWire + ?Sized> ToWire for &T {
    fn write(&self, writer: &mut Writer) {
        (**self).write(writer);
    }
}

impl<T: FromWire> FromWire for Vec<T> {
    fn read(reader: &mut Reader<'_>, at: At) -> Self {
        let mut values = Self::new();
        let (mut next, end) = reader.list(at);
        while next != end {
            values.push(T::read(reader, next));
            next = reader.next(next);
        }
        values
    }
}

impl<T: ToWire> ToWire for [T] {
    fn write(&self, writer: &mut Writer) {
        writer.list(self);
    }
}

impl<T: ToWire> ToWire for Vec<T> {
    fn write(&self, writer: &mut Writer) {
        writer.list(self);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_mean_what_they_say() {
        let cases = [
            (r#"a\n\t\"\\\/\u0041z"#, Some("a\n\t\"\\/Az")),
            (r"\ud83c\udf39", Some("🌹")),
            (r"\ud83cx", Some("\u{fffd}x")),
            (r"\x", None),
            (r"\u12", None),
            (r"\", None),
        ];
        for (raw, meant) in cases {
            assert_eq!(unescaped(raw).as_deref(), meant, "{raw}");
        }
    }

    #[test]
    fn numbers_are_integers_in_their_range() {
        assert_eq!(unsigned(b"18446744073709551615"), Some(u64::MAX));
        assert_eq!((signed(b"-32700"), signed(b"2147483647")), (Some(-32_700), Some(i32::MAX)));
        for wrong in ["", "-", "01", "1.0", "1e3", "18446744073709551616", "x"] {
            assert_eq!((unsigned(wrong.as_bytes()), signed(wrong.as_bytes())), (None, None), "{wrong}");
        }
    }
}
