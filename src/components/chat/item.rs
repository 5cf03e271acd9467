//! One line of the chat: a text or a gift.

use duelcast_protocol::{ChatItem, GiftMessage, TextMessage, UserInfo};
use leptos::either::Either;
use leptos::prelude::*;

use crate::{
    format::{display_name, times},
    i18n::{gift_name, words},
};

/// A chat line; never changes. `on_user` receives the author when the name is pressed.
#[component]
pub fn ChatLine(item: ChatItem, on_user: Option<Callback<UserInfo>>) -> impl IntoView {
    match item {
        ChatItem::Text(message) => Either::Left(view! { <TextLine message on_user /> }),
        ChatItem::Gift(message) => Either::Right(view! { <GiftLine message on_user /> }),
    }
}

#[component]
fn Sender(user: UserInfo, on_user: Option<Callback<UserInfo>>) -> impl IntoView {
    let name = display_name(&user);
    view! {
        <button
            class="name"
            type="button"
            dir="auto"
            prop:disabled=on_user.is_none()
            on:click=move |_| on_user.iter().for_each(|on_user| on_user.run(user.clone()))
        >
            {name}
        </button>
    }
}

#[component]
fn TextLine(message: TextMessage, on_user: Option<Callback<UserInfo>>) -> impl IntoView {
    view! {
        <li data-testid="chat-item">
            <Sender user=message.sender on_user />
            <span dir="auto">{message.text}</span>
        </li>
    }
}

#[component]
fn GiftLine(message: GiftMessage, on_user: Option<Callback<UserInfo>>) -> impl IntoView {
    let gift = gift_name(&message.gift);
    view! {
        <li class="gift" data-testid="chat-item">
            <Sender user=message.sender on_user />
            <span>{words::gives_to(&display_name(&message.receiver))}</span>
            <span class="emoji" aria-hidden="true">
                {message.gift.icon}
            </span>
            <span class="what">{gift} " " {times(u64::from(message.count))}</span>
        </li>
    }
}
