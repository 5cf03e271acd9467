//! Makes sure that the folder of the client's files exists, since its path is fixed when the server is compiled; and a release
//! embeds the files anew when they change.

use std::{env, fs, path::PathBuf};

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let dist = PathBuf::from(root).join("../../dist");
    if let Err(error) = fs::create_dir_all(&dist) {
        println!("cargo:warning={} cannot be created: {error}", dist.display());
    }
    println!("cargo:rerun-if-changed=build.rs");
    if env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo:rerun-if-changed={}", dist.display());
    }
}
