//! Somebody from the chat: what the owner may do for them.

use duelcast_protocol::{UserInfo, limits::UI_INVITATION_TIMEOUT_MS};
use leptos::prelude::*;

use crate::{
    app::use_app,
    components::{room::use_room, sheet::Sheet},
    format::display_name,
};

/// Owners and admins offer a seat from here.
#[component]
pub fn UserSheet(user: UserInfo) -> impl IntoView {
    let (app, room) = (use_app(), use_room());
    let on_close = Callback::new({
        let room = room.clone();
        move |()| room.close()
    });
    let is_me = untrack(|| app.me()).as_ref() == Some(&user.user_id);
    let may_invite = room.live.state.is_admin.get_untracked() && !is_me;
    let title = display_name(&user);
    let invite = move |_| {
        room.close();
        let (seats, user_id) = (room.seats.clone(), user.user_id.clone());
        app.attempt(async move { seats.invite_to_seat(user_id, None, UI_INVITATION_TIMEOUT_MS).await });
    };
    let action = if may_invite {
        view! {
            <button class="button primary wide" type="button" data-testid="seat-invite" on:click=invite>
                "Offer a seat"
            </button>
        }
        .into_any()
    } else {
        view! { <p class="hint">{if is_me { "That is you." } else { "Watching this live." }}</p> }.into_any()
    };
    view! {
        <Sheet title on_close>
            {action}
        </Sheet>
    }
}
