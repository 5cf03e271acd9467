//! Mounts the app into the document.

use duelcast::{app::App, i18n};
use leptos::mount::mount_to_body;
use wasm_bindgen_futures::spawn_local;

fn main() {
    console_error_panic_hook::set_once();
    spawn_local(async {
        i18n::start("").await;
        mount_to_body(App);
    });
}
