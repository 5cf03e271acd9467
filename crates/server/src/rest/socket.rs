//! `/v1/ws`.

use axum::{
    extract::{Request, State},
    response::{IntoResponse, Response},
};

use super::App;
use crate::socket::{SocketLimits, upgrade};

pub(super) async fn connect(State(app): State<App>, request: Request) -> Response {
    upgrade(request, &app.origins, app.gateway, SocketLimits::default()).into_response()
}
