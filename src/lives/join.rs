//! Joining, joining again, leaving.

use duelcast_protocol::{JoinLive, JoinReply, LeaveLive, LiveSnapshot};
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;

use super::{Live, LivePhase};
use crate::signaling::{CallError, Status, later};

/// After a refusal that may pass.
const REJOIN_DELAY_MS: u32 = 1_000;

impl Live {
    pub(crate) fn is_wanted(&self) -> bool {
        self.inner.is_wanted.get()
    }

    /// Answers once the first snapshot is there, and goes on trying after a refusal that may pass.
    ///
    /// # Errors
    /// What the server refused with, or that there was no answer.
    pub async fn join(&self) -> Result<(), CallError> {
        if *self.inner.phase.borrow() == LivePhase::Joined {
            return Ok(());
        }
        self.inner.is_wanted.set(true);
        self.set_phase(LivePhase::Joining);
        let (giver, outcome) = later();
        self.inner.waiting.borrow_mut().push(giver);
        self.start_join();
        outcome.await.unwrap_or(Err(CallError::ConnectionLost))
    }

    /// As [`Live::join`], for who was in the live by another client and has told of all that led to this snapshot: what came after
    /// it is told from here. Without effect where more is known already.
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

    /// Asks for what we do not have yet, if the live is wanted. The socket's loss or a passing refusal does not end the wish.
    pub(crate) fn start_join(&self) {
        if !self.inner.is_wanted.get() || self.inner.is_joining.replace(true) {
            return;
        }
        let params =
            JoinLive { live_id: self.live_id().clone(), resume: self.inner.replica.borrow().resume_from() };
        let live = self.downgrade();
        let joined = move |reply| {
            if let Some(live) = Self::upgrade(&live) {
                live.take_join_reply(reply);
            }
        };
        self.inner.signaling.call_then(&params, joined);
    }

    fn take_join_reply(&self, reply: Result<JoinReply, CallError>) {
        self.inner.is_joining.set(false);
        if !self.inner.is_wanted.get() {
            return;
        }
        match reply {
            Ok(JoinReply::Snapshot(snapshot)) => self.take_snapshot(*snapshot),
            Ok(JoinReply::Resumed(resumed)) => self.take_resumed(resumed),
            Err(error) if error.is_retryable() || error == CallError::NotSignedIn => {
                self.join_failed_for_now(error)
            }
            Err(error) => {
                self.inner.is_wanted.set(false);
                self.inner.replica.borrow_mut().clear();
                self.set_phase(LivePhase::Failed(error.clone()));
                self.answer_waiting(&Err(error));
            }
        }
    }

    fn join_failed_for_now(&self, error: CallError) {
        let is_online = self.inner.signaling.status() == Status::Online;
        self.answer_waiting(&Err(error));
        if is_online {
            let live = self.downgrade();
            spawn_local(async move {
                TimeoutFuture::new(REJOIN_DELAY_MS).await;
                if let Some(live) = Self::upgrade(&live) {
                    live.start_join();
                }
            });
        }
    }

    pub(super) fn answer_waiting(&self, outcome: &Result<(), CallError>) {
        for waiting in self.inner.waiting.take() {
            waiting.give(outcome.clone());
        }
    }

    /// # Errors
    /// When the server could not be told.
    pub async fn leave(&self) -> Result<(), CallError> {
        let was_wanted = self.inner.is_wanted.replace(false);
        self.inner.replica.borrow_mut().clear();
        self.set_phase(LivePhase::Idle);
        if was_wanted {
            self.inner.signaling.tell(LeaveLive { live_id: self.live_id().clone() }).await
        } else {
            Ok(())
        }
    }
}
