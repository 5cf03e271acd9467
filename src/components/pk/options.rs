//! The durations of a battle and its penalty.

use duelcast_protocol::{
    BattleConfig,
    limits::{MAX_BATTLE_DURATION_MS, MIN_BATTLE_DURATION_MS},
};
use leptos::prelude::*;

use crate::{
    components::choice::{Choice, Choices},
    format::length,
    i18n::words,
};

const DURATIONS_S: [u64; 5] = [30, 60, 120, 180, 300];
const PENALTIES_S: [u64; 4] = [0, 15, 30, 60];
const MIN_DURATION_S: u64 = MIN_BATTLE_DURATION_MS / 1_000;
const MAX_DURATION_S: u64 = MAX_BATTLE_DURATION_MS / 1_000;
const DEFAULT_DURATION_S: u64 = 60;
const DEFAULT_PENALTY_S: u64 = 30;
/// Grace period after the end in which gifts that were sent before it still count.
const SETTLE_MS: u64 = 1_000;

/// The picked durations in seconds.
#[derive(Clone, Copy)]
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
    /// The configuration of the picked battle.
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

/// Two rows of chips, and a number field for other durations.
#[component]
pub fn BattleOptions(choice: BattleChoice) -> impl IntoView {
    let durations = DURATIONS_S.map(|s| Choice::new(s, length(s), format!("pk-duration-{s}")));
    let penalties = PENALTIES_S.map(|s| {
        let label = if s == 0 { words::none() } else { length(s) };
        Choice::new(s, label, format!("pk-penalty-{s}"))
    });
    view! {
        <Choices legend=words::battle_length() choices=durations.to_vec() picked=choice.duration_s />
        <label class="field custom">
            <span>{words::duration_in_seconds()}</span>
            <input
                class="input"
                type="number"
                inputmode="numeric"
                min=MIN_DURATION_S.to_string()
                max=MAX_DURATION_S.to_string()
                data-testid="pk-duration-custom"
                prop:value=move || choice.duration_s.get().to_string()
                on:change=move |event| {
                    let seconds = event_target_value(&event).parse().unwrap_or(DEFAULT_DURATION_S);
                    choice.duration_s.set(u64::clamp(seconds, MIN_DURATION_S, MAX_DURATION_S));
                    let input: web_sys::HtmlInputElement = event_target(&event);
                    input.set_value(&choice.duration_s.get_untracked().to_string());
                }
            />
        </label>
        <Choices legend=words::penalty_for_losers() choices=penalties.to_vec() picked=choice.penalty_s />
    }
}
