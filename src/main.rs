//! The page: puts the app into the document.

use duelcast::{app::App, dom::mount_to_body, i18n};
use wasm_bindgen_futures::spawn_local;

fn main() {
    spawn_local(async {
        i18n::start("").await;
        mount_to_body(App);
    });
}
