//! The browser's WebSocket as a transport.

use std::{
    cell::RefCell,
    future::poll_fn,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
};

use duelcast_protocol::SUBPROTOCOL;
use futures::{FutureExt, Sink, SinkExt, StreamExt, future::LocalBoxFuture, stream};
use gloo_net::websocket::{Message, State, WebSocketError, futures::WebSocket};

use super::transport::{SocketEnd, SocketFrame, SocketHandle, Transport};

/// The close code that browsers report without a closing handshake.
const ABNORMAL_CLOSURE: u16 = 1006;

/// The browser's WebSocket.
#[derive(Debug, Clone, Copy, Default)]
pub struct WebSocketTransport;

impl Transport for WebSocketTransport {
    fn open(&self, url: &str) -> LocalBoxFuture<'static, Option<SocketHandle>> {
        let socket = connect(url);
        async move { opened(socket?).await }.boxed_local()
    }
}

/// Opens a WebSocket. Trunk's development proxy drops the subprotocol, so a development build sends
/// none.
fn connect(url: &str) -> Option<WebSocket> {
    if cfg!(debug_assertions) {
        WebSocket::open(url).ok()
    } else {
        WebSocket::open_with_protocol(url, SUBPROTOCOL).ok()
    }
}

async fn opened(mut socket: WebSocket) -> Option<SocketHandle> {
    poll_fn(|context| socket.poll_ready_unpin(context)).await.ok()?;
    is_open(&socket).then(|| handle(socket))
}

/// The reading half borrows the socket only while it is polled, the writing half only while it
/// sends: both belong to one task.
fn handle(socket: WebSocket) -> SocketHandle {
    let socket = Rc::new(RefCell::new(socket));
    let (writer, gauge) = (socket.clone(), socket.clone());
    SocketHandle {
        incoming: stream::poll_fn(move |context| poll_frame(&socket, context)).boxed_local(),
        send: Box::new(move |text| send(&writer, text)),
        buffered_bytes: Box::new(move || gauge.borrow().buffered_amount()),
    }
}

fn poll_frame(socket: &RefCell<WebSocket>, context: &mut Context<'_>) -> Poll<Option<SocketFrame>> {
    socket.borrow_mut().poll_next_unpin(context).map(|message| Some(frame(message?)))
}

fn frame(message: Result<Message, WebSocketError>) -> SocketFrame {
    match message {
        Ok(Message::Text(text)) => SocketFrame::Text(text),
        Ok(Message::Bytes(_)) => closed(ABNORMAL_CLOSURE, "a binary frame came"),
        Err(WebSocketError::ConnectionClose(event)) => closed(event.code, &event.reason),
        Err(error) => closed(ABNORMAL_CLOSURE, &error.to_string()),
    }
}

fn closed(code: u16, reason: &str) -> SocketFrame {
    SocketFrame::Closed(SocketEnd { code, reason: reason.to_owned() })
}

fn is_open(socket: &WebSocket) -> bool {
    matches!(socket.state(), State::Open)
}

fn send(socket: &RefCell<WebSocket>, text: &str) -> bool {
    let mut socket = socket.borrow_mut();
    is_open(&socket) && Pin::new(&mut *socket).start_send(Message::Text(text.to_owned())).is_ok()
}
