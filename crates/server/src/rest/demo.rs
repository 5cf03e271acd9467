//! Guests: whoever gives a name gets a token. Only in demo mode.

use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    Json,
    extract::{ConnectInfo, State},
    http::StatusCode,
};
use duelcast_protocol::{
    ErrorCode, UserId, limits,
    text::{is_blank, is_presentable_line},
};
use serde::{Deserialize, Serialize};

use super::{App, Problem, extract::Body};
use crate::{
    auth::{self, Claims},
    config::ApiKey,
    random,
};

/// How long a guest's token is good for.
const GUEST_TTL: Duration = Duration::from_secs(24 * 3_600);
const WINDOW: Duration = Duration::from_secs(60);
/// Tokens for one address in one window.
const MAX_PER_WINDOW: u32 = 120;
/// Addresses that are counted; while there are more, others wait.
const MAX_ADDRESSES: usize = 10_000;

/// Signs guests in, not too many from one address.
#[derive(Debug)]
pub(crate) struct GuestBook {
    key: ApiKey,
    windows: Mutex<BTreeMap<IpAddr, Window>>,
}

#[derive(Debug)]
struct Window {
    since: Instant,
    count: u32,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Guest {
    user_name: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct GuestToken {
    token: String,
    user_id: UserId,
}

impl GuestBook {
    pub(crate) fn new(key: ApiKey) -> Self {
        Self { key, windows: Mutex::default() }
    }

    fn admit(&self, address: IpAddr, now: Instant) -> bool {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.len() >= MAX_ADDRESSES {
            windows.retain(|_, window| now.duration_since(window.since) < WINDOW);
        }
        if windows.len() >= MAX_ADDRESSES && !windows.contains_key(&address) {
            return false;
        }
        let window = windows.entry(address).or_insert(Window { since: now, count: 0 });
        if now.duration_since(window.since) >= WINDOW {
            *window = Window { since: now, count: 0 };
        }
        window.count += 1;
        window.count <= MAX_PER_WINDOW
    }

    fn sign_in(&self, name: &str) -> GuestToken {
        let user_id = UserId::new(format!("guest-{}", random::id())).expect("letters and digits make an id");
        let claims =
            Claims { create_live: true, ..Claims::new(&self.key.id, user_id.clone(), name, GUEST_TTL) };
        GuestToken { token: auth::mint(&self.key, &claims), user_id }
    }
}

pub(super) async fn token(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Body(guest): Body<Guest>,
) -> Result<Json<GuestToken>, Problem> {
    let closed = || {
        let sentence = "Guests may log in only when the server runs with --demo.";
        Problem::with_status(StatusCode::NOT_FOUND, ErrorCode::MethodNotFound, sentence)
    };
    let guests = app.guests.ok_or_else(closed)?;
    let name = guest.user_name.trim();
    let is_fit = (1..=limits::MAX_USER_NAME_CHARS).contains(&name.chars().count());
    if !is_fit || !is_presentable_line(name) || is_blank(name) {
        let sentence =
            format!("userName must have 1 to {} characters that can be seen.", limits::MAX_USER_NAME_CHARS);
        return Err(Problem::new(ErrorCode::InvalidParams, sentence));
    }
    if !guests.admit(peer.ip(), Instant::now()) {
        return Err(Problem::new(
            ErrorCode::TooFrequent,
            "Too many guests from this address; wait a minute.",
        ));
    }
    Ok(Json(guests.sign_in(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_gets_so_many_tokens_and_more_in_the_next_window() {
        let guests = GuestBook::new(format!("k:{}", "s".repeat(32)).parse().unwrap());
        let (address, other) = (IpAddr::from([127, 0, 0, 1]), IpAddr::from([127, 0, 0, 2]));
        let start = Instant::now();
        assert!((0..MAX_PER_WINDOW).all(|_| guests.admit(address, start)));
        assert!(!guests.admit(address, start));
        assert!(guests.admit(other, start));
        assert!(guests.admit(address, start + WINDOW));
    }
}
