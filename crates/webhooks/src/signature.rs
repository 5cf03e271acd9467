//! The signature of the Standard Webhooks specification, v1: HMAC-SHA256 over `id.timestamp.body`.

use base64::{Engine, prelude::BASE64_STANDARD};
use duelcast_secrets::Secret;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Value of the header `webhook-signature`.
pub(super) fn sign(secret: &Secret, id: &str, timestamp_seconds: u64, body: &str) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(secret.expose()).expect("HMAC takes a key of any length");
    let tag = mac.chain_update(format!("{id}.{timestamp_seconds}.{body}")).finalize().into_bytes();
    format!("v1,{}", BASE64_STANDARD.encode(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification's reference libraries.
    #[test]
    fn the_example_of_the_specification_gets_its_signature() {
        let secret = Secret::new(BASE64_STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap());
        let signature =
            sign(&secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, r#"{"test": 2432232314}"#);
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
