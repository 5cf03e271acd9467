//! For tests: counts how often an effect ran.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use leptos::reactive::effect::ImmediateEffect;

/// A running effect and how often it ran, the first time included.
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
