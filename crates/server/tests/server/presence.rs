//! Taking over, going away, coming back.

use duelcast_protocol::{BattleConfig, BattleExitReason, Event, Notification};

use super::{
    battles::{connected_hosts, fight},
    client::live_id,
    host::Host,
};

#[tokio::test]
async fn a_second_login_takes_over_and_the_first_is_told() {
    let host = Host::start().await;
    let mut first = host.user("ann").await;
    first.create_live("red").await;
    let mut second = host.user("ann").await;
    assert_eq!(first.close_code().await, Some(4409));
    assert!(first.was_told(|told| matches!(told, Notification::KickedByOtherSession {})));
    let snapshot = second.join("red").await;
    assert!(snapshot.live.is_owner_online);
    assert_eq!(snapshot.viewer_count, 1);
}

#[tokio::test]
async fn a_host_who_comes_back_within_the_grace_has_seat_and_battle() {
    let host = Host::start().await;
    let (mut ann, mut bob) = connected_hosts(&host).await;
    let battle = fight(&mut ann, &mut bob, BattleConfig::default()).await;
    drop(ann);
    bob.happened(|event| matches!(event, Event::OnUserOffline { .. })).await;
    let mut ann = host.user("ann").await;
    bob.happened(|event| matches!(event, Event::OnUserOnline { .. })).await;
    let snapshot = ann.join("red").await;
    let info = snapshot.battle.unwrap();
    assert_eq!(info.battle_id, battle);
    assert!(info.sides.iter().all(|side| side.exited.is_none()));
    let seat = snapshot.seats.iter().find(|seat| seat.live_id == live_id("red") && seat.index == 0).unwrap();
    assert_eq!(seat.user.as_ref().unwrap().user.user_id.as_str(), "ann");
}

#[tokio::test]
async fn after_the_grace_everyone_is_told_why() {
    let host = Host::start_with(|config| config.grace_ms = 50).await;
    let (mut ann, mut bob) = connected_hosts(&host).await;
    fight(&mut ann, &mut bob, BattleConfig::default()).await;
    drop(ann);
    let reason = bob
        .event(|frame| {
            let Event::OnUserExitBattle { reason, .. } = &frame.event else {
                return None;
            };
            Some(*reason)
        })
        .await;
    assert_eq!(reason, BattleExitReason::Disconnected);
}

#[tokio::test]
async fn the_live_of_an_owner_who_stays_away_ends() {
    let host = Host::start_with(|config| {
        config.grace_ms = 20;
        config.owner_gone_ms = 50;
    })
    .await;
    let mut ann = host.user("ann").await;
    ann.create_live("red").await;
    let mut eve = host.user("eve").await;
    eve.join("red").await;
    drop(ann);
    eve.happened(|event| matches!(event, Event::OnLiveEnded { .. })).await;
    assert_eq!(host.http().get("/v1/lives/red").await.status, 404);
}
