//! The hash chain of a battle's ledger: each line is bound to all lines before it.

use duelcast_secrets::random;
use sha2::{Digest, Sha256};

/// What precedes the first line.
pub(super) const ROOT: &str = "";

/// The hash of a line: SHA-256, in hexadecimal digits, of the hash before it, a line break, and the
/// line as it is kept.
pub(super) fn link(previous: &str, line: &str) -> String {
    let hash = Sha256::new().chain_update(previous).chain_update("\n").chain_update(line).finalize();
    random::hex(&hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_depends_on_the_line_and_on_what_precedes_it() {
        let first = link(ROOT, "one");
        assert_eq!(first, random::hex(&Sha256::digest("\none")));
        assert_ne!(link(&first, "two"), link(ROOT, "two"));
        assert_ne!(link(&first, "two"), link(&first, "2"));
    }
}
