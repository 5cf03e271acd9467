//! Token buckets by name or address, never more than so many.

use std::{
    collections::HashMap,
    hash::Hash,
    mem,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use duelcast_socket::TokenBucket;
use tokio::time::Instant;

use super::RateLimit;

/// Buckets of one generation; a table keeps two.
const MAX_PER_GENERATION: usize = 32_768;

/// Token buckets of recent keys, in two generations. When the young generation is full it becomes
/// the old one, and the old one is dropped: a key that comes again after that has a full bucket.
/// Each request costs two look-ups, and nothing sweeps.
#[derive(Debug)]
pub(crate) struct RateTable<K> {
    limit: RateLimit,
    buckets: Mutex<Generations<K>>,
    refused: AtomicU64,
}

#[derive(Debug)]
struct Generations<K> {
    young: HashMap<K, TokenBucket>,
    old: HashMap<K, TokenBucket>,
}

impl<K: Eq + Hash> RateTable<K> {
    pub(crate) fn new(limit: RateLimit) -> Self {
        let buckets = Generations { young: HashMap::new(), old: HashMap::new() };
        Self { limit, buckets: Mutex::new(buckets), refused: AtomicU64::new(0) }
    }

    /// Takes a token of this key's bucket.
    ///
    /// # Errors
    /// How long to wait for the next token.
    pub(crate) fn take(&self, key: K, now: Instant) -> Result<(), Duration> {
        let RateLimit::At(rate) = self.limit else { return Ok(()) };
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = buckets.of(key, now).take(rate, now);
        if taken.is_err() {
            self.refused.fetch_add(1, Ordering::Relaxed);
        }
        taken
    }

    /// Refusals since the start.
    pub(crate) fn refused(&self) -> u64 {
        self.refused.load(Ordering::Relaxed)
    }
}

impl<K: Eq + Hash> Generations<K> {
    fn of(&mut self, key: K, now: Instant) -> &mut TokenBucket {
        let known = self.old.remove(&key);
        if self.young.len() >= MAX_PER_GENERATION && !self.young.contains_key(&key) {
            self.old = mem::take(&mut self.young);
        }
        self.young.entry(key).or_insert_with(|| known.unwrap_or_else(|| TokenBucket::new(now)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use duelcast_socket::Rate;

    fn table() -> RateTable<usize> {
        RateTable::new(RateLimit::At(Rate::new(1, 1)))
    }

    #[test]
    fn one_who_is_refused_does_not_keep_another_out() {
        let (table, now) = (table(), Instant::now());
        assert!(table.take(1, now).is_ok());
        assert_eq!(table.take(1, now), Err(Duration::from_secs(1)));
        assert!(table.take(2, now).is_ok());
        assert_eq!(table.refused(), 1);
    }

    #[test]
    fn there_are_never_more_buckets_than_two_generations() {
        let (table, now) = (table(), Instant::now());
        for key in 0..5 * MAX_PER_GENERATION {
            table.take(key, now).unwrap();
        }
        let buckets = table.buckets.lock().unwrap();
        assert!(buckets.young.len() + buckets.old.len() <= 2 * MAX_PER_GENERATION);
    }

    #[test]
    fn a_frequent_key_is_not_evicted_by_many_other_keys() {
        let (table, now) = (table(), Instant::now());
        let frequent = usize::MAX;
        table.take(frequent, now).unwrap();
        for key in 0..3 * MAX_PER_GENERATION {
            table.take(key, now).unwrap();
            assert!(key % 1_000 != 0 || table.take(frequent, now).is_err(), "forgotten after {key}");
        }
    }

    #[test]
    fn a_table_that_is_off_refuses_and_stores_no_key() {
        let (table, now) = (RateTable::new(RateLimit::Off), Instant::now());
        assert!((0..100).all(|_| table.take(1, now).is_ok()));
        assert!(table.buckets.lock().unwrap().young.is_empty());
    }
}
