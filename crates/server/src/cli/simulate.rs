//! `simulate`: a storm of gifts, and whether the totals add up.

use std::{io::Write, path::PathBuf, time::Duration};

use anyhow::{Context, bail};
use clap::{ArgGroup, Args};
use duelcast_protocol::{BattleId, UserId};
use duelcast_server::{
    auth::{self, ApiKey, Claims},
    simulate::{MAX_UPDATES, Report, Simulation},
};

const USER: &str = "simulate";
const TOKEN_TTL: Duration = Duration::from_secs(3_600);
/// Faults that are printed.
const MAX_SHOWN: usize = 20;

#[derive(Args)]
#[command(group = ArgGroup::new("credential").required(true).args(["token", "api_key"]))]
pub(crate) struct Simulate {
    /// Address of the server
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    server: String,
    /// Authorities (PEM) to believe besides those that browsers believe
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
    /// A service token of it
    #[arg(long, env = "DUELCAST_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// An API key of it, to sign such a token
    #[arg(long, env = "DUELCAST_API_KEY", value_name = "ID:SECRET", hide_env_values = true)]
    api_key: Option<ApiKey>,
    /// A battle that is running
    #[arg(long, value_name = "ID")]
    battle: BattleId,
    /// The same seed sends the same gifts with the same keys
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many gifts
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=i64::from(MAX_UPDATES)))]
    updates: u32,
    /// Gifts that are sent at once
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u16).range(1..=1_000))]
    concurrency: u16,
}

/// Prints what came of it; an error if something does not add up.
#[tokio::main]
pub(crate) async fn simulate(arguments: Simulate) -> anyhow::Result<()> {
    let service_token = match (arguments.token, &arguments.api_key) {
        (Some(token), _) => token,
        (None, Some(key)) => sign(key)?,
        (None, None) => bail!("Give a service token with --token, or an API key with --api-key."),
    };
    let simulation = Simulation {
        server: arguments.server,
        ca: arguments.ca,
        service_token,
        battle: arguments.battle,
        seed: arguments.seed,
        updates: arguments.updates,
        concurrency: arguments.concurrency.into(),
    };
    let report = simulation.run().await?;
    let text = text(&report, arguments.updates);
    write!(std::io::stdout(), "{text}").context("nobody reads what came of it")?;
    if !report.faults.is_empty() {
        bail!("{} things do not add up.", report.faults.len());
    }
    Ok(())
}

fn sign(key: &ApiKey) -> anyhow::Result<String> {
    let claims = Claims::new(&key.id, UserId::new(USER)?, "", TOKEN_TTL);
    Ok(auth::mint(key, &Claims { service: true, ..claims }))
}

fn text(report: &Report, updates: u32) -> String {
    let Report { requests, points, faults } = report;
    let mut text = format!("{updates} gifts in {requests} requests, {points} points added\n");
    for fault in faults.iter().take(MAX_SHOWN) {
        text += &format!("  {fault}\n");
    }
    text += if faults.is_empty() { "the totals add up\n" } else { "THE TOTALS DO NOT ADD UP\n" };
    text
}
