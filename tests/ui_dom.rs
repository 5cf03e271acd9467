//! What `view!` draws, and how it follows signals, in a real browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use duelcast::dom::{Mounted, mount_to, prelude::*};
use leptos::task::tick;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, HtmlInputElement};

wasm_bindgen_test_configure!(run_in_browser);

fn mount<V: IntoView + 'static>(draw: impl FnOnce() -> V + 'static) -> (HtmlElement, Mounted) {
    let stage: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&stage).unwrap();
    let mounted = mount_to(stage.clone(), draw);
    (stage, mounted)
}

fn find(stage: &HtmlElement, selector: &str) -> Element {
    stage.query_selector(selector).unwrap().unwrap()
}

fn all(stage: &HtmlElement, selector: &str) -> Vec<Element> {
    let found = stage.query_selector_all(selector).unwrap();
    (0..found.length()).map(|i| found.item(i).unwrap().unchecked_into()).collect()
}

fn texts(stage: &HtmlElement) -> String {
    stage.text_content().unwrap()
}

#[wasm_bindgen_test]
async fn texts_are_texts_whatever_they_are_made_of() {
    let name = RwSignal::new("<b>&amp;".to_owned());
    let (stage, _mounted) =
        mount(move || view! { <p title=move || name.get()>"a < b & " {move || name.get()}</p> });
    assert_eq!(texts(&stage), "a < b & <b>&amp;");
    assert_eq!(find(&stage, "p").get_attribute("title").as_deref(), Some("<b>&amp;"));
    assert!(stage.query_selector("b").unwrap().is_none());
}

#[wasm_bindgen_test]
async fn what_changes_is_drawn_anew_in_its_place_and_the_rest_is_left_alone() {
    let shown = RwSignal::new(Some("one"));
    let (stage, _mounted) = mount(move || {
        view! {
            <p>
                <i>"before"</i>
                {move || shown.get().map(|shown| view! { <b>{shown}</b> })}
                <i>"after"</i>
            </p>
        }
    });
    let neighbours = all(&stage, "i");
    assert_eq!(texts(&stage), "beforeoneafter");
    shown.set(None);
    tick().await;
    assert_eq!(texts(&stage), "beforeafter");
    shown.set(Some("two"));
    tick().await;
    assert_eq!(texts(&stage), "beforetwoafter");
    assert_eq!(all(&stage, "i"), neighbours);
}

#[wasm_bindgen_test]
async fn a_text_that_follows_a_signal_keeps_its_node() {
    let count = RwSignal::new(1_u32);
    let (stage, _mounted) = mount(move || view! { <p>{move || count.get()}</p> });
    let node = || {
        let nodes = find(&stage, "p").child_nodes();
        (0..nodes.length())
            .map(|i| nodes.item(i).unwrap())
            .find(|node| node.node_type() == web_sys::Node::TEXT_NODE)
    };
    let before = node();
    count.set(2);
    tick().await;
    assert_eq!(texts(&stage), "2");
    assert_eq!(node(), before);
}

#[wasm_bindgen_test]
async fn attributes_classes_and_properties_come_change_and_go() {
    let (name, is_on) = (RwSignal::new(Some("x".to_owned())), RwSignal::new(true));
    let (stage, _mounted) = mount(move || {
        view! { <input type="checkbox" class="fixed" class:on=move || is_on.get() disabled=move || is_on.get() data-name=move || name.get() prop:checked=move || is_on.get() /> }
    });
    let input: HtmlInputElement = find(&stage, "input").unchecked_into();
    let state = || {
        (
            input.class_name(),
            input.has_attribute("disabled"),
            input.get_attribute("data-name"),
            input.checked(),
        )
    };
    assert_eq!(state(), ("fixed on".to_owned(), true, Some("x".to_owned()), true));
    name.set(None);
    is_on.set(false);
    tick().await;
    assert_eq!(state(), ("fixed".to_owned(), false, None, false));
}

