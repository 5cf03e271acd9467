//! The client: files of `dist/`, in release builds embedded in the binary.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest, Sha256};

use crate::random;

const INDEX: &str = "index.html";
/// Names of files that Trunk makes end in this many hexadecimal digits of their content's hash.
const HASH_DIGITS: usize = 16;
const NOT_BUILT: &str = "<!doctype html><meta charset=utf-8><title>Duelcast</title>\
    <p>The server runs, but the client is not built. Type <code>cargo xtask build</code> and load this page again.";

#[derive(RustEmbed)]
#[folder = "$CARGO_WORKSPACE_DIR/dist"]
#[allow_missing = true]
struct Dist;

/// A file of the client, or its page: the client itself reads the path.
pub(crate) async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = uri.path().trim_start_matches('/');
    let mut response = match Dist::get(path).filter(|_| path != INDEX && !path.ends_with(".br")) {
        Some(file) => answer(path, &file, &headers),
        None if is_page(path) => page(&headers),
        None => (StatusCode::NOT_FOUND, "There is nothing at this address.").into_response(),
    };
    secure(response.headers_mut());
    response
}

fn is_page(path: &str) -> bool {
    matches!(path, "" | INDEX) || path.starts_with("live/") || path.starts_with("overlay/")
}

fn page(headers: &HeaderMap) -> Response {
    let Some(index) = Dist::get(INDEX) else {
        return ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], NOT_BUILT).into_response();
    };
    let policy = policy(&String::from_utf8_lossy(&index.data));
    let mut response = answer(INDEX, &index, headers);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

fn answer(path: &str, file: &EmbeddedFile, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", random::hex(&file.metadata.sha256_hash()));
    let caching = if has_hashed_name(path) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let common =
        [(header::ETAG, tag.as_str()), (header::CACHE_CONTROL, caching), (header::VARY, "accept-encoding")];
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    let content_type = [(header::CONTENT_TYPE, media_type(path))];
    match Dist::get(&format!("{path}.br")).filter(|_| takes_brotli(headers)) {
        Some(small) => {
            let encoding = [(header::CONTENT_ENCODING, "br")];
            (common, content_type, encoding, Body::from(small.data)).into_response()
        }
        None => (common, content_type, Body::from(file.data.clone())).into_response(),
    }
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    let accepted =
        headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|coding| coding.split(';').next().is_some_and(|name| name.trim() == "br"))
}

fn has_hashed_name(path: &str) -> bool {
    let stem = path.split('.').next().unwrap_or_default();
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        hash.len() == HASH_DIGITS && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn secure(headers: &mut HeaderMap) {
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
}

/// Scripts come from here; the one inline script that Trunk writes is named by its hash. The client's pulse is a worker
/// of one line, in a `data:` address.
fn policy(page: &str) -> HeaderValue {
    let hashes: String = inline_scripts(page)
        .map(|script| format!(" 'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(script))))
        .collect();
    let policy = format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{hashes}; style-src 'self'; \
         img-src 'self' https: data:; connect-src 'self' ws: wss:; worker-src 'self' data:; \
         object-src 'none'; base-uri 'none'; frame-ancestors 'self'"
    );
    HeaderValue::try_from(policy).expect("base64 and the text above are ASCII")
}

fn inline_scripts(page: &str) -> impl Iterator<Item = &str> {
    page.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once("</script>")?;
        (!attributes.contains("src=")).then_some(script)
    })
}

#[cfg(test)]
mod tests {
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
    fn an_inline_script_is_allowed_by_its_hash_and_no_other_is() {
        let page = "<script src=\"/a.js\"></script><script type=\"module\">alert(1)</script>";
        assert_eq!(inline_scripts(page).collect::<Vec<_>>(), ["alert(1)"]);
        let policy = policy(page);
        assert!(policy.to_str().unwrap().contains("'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"));
    }

    #[test]
    fn brotli_is_sent_to_those_who_take_it() {
        let accepting =
            |value| HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))]);
        assert!(takes_brotli(&accepting("gzip, deflate, br;q=1.0")));
        assert!(!takes_brotli(&accepting("gzip")));
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
