//! The battle layer above the seats: bar, clock and status.

use std::sync::Arc;

use duelcast_protocol::{BattleId, BattleInfo, BattlePhase, BattleSide, LiveId};
use leptos::prelude::*;

use super::{
    bar::{BarSide, DuelBar, StackedBar},
    clock::ClockPill,
    controls::{ExitButton, LetOffButton, RematchButton},
    spoken::Spoken,
    supporters::supporters,
    verdict::{Verdict, is_result_fresh, own_first, result_lines, verdict},
};
use crate::{
    app::use_app,
    components::{
        countdown::use_countdown,
        room::{RoomContext, use_room},
    },
    format::{display_name, grouped, list},
    i18n::words,
};

/// Shown during a battle, and in a compact form after it while the lives stay connected.
#[component]
pub fn PkLayer() -> impl IntoView {
    let room = use_room();
    let state = room.battle.state.clone();
    let battle_id = Memo::new(move |_| {
        let is_connected = room.co_host.state.connected.with(|lives| !lives.is_empty());
        state.battle.with(|battle| {
            let battle = battle.as_ref()?;
            (is_connected || battle.phase != BattlePhase::Ended).then(|| battle.battle_id.clone())
        })
    });
    move || battle_id.get().map(|battle_id| view! { <Layer battle_id /> })
}

#[component]
fn Layer(battle_id: BattleId) -> impl IntoView {
    let room = use_room();
    let state = room.battle.state.clone();
    let phase = Memo::new(move |_| state.phase.get().map_or("ended", phase_name));
    let battle = room.battle.state.battle.clone();
    let first = battle.get_untracked().map(Arc::new);
    view! {
        <section
            class="pk-layer"
            part="battle"
            aria-label=words::battle()
            data-testid="pk-layer"
            data-phase=move || phase.get()
            data-battle-id=battle_id.to_string()
        >
            {first.clone().map(|battle| view! { <Bar battle /> })}
            {move || battle.get().map(|battle| view! { <Status battle=Arc::new(battle) /> })}
            {first.filter(|_| room.has_controls).map(|battle| view! { <Spoken battle /> })}
        </section>
    }
}

fn phase_name(phase: BattlePhase) -> &'static str {
    match phase {
        BattlePhase::Running => "running",
        BattlePhase::Settling => "settling",
        BattlePhase::Penalty => "penalty",
        BattlePhase::Ended => "ended",
    }
}

fn bar_sides(room: &RoomContext, battle: &BattleInfo) -> Vec<BarSide> {
    let side = |(tint, side): (usize, &BattleSide)| BarSide {
        score: room.battle.state.score(&side.live_id).into(),
        name: display_name(&side.user),
        live_id: side.live_id.clone(),
        tint,
    };
    own_first(&battle.sides, &room.live_id).into_iter().enumerate().map(side).collect()
}

#[component]
fn Bar(battle: Arc<BattleInfo>) -> impl IntoView {
    let sides = bar_sides(&use_room(), &battle);
    match <[BarSide; 2]>::try_from(sides) {
        Ok([own, other]) => view! { <DuelBar own other /> }.into_any(),
        Err(sides) => view! { <StackedBar sides /> }.into_any(),
    }
}

#[component]
fn Status(battle: Arc<BattleInfo>) -> impl IntoView {
    match battle.phase {
        BattlePhase::Running => view! { <Running battle /> }.into_any(),
        BattlePhase::Settling => view! { <Settling /> }.into_any(),
        BattlePhase::Penalty => view! { <Penalty battle /> }.into_any(),
        BattlePhase::Ended => view! { <Over battle /> }.into_any(),
    }
}

#[component]
fn Running(battle: Arc<BattleInfo>) -> impl IntoView {
    let seconds = use_countdown(battle.ends_at, battle.config.duration_ms);
    let sides = own_first(&battle.sides, &use_room().live_id);
    let (own, other) = (sides.first(), sides.get(1).filter(|_| sides.len() == 2));
    view! {
        <div class="pk-row">
            {own.map(|side| supporters(side))}
            <ClockPill label=words::pk() seconds is_battle=true />
            <span class="pk-end">
                {other.map(|side| supporters(side))}
                <ExitButton battle />
            </span>
        </div>
    }
}

#[component]
fn Settling() -> impl IntoView {
    view! {
        <div class="pk-row">
            <span></span>
            <ClockPill label=words::pk() seconds=Signal::stored(0) is_battle=true />
            <span></span>
        </div>
        <p class="pk-strip">
            <span class="spinner"></span>
            {words::counting_last_gifts()}
        </p>
    }
}

#[component]
fn Penalty(battle: Arc<BattleInfo>) -> impl IntoView {
    let seconds = use_countdown(battle.penalty_ends_at.unwrap_or(battle.ends_at), battle.config.penalty_ms);
    let text = penalty_text(&battle, verdict(&battle, &use_room().live_id));
    view! {
        <div class="pk-row">
            <LetOffButton battle=battle.clone() />
            <ClockPill label=words::penalty() seconds is_battle=false />
            <RematchButton battle />
        </div>
        <p class="pk-strip" data-testid="pk-penalty">
            {text}
        </p>
    }
}

fn penalty_text(battle: &BattleInfo, verdict: Option<Verdict>) -> String {
    match verdict {
        Some(Verdict::Lost | Verdict::Exited) => words::penalty_own(),
        Some(Verdict::Draw) => words::draw_no_penalty(),
        Some(Verdict::Won | Verdict::Watched) | None => {
            let lines = result_lines(battle).into_iter();
            let losers: Vec<_> = lines.filter(|line| line.rank > 1).map(|line| line.name).collect();
            words::penalty_served_by(losers.len() as u64, &list(&losers))
        }
    }
}

#[component]
fn Over(battle: Arc<BattleInfo>) -> impl IntoView {
    let now = use_app().now();
    let text = over_text(&battle, &use_room().live_id);
    let fresh = battle.clone();
    let is_settled = Memo::new(move |_| !is_result_fresh(&fresh, now.get() as u64));
    view! {
        <div class="pk-over" class:quiet=move || is_settled.get()>
            <p class="pk-strip">{text}</p>
            <RematchButton battle />
        </div>
    }
}

/// The verdict and the scores in the order of the bar, our side first.
fn over_text(battle: &BattleInfo, own: &LiveId) -> String {
    let title = verdict(battle, own).unwrap_or(Verdict::Watched).title();
    let scores = own_first(&battle.sides, own).into_iter().map(|side| grouped(side.score));
    format!("{title} · {}", scores.collect::<Vec<_>>().join(" : "))
}
