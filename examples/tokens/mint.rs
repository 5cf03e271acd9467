//! Mints a token offline: `cargo run -p duelcast-server --example mint -- KEY_ID:SECRET USER_ID
//! [create-live] [service]`

use std::{
    env,
    error::Error,
    time::{Duration, SystemTime},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

const HOUR: Duration = Duration::from_secs(3_600);

fn encode(part: &Value) -> String {
    URL_SAFE_NO_PAD.encode(part.to_string())
}

fn mint(secret: &str, claims: &Value) -> Result<String, Box<dyn Error>> {
    let body = format!("{}.{}", encode(&json!({ "alg": "HS256", "typ": "JWT" })), encode(claims));
    let signature = Hmac::<Sha256>::new_from_slice(secret.as_bytes())?.chain_update(&body).finalize();
    Ok(format!("{body}.{}", URL_SAFE_NO_PAD.encode(signature.into_bytes())))
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [key, user, grants @ ..] = arguments.as_slice() else {
        return Err("mint KEY_ID:SECRET USER_ID [create-live] [service]".into());
    };
    let (key_id, secret) = key.split_once(':').ok_or("a key is KEY_ID:SECRET")?;
    let expires = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)? + HOUR;
    let is_granted = |grant: &str| grants.iter().any(|given| given == grant);
    let claims = json!({
        "iss": key_id,
        "exp": expires.as_secs(),
        "sub": user,
        "name": user,
        "createLive": is_granted("create-live"),
        "service": is_granted("service"),
    });
    println!("{}", mint(secret, &claims)?);
    Ok(())
}
