//! How wasm is built for release: with a standard library that is built for size as well, without the texts of `Debug` and
//! without places in the source. A panic is a trap without a message, which `xtask/scripts/guard.js` catches. The compiler calls
//! these flags unstable, so `RUSTC_BOOTSTRAP` allows them; the toolchain is pinned, so they do not change below us. Development
//! builds and tests use stable flags.

use std::process::Command;

/// In the environment, since Trunk calls Cargo for us. A user's `RUSTFLAGS` and flags in `.cargo/config.toml` do not count then.
pub const ENVIRONMENT: [(&str, &str); 4] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
    (
        "CARGO_ENCODED_RUSTFLAGS",
        "-Zunstable-options\u{1f}-Cpanic=immediate-abort\u{1f}-Zlocation-detail=none\u{1f}-Zfmt-debug=none",
    ),
];

/// A command that builds wasm for release.
pub fn release(command: &mut Command) -> &mut Command {
    command.envs(ENVIRONMENT)
}
