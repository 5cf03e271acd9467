//! An owner closes the page: end the live, or let it go on.

use leptos::prelude::*;

use crate::{
    app::use_app,
    components::{room::use_room, sheet::Sheet},
    stores::LiveListStore,
};

/// Ending is final, so it is asked for.
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
        app.attempt(async move { LiveListStore::shared().end_live(live_id).await });
    };
    view! {
        <Sheet title="Leave your live?" on_close>
            <p class="hint">"It ends by itself when you are away for a minute."</p>
            <button class="button danger wide" type="button" data-testid="end-live" on:click=end>
                "End the live for everyone"
            </button>
            <a class="button wide" href="/" data-testid="back-to-lobby">
                "Keep it running, go to the lobby"
            </a>
        </Sheet>
    }
}
