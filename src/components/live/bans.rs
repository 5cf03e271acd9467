//! The list of banned users, with a button to unban each.

use duelcast_protocol::{BannedUser, UserId, limits::MAX_LIST_COUNT};
use leptos::prelude::*;

use crate::{
    app::{AppContext, use_app},
    components::{
        avatar::Avatar,
        room::{Panel, use_room},
        sheet::Sheet,
    },
    format::display_name,
    i18n::words,
    stores::LiveStore,
};

/// The fetched part of the list.
#[derive(Debug, Clone, Default, PartialEq)]
struct Bans {
    users: Vec<BannedUser>,
    /// Empty at the end of the list.
    cursor: String,
    has_loaded: bool,
}

/// The list; for the owner and admins.
#[component]
pub fn BansSheet() -> impl IntoView {
    let (app, room) = (use_app(), use_room());
    let live = room.live.clone();
    let bans = RwSignal::new(Bans::default());
    load(app, live.clone(), bans);
    let on_close = Callback::new(move |()| room.close());
    let more = live.clone();
    let is_empty = Memo::new(move |_| bans.with(|bans| bans.has_loaded && bans.users.is_empty()));
    let has_more = Memo::new(move |_| bans.with(|bans| !bans.cursor.is_empty()));
    view! {
        <Sheet title=words::banned_users() on_close>
            <ul class="rows" data-testid="bans">
                <For each=move || bans.with(|bans| bans.users.clone()) key=|ban| ban.user.user_id.clone() let:ban>
                    <Ban ban live=live.clone() bans />
                </For>
            </ul>
            <Show when=move || is_empty.get()>
                <p class="hint" data-testid="bans-empty">
                    {words::nobody_banned()}
                </p>
            </Show>
            <Show when=move || has_more.get()>
                <ShowMore live=more.clone() bans />
            </Show>
        </Sheet>
    }
}

#[component]
fn ShowMore(live: LiveStore, bans: RwSignal<Bans>) -> impl IntoView {
    let app = use_app();
    view! {
        <button class="button small" type="button" on:click=move |_| load(app, live.clone(), bans)>
            {words::show_more()}
        </button>
    }
}

/// Fetches the next page; the first one if none was fetched.
fn load(app: AppContext, live: LiveStore, bans: RwSignal<Bans>) {
    let cursor = bans.with_untracked(|bans| bans.cursor.clone());
    app.attempt(async move {
        let page = live.fetch_banned_users(cursor, MAX_LIST_COUNT).await?;
        bans.try_update(|bans| {
            bans.users.extend(page.users);
            bans.cursor = page.cursor;
            bans.has_loaded = true;
        });
        Ok(())
    });
}

#[component]
fn Ban(ban: BannedUser, live: LiveStore, bans: RwSignal<Bans>) -> impl IntoView {
    let app = use_app();
    let name = display_name(&ban.user);
    let user_id = ban.user.user_id.clone();
    let label = words::lift_ban_of(&name);
    let by_whom = ban.operator.as_ref().map(|operator| words::banned_by(&display_name(operator)));
    let lift = move |_| {
        let (live, user_id) = (live.clone(), user_id.clone());
        app.attempt(async move {
            live.unban_user(user_id.clone()).await?;
            forget(bans, &user_id);
            Ok(())
        });
    };
    let banned_id = ban.user.user_id.to_string();
    view! {
        <li class="row" data-testid="ban" data-user-id=banned_id>
            <Avatar user=ban.user />
            <span class="who">
                <strong class="ellipsis">{name}</strong>
                <small class="ellipsis">{by_whom}</small>
            </span>
            <button class="button small" type="button" aria-label=label data-testid="ban-lift" on:click=lift>
                {words::lift_ban()}
            </button>
        </li>
    }
}

fn forget(bans: RwSignal<Bans>, user_id: &UserId) {
    bans.try_update(|bans| bans.users.retain(|ban| ban.user.user_id != *user_id));
}

/// The button that opens the list, for users who may see it.
#[component]
pub fn BansLink() -> impl IntoView {
    let room = use_room();
    let is_admin = room.live.state.is_admin.clone();
    let open = Callback::new(move |()| room.open(Panel::Bans));
    view! {
        <Show when=move || is_admin.get()>
            <button class="button wide" type="button" data-testid="bans-open" on:click=move |_| open.run(())>
                {words::banned_users()}
            </button>
        </Show>
    }
}
