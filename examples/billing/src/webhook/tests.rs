//! The webhook against a server that only writes down what it is asked.

use std::time::{SystemTime, UNIX_EPOCH};

use axum::{Json, extract::Path, http::Request, routing::post};
use duelcast_protocol::{GiftId, LiveId, UserId, UserInfo, gift_catalogue, rest::WebhookMessage};
use http_body_util::Full;
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use tokio::{net::TcpListener, sync::mpsc};

use super::*;

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const TOKEN: &str = "service-token";

struct Received {
    battle_id: String,
    key: String,
    authorization: String,
    update: ScoreUpdate,
}

/// Starts a score API that answers with `status`, and a billing back end that uses it; gives the webhook's address.
async fn start(status: StatusCode) -> (String, mpsc::Receiver<Received>) {
    let (sender, received) = mpsc::channel(8);
    let take = move |Path(battle_id): Path<String>, headers: HeaderMap, Json(update): Json<ScoreUpdate>| async move {
        let text = |name: &str| headers[name].to_str().unwrap().to_owned();
        let (key, authorization) = (text("idempotency-key"), text("authorization"));
        sender.send(Received { battle_id, key, authorization, update }).await.unwrap();
        status
    };
    let server = serve(Router::new().route("/v1/battles/{battle_id}/scores", post(take))).await;
    (webhook_for(&server).await, received)
}

async fn webhook_for(server: &str) -> String {
    let receiver = Receiver::new(SECRET, Scores::new(server.parse().unwrap(), TOKEN).unwrap()).unwrap();
    format!("{}/webhook", serve(router(Arc::new(receiver))).await)
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
        sent_at: 1_700_000_000_000,
    };
    WebhookMessage {
        id: "msg_7".into(),
        seq: 7,
        at: 1_700_000_000_000,
        fact: Fact::GiftSent { live_id, message },
    }
}

async fn post_signed(url: &str, secret: &str, body: Vec<u8>) -> StatusCode {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let signature = Webhook::new(secret).unwrap().sign("msg_7", i64::try_from(now).unwrap(), &body).unwrap();
    let request = Request::post(url)
        .header("webhook-id", "msg_7")
        .header("webhook-timestamp", now.to_string())
        .header("webhook-signature", signature)
        .body(Full::from(body))
        .unwrap();
    let client: Client<_, Full<Bytes>> = Client::builder(TokioExecutor::new()).build_http();
    client.request(request).await.unwrap().status()
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
    assert_eq!(request.update.occurred_at, Some(1_700_000_000_000));
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
    let url = webhook_for(&format!("http://{closed}")).await;
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
