//! What the log must not say.

use std::fs::{self, File};

use duelcast_protocol::{ErrorCode, Login};
use serde_json::json;

use super::{
    client::Client,
    host::{api_key, service_token, user_token},
    http::Http,
    process::{KEY, Process},
};

#[tokio::test]
async fn no_token_and_no_secret_is_logged_however_much_is_logged_and_whatever_fails() {
    let data = tempfile::tempdir().unwrap();
    let path = data.path().join("server.log");
    let process = Process::start_talkative(data.path(), File::create(&path).unwrap());
    let stranger = user_token(&format!("billing:{}", "x".repeat(32)).parse().unwrap(), "eve");
    let (user, service) = (user_token(&api_key(), "ann"), service_token(&api_key()));
    let mut ann = Client::login(process.addr, &user).await;
    ann.create_live("red").await;
    let mut eve = Client::connect(process.addr).await;
    assert_eq!(eve.call(Login { token: stranger.clone() }).await.unwrap_err(), ErrorCode::Unauthorized);
    ann.say(&format!(r#"{{"jsonrpc":"2.0","id":"x","method":"login","params":{{"token":["{user}"]}}}}"#))
        .await;
    assert!(ann.next_text().await.contains("invalidParams"));
    for token in [&stranger, &user, &service] {
        let http = Http::new(process.addr).with_token(token).with("idempotency-key", "k");
        assert_ne!(http.post("/v1/battles/none/scores", json!({ "op": token })).await.status, 200);
    }
    process.kill();
    let log = fs::read_to_string(path).unwrap();
    assert!(log.contains("recovered"), "{log}");
    let (_, secret) = KEY.split_once(':').unwrap();
    for secret in [secret, &stranger, &user, &service] {
        assert!(!log.contains(secret), "{log}");
    }
}
