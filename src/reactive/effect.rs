//! What follows signals.

use leptos::prelude::Effect;

/// Runs after what is drawn now, and whenever a signal that it reads changes, for as long as the owner lives.
pub fn effect(run: impl FnMut() + 'static) {
    start(Box::new(run));
}

/// The same, given what it gave the last time.
pub fn effect_with<T: 'static>(mut run: impl FnMut(Option<T>) -> T + 'static) {
    let mut last = None;
    effect(move || last = Some(run(last.take())));
}

trait Run {
    fn run(&mut self);
}

impl<F: FnMut()> Run for F {
    fn run(&mut self) {
        self();
    }
}

#[inline(never)]
fn start(mut run: Box<dyn Run>) {
    Effect::new(move || run.run());
}
