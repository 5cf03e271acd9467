//! Event broadcast: each subscriber has its own bounded queue. A slow subscriber loses the oldest
//! events.

use std::{
    cell::RefCell,
    collections::VecDeque,
    pin::Pin,
    rc::{Rc, Weak},
    task::{Context, Poll, Waker},
};

use futures::Stream;

/// Capacity of one subscriber's queue.
pub const MAX_WAITING_EVENTS: usize = 256;

struct Queue<T> {
    waiting: VecDeque<Rc<T>>,
    waker: Option<Waker>,
    is_closed: bool,
}

/// The sending end.
pub(crate) struct EventHub<T> {
    readers: RefCell<Vec<Weak<RefCell<Queue<T>>>>>,
}

/// One subscriber's events. Ends when the hub is dropped.
pub struct EventStream<T> {
    queue: Rc<RefCell<Queue<T>>>,
}

impl<T> Default for EventHub<T> {
    fn default() -> Self {
        Self { readers: RefCell::default() }
    }
}

impl<T> EventHub<T> {
    pub(crate) fn subscribe(&self) -> EventStream<T> {
        let queue = Rc::new(RefCell::new(Queue { waiting: VecDeque::new(), waker: None, is_closed: false }));
        self.readers.borrow_mut().push(Rc::downgrade(&queue));
        EventStream { queue }
    }

    pub(crate) fn send(&self, event: &Rc<T>) {
        let mut wakers = Vec::new();
        self.readers.borrow_mut().retain(|reader| {
            let Some(queue) = reader.upgrade() else {
                return false;
            };
            let mut queue = queue.borrow_mut();
            if queue.waiting.len() == MAX_WAITING_EVENTS {
                queue.waiting.pop_front();
            }
            queue.waiting.push_back(event.clone());
            wakers.extend(queue.waker.take());
            true
        });
        wakers.into_iter().for_each(Waker::wake);
    }
}

impl<T> Drop for EventHub<T> {
    fn drop(&mut self) {
        for queue in self.readers.take().iter().filter_map(Weak::upgrade) {
            let waker = {
                let mut queue = queue.borrow_mut();
                queue.is_closed = true;
                queue.waker.take()
            };
            waker.into_iter().for_each(Waker::wake);
        }
    }
}

impl<T> Stream for EventStream<T> {
    type Item = Rc<T>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Rc<T>>> {
        let mut queue = self.queue.borrow_mut();
        match queue.waiting.pop_front() {
            Some(event) => Poll::Ready(Some(event)),
            None if queue.is_closed => Poll::Ready(None),
            None => {
                queue.waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::{StreamExt, executor::block_on};

    #[test]
    fn every_reader_gets_every_event_from_its_subscription_on() {
        let hub = EventHub::default();
        let first = hub.subscribe();
        hub.send(&Rc::new(1));
        let second = hub.subscribe();
        hub.send(&Rc::new(2));
        drop(hub);
        assert_eq!(block_on(first.collect::<Vec<_>>()), [1, 2].map(Rc::new));
        assert_eq!(block_on(second.collect::<Vec<_>>()), [Rc::new(2)]);
    }

    #[test]
    fn a_slow_reader_loses_the_oldest() {
        let hub = EventHub::default();
        let slow = hub.subscribe();
        for number in 0..MAX_WAITING_EVENTS + 3 {
            hub.send(&Rc::new(number));
        }
        drop(hub);
        let got = block_on(slow.collect::<Vec<_>>());
        assert_eq!((got.len(), *got[0]), (MAX_WAITING_EVENTS, 3));
    }

    #[test]
    fn a_reader_that_is_gone_costs_nothing() {
        let hub = EventHub::default();
        drop(hub.subscribe());
        hub.send(&Rc::new(1));
        assert!(hub.readers.borrow().is_empty());
    }
}
