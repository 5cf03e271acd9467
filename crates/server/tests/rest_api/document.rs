//! The OpenAPI document and its page.

use hyper::Method;
use serde_json::Value;

use super::{host::Host, http::Http};

async fn document(host: &Host) -> Value {
    let answer = Http::new(host.addr()).get("/openapi.json").await;
    assert_eq!(answer.status, 200);
    answer.body
}

#[tokio::test]
async fn the_document_has_every_route_with_typed_answers_and_problems() {
    let host = Host::start().await;
    let document = document(&host).await;
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."));
    for (path, method) in [
        ("/v1/lives", "get"),
        ("/v1/lives/{liveId}", "get"),
        ("/v1/lives/{liveId}", "delete"),
        ("/v1/lives/{liveId}/battle", "get"),
        ("/v1/battles", "get"),
        ("/v1/battles", "post"),
        ("/v1/battles/{battleId}", "get"),
        ("/v1/battles/{battleId}/end", "post"),
        ("/v1/battles/{battleId}/scores", "post"),
        ("/v1/battles/{battleId}/ledger", "get"),
        ("/v1/tokens", "post"),
        ("/v1/battles/{battleId}/contributors", "get"),
        ("/healthz", "get"),
        ("/readyz", "get"),
        ("/metrics", "get"),
    ] {
        let operation = &document["paths"][path][method];
        assert!(operation["summary"].is_string(), "{method} {path}");
        let problem = &operation["responses"]["default"]["content"]["application/problem+json"]["schema"];
        assert_eq!(problem["$ref"], "#/components/schemas/Problem", "{method} {path}");
    }
}

#[tokio::test]
async fn every_reference_of_the_document_leads_somewhere() {
    let host = Host::start().await;
    let document = document(&host).await;
    let mut references = Vec::new();
    collect(&document, &mut references);
    assert!(references.len() > 20);
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

fn collect(value: &Value, references: &mut Vec<String>) {
    if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
        references.push(reference.to_owned());
    }
    match value {
        Value::Object(fields) => fields.values().for_each(|field| collect(field, references)),
        Value::Array(items) => items.iter().for_each(|item| collect(item, references)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[tokio::test]
async fn the_page_needs_nothing_from_elsewhere_and_allows_nothing_inline() {
    let host = Host::start().await;
    for (path, media_type) in [
        ("/docs", "text/html; charset=utf-8"),
        ("/docs/page.css", "text/css; charset=utf-8"),
        ("/docs/page.js", "text/javascript; charset=utf-8"),
    ] {
        let answer = Http::new(host.addr()).raw(Method::GET, path, "".into()).await;
        assert_eq!(
            (answer.status().as_u16(), answer.headers()["content-type"].to_str().unwrap()),
            (200, media_type)
        );
        let policy = answer.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    }
    let page = Http::new(host.addr()).get("/docs").await.body;
    assert!(!page.as_str().unwrap().contains("://"));
}
