//! The webhook against a server that only writes down what it is asked.

use std::{
    collections::BTreeMap,
    time::{SystemTime, UNIX_EPOCH},
};

use axum::{Json, extract::Path, routing::post};
use duelcast_protocol::{
    BattleId, BattleInfo, GiftId, GiftMessage, LiveId, UserId, UserInfo, gift_catalogue,
    rest::{ScoreOp, ScoreUpdate, WebhookMessage},
};
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::mpsc};

use super::*;
use crate::{
    rule_book::RuleBook,
    scores::{Scores, http_client},
};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const TOKEN: &str = "service-token";
const SENT_AT: u64 = 1_700_000_000_000;

struct Received {
    battle_id: String,
    key: String,
    authorization: String,
    update: ScoreUpdate,
}

/// Starts a score API that answers with `status`, and a billing back end that uses it; gives the
/// webhook's address.
async fn start(status: StatusCode) -> (String, mpsc::Receiver<Received>) {
    let (server, received) = score_api(status, json!([])).await;
    (webhook_for(&server, RuleBook::open(None).unwrap()).await, received)
}

/// A server with one battle, which has this ledger.
async fn score_api(status: StatusCode, ledger: Value) -> (String, mpsc::Receiver<Received>) {
    let (sender, received) = mpsc::channel(8);
    let take = move |Path(battle_id): Path<String>, headers: HeaderMap, Json(update): Json<ScoreUpdate>| async move {
        let text = |name: &str| headers[name].to_str().unwrap().to_owned();
        let (key, authorization) = (text("idempotency-key"), text("authorization"));
        sender.send(Received { battle_id, key, authorization, update }).await.unwrap();
        status
    };
    let router = Router::new()
        .route("/v1/battles/{battle_id}", get(|| async { Json(battle()) }))
        .route("/v1/battles/{battle_id}/scores", post(take))
        .route(
            "/v1/battles/{battle_id}/ledger",
            get(async move || Json(json!({ "entries": ledger, "cursor": "" }))),
        );
    (serve(router).await, received)
}

fn battle() -> BattleInfo {
    let battle = json!({
        "battleId": "battle-1", "connectionId": "c", "config": { "durationMs": 300_000 }, "phase": "running",
        "inviterUserId": "bob", "startedAt": SENT_AT - 200_000, "endsAt": SENT_AT + 100_000, "sides": [], "scoreRev": 0,
    });
    serde_json::from_value(battle).unwrap()
}

async fn webhook_for(server: &str, rules: RuleBook) -> String {
    let books = Books::new(rules, Scores::new(server.parse().unwrap(), TOKEN).unwrap());
    let receiver = Receiver::new(SECRET, books).unwrap();
    format!("{}/webhook", serve(router(Arc::new(receiver))).await)
}

/// Rules in a file, with a cap of 500 points a giver.
fn write_rules(path: &std::path::Path, version: &str, intermediate: u32) {
    let rules = json!({
        "version": version, "giverCap": 500, "tiers": { "basic": 5, "intermediate": intermediate, "advanced": 12 },
    });
    std::fs::write(path, rules.to_string()).unwrap();
}

async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

fn user(id: &str) -> UserInfo {
    UserInfo { user_id: UserId::new(id).unwrap(), user_name: id.to_uppercase(), avatar_url: String::new() }
}

fn gift_sent(battle: Option<&str>) -> WebhookMessage {
    let live_id = LiveId::new("live-b").unwrap();
    let gift =
        gift_catalogue().into_iter().find(|gift| gift.gift_id == GiftId::new("crown").unwrap()).unwrap();
    let message = GiftMessage {
        sender: user("ann"),
        receiver: user("bob"),
        to_live_id: live_id.clone(),
        gift,
        count: 2,
        battle_id: battle.map(|id| BattleId::new(id).unwrap()),
        sent_at: SENT_AT,
    };
    WebhookMessage {
        id: "msg_7".into(),
        seq: 7,
        at: SENT_AT,
        live_seqs: BTreeMap::new(),
        event: WebhookEvent::GiftSent { live_id, message },
    }
}

async fn post_signed(url: &str, secret: &str, body: Vec<u8>) -> StatusCode {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let signature = Webhook::new(secret).unwrap().sign("msg_7", i64::try_from(now).unwrap(), &body).unwrap();
    let request = http_client()
        .post(url)
        .header("webhook-id", "msg_7")
        .header("webhook-timestamp", now.to_string())
        .header("webhook-signature", signature)
        .body(body);
    request.send().await.unwrap().status()
}

async fn post_message(url: &str, message: &WebhookMessage) -> StatusCode {
    post_signed(url, SECRET, serde_json::to_vec(message).unwrap()).await
}

