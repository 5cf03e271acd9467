//! What a socket reads from and writes to without waiting: TCP as it is, or with TLS over it.

use std::{
    io::{self, IoSlice},
    net::Shutdown,
};

use socket2::SockRef;
use tokio::{
    io::{Interest, Ready},
    net::TcpStream,
};

use super::tls_stream::TlsTransport;

/// The stream of a socket.
#[derive(Debug)]
pub struct Transport(Stream);

#[derive(Debug)]
enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsTransport>),
}

impl From<TcpStream> for Transport {
    fn from(tcp: TcpStream) -> Self {
        Self(Stream::Plain(prompt(tcp)))
    }
}

impl From<TlsTransport> for Transport {
    fn from(tls: TlsTransport) -> Self {
        Self(Stream::Tls(Box::new(tls)))
    }
}

/// A socket without this option still works, only later.
fn prompt(tcp: TcpStream) -> TcpStream {
    if let Err(error) = tcp.set_nodelay(true) {
        tracing::debug!(%error, "a socket keeps Nagle's algorithm");
    }
    tcp
}

impl Transport {
    pub(super) async fn ready(&self, interest: Interest) -> io::Result<Ready> {
        self.tcp().ready(interest).await
    }

    pub(super) async fn readable(&self) -> io::Result<()> {
        self.tcp().readable().await
    }

    pub(super) async fn writable(&self) -> io::Result<()> {
        self.tcp().writable().await
    }

    pub(super) fn try_read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        match &self.0 {
            Stream::Plain(tcp) => tcp.try_read(buffer),
            Stream::Tls(tls) => tls.try_read(buffer),
        }
    }

    pub(super) fn try_write(&self, bytes: &[u8]) -> io::Result<usize> {
        match &self.0 {
            Stream::Plain(tcp) => tcp.try_write(bytes),
            Stream::Tls(tls) => tls.try_write_vectored(&[IoSlice::new(bytes)]),
        }
    }

    pub(super) fn try_write_vectored(&self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        match &self.0 {
            Stream::Plain(tcp) => tcp.try_write_vectored(slices),
            Stream::Tls(tls) => tls.try_write_vectored(slices),
        }
    }

    /// Whether something was taken that the kernel does not have yet.
    pub(super) fn has_unsent(&self) -> bool {
        match &self.0 {
            Stream::Plain(_) => false,
            Stream::Tls(tls) => tls.has_unsent(),
        }
    }

    /// Hands the kernel what it does not have yet; says whether it has all of it.
    pub(super) fn flush(&self) -> io::Result<bool> {
        match &self.0 {
            Stream::Plain(_) => Ok(true),
            Stream::Tls(tls) => tls.flush(),
        }
    }

    pub(super) fn shutdown(&self, how: Shutdown) -> io::Result<()> {
        if let Stream::Tls(tls) = &self.0 {
            tls.say_goodbye();
        }
        SockRef::from(self.tcp()).shutdown(how)
    }

    fn tcp(&self) -> &TcpStream {
        match &self.0 {
            Stream::Plain(tcp) => tcp,
            Stream::Tls(tls) => tls.tcp(),
        }
    }
}
