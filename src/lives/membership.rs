//! The state machine of a membership. All transitions are in [`Membership::apply`];
//! docs/ARCHITECTURE.md has the diagram.

use super::LivePhase;
use crate::signaling::CallError;

/// Number of a `joinLive` call. The answer to an earlier call is stale.
pub(super) type CallNumber = u64;

/// The state of a membership.
#[derive(Debug, Clone, PartialEq)]
enum State {
    /// The page does not want to be in the live; the phase gives the reason.
    Out(LivePhase),
    /// The page wants to be in the live and has no snapshot yet. Without a call, it waits for a
    /// login or a retry.
    Joining { call: Option<CallNumber> },
    /// The page has a snapshot. A call resumes the event stream after a login or a gap.
    Joined { call: Option<CallNumber> },
}

/// Inputs of the state machine.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum LiveInput {
    /// The page requests to join.
    Join,
    /// The page requests to leave.
    Leave,
    /// The socket logged in, for the first time or again.
    LoggedIn,
    /// The delay after a refusal has elapsed.
    Retry,
    /// An event is missing between the replica and the newest event.
    Gap,
    /// A full snapshot arrived without `joinLive`: the page created the live, or the socket fell
    /// behind.
    Snapshot,
    /// The answer to `joinLive`.
    Answered { call: CallNumber, outcome: Result<(), CallError> },
    /// The live ended, or the user was removed from it.
    Over(LivePhase),
}

/// The side effect of a transition.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Action {
    Nothing,
    /// Call `joinLive` under this number.
    Call(CallNumber),
    /// Resolve the pending joins.
    Answer(Result<(), CallError>),
    /// Resolve the pending joins with the error, and retry later if the socket is logged in.
    RetryLater(CallError),
    /// Clear the snapshot, and resolve the pending joins with the error.
    Fail(CallError),
    /// Clear the snapshot.
    Clear,
    /// Clear the snapshot and call `leaveLive`.
    Leave,
}

/// The membership of this client in one live.
#[derive(Debug)]
pub(super) struct Membership {
    state: State,
    last_call: CallNumber,
}

impl Default for Membership {
    fn default() -> Self {
        Self { state: State::Out(LivePhase::Idle), last_call: 0 }
    }
}

impl Membership {
    /// The phase that the page shows.
    pub(super) fn phase(&self) -> LivePhase {
        match &self.state {
            State::Out(phase) => phase.clone(),
            State::Joining { .. } => LivePhase::Joining,
            State::Joined { .. } => LivePhase::Joined,
        }
    }

    /// Whether the page wants to be in the live.
    pub(super) fn is_wanted(&self) -> bool {
        !matches!(self.state, State::Out(_))
    }

    /// Whether the answer to this call is still expected.
    pub(super) fn is_under_way(&self, call: CallNumber) -> bool {
        self.state.call() == Some(call)
    }

    /// Applies an input and returns the side effect to execute.
    pub(super) fn apply(&mut self, input: LiveInput) -> Action {
        use State::{Joined, Joining, Out};
        let next = self.last_call + 1;
        let (state, action) = match (self.state.clone(), input) {
            (Out(_) | Joining { call: None }, LiveInput::Join)
            | (Joining { call: None }, LiveInput::LoggedIn | LiveInput::Retry | LiveInput::Gap) => {
                (Joining { call: Some(next) }, Action::Call(next))
            }
            (Joined { call: None }, LiveInput::LoggedIn | LiveInput::Retry | LiveInput::Gap) => {
                (Joined { call: Some(next) }, Action::Call(next))
            }
            (Joined { call }, LiveInput::Join) => (Joined { call }, Action::Answer(Ok(()))),
            (Out(_), LiveInput::Snapshot) => (Joined { call: None }, Action::Answer(Ok(()))),
            (Joining { call } | Joined { call }, LiveInput::Snapshot) => {
                (Joined { call }, Action::Answer(Ok(())))
            }
            (state, LiveInput::Answered { call, outcome }) if state.call() == Some(call) => {
                state.answered(outcome)
            }
            (Joining { .. } | Joined { .. }, LiveInput::Leave) => (Out(LivePhase::Idle), Action::Leave),
            (Out(_), LiveInput::Leave) => (Out(LivePhase::Idle), Action::Clear),
            (_, LiveInput::Over(phase @ LivePhase::KickedOut { .. })) => (Out(phase), Action::Clear),
            (_, LiveInput::Over(phase)) => (Out(phase), Action::Nothing),
            (state, LiveInput::Answered { .. })
            | (state @ Out(_), LiveInput::LoggedIn | LiveInput::Retry | LiveInput::Gap)
            | (
                state @ (Joining { call: Some(_) } | Joined { call: Some(_) }),
                LiveInput::Join | LiveInput::LoggedIn | LiveInput::Retry | LiveInput::Gap,
            ) => (state, Action::Nothing),
        };
        if let Action::Call(number) = action {
            self.last_call = number;
        }
        self.state = state;
        action
    }
}

impl State {
    fn call(&self) -> Option<CallNumber> {
        match self {
            Self::Out(_) => None,
            Self::Joining { call } | Self::Joined { call } => *call,
        }
    }

