//! A ledger that can be trusted: chained, recomputable, kept.

use std::path::Path;

use duelcast_server::serve;
use rusqlite::Connection;
use serde_json::json;
use tempfile::TempDir;

use super::{
    duel::{connected, end, gift, start},
    host::{Host, api_key, config, service_token},
    http::Http,
    process::run,
};

/// A battle that is over, with an add, a set and a reversal in its ledger; the server is stopped.
async fn fought() -> (TempDir, String) {
    let host = Host::start().await;
    let (_ann, _bob) = connected(&host).await;
    let battle = start(&host).await;
    let path = format!("/v1/battles/{battle}/scores");
    assert_eq!(gift(&host, &battle, "1", "eve", "red", 50).await.status, 200);
    assert_eq!(gift(&host, &battle, "2", "dan", "blue", 30).await.status, 200);
    let reversal = json!({ "op": "add", "reverses": 1, "scores": [{ "liveId": "red", "value": -50 }] });
    assert_eq!(host.http().with("idempotency-key", "3").post(&path, reversal).await.status, 200);
    let set = json!({ "op": "set", "scores": [{ "liveId": "red", "value": 12 }] });
    assert_eq!(host.http().with("idempotency-key", "4").post(&path, set).await.status, 200);
    end(&host, &battle).await;
    (host.stop().await, battle)
}

