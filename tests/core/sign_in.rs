//! Who comes back after the page was loaded again.

use std::rc::Rc;

use duelcast::stores::{Client, ClientConfig, SignIn};
use leptos::prelude::*;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Storage;

use crate::server::{Peer, Server, login_reply, until_equal, until_online};

/// Expires in the year 2100.
const GOOD_TOKEN: &str = "e30.eyJleHAiOjQxMDI0NDQ4MDB9.c2ln";
/// Expired in 1970.
const OLD_TOKEN: &str = "e30.eyJleHAiOjF9.c2ln";

fn storages() -> [Storage; 2] {
    let window = web_sys::window().unwrap();
    [window.local_storage().unwrap().unwrap(), window.session_storage().unwrap().unwrap()]
}

fn clear_storages() {
    storages().iter().for_each(|storage| storage.clear().unwrap());
}

fn guest_was_here(user_id: &str, token: &str) {
    let guests = json!([{"userName": "Ann", "userId": user_id, "token": token}]);
    storages()[0].set_item("duelcast.guests", &guests.to_string()).unwrap();
}

fn loaded() -> (Server, Client) {
    let server = Server::default();
    let config =
        ClientConfig { transport: Rc::new(server.clone()), ..ClientConfig::at("http://duelcast.test") };
    (server, Client::start(config))
}

async fn logged_in_with(server: &Server, token: &str) -> Peer {
    let mut peer = server.next_socket().await;
    let login = peer.expect("login").await;
    assert_eq!(login.params, json!({"token": token}));
    peer.answer(&login, &login_reply());
    peer
}

#[wasm_bindgen_test]
async fn on_the_first_visit_nobody_is_signed_in() {
    clear_storages();
    let (_server, client) = loaded();
    assert_eq!(client.sign_in_state().get_untracked(), SignIn::Restoring);
    client.restore().await;
    assert_eq!(client.sign_in_state().get_untracked(), SignIn::SignedOut);
}

#[wasm_bindgen_test]
async fn a_guest_comes_back_as_the_same_user() {
    clear_storages();
    guest_was_here("guest-1", GOOD_TOKEN);
    let (server, client) = loaded();
    client.restore().await;
    let _peer = logged_in_with(&server, GOOD_TOKEN).await;
    until_equal(&client.sign_in_state(), SignIn::SignedIn).await;
}

#[wasm_bindgen_test]
async fn a_second_window_does_not_take_the_guest_of_the_first() {
    clear_storages();
    guest_was_here("guest-2", GOOD_TOKEN);
    let (_server, first) = loaded();
    first.restore().await;
    assert_eq!(first.sign_in_state().get_untracked(), SignIn::SignedIn);
    storages()[1].clear().unwrap();
    let (_server, second) = loaded();
    second.restore().await;
    assert_eq!(second.sign_in_state().get_untracked(), SignIn::SignedOut);
}

#[wasm_bindgen_test]
async fn a_guest_whose_token_has_expired_is_not_signed_in() {
    clear_storages();
    guest_was_here("guest-3", OLD_TOKEN);
    let (_server, client) = loaded();
    client.restore().await;
    assert_eq!(client.sign_in_state().get_untracked(), SignIn::SignedOut);
}

#[wasm_bindgen_test]
async fn a_token_that_was_given_to_the_page_survives_a_reload_and_not_the_sign_out() {
    clear_storages();
    let (server, client) = loaded();
    client.sign_in_with_token(GOOD_TOKEN);
    let _peer = logged_in_with(&server, GOOD_TOKEN).await;
    let (server, client) = loaded();
    client.restore().await;
    let _peer = logged_in_with(&server, GOOD_TOKEN).await;
    until_online(&client).await;
    client.sign_out();
    let (_server, client) = loaded();
    client.restore().await;
    assert_eq!(client.sign_in_state().get_untracked(), SignIn::SignedOut);
}
