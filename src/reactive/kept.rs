//! A value that lives as long as its owner, under a handle that can be copied.

use std::{any::Any, cell::RefCell, marker::PhantomData, rc::Rc};

use leptos::prelude::StoredValue;

/// A handle of a value that lives as long as its owner.
pub(crate) struct Kept<T> {
    key: Key,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Kept<T> {}

impl<T> PartialEq for Kept<T> {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl<T: 'static> Kept<T> {
    pub(crate) fn new(value: T) -> Self {
        Self { key: keep(Rc::new(value)), of: PhantomData }
    }

    /// `None` once the owner is gone.
    pub(crate) fn try_with<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
        find(self.key)?.downcast_ref().map(read)
    }

    /// # Panics
    /// Once the owner is gone.
    pub(crate) fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.try_with(read).unwrap_or_else(|| gone())
    }
}

/// The number of a place, and which of those that had it, in one number: handles are copied all the time, and the two of
/// Leptos's handles are twice the code.
type Key = u64;

#[derive(Default)]
struct Places {
    places: Vec<Place>,
    vacant: Vec<u32>,
}

struct Place {
    /// How many had it before.
    turn: u32,
    value: Option<Rc<dyn Any>>,
}

thread_local! {
    static PLACES: RefCell<Places> = RefCell::default();
}

/// Takes a value out when the owner's values are dropped.
struct Leave(Key);

impl Drop for Leave {
    fn drop(&mut self) {
        let (index, turn) = parts(self.0);
        // A value may read others while it is dropped.
        let left = PLACES.try_with(|places| {
            let places = &mut *places.borrow_mut();
            let place = places.places.get_mut(index as usize).filter(|place| place.turn == turn)?;
            place.turn = turn.wrapping_add(1);
            places.vacant.push(index);
            place.value.take()
        });
        drop(left);
    }
}

fn parts(key: Key) -> (u32, u32) {
    (key as u32, (key >> 32) as u32)
}

#[inline(never)]
fn keep(value: Rc<dyn Any>) -> Key {
    let key = PLACES.with_borrow_mut(|Places { places, vacant }| {
        let index = vacant.pop().unwrap_or_else(|| {
            places.push(Place { turn: 0, value: None });
            places.len() as u32 - 1
        });
        let place = &mut places[index as usize];
        place.value = Some(value);
        u64::from(place.turn) << 32 | u64::from(index)
    });
    StoredValue::new(Leave(key));
    key
}

#[inline(never)]
fn find(key: Key) -> Option<Rc<dyn Any>> {
    let (index, turn) = parts(key);
    PLACES.with_borrow(|places| {
        places.places.get(index as usize).filter(|place| place.turn == turn)?.value.clone()
    })
}

#[cold]
#[inline(never)]
fn gone() -> ! {
    panic!("a signal was used after its owner was gone")
}

#[cfg(test)]
mod tests {
    use leptos::prelude::Owner;

    use super::*;

    /// Tells of the time when it is dropped what another handle finds.
    struct Witness(Kept<u32>, Rc<RefCell<Option<u32>>>);

    impl Drop for Witness {
        fn drop(&mut self) {
            *self.1.borrow_mut() = self.0.try_with(|value| *value);
        }
    }

    #[test]
    fn a_value_lives_as_long_as_its_owner() {
        let owner = Owner::new();
        let kept = owner.with(|| Kept::new(7));
        assert_eq!(kept.with(|value| *value), 7);
        owner.cleanup();
        assert_eq!(kept.try_with(|value: &i32| *value), None);
    }

    #[test]
    fn a_handle_whose_value_is_gone_does_not_find_the_one_that_took_its_place() {
        let (first, second) = (Owner::new(), Owner::new());
        let gone = first.with(|| Kept::new(1));
        first.cleanup();
        let there = second.with(|| Kept::new(2));
        assert!(gone != there);
        assert_eq!(gone.try_with(|value| *value), None);
        assert_eq!(there.try_with(|value| *value), Some(2));
    }

    #[test]
    fn what_is_dropped_may_read_others() {
        let (outer, inner) = (Owner::new(), Owner::new());
        let found = Rc::new(RefCell::new(None));
        let other = outer.with(|| Kept::new(3));
        inner.with(|| Kept::new(Witness(other, found.clone())));
        inner.cleanup();
        assert_eq!(*found.borrow(), Some(3));
    }

    #[test]
    fn a_value_may_be_read_while_others_are_made_and_go() {
        let owner = Owner::new();
        let kept = owner.with(|| Kept::new("stays"));
        let read = kept.with(|value| {
            let passing = Owner::new();
            passing.with(|| Kept::new(0));
            passing.cleanup();
            *value
        });
        assert_eq!(read, "stays");
    }
}
