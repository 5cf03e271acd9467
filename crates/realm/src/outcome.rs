//! The output of the realm: answers and effects.

use duelcast_protocol::{
    BannedUser, BattleId, BattleInfo, BattleReply, Done, EventFrame, HostConnectionReply, LiveId,
    LiveSnapshot, LiveSummary, Rejection, SeatReply, UserId,
    rest::{LedgerEntry, ScoreReply, WebhookEvent},
};
use serde::Serialize;

/// Answer and effects of one entry. Effects are in order: those of deadlines that fired before the
/// command come first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// The result of the command, or the reason why it was refused.
    pub reply: Result<Reply, Rejection>,
    pub effects: Vec<Effect>,
}

/// The result of a command. Serializes as the result of the method.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Reply {
    Done(Done),
    Live(Box<LiveSnapshot>),
    LiveEnded(LiveSummary),
    Seat(SeatReply),
    Banned(BannedUser),
    HostConnection(HostConnectionReply),
    BattleRequested(Box<BattleReply>),
    Battle(Box<BattleInfo>),
    Score(ScoreReply),
}

/// The answer to a command: its result or the reason why it was refused.
pub(crate) type Answer = Result<Reply, Rejection>;

/// Success with an empty result.
pub(crate) const DONE: Answer = Ok(Reply::Done(Done {}));

/// A side effect for the server to carry out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Effect {
    /// Send to the audience of the frame's live. The frame has a `seq`.
    Public(EventFrame),
    /// Send to these users only. The frame has no `seq`.
    Private { to: Vec<UserId>, frame: EventFrame },
    /// End all sessions of this user.
    BannedFromServer { user_id: UserId },
    /// The scores of a battle changed. Send the current scores to these lives, rate limited.
    ScoreChanged { battle_id: BattleId, live_ids: Vec<LiveId> },
    /// Append to the permanent ledger.
    Ledger(LedgerEntry),
    /// Queue for webhooks.
    WebhookEvent(WebhookEvent),
}
