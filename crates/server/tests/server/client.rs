//! A client of the socket protocol that keeps what it was told until a test asks for it.

use std::{collections::VecDeque, net::SocketAddr};

use duelcast_protocol::{
    CreateLive, ErrorCode, Event, EventFrame, JoinLive, JoinReply, LiveId, LiveSnapshot, Login, Method,
    Notification, RequestId, RpcError, RpcRequest, SUBPROTOCOL, SeatMode, Volatile,
};
use futures_util::{SinkExt, StreamExt};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{ClientRequestBuilder, Error, Message},
};

pub struct Client {
    stream: WebSocketStream<TcpStream>,
    next_id: u64,
    told: VecDeque<Notification>,
}

#[derive(Deserialize)]
struct RpcAnswer {
    id: RequestId,
    result: Option<Box<RawValue>>,
    error: Option<RpcError>,
}

impl Client {
    pub async fn connect(address: SocketAddr) -> Self {
        Self::try_connect(address, None).await.unwrap()
    }

    pub async fn try_connect(address: SocketAddr, origin: Option<&str>) -> Result<Self, Box<Error>> {
        let uri = format!("ws://{address}/v1/ws").parse().unwrap();
        let mut request = ClientRequestBuilder::new(uri).with_sub_protocol(SUBPROTOCOL);
        if let Some(origin) = origin {
            request = request.with_header("Origin", origin);
        }
        let tcp = TcpStream::connect(address).await.unwrap();
        let (stream, _) = client_async(request, tcp).await.map_err(Box::new)?;
        Ok(Self { stream, next_id: 1, told: VecDeque::new() })
    }

    pub async fn login(address: SocketAddr, token: &str) -> Self {
        let mut client = Self::connect(address).await;
        let token = token.to_owned();
        client.call(Login { token }).await.unwrap();
        client
    }

    /// Asks and waits for the answer.
    pub async fn call<M: Method>(&mut self, params: M) -> Result<M::Reply, ErrorCode> {
        let result = self.call_named(M::NAME, params).await?;
        Ok(serde_json::from_str(result.get()).unwrap())
    }

    /// As `call`, for a method that is named at run time.
    pub async fn call_named(
        &mut self,
        method: &str,
        params: impl Serialize,
    ) -> Result<Box<RawValue>, ErrorCode> {
        let id = RequestId::Number(self.next_id);
        self.next_id += 1;
        let request = RpcRequest::new(id.clone(), method, params);
        self.say(&serde_json::to_string(&request).unwrap()).await;
        let answer = self.answer().await;
        assert_eq!(answer.id, id);
        match (answer.result, answer.error) {
            (Some(result), None) => Ok(result),
            (None, Some(error)) => Err(ErrorCode::from_number(error.code).unwrap()),
            (result, error) => panic!("neither result nor error: {result:?} {error:?}"),
        }
    }

    async fn answer(&mut self) -> RpcAnswer {
        loop {
            let text = self.next_text().await;
            match serde_json::from_str::<Notification>(&text) {
                Ok(notification) => self.told.push_back(notification),
                Err(_) => return serde_json::from_str(&text).unwrap(),
            }
        }
    }

    pub async fn say(&mut self, text: &str) {
        self.stream.send(Message::text(text)).await.unwrap();
    }

    pub async fn next_text(&mut self) -> String {
        loop {
            match self.stream.next().await.expect("the stream goes on").unwrap() {
                Message::Text(text) => return text.to_string(),
                Message::Ping(_) | Message::Pong(_) => {}
                message @ (Message::Binary(_) | Message::Close(_) | Message::Frame(_)) => {
                    panic!("expected a text, got {message:?}")
                }
            }
        }
    }

    /// Waits for the end of the stream and gives the close code.
    pub async fn close_code(&mut self) -> Option<u16> {
        let mut code = None;
        while let Some(Ok(message)) = self.stream.next().await {
            match message {
                Message::Close(frame) => code = frame.map(|frame| frame.code.into()),
                Message::Text(text) => self.told.extend(serde_json::from_str::<Notification>(&text)),
                Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
            }
        }
        code
    }

    /// The first notification, told before or from now on, of which `pick` makes something; those
    /// before it are dropped.
    pub async fn told<T>(&mut self, mut pick: impl FnMut(Notification) -> Option<T>) -> T {
        loop {
            let notification = match self.told.pop_front() {
                Some(notification) => notification,
                None => serde_json::from_str(&self.next_text().await).unwrap(),
            };
            if let Some(picked) = pick(notification) {
                return picked;
            }
        }
    }

    /// Waits for an unasked snapshot, whatever else comes.
    pub async fn snapshot_amid_answers(&mut self) -> LiveSnapshot {
        loop {
            if let Ok(Notification::Snapshot(snapshot)) = serde_json::from_str(&self.next_text().await) {
                return *snapshot;
            }
        }
    }

    /// Whether this was told before; nothing is waited for.
    pub fn was_told(&self, is_it: impl Fn(&Notification) -> bool) -> bool {
        self.told.iter().any(is_it)
    }

    /// The events that came before the last answer; nothing is waited for.
    pub fn events_so_far(&mut self) -> Vec<EventFrame> {
        let told = std::mem::take(&mut self.told);
        let events = told.into_iter().filter_map(|notification| match notification {
            Notification::Event(frame) => Some(frame),
            Notification::Volatile(_) | Notification::Snapshot(_) | Notification::KickedByOtherSession {} => {
                None
            }
        });
        events.collect()
    }

    pub async fn event<T>(&mut self, mut pick: impl FnMut(&EventFrame) -> Option<T>) -> T {
        self.told(|notification| match notification {
            Notification::Event(frame) => pick(&frame),
            Notification::Volatile(_) | Notification::Snapshot(_) | Notification::KickedByOtherSession {} => {
                None
            }
        })
        .await
    }

    /// Waits for an event of this kind.
    pub async fn happened(&mut self, is_it: impl Fn(&Event) -> bool) -> EventFrame {
        self.event(|frame| is_it(&frame.event).then(|| frame.clone())).await
    }

    pub async fn volatile<T>(&mut self, mut pick: impl FnMut(&Volatile) -> Option<T>) -> T {
        self.told(|notification| match notification {
            Notification::Volatile(volatile) => pick(&volatile),
            Notification::Event(_) | Notification::Snapshot(_) | Notification::KickedByOtherSession {} => {
                None
            }
        })
        .await
    }

    pub async fn create_live(&mut self, live: &str) -> LiveSnapshot {
        let params = CreateLive {
            live_id: Some(live_id(live)),
            live_name: live.to_owned(),
            cover_url: String::new(),
            notice: String::new(),
            is_public_visible: true,
            max_seat_count: 8,
            seat_mode: SeatMode::Free,
        };
        self.call(params).await.unwrap()
    }

    pub async fn join(&mut self, live: &str) -> LiveSnapshot {
        let params = JoinLive { live_id: live_id(live), resume: None };
        match self.call(params).await.unwrap() {
            JoinReply::Snapshot(snapshot) => *snapshot,
            JoinReply::Resumed(_) => panic!("nothing was to be resumed"),
        }
    }
}

pub fn live_id(live: &str) -> LiveId {
    LiveId::new(live).unwrap()
}
