//! Co-hosting: connections between lives and the invitations that lead to them.

use serde::{Deserialize, Serialize};

use crate::{BattleConfig, LiveId, Timestamp, UserInfo};

/// The arrangement that the inviter asks the clients to draw; see `CoHostLayoutTemplate` of the reference:
/// 1 and 2 = 6v6, 400 = landscape, 600 = dynamic grid, 601 = one plus six, 602 = left focus, 603 = uniform grid.
pub type LayoutTemplate = u32;

/// A live in a connection, as the others see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CoHostLive {
    pub live_id: LiveId,
    pub live_name: String,
    pub cover_url: String,
    pub owner: UserInfo,
    pub is_owner_online: bool,
    pub max_seat_count: u16,
    /// When it joined the connection; when it was asked, in an invitation.
    pub joined_at: Timestamp,
}

/// Whether a live is connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CoHostStatus {
    #[default]
    Disconnected,
    Connected,
}

/// One open invitation from one live to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CoHostInvitation {
    pub from: CoHostLive,
    pub to: CoHostLive,
    pub layout_template: LayoutTemplate,
    pub extra_info: String,
    /// The battle that starts as soon as the inviter's invitations are settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub battle: Option<BattleConfig>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// Why an invitation was turned down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RejectReason {
    #[default]
    Declined,
    Busy,
    DoNotDisturb,
}

/// What became of one target of `requestHostConnection`. The numbers are the field's; on the wire they are numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
#[repr(u8)]
pub enum CoHostCode {
    /// The invitation is out (or merged with one from the other side, and the lives are connected).
    Ok = 0,
    RoomNotExist = 1,
    /// An invitation between the two is open already, or they are connected.
    Connecting = 2,
    /// The target is in another connection.
    ConnectingOtherRoom = 3,
    /// The connection has no room left.
    Full = 4,
    /// Try again in a moment: the target's inbox is full or its owner is away.
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

/// Why a live is no longer in a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CoHostLeaveReason {
    /// Its owner left.
    Left,
    /// Its owner was offline for longer than the grace.
    Disconnected,
    /// The live ended.
    LiveEnded,
    /// Nobody else was left.
    ConnectionEnded,
    /// The battle was agreed to end the connection with it.
    BattleOver,
}
