//! The npm package in `npm/dist`.

use std::path::PathBuf;

use anyhow::Result;
use xshell::cmd;

use crate::{client, paths, steps::Step, tools};

pub const BUILD: Step = ("building the npm package", build);

/// The level that goes with the profile's `opt-level`, and the features that rustc uses, named one
/// by one: `--all-features` makes a module that Chromium refuses. index.html has the same for the
/// app.
const WASM_OPT_ARGS: [&str; 7] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The forms of the wasm: its file's name and the features it is built with.
const FORMS: [(&str, &[&str]); 2] = [("duelcast", &[]), ("elements", &["--features", "elements"])];

/// Brings `npm/dist` up to date.
pub fn build() -> Result<()> {
    let stamp = paths::target().join("npm.built");
    let is_built = FORMS.iter().all(|(name, _)| wasm(name).is_file());
    if !is_built || !paths::is_newer(&stamp, &[&client::SOURCES[..], &["crates/embed"]].concat())? {
        let started = tempfile::NamedTempFile::new_in(paths::target())?;
        FORMS.iter().try_for_each(|(name, features)| build_wasm(name, features))?;
        started.persist(stamp)?;
    }
    tools::npm_ci(&folder())?;
    let shell = paths::shell()?;
    shell.change_dir(folder());
    Ok(cmd!(shell, "npm run --silent build").quiet().run()?)
}

/// The folder of the package.
pub fn folder() -> PathBuf {
    paths::root().join("npm")
}

fn wasm(name: &str) -> PathBuf {
    folder().join(format!("dist/wasm/{name}_bg.wasm"))
}

fn build_wasm(name: &str, features: &[&str]) -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    const PROFILE: &str = "wasm-release";
    let shell = paths::shell()?;
    cmd!(shell, "cargo build -p duelcast-embed --profile {PROFILE} --target {TARGET} {features...}").run()?;
    shell.set_var("PATH", tools::path()?);
    let built = paths::target().join(TARGET).join(PROFILE).join("duelcast_embed.wasm");
    cmd!(shell, "wasm-bindgen --target web --out-name {name} --out-dir npm/dist/wasm {built}").run()?;
    cmd!(shell, "node xtask/scripts/guard.mjs npm/dist/wasm/{name}.js").run()?;
    shell.create_dir(paths::symbols())?;
    let (wasm, symbols) = (wasm(name), paths::symbols().join(format!("{name}.symbols")));
    cmd!(shell, "wasm-opt {WASM_OPT_ARGS...} --symbolmap={symbols} {wasm} -o {wasm}").run()?;
    Ok(())
}
