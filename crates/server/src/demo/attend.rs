//! Being in a live: hearing what happens, and doing something every now and then.

use std::time::Duration;

use duelcast_protocol::{Ping, Request, Unlogged, limits};
use tokio::time::{Instant, timeout_at};

use super::{
    client::{CallError, Client},
    room::Room,
};

/// How often a bot thinks.
const BEAT: Duration = Duration::from_millis(500);

/// What a bot does in a live.
pub trait Behaviour {
    /// What it does now.
    fn deeds(&mut self, room: &Room, now: Instant) -> Vec<Request>;

    /// Whether it has seen enough.
    fn wants_to_leave(&mut self, now: Instant) -> bool;
}

/// Stays until the live is over or the bot wants to leave.
pub async fn attend(client: &mut Client, room: &mut Room, bot: &mut impl Behaviour) -> Result<(), CallError> {
    let mut beat = Instant::now();
    let mut next_ping = beat;
    while !room.is_over {
        let now = Instant::now();
        if now < beat {
            if let Ok(notification) = timeout_at(beat, client.next()).await {
                room.hear(notification?);
            }
            continue;
        }
        beat = now + BEAT;
        if now >= next_ping {
            next_ping = now + Duration::from_millis(limits::PING_INTERVAL_MS);
            client.perform(Request::Unlogged(Unlogged::Ping(Ping {}))).await?;
        }
        if bot.wants_to_leave(now) {
            return Ok(());
        }
        for deed in bot.deeds(room, now) {
            client.perform(deed).await?;
        }
    }
    Ok(())
}
