//! How long a battle and its penalty are to be.

use duelcast_protocol::BattleConfig;
use leptos::prelude::*;

use crate::{
    components::choice::{Choice, Choices},
    format::length,
};

const DURATIONS_S: [u64; 5] = [30, 60, 120, 180, 300];
const PENALTIES_S: [u64; 4] = [0, 15, 30, 60];
const DEFAULT_DURATION_S: u64 = 60;
const DEFAULT_PENALTY_S: u64 = 30;
/// Gifts that were sent in the last moment are still counted for this long.
const SETTLE_MS: u64 = 1_000;

/// What was picked, in seconds.
#[derive(Debug, Clone, Copy)]
pub struct BattleChoice {
    pub duration_s: RwSignal<u64>,
    pub penalty_s: RwSignal<u64>,
}

impl Default for BattleChoice {
    fn default() -> Self {
        Self { duration_s: RwSignal::new(DEFAULT_DURATION_S), penalty_s: RwSignal::new(DEFAULT_PENALTY_S) }
    }
}

impl BattleChoice {
    /// The battle that was picked.
    pub fn config(self, need_response: bool) -> BattleConfig {
        BattleConfig {
            duration_ms: self.duration_s.get_untracked() * 1_000,
            penalty_ms: self.penalty_s.get_untracked() * 1_000,
            settle_ms: SETTLE_MS,
            need_response,
            ..BattleConfig::default()
        }
    }
}

/// Two rows of chips.
#[component]
pub fn BattleOptions(choice: BattleChoice) -> impl IntoView {
    let durations = DURATIONS_S.map(|s| Choice::new(s, length(s), format!("pk-duration-{s}")));
    let penalties = PENALTIES_S.map(|s| {
        let label = if s == 0 { "None".to_owned() } else { length(s) };
        Choice::new(s, label, format!("pk-penalty-{s}"))
    });
    view! {
        <Choices legend="Battle" choices=durations.to_vec() picked=choice.duration_s />
        <Choices legend="Penalty for the losers" choices=penalties.to_vec() picked=choice.penalty_s />
    }
}
