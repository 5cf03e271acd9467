//! Counts each request against the limits of its API key or address, and refuses those over a
//! limit.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use duelcast_protocol::{ErrorCode, KeyId, Rejection};

use super::{App, Problem};
use crate::auth::Keys;

/// The back end that a request's token speaks for, or why it speaks for none.
#[derive(Debug, Clone)]
pub(super) struct Caller(pub Result<KeyId, Rejection>);

impl Caller {
    fn of(headers: &HeaderMap, keys: &Keys) -> Self {
        let header = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let scheme_and_token = header.and_then(|value| value.split_once(' '));
        let token = scheme_and_token.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        Self(match token {
            Some((_, token)) => keys.verify_service(token),
            None => {
                let sentence = "Send a service token: Authorization: Bearer ….";
                Err(Rejection::new(ErrorCode::Unauthorized, sentence))
            }
        })
    }
}

/// Lets a request in, with its [`Caller`] and its client's address, or says when to come again.
pub(super) async fn admit(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
    let admission = &app.gateway.admission;
    let client = admission.client(peer, request.headers());
    let caller = Caller::of(request.headers(), &app.keys);
    let admitted = match &caller.0 {
        Ok(key) => admission.key(key),
        Err(_) => admission.address(client),
    };
    if let Err(rejection) = admitted {
        return Problem::from(rejection).into_response();
    }
    request.extensions_mut().insert(client);
    request.extensions_mut().insert(caller);
    next.run(request).await
}
