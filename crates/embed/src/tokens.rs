//! Tokens from a function of the page.

use duelcast::signaling::{TokenFuture, TokenProvider, TokenRefused};
use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Asks the page for a token, at once or as a promise; a promise that fails is tried again later.
pub(crate) struct FunctionTokens(pub(crate) Function);

impl TokenProvider for FunctionTokens {
    fn token(&self, was_refused: bool) -> TokenFuture {
        let given = self.0.call1(&JsValue::NULL, &was_refused.into());
        Box::pin(async move {
            let token = match given {
                Ok(given) => JsFuture::from(Promise::resolve(&given)).await,
                Err(error) => Err(error),
            };
            let unreachable = || TokenRefused::Unreachable("the page gave no token".to_owned());
            let token = token.map_err(|_| unreachable())?;
            token.as_string().ok_or_else(|| TokenRefused::Denied("a token is a string".to_owned()))
        })
    }
}
