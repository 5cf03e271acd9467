//! The sheet for an owner who closes the page: end the live, or keep it running.

use leptos::prelude::*;

use crate::{
    app::use_app,
    components::{room::use_room, sheet::Sheet},
    i18n::words,
    navigation::{Link, Place},
    stores::LiveListStore,
};

/// Asks for confirmation, because an ended live cannot be restarted.
#[component]
pub fn LeaveSheet() -> impl IntoView {
    let (app, room) = (use_app(), use_room());
    let on_close = Callback::new({
        let room = room.clone();
        move |()| room.close()
    });
    let end = move |_| {
        room.close();
        let live_id = room.live_id.clone();
        app.attempt(LiveListStore::shared().end_live(live_id));
    };
    view! {
        <Sheet title=words::leave_live_title() on_close>
            <p class="hint">{words::leave_hint()}</p>
            <button class="button danger wide" type="button" data-testid="end-live" on:click=end>
                {words::end_live()}
            </button>
            <Link to=Place::Lobby class="button wide" attr:data-testid="back-to-lobby">
                {words::keep_live_running()}
            </Link>
        </Sheet>
    }
}
