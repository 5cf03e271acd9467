//! A copy-on-write map: clones share their values until one of them changes a value, so that a copy
//! of the whole realm for a snapshot costs little.

use std::{borrow::Borrow, collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

/// A map ordered by key. Serializes as a plain map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent, bound(deserialize = "K: Ord + Deserialize<'de>, V: Deserialize<'de>"))]
pub(crate) struct SharedMap<K, V>(BTreeMap<K, Arc<V>>);

impl<K, V> Default for SharedMap<K, V> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord, V> SharedMap<K, V> {
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.0.get(key).map(Arc::as_ref)
    }

    pub fn insert(&mut self, key: K, value: V) {
        self.0.insert(key, Arc::new(value));
    }

    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.0.values().map(Arc::as_ref)
    }
}

impl<K: Ord, V: Clone> SharedMap<K, V> {
    /// The value, to be changed. A value that another map shares is cloned first.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.0.get_mut(key).map(Arc::make_mut)
    }

    pub fn remove(&mut self, key: &K) -> Option<V> {
        self.0.remove(key).map(Arc::unwrap_or_clone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_does_not_reach_a_clone() {
        let mut map = SharedMap::default();
        map.insert(1, "one");
        let before = map.clone();
        *map.get_mut(&1).unwrap() = "two";
        assert_eq!((map.get(&1), before.get(&1)), (Some(&"two"), Some(&"one")));
        map.remove(&1);
        assert_eq!((map.get(&1), before.get(&1)), (None, Some(&"one")));
    }
}
