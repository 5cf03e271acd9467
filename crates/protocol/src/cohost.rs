//! Co-hosting: connections between lives, and co-host invitations.

use serde::{Deserialize, Serialize};

use crate::{BattleConfig, LiveId, Timestamp, UserInfo};

/// The arrangement of rooms that the inviter chose; see `CoHostLayoutTemplate` of the reference: 1
/// and 2 = 6v6, 400 = landscape, 600 = dynamic grid, 601 = one plus six, 602 = left focus, 603 =
/// uniform grid.
pub type LayoutTemplate = u32;

/// A live of a connection, as the other lives see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CoHostLive {
    pub live_id: LiveId,
    pub live_name: String,
    pub cover_url: String,
    pub owner: UserInfo,
    pub is_owner_online: bool,
    pub max_seat_count: u16,
    /// When it joined the connection. In an invitation, when the invitation was sent.
    pub joined_at: Timestamp,
}

/// Whether a live is in a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CoHostStatus {
    #[default]
    Disconnected,
    Connected,
}

/// An open co-host invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CoHostInvitation {
    pub from: CoHostLive,
    pub to: CoHostLive,
    pub layout_template: LayoutTemplate,
    pub extra_info: String,
    /// The battle that starts when all invitations of the same request are settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub battle: Option<BattleConfig>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// Why an invitation or battle request was rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RejectReason {
    #[default]
    Declined,
    Busy,
    DoNotDisturb,
}

/// The result of `requestHostConnection` for one target. On the wire a number, the reference's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
#[repr(u8)]
pub enum CoHostCode {
    /// The invitation was sent, or merged with one from the target, and the lives are connected.
    Ok = 0,
    RoomNotExist = 1,
    /// An invitation to the target is open already, or the lives are connected.
    Connecting = 2,
    /// The target is in another connection.
    ConnectingOtherRoom = 3,
    /// The connection is full.
    Full = 4,
    /// The target's inbox is full or its owner is offline. A retry may succeed.
    Retry = 5,
}

impl From<CoHostCode> for u8 {
    fn from(code: CoHostCode) -> u8 {
        code as u8
    }
}

impl TryFrom<u8> for CoHostCode {
    type Error = &'static str;
    fn try_from(number: u8) -> Result<Self, &'static str> {
        Ok(match number {
            0 => Self::Ok,
            1 => Self::RoomNotExist,
            2 => Self::Connecting,
            3 => Self::ConnectingOtherRoom,
            4 => Self::Full,
            5 => Self::Retry,
            _ => return Err("a number that is no co-host result code"),
        })
    }
}

/// Why a live left a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CoHostLeaveReason {
    /// Its owner left.
    Left,
    /// Its owner was offline for longer than the grace period.
    Disconnected,
    /// The live ended.
    LiveEnded,
    /// No other live was left.
    ConnectionEnded,
    /// The configuration of the battle ends the connection with it.
    BattleOver,
}
