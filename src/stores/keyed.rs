//! Signals by key: one for each row or number, so that a change wakes only who shows that one.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::reactive::Field;

/// Keys that may stay although nothing is known about them any more.
const MAX_IDLE_KEYS: usize = 256;

/// By key. A map of the standard library is more code than all that is done with it here.
type Sorted<K, V> = Vec<(K, Field<V>)>;

/// A map of signals. Asking for a key that is not there yet gives a signal with the default value, so that a component may
/// be drawn before the first value arrives. A key that disappears falls back to the default.
#[derive(Debug)]
pub(crate) struct KeyedFields<K, V: 'static> {
    fields: Arc<Mutex<Sorted<K, V>>>,
}

impl<K, V> Clone for KeyedFields<K, V> {
    fn clone(&self) -> Self {
        Self { fields: self.fields.clone() }
    }
}

impl<K, V> Default for KeyedFields<K, V> {
    fn default() -> Self {
        Self { fields: Arc::default() }
    }
}

impl<K: Ord + Clone, V: Clone + PartialEq + Default + Send + Sync> KeyedFields<K, V> {
    pub(crate) fn get(&self, key: &K) -> Field<V> {
        let mut fields = self.lock();
        let at = fields.binary_search_by(|(other, _)| other.cmp(key)).unwrap_or_else(|at| {
            fields.insert(at, (key.clone(), Field::default()));
            at
        });
        fields[at].1.clone()
    }

    pub(crate) fn set(&self, key: &K, value: &V) {
        self.get(key).set_from(value);
    }

    /// Sets these; all others fall back to the default.
    pub(crate) fn replace<'a>(&self, values: impl IntoIterator<Item = (&'a K, &'a V)>)
    where
        K: 'a,
        V: 'a,
    {
        let mut known = Vec::new();
        for (key, value) in values {
            self.set(key, value);
            known.push(key);
        }
        self.retain(|key| known.contains(&key));
    }

    /// Those that do not pass fall back to the default, and are forgotten when there are too many of them.
    pub(crate) fn retain(&self, is_known: impl Fn(&K) -> bool) {
        let mut idle = Vec::new();
        {
            let mut fields = self.lock();
            let forget = fields.len() > MAX_IDLE_KEYS;
            fields.retain(|(key, field)| {
                let known = is_known(key);
                if !known {
                    idle.push(field.clone());
                }
                known || !forget
            });
        }
        for field in idle {
            field.set(V::default());
        }
    }
}

impl<K, V> KeyedFields<K, V> {
    fn lock(&self) -> MutexGuard<'_, Sorted<K, V>> {
        self.fields.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Ord + Clone, V: Clone + PartialEq + Send + Sync> KeyedFields<K, Option<V>> {
    /// As `set`, for a row that is only worth a clone when it differs.
    pub(crate) fn set_some(&self, key: &K, value: &V) {
        let field = self.get(key);
        if field.with_untracked(|old| old.as_ref() != Some(value)) {
            field.set(Some(value.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reactive::count_runs;

    #[test]
    fn a_change_wakes_only_who_shows_that_key() {
        let scores = KeyedFields::<&str, u64>::default();
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
        let scores = KeyedFields::<u32, u64>::default();
        scores.replace([(&1, &5)]);
        let one = scores.get(&1);
        scores.replace([(&2, &7)]);
        assert_eq!(one.get(), 0);
    }

    #[test]
    fn keys_that_nobody_knows_any_more_do_not_pile_up() {
        let scores = KeyedFields::<usize, u64>::default();
        for key in 0..1_000 {
            scores.replace([(&key, &1)]);
        }
        assert!(scores.lock().len() <= MAX_IDLE_KEYS + 1);
    }
}
