//! A user's picture, or initials on the user's colour.

use duelcast_protocol::UserInfo;
use leptos::prelude::*;

use crate::format::{display_name, hue, initials};

/// Decorative: the name stands next to it, and the initials are no text of the page.
#[component]
pub fn Avatar(user: UserInfo) -> impl IntoView {
    let hue = hue(user.user_id.as_str()).to_string();
    let has_picture = !user.avatar_url.is_empty();
    let letters = (!has_picture).then(|| initials(&display_name(&user)));
    let picture = has_picture.then(|| view! { <img src=user.avatar_url alt="" loading="lazy" /> });
    view! {
        <span class="avatar" style=("--hue", hue) data-initials=letters aria-hidden="true">
            {picture}
        </span>
    }
}
