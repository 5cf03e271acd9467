//! People who misbehave, over real sockets and REST.

use duelcast_protocol::{
    ApplyForSeat, BanUser, DisableSendMessage, ErrorCode, Event, FetchBannedUsers, GiftId, JoinLive,
    KickReason, KickUserOutOfRoom, Login, ResumeFrom, SendGift, SendLike, SendTextMessage, TakeSeat,
    UnbanUser, UserId,
};
use duelcast_server::{Running, serve};
use serde_json::json;
use tempfile::TempDir;

use super::{
    client::{Client, live_id},
    host::{Host, api_key, config, service_token, user_token},
    http::Http,
};

const BANNED: Option<u16> = Some(4403);

fn user_id(name: &str) -> UserId {
    UserId::new(name).unwrap()
}

fn ban(name: &str) -> BanUser {
    BanUser { live_id: live_id("red"), user_id: user_id(name), duration_ms: None }
}

fn say(text: &str) -> SendTextMessage {
    SendTextMessage { live_id: live_id("red"), text: text.to_owned() }
}

/// Waits until this user is told to be out of the live.
async fn put_out(client: &mut Client) -> (KickReason, Option<String>) {
    client
        .event(|frame| {
            let Event::OnKickedOutOfLive { reason, operator, .. } = &frame.event else {
                return None;
            };
            Some((*reason, operator.as_ref().map(|user| user.user_id.to_string())))
        })
        .await
}

async fn again(data: &TempDir) -> (Running, Http) {
    let running = serve(config(data)).await.unwrap();
    let http = Http::new(running.addr()).with_token(&service_token(&api_key()));
    (running, http)
}

#[tokio::test]
async fn a_kicked_user_is_told_the_operator_and_gets_no_events_until_joining_again() {
    let host = Host::start().await;
    let (mut ann, mut eve) = (host.user("ann").await, host.user("eve").await);
    ann.create_live("red").await;
    eve.join("red").await;
    ann.call(KickUserOutOfRoom { live_id: live_id("red"), user_id: user_id("eve") }).await.unwrap();
    assert_eq!(put_out(&mut eve).await, (KickReason::Kicked, Some("ann".to_owned())));
    ann.call(say("is she gone?")).await.unwrap();
    assert_eq!(eve.call(say("no")).await, Err(ErrorCode::NoPermission));
    assert!(eve.events_so_far().is_empty());
    let seen = eve.join("red").await;
    assert_eq!(seen.recent_messages.len(), 1);
    eve.call(say("back")).await.unwrap();
}

#[tokio::test]
async fn a_banned_user_comes_back_neither_by_resuming_nor_as_a_new_session_nor_without_joining() {
    let host = Host::start().await;
    let (mut ann, mut eve) = (host.user("ann").await, host.user("eve").await);
    ann.create_live("red").await;
    let seen = eve.join("red").await;
    ann.call(ban("eve")).await.unwrap();
    assert_eq!(put_out(&mut eve).await, (KickReason::Banned, Some("ann".to_owned())));
    let red = || live_id("red");
    let resume = Some(ResumeFrom { epoch: seen.epoch, seq: seen.seq });
    let joins = [resume, None].map(|resume| JoinLive { live_id: red(), resume });
    for join in &joins {
        assert_eq!(eve.call(join.clone()).await.unwrap_err(), ErrorCode::UserBanned);
    }
    let mut later = host.user("eve").await;
    for join in joins {
        assert_eq!(later.call(join).await.unwrap_err(), ErrorCode::UserBanned);
    }
    let seat = TakeSeat { live_id: red(), index: None };
    assert_eq!(later.call(seat).await.unwrap_err(), ErrorCode::UserBanned);
    let application = ApplyForSeat { live_id: red(), index: None, timeout_ms: 5_000 };
    assert_eq!(later.call(application).await.unwrap_err(), ErrorCode::UserBanned);
    assert_eq!(later.call(say("hello")).await.unwrap_err(), ErrorCode::NoPermission);
    let rose = GiftId::new("rose").unwrap();
    let gift = SendGift { live_id: red(), gift_id: rose, count: 1, to_user_id: None };
    assert_eq!(later.call(gift).await.unwrap_err(), ErrorCode::NoPermission);
    let like = SendLike { live_id: red(), count: 1 };
    assert_eq!(later.call(like).await.unwrap_err(), ErrorCode::NoPermission);
    let listed = FetchBannedUsers { live_id: red(), cursor: String::new(), count: 20 };
    assert_eq!(ann.call(listed).await.unwrap().users[0].user.user_id, user_id("eve"));
    ann.call(UnbanUser { live_id: red(), user_id: user_id("eve") }).await.unwrap();
    later.join("red").await;
}

