//! One seat: its user, or an invitation to take it.

use duelcast_protocol::SeatInfo;
use leptos::either::Either;
use leptos::prelude::*;

use crate::{
    components::{
        avatar::Avatar,
        icons::{Glyph, Icon},
    },
    format::{decimal, display_name, seat_number},
    i18n::words,
};

/// Minimum volume level at which a user counts as speaking.
const SPEAKING_LEVEL: u8 = 8;

/// The side of a seat; selects the tile's colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Ours,
    Theirs,
}

/// A seat as a button; pressing it opens its menu.
#[component]
pub fn Seat(
    #[prop(into)] seat: Signal<SeatInfo>,
    /// Volume level, 0 to 100.
    #[prop(into)]
    level: Signal<u8>,
    #[prop(into)] is_owner: Signal<bool>,
    side: Side,
    /// `None` if the seat cannot be pressed.
    #[prop(into)]
    on_press: Option<Callback<SeatInfo>>,
) -> impl IntoView {
    let is_vacant = move || seat.with(|seat| seat.user.is_none());
    let user_id = move || {
        seat.with(|seat| seat.user.as_ref().map(|user| user.user.user_id.to_string()).unwrap_or_default())
    };
    let is_muted = move || seat.with(|seat| seat.user.as_ref().is_some_and(|user| !user.is_microphone_open));
    let is_online = move || seat.with(|seat| seat.user.as_ref().is_none_or(|user| user.is_online));
    let is_speaking = move || !is_muted() && level.get() >= SPEAKING_LEVEL;
    let (live_id, index) = seat.with_untracked(|seat| (seat.live_id.to_string(), seat.index));
    view! {
        <button
            class="seat"
            part="seat"
            class:vacant=is_vacant
            class:theirs=side == Side::Theirs
            class:speaking=is_speaking
            type="button"
            aria-label=move || seat.with(|seat| describe(seat, is_owner.get()))
            data-testid="seat"
            data-live-id=live_id
            data-index=index
            data-user-id=user_id
            data-muted=move || is_muted().to_string()
            data-online=move || is_online().to_string()
            style=("--loud", move || decimal(f64::from(level.get().min(100)) / 200.0 + 0.5, 2))
            prop:disabled=move || on_press.is_none() || side == Side::Theirs && is_vacant()
            on:click=move |_| on_press.iter().for_each(|on_press| on_press.run(seat.get_untracked()))
        >
            <Face seat is_owner side />
            <Name seat />
        </button>
    }
}

#[component]
fn Face(seat: Signal<SeatInfo>, is_owner: Signal<bool>, side: Side) -> impl IntoView {
    let user = Memo::new(move |_| seat.with(|seat| seat.user.as_ref().map(|user| user.user.clone())));
    let is_locked = Memo::new(move |_| seat.with(|seat| seat.is_locked));
    let is_muted =
        Memo::new(move |_| seat.with(|seat| seat.user.as_ref().is_some_and(|user| !user.is_microphone_open)));
    let is_away =
        Memo::new(move |_| seat.with(|seat| seat.user.as_ref().is_some_and(|user| !user.is_online)));
    let vacant_glyph = move || match (is_locked.get(), side) {
        (true, _) => Some(Glyph::Lock),
        (false, Side::Ours) => Some(Glyph::Plus),
        (false, Side::Theirs) => None,
    };
    let picture = move || match user.get() {
        Some(user) => Either::Left(view! { <Avatar user /> }),
        None => Either::Right(vacant_glyph().map(|glyph| view! { <Icon glyph /> })),
    };
    view! {
        <span class="face">
            {picture}
            <span class="ring"></span>
            <Show when=move || is_owner.get()>
                <span class="crown">
                    <Icon glyph=Glyph::Crown />
                </span>
            </Show>
            <Show when=move || is_muted.get()>
                <span class="mark">
                    <Icon glyph=Glyph::MicOff />
                </span>
            </Show>
            <Show when=move || is_away.get()>
                <span class="away">
                    <span class="spinner"></span>
                </span>
            </Show>
        </span>
    }
}

#[component]
fn Name(seat: Signal<SeatInfo>) -> impl IntoView {
    let name = move || {
        seat.with(|seat| {
            seat.user.as_ref().map_or_else(|| seat_number(seat.index), |user| display_name(&user.user))
        })
    };
    view! { <span class="name ellipsis">{name}</span> }
}

fn describe(seat: &SeatInfo, is_owner: bool) -> String {
    let mut parts = vec![words::seat_number(&seat_number(seat.index))];
    match &seat.user {
        None => parts.push(if seat.is_locked { words::seat_locked() } else { words::seat_free() }),
        Some(user) => {
            parts.push(display_name(&user.user));
            parts.extend(is_owner.then(words::seat_streamer));
            parts.extend((!user.is_microphone_open).then(words::seat_muted));
            parts.extend((!user.is_online).then(words::seat_reconnecting));
        }
    }
    parts.join(&words::list_separator())
}

#[cfg(test)]
mod tests {
    use duelcast_protocol::{SeatUser, UserInfo};

    use super::*;

    #[test]
    fn a_seat_says_who_sits_there_and_how() {
        let mut seat = SeatInfo::sample("a", 1, None);
        assert_eq!(describe(&seat, false), "Seat 2, free");
        seat.is_locked = true;
        assert_eq!(describe(&seat, false), "Seat 2, locked");
        let user = UserInfo { user_name: "Ann".into(), ..UserInfo::sample("ann") };
        let sample = SeatUser::sample("ann");
        seat.user = Some(SeatUser { user, is_microphone_open: false, is_online: false, ..sample });
        assert_eq!(describe(&seat, true), "Seat 2, Ann, streamer, muted, reconnecting");
    }
}
