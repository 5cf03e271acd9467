//! An acceptance test for a live night: a seeded storm of gifts against any server, and whether the
//! totals add up after it.
//!
//! Updates come in any order, concurrently, late, more than once and with stolen keys, as retries
//! and faults make them.

mod api;
mod check;
mod plan;

use std::{fmt, path::PathBuf};

use duelcast_protocol::BattleId;
use futures_util::{StreamExt, stream};

use self::{api::Api, check::Outcome, plan::Gift};

/// Updates in one simulation at most: a battle's ledger must have room for them.
pub const MAX_UPDATES: u32 = 50_000;

/// What to simulate.
#[derive(Debug, Clone)]
pub struct Simulation {
    /// Starts with `https://` or `http://`.
    pub server: String,
    /// A file of authorities to believe besides those that browsers believe.
    pub ca: Option<PathBuf>,
    pub service_token: String,
    /// A battle that is running.
    pub battle: BattleId,
    /// The same seed makes the same gifts, with the same keys: a second run has no effect.
    pub seed: u64,
    pub updates: u32,
    /// Requests that are under way at once.
    pub concurrency: usize,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    pub requests: u64,
    /// Points that this run should have added and did, if there are no faults.
    pub points: u64,
    /// What does not add up. One sentence each.
    pub faults: Vec<String>,
}

/// Why it could not be played to its end.
#[derive(Debug)]
pub struct SimulateError(String);

impl fmt::Display for SimulateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SimulateError {}

impl Simulation {
    /// Plays it and looks at the ledger. Other scores may come in between.
    ///
    /// # Errors
    /// If the server cannot be reached, or the battle is not there.
    pub async fn run(&self) -> Result<Report, SimulateError> {
        let api = Api::new(&self.server, &self.service_token, &self.battle, self.ca.as_deref())?;
        let battle = api.battle().await?;
        let before = api.ledger().await?;
        let gifts = plan::gifts(self.seed, self.updates.min(MAX_UPDATES), &battle);
        let outcomes: Vec<Outcome> = stream::iter(&gifts)
            .map(|gift| play(&api, gift))
            .buffer_unordered(self.concurrency.max(1))
            .collect()
            .await;
        let after = api.ledger().await?;
        let totals = api.battle().await?;
        let mut report = check::report(&gifts, &outcomes, &before, &after);
        if api.ledger().await?.len() == after.len() {
            report.faults.extend(check::totals(&totals, &after));
        }
        Ok(report)
    }
}

/// Sends a gift as often as it comes, at once, and then tries its key with another value.
async fn play(api: &Api, gift: &Gift) -> Outcome {
    let copies = (0..gift.copies).map(|_| api.add(gift, gift.value));
    let answers = futures_util::future::join_all(copies).await;
    let stolen = if gift.is_key_stolen { Some(api.add(gift, gift.value + 1).await) } else { None };
    Outcome { key: gift.key.clone(), answers, stolen }
}
