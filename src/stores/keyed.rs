//! Signals by key: one per row or number, so that a change notifies only the subscribers of its
//! key.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

use leptos::prelude::*;

use crate::stores::signal::SetIfChanged;

/// Maximum size of the map at which idle keys, those with the default value, are kept.
const MAX_IDLE_KEYS: usize = 256;

/// A map of signals. Reading an absent key creates a signal with the default value, so that a
/// component can subscribe before the first value arrives. A removed key is reset to the default.
#[derive(Debug)]
pub(crate) struct KeyedSignals<K, V: 'static> {
    signals: Mutex<BTreeMap<K, ArcRwSignal<V>>>,
}

impl<K, V> Default for KeyedSignals<K, V> {
    fn default() -> Self {
        Self { signals: Mutex::default() }
    }
}

impl<K: Ord + Clone, V: Clone + PartialEq + Default + Send + Sync> KeyedSignals<K, V> {
    pub(crate) fn get(&self, key: &K) -> ArcRwSignal<V> {
        let mut signals = self.lock();
        match signals.get(key) {
            Some(signal) => signal.clone(),
            None => signals.entry(key.clone()).or_default().clone(),
        }
    }

    pub(crate) fn set(&self, key: &K, value: &V) {
        self.get(key).clone_if_changed(value);
    }

    /// Sets these keys; resets all others to the default.
    pub(crate) fn replace<'a>(&self, values: impl IntoIterator<Item = (&'a K, &'a V)>)
    where
        K: 'a,
        V: 'a,
    {
        let mut known = BTreeSet::new();
        for (key, value) in values {
            self.set(key, value);
            known.insert(key);
        }
        self.retain(|key| known.contains(key));
    }

    /// Resets the keys that do not satisfy the predicate, and removes them if the map has more than
    /// [`MAX_IDLE_KEYS`] keys.
    pub(crate) fn retain(&self, is_known: impl Fn(&K) -> bool) {
        let mut idle = Vec::new();
        {
            let mut signals = self.lock();
            let is_full = signals.len() > MAX_IDLE_KEYS;
            signals.retain(|key, signal| {
                let is_known = is_known(key);
                if !is_known {
                    idle.push(signal.clone());
                }
                is_known || !is_full
            });
        }
        // After the lock is released: a subscriber may read other keys.
        for signal in idle {
            signal.set_if_changed(V::default());
        }
    }
}

impl<K, V> KeyedSignals<K, V> {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<K, ArcRwSignal<V>>> {
        self.signals.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Ord + Clone, V: Clone + PartialEq + Send + Sync> KeyedSignals<K, Option<V>> {
    /// Like `set`, for a borrowed row, which is cloned only if it differs.
    pub(crate) fn set_some(&self, key: &K, value: &V) {
        let signal = self.get(key);
        if signal.with_untracked(|old| old.as_ref() != Some(value)) {
            signal.set(Some(value.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stores::signal::test_support::count_runs;

    #[test]
    fn a_change_wakes_only_who_shows_that_key() {
        let scores = KeyedSignals::<&str, u64>::default();
        let (a, b) = (scores.get(&"a"), scores.get(&"b"));
        let (a_runs, b_runs) = (
            count_runs(move || {
                let _ = a.get();
            }),
            count_runs(move || {
                let _ = b.get();
            }),
        );
        scores.replace([(&"a", &5), (&"b", &0)]);
        assert_eq!((a_runs.get(), b_runs.get()), (2, 1));
    }

    #[test]
    fn a_key_that_disappears_falls_back_to_the_default() {
        let scores = KeyedSignals::<u32, u64>::default();
        scores.replace([(&1, &5)]);
        let one = scores.get(&1);
        scores.replace([(&2, &7)]);
        assert_eq!(one.get(), 0);
    }

    #[test]
    fn unknown_keys_are_removed() {
        let scores = KeyedSignals::<usize, u64>::default();
        for key in 0..1_000 {
            scores.replace([(&key, &1)]);
        }
        assert!(scores.lock().len() <= MAX_IDLE_KEYS + 1);
    }
}
