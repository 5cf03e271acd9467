//! Answers: results, errors, and the envelopes of JSON-RPC.

use duelcast_protocol::*;

use crate::{line, samples::*};

fn battle_reply() -> BattleReply {
    BattleReply {
        battle_id: battle_id(),
        battle_info: None,
        request: Some(request()),
        results: [
            (user_id("bob"), BattleCode::Ok),
            (user_id("cid"), BattleCode::InOtherBattle),
            (user_id("dot"), BattleCode::PendingRequest),
            (user_id("eve"), BattleCode::RoomNotInConnection),
        ]
        .into_iter()
        .collect(),
    }
}

fn host_reply() -> HostConnectionReply {
    let codes = [
        CoHostCode::Ok,
        CoHostCode::RoomNotExist,
        CoHostCode::Connecting,
        CoHostCode::ConnectingOtherRoom,
        CoHostCode::Full,
        CoHostCode::Retry,
    ];
    let targets = ["b", "c", "d", "e", "f", "g"].map(live_id);
    HostConnectionReply { results: targets.into_iter().zip(codes).collect() }
}

fn login() -> LoginReply {
    LoginReply {
        user_id: user_id("ann"),
        user_name: "ANN".to_owned(),
        avatar_url: String::new(),
        can_create_live: true,
        server_time: AT,
        epoch: "e1".to_owned(),
        limits: ServerLimits {
            ping_interval_ms: limits::PING_INTERVAL_MS,
            silence_timeout_ms: limits::SILENCE_TIMEOUT_MS,
            grace_ms: limits::DEFAULT_GRACE_MS,
            max_frame_bytes: 16_384,
            max_lives_per_connection: 9,
            max_seats_per_live: 50,
        },
    }
}

fn resumed() -> JoinReply {
    let event = Event::OnTextMessage { message: text() };
    let frame = EventFrame { live_id: live_id("a"), seq: Some(8), at: AT, event };
    JoinReply::Resumed(Resumed {
        resumed: true,
        events: vec![frame],
        private: PrivateState::default(),
        volatile: volatile(),
        server_time: AT,
    })
}

#[test]
fn results_of_methods() {
    let lines = [
        line(&Done {}),
        line(&login()),
        line(&PingReply { server_time: AT }),
        line(&LiveListPage { lives: vec![live_card()], cursor: "7".to_owned() }),
        line(&GiftCatalogue { gifts: gift_catalogue() }),
        line(&SeatReply { index: 2 }),
        line(&banned()),
        line(&AudiencePage { users: vec![user("ann")], cursor: "ann".to_owned() }),
        line(&BannedUserPage { users: vec![banned()], cursor: "vic".to_owned() }),
        line(&summary()),
        line(&host_reply()),
        line(&battle_reply()),
        line(&resumed()),
        line(&JoinReply::Snapshot(Box::new(snapshot()))),
    ];
    insta::assert_snapshot!("results", lines.join("\n"));
}

#[test]
fn errors_have_number_name_and_whether_to_try_again() {
    let error = |code: &ErrorCode| line(&RpcError::from(&Rejection::from(*code)));
    insta::assert_snapshot!("errors", ErrorCode::ALL.iter().map(error).collect::<Vec<_>>().join("\n"));
}

#[test]
fn envelopes_are_those_of_json_rpc() {
    let id = || RequestId::Number(1);
    let refusal = Rejection::new(ErrorCode::InvalidParams, "liveName must not be empty.");
    let lines = [
        serde_json::to_string(&RpcRequest::new(id(), "ping", Ping {})),
        serde_json::to_string(&RpcRequest::new(RequestId::Text("x".to_owned()), "ping", Ping {})),
        serde_json::to_string(&RpcResult::new(id(), Done {})),
        serde_json::to_string(&RpcFailure::new(Some(id()), &refusal)),
        serde_json::to_string(&RpcFailure::new(None, &ErrorCode::ParseError.into())),
    ];
    insta::assert_snapshot!("envelopes", lines.map(Result::unwrap).join("\n"));
}
