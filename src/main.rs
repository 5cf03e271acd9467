//! The page: puts the app into the document.

fn main() {
    leptos::mount::mount_to_body(duelcast::app::App);
}
