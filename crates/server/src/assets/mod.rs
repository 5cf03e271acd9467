//! The client: files of `dist/`, in release builds embedded in the binary.

mod policy;
mod share;

use std::borrow::Cow;

use axum::{
    body::Body,
    http::{HeaderMap, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use duelcast_protocol::LiveId;
use duelcast_secrets::random;
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest, Sha256};

use self::{policy::Framing, share::Share};
use crate::engine::EngineHandle;

const INDEX: &str = "index.html";
const SERVICE_WORKER: &str = "sw.js";
/// Names of files that Trunk makes end in this many hexadecimal digits of their content's hash.
const HASH_DIGITS: usize = 16;
/// For as long a link may show a title that has changed.
const LIVE_PAGE_CACHING: &str = "public, max-age=15";
const NOT_BUILT: &str = "<!doctype html><meta charset=utf-8><title>Duelcast</title>\
    <p>The server runs, but the client is not built. Type <code>cargo xtask build</code> and load this page again.";

#[derive(RustEmbed)]
#[folder = "../../dist"]
#[allow_missing = true]
struct Dist;

/// Whose pages these are.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    pub engine: EngineHandle,
    /// Where browsers reach the server, if that was said: `https://live.example`.
    pub public_url: Option<String>,
    /// The server itself speaks TLS.
    pub has_tls: bool,
}

/// A file of the client, or its page: the client itself reads the path.
pub(crate) async fn serve(site: Site, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    let path = uri.path().trim_start_matches('/');
    match Dist::get(path).filter(|_| path != INDEX && !path.ends_with(".br")) {
        Some(file) => answer(path, &file, &headers),
        None if is_page(path) => page(&site, path, &headers).await,
        None => (StatusCode::NOT_FOUND, "There is nothing at this address.").into_response(),
    }
}

fn is_page(path: &str) -> bool {
    matches!(path, "" | INDEX) || path.starts_with("live/") || path.starts_with("overlay/")
}

/// The index, with what a link to it shows.
async fn page(site: &Site, path: &str, headers: &HeaderMap) -> Response {
    let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    let index = Dist::get(INDEX).map_or(Cow::Borrowed(NOT_BUILT.as_bytes()), |index| index.data);
    let live = path.strip_prefix("live/");
    let page = site.share(live).await.fill(&String::from_utf8_lossy(&index), &site.origin(headers));
    let framing = if path.starts_with("overlay/") { Framing::Anyone } else { Framing::Own };
    let caching = if live.is_some() { LIVE_PAGE_CACHING } else { "no-cache" };
    let tag = format!("\"{}\"", random::hex(&Sha256::digest(&page)));
    let common = [(header::ETAG, tag.as_str()), (header::CACHE_CONTROL, caching)];
    let mut response = if is_known(headers, &tag) {
        (StatusCode::NOT_MODIFIED, common).into_response()
    } else {
        (common, html, page).into_response()
    };
    policy::apply(response.headers_mut(), framing);
    response
}

impl Site {
    /// Whether browsers reach it by TLS, its own or a proxy's.
    pub(crate) fn is_secure(&self) -> bool {
        self.has_tls || self.public_url.as_ref().is_some_and(|url| url.starts_with("https://"))
    }

    /// What a link to the page of this live shows, or to another page. Whatever is wrong with the
    /// live, there is a page.
    async fn share(&self, live: Option<&str>) -> Share {
        let Some(live) = live.and_then(|id| LiveId::new(id).ok()) else { return Share::site() };
        match self.engine.read(move |engine| engine.live_card(&live)).await {
            Ok(Ok(card)) => Share::live(card),
            Ok(Err(_)) | Err(_) => Share::site(),
        }
    }

    fn origin(&self, headers: &HeaderMap) -> String {
        if let Some(url) = &self.public_url {
            return url.trim_end_matches('/').to_owned();
        }
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let scheme = if self.has_tls { "https" } else { "http" };
        format!("{scheme}://{host}")
    }
}

fn answer(path: &str, file: &EmbeddedFile, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", random::hex(&file.metadata.sha256_hash()));
    let caching = if has_hashed_name(path) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let common =
        [(header::ETAG, tag.as_str()), (header::CACHE_CONTROL, caching), (header::VARY, "accept-encoding")];
    if is_known(headers, &tag) {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    let content_type = [(header::CONTENT_TYPE, media_type(file).into_owned())];
    let mut response = match Dist::get(&format!("{path}.br")).filter(|_| takes_brotli(headers)) {
        Some(small) => {
            let encoding = [(header::CONTENT_ENCODING, "br")];
            (common, content_type, encoding, Body::from(small.data)).into_response()
        }
        None => (common, content_type, Body::from(file.data.clone())).into_response(),
    };
    if path.ends_with(".html") {
        policy::apply(response.headers_mut(), Framing::Own);
    }
    if path == SERVICE_WORKER {
        policy::apply_to_worker(response.headers_mut());
    }
    response
}

fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes())
}

/// Whether `Accept-Encoding` names `br` with a weight above 0.
fn takes_brotli(headers: &HeaderMap) -> bool {
    let values = headers.get_all(header::ACCEPT_ENCODING).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        name.trim().eq_ignore_ascii_case("br") && !is_zero(weight)
    })
}

/// Whether this is `q=0`, with any number of decimals.
fn is_zero(weight: &str) -> bool {
    let value = weight.split_once('=').filter(|(name, _)| name.trim().eq_ignore_ascii_case("q"));
    value.is_some_and(|(_, value)| value.trim().parse() == Ok(0.0_f32))
}

fn has_hashed_name(path: &str) -> bool {
    let stem = path.split('.').next().unwrap_or_default();
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        hash.len() == HASH_DIGITS && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// The media type by the file's name; every text is UTF-8.
fn media_type(file: &EmbeddedFile) -> Cow<'_, str> {
    let media_type = file.metadata.mimetype();
    if media_type.starts_with("text/") {
        format!("{media_type}; charset=utf-8").into()
    } else {
        media_type.into()
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn hashed_names_are_recognised() {
        for name in [
            "duelcast-0123456789abcdef.js",
            "duelcast-0123456789abcdef_bg.wasm",
            "style-0123456789abcdef.css",
        ] {
            assert!(has_hashed_name(name), "{name}");
        }
        for name in ["index.html", "favicon.svg", "duelcast-app.js"] {
            assert!(!has_hashed_name(name), "{name}");
        }
    }

    #[test]
    fn brotli_is_sent_to_those_who_take_it() {
        let accepting =
            |value| HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))]);
        for value in ["br", "gzip, deflate, br;q=1.0", "gzip;q=0, BR ; q=0.1"] {
            assert!(takes_brotli(&accepting(value)), "{value}");
        }
        for value in ["gzip", "br;q=0", "gzip, br; q=0.000", "br ;Q=0"] {
            assert!(!takes_brotli(&accepting(value)), "{value}");
        }
        assert!(!takes_brotli(&HeaderMap::new()));
    }

    #[test]
    fn the_pages_of_the_client_are_its_index() {
        for path in ["", "index.html", "live/abc", "overlay/abc"] {
            assert!(is_page(path), "{path}");
        }
        assert!(!is_page("nothing.js"));
    }
}
