//! The input of the realm: log entries, their commands, and the authors of commands.

use duelcast_protocol::{
    Action, BattleId, DurationMs, EntryId, KeyId, LiveId, NodeId, SessionId, Timestamp, UserId, UserInfo,
    rest::{ScoreUpdate, StartBattle},
};
use serde::{Deserialize, Serialize};

/// An entry of the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Unique in the log; at most 40 bytes. Ids of lives, connections and battles derive from it.
    pub id: EntryId,
    /// When the log accepted it, in milliseconds since the Unix epoch.
    pub at: Timestamp,
    pub command: Command,
}

/// The author of a command that came over a socket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Actor {
    pub user: UserInfo,
    pub session: SessionId,
    pub node: NodeId,
    /// Whether the token grants `createLive`.
    pub can_create_live: bool,
}

/// An input of the state machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum Command {
    /// A request of a user over a socket.
    User { by: Actor, action: Action },
    /// A request of a back end over REST.
    Service { key_id: KeyId, action: ServiceAction },
    /// A user with a stake (see [`crate::Realm::has_stake`]) logged in.
    SessionOpened { user: UserInfo, session: SessionId, node: NodeId },
    /// The socket of a user with a stake closed. Ignored if a newer session of the user has taken
    /// over.
    SessionClosed { user: UserInfo, session: SessionId },
    /// A server process started: its earlier sessions are closed.
    NodeStarted { node: NodeId },
    /// No request. Time advances, and due deadlines fire.
    Tick,
}

/// A moderation action against one user in one live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ModerationAction {
    /// Removes the user from the live. The user may join again.
    Kick,
    /// Removes the user from the live and refuses the user until the ban ends.
    Ban {
        /// `None` for a ban without an end.
        duration_ms: Option<DurationMs>,
    },
    /// Ends a ban. Without one, nothing changes.
    Unban,
    /// Refuses text messages of the user. Gifts stay allowed.
    Mute,
    /// Ends a mute. Without one, nothing changes.
    Unmute,
}

/// A request that a service key may send.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "do")]
pub enum ServiceAction {
    EndLive {
        live_id: LiveId,
    },
    /// Applies a moderation action to a user of a live.
    Moderate {
        live_id: LiveId,
        user_id: UserId,
        /// Named `measure` in stored entries, as the first release wrote it.
        #[serde(rename = "measure")]
        action: ModerationAction,
    },
    /// Bans a user from the server.
    BanUser {
        user_id: UserId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        duration_ms: Option<DurationMs>,
    },
    UnbanUser {
        user_id: UserId,
    },
    StartBattle {
        request: StartBattle,
    },
    /// Ends a battle or its penalty at once.
    EndBattle {
        battle_id: BattleId,
    },
    UpdateScores {
        battle_id: BattleId,
        idempotency_key: String,
        update: ScoreUpdate,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_moderation_keeps_its_field_names() {
        let stored =
            r#"{"do":"moderate","liveId":"red","userId":"bob","measure":{"ban":{"durationMs":1000}}}"#;
        let action: ServiceAction = serde_json::from_str(stored).unwrap();
        assert_eq!(serde_json::to_string(&action).unwrap(), stored);
    }
}
