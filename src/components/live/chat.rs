//! The chat: texts and gifts, newest at the bottom.

use duelcast_protocol::UserInfo;
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
    stores::ChatEntry,
};

const GREETING: &str = "👋";
/// Lines per block, see [`ChatLines`].
const BLOCK_LINES: u64 = 50;
/// Maximum distance from the bottom at which the chat still scrolls with new lines.
const FOLLOW_WITHIN_PX: i32 = 80;

/// Scrolls to new lines, unless the user has scrolled up.
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
                <ChatLines messages on_user />
            </ol>
            <For each=move || newcomer.get() key=|newcomer| newcomer.number let:newcomer>
                <p class="newcomer" data-testid="newcomer">
                    {words::came_in(&display_name(&newcomer.user))}
                </p>
            </For>
        </section>
    }
}

/// The lines, in blocks. A `<For>` of Leptos 0.8 keeps the memory of each row's owner, about a
/// hundred bytes, until the `<For>` itself is disposed (fixed in reactive_graph 0.3). A block has
/// its own `<For>` and is disposed with its last line.
#[component]
fn ChatLines(messages: ArcRwSignal<Vec<ChatEntry>>, on_user: Option<Callback<UserInfo>>) -> impl IntoView {
    let entries = messages.clone();
    let blocks = Memo::new(move |_| entries.with(|entries| block_numbers(entries)));
    view! {
        <For each=move || blocks.get() key=|block| *block let:block>
            {
                let messages = messages.clone();
                view! {
                    <For each=move || messages.with(|entries| of_block(entries, block)) key=|entry| entry.id let:entry>
                        <ChatLine item=entry.item on_user />
                    </For>
                }
            }
        </For>
    }
}

fn block_of(entry: &ChatEntry) -> u64 {
    entry.id / BLOCK_LINES
}

/// Numbers of the blocks that have lines, ascending.
fn block_numbers(entries: &[ChatEntry]) -> Vec<u64> {
    let mut numbers: Vec<u64> = entries.iter().map(block_of).collect();
    numbers.dedup();
    numbers
}

fn of_block(entries: &[ChatEntry], block: u64) -> Vec<ChatEntry> {
    entries.iter().filter(|entry| block_of(entry) == block).cloned().collect()
}

/// The head of the chat: the streamer's notice, the rules, and a greeting to send.
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

#[cfg(test)]
mod tests {
    use duelcast_protocol::{ChatItem, TextMessage};

    use super::*;
    use crate::sample;

    fn entry(id: u64) -> ChatEntry {
        let message = TextMessage { sender: sample::user("ann"), text: id.to_string(), sent_at: 0 };
        ChatEntry { id, item: ChatItem::Text(message) }
    }

    #[test]
    fn blocks_have_every_line_once_and_in_order() {
        let entries: Vec<_> = (BLOCK_LINES - 2..BLOCK_LINES * 3 + 1).map(entry).collect();
        let blocks = block_numbers(&entries);
        assert_eq!(blocks, [0, 1, 2, 3]);
        let lines: Vec<_> = blocks.iter().flat_map(|block| of_block(&entries, *block)).collect();
        assert_eq!(lines, entries);
    }
}
