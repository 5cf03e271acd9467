//! `cargo xtask test`: every test there is. A failed step does not keep the later ones from
//! running.

use std::process::Command;

use anyhow::Result;
use clap::ValueEnum;
use xshell::{Cmd, Shell, cmd};

use crate::{
    chromium, client, npm, paths,
    server::{self, BILLING, SERVER, Service},
    steps::{self, Step},
    tally::Tally,
    tools,
};

/// A part of the tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    Lint,
    Native,
    Contract,
    Wasm,
    E2e,
    Npm,
}

use Part::{Contract, E2e, Lint, Native, Npm, Wasm};

/// What a step of the tests does.
enum Work {
    /// Makes ready what tests need.
    Prepare(fn() -> Result<()>),
    /// Runs tests and counts them.
    Test(fn(&Shell) -> Result<Run>),
}

use Work::{Prepare, Test};

/// A command that tests, and the server that it talks to, which ends with it.
struct Run {
    command: Command,
    _server: Option<Service>,
}

impl From<Cmd<'_>> for Run {
    fn from(command: Cmd<'_>) -> Self {
        Self { command: command.into(), _server: None }
    }
}

const TRIPLE: &str = "wasm32-unknown-unknown";

const fn prepare((what, work): Step) -> (&'static str, Work) {
    (what, Prepare(work))
}

/// The steps in their order, each with the parts that need it.
const STEPS: [(&[Part], (&str, Work)); 18] = [
    (&[Wasm, E2e, Npm], ("looking for Chromium and its driver", Prepare(chromium::install))),
    (&[Lint, Native, Contract, Wasm, E2e, Npm], prepare(client::BUILD)),
    (&[Lint], ("the format of Rust", Test(|shell| Ok(cmd!(shell, "cargo fmt --all --check").into())))),
    (
        &[Lint],
        ("the format of the rest", Test(|shell| Ok(cmd!(shell, "npm run --silent format:check").into()))),
    ),
    (&[Lint], ("stylelint", Test(|shell| Ok(cmd!(shell, "npm run --silent lint").into())))),
    (&[Lint], ("clippy, native", Test(|shell| Ok(clippy(shell, &["--workspace"]))))),
    (&[Lint], ("clippy, wasm", Test(|shell| Ok(clippy(shell, &["-p", "duelcast", "--target", TRIPLE]))))),
    (&[Lint], ("clippy, custom elements", Test(clippy_elements))),
    (&[Lint], ("clippy, the library alone", Test(clippy_example))),
    (&[Lint], ("the engine as wasm", Test(check_engine))),
    (
        &[Native],
        ("native tests", Test(|shell| Ok(cmd!(shell, "cargo test --workspace --no-fail-fast").into()))),
    ),
    (&[Contract, E2e, Npm], prepare(server::BUILD_WITH_TESTS)),
    (&[Contract], ("the API against its document", Test(contract))),
    (&[Wasm], ("browser tests of the client", Test(wasm))),
    (&[E2e, Npm], ("installing what drives pages", Prepare(install_e2e))),
    (&[E2e], ("end-to-end tests", Test(e2e))),
    (&[Npm], prepare(npm::BUILD)),
    (&[Npm], ("tests of the npm package", Test(npm))),
];

/// Runs one part or all and prints the sum; whether nothing failed.
pub fn run(only: Option<Part>) -> Result<bool> {
    steps::run(&[client::TOOLS])?;
    let is_wanted = |parts: &[Part]| only.is_none_or(|only| parts.contains(&only));
    let steps: Vec<_> = STEPS.into_iter().filter(|(parts, _)| is_wanted(parts)).collect();
    let shell = paths::shell()?;
    let mut tally = Tally::default();
    let total = steps.len();
    for (at, (_, (what, work))) in steps.into_iter().enumerate() {
        let started = steps::begin(at, total, what);
        let result = match work {
            Prepare(prepare) => prepare(),
            Test(run) => run(&shell).and_then(|run| tally.run(what, run.command)),
        };
        if let Err(error) = result {
            tally.give_up(what, &error);
        }
        steps::end(started);
    }
    Ok(tally.finish())
}

