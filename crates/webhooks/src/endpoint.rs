//! An endpoint as it is kept.

use duelcast_protocol::{Timestamp, WebhookName, rest::WebhookEvent};
use duelcast_secrets::Secret;
use hyper::Uri;

/// Types of webhook events, as in the field `type` of a webhook.
pub(super) const EVENT_TYPES: [&str; 9] = [
    "live.started",
    "live.ended",
    "coHost.connected",
    "coHost.disconnected",
    "battle.requested",
    "battle.started",
    "battle.ended",
    "battle.penaltyEnded",
    "gift.sent",
];

/// Where webhook events go, and how far it got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Endpoint {
    pub name: String,
    pub url: Uri,
    pub secret: Secret,
    /// Signs as well until then.
    pub previous_secret: Option<(Secret, Timestamp)>,
    /// Types that it wants; empty: all.
    pub filters: Vec<String>,
    pub is_enabled: bool,
    /// Everything up to this `seq` was delivered, given up, or waits among the deliveries.
    pub position: u64,
    /// When it was last told to begin (again); attempts are counted from here on for older webhook
    /// events.
    pub due_since: Timestamp,
    /// Rises with every change from outside.
    pub revision: u64,
}

impl Endpoint {
    /// A new one, which wants whatever happens from now on.
    pub(super) fn new(name: &WebhookName, url: &Uri, newest_event: u64) -> Self {
        Self {
            name: name.to_string(),
            url: url.clone(),
            secret: Secret::new([]),
            previous_secret: None,
            filters: Vec::new(),
            is_enabled: true,
            position: newest_event,
            due_since: 0,
            revision: 0,
        }
    }

    pub(super) fn wants(&self, event: &WebhookEvent) -> bool {
        self.filters.is_empty() || self.filters.iter().any(|filter| filter == event_type(event))
    }

    /// What signs at this moment, the newest first.
    pub(super) fn secrets(&self, now: Timestamp) -> Vec<Secret> {
        let previous = self.previous_secret.as_ref().filter(|(_, until)| now < *until);
        std::iter::once(&self.secret).chain(previous.map(|(secret, _)| secret)).cloned().collect()
    }
}

pub(super) fn event_type(event: &WebhookEvent) -> &'static str {
    match event {
        WebhookEvent::LiveStarted { .. } => "live.started",
        WebhookEvent::LiveEnded { .. } => "live.ended",
        WebhookEvent::CoHostConnected { .. } => "coHost.connected",
        WebhookEvent::CoHostDisconnected { .. } => "coHost.disconnected",
        WebhookEvent::BattleRequested { .. } => "battle.requested",
        WebhookEvent::BattleStarted { .. } => "battle.started",
        WebhookEvent::BattleEnded { .. } => "battle.ended",
        WebhookEvent::BattlePenaltyEnded { .. } => "battle.penaltyEnded",
        WebhookEvent::GiftSent { .. } => "gift.sent",
    }
}
