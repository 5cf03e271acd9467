//! Names and scores, and who won.

use duelcast::stores::BattleStore;
use duelcast_protocol::{BattleSide, Event, LiveId};
use futures::StreamExt;
use leptos::{prelude::*, task::spawn_local_scoped_with_cancellation};

/// Follows the battle of a live.
#[component]
pub fn Scoreboard(live_id: LiveId) -> impl IntoView {
    let store = BattleStore::create(&live_id);
    let battle = store.state.battle.clone();
    let winner = RwSignal::new(None::<String>);
    let mut events = store.events();
    spawn_local_scoped_with_cancellation(async move {
        while let Some(frame) = events.next().await {
            if let Event::OnBattleEnded { battle_info } = &frame.event {
                let first = battle_info.result.as_ref().and_then(|result| result.ranking.first());
                winner.set(first.map(|side| side.user_id.to_string()));
            }
        }
    });
    let scores = store.state.clone();
    let row = move |side: BattleSide| {
        let score = scores.score(&side.live_id);
        view! { <li>{side.user.user_name} ": " {move || score.get()}</li> }
    };
    view! {
        <ul>{move || battle.get().map(|battle| battle.sides.into_iter().map(&row).collect_view())}</ul>
        {move || winner.get().map(|winner| view! { <p>{winner} " wins"</p> })}
    }
}
