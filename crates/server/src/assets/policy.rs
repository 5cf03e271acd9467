//! Content security policies: what a page of the client may load, and which pages may frame it.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
/// The microphone is measured; nothing else of the device is touched.
const PERMISSIONS: &str = "microphone=(self), camera=(), display-capture=(), geolocation=(), payment=(), usb=(), \
                           serial=(), bluetooth=(), hid=(), midi=(), accelerometer=(), gyroscope=()";

/// Which pages may frame a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    /// A page with controls: no other site may frame it, against clickjacking.
    Own,
    /// The overlay has nothing to press.
    Anyone,
}

/// The headers of a page, beside those of every answer.
pub(super) fn apply(headers: &mut HeaderMap, framing: Framing) {
    headers.insert(header::CONTENT_SECURITY_POLICY, content_policy(framing));
    headers.insert(PERMISSIONS_POLICY, HeaderValue::from_static(PERMISSIONS));
    headers.insert(OPENER_POLICY, HeaderValue::from_static("same-origin"));
}

/// The service worker's own policy comes with its script: it asks this server and does nothing
/// else.
pub(super) fn apply_to_worker(headers: &mut HeaderMap) {
    const POLICY: &str = "default-src 'none'; connect-src 'self'";
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
}

/// Everything comes from here, nothing stands in the page itself. The client's pulse is a worker of
/// one line, in a `data:` address.
fn content_policy(framing: Framing) -> HeaderValue {
    let ancestors = match framing {
        Framing::Own => "'self'",
        Framing::Anyone => "*",
    };
    let policy = format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' https: data:; connect-src 'self'; worker-src 'self' data:; \
         object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}"
    );
    HeaderValue::try_from(policy).expect("the text above is ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(framing: Framing) -> String {
        content_policy(framing).to_str().unwrap().to_owned()
    }

    #[test]
    fn nothing_inline_is_allowed() {
        for framing in [Framing::Own, Framing::Anyone] {
            let policy = policy(framing);
            assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
            assert!(!policy.contains("sha256-") && !policy.contains("nonce-"), "{policy}");
        }
    }

    #[test]
    fn only_the_overlay_may_be_framed_by_others() {
        assert!(policy(Framing::Own).ends_with("frame-ancestors 'self'"));
        assert!(policy(Framing::Anyone).ends_with("frame-ancestors *"));
    }
}
