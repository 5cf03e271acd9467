//! Client frames (RFC 6455, section 5): bytes in, messages out. No IO.
//!
//! Between two reads it keeps only the part of a frame that is still incomplete, and the message
//! whose frames have not all come. Both are bounded, and most of the time both are empty.

use std::io::Cursor;

use duelcast_protocol::limits::MAX_CLIENT_FRAME_BYTES;
use tungstenite::protocol::frame::{
    FrameHeader,
    coding::{Control, Data, OpCode},
};

use super::{CloseCode, frame::MAX_CONTROL_BYTES};

/// What came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incoming {
    Text(String),
    /// A frame of a message that is not complete yet.
    Fragment,
    Ping(Vec<u8>),
    Pong,
    /// The peer closes; with its code, if it gave one.
    Close(Option<u16>),
}

/// Why the peer cannot be understood any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProtocolError {
    Malformed(&'static str),
    Binary,
    TooBig,
    InvalidText,
}

impl ProtocolError {
    /// The code to close the socket with.
    #[must_use]
    pub fn close_code(self) -> CloseCode {
        match self {
            Self::Malformed(_) => CloseCode::ProtocolError,
            Self::Binary => CloseCode::Unsupported,
            Self::TooBig => CloseCode::TooBig,
            Self::InvalidText => CloseCode::InvalidText,
        }
    }

    /// A sentence for the peer's developer.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Malformed(reason) => reason,
            Self::Binary => "messages must be text",
            Self::TooBig => "the message is too big",
            Self::InvalidText => "text must be UTF-8",
        }
    }
}

/// Reads client frames. After an error it must not be fed again.
#[derive(Debug, Default)]
pub struct Decoder {
    /// The beginning of a frame whose rest has not come.
    partial: Vec<u8>,
    /// The payloads so far of a message whose last frame has not come.
    message: Option<Vec<u8>>,
}

impl Decoder {
    /// Reads what came from the peer and appends what it says to `incoming`, up to the first error.
    pub fn feed(&mut self, bytes: &[u8], incoming: &mut Vec<Incoming>) -> Result<(), ProtocolError> {
        if self.partial.is_empty() {
            let rest = self.read_frames(bytes, incoming)?;
            self.partial = rest.to_vec();
        } else {
            let mut joined = std::mem::take(&mut self.partial);
            joined.extend_from_slice(bytes);
            let rest_len = self.read_frames(&joined, incoming)?.len();
            joined.drain(..joined.len() - rest_len);
            joined.shrink_to_fit();
            self.partial = joined;
        }
        Ok(())
    }

    /// Reads all complete frames; what is left is the beginning of one.
    fn read_frames<'a>(
        &mut self,
        mut bytes: &'a [u8],
        incoming: &mut Vec<Incoming>,
    ) -> Result<&'a [u8], ProtocolError> {
        while let Some(header) = Header::read(bytes)? {
            self.check(&header)?;
            let Some(payload) = bytes.get(header.bytes..header.bytes + header.payload_bytes) else {
                break;
            };
            incoming.push(self.read_payload(&header, payload)?);
            bytes = &bytes[header.bytes + header.payload_bytes..];
        }
        Ok(bytes)
    }

    /// What can be known to be wrong before the payload is there.
    fn check(&self, header: &Header) -> Result<(), ProtocolError> {
        let message_bytes = self.message.as_ref().map_or(0, Vec::len);
        match (header.opcode, &self.message) {
            (OpCode::Data(Data::Continue), None) => {
                Err(ProtocolError::Malformed("a continuation of nothing"))
            }
            (OpCode::Data(Data::Text | Data::Binary), Some(_)) => {
                Err(ProtocolError::Malformed("a new message inside another"))
            }
            (OpCode::Data(Data::Binary), None) => Err(ProtocolError::Binary),
            (OpCode::Data(Data::Text | Data::Continue), _)
                if message_bytes.saturating_add(header.payload_bytes) > MAX_CLIENT_FRAME_BYTES =>
            {
                Err(ProtocolError::TooBig)
            }
            (OpCode::Data(Data::Text | Data::Continue), _)
            | (OpCode::Control(Control::Close | Control::Ping | Control::Pong), _) => Ok(()),
            (OpCode::Data(Data::Reserved(_)) | OpCode::Control(Control::Reserved(_)), _) => {
                Err(ProtocolError::Malformed("an unknown opcode"))
            }
        }
    }

    fn read_payload(&mut self, header: &Header, payload: &[u8]) -> Result<Incoming, ProtocolError> {
        match header.opcode {
            OpCode::Control(Control::Ping) => Ok(Incoming::Ping(unmask(payload, header.mask))),
            OpCode::Control(Control::Pong) => Ok(Incoming::Pong),
            OpCode::Control(Control::Close) => read_close(&unmask(payload, header.mask)),
            OpCode::Data(_) | OpCode::Control(Control::Reserved(_)) => self.read_data(header, payload),
        }
    }

    fn read_data(&mut self, header: &Header, payload: &[u8]) -> Result<Incoming, ProtocolError> {
        let payload = unmask(payload, header.mask);
        let message = match self.message.take() {
            None => payload,
            Some(mut message) => {
                message.extend_from_slice(&payload);
                message
            }
        };
        if header.is_final {
            return String::from_utf8(message).map(Incoming::Text).map_err(|_| ProtocolError::InvalidText);
        }
        self.message = Some(message);
        Ok(Incoming::Fragment)
    }
}

