//! Storms of gifts.

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::{get, post},
};
use duelcast_protocol::BattleId;
use duelcast_server::simulate::Simulation;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::{
    duel::{connected, start},
    host::{Host, api_key, service_token},
    process,
};

fn storm(server: String, battle: &str) -> Simulation {
    Simulation {
        server,
        ca: None,
        service_token: service_token(&api_key()),
        battle: BattleId::new(battle).unwrap(),
        seed: 7,
        updates: 60,
        concurrency: 16,
    }
}

#[tokio::test]
async fn a_storm_against_the_server_adds_up_and_a_second_one_with_its_seed_has_no_effect() {
    let host = Host::start().await;
    let _hosts = connected(&host).await;
    let battle = start(&host).await;
    let simulation = storm(format!("http://{}", host.addr()), &battle);
    let first = simulation.run().await.unwrap();
    assert!(first.faults.is_empty() && first.points > 0 && first.requests > 60, "{first:?}");
    let second = simulation.run().await.unwrap();
    assert_eq!((second.points, second.faults), (0, Vec::new()));
}

#[tokio::test]
async fn a_server_that_counts_duplicates_is_found_out() {
    let ledger = std::sync::Arc::new(std::sync::Mutex::new(Vec::<Value>::new()));
    let router = Router::new()
        .route("/v1/battles/{battle_id}", get(battle))
        .route("/v1/battles/{battle_id}/ledger", get(read_ledger))
        .route("/v1/battles/{battle_id}/scores", post(count_always))
        .with_state(ledger);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let report = storm(server, "battle-1").run().await.unwrap();
    let has = |part: &str| report.faults.iter().any(|fault| fault.contains(part));
    assert!(has("entries, not one") && has("not 409") && has("but its ledger leads to"), "{report:?}");
}

type Ledger = State<std::sync::Arc<std::sync::Mutex<Vec<Value>>>>;

async fn battle() -> Json<Value> {
    let side =
        json!({ "liveId": "red", "user": { "userId": "ann", "userName": "", "avatarUrl": "" }, "score": 0 });
    Json(json!({
        "battleId": "battle-1", "connectionId": "c", "config": {}, "phase": "running", "inviterUserId": "ann",
        "startedAt": 1, "endsAt": 2, "sides": [side], "scoreRev": 0,
    }))
}

async fn read_ledger(State(ledger): Ledger) -> Json<Value> {
    Json(json!({ "entries": *ledger.lock().unwrap(), "cursor": "" }))
}

async fn count_always(
    State(ledger): Ledger,
    Path(battle): Path<String>,
    headers: axum::http::HeaderMap,
    Json(update): Json<Value>,
) -> Json<Value> {
    let mut ledger = ledger.lock().unwrap();
    let number = ledger.len() + 1;
    ledger.push(json!({
        "battleId": battle, "number": number, "liveId": "red", "userId": "ann", "op": "add",
        "value": update["scores"][0]["value"], "before": number - 1, "after": number, "occurredAt": 1, "appliedAt": 1,
        "keyId": "k", "idempotencyKey": headers["idempotency-key"].to_str().unwrap(),
    }));
    Json(json!({}))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_ends_well_only_when_the_totals_add_up() {
    let host = Host::start().await;
    let _hosts = connected(&host).await;
    let battle = start(&host).await;
    let server = format!("http://{}", host.addr());
    let arguments =
        ["simulate", "--server", &server, "--api-key", process::KEY, "--battle", &battle, "--updates", "20"];
    let output = process::run(&arguments);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && text.ends_with("the totals add up\n"), "{text}");
    let arguments = ["simulate", "--server", &server, "--api-key", process::KEY, "--battle", "none"];
    let output = process::run(&arguments);
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && text.contains("404"), "{text}");
}
