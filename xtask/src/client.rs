//! Building the client into `dist/`: Trunk, wasm-opt, brotli. Nothing is done when nothing changed,
//! and `dist/` changes as a whole, at the end.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};

use crate::{
    fingerprint, paths,
    process::{cargo, node, path_with, run},
    steps::Work,
    tools,
};

/// Everything that the client's wasm is made of.
pub const SOURCES: [&str; 10] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "build.rs",
    "crates/catalogue",
    "crates/protocol/Cargo.toml",
    "crates/protocol/src",
    "locales",
    "rust-toolchain.toml",
    "src",
];

/// What the page around it is made of.
const PAGE: [&str; 4] = ["Trunk.toml", "index.html", "public", "style"];

/// No hashes of contents in the page: wasm-opt changes the module after Trunk has written them.
const TRUNK_ARGS: [&str; 7] = [
    "build",
    "--offline",
    "--skip-version-check",
    "--no-sri",
    "--minify=false",
    "--cargo-profile",
    "wasm-release",
];

/// The level that goes with the profile's `opt-level`, and the features that rustc uses, named one
/// by one: `--all-features` makes a module that Chromium refuses.
pub const WASM_OPT_ARGS: [&str; 7] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Makes sure that the tools for [`build`] are there.
pub fn install_tools() -> Result<Work> {
    let (trunk, wasm_bindgen) = (tools::trunk(), tools::wasm_bindgen()?);
    let is_complete = trunk.find()?.is_some() && wasm_bindgen.find()?.is_some();
    trunk.ensure()?;
    wasm_bindgen.ensure()?;
    tools::binaryen()?;
    tools::esbuild()?;
    Ok(if is_complete { Work::UpToDate } else { Work::Done })
}

/// Brings `dist/` up to date.
pub fn build() -> Result<Work> {
    let settings = format!("{TRUNK_ARGS:?} {WASM_OPT_ARGS:?}");
    let fingerprint = fingerprint::of(paths::root(), &[&SOURCES[..], &PAGE].concat(), &settings)?;
    let stamp = paths::target().join("client.fingerprint");
    let is_built = paths::dist().join("index.html").is_file();
    if is_built && fs::read_to_string(&stamp).is_ok_and(|last| last == fingerprint) {
        return Ok(Work::UpToDate);
    }
    let stage = paths::root().join("dist.next");
    bundle(&stage)?;
    take_out_inline_script(&stage)?;
    optimize(&stage)?;
    minify(&stage)?;
    run(node("compress.mjs").arg(&stage))?;
    publish(&stage)?;
    fs::write(&stamp, fingerprint).with_context(|| format!("{} cannot be written", stamp.display()))?;
    Ok(Work::Done)
}

fn bundle(stage: &Path) -> Result<()> {
    let (trunk, wasm_bindgen) = (tools::trunk().ensure()?, tools::wasm_bindgen()?.ensure()?);
    // Trunk asks Cargo for no network.
    run(cargo().args(["fetch", "--target", "wasm32-unknown-unknown"]))?;
    run(Command::new(trunk.join("trunk"))
        .args(TRUNK_ARGS)
        .arg("--dist")
        .arg(stage)
        .current_dir(paths::root())
        .env("PATH", path_with(&[&wasm_bindgen])?)
        .env_remove("NO_COLOR"))
}

/// Trunk starts the module from within the page; the server's content security policy allows no
/// script there.
fn take_out_inline_script(stage: &Path) -> Result<()> {
    let page = stage.join("index.html");
    let text = fs::read_to_string(&page).with_context(|| format!("{} cannot be read", page.display()))?;
    let Split { page: text, name, script } =
        split(&text).context("Trunk's page does not start its module as it used to")?;
    fs::write(&page, text).with_context(|| format!("{} cannot be written", page.display()))?;
    let file = stage.join(name);
    fs::write(&file, script).with_context(|| format!("{} cannot be written", file.display()))
}

/// A page without its script, and the script, named as the module that it starts.
struct Split {
    page: String,
    name: String,
    script: String,
}

fn split(page: &str) -> Option<Split> {
    const OPENING: &str = "<script type=\"module\">";
    let (before, rest) = page.split_once(OPENING)?;
    let (script, after) = rest.split_once("</script>")?;
    let (_, module) = script.split_once("/duelcast-app")?;
    let (suffix, _) = module.split_once(".js")?;
    let name = format!("start{suffix}.js");
    let page = format!("{before}<script type=\"module\" src=\"/{name}\"></script>{after}");
    Some(Split { page, name, script: script.trim_start().to_owned() })
}

/// Runs wasm-opt over the modules of a folder; writes the names of their functions to
/// [`paths::symbols`].
pub fn optimize(folder: &Path) -> Result<()> {
    let wasm_opt = tools::binaryen()?.join("wasm-opt");
    let symbols = paths::symbols();
    fs::create_dir_all(&symbols).with_context(|| format!("{} cannot be made", symbols.display()))?;
    for name in names(folder)?.iter().filter(|name| name.ends_with("_bg.wasm")) {
        let module = folder.join(name);
        let names = symbols.join(name.replace("_bg.wasm", ".symbols"));
        run(Command::new(&wasm_opt)
            .args(WASM_OPT_ARGS)
            .arg(format!("--symbolmap={}", names.display()))
            .arg(&module)
            .arg("-o")
            .arg(&module))?;
    }
    Ok(())
}

/// By a tool of our own choice: the one inside Trunk is another than the one that makes the package
/// small.
fn minify(stage: &Path) -> Result<()> {
    let scripts = scripts(stage)?;
    run(Command::new(tools::esbuild()?.join("esbuild"))
        .args(["--minify", "--format=esm", "--log-level=warning", "--allow-overwrite", "--outdir=."])
        .args(scripts)
        .current_dir(stage))
}

/// The wasm's JavaScript; ours is read as it is.
fn scripts(stage: &Path) -> Result<Vec<String>> {
    Ok(names(stage)?
        .into_iter()
        .filter(|name| name.starts_with("duelcast-app") && name.ends_with(".js"))
        .collect())
}

/// The names of a folder's files.
fn names(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

fn publish(stage: &Path) -> Result<()> {
    let dist = paths::dist();
    if dist.exists() {
        fs::remove_dir_all(&dist).with_context(|| format!("{} cannot be replaced", dist.display()))?;
    }
    fs::rename(stage, &dist).with_context(|| format!("{} cannot be replaced", dist.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_that_starts_the_module_gets_a_file_of_its_name() {
        let page =
            "<head><script type=\"module\">\nimport init from '/duelcast-app-41a2.js';\n</script></head>";
        let Split { page, name, script } = split(page).unwrap();
        assert_eq!(name, "start-41a2.js");
        assert_eq!(page, "<head><script type=\"module\" src=\"/start-41a2.js\"></script></head>");
        assert_eq!(script, "import init from '/duelcast-app-41a2.js';\n");
        assert!(split("<head></head>").is_none());
    }
}
