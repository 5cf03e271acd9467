//! Another Leptos app that watches a battle: it has pages of its own and takes only signaling and
//! stores from Duelcast.
//!
//! `trunk serve --port 8082` in this folder, then `http://127.0.0.1:8082/?server=…&live=…&token=…`,
//! with a server that was started with `--allowed-origin http://127.0.0.1:8082`.

mod scoreboard;

use std::rc::Rc;

use duelcast::stores::{Client, ClientConfig, LiveStore};
use duelcast_protocol::LiveId;
use leptos::prelude::*;
use scoreboard::Scoreboard;
use web_sys::UrlSearchParams;

fn main() {
    leptos::mount::mount_to_body(App);
}

/// What the address says.
fn parameter(name: &str) -> Option<String> {
    let search = window().location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get(name)
}

#[component]
fn App() -> impl IntoView {
    let server = parameter("server").unwrap_or_else(|| "http://127.0.0.1:8080".to_owned());
    let client = Client::start(ClientConfig::at(&server));
    if let Some(token) = parameter("token") {
        client.sign_in_with(Rc::new(token));
    }
    let live_id = parameter("live").and_then(|live_id| LiveId::new(live_id).ok());
    match live_id {
        Some(live_id) => view! { <Watch live_id /> }.into_any(),
        None => view! { <p>"Which live? Add ?live=… to the address."</p> }.into_any(),
    }
}

#[component]
fn Watch(live_id: LiveId) -> impl IntoView {
    let live = LiveStore::create(&live_id);
    let joined = LocalResource::new({
        let live = live.clone();
        move || {
            let live = live.clone();
            async move { live.join().await.map_err(|error| error.to_string()) }
        }
    });
    let info = live.state.info.clone();
    view! {
        <h1>{move || info.with(|info| info.as_ref().map(|info| info.live_name.clone()))}</h1>
        {move || joined.get().and_then(Result::err).map(|error| view! { <p role="alert">{error}</p> })}
        <Scoreboard live_id />
    }
}
