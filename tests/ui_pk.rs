//! The PK bar and the result card in a real browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use duelcast::components::pk::{BarSide, ClockPill, DuelBar, StackedBar};
use duelcast::dom::{mount_to, prelude::*};
use duelcast_protocol::LiveId;
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

fn side(id: &str, score: RwSignal<u64>, tint: usize) -> BarSide {
    BarSide { live_id: LiveId::new(id).unwrap(), name: id.to_owned(), score: score.into(), tint }
}

fn find(stage: &HtmlElement, selector: &str) -> Element {
    stage.query_selector(selector).unwrap().unwrap_or_else(|| panic!("{selector} in {}", stage.inner_html()))
}

fn split_of(stage: &HtmlElement) -> f64 {
    let bar: HtmlElement = find(stage, ".pk-bar .own").unchecked_into();
    web_sys::window()
        .unwrap()
        .get_computed_style(&bar)
        .unwrap()
        .unwrap()
        .get_property_value("--split")
        .unwrap()
        .parse()
        .unwrap()
}

#[wasm_bindgen_test]
async fn a_bar_without_points_stands_in_the_middle_and_moves_with_the_scores() {
    let stage = stage();
    let (own, other) = (RwSignal::new(0), RwSignal::new(0));
    let mounted = mount_to(
        stage.clone(),
        move || view! { <DuelBar own=side("a", own, 0) other=side("b", other, 1) /> },
    );
    assert!((split_of(&stage) - 0.5).abs() < 0.001);
    own.set(300);
    other.set(100);
    tick().await;
    assert!((split_of(&stage) - 0.75).abs() < 0.001);
    drop(mounted);
}

#[wasm_bindgen_test]
async fn the_number_of_a_side_that_is_far_behind_stays_readable_and_exact() {
    let stage = stage();
    let (own, other) = (RwSignal::new(1), RwSignal::new(999_999));
    let mounted = mount_to(
        stage.clone(),
        move || view! { <DuelBar own=side("a", own, 0) other=side("b", other, 1) /> },
    );
    let split = split_of(&stage);
    assert!(split > 0.05 && split < 0.5, "{split}");
    let score = |id: &str| {
        find(&stage, &format!("[data-testid=pk-score][data-live-id={id}]")).get_attribute("data-score")
    };
    assert_eq!(score("a").as_deref(), Some("1"));
    assert_eq!(score("b").as_deref(), Some("999999"));
    drop(mounted);
}

#[wasm_bindgen_test]
async fn three_rooms_have_a_band_each() {
    let stage = stage();
    let scores = [5_u64, 0, 9].map(RwSignal::new);
    let sides: Vec<_> =
        ["a", "b", "c"].iter().zip(scores).enumerate().map(|(i, (id, s))| side(id, s, i)).collect();
    let mounted = mount_to(stage.clone(), move || view! { <StackedBar sides /> });
    assert_eq!(stage.query_selector_all("[data-testid=pk-score]").unwrap().length(), 3);
    scores[1].set(77);
    tick().await;
    assert_eq!(find(&stage, "[data-live-id=b]").get_attribute("data-score").as_deref(), Some("77"));
    drop(mounted);
}

#[wasm_bindgen_test]
async fn a_clock_is_urgent_in_its_last_ten_seconds() {
    let stage = stage();
    let seconds = RwSignal::new(11_u64);
    let mounted = mount_to(stage.clone(), move || view! { <ClockPill label="PK" seconds is_battle=true /> });
    let pill = find(&stage, "[data-testid=pk-clock]");
    assert!(!pill.class_list().contains("urgent"));
    seconds.set(10);
    tick().await;
    assert!(pill.class_list().contains("urgent"));
    assert_eq!(pill.get_attribute("data-seconds").as_deref(), Some("10"));
    drop(mounted);
}
