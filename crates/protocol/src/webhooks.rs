//! What back ends send and receive over REST about webhooks.

use serde::{Deserialize, Serialize};

use crate::{Timestamp, WebhookName};

/// Body of `PUT /v1/webhooks/{name}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PutWebhook {
    /// Starts with `https://` or `http://` and names a host, without user and password.
    #[cfg_attr(
        feature = "openapi",
        schema(
            pattern = r"^https?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,4})?(/[A-Za-z0-9._~/-]*)?(\?[A-Za-z0-9._~=&-]*)?$",
            max_length = 2048
        )
    )]
    pub url: String,
    /// `whsec_` and 24 to 64 bytes in base64. If absent, the one that is there stays, or one is made. Another one than before
    /// takes its place, and for a day both sign.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        schema(
            pattern = r"^whsec_([A-Za-z0-9+/]{4}){8,20}([A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?$"
        )
    )]
    pub secret: Option<String>,
    /// Types of facts that are wanted; none: all.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<FactType>, max_items = 9))]
    pub filters: Vec<String>,
    /// Nothing is delivered while it is false.
    #[serde(default = "enabled")]
    pub is_enabled: bool,
}

/// The types of facts, for the document; [`Fact`](crate::rest::Fact) has what they carry.
#[cfg(feature = "openapi")]
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "only its schema is used")]
enum FactType {
    #[schema(rename = "live.started")]
    LiveStarted,
    #[schema(rename = "live.ended")]
    LiveEnded,
    #[schema(rename = "coHost.connected")]
    CoHostConnected,
    #[schema(rename = "coHost.disconnected")]
    CoHostDisconnected,
    #[schema(rename = "battle.requested")]
    BattleRequested,
    #[schema(rename = "battle.started")]
    BattleStarted,
    #[schema(rename = "battle.ended")]
    BattleEnded,
    #[schema(rename = "battle.penaltyEnded")]
    BattlePenaltyEnded,
    #[schema(rename = "gift.sent")]
    GiftSent,
}

fn enabled() -> bool {
    true
}

/// A webhook endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct WebhookInfo {
    pub name: WebhookName,
    pub url: String,
    pub filters: Vec<String>,
    pub is_enabled: bool,
    /// Everything up to this `seq` was delivered, given up, or is listed as pending.
    pub position: u64,
    /// Until when the secret before this one signs as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_secret_until: Option<Timestamp>,
    /// Only in the answer to the request that had it made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

/// Every webhook endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct WebhookList {
    pub webhooks: Vec<WebhookInfo>,
}

/// What became of one webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum DeliveryStatus {
    /// It was not taken yet and is tried again at `nextAttemptAt`.
    Pending,
    Delivered,
    /// A dead letter: it was not taken for a day.
    Dead,
}

/// One webhook to one endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct WebhookDelivery {
    pub seq: u64,
    /// The same as in the webhook.
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub status: DeliveryStatus,
    pub attempts: u32,
    /// Of the last attempt.
    pub attempted_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_attempt_at: Option<Timestamp>,
    /// Why the last attempt failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// One page of deliveries, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DeliveryPage {
    pub deliveries: Vec<WebhookDelivery>,
    /// Empty at the end.
    pub cursor: String,
}

/// Body of `POST /v1/webhooks/{name}/replay`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ReplayWebhooks {
    /// Everything from this `seq` on, once more.
    FromSeq(u64),
    /// Everything from this time on, once more.
    FromAt(Timestamp),
    /// The dead letters, once more.
    DeadLetters {},
}
