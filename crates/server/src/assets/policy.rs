//! What a page of the client may do, and who may frame it.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
/// The microphone is measured; nothing else of the device is touched.
const PERMISSIONS: &str = "microphone=(self), camera=(), display-capture=(), geolocation=(), payment=(), usb=(), \
                           serial=(), bluetooth=(), hid=(), midi=(), accelerometer=(), gyroscope=()";

/// Who may put a page into a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    /// A page with controls: nobody else may lay a trap over it.
    Own,
    /// The overlay has nothing to press.
    Anyone,
}

/// The headers of a page, beside those of every answer.
pub(super) fn apply(headers: &mut HeaderMap, page: &str, framing: Framing) {
    headers.insert(header::CONTENT_SECURITY_POLICY, content_policy(page, framing));
    headers.insert(PERMISSIONS_POLICY, HeaderValue::from_static(PERMISSIONS));
    headers.insert(OPENER_POLICY, HeaderValue::from_static("same-origin"));
}

/// Scripts come from here; the one inline script that Trunk writes is named by its hash. The client's pulse is a worker
/// of one line, in a `data:` address.
fn content_policy(page: &str, framing: Framing) -> HeaderValue {
    let hashes: String = inline_scripts(page)
        .map(|script| format!(" 'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(script))))
        .collect();
    let ancestors = match framing {
        Framing::Own => "'self'",
        Framing::Anyone => "*",
    };
    let policy = format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{hashes}; style-src 'self'; \
         img-src 'self' https: data:; connect-src 'self'; worker-src 'self' data:; \
         object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}"
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

    fn policy(page: &str, framing: Framing) -> String {
        content_policy(page, framing).to_str().unwrap().to_owned()
    }

    #[test]
    fn an_inline_script_is_allowed_by_its_hash_and_no_other_is() {
        let page = "<script src=\"/a.js\"></script><script type=\"module\">alert(1)</script>";
        assert_eq!(inline_scripts(page).collect::<Vec<_>>(), ["alert(1)"]);
        let policy = policy(page, Framing::Own);
        assert!(policy.contains("'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"));
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
    }

    #[test]
    fn only_the_overlay_may_be_framed_by_others() {
        assert!(policy("", Framing::Own).ends_with("frame-ancestors 'self'"));
        assert!(policy("", Framing::Anyone).ends_with("frame-ancestors *"));
    }
}
