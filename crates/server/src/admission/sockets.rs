//! How many sockets are open from each address.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use super::address::ClientAddress;

/// Counts open sockets. It has an entry for each address with one, so it is bounded as connections
/// are.
#[derive(Debug)]
pub(super) struct SocketCounts {
    max_per_address: u32,
    open: Mutex<HashMap<ClientAddress, u32>>,
    refused: AtomicU64,
}

/// A socket that is counted, until this is dropped.
#[derive(Debug)]
pub(crate) struct CountedSocket {
    counts: Arc<SocketCounts>,
    address: ClientAddress,
}

impl SocketCounts {
    pub(super) fn new(max_per_address: u32) -> Self {
        Self { max_per_address, open: Mutex::default(), refused: AtomicU64::new(0) }
    }

    /// One more, if there may be one.
    pub(super) fn count(self: &Arc<Self>, address: ClientAddress) -> Option<CountedSocket> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(address).or_default();
        if *count >= self.max_per_address {
            self.refused.fetch_add(1, Ordering::Relaxed);
            return None;
        }
        *count += 1;
        Some(CountedSocket { counts: Arc::clone(self), address })
    }

    pub(super) fn refused(&self) -> u64 {
        self.refused.load(Ordering::Relaxed)
    }
}

impl Drop for CountedSocket {
    fn drop(&mut self) {
        let mut open = self.counts.open.lock().unwrap_or_else(PoisonError::into_inner);
        let left = open.get_mut(&self.address).map_or(0, |count| {
            *count -= 1;
            *count
        });
        if left == 0 {
            open.remove(&self.address);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(last: u8) -> ClientAddress {
        ClientAddress::of([203, 0, 113, last].into())
    }

    #[test]
    fn an_address_has_so_many_sockets_and_another_one_when_one_is_closed() {
        let counts = Arc::new(SocketCounts::new(2));
        let first = counts.count(address(1));
        let _second = counts.count(address(1)).unwrap();
        assert!(first.is_some() && counts.count(address(1)).is_none());
        assert!(counts.count(address(2)).is_some());
        drop(first);
        assert!(counts.count(address(1)).is_some());
        assert_eq!(counts.refused(), 1);
    }

    #[test]
    fn an_address_without_sockets_is_forgotten() {
        let counts = Arc::new(SocketCounts::new(2));
        drop(counts.count(address(1)));
        assert!(counts.open.lock().unwrap().is_empty());
    }
}
