//! What applying a command gives: an answer and effects.

use duelcast_protocol::{
    BannedUser, BattleId, BattleInfo, BattleReply, Done, EventFrame, HostConnectionReply, LiveId,
    LiveSnapshot, LiveSummary, Rejection, SeatReply, UserId,
    rest::{Fact, LedgerEntry, ScoreReply},
};
use serde::Serialize;

/// Answer and effects of one command. Effects are in order; those of deadlines that fired first come first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    pub reply: Result<Reply, Rejection>,
    pub effects: Vec<Effect>,
}

/// A successful answer; serializes as the result of the method.
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

/// Something the shell has to do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Effect {
    /// Send to everyone in the frame's live; it has a `seq`.
    Public(EventFrame),
    /// Send to these users only; it has no `seq`.
    Private { to: Vec<UserId>, frame: EventFrame },
    /// End all sessions of this user.
    BannedFromServer { user_id: UserId },
    /// The scores of a battle changed: these lives get the newest ones soon.
    ScoreChanged { battle_id: BattleId, live_ids: Vec<LiveId> },
    /// Keep for ever.
    Ledger(LedgerEntry),
    /// Tell back ends.
    Fact(Fact),
}
