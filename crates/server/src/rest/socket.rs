//! `/v1/ws`.

use axum::{
    extract::{Request, State},
    response::{IntoResponse, Response},
};

use super::App;
use crate::socket::upgrade;

pub(super) async fn connect(State(app): State<App>, request: Request) -> Response {
    upgrade(request, &app.origins, app.gateway, app.socket_limits).into_response()
}
