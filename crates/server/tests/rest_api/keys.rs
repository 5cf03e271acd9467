//! Keys of the data folder, and tokens from everywhere.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use duelcast_protocol::{ErrorCode, Login};
use serde_json::json;

use super::{
    client::Client,
    host::{Host, api_key, user_token},
    http::Http,
    process::{KEY, run},
};

fn key(data: &Path, arguments: &[&str]) -> String {
    let output = run(&[&["key", "--data", data.to_str().unwrap()], arguments].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn minted(key: &str) -> String {
    let output = run(&["token", "--api-key", key, "--user", "desk", "--service"]);
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

async fn lives(host: &Host, token: &str) -> u16 {
    Http::new(host.addr()).with_token(token).get("/v1/lives").await.status.as_u16()
}

#[tokio::test]
async fn a_running_server_heeds_made_rotated_and_revoked_keys_at_once() {
    let mut data = PathBuf::new();
    let host = Host::start_with(|config| data = config.data.clone()).await;
    let data = data.as_path();
    let token = minted(&key(data, &["create", "desk"]));
    assert_eq!(lives(&host, &token).await, 200);
    assert_eq!(key(data, &["list"]), "desk 1");
    let next = minted(&key(data, &["rotate", "desk", "--overlap", "1h"]));
    assert_eq!((lives(&host, &token).await, lives(&host, &next).await), (200, 200));
    key(data, &["revoke", "desk"]);
    assert_eq!((lives(&host, &token).await, lives(&host, &next).await), (401, 401));
    let mut client = Client::connect(host.addr()).await;
    assert_eq!(client.call(Login { token: next }).await.unwrap_err(), ErrorCode::Unauthorized);
    assert_eq!(lives(&host, &minted(KEY)).await, 200);
}

#[tokio::test]
async fn a_service_has_tokens_minted_that_let_users_in_for_a_bounded_time() {
    let host = Host::start().await;
    let body = json!({ "userId": "eve", "userName": "Eve", "createLive": true, "ttlMs": 60_000 });
    let answer = host.http().post("/v1/tokens", body).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let token = answer.body["token"].as_str().unwrap();
    let mut eve = Client::login(host.addr(), token).await;
    assert_eq!(eve.create_live("red").await.live.owner.user_name, "Eve");
    assert_eq!(lives(&host, token).await, 403);
    for body in [
        json!({ "userId": "eve", "ttlMs": 86_400_001 }),
        json!({ "userId": "eve", "ttlMs": 0 }),
        json!({ "userId": "eve", "avatarUrl": "javascript:alert(1)" }),
        json!({ "userId": "eve", "service": true }),
        json!({ "userId": "e v e" }),
    ] {
        assert_eq!(host.http().post("/v1/tokens", body.clone()).await.status, 400, "{body}");
    }
    let user = Http::new(host.addr()).with_token(&user_token(&api_key(), "ann"));
    assert_eq!(user.post("/v1/tokens", json!({ "userId": "eve" })).await.status, 403);
}

#[tokio::test]
async fn tokens_minted_by_the_examples_are_accepted() {
    let host = Host::start().await;
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/tokens");
    let program = |name: &str, script: &str| {
        let mut command = Command::new(name);
        command.arg(examples.join(script));
        command
    };
    let programs =
        [program("node", "mint.mjs"), program("python3", "mint.py"), Command::new(built_example("mint"))];
    for mut program in programs {
        let Ok(output) = program.args([KEY, "desk", "service"]).output() else {
            eprintln!("{program:?} is not there and not tested");
            continue;
        };
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let token = String::from_utf8(output.stdout).unwrap();
        assert_eq!(lives(&host, token.trim()).await, 200, "{program:?}");
    }
}

/// Beside the tests, if examples were built with them.
fn built_example(name: &str) -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    tests.ancestors().nth(2).unwrap().join("examples").join(name)
}
