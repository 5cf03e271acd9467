//! A minimal HTTP client for a back end: one connection, one request at a time, JSON bodies.

use std::{fmt::Write, net::SocketAddr};

use anyhow::{Context, Result, ensure};
use serde::Serialize;
use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufStream},
    net::TcpStream,
};

const MAX_BODY_BYTES: usize = 1024 * 1024;

pub struct Rest {
    stream: BufStream<TcpStream>,
    token: String,
}

impl Rest {
    pub async fn connect(address: SocketAddr, token: String) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufStream::new(stream), token })
    }

    /// Sends a request and returns the response body. `key` is the idempotency key.
    pub async fn post(&mut self, path: &str, key: &str, body: &impl Serialize) -> Result<Value> {
        let body = serde_json::to_string(body)?;
        let mut request = format!("POST {path} HTTP/1.1\r\nHost: localhost\r\n");
        write!(request, "Authorization: Bearer {}\r\nIdempotency-Key: {key}\r\n", self.token)?;
        write!(request, "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len())?;
        self.stream.write_all(request.as_bytes()).await?;
        self.stream.flush().await?;
        let (status, answer) = self.read_answer().await?;
        ensure!((200..300).contains(&status), "POST {path} was answered with {status}: {answer}");
        Ok(answer)
    }

    async fn read_answer(&mut self) -> Result<(u16, Value)> {
        let status_line = self.read_line().await?;
        let status = status_line.split(' ').nth(1).context("a status line")?.parse()?;
        let mut length = 0;
        loop {
            let line = self.read_line().await?;
            match line.split_once(':') {
                None => break,
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    length = value.trim().parse()?;
                }
                Some(_) => {}
            }
        }
        ensure!(length <= MAX_BODY_BYTES, "an answer of {length} bytes");
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await?;
        Ok((status, serde_json::from_slice(&body)?))
    }

    async fn read_line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.stream.read_line(&mut line).await?;
        ensure!(!line.is_empty(), "the server closed the connection");
        Ok(line.trim_end().to_owned())
    }
}
