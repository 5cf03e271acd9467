//! The pages of the client: what a link to them shows, and what they may do.

use duelcast_protocol::{CreateLive, SeatMode};
use http_body_util::BodyExt;
use hyper::{Method, Response, body::Incoming};

use super::{client::live_id, host::Host, http::Http};

async fn raw(host: &Host, path: &str) -> Response<Incoming> {
    Http::new(host.addr()).raw(Method::GET, path, "".into()).await
}

async fn page(host: &Host, path: &str) -> String {
    let body = raw(host, path).await.into_body().collect().await.unwrap().to_bytes();
    String::from_utf8(body.to_vec()).unwrap()
}

fn header(response: &Response<Incoming>, name: &str) -> String {
    response.headers().get(name).map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
}

fn live(id: &str, name: &str, cover: &str, is_public_visible: bool) -> CreateLive {
    CreateLive {
        live_id: Some(live_id(id)),
        live_name: name.to_owned(),
        cover_url: cover.to_owned(),
        notice: String::new(),
        is_public_visible,
        max_seat_count: 8,
        seat_mode: SeatMode::Free,
    }
}

#[tokio::test]
async fn a_link_to_a_live_shows_its_title_its_streamer_and_its_cover_as_text() {
    let host = Host::start_with(|config| config.public_url = Some("https://live.example/".to_owned())).await;
    let mut ann = host.user("ann").await;
    ann.call(live("red", "Night <b>talk</b>", "https://img.example/a.jpg", true)).await.unwrap();
    let page = page(&host, "/live/red").await;
    for tag in [
        "<title>Night &lt;b&gt;talk&lt;/b&gt;</title>",
        "property=\"og:title\" content=\"Night &lt;b&gt;talk&lt;/b&gt;\"",
        "property=\"og:description\" content=\"ann is live on Duelcast.\"",
        "property=\"og:image\" content=\"https://img.example/a.jpg\"",
        "property=\"og:url\" content=\"https://live.example/live/red\"",
    ] {
        assert!(page.contains(tag), "{tag} in {page}");
    }
}

#[tokio::test]
async fn a_live_that_is_not_listed_looks_like_one_that_is_not_there() {
    let host = Host::start().await;
    let mut ann = host.user("ann").await;
    ann.call(live("secret", "Nobody knows", "https://img.example/s.jpg", false)).await.unwrap();
    let secret = page(&host, "/live/secret").await;
    assert_eq!(secret, page(&host, "/live/nowhere").await);
    assert_eq!(secret, page(&host, "/").await);
    assert!(secret.contains("property=\"og:title\" content=\"Duelcast\""), "{secret}");
    assert!(secret.contains(&format!("content=\"http://{}/share.jpg\"", host.addr())), "{secret}");
}

#[tokio::test]
async fn the_page_of_a_live_is_kept_briefly_and_known_by_its_tag() {
    let host = Host::start().await;
    host.user("ann").await.create_live("red").await;
    let first = raw(&host, "/live/red").await;
    assert_eq!(header(&first, "cache-control"), "public, max-age=15");
    let again = Http::new(host.addr()).with("if-none-match", &header(&first, "etag"));
    assert_eq!(again.raw(Method::GET, "/live/red", "".into()).await.status(), 304);
    assert_eq!(header(&raw(&host, "/").await, "cache-control"), "no-cache");
}

#[tokio::test]
async fn a_page_may_do_what_the_client_needs_and_no_more() {
    let host = Host::start().await;
    for (path, ancestors) in [
        ("/", "frame-ancestors 'self'"),
        ("/live/red", "frame-ancestors 'self'"),
        ("/overlay/red", "frame-ancestors *"),
    ] {
        let answer = raw(&host, path).await;
        let policy = header(&answer, "content-security-policy");
        assert!(policy.ends_with(ancestors), "{path}: {policy}");
        for part in ["default-src 'self'", "script-src 'self' 'wasm-unsafe-eval'", "connect-src 'self';"] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
        let permissions = header(&answer, "permissions-policy");
        assert!(permissions.starts_with("microphone=(self), camera=()"), "{permissions}");
        assert_eq!(header(&answer, "cross-origin-opener-policy"), "same-origin");
        assert_eq!(header(&answer, "x-content-type-options"), "nosniff");
        assert_eq!(header(&answer, "referrer-policy"), "strict-origin-when-cross-origin");
    }
}

#[tokio::test]
async fn responses_other_than_pages_deny_scripts_and_framing() {
    let host = Host::start().await;
    for path in ["/v1/lives", "/healthz", "/openapi.json", "/nothing.js", "/v1/nothing"] {
        let answer = raw(&host, path).await;
        let policy = header(&answer, "content-security-policy");
        assert_eq!(policy, "default-src 'none'; frame-ancestors 'none'", "{path}");
        assert_eq!(header(&answer, "x-content-type-options"), "nosniff", "{path}");
    }
}

#[tokio::test]
async fn pages_are_held_to_tls_only_where_browsers_come_by_tls() {
    let plain = Host::start().await;
    assert_eq!(header(&raw(&plain, "/").await, "strict-transport-security"), "");
    let proxied =
        Host::start_with(|config| config.public_url = Some("https://live.example".to_owned())).await;
    for path in ["/", "/v1/lives"] {
        assert_eq!(header(&raw(&proxied, path).await, "strict-transport-security"), "max-age=31536000");
    }
}
