//! A countdown in seconds on the server's clock.

use duelcast_protocol::{DurationMs, Timestamp};
use leptos::prelude::*;

use crate::{app::use_app, stores::remaining_seconds};

/// Reactive: whole seconds until `ends_at`, of a period of `duration_ms`.
pub fn use_countdown(ends_at: Timestamp, duration_ms: DurationMs) -> Memo<u64> {
    let now = use_app().now();
    Memo::new(move |_| remaining_seconds(now.get(), ends_at, duration_ms))
}
