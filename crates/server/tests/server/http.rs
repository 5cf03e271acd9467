//! A small HTTP client.

use std::net::SocketAddr;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{Method, Request, Response, StatusCode, body::Incoming};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::Value;

pub struct Http {
    client: Client<HttpConnector, Full<Bytes>>,
    address: SocketAddr,
    headers: Vec<(&'static str, String)>,
}

/// Status and body of an answer.
#[derive(Debug, PartialEq)]
pub struct HttpAnswer {
    pub status: StatusCode,
    pub body: Value,
}

impl Http {
    pub fn new(address: SocketAddr) -> Self {
        Self { client: Client::builder(TokioExecutor::new()).build_http(), address, headers: Vec::new() }
    }

    pub fn with_token(self, token: &str) -> Self {
        self.with("authorization", &format!("Bearer {token}"))
    }

    /// Sends this header with every request.
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub async fn get(&self, path: &str) -> HttpAnswer {
        self.send(Method::GET, path, Bytes::new()).await
    }

    pub async fn post(&self, path: &str, body: Value) -> HttpAnswer {
        self.send(Method::POST, path, body.to_string().into()).await
    }

    /// Like [`Http::post`]; `None` if the server is gone.
    pub async fn try_post(&self, path: &str, body: Value) -> Option<StatusCode> {
        let request = self.request(Method::POST, path, body.to_string().into());
        Some(self.client.request(request).await.ok()?.status())
    }

    pub async fn put(&self, path: &str, body: Value) -> HttpAnswer {
        self.send(Method::PUT, path, body.to_string().into()).await
    }

    pub async fn delete(&self, path: &str) -> HttpAnswer {
        self.send(Method::DELETE, path, Bytes::new()).await
    }

    pub async fn send(&self, method: Method, path: &str, body: Bytes) -> HttpAnswer {
        let response = self.raw(method, path, body).await;
        let status = response.status();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        let body = serde_json::from_slice(&bytes)
            .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&bytes).into()));
        HttpAnswer { status, body }
    }

    pub async fn raw(&self, method: Method, path: &str, body: Bytes) -> Response<Incoming> {
        self.client.request(self.request(method, path, body)).await.unwrap()
    }

    fn request(&self, method: Method, path: &str, body: Bytes) -> Request<Full<Bytes>> {
        let mut request = Request::builder().method(method).uri(format!("http://{}{path}", self.address));
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        request.body(Full::new(body)).unwrap()
    }
}
