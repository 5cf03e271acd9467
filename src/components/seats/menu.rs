//! The menu of a seat. The server enforces the rules; the menu only hides actions that make no
//! sense.

use duelcast_protocol::{SeatInfo, SeatMode, UserId, limits::MAX_INVITATION_TIMEOUT_MS};
use futures::{FutureExt, TryFutureExt, future::ready};
use leptos::prelude::*;

use crate::{
    app::{AppContext, use_app},
    components::{
        room::{Panel, RoomContext, use_room},
        sheet::Sheet,
    },
    format::{display_name, seat_number},
    i18n::words,
    navigation::{Link, Place},
    signaling::Call,
    stores::SeatKey,
};

/// An action on a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeatAction {
    Take,
    Apply,
    MoveHere,
    Leave,
    Mute,
    Unmute,
    Lock,
    Unlock,
    Kick(UserId),
    CloseMicrophone(UserId),
    OpenMicrophone(UserId),
    Gift,
}

/// The viewer for whom the menu is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker {
    pub me: Option<UserId>,
    /// Whether the seat belongs to this live, not to a connected one.
    pub is_here: bool,
    pub may_manage: bool,
    pub has_seat: bool,
    pub seat_mode: SeatMode,
}

/// The actions to offer, the most common first.
#[must_use]
pub fn seat_actions(seat: &SeatInfo, asker: &Asker) -> Vec<SeatAction> {
    let Some(user) = &seat.user else {
        return vacant_actions(seat, asker);
    };
    let user_id = &user.user.user_id;
    if asker.me.as_ref() == Some(user_id) {
        let microphone = if user.is_microphone_open { SeatAction::Mute } else { SeatAction::Unmute };
        return vec![microphone, SeatAction::Leave];
    }
    let mut actions = vec![SeatAction::Gift];
    if asker.is_here && asker.may_manage {
        let id = user_id.clone();
        actions.push(if user.allow_open_microphone {
            SeatAction::CloseMicrophone(id.clone())
        } else {
            SeatAction::OpenMicrophone(id.clone())
        });
        actions.push(SeatAction::Kick(id));
    }
    actions
}

fn vacant_actions(seat: &SeatInfo, asker: &Asker) -> Vec<SeatAction> {
    if !asker.is_here {
        return Vec::new();
    }
    let mut actions = Vec::new();
    if asker.may_manage || !seat.is_locked {
        actions.push(match (asker.has_seat, asker.may_manage, asker.seat_mode) {
            (true, _, _) => SeatAction::MoveHere,
            (false, true, _) | (false, false, SeatMode::Free) => SeatAction::Take,
            (false, false, SeatMode::Apply) => SeatAction::Apply,
        });
    }
    if asker.may_manage {
        actions.push(if seat.is_locked { SeatAction::Unlock } else { SeatAction::Lock });
    }
    actions
}

impl SeatAction {
    fn label(&self) -> String {
        match self {
            Self::Take => words::seat_action_take(),
            Self::Apply => words::seat_action_apply(),
            Self::MoveHere => words::seat_action_move(),
            Self::Leave => words::seat_action_leave(),
            Self::Mute => words::mute_me(),
            Self::Unmute => words::unmute_me(),
            Self::Lock => words::seat_action_lock(),
            Self::Unlock => words::seat_action_unlock(),
            Self::Kick(_) => words::seat_action_kick(),
            Self::CloseMicrophone(_) => words::seat_action_close_microphone(),
            Self::OpenMicrophone(_) => words::seat_action_open_microphone(),
            Self::Gift => words::send_a_gift(),
        }
    }

    fn testid(&self) -> &'static str {
        match self {
            Self::Take => "seat-take",
            Self::Apply => "seat-apply",
            Self::MoveHere => "seat-move",
            Self::Leave => "seat-leave",
            Self::Mute => "seat-mute",
            Self::Unmute => "seat-unmute",
            Self::Lock => "seat-lock",
            Self::Unlock => "seat-unlock",
            Self::Kick(_) => "seat-kick",
            Self::CloseMicrophone(_) => "seat-close-microphone",
            Self::OpenMicrophone(_) => "seat-open-microphone",
            Self::Gift => "seat-gift",
        }
    }

    fn class(&self) -> &'static str {
        match self {
            Self::Take | Self::Apply | Self::MoveHere | Self::Gift | Self::Unmute => "button wide primary",
            Self::Kick(_) => "button wide danger",
            Self::Leave
            | Self::Mute
            | Self::Lock
            | Self::Unlock
            | Self::CloseMicrophone(_)
            | Self::OpenMicrophone(_) => "button wide",
        }
    }
}

