//! Ids and bytes that cannot be guessed.

use std::fmt::Write as _;

/// Random bytes of an id: enough that none is ever drawn twice, and none is guessed.
const ID_BYTES: usize = 10;

/// Random bytes from the operating system.
#[must_use]
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// 20 random hexadecimal digits.
#[must_use]
pub fn id() -> String {
    hex(&bytes::<ID_BYTES>())
}

/// Lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a String cannot fail");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_differ_and_are_ids() {
        let (one, other) = (id(), id());
        assert_ne!(one, other);
        assert!(duelcast_protocol::EntryId::new(one).is_ok());
    }
}
