//! Who may do what over the socket: every method and every kind of caller, with the answer they
//! get.

use std::{net::SocketAddr, time::Duration};

use duelcast_protocol::{
    AcceptHostConnection, Action, ApplyForSeat, ErrorCode, InviteToSeat, Login, RequestHostConnection,
    TakeSeat, Unlogged, UpdateLiveInfo, UserId,
};
use duelcast_server::auth::{self, ApiKey, Claims};
use futures_util::{StreamExt, stream};
use serde_json::Value;

use super::{
    client::{Client, live_id},
    host::{Host, api_key},
};

const TTL: Duration = Duration::from_secs(3_600);
/// Cases that are played at once, each in lives of its own.
const AT_ONCE: usize = 4;
const ROLES: [&str; 5] = ["viewer", "other room's owner", "owner", "admin", "service"];

type Answers = [&'static str; 5];

const ALL: Answers = ["ok"; 5];
const OWNER: Answers = only_owner("ok");
const MANAGERS: Answers = ["noPermission", "noPermission", "ok", "ok", "noPermission"];
/// The owners of both rooms sit on a seat of theirs.
const STANDING: Answers = ["ok", "alreadyOnSeat", "alreadyOnSeat", "ok", "ok"];
const SEATED: Answers = ["notOnSeat", "notOnSeat", "ok", "notOnSeat", "notOnSeat"];
const NO_REQUEST: Answers = ["seatRequestNotExist"; 5];

/// The owner passes, and gets what the rules say.
const fn only_owner(answer: &'static str) -> Answers {
    ["noPermission", "noPermission", answer, "noPermission", "noPermission"]
}

/// Method, parameters (`$` is the number of the case, `%` the caller's token), and what each role
/// gets. `red` is the live that is spoken of; `sam` sits in it, `pia` has applied for a seat, `ivy`
/// is invited to one; `blue` is connected with it.
const TABLE: &[(&str, &str, Answers)] = &[
    ("login", r#"{"token":"%"}"#, ["invalidRequest"; 5]),
    ("ping", "{}", ALL),
    ("fetchLiveList", "{}", ALL),
    ("fetchLiveInfo", r#"{"liveId":"red$"}"#, ALL),
    ("joinLive", r#"{"liveId":"red$"}"#, ALL),
    ("leaveLive", r#"{"liveId":"red$"}"#, ALL),
    ("getCoHostCandidates", r#"{"liveId":"red$"}"#, ALL),
    ("fetchBannedUsers", r#"{"liveId":"red$"}"#, MANAGERS),
    ("fetchAudienceList", r#"{"liveId":"red$"}"#, ALL),
    ("sendLike", r#"{"liveId":"red$","count":1}"#, ALL),
    ("reportVolume", r#"{"liveId":"red$","level":0}"#, SEATED),
    ("fetchGiftCatalogue", "{}", ALL),
    (
        "createLive",
        r#"{"liveId":"new$","liveName":"New"}"#,
        ["noPermission", "roomExists", "roomExists", "noPermission", "noPermission"],
    ),
    ("updateLiveInfo", r#"{"liveId":"red$","liveName":"Red"}"#, OWNER),
    ("endLive", r#"{"liveId":"red$"}"#, OWNER),
    ("takeSeat", r#"{"liveId":"red$"}"#, STANDING),
    ("leaveSeat", r#"{"liveId":"red$"}"#, SEATED),
    ("lockSeat", r#"{"liveId":"red$","index":5}"#, MANAGERS),
    ("unlockSeat", r#"{"liveId":"red$","index":5}"#, MANAGERS),
    ("kickUserOutOfSeat", r#"{"liveId":"red$","userId":"sam$"}"#, MANAGERS),
    ("moveUserToSeat", r#"{"liveId":"red$","userId":"sam$","index":6}"#, MANAGERS),
    ("applyForSeat", r#"{"liveId":"red$"}"#, STANDING),
    ("cancelApplication", r#"{"liveId":"red$"}"#, NO_REQUEST),
    ("acceptApplication", r#"{"liveId":"red$","userId":"pia$"}"#, MANAGERS),
    ("rejectApplication", r#"{"liveId":"red$","userId":"pia$"}"#, MANAGERS),
    ("inviteToSeat", r#"{"liveId":"red$","userId":"tom$"}"#, MANAGERS),
    ("cancelInvitation", r#"{"liveId":"red$","userId":"ivy$"}"#, MANAGERS),
    ("acceptInvitation", r#"{"liveId":"red$"}"#, NO_REQUEST),
    ("rejectInvitation", r#"{"liveId":"red$"}"#, NO_REQUEST),
    ("muteMicrophone", r#"{"liveId":"red$"}"#, SEATED),
    ("unmuteMicrophone", r#"{"liveId":"red$"}"#, SEATED),
    ("openRemoteMicrophone", r#"{"liveId":"red$","userId":"sam$"}"#, MANAGERS),
    ("closeRemoteMicrophone", r#"{"liveId":"red$","userId":"sam$"}"#, MANAGERS),
    ("kickUserOutOfRoom", r#"{"liveId":"red$","userId":"sam$"}"#, MANAGERS),
    ("banUser", r#"{"liveId":"red$","userId":"sam$"}"#, MANAGERS),
    ("unbanUser", r#"{"liveId":"red$","userId":"sam$"}"#, MANAGERS),
    ("disableSendMessage", r#"{"liveId":"red$","userId":"sam$","isDisable":true}"#, MANAGERS),
    ("requestHostConnection", r#"{"liveId":"red$","targetHosts":["green"]}"#, OWNER),
    ("cancelHostConnection", r#"{"liveId":"red$","toHostLiveId":"blue$"}"#, only_owner("connectionNotExist")),
    (
        "acceptHostConnection",
        r#"{"liveId":"red$","fromHostLiveId":"blue$"}"#,
        only_owner("connectionNotExist"),
    ),
    (
        "rejectHostConnection",
        r#"{"liveId":"red$","fromHostLiveId":"blue$"}"#,
        only_owner("connectionNotExist"),
    ),
    ("exitHostConnection", r#"{"liveId":"red$"}"#, OWNER),
    ("muteRemoteHostAudio", r#"{"liveId":"red$","targetLiveId":"blue$","isMuted":true}"#, OWNER),
    ("requestBattle", r#"{"liveId":"red$","userIdList":["bob$"]}"#, OWNER),
    ("cancelBattleRequest", r#"{"liveId":"red$","battleId":"none"}"#, only_owner("battleNotExistOrEnded")),
    ("acceptBattle", r#"{"liveId":"red$","battleId":"none"}"#, only_owner("battleNotExistOrEnded")),
    ("rejectBattle", r#"{"liveId":"red$","battleId":"none"}"#, only_owner("battleNotExistOrEnded")),
    ("exitBattle", r#"{"liveId":"red$","battleId":"none"}"#, only_owner("battleNotExistOrEnded")),
    ("endPenalty", r#"{"liveId":"red$","battleId":"none"}"#, only_owner("battleNotExistOrEnded")),
    ("sendGift", r#"{"liveId":"red$","giftId":"rose","count":1}"#, ALL),
    ("sendTextMessage", r#"{"liveId":"red$","text":"hello"}"#, ALL),
];

#[test]
fn the_table_has_every_method() {
    let names: Vec<&str> = TABLE.iter().map(|(name, ..)| *name).collect();
    assert_eq!(names, [Unlogged::NAMES, Action::NAMES].concat());
}

/// A token that grants nothing but what is said.
fn token(user: &str, create_live: bool, service: bool) -> String {
    let key = api_key();
    let claims = Claims::new(&key.id, UserId::new(user).unwrap(), user, TTL);
    auth::mint(&key, &Claims { create_live, service, ..claims })
}

/// The lives of one case and the users in them.
struct Scene {
    address: SocketAddr,
    case: usize,
    ann: Client,
    bob: Client,
    _others: [Client; 2],
}

impl Scene {
    async fn set(address: SocketAddr, case: usize) -> Self {
        let login =
            async |name: &str| Client::login(address, &token(&format!("{name}{case}"), true, false)).await;
        let (mut ann, mut bob) = (login("ann").await, login("bob").await);
        let (mut sam, mut pia) = (login("sam").await, login("pia").await);
        let (red, blue) = (live_id(&format!("red{case}")), live_id(&format!("blue{case}")));
        ann.create_live(red.as_str()).await;
        bob.create_live(blue.as_str()).await;
        let admin_user_ids = Some(vec![UserId::new(format!("adi{case}")).unwrap()]);
        let appoint = UpdateLiveInfo {
            live_id: red.clone(),
            live_name: None,
            cover_url: None,
            notice: None,
            is_public_visible: None,
            seat_mode: None,
            admin_user_ids,
        };
        ann.call(appoint).await.unwrap();
        sam.call(TakeSeat { live_id: red.clone(), index: Some(2) }).await.unwrap();
        let apply = ApplyForSeat { live_id: red.clone(), index: None, timeout_ms: 30_000 };
        pia.call(apply).await.unwrap();
        let ivy = UserId::new(format!("ivy{case}")).unwrap();
        let invite = InviteToSeat { live_id: red.clone(), user_id: ivy, index: None, timeout_ms: 30_000 };
        ann.call(invite).await.unwrap();
        let request = RequestHostConnection {
            live_id: red.clone(),
            target_hosts: vec![blue.clone()],
            layout_template: 1,
            timeout_ms: 30_000,
            extra_info: String::new(),
            battle: None,
        };
        ann.call(request).await.unwrap();
        bob.call(AcceptHostConnection { live_id: blue, from_host_live_id: red }).await.unwrap();
        Self { address, case, ann, bob, _others: [sam, pia] }
    }

    /// Asks as this role, from within the live.
    async fn ask(mut self, role: &str, method: &str, params: &str) -> String {
        let (name, create_live, service) = match role {
            "owner" => ("ann", true, false),
            "other room's owner" => ("bob", true, false),
            "admin" => ("adi", false, false),
            "service" => ("desk", false, true),
            _ => ("eve", false, false),
        };
        let token = token(&format!("{name}{}", self.case), create_live, service);
        let mut other;
        let caller = match name {
            "ann" => &mut self.ann,
            "bob" => &mut self.bob,
            _ => {
                other = Client::login(self.address, &token).await;
                &mut other
            }
        };
        caller.join(&format!("red{}", self.case)).await;
        let params = params.replace('$', &self.case.to_string()).replace('%', &token);
        let params: Value = serde_json::from_str(&params).unwrap();
        match caller.call_named(method, params).await {
            Ok(_) => "ok".to_owned(),
            Err(code) => code.name().to_owned(),
        }
    }
}

#[tokio::test]
async fn every_method_answers_every_role_as_it_should() {
    let host = Host::start().await;
    let address = host.addr();
    let rows = TABLE.iter().flat_map(|(method, params, answers)| {
        ROLES.iter().zip(answers).map(move |(role, answer)| (*method, *params, *role, *answer))
    });
    let play = async |(case, (method, params, role, expected)): (usize, (&str, &str, &str, &str))| {
        let answer = Scene::set(address, case).await.ask(role, method, params).await;
        (answer != expected).then(|| format!("{method} by {role}: {answer}, not {expected}"))
    };
    let wrong: Vec<Option<String>> =
        stream::iter(rows.enumerate()).map(play).buffer_unordered(AT_ONCE).collect().await;
    let wrong: Vec<String> = wrong.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn before_login_only_login_is_allowed() {
    let host = Host::start().await;
    let mut nobody = Client::connect(host.addr()).await;
    for (method, params, _) in TABLE.iter().filter(|(method, ..)| *method != "login") {
        let params: Value = serde_json::from_str(&params.replace('$', "1")).unwrap();
        assert_eq!(nobody.call_named(method, params).await.unwrap_err(), ErrorCode::Unauthorized, "{method}");
    }
}

#[tokio::test]
async fn a_token_that_is_missing_expired_or_of_another_key_ends_the_socket() {
    let host = Host::start().await;
    let key = api_key();
    let claims = Claims::new(&key.id, UserId::new("ann").unwrap(), "ann", TTL);
    let expired = auth::mint(&key, &Claims { exp: claims.exp - 7_200, ..claims.clone() });
    let other: ApiKey = format!("{}:{}", key.id, "x".repeat(32)).parse().unwrap();
    for (what, token) in
        [("none", String::new()), ("expired", expired), ("another key", auth::mint(&other, &claims))]
    {
        let mut client = Client::connect(host.addr()).await;
        assert_eq!(client.call(Login { token }).await.unwrap_err(), ErrorCode::Unauthorized, "{what}");
        assert_eq!(client.close_code().await, Some(4401), "{what}");
    }
}
