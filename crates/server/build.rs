//! Names the commit, and embeds the client again after it was rebuilt. Debug builds read it from the
//! disk and need no rebuild.

use std::process::Command;

fn main() {
    println!("cargo::rustc-env=DUELCAST_COMMIT={}", commit());
    println!("cargo::rerun-if-env-changed=DUELCAST_COMMIT");
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=../../dist");
        println!("cargo::rerun-if-changed=../../.git/logs/HEAD");
    } else {
        println!("cargo::rerun-if-changed=build.rs");
    }
}

/// `$DUELCAST_COMMIT`, for builds without git; else the commit of the working tree.
fn commit() -> String {
    if let Ok(commit) = std::env::var("DUELCAST_COMMIT") {
        return commit;
    }
    let git = Command::new("git").args(["rev-parse", "--short=12", "HEAD"]).output();
    let commit = git.ok().filter(|output| output.status.success()).map(|output| output.stdout);
    let commit = commit.and_then(|commit| String::from_utf8(commit).ok()).unwrap_or_default();
    if commit.is_empty() { "unknown".to_owned() } else { commit.trim().to_owned() }
}
