//! A back end that receives webhooks over TLS.

use std::{convert::Infallible, net::SocketAddr, sync::Arc};

use bytes::Bytes;
use http_body_util::{BodyExt, Empty};
use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::mpsc,
};
use tokio_rustls::{TlsAcceptor, rustls::ServerConfig, server::TlsStream};

const MAX_RECEIVED: usize = 100;

pub struct Receiver {
    pub addr: SocketAddr,
    received: mpsc::Receiver<(String, Value)>,
}

impl Receiver {
    pub async fn start(tls: Arc<ServerConfig>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let (sender, received) = mpsc::channel(MAX_RECEIVED);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                if let Ok(stream) = TlsAcceptor::from(Arc::clone(&tls)).accept(stream).await {
                    tokio::spawn(serve(stream, sender.clone()));
                }
            }
        });
        Self { addr, received }
    }

    pub fn url(&self, name: &str) -> String {
        format!("https://{name}:{}/hook", self.addr.port())
    }

    /// The host that was asked for, and what was posted.
    pub async fn next(&mut self) -> (String, Value) {
        self.received.recv().await.unwrap()
    }
}

async fn serve(stream: TlsStream<TcpStream>, sender: mpsc::Sender<(String, Value)>) {
    let service = service_fn(move |request: Request<Incoming>| {
        let sender = sender.clone();
        async move {
            let host = request.headers()["host"].to_str().unwrap().to_owned();
            let body = request.into_body().collect().await.unwrap().to_bytes();
            sender.send((host, serde_json::from_slice(&body).unwrap())).await.unwrap();
            Ok::<_, Infallible>(Response::new(Empty::<Bytes>::new()))
        }
    });
    http1::Builder::new().serve_connection(TokioIo::new(stream), service).await.unwrap();
}