#[wasm_bindgen_test]
async fn rows_keep_their_elements_when_they_move_and_only_new_ones_are_made() {
    let ids = RwSignal::new(vec![1_u32, 2, 3, 4]);
    let made = Arc::new(AtomicU32::new(0));
    let count = made.clone();
    let (stage, _mounted) = mount(move || {
        view! {
            <ul>
                <For each=move || ids.get() key=|id| *id let:id>
                    <li>{
                        count.fetch_add(1, Ordering::Relaxed);
                        id
                    }</li>
                </For>
            </ul>
        }
    });
    let before = all(&stage, "li");
    ids.set(vec![4, 2, 5, 1]);
    tick().await;
    let after = all(&stage, "li");
    assert_eq!(texts(&stage), "4251");
    assert_eq!([&after[0], &after[1], &after[3]], [&before[3], &before[1], &before[0]]);
    assert!(!before[2].is_connected());
    assert_eq!(made.load(Ordering::Relaxed), 5);
    ids.set(Vec::new());
    tick().await;
    assert_eq!(texts(&stage), "");
    ids.set(vec![7]);
    tick().await;
    assert_eq!(texts(&stage), "7");
}

#[wasm_bindgen_test]
async fn what_is_gone_hears_nothing_and_follows_nothing() {
    let (is_shown, count) = (RwSignal::new(true), RwSignal::new(0_u32));
    let (pressed, drawn, cleaned) =
        (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
    let counts = (pressed.clone(), drawn.clone(), cleaned.clone());
    let (stage, mounted) = mount(move || {
        move || {
            is_shown.get().then(|| {
                let (pressed, drawn, cleaned) = counts.clone();
                on_cleanup(move || {
                    cleaned.fetch_add(1, Ordering::Relaxed);
                });
                view! {
                    <button on:click=move |_| {
                        pressed.fetch_add(1, Ordering::Relaxed);
                    }>
                        {move || {
                            drawn.fetch_add(1, Ordering::Relaxed);
                            count.get()
                        }}
                    </button>
                }
            })
        }
    });
    let button: HtmlElement = find(&stage, "button").unchecked_into();
    let now = || [&pressed, &drawn, &cleaned].map(|count| count.load(Ordering::Relaxed));
    button.click();
    assert_eq!(now(), [1, 1, 0]);
    is_shown.set(false);
    tick().await;
    button.click();
    count.set(1);
    tick().await;
    assert_eq!(now(), [1, 1, 1]);
    is_shown.set(true);
    tick().await;
    drop(mounted);
    count.set(2);
    tick().await;
    assert_eq!(now(), [1, 2, 2]);
    assert_eq!(texts(&stage), "");
}

#[wasm_bindgen_test]
async fn a_memo_wakes_its_readers_only_when_its_value_is_another() {
    let count = RwSignal::new(1_u32);
    let runs = Arc::new(AtomicU32::new(0));
    let counter = runs.clone();
    let (stage, _mounted) = mount(move || {
        let is_even = memo(move || count.get().is_multiple_of(2));
        let changes = memo_with(move |before: Option<&u32>| {
            is_even.track();
            before.map_or(0, |before| before + 1)
        });
        view! {
            <p>
                {move || {
                    counter.fetch_add(1, Ordering::Relaxed);
                    if is_even.get() { "even " } else { "odd " }
                }} {move || changes.get()}
            </p>
        }
    });
    count.set(3);
    tick().await;
    assert_eq!((texts(&stage).as_str(), runs.load(Ordering::Relaxed)), ("odd 0", 1));
    count.set(4);
    tick().await;
    assert_eq!((texts(&stage).as_str(), runs.load(Ordering::Relaxed)), ("even 1", 2));
}

#[wasm_bindgen_test]
async fn a_field_and_its_signal_say_the_same() {
    let text = RwSignal::new("ab".to_owned());
    let (stage, _mounted) = mount(move || view! { <input bind:value=text /> });
    let input: HtmlInputElement = find(&stage, "input").unchecked_into();
    assert_eq!(input.value(), "ab");
    text.set("cd".to_owned());
    tick().await;
    assert_eq!(input.value(), "cd");
    input.set_value("ef");
    input.dispatch_event(&web_sys::Event::new("input").unwrap()).unwrap();
    assert_eq!(text.get_untracked(), "ef");
}

#[wasm_bindgen_test]
async fn something_else_may_stand_while_a_condition_does_not_hold() {
    let is_shown = RwSignal::new(false);
    let (stage, _mounted) = mount(move || {
        view! {
            <Show when=move || is_shown.get() fallback=|| "no".into_view()>
                "yes"
            </Show>
        }
    });
    assert_eq!(texts(&stage), "no");
    is_shown.set(true);
    tick().await;
    assert_eq!(texts(&stage), "yes");
}
