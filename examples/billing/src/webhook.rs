//! The webhook: checks the signature, turns a gift into a score update, and asks for another attempt when that failed.

use std::sync::Arc;

use anyhow::{Context, Result};
use axum::{
    Router,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use bytes::Bytes;
use duelcast_protocol::{
    BattleId, GiftMessage,
    rest::{Fact, ScoreChange, ScoreOp, ScoreSource, ScoreUpdate, WebhookMessage},
};
use serde::Deserialize;
use standardwebhooks::Webhook;

use crate::{
    points::{RULE_VERSION, points},
    scores::{Refusal, Scores},
};

const MAX_BODY_BYTES: usize = 256 * 1_024;
const GIFT_SENT: &str = "gift.sent";

/// What the webhook needs.
pub struct Receiver {
    signatures: Webhook,
    scores: Scores,
}

impl Receiver {
    /// # Errors
    /// If the secret is not one of the Standard Webhooks specification.
    pub fn new(secret: &str, scores: Scores) -> Result<Self> {
        let signatures =
            Webhook::new(secret).context("--webhook-secret is written whsec_ and then base64")?;
        Ok(Self { signatures, scores })
    }

    async fn receive(&self, message: &WebhookMessage) -> Result<(), Refusal> {
        let Fact::GiftSent { message: gift, .. } = &message.fact else {
            return Ok(());
        };
        let Some((battle_id, update)) = score_of(gift) else {
            return Ok(());
        };
        self.scores.update(&battle_id, &message.id, &update).await
    }
}

pub fn router(receiver: Arc<Receiver>) -> Router {
    Router::new()
        .route("/webhook", post(webhook))
        .route("/healthz", get(|| async { "ok" }))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .with_state(receiver)
}

/// The name of a fact; further facts may come into being that this back end does not know.
#[derive(Deserialize)]
struct Kind {
    r#type: String,
}

async fn webhook(State(receiver): State<Arc<Receiver>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    if receiver.signatures.verify(&body, &headers).is_err() {
        return StatusCode::UNAUTHORIZED;
    }
    if serde_json::from_slice::<Kind>(&body).is_ok_and(|kind| kind.r#type != GIFT_SENT) {
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

/// What a gift changes; `None` outside battles, and for a gift that the rules do not know.
fn score_of(message: &GiftMessage) -> Option<(BattleId, ScoreUpdate)> {
    let points = points(&message.gift, message.count)?;
    let source = ScoreSource {
        gift_id: message.gift.gift_id.to_string(),
        giver_user_id: message.sender.user_id.to_string(),
        giver_name: message.sender.user_name.clone(),
        count: Some(message.count),
        coins: Some(u64::from(message.gift.coins) * u64::from(message.count)),
        rule_version: RULE_VERSION.to_owned(),
        note: String::new(),
    };
    let update = ScoreUpdate {
        op: ScoreOp::Add,
        occurred_at: Some(message.sent_at),
        source: Some(source),
        reverses: None,
        scores: vec![ScoreChange {
            live_id: Some(message.to_live_id.clone()),
            user_id: None,
            value: i64::try_from(points).ok()?,
        }],
    };
    Some((message.battle_id.clone()?, update))
}

#[cfg(test)]
mod tests;
