//! A streamer who opens a live and stays online.

use std::{net::SocketAddr, time::Duration};

use anyhow::{Context, Result, bail};
use duelcast_protocol::{Login, Method, Ping, RequestId, RpcRequest, SUBPROTOCOL, limits::PING_INTERVAL_MS};
use futures::{SinkExt, StreamExt};
use serde_json::Value;
use tokio::{
    net::TcpStream,
    select,
    time::{MissedTickBehavior, interval},
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{ClientRequestBuilder, Message},
};

pub struct Host {
    socket: WebSocketStream<TcpStream>,
    last_id: u64,
}

impl Host {
    pub async fn log_in(address: SocketAddr, token: String) -> Result<Self> {
        let request = ClientRequestBuilder::new(format!("ws://{address}/v1/ws").parse()?)
            .with_sub_protocol(SUBPROTOCOL);
        let (socket, _) = client_async(request, TcpStream::connect(address).await?).await?;
        let mut host = Self { socket, last_id: 0 };
        host.call(&Login { token }).await?;
        Ok(host)
    }

    /// Calls a method and waits for the response. Events in between are dropped.
    pub async fn call<M: Method>(&mut self, params: &M) -> Result<Value> {
        self.last_id += 1;
        let text = serde_json::to_string(&RpcRequest::new(RequestId::Number(self.last_id), M::NAME, params))?;
        self.socket.send(Message::text(text)).await?;
        loop {
            let message = self.socket.next().await.context("the server closed the socket")??;
            let mut answer: Value = serde_json::from_str(message.to_text()?)?;
            if answer["id"] == self.last_id {
                return match answer.get("error") {
                    Some(error) => bail!("{}: {error}", M::NAME),
                    None => Ok(answer["result"].take()),
                };
            }
        }
    }

    /// Reads and pings until the socket closes.
    pub async fn stay(mut self) -> Result<()> {
        let mut ping = interval(Duration::from_millis(PING_INTERVAL_MS));
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            select! {
                message = self.socket.next() => {
                    message.context("the server closed the socket")??;
                }
                _ = ping.tick() => {
                    self.call(&Ping {}).await?;
                }
            }
        }
    }
}
