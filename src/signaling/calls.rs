//! Calls that wait for their answers.

use duelcast_protocol::wire::Part;

use super::error::CallError;

/// Calls that may wait at a time, those that wait for a socket included.
pub(crate) const MAX_CALLS: usize = 128;

/// Takes an answer, right when its frame is read: what follows it on the socket is not looked at before.
pub(crate) type Deliver = Box<dyn FnOnce(Result<Part, CallError>)>;

/// Open calls by request id.
#[derive(Default)]
pub(crate) struct Calls {
    last_id: u64,
    open: Vec<(u64, Deliver)>,
}

impl Calls {
    /// Gives an id to a call; `None` if too many are open.
    pub(crate) fn open(&mut self, deliver: Deliver) -> Option<u64> {
        if self.open.len() >= MAX_CALLS {
            return None;
        }
        self.last_id += 1;
        self.open.push((self.last_id, deliver));
        Some(self.last_id)
    }

    /// The call with this id, once.
    #[must_use]
    pub(crate) fn close(&mut self, id: u64) -> Option<Deliver> {
        let at = self.open.iter().position(|(open, _)| *open == id)?;
        Some(self.open.swap_remove(at).1)
    }

    /// All open calls: their socket is gone.
    #[must_use]
    pub(crate) fn close_all(&mut self) -> Vec<Deliver> {
        std::mem::take(&mut self.open).into_iter().map(|(_, deliver)| deliver).collect()
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
