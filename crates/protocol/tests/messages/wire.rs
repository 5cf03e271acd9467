//! The client's reader and writer and serde's say the same of every message, and of every message with something wrong.

use duelcast_protocol::{
    wire::{self, FromWire, ToWire},
    *,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::samples::*;

/// What is put in the place of every value, one at a time.
fn wrong_values() -> Vec<Value> {
    let texts = ["", "a b", "none of these", "\u{1}\"\\\n🌹"].map(Value::from);
    let numbers = [json!(-1), json!(1.5), json!(0), json!(300), json!(70_000), json!(u64::MAX)];
    let others = [Value::Null, json!(true), json!({}), json!([null]), json!({ "userId": 1 })];
    texts.into_iter().chain(numbers).chain(others).collect()
}

/// What serde takes for the place of a variant, besides its name.
fn takes_for_a_tag(value: &Value) -> bool {
    value.is_number()
}

/// All that can be made of a value by taking one member out or putting something else in one place.
fn variations(value: &Value) -> Vec<Value> {
    let mut all = wrong_values();
    if let Value::Object(members) = value {
        for (name, member) in members {
            let put = |new: Value| {
                let mut members = members.clone();
                members.insert(name.clone(), new);
                Value::Object(members)
            };
            let is_tag = name == "kind" || name == "type";
            let others = variations(member).into_iter();
            all.extend(others.filter(|new| !(is_tag && takes_for_a_tag(new))).map(put));
            let mut without = members.clone();
            without.remove(name);
            all.push(Value::Object(without));
        }
    }
    if let Value::Array(items) = value {
        for (place, item) in items.iter().enumerate() {
            let put = |new: Value| {
                let mut items = items.clone();
                items[place] = new;
                Value::Array(items)
            };
            all.extend(variations(item).into_iter().map(put));
        }
    }
    all
}

/// Both read and write this message alike, whatever is wrong with it.
pub fn agree<T>(message: &T)
where
    T: Serialize + DeserializeOwned + FromWire + ToWire + PartialEq + std::fmt::Debug,
{
    let text = serde_json::to_string(message).unwrap();
    assert_eq!(wire::write(message), text);
    for value in variations(&serde_json::from_str(&text).unwrap()) {
        let text = value.to_string();
        let (ours, serdes) = (wire::read::<T>(&*text), serde_json::from_str::<T>(&text));
        assert!(ours.as_ref().ok() == serdes.as_ref().ok(), "{text}\n{ours:?}\n{serdes:?}");
        if let Ok(value) = serdes {
            assert_eq!(wire::write(&value), serde_json::to_string(&value).unwrap());
        }
    }
}

#[test]
fn parameters_are_written_and_read_alike() {
    agree(&Login { token: "t\u{1f}🌹\"".to_owned() });
    agree(&Ping {});
    let resume = Some(ResumeFrom { epoch: "e".to_owned(), seq: 3 });
    agree(&JoinLive { live_id: live_id("a"), resume });
    agree(&FetchLiveList { cursor: String::new(), count: 5 });
    agree(&RequestBattle {
        live_id: live_id("a"),
        user_id_list: vec![user_id("bob")],
        config: BattleConfig::default(),
        timeout_ms: 5_000,
    });
    agree(&RequestHostConnection {
        live_id: live_id("a"),
        target_hosts: vec![live_id("b")],
        layout_template: 1,
        timeout_ms: 5_000,
        extra_info: "{\"a\":1}".to_owned(),
        battle: Some(BattleConfig::default()),
    });
    agree(&MoveUserToSeat {
        live_id: live_id("a"),
        user_id: user_id("b"),
        index: 3,
        policy: MoveSeatPolicy::SwapPosition,
    });
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let sentence = |from: &str, to: &str| {
        let text = serde_json::to_string(&seat()).unwrap().replace(from, to);
        wire::read::<Vec<SeatInfo>>(format!("[{text}]")).unwrap_err()
    };
    assert_eq!(
        sentence(r#""index":"#, r#""index":-"#),
        "0.index should be an integer in its range, and is -0"
    );
    assert_eq!(sentence(r#""isOnline":true,"#, ""), "0.user.isOnline should be true or false, and is absent");
    assert_eq!(sentence("ann", "a b"), "0.user.userId should be an id, and is a b");
    let unknown = wire::read::<EventFrame>(r#"{"type":"onWhatever","liveId":"a","at":9}"#);
    assert_eq!(unknown.unwrap_err(), "type should be a name that is known, and is onWhatever");
    assert_eq!(wire::read::<EventFrame>("[").unwrap_err(), "this is not JSON");
}

#[test]
fn members_may_come_in_any_order_and_unknown_ones_are_ignored() {
    let text = r#"{"userId":"ann","more":[1.5e3,{}],"type":"onUserOnline","at":9,"liveId":"a"}"#;
    let frame: EventFrame = wire::read(text).unwrap();
    assert_eq!(frame.event, Event::OnUserOnline { user_id: user_id("ann") });
}