const SHORTEST_HEADER_BYTES: usize = 2;
const LONGEST_HEADER_BYTES: usize = 14;

/// The header of a client frame.
#[derive(Debug)]
struct Header {
    is_final: bool,
    opcode: OpCode,
    mask: [u8; 4],
    /// Length of the header itself.
    bytes: usize,
    payload_bytes: usize,
}

impl Header {
    /// Reads the bytes that are missing as zeros: what is wrong with the beginning of a header
    /// stays wrong, and a length is never less than its beginning says. `None` for less than two
    /// bytes.
    fn read(bytes: &[u8]) -> Result<Option<Self>, ProtocolError> {
        if bytes.len() < SHORTEST_HEADER_BYTES {
            return Ok(None);
        }
        let mut padded = [0; LONGEST_HEADER_BYTES];
        let known_bytes = bytes.len().min(LONGEST_HEADER_BYTES);
        padded[..known_bytes].copy_from_slice(&bytes[..known_bytes]);
        let mut cursor = Cursor::new(padded);
        let parsed =
            FrameHeader::parse(&mut cursor).map_err(|_| ProtocolError::Malformed("an unknown opcode"))?;
        let (header, payload_bytes) = parsed.expect("14 bytes hold any header");
        if header.rsv1 || header.rsv2 || header.rsv3 {
            return Err(ProtocolError::Malformed("a reserved bit is set"));
        }
        let mask = header.mask.ok_or(ProtocolError::Malformed("client frames must be masked"))?;
        let payload_bytes = usize::try_from(payload_bytes).map_err(|_| ProtocolError::TooBig)?;
        let is_control = matches!(header.opcode, OpCode::Control(_));
        if is_control && (!header.is_final || payload_bytes > MAX_CONTROL_BYTES) {
            return Err(ProtocolError::Malformed("a control frame must be short and whole"));
        }
        let bytes = usize::try_from(cursor.position()).expect("a header is short");
        let FrameHeader { is_final, opcode, .. } = header;
        Ok(Some(Self { is_final, opcode, mask, bytes, payload_bytes }))
    }
}

fn unmask(payload: &[u8], mask: [u8; 4]) -> Vec<u8> {
    payload.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask).collect()
}

fn read_close(payload: &[u8]) -> Result<Incoming, ProtocolError> {
    match payload {
        [] => Ok(Incoming::Close(None)),
        [_] => Err(ProtocolError::Malformed("half a close code")),
        [high, low, reason @ ..] => {
            let code = u16::from_be_bytes([*high, *low]);
            if !is_close_code(code) {
                return Err(ProtocolError::Malformed("not a close code"));
            }
            std::str::from_utf8(reason).map_err(|_| ProtocolError::InvalidText)?;
            Ok(Incoming::Close(Some(code)))
        }
    }
}

