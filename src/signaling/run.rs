//! The connection task: opens one socket after another, with back-off, until a retry is useless.

use std::rc::{Rc, Weak};

use super::{
    backoff::backoff_ms,
    error::CallError,
    handle::{Generation, Inner},
    session::session,
    session_state::End,
    status::{OfflineReason, Status},
    token::TokenProvider,
};

/// Ends when another task supersedes it, when the last handle of the client is dropped, or when a
/// retry is useless.
pub(crate) async fn run(signaling: Weak<Inner>, generation: Generation, tokens: Rc<dyn TokenProvider>) {
    let mut attempt = 0;
    let mut was_refused = false;
    while let Some(inner) = signaling.upgrade().filter(|inner| inner.generation.get() == generation) {
        let end = session(&inner, generation, &*tokens, was_refused).await;
        if inner.generation.get() != generation {
            return;
        }
        inner.session.replace(None);
        inner.fail_calls(&CallError::ConnectionLost);
        match end {
            End::Offline(reason) => return inner.go_offline(reason),
            End::Refused if was_refused => return inner.go_offline(OfflineReason::Unauthorized),
            End::Refused => was_refused = true,
            End::Lost { was_online } => {
                was_refused &= !was_online;
                attempt = if was_online { 1 } else { attempt + 1 };
                pause(&inner, attempt).await;
            }
        }
    }
}

async fn pause(inner: &Inner, attempt: u32) {
    let delay_ms = backoff_ms(attempt, js_sys::Math::random());
    inner.set_status(Status::Reconnecting { attempt, retry_at: inner.clock.now() + delay_ms });
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few seconds, not negative"
    )]
    inner.wake.next(delay_ms as u32).await;
}
