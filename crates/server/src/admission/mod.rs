//! Limits for each API key, address and user. Permissions are decided elsewhere.
//!
//! A request with a good service token counts for its key, any other one for its address; a login
//! and a command over a socket count for their user. Every table is bounded.

mod address;
mod rate_limit;
mod sockets;
mod table;

use std::{net::IpAddr, sync::Arc, time::Duration};

use axum::http::HeaderMap;
use duelcast_protocol::{DurationMs, KeyId, Rejection, UserId};
use ipnet::IpNet;
use tokio::time::Instant;

pub use self::{
    address::InvalidNetwork,
    rate_limit::{InvalidRate, RateLimit},
};
use self::{address::Proxies, sockets::SocketCounts, table::RateTable};
pub(crate) use self::{
    address::{ClientAddress, parse_network},
    sockets::CountedSocket,
};
pub use duelcast_socket::Rate;

/// Tokens for guests of one address.
const GUESTS: Rate = Rate::new(2, 120);
/// When to try again if an address has its maximum of sockets. An estimate: when one closes is not
/// known.
const NO_ROOM_RETRY: Duration = Duration::from_secs(5);

/// The limits.
#[derive(Debug, Clone)]
pub struct AdmissionLimits {
    /// REST requests with one API key.
    pub per_key: RateLimit,
    /// Requests without a service token from one address.
    pub per_address: RateLimit,
    /// Commands and logins of one user.
    pub per_user: RateLimit,
    /// New connections from one address.
    pub connections: RateLimit,
    /// Open sockets of one address.
    pub sockets_per_address: u32,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Clients on this machine are not limited by their address: they are tools, or a proxy that is
    /// not configured.
    pub spares_loopback: bool,
}

impl Default for AdmissionLimits {
    fn default() -> Self {
        Self {
            per_key: RateLimit::At(Rate::new(2_000, 4_000)),
            per_address: RateLimit::At(Rate::new(100, 1_000)),
            per_user: RateLimit::At(Rate::new(20, 100)),
            connections: RateLimit::At(Rate::new(100, 1_000)),
            sockets_per_address: 1_000,
            trusted_proxies: Vec::new(),
            spares_loopback: true,
        }
    }
}

/// Counts requests, connections and sockets against the limits.
#[derive(Debug)]
pub(crate) struct Admission {
    proxies: Proxies,
    spares_loopback: bool,
    keys: RateTable<KeyId>,
    addresses: RateTable<ClientAddress>,
    users: RateTable<UserId>,
    connections: RateTable<ClientAddress>,
    guests: RateTable<ClientAddress>,
    sockets: Arc<SocketCounts>,
}

impl Admission {
    pub(crate) fn new(limits: &AdmissionLimits) -> Self {
        Self {
            proxies: Proxies::new(limits.trusted_proxies.clone()),
            spares_loopback: limits.spares_loopback,
            keys: RateTable::new(limits.per_key),
            addresses: RateTable::new(limits.per_address),
            users: RateTable::new(limits.per_user),
            connections: RateTable::new(limits.connections),
            guests: RateTable::new(RateLimit::At(GUESTS)),
            sockets: Arc::new(SocketCounts::new(limits.sockets_per_address)),
        }
    }

    /// The address that a request is counted for.
    pub(crate) fn client(&self, peer: IpAddr, headers: &HeaderMap) -> ClientAddress {
        ClientAddress::of(self.proxies.client(peer, headers))
    }

    /// A connection, before it has said anything. Proxies bring those of others.
    pub(crate) fn connection(&self, peer: IpAddr) -> Result<(), Duration> {
        if self.proxies.trusts(peer) {
            return Ok(());
        }
        self.of_address(&self.connections, ClientAddress::of(peer))
    }

    /// A request with a good service token.
    pub(crate) fn key(&self, key: &KeyId) -> Result<(), Rejection> {
        self.keys.take(key.clone(), Instant::now()).map_err(too_frequent)
    }

    /// A request without one.
    pub(crate) fn address(&self, client: ClientAddress) -> Result<(), Rejection> {
        self.of_address(&self.addresses, client).map_err(too_frequent)
    }

    /// A login or a command.
    pub(crate) fn user(&self, user: &UserId) -> Result<(), Rejection> {
        self.users.take(user.clone(), Instant::now()).map_err(too_frequent)
    }

    /// A guest who wants a token.
    pub(crate) fn guest(&self, client: ClientAddress) -> Result<(), Rejection> {
        self.of_address(&self.guests, client).map_err(too_frequent)
    }

    /// A socket, counted until the answer is dropped; `None` where sockets are not counted.
    pub(crate) fn socket(&self, client: ClientAddress) -> Result<Option<CountedSocket>, Rejection> {
        if self.spares(client) {
            return Ok(None);
        }
        self.sockets.count(client).map(Some).ok_or_else(|| too_frequent(NO_ROOM_RETRY))
    }

    /// Refusals since the start, with what was counted.
    pub(crate) fn refusals(&self) -> [(&'static str, u64); 6] {
        [
            ("key", self.keys.refused()),
            ("address", self.addresses.refused()),
            ("user", self.users.refused()),
            ("connection", self.connections.refused()),
            ("guest", self.guests.refused()),
            ("socket", self.sockets.refused()),
        ]
    }

    fn of_address(&self, table: &RateTable<ClientAddress>, client: ClientAddress) -> Result<(), Duration> {
        if self.spares(client) { Ok(()) } else { table.take(client, Instant::now()) }
    }

    fn spares(&self, client: ClientAddress) -> bool {
        self.spares_loopback && client.is_loopback()
    }
}

/// Rounded up, so that a client that waits for exactly this long does not come too early.
fn too_frequent(wait: Duration) -> Rejection {
    let millis = DurationMs::try_from(wait.as_nanos().div_ceil(1_000_000)).unwrap_or(DurationMs::MAX);
    Rejection::too_frequent(millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admission(spares_loopback: bool) -> Admission {
        let once = RateLimit::At(Rate::new(1, 1));
        Admission::new(&AdmissionLimits {
            per_address: once,
            connections: once,
            trusted_proxies: vec![parse_network("10.0.0.1").unwrap()],
            spares_loopback,
            ..AdmissionLimits::default()
        })
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn this_machine_is_spared_if_that_is_wanted() {
        for local in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
            let local = ClientAddress::of(ip(local));
            let (sparing, strict) = (admission(true), admission(false));
            assert!((0..3).all(|_| sparing.address(local).is_ok()));
            assert!(strict.address(local).is_ok() && strict.address(local).is_err());
        }
    }

    #[test]
    fn connections_of_a_trusted_proxy_are_not_counted() {
        let admission = admission(true);
        assert!((0..3).all(|_| admission.connection(ip("10.0.0.1")).is_ok()));
        assert!(
            admission.connection(ip("10.0.0.2")).is_ok() && admission.connection(ip("10.0.0.2")).is_err()
        );
        assert!(admission.refusals().contains(&("connection", 1)));
    }

    #[test]
    fn a_wait_is_never_rounded_down() {
        assert_eq!(too_frequent(Duration::from_nanos(1_000_001)).retry_after_ms, Some(2));
    }
}