#[tokio::test]
async fn a_gift_in_a_battle_becomes_points_of_the_live_it_counts_for() {
    let (url, mut received) = start(StatusCode::OK).await;
    assert_eq!(post_message(&url, &gift_sent(Some("battle-1"))).await, StatusCode::NO_CONTENT);
    let request = received.recv().await.unwrap();
    assert_eq!((request.battle_id.as_str(), request.key.as_str()), ("battle-1", "msg_7"));
    assert_eq!(request.authorization, "Bearer service-token");
    assert_eq!(request.update.op, ScoreOp::Add);
    assert_eq!(request.update.occurred_at, Some(SENT_AT));
    assert_eq!(request.update.scores[0].live_id, Some(LiveId::new("live-b").unwrap()));
    assert_eq!(request.update.scores[0].value, 2 * 20 * 8);
    let source = request.update.source.unwrap();
    assert_eq!((source.giver_user_id.as_str(), source.count, source.coins), ("ann", Some(2), Some(40)));
}

#[tokio::test]
async fn a_gift_outside_a_battle_changes_no_score() {
    let (url, mut received) = start(StatusCode::OK).await;
    assert_eq!(post_message(&url, &gift_sent(None)).await, StatusCode::NO_CONTENT);
    assert!(received.try_recv().is_err());
}

#[tokio::test]
async fn a_webhook_with_another_signature_is_refused() {
    let (url, mut received) = start(StatusCode::OK).await;
    let body = serde_json::to_vec(&gift_sent(Some("battle-1"))).unwrap();
    let other = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    assert_eq!(post_signed(&url, other, body).await, StatusCode::UNAUTHORIZED);
    assert!(received.try_recv().is_err());
}

#[tokio::test]
async fn a_server_that_fails_makes_the_webhook_come_again() {
    let (url, _received) = start(StatusCode::SERVICE_UNAVAILABLE).await;
    assert_eq!(post_message(&url, &gift_sent(Some("battle-1"))).await, StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn a_server_that_is_away_makes_the_webhook_come_again() {
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let url = webhook_for(&format!("http://{closed}"), RuleBook::open(None).unwrap()).await;
    assert_eq!(post_message(&url, &gift_sent(Some("battle-1"))).await, StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn a_battle_that_is_over_does_not_make_the_webhook_come_again() {
    let (url, _received) = start(StatusCode::CONFLICT).await;
    assert_eq!(post_message(&url, &gift_sent(Some("battle-1"))).await, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_fact_that_is_no_gift_is_taken_note_of_and_nothing_else() {
    let (url, mut received) = start(StatusCode::OK).await;
    let body = br#"{"id":"msg_7","seq":1,"at":1,"type":"something.new","data":{}}"#.to_vec();
    assert_eq!(post_signed(&url, SECRET, body).await, StatusCode::NO_CONTENT);
    assert!(received.try_recv().is_err());
}

#[tokio::test]
async fn a_battle_keeps_the_rules_that_it_started_with_and_names_their_version() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rules.json");
    write_rules(&path, "v1", 1);
    let (server, mut received) = score_api(StatusCode::OK, json!([])).await;
    let url = webhook_for(&server, RuleBook::open(Some(path.clone())).unwrap()).await;
    let event = |id: &str, event| WebhookMessage { id: id.into(), event, ..gift_sent(None) };
    post_message(&url, &event("msg_1", WebhookEvent::BattleStarted { battle_info: battle() })).await;
    write_rules(&path, "v2", 2);
    post_message(&url, &gift_sent(Some("battle-1"))).await;
    let update = received.recv().await.unwrap().update;
    assert_eq!((update.scores[0].value, update.source.unwrap().rule_version), (40, "v1".to_owned()));
    post_message(&url, &event("msg_8", WebhookEvent::BattleEnded { battle_info: battle() })).await;
    post_message(&url, &event("msg_9", WebhookEvent::BattleStarted { battle_info: battle() })).await;
    post_message(&url, &gift_sent(Some("battle-1"))).await;
    let update = received.recv().await.unwrap().update;
    assert_eq!((update.scores[0].value, update.source.unwrap().rule_version), (80, "v2".to_owned()));
}

#[tokio::test]
async fn after_a_restart_the_ledger_says_what_each_giver_has_had_counted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rules.json");
    write_rules(&path, "v1", 8);
    let entry = json!({
        "battleId": "battle-1", "number": 1, "liveId": "live-b", "userId": "bob", "op": "add", "value": 450, "before": 0,
        "after": 450, "occurredAt": 1, "appliedAt": 1, "keyId": "k", "idempotencyKey": "msg_1",
        "source": { "giverUserId": "ann" },
    });
    let (server, mut received) = score_api(StatusCode::OK, json!([entry])).await;
    let url = webhook_for(&server, RuleBook::open(Some(path)).unwrap()).await;
    for id in ["msg_1", "msg_7", "msg_7", "msg_8"] {
        let message = WebhookMessage { id: id.into(), ..gift_sent(Some("battle-1")) };
        assert_eq!(post_message(&url, &message).await, StatusCode::NO_CONTENT);
    }
    let request = received.recv().await.unwrap();
    assert_eq!((request.key.as_str(), request.update.scores[0].value), ("msg_7", 50), "up to the cap of 500");
    assert!(received.try_recv().is_err(), "nothing counts twice, or beyond the cap");
}
