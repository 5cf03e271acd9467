//! Checks the texts of every language and makes functions of them, for the feature `app`.

#[cfg(not(feature = "app"))]
fn main() {}

#[cfg(feature = "app")]
fn main() {
    use std::{env, fs, path::Path, process};

    println!("cargo::rerun-if-changed=locales");
    let code = duelcast_catalogue::compile(Path::new("locales")).unwrap_or_else(|faults| {
        for fault in faults {
            println!("cargo::error=locales/{fault}");
        }
        process::exit(1);
    });
    let out = env::var_os("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("words.rs"), code).expect("cargo made the folder");
}