fn verify(data: &TempDir, battle: &str) -> (bool, String) {
    let output = run(&["verify", "--data", data.path().to_str().unwrap(), "--battle", battle]);
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

fn tamper(data: &Path, sql: &str) {
    let database = Connection::open(data.join("duelcast.sqlite3")).unwrap();
    assert!(database.execute(sql, []).unwrap() > 0, "{sql}");
}

#[tokio::test]
async fn a_result_is_recomputed_from_the_ledger() {
    let (data, battle) = fought().await;
    let (agrees, text) = verify(&data, &battle);
    assert!(agrees && text.contains("the result agrees; 4 entries, totals blue 30, red 12"), "{text}");
    let all = run(&["verify", "--data", data.path().to_str().unwrap()]);
    assert!(all.status.success());
    let (known, _) = verify(&data, "battle_none");
    assert!(!known);
}

#[tokio::test]
async fn tampering_with_one_row_is_noticed() {
    for (sql, noticed) in [
        (
            "UPDATE ledger SET line = replace(line, '\"value\":30', '\"value\":31') WHERE number = 2",
            "entry 2 is not",
        ),
        ("UPDATE ledger SET line = replace(line, 'eve', 'dan') WHERE number = 1", "entry 1 is not"),
        ("DELETE FROM ledger WHERE number = 2", "entry 2 is missing"),
        ("DELETE FROM ledger WHERE number = 4", "entries at the end are missing"),
        ("UPDATE ledger SET hash = 'ab' WHERE number = 4", "entry 4 is not"),
        (
            "UPDATE battles SET info = replace(info, '\"score\":30', '\"score\":31')",
            "the result gives blue 31",
        ),
        (
            "UPDATE battles SET info = replace(info, '\"isDraw\":false', '\"isDraw\":true')",
            "the result is not the one",
        ),
    ] {
        let (data, battle) = fought().await;
        tamper(data.path(), sql);
        let (agrees, text) = verify(&data, &battle);
        assert!(!agrees && text.contains(noticed), "{sql}: {text}");
    }
}

#[tokio::test]
async fn a_page_of_the_ledger_names_the_hash_that_binds_it() {
    let host = Host::start().await;
    let (_ann, _bob) = connected(&host).await;
    let battle = start(&host).await;
    gift(&host, &battle, "1", "eve", "red", 5).await;
    let path = format!("/v1/battles/{battle}/ledger");
    let one = host.http().get(&path).await.body;
    gift(&host, &battle, "2", "eve", "red", 5).await;
    let two = host.http().get(&path).await.body;
    let first = host.http().get(&format!("{path}?count=1")).await.body;
    assert_eq!(one["head"].as_str().unwrap().len(), 64);
    assert_ne!(one["head"], two["head"]);
    assert_eq!((&first["head"], &first["cursor"]), (&one["head"], &json!("1")));
    assert_eq!(one["entries"][0]["keyId"], "billing");
}

#[tokio::test]
async fn a_ledger_outlives_its_battle_until_its_retention_is_over() {
    let (data, battle) = fought().await;
    tamper(data.path(), "UPDATE battles SET info = json_set(info, '$.startedAt', 1)");
    let lines = async |retention: Option<u32>| {
        let mut config = config(&data);
        config.ledger_retention_days = retention;
        let running = serve(config).await.unwrap();
        let http = Http::new(running.addr()).with_token(&service_token(&api_key()));
        let ledger = http.get(&format!("/v1/battles/{battle}/ledger")).await.body;
        running.shutdown().await;
        ledger["entries"].as_array().unwrap().len()
    };
    assert_eq!(lines(None).await, 4);
    assert_eq!(lines(Some(1)).await, 4);
    assert_eq!(lines(Some(1)).await, 0);
}

#[tokio::test]
async fn the_result_names_the_rules_that_its_points_were_counted_by() {
    let host = Host::start().await;
    let (_ann, _bob) = connected(&host).await;
    let battle = start(&host).await;
    for (key, version) in [("1", "2026-1"), ("2", "2026-1"), ("3", "2026-2")] {
        let source = json!({ "giftId": "rose", "ruleVersion": version });
        let body = json!({ "op": "add", "source": source, "scores": [{ "liveId": "red", "value": 1 }] });
        let http = host.http().with("idempotency-key", key);
        assert_eq!(http.post(&format!("/v1/battles/{battle}/scores"), body).await.status, 200);
    }
    let ledger = host.http().get(&format!("/v1/battles/{battle}/ledger")).await.body;
    assert_eq!(ledger["entries"][2]["source"]["ruleVersion"], "2026-2");
    assert_eq!(end(&host, &battle).await["result"]["ruleVersions"], json!(["2026-1", "2026-2"]));
    let data = host.stop().await;
    assert!(verify(&data, &battle).0);
    tamper(
        data.path(),
        "UPDATE battles SET info = replace(info, '\"ruleVersions\":[\"2026-1\",', '\"ruleVersions\":[')",
    );
    assert!(!verify(&data, &battle).0);
}

#[tokio::test]
async fn contributors_follow_the_ledger_in_rest_and_in_the_result() {
    let host = Host::start().await;
    let (_ann, _bob) = connected(&host).await;
    let battle = start(&host).await;
    for (key, giver, live, value) in
        [("1", "eve", "red", 50), ("2", "dan", "red", 60), ("3", "eve", "red", 20), ("4", "gus", "red", 9)]
    {
        assert_eq!(gift(&host, &battle, key, giver, live, value).await.status, 200);
    }
    let reversal = json!({ "op": "add", "reverses": 2, "scores": [{ "liveId": "red", "value": -60 }] });
    let path = format!("/v1/battles/{battle}");
    let http = host.http().with("idempotency-key", "5");
    assert_eq!(http.post(&format!("{path}/scores"), reversal).await.status, 200);
    let top = host.http().get(&format!("{path}/contributors?top=1")).await.body;
    let eve = json!({ "userId": "eve", "userName": "eve", "score": 70 });
    let (red, blue) = (&top["sides"][0], &top["sides"][1]);
    assert_eq!((&red["liveId"], &red["contributors"]), (&json!("red"), &json!([eve])));
    assert_eq!(blue["contributors"], json!([]));
    let result = end(&host, &battle).await["result"].clone();
    let gus = json!({ "userId": "gus", "userName": "gus", "score": 9 });
    assert_eq!(result["contributors"], json!([{ "liveId": "red", "contributors": [eve, gus] }]));
    assert_eq!(host.http().get("/v1/battles/none/contributors").await.status, 404);
    let (agrees, text) = verify(&host.stop().await, &battle);
    assert!(agrees, "{text}");
}
