//! Who watches, who came in, and who gives the most.

use duelcast_protocol::{BattleConfig, Contributor, ErrorCode, FetchAudienceList, JoinLive, ResumeFrom};
use serde_json::json;

use super::{
    battles::{connected_hosts, fight},
    client::{Client, live_id},
    host::Host,
};

async fn page(client: &mut Client, cursor: &str, count: u32) -> Result<(Vec<String>, String), ErrorCode> {
    let query = FetchAudienceList { live_id: live_id("red"), cursor: cursor.to_owned(), count };
    let page = client.call(query).await?;
    Ok((page.users.iter().map(|user| user.user_id.to_string()).collect(), page.cursor))
}

#[tokio::test]
async fn members_fetch_the_audience_page_by_page() {
    let host = Host::start().await;
    let mut ann = host.user("ann").await;
    ann.create_live("red").await;
    let (mut eve, mut bob) = (host.user("eve").await, host.user("bob").await);
    assert_eq!(page(&mut eve, "", 20).await, Err(ErrorCode::NoPermission), "not from outside");
    eve.join("red").await;
    bob.join("red").await;
    assert_eq!(page(&mut eve, "", 2).await, Ok((vec!["ann".into(), "bob".into()], "bob".into())));
    assert_eq!(page(&mut eve, "bob", 2).await, Ok((vec!["eve".into()], String::new())));
    assert_eq!(page(&mut eve, "", 0).await, Err(ErrorCode::InvalidParams));
    drop(bob);
    eve.volatile(|volatile| (volatile.viewer_count == Some(2)).then_some(())).await;
    assert_eq!(page(&mut eve, "", 20).await, Ok((vec!["ann".into(), "eve".into()], String::new())));
}

#[tokio::test]
async fn a_join_is_announced_once_and_a_resume_is_not() {
    let host = Host::start().await;
    let mut ann = host.user("ann").await;
    ann.create_live("red").await;
    let mut eve = host.user("eve").await;
    let snapshot = eve.join("red").await;
    let newcomers = ann.volatile(|volatile| volatile.newcomers.clone()).await;
    assert_eq!(newcomers.iter().map(|user| user.user_id.as_str()).collect::<Vec<_>>(), ["eve"]);
    drop(eve);
    ann.volatile(|volatile| (volatile.viewer_count == Some(1)).then_some(())).await;
    let mut eve = host.user("eve").await;
    let resume = Some(ResumeFrom { epoch: snapshot.epoch, seq: snapshot.seq });
    eve.call(JoinLive { live_id: live_id("red"), resume }).await.unwrap();
    let newcomers =
        ann.volatile(|volatile| (volatile.viewer_count == Some(2)).then(|| volatile.newcomers.clone())).await;
    assert_eq!(newcomers, None);
}

#[tokio::test]
async fn everyone_hears_who_gives_the_most_while_the_battle_runs() {
    let host = Host::start().await;
    let (mut ann, mut bob) = connected_hosts(&host).await;
    let battle = fight(&mut ann, &mut bob, BattleConfig::default()).await;
    let gift = |giver: &str, value: i64| {
        json!({
            "op": "add",
            "source": { "giverUserId": giver, "giverName": giver.to_uppercase() },
            "scores": [{ "liveId": "red", "value": value }],
        })
    };
    for (key, giver, value) in [("1", "eve", 5), ("2", "dan", 7), ("3", "eve", 4)] {
        let http = host.http().with("idempotency-key", key);
        let answer = http.post(&format!("/v1/battles/{battle}/scores"), gift(giver, value)).await;
        assert_eq!(answer.status, 200);
    }
    let contributor =
        |id: &str, score| Contributor { user_id: id.to_owned(), user_name: id.to_uppercase(), score };
    let expected = [contributor("eve", 9), contributor("dan", 7)];
    let told = bob
        .volatile(|volatile| {
            let has_all = volatile.battle_score.as_ref().is_some_and(|score| score.score_rev == 3);
            has_all.then(|| volatile.battle_contributors.clone())
        })
        .await;
    let sides = told.expect("who gives comes with the score");
    assert_eq!((sides.len(), &sides[0].live_id), (1, &live_id("red")));
    assert_eq!(sides[0].contributors, expected);
    let late = host.user("late").await.join("blue").await.battle.unwrap();
    assert_eq!(late.contributors[0].contributors, expected, "who comes late as well");
}
