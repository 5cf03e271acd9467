//! A user's avatar: the picture, or initials on the user's colour.

use duelcast_protocol::UserInfo;
use leptos::prelude::*;

use crate::format::{display_name, hue, initials};

/// Hidden from assistive technology: the name is next to it.
#[component]
pub fn Avatar(user: UserInfo) -> impl IntoView {
    view! { <Face name=display_name(&user) id=user.user_id.to_string() picture=user.avatar_url /> }
}

/// Like [`Avatar`], for a user of whom only the name is known.
#[component]
pub fn Face(id: String, name: String, #[prop(optional)] picture: String) -> impl IntoView {
    let hue = hue(&id).to_string();
    let has_picture = !picture.is_empty();
    let letters = (!has_picture).then(|| initials(&name));
    let picture = has_picture.then(|| view! { <img src=picture alt="" loading="lazy" /> });
    view! {
        <span class="avatar" style=("--hue", hue) data-initials=letters aria-hidden="true">
            {picture}
        </span>
    }
}