#[tokio::test]
async fn a_ban_and_a_mute_survive_a_restart() {
    let host = Host::start().await;
    let (mut ann, mut eve) = (host.user("ann").await, host.user("eve").await);
    ann.create_live("red").await;
    eve.join("red").await;
    let mute = DisableSendMessage { live_id: live_id("red"), user_id: user_id("eve"), is_disable: true };
    ann.call(mute).await.unwrap();
    eve.happened(|event| matches!(event, Event::OnAudienceMessageDisabled { is_disable: true, .. })).await;
    assert_eq!(eve.call(say("hello")).await, Err(ErrorCode::SendMessageDisabled));
    ann.call(ban("dan")).await.unwrap();
    let data = host.stop().await;
    let (running, http) = again(&data).await;
    let login = async |name: &str| Client::login(running.addr(), &user_token(&api_key(), name)).await;
    let _ann = login("ann").await;
    let mut eve = login("eve").await;
    assert!(eve.join("red").await.private.message_disabled_user_ids.contains(&user_id("eve")));
    assert_eq!(eve.call(say("hello")).await, Err(ErrorCode::SendMessageDisabled));
    let join = JoinLive { live_id: live_id("red"), resume: None };
    assert_eq!(login("dan").await.call(join).await.unwrap_err(), ErrorCode::UserBanned);
    assert_eq!(http.get("/v1/lives/red/mutes").await.body, json!({ "userIds": ["eve"] }));
    running.shutdown().await;
}

#[tokio::test]
async fn rest_kicks_bans_and_mutes() {
    let host = Host::start().await;
    let (mut ann, mut eve) = (host.user("ann").await, host.user("eve").await);
    ann.create_live("red").await;
    eve.join("red").await;
    let http = host.http();
    assert_eq!(http.put("/v1/lives/red/mutes/eve", json!({})).await.status, 204);
    assert_eq!(eve.call(say("hello")).await, Err(ErrorCode::SendMessageDisabled));
    assert_eq!(http.delete("/v1/lives/red/mutes/eve").await.status, 204);
    eve.call(say("hello")).await.unwrap();
    assert_eq!(http.post("/v1/lives/red/kicks", json!({ "userId": "eve" })).await.status, 204);
    assert_eq!(put_out(&mut eve).await, (KickReason::Kicked, None));
    let banned = http.put("/v1/lives/red/bans/eve", json!({ "durationMs": 60_000 })).await;
    assert_eq!((banned.status.as_u16(), &banned.body["user"]["userName"]), (200, &json!("eve")));
    let listed = http.get("/v1/lives/red/bans").await.body;
    assert_eq!((&listed["users"][0], &listed["cursor"]), (&banned.body, &json!("")));
    assert_eq!(http.delete("/v1/lives/red/bans/eve").await.status, 204);
    eve.join("red").await;
    for (path, status) in [
        ("/v1/lives/red/bans/ann", 403),
        ("/v1/lives/blue/bans/eve", 404),
        ("/v1/lives/red/bans/e%20ve", 400),
        ("/v1/lives/red/mutes/ann", 403),
    ] {
        assert_eq!(http.put(path, json!({})).await.status, status, "{path}");
    }
    for body in [json!({ "durationMs": 1 }), json!({ "durationMs": -1 }), json!({ "until": 5 })] {
        assert_eq!(http.put("/v1/lives/red/bans/eve", body.clone()).await.status, 400, "{body}");
    }
}

#[tokio::test]
async fn a_server_ban_closes_the_socket_and_survives_a_restart() {
    let host = Host::start().await;
    let (mut ann, mut eve) = (host.user("ann").await, host.user("eve").await);
    ann.create_live("red").await;
    eve.join("red").await;
    assert_eq!(host.http().put("/v1/bans/ann", json!({})).await.status, 200);
    assert_eq!(ann.close_code().await, BANNED);
    eve.happened(|event| matches!(event, Event::OnLiveEnded { .. })).await;
    let refused = async |address| {
        let mut client = Client::connect(address).await;
        let token = user_token(&api_key(), "ann");
        assert_eq!(client.call(Login { token }).await.unwrap_err(), ErrorCode::UserBanned);
        assert_eq!(client.close_code().await, BANNED);
    };
    refused(host.addr()).await;
    let data = host.stop().await;
    let (running, http) = again(&data).await;
    refused(running.addr()).await;
    assert_eq!(http.get("/v1/bans").await.body["users"][0]["user"]["userId"], "ann");
    assert_eq!(http.delete("/v1/bans/ann").await.status, 204);
    Client::login(running.addr(), &user_token(&api_key(), "ann")).await.create_live("red").await;
    running.shutdown().await;
}
