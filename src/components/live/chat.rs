//! The chat: texts and gifts, the newest at the bottom.

use leptos::html;
use leptos::prelude::*;

use crate::{
    app::use_app,
    components::{
        chat::ChatLine,
        room::{Panel, use_room},
    },
    format::display_name,
    i18n::words,
};

const GREETING: &str = "👋";
/// How far from the bottom one may be and still follow.
const FOLLOW_WITHIN_PX: i32 = 80;

/// Follows what comes, unless one has scrolled up.
#[component]
pub fn ChatPanel() -> impl IntoView {
    let room = use_room();
    let messages = room.chat.state.messages.clone();
    let list = NodeRef::<html::Ol>::new();
    let newest = messages.clone();
    let newcomer = room.audience.state.newcomer.clone();
    Effect::new(move |was_filled: Option<bool>| {
        let is_filled = newest.with(|messages| !messages.is_empty());
        if let Some(list) = list.get() {
            let gap = list.scroll_height() - list.scroll_top() - list.client_height();
            if gap < FOLLOW_WITHIN_PX + list.last_element_child().map_or(0, |line| line.client_height())
                || was_filled != Some(true)
            {
                list.set_scroll_top(list.scroll_height());
            }
        }
        is_filled
    });
    let on_user = room.has_controls.then({
        let room = room.clone();
        || Callback::new(move |user| room.open(Panel::User(user)))
    });
    view! {
        <section class="chat" part="chat" aria-label=words::chat()>
            <ol node_ref=list tabindex="0" aria-label=words::messages()>
                {room.has_controls.then(|| view! { <Welcome /> })}
                <For each=move || messages.get() key=|entry| entry.id let:entry>
                    <ChatLine item=entry.item on_user />
                </For>
            </ol>
            <For each=move || newcomer.get() key=|newcomer| newcomer.number let:newcomer>
                <p class="newcomer" data-testid="newcomer">
                    {words::came_in(&display_name(&newcomer.user))}
                </p>
            </For>
        </section>
    }
}

/// Stands above the first line: the streamer's notice, what is expected of everyone, and a greeting to send.
#[component]
fn Welcome() -> impl IntoView {
    let (app, room) = (use_app(), use_room());
    let info = room.live.state.info.clone();
    let notice = Memo::new(move |_| info.with(|info| info.as_ref().map(|info| info.notice.clone())));
    let messages = room.chat.state.messages.clone();
    let is_silent = Memo::new(move |_| messages.with(|messages| messages.is_empty()));
    let chat = room.chat.clone();
    let greet = Callback::new(move |()| {
        let chat = chat.clone();
        app.attempt(chat.send_text(GREETING.to_owned()));
    });
    view! {
        <li class="welcome" data-testid="welcome">
            {move || {
                let notice = notice.get().filter(|notice| !notice.is_empty());
                notice.map(|notice| view! { <strong dir="auto">{notice}</strong> })
            }}
            <p>{words::house_rules()}</p>
            <Show when=move || is_silent.get()>
                <button class="chip" type="button" data-testid="say-hello" on:click=move |_| greet.run(())>
                    {GREETING}
                    " "
                    {words::say_hello()}
                </button>
            </Show>
        </li>
    }
}
