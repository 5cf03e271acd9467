//! Battles that are over.

use super::{
    duel::{connected, end, start},
    host::Host,
};

#[tokio::test]
async fn battles_that_are_over_are_paged_newest_first() {
    let host = Host::start().await;
    let (_ann, _bob) = connected(&host).await;
    let mut battles = Vec::new();
    for _ in 0..5 {
        let battle = start(&host).await;
        end(&host, &battle).await;
        battles.push(battle);
    }
    battles.sort();
    for path in ["/v1/battles?", "/v1/battles?liveId=blue&"] {
        let (mut seen, mut cursor, mut starts) = (Vec::new(), String::new(), Vec::new());
        loop {
            let page = host.http().get(&format!("{path}count=2&cursor={cursor}")).await.body;
            for battle in page["battles"].as_array().unwrap() {
                assert_eq!(battle["phase"], "ended");
                seen.push(battle["battleId"].as_str().unwrap().to_owned());
                starts.push(battle["startedAt"].as_u64().unwrap());
            }
            cursor = page["cursor"].as_str().unwrap().to_owned();
            if cursor.is_empty() {
                break;
            }
        }
        assert!(starts.is_sorted_by(|one, other| one >= other), "{starts:?}");
        seen.sort();
        assert_eq!(seen, battles, "{path}");
    }
}

#[tokio::test]
async fn the_history_of_a_live_has_its_own_battles_only_and_no_running_one() {
    let host = Host::start().await;
    let (_ann, _bob) = connected(&host).await;
    let battle = start(&host).await;
    let empty = host.http().get("/v1/battles").await.body;
    assert_eq!(empty["battles"].as_array().unwrap().len(), 0);
    end(&host, &battle).await;
    let none = host.http().get("/v1/battles?liveId=green").await.body;
    assert_eq!(none["battles"].as_array().unwrap().len(), 0);
    let one = host.http().get("/v1/battles?liveId=red").await.body;
    assert_eq!((one["battles"][0]["battleId"].as_str(), one["cursor"].as_str()), (Some(&*battle), Some("")));
}

#[tokio::test]
async fn a_cursor_of_somebody_else_is_refused() {
    let host = Host::start().await;
    for path in [
        "/v1/battles?cursor=x",
        "/v1/battles?cursor=1.a%20b",
        "/v1/battles?count=51",
        "/v1/battles/b/ledger?cursor=x",
    ] {
        assert_eq!(host.http().get(path).await.status, 400, "{path}");
    }
}
