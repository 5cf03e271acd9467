//! What the audience of a live is told of a battle.

use std::sync::mpsc::channel;

use duelcast_engine::{Input, ServiceAnswer};
use duelcast_protocol::{
    AcceptHostConnection, Action, BattleId, ExitBattle, KeyId, SendLike, Unlogged, UserId, rest::ScoreUpdate,
};
use duelcast_realm::{Reply, ServiceAction};
use serde_json::{Value, json};

use super::server::{Client, Server, live_id};

const ROOM: usize = 10_000;

fn read<T: serde::de::DeserializeOwned>(params: Value) -> T {
    serde_json::from_value(params).unwrap()
}

/// Red and blue are in a battle.
fn fight() -> (Server, [Client; 2], BattleId) {
    let mut server = Server::start();
    let hosts = ["red", "blue"].map(|name| {
        let host = server.login(&format!("{name}-host"), ROOM);
        server.create_live(&host, name);
        host
    });
    let invite = read(json!({ "liveId": "red", "targetHosts": ["blue"] }));
    server.act(&hosts[0], Action::RequestHostConnection(invite));
    let accept = AcceptHostConnection { live_id: live_id("blue"), from_host_live_id: live_id("red") };
    server.act(&hosts[1], Action::AcceptHostConnection(accept));
    let invited = [UserId::new("blue-host").unwrap()];
    let config = json!({ "needResponse": false });
    let request = read(json!({ "liveId": "red", "userIdList": invited, "config": config }));
    server.act(&hosts[0], Action::RequestBattle(request));
    let battle = server.engine.live_battle_status(&live_id("red")).unwrap().battle.unwrap();
    (server, hosts, battle.battle_id)
}

fn add(server: &mut Server, battle: &BattleId, key: &str) {
    let update: ScoreUpdate = read(json!({ "op": "add", "scores": [{ "liveId": "red", "value": 5 }] }));
    let (sender, answers) = channel();
    server.handle(Input::Service {
        key_id: KeyId::new("key").unwrap(),
        action: ServiceAction::UpdateScores {
            battle_id: battle.clone(),
            idempotency_key: key.to_owned(),
            update,
        },
        answer: ServiceAnswer::new(move |reply| sender.send(reply).unwrap()),
    });
    assert!(matches!(answers.try_recv().unwrap(), Ok(Reply::Score(_))));
}

/// Whether the next volatile message of the live has a score.
fn hears_score(server: &mut Server, host: &Client, live: &str) -> bool {
    server.pass(1_000);
    host.read();
    server.ask(host, Unlogged::SendLike(SendLike { live_id: live_id(live), count: 1 }));
    server.pass(1_000);
    let read = host.read();
    let volatile = read.iter().find(|text| text.contains(r#""method":"volatile""#));
    volatile.expect("a like is told of").contains("battleScore")
}

#[test]
fn a_live_that_has_left_a_battle_gets_no_scores_of_it() {
    let (mut server, [red, blue], battle) = fight();
    add(&mut server, &battle, "first");
    assert!(hears_score(&mut server, &blue, "blue"));
    let exit = ExitBattle { live_id: live_id("blue"), battle_id: battle.clone() };
    server.act(&blue, Action::ExitBattle(exit));
    assert!(!hears_score(&mut server, &blue, "blue"));
    add(&mut server, &battle, "second");
    assert!(!hears_score(&mut server, &blue, "blue"));
    assert!(hears_score(&mut server, &red, "red"));
}