/// Playwright and what else drives pages.
pub fn install_e2e() -> Result<()> {
    tools::npm_ci(&paths::root().join("tests/e2e"))
}

/// Every warning is an error.
fn clippy(shell: &Shell, of: &[&str]) -> Run {
    cmd!(shell, "cargo clippy {of...} --all-targets -- -D warnings").into()
}

fn clippy_elements(shell: &Shell) -> Result<Run> {
    Ok(clippy(shell, &["-p", "duelcast-embed", "--features", "elements", "--target", TRIPLE]))
}

fn clippy_example(shell: &Shell) -> Result<Run> {
    Ok(clippy(shell, &["-p", "duelcast-example-leptos", "--target", TRIPLE]))
}

fn check_engine(shell: &Shell) -> Result<Run> {
    Ok(cmd!(shell, "cargo check -p duelcast-engine --target {TRIPLE}").into())
}

/// wasm-bindgen tests in headless Chromium.
fn wasm(shell: &Shell) -> Result<Run> {
    let runner = tools::wasm_bindgen()?.join("wasm-bindgen-test-runner");
    let command = cmd!(shell, "cargo test -p duelcast --target {TRIPLE} --lib --tests --no-fail-fast")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        // Seconds that one test binary may take in the browser.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
        .env("CHROMEDRIVER", chromium::driver()?);
    Ok(command.into())
}

/// Real pages against the real server.
fn e2e(shell: &Shell) -> Result<Run> {
    let command = cmd!(shell, "npm test --silent --prefix tests/e2e")
        .env("DUELCAST_SERVER", paths::binary("debug", SERVER))
        .env("DUELCAST_BILLING", paths::binary("debug", BILLING))
        .env("CHROMIUM", chromium::browser()?);
    Ok(command.into())
}

/// The npm package: what is in it, and its pages against the real server.
fn npm(shell: &Shell) -> Result<Run> {
    let example = paths::target().join("leptos-example");
    cmd!(
        shell,
        "trunk build --config examples/leptos --skip-version-check --no-sri --public-url ./ --dist {example}"
    )
    .env("PATH", tools::path()?)
    .env_remove("NO_COLOR")
    .run()?;
    let command = cmd!(shell, "npm test --silent --prefix npm")
        .env("DUELCAST_SERVER", paths::binary("debug", SERVER))
        .env("DUELCAST_LEPTOS_EXAMPLE", example)
        .env("DUELCAST_SYMBOLS", paths::symbols())
        .env("CHROMIUM", chromium::browser()?);
    Ok(command.into())
}

/// schemathesis sends what the OpenAPI document allows and what it forbids to the real server, and
/// looks at each answer.
fn contract(shell: &Shell) -> Result<Run> {
    /// Signs the token of this run, on a server that ends with it.
    const API_KEY: &str = "contract:a-secret-of-a-server-that-soon-ends";
    let (folder, config) = (paths::target().join("contract"), paths::root().join("xtask/contract.toml"));
    shell.remove_path(&folder)?;
    shell.create_dir(&folder)?;
    let program = paths::binary("debug", SERVER);
    let data = folder.join("data");
    let server = cmd!(shell, "{program} serve --demo --listen 127.0.0.1:0 --log error --data {data}")
        .env("DUELCAST_API_KEY", API_KEY);
    let server = Service::start("the server", server)?;
    let token = cmd!(shell, "{program} token --service --user contract").env("DUELCAST_API_KEY", API_KEY);
    let authorization = format!("Authorization: Bearer {}", token.quiet().read()?);

    let schemathesis = tools::schemathesis()?;
    let document = format!("{}/openapi.json", server.url);
    let _folder = shell.push_dir(&folder);
    // The same cases in every run, at most 40 of each operation and phase.
    let command =
        cmd!(shell, "{schemathesis} --config-file {config} run {document} --header {authorization}")
            .args(["--checks", "all", "--seed", "1", "--max-examples", "40"])
            .args(["--generation-database", "none", "--continue-on-failure"]);
    Ok(Run { command: command.into(), _server: Some(server) })
}