fn perform(room: &RoomContext, me: Option<UserId>, index: u16, action: SeatAction) -> Call<()> {
    let seats = &room.seats;
    match action {
        SeatAction::Take => seats.take_seat(Some(index)).map_ok(drop).boxed_local(),
        SeatAction::Apply => seats.apply_for_seat(Some(index), MAX_INVITATION_TIMEOUT_MS),
        SeatAction::MoveHere => match me {
            Some(me) => seats.move_user_to_seat(me, index, Default::default()),
            None => ready(Ok(())).boxed_local(),
        },
        SeatAction::Leave => seats.leave_seat(),
        SeatAction::Mute => seats.mute_microphone(),
        SeatAction::Unmute => seats.unmute_microphone(),
        SeatAction::Lock => seats.lock_seat(index),
        SeatAction::Unlock => seats.unlock_seat(index),
        SeatAction::Kick(user_id) => seats.kick_user_out_of_seat(user_id),
        SeatAction::CloseMicrophone(user_id) => seats.close_remote_microphone(user_id),
        SeatAction::OpenMicrophone(user_id) => seats.open_remote_microphone(user_id),
        SeatAction::Gift => {
            room.open(Panel::Gifts);
            ready(Ok(())).boxed_local()
        }
    }
}

fn asker(app: &AppContext, room: &RoomContext, key: &SeatKey) -> Asker {
    let me = app.me();
    let my_seat = room.seats.state.my_seat.get();
    Asker {
        me,
        is_here: key.live_id == room.live_id,
        may_manage: room.live.state.is_admin.get(),
        has_seat: my_seat.is_some_and(|seat| seat.live_id == room.live_id),
        seat_mode: room
            .live
            .state
            .info
            .with(|info| info.as_ref().map(|info| info.seat_mode).unwrap_or_default()),
    }
}

/// The menu of one seat.
#[component]
pub fn SeatSheet(key: SeatKey) -> impl IntoView {
    let (app, room) = (use_app(), use_room());
    let on_close = Callback::new({
        let room = room.clone();
        move |()| room.close()
    });
    let seat = room.seats.state.seat(&key).get_untracked();
    let who = seat.as_ref().and_then(|seat| seat.user.as_ref()).map(|user| display_name(&user.user));
    let title = who.unwrap_or_else(|| words::seat_number(&seat_number(key.index)));
    let asker = untrack(|| asker(&app, &room, &key));
    let actions = seat.map(|seat| seat_actions(&seat, &asker)).unwrap_or_default();
    let visit = (!asker.is_here && !asker.may_manage).then(|| Place::Live(key.live_id.clone()));
    let is_empty = actions.is_empty() && visit.is_none();
    let run = Callback::new(move |action: SeatAction| {
        room.close();
        app.attempt(perform(&room, app.me(), key.index, action));
    });
    let button = move |action: SeatAction| {
        view! {
            <button class=action.class() type="button" data-testid=action.testid() on:click={
                let action = action.clone();
                move |_| run.run(action.clone())
            }>
                {action.label()}
            </button>
        }
    };
    view! {
        <Sheet title on_close>
            {actions.into_iter().map(button).collect_view()}
            {visit.map(|to| view! { <Link to class="button wide" attr:data-testid="visit">{words::visit_room()}</Link> })}
            {is_empty.then(|| view! { <p class="hint">{words::seat_nothing_to_do()}</p> })}
        </Sheet>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(id: &str) -> UserId {
        UserId::new(id).unwrap()
    }

    fn seat(who: Option<&str>) -> SeatInfo {
        SeatInfo::sample("a", 3, who)
    }

    fn viewer() -> Asker {
        Asker {
            me: Some(user("me")),
            is_here: true,
            may_manage: false,
            has_seat: false,
            seat_mode: SeatMode::Free,
        }
    }

    #[test]
    fn a_viewer_takes_a_free_seat_and_applies_where_the_owner_decides() {
        assert_eq!(seat_actions(&seat(None), &viewer()), [SeatAction::Take]);
        let asks = Asker { seat_mode: SeatMode::Apply, ..viewer() };
        assert_eq!(seat_actions(&seat(None), &asks), [SeatAction::Apply]);
        let seated = Asker { has_seat: true, ..viewer() };
        assert_eq!(seat_actions(&seat(None), &seated), [SeatAction::MoveHere]);
    }

    #[test]
    fn an_owner_manages_ones_own_room_only() {
        let owner = Asker { may_manage: true, ..viewer() };
        let expected =
            [SeatAction::Gift, SeatAction::CloseMicrophone(user("ben")), SeatAction::Kick(user("ben"))];
        assert_eq!(seat_actions(&seat(Some("ben")), &owner), expected);
        let elsewhere = Asker { is_here: false, ..owner };
        assert_eq!(seat_actions(&seat(Some("ben")), &elsewhere), [SeatAction::Gift]);
        assert_eq!(seat_actions(&seat(None), &elsewhere), []);
    }

    #[test]
    fn on_ones_own_seat_one_mutes_or_leaves() {
        assert_eq!(seat_actions(&seat(Some("me")), &viewer()), [SeatAction::Mute, SeatAction::Leave]);
    }
}
