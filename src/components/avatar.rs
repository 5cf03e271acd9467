//! A user's picture, or initials on the user's colour.

use duelcast_protocol::UserInfo;
use leptos::{either::Either, prelude::*};

use crate::format::{display_name, hue, initials};

/// Decorative: the name stands next to it.
#[component]
pub fn Avatar(user: UserInfo) -> impl IntoView {
    let hue = hue(user.user_id.as_str()).to_string();
    let content = if user.avatar_url.is_empty() {
        Either::Left(initials(&display_name(&user)))
    } else {
        Either::Right(view! { <img src=user.avatar_url alt="" loading="lazy" /> })
    };
    view! {
        <span class="avatar" style=("--hue", hue) aria-hidden="true">
            {content}
        </span>
    }
}
