//! Joining, resuming, falling behind.

use duelcast_protocol::{
    EndLive, ErrorCode, Event, FetchLiveList, JoinLive, JoinReply, LeaveLive, Login, ResumeFrom, SendLike,
    SendTextMessage,
};

use super::{
    client::{Client, live_id},
    host::{Host, api_key, user_token},
};

async fn chat(client: &mut Client, live: &str, text: &str) {
    let params = SendTextMessage { live_id: live_id(live), text: text.to_owned() };
    client.call(params).await.unwrap();
}

fn resume(live: &str, epoch: &str, seq: u64) -> JoinLive {
    let epoch = epoch.to_owned();
    JoinLive { live_id: live_id(live), resume: Some(ResumeFrom { epoch, seq }) }
}

#[tokio::test]
async fn a_resume_delivers_the_missed_events() {
    let host = Host::start().await;
    let mut ann = host.user("ann").await;
    ann.create_live("red").await;
    let mut eve = host.user("eve").await;
    let known = eve.join("red").await;
    eve.call(LeaveLive { live_id: live_id("red") }).await.unwrap();
    chat(&mut ann, "red", "one").await;
    chat(&mut ann, "red", "two").await;
    let JoinReply::Resumed(resumed) = eve.call(resume("red", &known.epoch, known.seq)).await.unwrap() else {
        panic!("the events are still there");
    };
    let seqs: Vec<_> = resumed.events.iter().filter_map(|frame| frame.seq).collect();
    assert_eq!(seqs, [known.seq + 1, known.seq + 2]);
    let mut folded = known;
    resumed.events.iter().for_each(|frame| folded.fold(frame));
    assert_eq!(folded.recent_messages, eve.join("red").await.recent_messages);
}

#[tokio::test]
async fn a_resume_from_an_unknown_position_gets_a_snapshot() {
    let host = Host::start().await;
    let mut ann = host.user("ann").await;
    let known = ann.create_live("red").await;
    for (epoch, seq) in [("another", known.seq), (known.epoch.as_str(), known.seq + 1)] {
        let reply = ann.call(resume("red", epoch, seq)).await.unwrap();
        assert!(matches!(reply, JoinReply::Snapshot(_)), "{epoch} {seq}");
    }
}

#[tokio::test]
async fn sending_a_text_requires_joining_the_live() {
    let host = Host::start().await;
    host.user("ann").await.create_live("red").await;
    let mut eve = host.user("eve").await;
    let params = SendTextMessage { live_id: live_id("red"), text: "hello".to_owned() };
    assert_eq!(eve.call(params.clone()).await.unwrap_err(), ErrorCode::NoPermission);
    eve.join("red").await;
    eve.call(params).await.unwrap();
}

#[tokio::test]
async fn a_live_that_starts_again_under_an_old_id_is_not_resumed_from_the_old_one() {
    let host = Host::start().await;
    let mut ann = host.user("ann").await;
    let old = ann.create_live("red").await;
    ann.call(EndLive { live_id: live_id("red") }).await.unwrap();
    let new = ann.create_live("red").await;
    chat(&mut ann, "red", "one").await;
    assert!(matches!(ann.call(resume("red", &old.epoch, old.seq)).await.unwrap(), JoinReply::Snapshot(_)));
    let JoinReply::Resumed(resumed) = ann.call(resume("red", &new.epoch, new.seq)).await.unwrap() else {
        panic!("the new live's events are kept");
    };
    assert_eq!(resumed.events.len(), 1);
}

#[tokio::test]
async fn events_follow_a_snapshot_without_a_gap() {
    let host = Host::start().await;
    let mut ann = host.user("ann").await;
    ann.create_live("red").await;
    let mut eve = host.user("eve").await;
    let snapshot = eve.join("red").await;
    chat(&mut ann, "red", "hello").await;
    let frame = eve.happened(|event| matches!(event, Event::OnTextMessage { .. })).await;
    assert_eq!(frame.seq, Some(snapshot.seq + 1));
}

#[tokio::test]
async fn likes_and_viewers_are_told_to_everyone() {
    let host = Host::start().await;
    let mut ann = host.user("ann").await;
    ann.create_live("red").await;
    let mut eve = host.user("eve").await;
    eve.join("red").await;
    ann.volatile(|volatile| volatile.viewer_count.filter(|count| *count == 2)).await;
    let like = SendLike { live_id: live_id("red"), count: 3 };
    eve.call(like).await.unwrap();
    ann.volatile(|volatile| volatile.likes.filter(|likes| *likes == 3)).await;
    let late = host.user("dan").await.join("red").await;
    assert_eq!((late.likes, late.viewer_count), (3, 3));
}

#[tokio::test]
async fn the_list_shows_lives_newest_first_and_pages_through_them() {
    let host = Host::start().await;
    let mut hosts = Vec::new();
    for live in ["red", "blue", "green"] {
        let mut owner = host.user(&format!("owner-of-{live}")).await;
        owner.create_live(live).await;
        hosts.push(owner);
    }
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = hosts[0].call(FetchLiveList { cursor, count: 2 }).await.unwrap();
        seen.extend(page.lives.into_iter().map(|card| card.live.live_id.to_string()));
        cursor = page.cursor;
        if cursor.is_empty() {
            break;
        }
    }
    assert_eq!(seen, ["green", "blue", "red"]);
    let refused = hosts[0].call(FetchLiveList { cursor: String::new(), count: 51 }).await;
    assert_eq!(refused.unwrap_err(), ErrorCode::InvalidParams);
}

#[tokio::test]
async fn nothing_is_answered_before_login() {
    let host = Host::start().await;
    let mut stranger = Client::connect(host.addr()).await;
    let list = FetchLiveList { cursor: String::new(), count: 20 };
    assert_eq!(stranger.call(list).await.unwrap_err(), ErrorCode::Unauthorized);
    let token = user_token(&api_key(), "eve");
    assert!(stranger.call(Login { token: token.clone() }).await.is_ok());
    assert_eq!(stranger.call(Login { token }).await.unwrap_err(), ErrorCode::InvalidRequest);
}

#[tokio::test]
async fn invalid_frames_are_answered_and_affect_no_other_client() {
    let host = Host::start().await;
    let mut ann = host.user("ann").await;
    for (text, code) in
        [("{", -32700), ("[]", -32600), (r#"{"jsonrpc":"2.0","id":1,"method":"fly"}"#, -32601)]
    {
        ann.say(text).await;
        let answer: serde_json::Value = serde_json::from_str(&ann.next_text().await).unwrap();
        assert_eq!(answer["error"]["code"], code, "{text}");
    }
    ann.create_live("red").await;
}
