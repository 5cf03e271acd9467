//! Nothing goes to private addresses unless that is allowed.

use serde_json::json;

use super::{
    host::Host,
    receiver::Receiver,
    stage::{deliveries, put},
};

#[tokio::test]
async fn an_address_of_ones_own_network_is_refused() {
    let host = Host::start().await;
    for url in [
        "http://127.0.0.1:9/",
        "http://169.254.169.254/latest",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://2130706433/",
    ] {
        let answer = put(&host, "w", json!({ "url": url })).await;
        assert_eq!(answer.status, 400, "{url}");
        assert!(answer.body["detail"].as_str().unwrap().contains("--webhook-allow-private"), "{answer:?}");
    }
}

#[tokio::test]
async fn a_name_that_leads_to_a_private_address_gets_nothing() {
    let receiver = Receiver::start(&[]).await;
    let host = Host::start().await;
    let url = format!("http://localhost:{}/hook", receiver.addr.port());
    assert_eq!(put(&host, "w", json!({ "url": url })).await.status, 201);
    host.user("ann").await.create_live("red").await;
    let pending = deliveries(&host, "w", "pending", 1).await;
    assert_eq!(pending[0]["error"], "the endpoint's address is private");
}
