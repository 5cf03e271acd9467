//! One open request, incoming or outgoing, with its own countdown.

use duelcast_protocol::UserInfo;
use leptos::prelude::*;

use crate::{components::avatar::Avatar, format::countdown, i18n::words};

/// Test ids of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowHooks {
    pub row: &'static str,
    pub countdown: &'static str,
}

/// The user, the subject, the countdown and the actions of a request.
#[component]
pub fn RequestRow(
    user: UserInfo,
    #[prop(into)] title: String,
    #[prop(into)] detail: String,
    /// The live of the other party.
    #[prop(into)]
    live_id: String,
    #[prop(into)] seconds: Signal<u64>,
    hooks: RowHooks,
    children: Children,
) -> impl IntoView {
    view! {
        <li class="row request" data-testid=hooks.row data-live-id=live_id>
            <Avatar user />
            <span class="who">
                <strong class="ellipsis">{title}</strong>
                <small class="ellipsis">{detail}</small>
            </span>
            <span class="countdown" data-testid=hooks.countdown data-seconds=move || seconds.get().to_string()>
                {move || countdown(seconds.get())}
            </span>
            {children()}
        </li>
    }
}

/// The buttons of an incoming request. With `busy`, a streamer can answer that
/// instead of declining.
#[component]
pub fn Answers(
    accept_hook: &'static str,
    decline_hook: &'static str,
    on_accept: Callback<()>,
    on_decline: Callback<()>,
    #[prop(optional)] busy: Option<(&'static str, Callback<()>)>,
) -> impl IntoView {
    let busy = busy.map(|(hook, on_busy)| {
        view! {
            <button class="button small" type="button" data-testid=hook on:click=move |_| on_busy.run(())>
                {words::busy()}
            </button>
        }
    });
    view! {
        <span class="answers">
            {busy}
            <button class="button small" type="button" data-testid=decline_hook on:click=move |_| on_decline.run(())>
                {words::decline()}
            </button>
            <button class="button small primary" type="button" data-testid=accept_hook on:click=move |_| on_accept.run(())>
                {words::accept()}
            </button>
        </span>
    }
}

/// The button that withdraws a request.
#[component]
pub fn Cancel(hook: &'static str, on_cancel: Callback<()>) -> impl IntoView {
    view! {
        <button class="button small" type="button" data-testid=hook on:click=move |_| on_cancel.run(())>
            {words::cancel()}
        </button>
    }
}
