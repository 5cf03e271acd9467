//! Pending calls.

use gloo_timers::callback::Timeout;

use super::{codec::RawReply, error::CallError};

/// Maximum number of pending calls, including those that wait for a socket.
pub(crate) const MAX_CALLS: usize = 128;

/// Receives the result of a call, synchronously when its frame is read: before any later frame is
/// handled.
pub(crate) type Deliver = Box<dyn FnOnce(Result<RawReply, CallError>)>;

struct Open {
    id: u64,
    deliver: Deliver,
    /// The request, while it waits for a socket.
    unsent: Option<String>,
    timer: Option<Timeout>,
}

/// Pending calls, ordered by request id.
#[derive(Default)]
pub(crate) struct Calls {
    last_id: u64,
    open: Vec<Open>,
}

impl Calls {
    /// Whether only the last slot is free, which is reserved for login and pings.
    pub(crate) fn is_full(&self) -> bool {
        self.open.len() + 1 >= MAX_CALLS
    }

    /// Registers a call and returns its id; `None` if too many are pending.
    pub(crate) fn open(&mut self, deliver: Deliver) -> Option<u64> {
        if self.open.len() >= MAX_CALLS {
            return None;
        }
        self.last_id += 1;
        self.open.push(Open { id: self.last_id, deliver, unsent: None, timer: None });
        Some(self.last_id)
    }

    fn find(&mut self, id: u64) -> Option<&mut Open> {
        self.open.iter_mut().find(|call| call.id == id)
    }

    /// Sets the timeout of a call; it is cancelled when the call is closed.
    pub(crate) fn time(&mut self, id: u64, timer: Timeout) {
        if let Some(call) = self.find(id) {
            call.timer = Some(timer);
        }
    }

    /// Stores the request of a call until there is a socket.
    pub(crate) fn hold(&mut self, id: u64, request: String) {
        if let Some(call) = self.find(id) {
            call.unsent = Some(request);
        }
    }

    /// Takes the stored requests, in order.
    #[must_use]
    pub(crate) fn take_unsent(&mut self) -> Vec<(u64, String)> {
        self.open.iter_mut().filter_map(|call| Some((call.id, call.unsent.take()?))).collect()
    }

    /// Removes the call with this id.
    #[must_use]
    pub(crate) fn close(&mut self, id: u64) -> Option<Deliver> {
        let place = self.open.iter().position(|call| call.id == id)?;
        Some(self.open.remove(place).deliver)
    }

    /// Removes all calls that were sent: their socket is closed.
    #[must_use]
    pub(crate) fn close_all(&mut self) -> Vec<Deliver> {
        self.open.extract_if(.., |call| call.unsent.is_none()).map(|call| call.deliver).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_calls_are_bounded_and_ids_are_not_used_again() {
        let mut calls = Calls::default();
        let first = calls.open(Box::new(drop)).unwrap();
        for _ in 1..MAX_CALLS {
            assert!(calls.open(Box::new(drop)).is_some());
        }
        assert!(calls.open(Box::new(drop)).is_none());
        assert!(calls.close(first).is_some());
        assert!(calls.close(first).is_none());
        assert_ne!(calls.open(Box::new(drop)), Some(first));
        assert_eq!(calls.close_all().len(), MAX_CALLS);
    }
}
