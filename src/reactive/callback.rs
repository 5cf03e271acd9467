//! A function that can be copied.

use super::kept::Kept;

/// A function under a handle that can be copied; lives as long as its owner.
pub struct Callback<T> {
    run: Kept<Box<dyn Run<T>>>,
}

impl<T> Clone for Callback<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Callback<T> {}

trait Run<T>: Send + Sync {
    fn run(&self, with: T);
}

impl<T, F: Fn(T) + Send + Sync> Run<T> for F {
    fn run(&self, with: T) {
        self(with);
    }
}

/// See [`Callback`].
pub fn callback<T: 'static>(run: impl Fn(T) + Send + Sync + 'static) -> Callback<T> {
    Callback { run: Kept::new(Box::new(run)) }
}

impl<T: 'static> Callback<T> {
    /// # Panics
    /// Once the owner is gone.
    pub fn run(&self, with: T) {
        self.run.with(|run| run.run(with));
    }
}