/// Codes that may be sent in a frame (RFC 6455, 7.4, and the registry it founded).
fn is_close_code(code: u16) -> bool {
    matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999)
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use proptest::prelude::*;
    use tungstenite::{
        Message, WebSocket,
        protocol::{Role, frame::Frame},
    };

    use super::*;

    /// A stream that keeps what is written to it and has nothing to read.
    #[derive(Default)]
    struct Written(Vec<u8>);

    impl Read for Written {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Ok(0)
        }
    }

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.write(bytes)
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    /// What tungstenite's client puts on the wire for these messages.
    fn encode(messages: impl IntoIterator<Item = Message>) -> Vec<u8> {
        let mut client = WebSocket::from_raw_socket(Written::default(), Role::Client, None);
        for message in messages {
            client.send(message).unwrap();
        }
        std::mem::take(&mut client.get_mut().0)
    }

    fn data_frame(payload: &str, opcode: Data, is_final: bool) -> Message {
        Message::Frame(Frame::message(payload.to_owned().into_bytes(), OpCode::Data(opcode), is_final))
    }

    fn decode(bytes: &[u8]) -> (Vec<Incoming>, Option<ProtocolError>) {
        let mut incoming = Vec::new();
        let error = Decoder::default().feed(bytes, &mut incoming).err();
        (incoming, error)
    }

    fn raw(first: u8, second: u8, rest: &[u8]) -> Vec<u8> {
        [&[first, second], rest].concat()
    }

    #[test]
    fn it_understands_what_tungstenite_says() {
        let bytes = encode([
            Message::text("hello"),
            Message::Ping(b"now".to_vec().into()),
            Message::Pong(Vec::new().into()),
            Message::text("x".repeat(MAX_CLIENT_FRAME_BYTES)),
            Message::Close(None),
        ]);
        let expected = vec![
            Incoming::Text("hello".to_owned()),
            Incoming::Ping(b"now".to_vec()),
            Incoming::Pong,
            Incoming::Text("x".repeat(MAX_CLIENT_FRAME_BYTES)),
            Incoming::Close(None),
        ];
        assert_eq!(decode(&bytes), (expected, None));
    }

    #[test]
    fn tungstenite_understands_what_the_server_says() {
        let texts = ["short", &"m".repeat(300), &"l".repeat(70_000)];
        let mut bytes = Vec::new();
        for text in texts {
            bytes.extend_from_slice(crate::Frame::text(text).as_bytes());
        }
        let mut client = WebSocket::from_raw_socket(Cursor::new(bytes), Role::Client, None);
        for text in texts {
            assert_eq!(client.read().unwrap(), Message::text(text));
        }
    }

    #[test]
    fn fragments_become_one_message_with_a_ping_in_between() {
        let bytes = encode([
            data_frame("one ", Data::Text, false),
            Message::Ping(Vec::new().into()),
            data_frame("two", Data::Continue, true),
        ]);
        let expected =
            vec![Incoming::Fragment, Incoming::Ping(Vec::new()), Incoming::Text("one two".to_owned())];
        assert_eq!(decode(&bytes), (expected, None));
    }

    #[test]
    fn a_message_may_not_grow_beyond_the_limit_by_fragments() {
        let half = "x".repeat(MAX_CLIENT_FRAME_BYTES / 2 + 1);
        let bytes = encode([data_frame(&half, Data::Text, false), data_frame(&half, Data::Continue, true)]);
        assert_eq!(decode(&bytes), (vec![Incoming::Fragment], Some(ProtocolError::TooBig)));
    }

    #[test]
    fn an_oversize_frame_is_refused_by_its_header_alone() {
        for header in
            [raw(0x81, 0xFE, &[0x40, 0x01, 0, 0, 0, 0]), raw(0x81, 0xFF, &[0x7F, 0, 0, 0, 0, 0, 0, 0])]
        {
            assert_eq!(decode(&header).1, Some(ProtocolError::TooBig));
        }
    }

    #[test]
    fn binary_and_text_that_is_not_utf8_have_errors_of_their_own() {
        let binary = encode([Message::binary(vec![1])]);
        assert_eq!(decode(&binary).1, Some(ProtocolError::Binary));
        let not_utf8 = raw(0x81, 0x81, &[0, 0, 0, 0, 0xFF]);
        assert_eq!(decode(&not_utf8).1, Some(ProtocolError::InvalidText));
    }

    #[test]
    fn invalid_framing_is_malformed() {
        for bytes in [
            raw(0x81, 0x01, b"x"),
            raw(0xC1, 0x80, &[0; 4]),
            raw(0x80, 0x80, &[0; 4]),
            raw(0x83, 0x80, &[0; 4]),
            raw(0x09, 0x80, &[0; 4]),
            raw(0x89, 0xFE, &[0, 126, 0, 0, 0, 0]),
            raw(0x88, 0x81, &[0; 5]),
            raw(0x88, 0x82, &[0, 0, 0, 0, 0x03, 0xED]),
            encode([data_frame("a", Data::Text, false), data_frame("b", Data::Text, true)]),
        ] {
            let (_, error) = decode(&bytes);
            assert!(matches!(error, Some(ProtocolError::Malformed(_))), "{bytes:?}");
        }
    }

    #[test]
    fn it_keeps_nothing_between_whole_messages() {
        let mut decoder = Decoder::default();
        let bytes = encode([Message::text("hello")]);
        for part in bytes.chunks(3) {
            decoder.feed(part, &mut Vec::new()).unwrap();
        }
        assert_eq!(decoder.partial.capacity(), 0);
        assert!(decoder.message.is_none());
    }

    fn any_message() -> impl Strategy<Value = Vec<Message>> {
        prop_oneof![
            ".{0,200}".prop_map(|text| vec![Message::text(text)]),
            ("[a-z]{0,90}", "[a-z]{0,90}").prop_map(|(first, last)| vec![
                data_frame(&first, Data::Text, false),
                data_frame(&last, Data::Continue, true)
            ]),
            proptest::collection::vec(any::<u8>(), 0..MAX_CONTROL_BYTES)
                .prop_map(|payload| vec![Message::Ping(payload.into())]),
        ]
    }

    /// Noise, half of it behind the header of an acceptable frame.
    fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
        let noise = || proptest::collection::vec(any::<u8>(), 0..200);
        let framed = (0u8..2, any::<bool>(), 0u8..127, noise()).prop_map(|(opcode, is_final, len, noise)| {
            raw(u8::from(is_final) << 7 | opcode, 0x80 | len, &noise)
        });
        prop_oneof![noise(), framed]
    }

    proptest! {
        #[test]
        fn however_the_stream_is_split_the_messages_are_the_same(
            messages in proptest::collection::vec(any_message(), 1..10),
            cuts in proptest::collection::vec(1usize..40, 1..40),
        ) {
            let bytes = encode(messages.into_iter().flatten());
            let mut decoder = Decoder::default();
            let mut incoming = Vec::new();
            let mut rest = bytes.as_slice();
            for cut in cuts.into_iter().cycle() {
                let (part, later) = rest.split_at(cut.min(rest.len()));
                decoder.feed(part, &mut incoming).unwrap();
                rest = later;
                if rest.is_empty() {
                    break;
                }
            }
            prop_assert_eq!((incoming, None), decode(&bytes));
        }

        #[test]
        fn no_bytes_make_it_panic_or_hoard(parts in proptest::collection::vec(any_bytes(), 1..50)) {
            let mut decoder = Decoder::default();
            for part in parts {
                if decoder.feed(&part, &mut Vec::new()).is_err() {
                    break;
                }
                let kept = decoder.partial.len() + decoder.message.as_ref().map_or(0, Vec::len);
                prop_assert!(kept <= 2 * MAX_CLIENT_FRAME_BYTES + LONGEST_HEADER_BYTES);
            }
        }
    }
}
