//! Demo streamers and visitors, so that a newcomer's lobby is alive. They are clients: each speaks
//! the public protocol over a socket of its own, and knows nothing of the server but its address
//! and an API key.

mod answers;
mod attend;
mod challenger;
mod chatter;
mod client;
#[cfg(test)]
mod fixture;
mod generosity;
mod lines;
mod pace;
mod persona;
mod room;
mod streamer;
mod visitor;
mod voice;

use std::{
    future::Future,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use tokio::{task::JoinSet, time::sleep};
use tracing::debug;

use self::client::{Access, CallError};
use crate::auth::ApiKey;

/// Streamers start one after another, so that the lobby keeps their order.
const STREAMER_STAGGER: Duration = Duration::from_millis(100);
/// Visitors come when the first battle is on, and see it.
const VISITORS_AFTER: Duration = Duration::from_secs(4);
const VISITOR_STAGGER: Duration = Duration::from_millis(300);

/// Runs all bots against the server at this address, until the future is dropped.
pub async fn run(address: SocketAddr, key: ApiKey) {
    let access = Access { address: reachable(address), key };
    let mut bots = JoinSet::new();
    for (index, persona) in (0..).zip(&persona::STREAMERS) {
        let access = access.clone();
        bots.spawn(keep_coming(STREAMER_STAGGER * index, move || streamer::stream(access.clone(), persona)));
    }
    for (index, persona) in (0..).zip(&persona::VISITORS) {
        let access = access.clone();
        bots.spawn(keep_coming(VISITORS_AFTER + VISITOR_STAGGER * index, move || {
            visitor::visit(access.clone(), persona)
        }));
    }
    while bots.join_next().await.is_some() {}
}

/// Comes after `delay`, and again whenever the socket is lost.
async fn keep_coming<F>(delay: Duration, come: impl Fn() -> F)
where
    F: Future<Output = Result<(), CallError>>,
{
    sleep(delay).await;
    loop {
        if let Err(error) = come().await {
            debug!(%error, "a demo bot comes again");
        }
        sleep(pace::between(1_000, 3_000)).await;
    }
}

/// A server that listens on all addresses is reached on this machine's own.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(match address.ip() {
            IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    address
}
