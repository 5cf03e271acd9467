//! Requests over HTTP by the browser's `fetch`.

use js_sys::{JSON, Object};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

const GET: &str = "{}";
const POST: &str = r#"{"method":"POST","headers":{"content-type":"application/json"}}"#;

/// Gets what is at an address, or sends JSON there; the answer and its text.
///
/// # Errors
/// The browser's words, when there was no answer or not all of it.
pub(crate) async fn fetch(address: &str, json: Option<String>) -> Result<(Response, String), String> {
    ask(address, json).await.map_err(|error| Object::from(error).to_string().into())
}

async fn ask(address: &str, json: Option<String>) -> Result<(Response, String), JsValue> {
    let options: RequestInit = JSON::parse(if json.is_some() { POST } else { GET })?.unchecked_into();
    options.set_body(&json.into());
    let window = web_sys::window().expect("a page has a window");
    let response = JsFuture::from(window.fetch_with_str_and_init(address, &options)).await?;
    let response: Response = response.unchecked_into();
    let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    Ok((response, text))
}
