//! The top contributors: three avatars at each end of the clock during a battle, names and points
//! in the result.

use std::sync::Arc;

use duelcast_protocol::{BattleInfo, BattleSide, Contributor, LiveId, SideContributors};
use leptos::prelude::*;

use super::verdict::own_first;
use crate::{
    components::{avatar::Face, room::use_room},
    format::{compact, display_name, list},
    i18n::words,
};

fn name(contributor: &Contributor) -> String {
    let Contributor { user_id, user_name, .. } = contributor;
    if user_name.is_empty() { user_id.clone() } else { user_name.clone() }
}

fn of_side(sides: &[SideContributors], live_id: &LiveId) -> Vec<Contributor> {
    let side = sides.iter().find(|side| side.live_id == *live_id);
    side.map(|side| side.contributors.clone()).unwrap_or_default()
}

/// The avatars of one side, the largest contribution first.
pub fn supporters(side: &BattleSide) -> impl IntoView + use<> {
    let contributors = use_room().battle.state.contributors.clone();
    let (live_id, streamer) = (side.live_id.clone(), display_name(&side.user));
    let top = Memo::new({
        let live_id = live_id.clone();
        move |_| contributors.with(|sides| of_side(sides, &live_id))
    });
    let label = move || {
        let names: Vec<String> = top.with(|top| top.iter().map(name).collect());
        (!names.is_empty()).then(|| words::supporters_of(&streamer, &list(&names)))
    };
    let role = move || top.with(|top| !top.is_empty()).then_some("img");
    view! {
        <span class="supporters" role=role aria-label=label data-testid="supporters" data-live-id=live_id.to_string()>
            <For
                each=move || top.get()
                key=|contributor| (contributor.user_id.clone(), contributor.user_name.clone())
                let:contributor
            >
                <Face name=name(&contributor) id=contributor.user_id />
            </For>
        </span>
    }
}

/// The columns of the result: both sides of a duel, else our side alone.
fn columns(battle: &BattleInfo, own: &LiveId) -> Vec<(String, Vec<Contributor>)> {
    let sides = battle.result.as_ref().map(|result| result.contributors.as_slice()).unwrap_or_default();
    let shown = if battle.sides.len() == 2 { 2 } else { 1 };
    let column = |side: &&BattleSide| (display_name(&side.user), of_side(sides, &side.live_id));
    let columns: Vec<_> = own_first(&battle.sides, own).iter().take(shown).map(column).collect();
    if columns.iter().all(|(_, top)| top.is_empty()) { Vec::new() } else { columns }
}

/// The top contributors in the result; renders nothing if there are none.
#[component]
pub fn SupporterColumns(battle: Arc<BattleInfo>, own: LiveId) -> impl IntoView {
    let columns = columns(&battle, &own);
    let column = |(streamer, top): (String, Vec<Contributor>)| {
        view! {
            <ol aria-label=words::supporters_of(&streamer, "")>
                {top.into_iter().map(|contributor| view! { <Supporter contributor /> }).collect_view()}
            </ol>
        }
    };
    (!columns.is_empty()).then(|| {
        view! {
            <p class="sub">{words::top_supporters()}</p>
            <div class="supporter-columns" data-testid="result-supporters">
                {columns.into_iter().map(column).collect_view()}
            </div>
        }
    })
}

#[component]
fn Supporter(contributor: Contributor) -> impl IntoView {
    let name = name(&contributor);
    view! {
        <li>
            <Face name=name.clone() id=contributor.user_id />
            <span class="ellipsis" dir="auto">{name}</span>
            <strong>{compact(contributor.score)}</strong>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use duelcast_protocol::{BattleEndReason, BattleResult};

    use super::*;
    use crate::components::pk::verdict::tests::{battle, live};

    fn given(to: &[(&str, &str)], scores: &[(&str, u64)]) -> BattleInfo {
        let side = |(live_id, giver): &(&str, &str)| SideContributors {
            live_id: live(live_id),
            contributors: vec![Contributor {
                user_id: (*giver).to_owned(),
                user_name: String::new(),
                score: 5,
            }],
        };
        let contributors = to.iter().map(side).collect();
        let result = BattleResult {
            reason: BattleEndReason::TimeUp,
            is_draw: false,
            ranking: Vec::new(),
            contributors,
            rule_versions: Vec::new(),
        };
        BattleInfo { result: Some(result), ..battle(scores) }
    }

    fn names(battle: &BattleInfo, own: &str) -> Vec<Vec<String>> {
        columns(battle, &live(own)).iter().map(|(_, top)| top.iter().map(name).collect()).collect()
    }

    #[test]
    fn a_duel_names_the_supporters_of_ones_own_side_first() {
        let duel = given(&[("a", "eve"), ("b", "bob")], &[("a", 5), ("b", 5)]);
        assert_eq!(names(&duel, "b"), [["bob"], ["eve"]]);
    }

    #[test]
    fn among_many_only_ones_own_supporters_are_named() {
        let many = given(&[("a", "eve"), ("b", "bob")], &[("a", 5), ("b", 5), ("c", 0)]);
        assert_eq!(names(&many, "b"), [["bob"]]);
        assert!(names(&many, "c").is_empty());
    }

    #[test]
    fn without_contributions_no_contributor_is_named() {
        assert!(names(&given(&[], &[("a", 0), ("b", 0)]), "a").is_empty());
    }
}
