//! Multiple selection.

use leptos::prelude::*;

/// The picked values, in the order of picking.
pub struct Picks<T: 'static> {
    picked: RwSignal<Vec<T>>,
}

impl<T> Clone for Picks<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Picks<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Picks<T> {
    pub fn none() -> Self {
        Self::all([])
    }

    pub fn all(values: impl IntoIterator<Item = T>) -> Self {
        Self { picked: RwSignal::new(values.into_iter().collect()) }
    }

    pub fn get(self) -> Vec<T> {
        self.picked.get()
    }

    pub fn is_empty(self) -> bool {
        self.picked.with(Vec::is_empty)
    }

    pub fn has(self, value: &T) -> bool {
        self.picked.with(|picked| picked.contains(value))
    }

    /// Unpicks the values that do not satisfy the predicate.
    pub fn retain(self, mut passes: impl FnMut(&T) -> bool) {
        if self.picked.with_untracked(|picked| picked.iter().any(|value| !passes(value))) {
            self.picked.update(|picked| picked.retain(passes));
        }
    }

    /// Picks the value, or unpicks it if it is picked.
    pub fn toggle(self, value: &T) {
        self.picked.update(|picked| match picked.iter().position(|other| other == value) {
            Some(at) => drop(picked.remove(at)),
            None => picked.push(value.clone()),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn picking_twice_takes_it_back() {
        let owner = Owner::new();
        owner.set();
        let picks = Picks::all([1, 2]);
        picks.toggle(&1);
        picks.toggle(&3);
        assert_eq!(picks.get(), [2, 3]);
        picks.retain(|value| *value > 2);
        assert_eq!(picks.get(), [3]);
    }
}
