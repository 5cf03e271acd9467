//! The intro of a battle: two opponents and a VS.

use duelcast_protocol::UserInfo;
use leptos::prelude::*;

use crate::{
    components::avatar::Avatar,
    format::{display_name, plus},
};

/// Our side on the left, the first opponent on the right; further opponents as a count.
#[component]
pub fn Intro(users: Vec<UserInfo>) -> impl IntoView {
    let others = users.len().saturating_sub(2);
    let (own, other) = (users.first().cloned(), users.get(1).cloned());
    let more = (others > 0).then(|| plus(others as u64));
    view! {
        <div class="pk-intro" aria-hidden="true">
            {own.map(|user| view! { <Corner class="corner left" user more=None /> })}
            {other.map(|user| view! { <Corner class="corner right" user more /> })}
            <span class="vs">"VS"</span>
        </div>
    }
}

#[component]
fn Corner(class: &'static str, user: UserInfo, more: Option<String>) -> impl IntoView {
    let name = display_name(&user);
    view! {
        <div class=class>
            <Avatar user />
            <span class="ellipsis">{name} " " {more}</span>
        </div>
    }
}
