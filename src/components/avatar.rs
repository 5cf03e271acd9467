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
    // The app's content security policy blocks other pictures.
    let has_picture = RwSignal::new(picture.starts_with("https://"));
    let letters = move || (!has_picture.get()).then(|| initials(&name));
    let picture = move || {
        let picture = picture.clone();
        has_picture.get().then(|| {
            view! { <img src=picture alt="" loading="lazy" on:error=move |_| has_picture.set(false) /> }
        })
    };
    view! {
        <span class="avatar" style=("--hue", hue) data-initials=letters aria-hidden="true">
            {picture}
        </span>
    }
}
