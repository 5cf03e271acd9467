//! Embeds the client again after it was rebuilt. Debug builds read it from the disk and need no
//! rebuild.

fn main() {
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=../../dist");
    } else {
        println!("cargo::rerun-if-changed=build.rs");
    }
}
