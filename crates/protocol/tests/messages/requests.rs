//! Requests: the least that a client must send, and what it means with the defaults filled in.

use duelcast_protocol::{Action, Request, Unlogged};

/// Each method once, with its required parameters only.
const REQUESTS: &[(&str, &str)] = &[
    ("login", r#"{"token":"t"}"#),
    ("ping", "{}"),
    ("fetchLiveList", "{}"),
    ("fetchLiveInfo", r#"{"liveId":"a"}"#),
    ("joinLive", r#"{"liveId":"a","resume":{"epoch":"e1","seq":7}}"#),
    ("leaveLive", r#"{"liveId":"a"}"#),
    ("getCoHostCandidates", r#"{"liveId":"a"}"#),
    ("fetchBannedUsers", r#"{"liveId":"a"}"#),
    ("fetchAudienceList", r#"{"liveId":"a"}"#),
    ("sendLike", r#"{"liveId":"a","count":1}"#),
    ("reportVolume", r#"{"liveId":"a","level":40}"#),
    ("fetchGiftCatalogue", "{}"),
    ("createLive", r#"{"liveName":"Room"}"#),
    ("updateLiveInfo", r#"{"liveId":"a","seatMode":"apply"}"#),
    ("endLive", r#"{"liveId":"a"}"#),
    ("takeSeat", r#"{"liveId":"a"}"#),
    ("leaveSeat", r#"{"liveId":"a"}"#),
    ("lockSeat", r#"{"liveId":"a","index":1}"#),
    ("unlockSeat", r#"{"liveId":"a","index":1}"#),
    ("kickUserOutOfSeat", r#"{"liveId":"a","userId":"vic"}"#),
    ("moveUserToSeat", r#"{"liveId":"a","userId":"vic","index":2}"#),
    ("applyForSeat", r#"{"liveId":"a"}"#),
    ("cancelApplication", r#"{"liveId":"a"}"#),
    ("acceptApplication", r#"{"liveId":"a","userId":"vic"}"#),
    ("rejectApplication", r#"{"liveId":"a","userId":"vic"}"#),
    ("inviteToSeat", r#"{"liveId":"a","userId":"vic","index":3}"#),
    ("cancelInvitation", r#"{"liveId":"a","userId":"vic"}"#),
    ("acceptInvitation", r#"{"liveId":"a"}"#),
    ("rejectInvitation", r#"{"liveId":"a"}"#),
    ("muteMicrophone", r#"{"liveId":"a"}"#),
    ("unmuteMicrophone", r#"{"liveId":"a"}"#),
    ("openRemoteMicrophone", r#"{"liveId":"a","userId":"vic"}"#),
    ("closeRemoteMicrophone", r#"{"liveId":"a","userId":"vic"}"#),
    ("kickUserOutOfRoom", r#"{"liveId":"a","userId":"vic"}"#),
    ("banUser", r#"{"liveId":"a","userId":"vic"}"#),
    ("unbanUser", r#"{"liveId":"a","userId":"vic"}"#),
    ("disableSendMessage", r#"{"liveId":"a","userId":"vic","isDisable":true}"#),
    ("requestHostConnection", r#"{"liveId":"a","targetHosts":["b"],"battle":{"durationMs":60000}}"#),
    ("cancelHostConnection", r#"{"liveId":"a","toHostLiveId":"b"}"#),
    ("acceptHostConnection", r#"{"liveId":"b","fromHostLiveId":"a"}"#),
    ("rejectHostConnection", r#"{"liveId":"b","fromHostLiveId":"a"}"#),
    ("exitHostConnection", r#"{"liveId":"a"}"#),
    ("muteRemoteHostAudio", r#"{"liveId":"a","targetLiveId":"b","isMuted":true}"#),
    ("requestBattle", r#"{"liveId":"a","userIdList":["bob"]}"#),
    ("cancelBattleRequest", r#"{"liveId":"a","battleId":"battle_1"}"#),
    ("acceptBattle", r#"{"liveId":"b","battleId":"battle_1"}"#),
    ("rejectBattle", r#"{"liveId":"b","battleId":"battle_1"}"#),
    ("exitBattle", r#"{"liveId":"a","battleId":"battle_1"}"#),
    ("endPenalty", r#"{"liveId":"a","battleId":"battle_1"}"#),
    ("sendGift", r#"{"liveId":"a","giftId":"rose","count":3}"#),
    ("sendTextMessage", r#"{"liveId":"a","text":"hello"}"#),
];

fn filled_in(name: &str, params: &str) -> String {
    let params: serde_json::Value = serde_json::from_str(params).unwrap();
    let written = match Request::decode(name, params).expect("there is such a method").unwrap() {
        Request::Unlogged(query) => serde_json::to_string(&query),
        Request::Action(action) => serde_json::to_string(&action),
    };
    written.unwrap()
}

#[test]
fn requests_with_their_defaults() {
    let names: Vec<&str> = REQUESTS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, [Unlogged::NAMES, Action::NAMES].concat(), "every method is here");
    let lines: Vec<String> = REQUESTS.iter().map(|(name, params)| filled_in(name, params)).collect();
    insta::assert_snapshot!("requests", lines.join("\n"));
}

fn is_taken(name: &str, params: &str) -> bool {
    let params: serde_json::Value = serde_json::from_str(params).unwrap();
    Request::decode(name, params).expect("there is such a method").is_ok()
}

#[test]
fn params_are_objects_with_known_members_only() {
    for (name, params) in REQUESTS {
        assert!(is_taken(name, params), "{name}");
        assert!(!is_taken(name, "[]") && !is_taken(name, r#"["a","b"]"#), "{name}");
        let unknown = params.replacen('{', if *params == "{}" { r#"{"x":1"# } else { r#"{"x":1,"# }, 1);
        assert!(!is_taken(name, &unknown), "{name} {unknown}");
    }
}

#[test]
fn objects_within_params_are_objects_with_known_members_only() {
    for (name, params) in [
        ("joinLive", r#"{"liveId":"a","resume":["e1",7]}"#),
        ("joinLive", r#"{"liveId":"a","resume":{"epoch":"e1","seq":7,"x":1}}"#),
        ("requestBattle", r#"{"liveId":"a","userIdList":["bob"],"config":[60000]}"#),
        ("requestBattle", r#"{"liveId":"a","userIdList":["bob"],"config":{"durationMS":60000}}"#),
        ("requestHostConnection", r#"{"liveId":"a","targetHosts":["b"],"battle":[60000]}"#),
        ("requestHostConnection", r#"{"liveId":"a","targetHosts":["b"],"battle":{"x":1}}"#),
    ] {
        assert!(!is_taken(name, params), "{name} {params}");
    }
    assert!(is_taken("joinLive", r#"{"liveId":"a","resume":null}"#));
}
