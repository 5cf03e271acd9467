//! TLS over a TCP stream, read and written without waiting, from any thread.

use std::{
    io::{self, ErrorKind, IoSlice, Read, Write},
    sync::{Mutex, MutexGuard},
};

use bytes::Bytes;
use tokio::net::TcpStream;
use tokio_rustls::{rustls::ServerConnection, server::TlsStream};

/// A session and the stream that carries it. At most one write is encrypted and waits for the
/// kernel; the next one is taken when that is gone, so that what a slow reader costs stays within
/// its socket's queue.
#[derive(Debug)]
pub(super) struct TlsTransport {
    tcp: TcpStream,
    session: Mutex<ServerConnection>,
}

impl TlsTransport {
    /// Also what the session has decrypted already.
    pub(super) fn new(stream: TlsStream<TcpStream>) -> (Self, Bytes) {
        let (tcp, mut session) = stream.into_inner();
        let mut decrypted = Vec::new();
        if let Err(error) = session.reader().read_to_end(&mut decrypted)
            && error.kind() != ErrorKind::WouldBlock
        {
            tracing::debug!(%error, "a stream ended right after its handshake");
        }
        (Self { tcp, session: Mutex::new(session) }, decrypted.into())
    }

    pub(super) fn tcp(&self) -> &TcpStream {
        &self.tcp
    }

    pub(super) fn try_read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut session = self.session();
        loop {
            match session.reader().read(buffer) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                done => return done,
            }
            if session.read_tls(&mut Kernel(&self.tcp))? == 0 {
                return Ok(0);
            }
            if let Err(error) = session.process_new_packets() {
                // The peer is told why, if the kernel takes it at once.
                let _ = self.send_encrypted(&mut session);
                return Err(io::Error::new(ErrorKind::InvalidData, error));
            }
        }
    }

    pub(super) fn try_write_vectored(&self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        let mut session = self.session();
        self.send_encrypted(&mut session)?;
        let taken = session.writer().write_vectored(slices)?;
        match self.send_encrypted(&mut session) {
            Err(error) if error.kind() != ErrorKind::WouldBlock => Err(error),
            Ok(()) | Err(_) => Ok(taken),
        }
    }

    pub(super) fn has_unsent(&self) -> bool {
        self.session().wants_write()
    }

    pub(super) fn flush(&self) -> io::Result<bool> {
        match self.send_encrypted(&mut self.session()) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Says that nothing follows, as far as the kernel takes it. A peer that misses it hears the
    /// end of the stream.
    pub(super) fn say_goodbye(&self) {
        let mut session = self.session();
        session.send_close_notify();
        let _ = self.send_encrypted(&mut session);
    }

    fn send_encrypted(&self, session: &mut ServerConnection) -> io::Result<()> {
        while session.wants_write() {
            session.write_tls(&mut Kernel(&self.tcp))?;
        }
        Ok(())
    }

    fn session(&self) -> MutexGuard<'_, ServerConnection> {
        self.session.lock().expect("nothing panics while it holds this lock")
    }
}

/// What the session reads from and writes to.
struct Kernel<'a>(&'a TcpStream);

impl Read for Kernel<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.try_read(buffer)
    }
}

impl Write for Kernel<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.try_write(bytes)
    }

    fn write_vectored(&mut self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        self.0.try_write_vectored(slices)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rcgen::{CertifiedKey, generate_simple_self_signed};
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };
    use tokio_rustls::{
        TlsAcceptor, TlsConnector, client,
        rustls::{
            ClientConfig, RootCertStore, ServerConfig,
            crypto::ring,
            pki_types::{PrivateKeyDer, ServerName},
        },
    };

    use super::*;
    use crate::{Frame, Socket, SocketEvents, SocketLimits, run};

    const NAME: &str = "localhost";
    /// More than kernels keep for one stream.
    const FRAMES: usize = 4_000;
    const FRAME_BYTES: usize = 4_096;

    async fn pair() -> (TlsStream<TcpStream>, client::TlsStream<TcpStream>) {
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed([NAME.to_owned()]).unwrap();
        let provider = Arc::new(ring::default_provider());
        let mut roots = RootCertStore::empty();
        roots.add(cert.der().clone()).unwrap();
        let client = ClientConfig::builder_with_provider(Arc::clone(&provider));
        let client = client.with_safe_default_protocol_versions().unwrap();
        let client = client.with_root_certificates(roots).with_no_client_auth();
        let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
        let server = ServerConfig::builder_with_provider(provider);
        let server = server.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
        let server = server.with_single_cert(vec![cert.der().clone()], key).unwrap();

        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let tcp = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (accepted, _) = listener.accept().await.unwrap();
        let (server, client) = (TlsAcceptor::from(Arc::new(server)), TlsConnector::from(Arc::new(client)));
        let name = ServerName::try_from(NAME).unwrap();
        let (server, client) = tokio::join!(server.accept(accepted), client.connect(name, tcp));
        (server.unwrap(), client.unwrap())
    }

    /// Answers each text with many frames at once, and closes.
    struct Flood;

    impl SocketEvents for Flood {
        async fn text(&self, socket: &Socket, _text: &str) {
            for number in 0..FRAMES {
                let _ = socket.send(&frame(number));
            }
        }

        fn closed(&self, _socket: &Socket) {}
    }

    fn frame(number: usize) -> Frame {
        Frame::text(&format!("{number:0FRAME_BYTES$}"))
    }

    #[tokio::test]
    async fn a_partial_write_is_completed_later_and_in_order() {
        let (server, mut client) = pair().await;
        let limits = SocketLimits {
            max_queue_frames: FRAMES,
            max_queue_bytes: FRAMES * 2 * FRAME_BYTES,
            ..SocketLimits::default()
        };
        let (transport, decrypted) = TlsTransport::new(server);
        tokio::spawn(run(transport, decrypted, Arc::new(Flood), limits));
        // A masked text frame of one letter, with a mask of zeros.
        client.write_all(&[0x81, 0x81, 0, 0, 0, 0, b'x']).await.unwrap();
        for number in 0..FRAMES {
            let expected = frame(number);
            let mut heard = vec![0; expected.as_bytes().len()];
            client.read_exact(&mut heard).await.unwrap();
            assert!(heard == expected.as_bytes(), "frame {number}");
        }
    }

    #[tokio::test]
    async fn a_request_that_came_with_the_handshake_is_not_lost() {
        let (mut server, mut client) = pair().await;
        client.write_all(b"early, late").await.unwrap();
        let mut early = [0; 5];
        server.read_exact(&mut early).await.unwrap();
        let (_, decrypted) = TlsTransport::new(server);
        assert_eq!((&early[..], &decrypted[..]), (&b"early"[..], &b", late"[..]));
    }
}
