//! `/v1/ws`.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use duelcast_socket::upgrade;

use super::{App, Problem};
use crate::{admission::ClientAddress, gateway::SocketSession};

pub(super) async fn connect(
    State(app): State<App>,
    Extension(client): Extension<ClientAddress>,
    request: Request,
) -> Result<Response, Problem> {
    let counted = app.gateway.admission.socket(client)?;
    let session = Arc::new(SocketSession::new(Arc::clone(&app.gateway), counted));
    Ok(upgrade(request, &app.origins, session, app.socket_limits).into_response())
}
