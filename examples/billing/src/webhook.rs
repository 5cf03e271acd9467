//! The webhook: checks the signature, turns a gift into a score update, and asks for another
//! attempt when that failed.

use std::sync::Arc;

use anyhow::{Context, Result};
use axum::{
    Router,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use bytes::Bytes;
use duelcast_protocol::rest::{WebhookEvent, WebhookMessage};
use serde::Deserialize;
use standardwebhooks::Webhook;

use crate::{books::Books, scores::Refusal};

const MAX_BODY_BYTES: usize = 256 * 1_024;

/// The webhook events that matter here.
const KINDS: [&str; 3] = ["gift.sent", "battle.started", "battle.ended"];

/// What the webhook needs.
pub struct Receiver {
    signatures: Webhook,
    books: Books,
}

impl Receiver {
    /// # Errors
    /// If the secret is not one of the Standard Webhooks specification.
    pub fn new(secret: &str, books: Books) -> Result<Self> {
        let signatures =
            Webhook::new(secret).context("--webhook-secret is written whsec_ and then base64")?;
        Ok(Self { signatures, books })
    }

    async fn receive(&self, message: &WebhookMessage) -> Result<(), Refusal> {
        match &message.event {
            WebhookEvent::GiftSent { message: gift, .. } => return self.books.score(&message.id, gift).await,
            WebhookEvent::BattleStarted { battle_info } => self.books.start(battle_info).await,
            WebhookEvent::BattleEnded { battle_info } => self.books.end(&battle_info.battle_id).await,
            WebhookEvent::LiveStarted { .. }
            | WebhookEvent::LiveEnded { .. }
            | WebhookEvent::CoHostConnected { .. }
            | WebhookEvent::CoHostDisconnected { .. }
            | WebhookEvent::BattleRequested { .. }
            | WebhookEvent::BattlePenaltyEnded { .. } => {}
        }
        Ok(())
    }
}

pub fn router(receiver: Arc<Receiver>) -> Router {
    Router::new()
        .route("/webhook", post(webhook))
        .route("/healthz", get(|| async { "ok" }))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .with_state(receiver)
}

/// The name of a webhook event; further webhook events may come into being that this back end does
/// not know.
#[derive(Deserialize)]
struct EventType {
    r#type: String,
}

async fn webhook(State(receiver): State<Arc<Receiver>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    if receiver.signatures.verify(&body, &headers).is_err() {
        return StatusCode::UNAUTHORIZED;
    }
    if serde_json::from_slice::<EventType>(&body).is_ok_and(|event| !KINDS.contains(&event.r#type.as_str())) {
        return StatusCode::NO_CONTENT;
    }
    let Ok(message) = serde_json::from_slice(&body) else {
        return StatusCode::BAD_REQUEST;
    };
    match receiver.receive(&message).await {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(refusal @ Refusal::Final(_)) => {
            eprintln!("{} is not scored: {refusal}", message.id);
            StatusCode::NO_CONTENT
        }
        Err(refusal @ Refusal::TryAgain(_)) => {
            eprintln!("{} is not scored yet: {refusal}", message.id);
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}

#[cfg(test)]
mod tests;
