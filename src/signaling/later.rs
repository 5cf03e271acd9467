//! A value that one gives and another waits for. Only the wish to be woken is compiled here, once for all types of values.

use std::{
    cell::Cell,
    future::Future,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
};

use futures::channel::oneshot;

/// Who has it to give.
pub(crate) struct Giver<T> {
    value: Rc<Cell<Option<T>>>,
    given: oneshot::Sender<()>,
}

/// The value; `None` if the giver is gone without having given it.
pub(crate) struct Later<T> {
    value: Rc<Cell<Option<T>>>,
    given: oneshot::Receiver<()>,
}

pub(crate) fn later<T>() -> (Giver<T>, Later<T>) {
    let (sender, receiver) = oneshot::channel();
    let value = Rc::new(Cell::new(None));
    (Giver { value: value.clone(), given: sender }, Later { value, given: receiver })
}

impl<T> Giver<T> {
    pub(crate) fn give(self, value: T) {
        self.value.set(Some(value));
        let _ = self.given.send(());
    }
}

impl<T> Future for Later<T> {
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        Pin::new(&mut self.given).poll(context).map(|_| self.value.take())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::executor::block_on;

    #[test]
    fn what_is_given_is_there_for_who_waits() {
        let (giver, later) = later();
        giver.give(1);
        assert_eq!(block_on(later), Some(1));
    }

    #[test]
    fn nobody_waits_for_a_giver_that_is_gone() {
        let (giver, later) = later::<u8>();
        drop(giver);
        assert_eq!(block_on(later), None);
    }
}
