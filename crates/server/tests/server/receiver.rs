//! A back end that receives webhooks.

use std::net::SocketAddr;

use axum::{Router, body::Bytes, extract::State, http::HeaderMap, http::StatusCode, routing::post};
use serde_json::Value;
use tokio::{net::TcpListener, sync::mpsc};

const MAX_RECEIVED: usize = 1_000;

/// One attempt of the server.
pub struct Received {
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Received {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

pub struct Receiver {
    pub addr: SocketAddr,
    received: mpsc::Receiver<Received>,
}

#[derive(Clone)]
struct HookState {
    sender: mpsc::Sender<Received>,
    answers: std::sync::Arc<std::sync::Mutex<Vec<StatusCode>>>,
}

impl Receiver {
    /// Answers with these, and then with success.
    pub async fn start(answers: &[StatusCode]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let (sender, received) = mpsc::channel(MAX_RECEIVED);
        let answers = answers.iter().rev().copied().collect::<Vec<_>>();
        let state = HookState { sender, answers: std::sync::Arc::new(answers.into()) };
        let router = Router::new().route("/hook", post(receive)).with_state(state);
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { addr, received }
    }

    pub fn url(&self) -> String {
        format!("http://{}/hook", self.addr)
    }

    pub async fn next(&mut self) -> Received {
        self.received.recv().await.unwrap()
    }
}

async fn receive(State(state): State<HookState>, headers: HeaderMap, body: Bytes) -> StatusCode {
    state.sender.send(Received { headers, body }).await.unwrap();
    state.answers.lock().unwrap().pop().unwrap_or(StatusCode::OK)
}