    /// The transition for the answer to the current call.
    fn answered(self, outcome: Result<(), CallError>) -> (Self, Action) {
        match outcome {
            Ok(()) => (Self::Joined { call: None }, Action::Answer(Ok(()))),
            Err(error) if is_passing(&error) => {
                let waiting = match self {
                    Self::Joined { .. } => Self::Joined { call: None },
                    Self::Joining { .. } | Self::Out(_) => Self::Joining { call: None },
                };
                (waiting, Action::RetryLater(error))
            }
            Err(error) => (Self::Out(LivePhase::Failed(error.clone())), Action::Fail(error)),
        }
    }
}

/// Whether a later join may succeed: after a delay, or after the next login.
fn is_passing(error: &CallError) -> bool {
    match error {
        CallError::NotSignedIn | CallError::Offline(_) => true,
        CallError::Rejected(_)
        | CallError::ConnectionLost
        | CallError::TimedOut
        | CallError::TooManyCalls
        | CallError::BadReply(_) => error.is_retryable(),
    }
}

#[cfg(test)]
mod tests {
    use duelcast_protocol::{ErrorCode, KickReason, Rejection};

    use super::*;
    use crate::signaling::OfflineReason;

    fn refusal(code: ErrorCode) -> CallError {
        CallError::Rejected(Rejection::new(code, "no".to_owned()))
    }

    /// Applies the inputs in order; returns the actions and the final phase.
    fn dialogue(inputs: impl IntoIterator<Item = LiveInput>) -> (Vec<Action>, LivePhase) {
        let mut membership = Membership::default();
        let actions = inputs.into_iter().map(|input| membership.apply(input)).collect();
        (actions, membership.phase())
    }

    fn answered(call: CallNumber, outcome: Result<(), CallError>) -> LiveInput {
        LiveInput::Answered { call, outcome }
    }

    #[test]
    fn a_join_is_called_once_and_answered() {
        let (actions, phase) =
            dialogue([LiveInput::Join, LiveInput::Join, answered(1, Ok(())), LiveInput::Join]);
        let done = Action::Answer(Ok(()));
        assert_eq!(actions, [Action::Call(1), Action::Nothing, done.clone(), done]);
        assert_eq!(phase, LivePhase::Joined);
    }

    #[test]
    fn a_new_login_and_a_gap_resume_and_the_page_stays_joined() {
        let (actions, phase) = dialogue([
            LiveInput::Join,
            answered(1, Ok(())),
            LiveInput::LoggedIn,
            LiveInput::Gap,
            answered(2, Err(CallError::ConnectionLost)),
            LiveInput::LoggedIn,
        ]);
        assert_eq!(actions[2..4], [Action::Call(2), Action::Nothing]);
        assert_eq!(actions[4..], [Action::RetryLater(CallError::ConnectionLost), Action::Call(3)]);
        assert_eq!(phase, LivePhase::Joined);
    }

    #[test]
    fn a_passing_refusal_is_retried_and_a_final_one_fails() {
        let (passing, last) = (refusal(ErrorCode::TooFrequent), refusal(ErrorCode::RoomNotExist));
        let (actions, phase) = dialogue([
            LiveInput::Join,
            answered(1, Err(passing.clone())),
            LiveInput::Retry,
            answered(2, Err(last.clone())),
            LiveInput::LoggedIn,
        ]);
        assert_eq!(actions[1..3], [Action::RetryLater(passing), Action::Call(2)]);
        assert_eq!(actions[3..], [Action::Fail(last.clone()), Action::Nothing]);
        assert_eq!(phase, LivePhase::Failed(last));
    }

    #[test]
    fn a_join_that_waits_while_the_token_is_refused_is_made_after_the_next_login() {
        let offline = CallError::Offline(OfflineReason::Unauthorized);
        let (actions, phase) = dialogue([LiveInput::Join, answered(1, Err(offline)), LiveInput::LoggedIn]);
        assert_eq!(actions[2], Action::Call(2));
        assert_eq!(phase, LivePhase::Joining);
    }

    #[test]
    fn the_answer_to_a_join_before_the_live_was_left_is_stale() {
        let (actions, phase) = dialogue([
            LiveInput::Join,
            LiveInput::Leave,
            LiveInput::Join,
            answered(1, Ok(())),
            answered(2, Ok(())),
        ]);
        assert_eq!(actions[1..4], [Action::Leave, Action::Call(2), Action::Nothing]);
        assert_eq!(actions[4], Action::Answer(Ok(())));
        assert_eq!(phase, LivePhase::Joined);
    }

    #[test]
    fn a_user_who_was_put_out_stays_out_until_the_page_asks_again() {
        let kicked = LivePhase::KickedOut { reason: KickReason::Kicked, operator: None, banned_until: None };
        let (actions, phase) = dialogue([
            LiveInput::Join,
            answered(1, Ok(())),
            LiveInput::Over(kicked.clone()),
            LiveInput::LoggedIn,
        ]);
        assert_eq!(actions[2..], [Action::Clear, Action::Nothing]);
        assert_eq!(phase, kicked);
    }

    #[test]
    fn the_snapshot_of_a_created_live_is_a_join() {
        let (actions, phase) = dialogue([LiveInput::Snapshot, LiveInput::LoggedIn]);
        assert_eq!(actions, [Action::Answer(Ok(())), Action::Call(1)]);
        assert_eq!(phase, LivePhase::Joined);
    }
}
