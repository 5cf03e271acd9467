//! Bodies of the REST endpoints for webhooks.

use serde::{Deserialize, Serialize};

use crate::{Timestamp, WebhookName, strict};

/// Body of `PUT /v1/webhooks/{name}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PutWebhook {
    /// An `https://` or `http://` address with a host, without user and password.
    #[cfg_attr(
        feature = "openapi",
        schema(
            pattern = r"^https?://([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?\.)?[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?(:[0-9]{1,4})?(/[A-Za-z0-9._~/-]*)?(\?[A-Za-z0-9._~=&-]*)?$",
            max_length = 2048
        )
    )]
    pub url: String,
    /// `whsec_` and 24 to 64 bytes in base64. If absent, the present secret stays, or a new
    /// endpoint gets a generated one. When the secret changes, both the old and the new one sign
    /// for a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        schema(
            pattern = r"^whsec_([A-Za-z0-9+/]{4}){8,20}([A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?$"
        )
    )]
    pub secret: Option<String>,
    /// Event types to deliver. An empty list means all types.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<WebhookEventType>, max_items = 9))]
    pub filters: Vec<String>,
    /// Whether webhooks are delivered.
    #[serde(default = "enabled")]
    pub is_enabled: bool,
}

/// Event types, for the OpenAPI document. [`WebhookEvent`](crate::rest::WebhookEvent) has their
/// data.
#[cfg(feature = "openapi")]
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "only its schema is used")]
enum WebhookEventType {
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
    /// All webhooks up to this `seq` were delivered, are dead letters, or are listed as pending.
    pub position: u64,
    /// Until when the previous secret signs as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_secret_until: Option<Timestamp>,
    /// Only in the response to the request that generated it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

/// All webhook endpoints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct WebhookList {
    pub webhooks: Vec<WebhookInfo>,
}

/// The state of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum DeliveryStatus {
    /// Not accepted yet. The next attempt is at `nextAttemptAt`.
    Pending,
    Delivered,
    /// A dead letter: not accepted for a day.
    Dead,
}

/// The delivery of one webhook to one endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct WebhookDelivery {
    pub seq: u64,
    /// Id of the webhook.
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub status: DeliveryStatus,
    pub attempts: u32,
    /// Time of the last attempt.
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
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum ReplayWebhooks {
    /// Repeats all webhooks from this `seq` on.
    FromSeq(u64),
    /// Repeats all webhooks from this time on.
    FromAt(Timestamp),
    /// Repeats the dead letters.
    DeadLetters(#[serde(deserialize_with = "strict::one")] NoMembers),
}

/// An object without members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NoMembers {}
