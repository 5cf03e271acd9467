//! The client's address of a request: that of the peer, or what a trusted proxy says in
//! `X-Forwarded-For`.

use std::net::{IpAddr, Ipv6Addr};

use axum::http::HeaderMap;
use ipnet::IpNet;

const FORWARDED_FOR: &str = "x-forwarded-for";
/// Proxies in a row that are looked through.
const MAX_HOPS: usize = 16;

/// The address that a request is counted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// One household has a whole /64 of IPv6.
    pub(crate) fn of(ip: IpAddr) -> Self {
        match ip.to_canonical() {
            IpAddr::V6(ip) => {
                let [a, b, c, d, ..] = ip.segments();
                Self(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into())
            }
            v4 @ IpAddr::V4(_) => Self(v4),
        }
    }

    /// The loopback network of IPv6 is one address, and its /64 has no other.
    pub(crate) fn is_loopback(self) -> bool {
        self.0.is_loopback() || self == Self::of(Ipv6Addr::LOCALHOST.into())
    }
}

/// A text that is neither an address nor a network.
#[derive(Debug, thiserror::Error)]
#[error("{0} is neither an address nor a network: write 10.0.0.1 or 10.0.0.0/8.")]
pub struct InvalidNetwork(String);

/// A proxy's address or network, as an option has it.
///
/// # Errors
/// If it is neither.
pub(crate) fn parse_network(text: &str) -> Result<IpNet, InvalidNetwork> {
    let address = text.parse::<IpAddr>().map(IpNet::from);
    address.or_else(|_| text.parse()).map_err(|_| InvalidNetwork(text.to_owned()))
}

/// Proxies that are trusted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Proxies(Vec<IpNet>);

impl Proxies {
    pub(crate) fn new(networks: Vec<IpNet>) -> Self {
        Self(networks)
    }

    pub(crate) fn trusts(&self, ip: IpAddr) -> bool {
        let ip = ip.to_canonical();
        self.0.iter().any(|network| network.contains(&ip))
    }

    /// The last address of `X-Forwarded-For` that is not a trusted proxy's. The addresses before it
    /// are not trustworthy.
    pub(crate) fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer;
        let lines = headers.get_all(FORWARDED_FOR).into_iter().filter_map(|line| line.to_str().ok());
        let hops: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
        for hop in hops.into_iter().rev().take(MAX_HOPS) {
            match hop.parse() {
                Ok(before) if self.trusts(client) => client = before,
                Ok(_) | Err(_) => break,
            }
        }
        client
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn client(peer: &str, forwarded: &[&str]) -> String {
        let proxies = Proxies::new(["10.0.0.0/8", "::1"].map(|text| parse_network(text).unwrap()).to_vec());
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED_FOR, HeaderValue::from_str(line).unwrap());
        }
        proxies.client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn a_stranger_is_taken_for_itself_whatever_it_says() {
        assert_eq!(client("198.51.100.1", &["203.0.113.9"]), "198.51.100.1");
    }

    #[test]
    fn a_proxy_is_believed_and_what_its_client_made_up_is_not() {
        assert_eq!(client("10.0.0.1", &["203.0.113.9"]), "203.0.113.9");
        assert_eq!(client("::ffff:10.0.0.1", &["203.0.113.9"]), "203.0.113.9");
        assert_eq!(client("10.0.0.1", &["1.2.3.4, 203.0.113.9"]), "203.0.113.9");
        assert_eq!(client("10.0.0.1", &["1.2.3.4", "203.0.113.9, 10.9.9.9"]), "203.0.113.9");
        assert_eq!(client("::1", &["2001:db8::7"]), "2001:db8::7");
    }

    #[test]
    fn nonsense_from_a_proxy_leaves_the_proxy_itself() {
        assert_eq!(client("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(client("10.0.0.1", &["unknown"]), "10.0.0.1");
        assert_eq!(client("10.0.0.1", &["203.0.113.9, "]), "10.0.0.1");
    }

    #[test]
    fn a_household_is_one_address() {
        let of = |text: &str| ClientAddress::of(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::3"), of("2001:db8:1:2:ffff::4"));
        assert_ne!(of("2001:db8:1:2::3"), of("2001:db8:1:3::3"));
        assert_eq!(of("::ffff:203.0.113.9"), of("203.0.113.9"));
        assert_ne!(of("203.0.113.8"), of("203.0.113.9"));
    }

    #[test]
    fn a_proxy_is_an_address_or_a_network() {
        for wrong in ["", "proxy.example", "10.0.0.0/33", "10.0.0.1:80"] {
            assert!(parse_network(wrong).is_err(), "{wrong}");
        }
    }
}
