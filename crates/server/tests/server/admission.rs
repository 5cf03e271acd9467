//! Who is let in.

use duelcast_protocol::{ErrorCode, Login};
use hyper::Method;
use serde_json::json;
use tokio_tungstenite::tungstenite::Error;

use super::{
    client::Client,
    host::{Host, api_key, user_token},
    http::Http,
};

#[tokio::test]
async fn rest_takes_service_tokens_only() {
    let host = Host::start().await;
    let nobody = Http::new(host.addr()).get("/v1/lives").await;
    assert_eq!((nobody.status.as_u16(), nobody.body["code"].as_u64()), (401, Some(100_002)));
    let user = Http::new(host.addr()).with_token(&user_token(&api_key(), "ann"));
    assert_eq!(user.get("/v1/lives").await.status, 403);
    assert_eq!(host.http().get("/v1/lives").await.status, 200);
}

#[tokio::test]
async fn a_refused_token_closes_the_socket() {
    let host = Host::start().await;
    let mut stranger = Client::connect(host.addr()).await;
    let token = user_token(&format!("billing:{}", "x".repeat(32)).parse().unwrap(), "ann");
    assert_eq!(stranger.call(Login { token }).await.unwrap_err(), ErrorCode::Unauthorized);
    assert_eq!(stranger.close_code().await, Some(4401));
}

#[tokio::test]
async fn pages_of_other_origins_may_not_connect() {
    let host =
        Host::start_with(|config| config.allowed_origins = vec!["https://app.example".parse().unwrap()])
            .await;
    for origin in ["https://app.example".to_owned(), format!("http://{}", host.addr())] {
        assert!(Client::try_connect(host.addr(), Some(&origin)).await.is_ok(), "{origin}");
    }
    let Err(error) = Client::try_connect(host.addr(), Some("https://evil.example")).await else {
        panic!("the origin is not listed");
    };
    let Error::Http(response) = *error else { panic!("expected an answer, got {error}") };
    assert_eq!(response.status(), 403);
}

#[tokio::test]
async fn guests_are_let_in_to_demos_only() {
    let body = json!({ "userName": "Ann" });
    let host = Host::start().await;
    let closed = Http::new(host.addr()).post("/v1/demo/token", body.clone()).await;
    assert_eq!(closed.status, 404);
    let demo = Host::start_with(|config| config.demo = true).await;
    let http = Http::new(demo.addr());
    let guest = http.post("/v1/demo/token", body).await.body;
    let mut client = Client::login(demo.addr(), guest["token"].as_str().unwrap()).await;
    let snapshot = client.create_live("red").await;
    assert_eq!(guest["userId"], snapshot.live.owner.user_id.as_str());
    let nameless = http.post("/v1/demo/token", json!({ "userName": " " })).await;
    assert_eq!(nameless.status, 400);
}

#[tokio::test]
async fn the_client_is_served_for_its_pages() {
    let host = Host::start().await;
    for path in ["/", "/live/red", "/overlay/red"] {
        let answer = Http::new(host.addr()).raw(Method::GET, path, "".into()).await;
        assert_eq!(answer.status(), 200, "{path}");
        assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
    }
    let missing = Http::new(host.addr()).get("/nothing.js").await;
    assert_eq!(missing.status, 404);
}

#[tokio::test]
async fn errors_of_the_api_are_problems_and_not_pages() {
    let host = Host::start().await;
    for (method, path, status) in [
        (Method::GET, "/v1/nothing", 404),
        (Method::PUT, "/v1/lives", 405),
        (Method::GET, "/v1/lives/none", 404),
        (Method::GET, "/v1/lives/a%20b", 400),
        (Method::GET, "/v1/lives?count=none", 400),
    ] {
        let answer = host.http().send(method, path, "".into()).await;
        assert_eq!(
            (answer.status.as_u16(), answer.body["status"].as_u64()),
            (status, Some(status.into())),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_service_ends_a_live() {
    let host = Host::start().await;
    let mut ann = host.user("ann").await;
    ann.create_live("red").await;
    assert_eq!(host.http().delete("/v1/lives/red").await.status, 200);
    assert_eq!(host.http().get("/v1/lives/red").await.status, 404);
}
