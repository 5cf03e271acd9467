//! Writing the signals of the stores.

use leptos::prelude::*;

/// Writes that notify only if the value changed: `set` of a signal also notifies for an equal
/// value.
pub(crate) trait SetIfChanged<T> {
    /// Sets the value if it differs.
    fn set_if_changed(&self, value: T);

    /// Sets a borrowed value, which is cloned only if it differs.
    fn clone_if_changed(&self, value: &T)
    where
        T: Clone;
}

impl<T: PartialEq + Send + Sync + 'static> SetIfChanged<T> for ArcRwSignal<T> {
    fn set_if_changed(&self, value: T) {
        if self.with_untracked(|old| *old != value) {
            self.set(value);
        }
    }

    fn clone_if_changed(&self, value: &T)
    where
        T: Clone,
    {
        if self.with_untracked(|old| old != value) {
            self.set(value.clone());
        }
    }
}

/// For tests: an effect that counts its runs, including the first.
#[cfg(test)]
pub(crate) mod test_support {
    use std::sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    };

    use leptos::reactive::effect::ImmediateEffect;

    pub(crate) struct Runs {
        count: Arc<AtomicU32>,
        _effect: ImmediateEffect,
    }

    impl Runs {
        pub(crate) fn get(&self) -> u32 {
            self.count.load(Ordering::Relaxed)
        }
    }

    pub(crate) fn count_runs(read: impl Fn() + Send + Sync + 'static) -> Runs {
        let count = Arc::new(AtomicU32::new(0));
        let counter = count.clone();
        let effect = ImmediateEffect::new(move || {
            counter.fetch_add(1, Ordering::Relaxed);
            read();
        });
        Runs { count, _effect: effect }
    }
}

#[cfg(test)]
mod tests {
    use super::{test_support::count_runs, *};

    #[test]
    fn setting_an_equal_value_notifies_no_subscriber() {
        let signal = ArcRwSignal::new(1);
        let runs = count_runs({
            let signal = signal.clone();
            move || {
                let _ = signal.get();
            }
        });
        signal.set_if_changed(1);
        assert_eq!(runs.get(), 1);
        signal.set_if_changed(2);
        assert_eq!(runs.get(), 2);
    }
}
