//! Seats in a real browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use duelcast::components::seats::{Seat, Side};
use duelcast::dom::{mount_to, prelude::*};
use duelcast_protocol::SeatInfo;
use leptos::task::tick;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement};

wasm_bindgen_test_configure!(run_in_browser);

fn stage() -> HtmlElement {
    let stage: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&stage).unwrap();
    stage
}

fn seat(who: Option<&str>) -> SeatInfo {
    SeatInfo::sample("a", 4, who)
}

fn mount(seat: RwSignal<SeatInfo>, level: RwSignal<u8>) -> (Element, impl Sized) {
    let stage = stage();
    let mounted = mount_to(stage.clone(), move || {
        view! { <Seat seat level is_owner=Signal::stored(false) side=Side::Ours on_press=callback(|_| ()) /> }
    });
    (stage.query_selector("[data-testid=seat]").unwrap().unwrap(), mounted)
}

#[wasm_bindgen_test]
async fn a_seat_keeps_its_place_and_its_element_when_people_come_and_go() {
    let state = RwSignal::new(seat(Some("ann")));
    let (element, mounted) = mount(state, RwSignal::new(0));
    assert_eq!(element.get_attribute("data-user-id").as_deref(), Some("ann"));
    state.set(seat(None));
    tick().await;
    assert!(element.is_connected());
    assert_eq!(element.get_attribute("data-index").as_deref(), Some("4"));
    assert_eq!(element.get_attribute("data-user-id").as_deref(), Some(""));
    assert!(element.class_list().contains("vacant"));
    drop(mounted);
}

#[wasm_bindgen_test]
async fn the_ring_shows_who_speaks_and_the_icon_only_who_is_muted() {
    let (state, level) = (RwSignal::new(seat(Some("ann"))), RwSignal::new(0));
    let (element, mounted) = mount(state, level);
    assert!(element.query_selector(".mark").unwrap().is_none());
    level.set(60);
    tick().await;
    assert!(element.class_list().contains("speaking"));
    state.update(|seat| seat.user.as_mut().unwrap().is_microphone_open = false);
    tick().await;
    assert!(!element.class_list().contains("speaking"), "who is muted is not heard");
    assert!(element.query_selector(".mark").unwrap().is_some());
    assert_eq!(element.get_attribute("data-muted").as_deref(), Some("true"));
    drop(mounted);
}

#[wasm_bindgen_test]
async fn somebody_who_lost_the_socket_is_veiled_and_said_to_reconnect() {
    let state = RwSignal::new(seat(Some("ann")));
    let (element, mounted) = mount(state, RwSignal::new(0));
    state.update(|seat| seat.user.as_mut().unwrap().is_online = false);
    tick().await;
    assert!(element.query_selector(".away").unwrap().is_some());
    assert_eq!(element.get_attribute("aria-label").as_deref(), Some("Seat 5, ann, reconnecting"));
    drop(mounted);
}
