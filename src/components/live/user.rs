//! A user's profile, with the actions that the viewer may take.

use duelcast_protocol::{UserId, UserInfo, limits::UI_INVITATION_TIMEOUT_MS};
use leptos::prelude::*;

use super::bans::BansLink;
use crate::{
    app::use_app,
    components::{
        avatar::Avatar,
        room::{Panel, RoomContext, use_room},
        sheet::Sheet,
    },
    format::display_name,
    i18n::words,
};

/// Owners and admins can invite the user to a seat.
#[component]
pub fn UserSheet(user: UserInfo) -> impl IntoView {
    let (app, room) = (use_app(), use_room());
    let on_close = Callback::new({
        let room = room.clone();
        move |()| room.close()
    });
    let is_me = untrack(|| app.me()).as_ref() == Some(&user.user_id);
    let may_invite = room.live.state.is_admin.get_untracked() && !is_me;
    let may_moderate = !is_me && has_power(&room, &user.user_id);
    let subject = user.user_id.clone();
    let title = display_name(&user);
    let face = user.clone();
    let (invited, seats, user_id) = (room.clone(), room.seats.clone(), user.user_id.clone());
    let invite = move |_| {
        invited.close();
        let (seats, user_id) = (seats.clone(), user_id.clone());
        app.attempt(seats.invite_to_seat(user_id, None, UI_INVITATION_TIMEOUT_MS));
    };
    let role = untrack(|| role(&room, &user));
    let may_gift = !is_me && role != Role::Watching;
    let gift = {
        let room = room.clone();
        move |_| room.open(Panel::Gifts)
    };
    view! {
        <Sheet title on_close>
            <div class="profile" data-testid="profile">
                <Avatar user=face />
                <p class="hint">{if is_me { words::that_is_you() } else { role.words() }}</p>
            </div>
            {may_gift.then(|| view! {
                <button class="button primary wide" type="button" data-testid="profile-gift" on:click=gift>
                    {words::send_a_gift()}
                </button>
            })}
            {(may_invite && role == Role::Watching).then(|| view! {
                <button class="button primary wide" type="button" data-testid="seat-invite" on:click=invite>
                    {words::offer_a_seat()}
                </button>
            })}
            {may_moderate.then(|| view! { <Measures user_id=subject /> })}
        </Sheet>
    }
}

/// Whether we may moderate a user: owners may moderate all others, admins only the audience.
fn has_power(room: &RoomContext, over: &UserId) -> bool {
    let live = &room.live.state;
    let is_over_manager = live.info.with_untracked(|info| {
        info.as_ref().is_some_and(|info| info.owner.user_id == *over || info.admin_user_ids.contains(over))
    });
    live.is_owner.get_untracked() || (live.is_admin.get_untracked() && !is_over_manager)
}

/// Moderation actions: mute, kick and ban.
#[component]
fn Measures(user_id: UserId) -> impl IntoView {
    let (app, room) = (use_app(), use_room());
    let is_muted = {
        let (muted, user_id) = (room.live.state.message_disabled_user_ids.clone(), user_id.clone());
        Signal::derive(move || muted.with(|muted| muted.contains(&user_id)))
    };
    let (muting, mute_id) = (room.clone(), user_id.clone());
    let mute = move |_| {
        let (live, user_id, is_disable) = (muting.live.clone(), mute_id.clone(), !is_muted.get_untracked());
        app.attempt(live.disable_send_message(user_id, is_disable));
    };
    let (kicking, kick_id) = (room.clone(), user_id.clone());
    let kick = move |_| {
        kicking.close();
        let (live, user_id) = (kicking.live.clone(), kick_id.clone());
        app.attempt(live.kick_user_out_of_room(user_id));
    };
    let ban = move |_| {
        room.close();
        let (live, user_id) = (room.live.clone(), user_id.clone());
        app.attempt(async move { live.ban_user(user_id, None).await.map(|_| ()) });
    };
    view! {
        <button class="button wide" type="button" data-testid="profile-mute" on:click=mute>
            {move || if is_muted.get() { words::allow_messages() } else { words::mute_messages() }}
        </button>
        <button class="button wide" type="button" data-testid="profile-kick" on:click=kick>
            {words::remove_from_live()}
        </button>
        <button class="button danger wide" type="button" data-testid="profile-ban" on:click=ban>
            {words::ban_from_live()}
        </button>
        <BansLink />
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Streamer,
    OnSeat,
    Watching,
}

impl Role {
    fn words(self) -> String {
        match self {
            Self::Streamer => words::streamer(),
            Self::OnSeat => words::on_a_seat(),
            Self::Watching => words::watching_this_live(),
        }
    }
}

fn role(room: &RoomContext, user: &UserInfo) -> Role {
    let is_owner = room.owner_of(&room.live_id).as_ref() == Some(&user.user_id)
        || room.others().iter().any(|live| live.owner.user_id == user.user_id);
    let seats = &room.seats.state;
    let is_on = |key| {
        seats.seat(key).with(|seat| {
            seat.as_ref()
                .and_then(|seat| seat.user.as_ref())
                .is_some_and(|on| on.user.user_id == user.user_id)
        })
    };
    match is_owner {
        true => Role::Streamer,
        false if seats.keys.get().iter().any(is_on) => Role::OnSeat,
        false => Role::Watching,
    }
}
