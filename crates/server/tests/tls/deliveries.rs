//! Webhooks over TLS: only to whom the certificate says, and never to an address that is forbidden.

use std::path::PathBuf;

use duelcast_server::config::Config;
use serde_json::{Value, json};

use super::{certificate::Certificate, host::Host, receiver::Receiver};

fn believing(authority: Option<PathBuf>) -> impl FnOnce(&mut Config) {
    move |config| {
        config.webhook_allow_private = true;
        config.webhook_ca = authority;
    }
}

async fn put(host: &Host, url: &str) {
    let body = json!({ "url": url }).to_string();
    let answer = host.http().send(hyper::Method::PUT, "/v1/webhooks/w", body.into()).await;
    assert_eq!(answer.status, 201, "{answer:?}");
}

/// Why the first delivery failed.
async fn failure(host: &Host) -> String {
    loop {
        let page = host.http().get("/v1/webhooks/w/deliveries?status=pending").await.body;
        if let Some(error) = page["deliveries"][0]["error"].as_str() {
            return error.to_owned();
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_webhook_goes_over_tls_to_a_name_whose_certificate_is_believed() {
    let certificate = Certificate::of("localhost");
    let mut receiver = Receiver::start(certificate.shower()).await;
    let host = Host::start_with(believing(Some(certificate.authority()))).await;
    put(&host, &receiver.url("localhost")).await;
    host.user("ann").await.create_live("red").await;
    let (asked, message) = receiver.next().await;
    assert_eq!(asked, format!("localhost:{}", receiver.addr.port()));
    assert_eq!(message["type"], "live.started");
}

#[tokio::test]
async fn an_untrusted_certificate_is_a_failed_delivery_with_the_reason() {
    let receiver = Receiver::start(Certificate::of("localhost").shower()).await;
    let host = Host::start_with(believing(None)).await;
    put(&host, &receiver.url("localhost")).await;
    host.user("ann").await.create_live("red").await;
    let error = failure(&host).await;
    assert!(error.contains("no TLS with the endpoint") && error.contains("UnknownIssuer"), "{error}");
}

#[tokio::test]
async fn a_certificate_for_another_name_is_a_failed_delivery_that_says_so() {
    let certificate = Certificate::of("elsewhere.example");
    let receiver = Receiver::start(certificate.shower()).await;
    let host = Host::start_with(believing(Some(certificate.authority()))).await;
    put(&host, &receiver.url("localhost")).await;
    host.user("ann").await.create_live("red").await;
    let error = failure(&host).await;
    assert!(error.contains("no TLS with the endpoint") && error.contains("not valid for name"), "{error}");
}

#[tokio::test]
async fn tls_opens_no_way_to_private_addresses() {
    let certificate = Certificate::of("localhost");
    let receiver = Receiver::start(certificate.shower()).await;
    let host = Host::start_with(|config| config.webhook_ca = Some(certificate.authority())).await;
    let named: Value = json!({ "url": receiver.url("127.0.0.1") });
    let refused = host.http().send(hyper::Method::PUT, "/v1/webhooks/w", named.to_string().into()).await;
    assert_eq!(refused.status, 400);
    put(&host, &receiver.url("localhost")).await;
    host.user("ann").await.create_live("red").await;
    assert_eq!(failure(&host).await, "the endpoint's address is private");
}

#[tokio::test]
async fn a_file_of_authorities_that_has_none_keeps_the_server_from_starting() {
    let data = tempfile::tempdir().unwrap();
    let mut config = super::host::config(&data);
    config.webhook_ca = Some(data.path().join("none.pem"));
    let error = duelcast_server::serve(config).await.unwrap_err().to_string();
    assert!(error.contains("none.pem cannot be read"), "{error}");
}
