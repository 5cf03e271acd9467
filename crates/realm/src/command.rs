//! What an entry of the log says: commands and who gives them.

use duelcast_protocol::{
    Action, BattleId, DurationMs, EntryId, KeyId, LiveId, NodeId, SessionId, Timestamp, UserId, UserInfo,
    rest::{ScoreUpdate, StartBattle},
};
use serde::{Deserialize, Serialize};

/// An entry of the log: the time it was accepted at, an id that no other entry has, and what it says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    pub id: EntryId,
    pub at: Timestamp,
    pub command: Command,
}

/// Who gives a command over a socket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Actor {
    pub user: UserInfo,
    pub session: SessionId,
    pub node: NodeId,
    /// The token's grant `createLive`.
    pub can_create_live: bool,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum Command {
    /// A user's request over a socket.
    User { by: Actor, action: Action },
    /// A back end's request over REST.
    Service { key_id: KeyId, action: ServiceAction },
    /// A user with a stake (see [`crate::Realm::has_stake`]) logged in.
    SessionOpened { user: UserInfo, session: SessionId, node: NodeId },
    /// The socket of a user with a stake is gone. Ignored if a newer session of the user has taken over.
    SessionClosed { user: UserInfo, session: SessionId },
    /// A server process starts: the sessions that it had before are gone.
    NodeStarted { node: NodeId },
    /// Nothing but time passes: due deadlines fire.
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

/// What a service key may do.
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
        /// `measure` in stored entries, the name that the first release wrote.
        #[serde(rename = "measure")]
        action: ModerationAction,
    },
    /// Bans a user from the whole server.
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
    /// Ends the battle (or its penalty) now.
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
