//! Those who come to the server over TLS.

use std::{net::SocketAddr, sync::Arc};

use bytes::Bytes;
use duelcast_protocol::{BattleId, SUBPROTOCOL};
use duelcast_server::{serve, simulate::Simulation};
use futures_util::{SinkExt, StreamExt};
use http_body_util::BodyExt;
use hyper::Response;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{ClientConfig, pki_types::ServerName},
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{ClientRequestBuilder, Message},
};

use super::{
    certificate::Certificate,
    host::{Host, api_key, config, service_token, user_token},
};

async fn start(certificate: &Certificate) -> Host {
    Host::start_with(|config| config.tls = Some(certificate.files())).await
}

async fn stream(address: SocketAddr, tls: Arc<ClientConfig>) -> std::io::Result<TlsStream<TcpStream>> {
    let name = ServerName::try_from("localhost").unwrap();
    let tcp = TcpStream::connect(address).await?;
    TlsConnector::from(tls).connect(name, tcp).await
}

/// A socket over TLS that answers one request at a time.
struct TlsClient(WebSocketStream<TlsStream<TcpStream>>);

impl TlsClient {
    async fn log_in(address: SocketAddr, tls: Arc<ClientConfig>, user: &str) -> Self {
        let uri = format!("wss://localhost:{}/v1/ws", address.port()).parse().unwrap();
        let request = ClientRequestBuilder::new(uri).with_sub_protocol(SUBPROTOCOL);
        let (socket, _) = client_async(request, stream(address, tls).await.unwrap()).await.unwrap();
        let mut client = Self(socket);
        let answer = client.call("login", json!({ "token": user_token(&api_key(), user) })).await;
        assert_eq!(answer["result"]["userId"], user);
        client
    }

    async fn call(&mut self, method: &str, params: Value) -> Value {
        let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        self.0.send(Message::text(request.to_string())).await.unwrap();
        loop {
            let message = self.0.next().await.unwrap().unwrap();
            let answer: Value = serde_json::from_str(message.to_text().unwrap()).unwrap();
            if answer["id"] == 1 {
                return answer;
            }
        }
    }
}

async fn get(host: &Host, certificate: &Certificate, path: &str) -> Response<Bytes> {
    let client = reqwest::Client::builder()
        .tls_backend_preconfigured((*certificate.believer()).clone())
        .build()
        .unwrap();
    let url = format!("https://localhost:{}{path}", host.addr().port());
    let request = client.get(url).bearer_auth(service_token(&api_key()));
    let (parts, body) = Response::from(request.send().await.unwrap()).into_parts();
    Response::from_parts(parts, body.collect().await.unwrap().to_bytes())
}

#[tokio::test]
async fn a_viewer_over_wss_is_told_what_happens_and_rest_over_https_answers() {
    let certificate = Certificate::of("localhost");
    let host = start(&certificate).await;
    let mut ann = TlsClient::log_in(host.addr(), certificate.believer(), "ann").await;
    let live = json!({ "liveId": "red", "liveName": "Red", "maxSeatCount": 8 });
    assert!(ann.call("createLive", live).await["result"].is_object());
    let mut vic = TlsClient::log_in(host.addr(), certificate.believer(), "vic").await;
    assert!(vic.call("joinLive", json!({ "liveId": "red" })).await["result"].is_object());
    ann.call("sendTextMessage", json!({ "liveId": "red", "text": "hello" })).await;
    let told = vic.0.next().await.unwrap().unwrap();
    assert!(told.to_text().unwrap().contains("hello"), "{told}");

    let answer = get(&host, &certificate, "/v1/lives").await;
    let lives: Value = serde_json::from_slice(answer.body()).unwrap();
    assert_eq!((answer.status().as_u16(), &lives["lives"][0]["liveId"]), (200, &json!("red")));
    assert_eq!(answer.headers()["strict-transport-security"], "max-age=31536000");
    host.stop().await;
}

#[tokio::test]
async fn a_request_without_tls_gets_no_answer() {
    let certificate = Certificate::of("localhost");
    let host = start(&certificate).await;
    let mut stream = TcpStream::connect(host.addr()).await.unwrap();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    let mut heard = Vec::new();
    // A reset is an end, too.
    let _ = stream.read_to_end(&mut heard).await;
    assert!(!heard.starts_with(b"HTTP/"));
}

#[tokio::test]
async fn a_certificate_that_was_renewed_is_shown_to_those_who_come_after() {
    let (former, renewed) = (Certificate::of("localhost"), Certificate::of("localhost"));
    let data = tempfile::tempdir().unwrap();
    let mut config = config(&data);
    config.tls = Some(former.files());
    let running = serve(config).await.unwrap();
    assert_eq!(running.url(), format!("https://{}", running.addr()));
    assert!(stream(running.addr(), former.believer()).await.is_ok());
    assert!(stream(running.addr(), renewed.believer()).await.is_err());
    std::fs::write(former.files().certificate, "nonsense").unwrap();
    let error = running.reload_certificate().unwrap_err().to_string();
    assert!(error.contains("no certificate in PEM form"), "{error}");
    assert!(stream(running.addr(), former.believer()).await.is_ok(), "the former one is kept");
    renewed.write_to(&former.files());
    running.reload_certificate().unwrap();
    assert!(stream(running.addr(), renewed.believer()).await.is_ok());
    running.shutdown().await;
}

#[tokio::test]
async fn a_key_that_belongs_to_another_certificate_keeps_the_server_from_starting() {
    let (one, another) = (Certificate::of("localhost"), Certificate::of("localhost"));
    let data = tempfile::tempdir().unwrap();
    let mut config = config(&data);
    let mut files = one.files();
    files.key = another.files().key;
    config.tls = Some(files);
    let error = serve(config).await.unwrap_err().to_string();
    assert!(error.starts_with("The certificate in ") && error.contains("cannot be used"), "{error}");
}

#[tokio::test]
async fn simulate_believes_an_authority_that_it_is_given() {
    let certificate = Certificate::of("localhost");
    let host = start(&certificate).await;
    let simulation = Simulation {
        server: format!("https://localhost:{}", host.addr().port()),
        ca: Some(certificate.authority()),
        service_token: service_token(&api_key()),
        battle: BattleId::new("none").unwrap(),
        seed: 1,
        updates: 1,
        concurrency: 1,
    };
    let error = simulation.run().await.unwrap_err().to_string();
    assert!(error.contains("404"), "{error}");
}
