//! Joining, rejoining and leaving a live: executes the actions that
//! [`Membership`](super::membership::Membership) decides on.

use duelcast_protocol::{JoinLive, JoinReply, LeaveLive, LiveSnapshot};
use futures::channel::oneshot;
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;

use super::{
    Live,
    membership::{Action, CallNumber, LiveInput},
};
use crate::signaling::{CallError, Status};

/// Delay before a join is retried after a temporary refusal.
const REJOIN_DELAY_MS: u32 = 1_000;

impl Live {
    pub(crate) fn is_wanted(&self) -> bool {
        self.inner.membership.borrow().is_wanted()
    }

    /// Joins the live. Resolves with the first snapshot; retries after a temporary refusal.
    ///
    /// # Errors
    /// The server's refusal, or a transport error. `ConnectionLost` if the live is left or ends
    /// meanwhile.
    pub async fn join(&self) -> Result<(), CallError> {
        let (sender, outcome) = oneshot::channel();
        self.inner.waiting.borrow_mut().push(sender);
        self.apply(LiveInput::Join);
        outcome.await.unwrap_or(Err(CallError::ConnectionLost))
    }

    /// Like [`Live::join`], for a page that was in the live through another client and has this
    /// snapshot: events after it are reported. A later snapshot takes precedence.
    ///
    /// # Errors
    /// Those of [`Live::join`].
    pub async fn join_after(&self, known: LiveSnapshot) -> Result<(), CallError> {
        if self.inner.replica.borrow().snapshot().is_none() {
            self.inner.replica.borrow_mut().replace(known);
            self.inner.news.borrow_mut().has_snapshot = true;
        }
        self.join().await
    }

    /// Leaves the live: the page wants no more events, the server is notified.
    ///
    /// # Errors
    /// If the server did not confirm.
    pub async fn leave(&self) -> Result<(), CallError> {
        if self.apply(LiveInput::Leave) == Action::Leave {
            self.inner.signaling.command(LeaveLive { live_id: self.live_id().clone() }).await
        } else {
            Ok(())
        }
    }

    /// Applies an input and executes its action, except `leaveLive`; updates the views if the phase
    /// changed.
    pub(super) fn apply(&self, input: LiveInput) -> Action {
        let action = self.inner.membership.borrow_mut().apply(input);
        if matches!(action, Action::Clear | Action::Leave | Action::Fail(_)) {
            self.inner.replica.borrow_mut().clear();
        }
        self.show_phase();
        match &action {
            Action::Call(number) => self.call_join(*number),
            Action::Answer(outcome) => self.answer_waiting(outcome),
            Action::Fail(error) => self.answer_waiting(&Err(error.clone())),
            Action::RetryLater(error) => {
                self.answer_waiting(&Err(error.clone()));
                self.retry_later();
            }
            Action::Nothing | Action::Clear | Action::Leave => {}
        }
        // If the live was left or ended meanwhile, the server does not answer this join.
        if !self.is_wanted() {
            drop(self.inner.waiting.take());
        }
        action
    }

    fn call_join(&self, call: CallNumber) {
        let params =
            JoinLive { live_id: self.live_id().clone(), resume: self.inner.replica.borrow().resume_from() };
        let live = self.downgrade();
        let joined = move |reply| {
            if let Some(live) = Self::upgrade(&live) {
                live.take_join_reply(call, reply);
            }
        };
        self.inner.signaling.call_then(&params, joined);
    }

    fn take_join_reply(&self, call: CallNumber, reply: Result<JoinReply, CallError>) {
        if !self.inner.membership.borrow().is_under_way(call) {
            return;
        }
        let outcome = match reply {
            Ok(JoinReply::Snapshot(snapshot)) => {
                self.replace(*snapshot);
                Ok(())
            }
            Ok(JoinReply::Resumed(resumed)) => {
                if !self.resume(resumed) {
                    // The gap cannot be filled by a resume; request a full snapshot.
                    self.inner.replica.borrow_mut().clear();
                    return self.call_join(call);
                }
                Ok(())
            }
            Err(error) => Err(error),
        };
        self.apply(LiveInput::Answered { call, outcome });
    }

    /// Schedules a retry if the socket is logged in; otherwise the next login retries.
    fn retry_later(&self) {
        if self.inner.signaling.status() != Status::Online {
            return;
        }
        let live = self.downgrade();
        spawn_local(async move {
            TimeoutFuture::new(REJOIN_DELAY_MS).await;
            if let Some(live) = Self::upgrade(&live) {
                live.apply(LiveInput::Retry);
            }
        });
    }

    fn answer_waiting(&self, outcome: &Result<(), CallError>) {
        for waiting in self.inner.waiting.take() {
            // The caller may have dropped the future.
            drop(waiting.send(outcome.clone()));
        }
    }
}
