//! A value that nobody follows.

use std::cell::RefCell;

use super::kept::Kept;

/// A value that is read and written, and that nobody follows. Can be copied; lives as long as its owner.
pub struct StoredValue<T> {
    value: Kept<RefCell<T>>,
}

impl<T> Clone for StoredValue<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for StoredValue<T> {}

/// Once the owner is gone, what begins with `try_` gives nothing and nothing is changed; the rest panics then.
impl<T: 'static> StoredValue<T> {
    #[must_use]
    pub fn new(value: T) -> Self {
        Self { value: Kept::new(RefCell::new(value)) }
    }

    pub fn with_value<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        self.value.with(|value| read(&value.borrow()))
    }

    pub fn try_with_value<R>(&self, read: impl FnOnce(&T) -> R) -> Option<R> {
        self.value.try_with(|value| read(&value.borrow()))
    }

    pub fn set_value(&self, new: T) {
        self.update_value(|value| *value = new);
    }

    pub fn update_value(&self, change: impl FnOnce(&mut T)) {
        self.value.try_with(|value| change(&mut value.borrow_mut()));
    }
}

impl<T: Clone + 'static> StoredValue<T> {
    #[must_use]
    pub fn get_value(&self) -> T {
        self.with_value(T::clone)
    }

    #[must_use]
    pub fn try_get_value(&self) -> Option<T> {
        self.try_with_value(T::clone)
    }
}

#[cfg(test)]
mod tests {
    use leptos::prelude::Owner;

    use super::*;

    #[test]
    fn it_is_read_and_written_and_left_alone_once_the_owner_is_gone() {
        let owner = Owner::new();
        let value = owner.with(|| StoredValue::new(vec![1]));
        value.update_value(|value| value.push(2));
        assert_eq!(value.get_value(), [1, 2]);
        value.set_value(vec![3]);
        assert_eq!(value.try_with_value(Vec::len), Some(1));
        owner.cleanup();
        value.set_value(vec![4]);
        assert_eq!(value.try_get_value(), None);
    }
}
