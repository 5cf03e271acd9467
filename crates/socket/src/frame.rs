//! Server frames: unmasked, never fragmented, encoded once.

use bytes::Bytes;
use serde::Serialize;
use tungstenite::protocol::frame::{
    FrameHeader,
    coding::{Control, Data, OpCode},
};

use super::CloseCode;

/// Bytes of an unmasked frame's header, at most (RFC 6455, 5.2).
const MAX_HEADER_BYTES: usize = 10;
/// Bytes of a control frame's payload, at most (RFC 6455, 5.5).
pub(super) const MAX_CONTROL_BYTES: usize = 125;

/// One encoded frame. Clones share the bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame(Bytes);

impl Frame {
    /// A text message.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::build(OpCode::Data(Data::Text), |payload| payload.extend_from_slice(text.as_bytes()))
    }

    /// A text message that is the JSON of `value`.
    ///
    /// # Panics
    /// If `value` has no JSON form, such as a map whose keys are not text.
    #[must_use]
    pub fn json(value: &impl Serialize) -> Self {
        Self::build(OpCode::Data(Data::Text), |payload| {
            serde_json::to_writer(payload, value).expect("types of the protocol have a JSON form");
        })
    }

    pub(super) fn pong(payload: &[u8]) -> Self {
        Self::build(OpCode::Control(Control::Pong), |out| out.extend_from_slice(payload))
    }

    pub(super) fn close(code: u16, reason: &str) -> Self {
        let end = reason.floor_char_boundary(MAX_CONTROL_BYTES - 2);
        Self::build(OpCode::Control(Control::Close), |payload| {
            payload.extend_from_slice(&code.to_be_bytes());
            payload.extend_from_slice(&reason.as_bytes()[..end]);
        })
    }

    /// The answer to a close frame that gave no code.
    pub(super) fn close_without_code() -> Self {
        Self::build(OpCode::Control(Control::Close), |_| ())
    }

    pub(super) fn closing(code: CloseCode, reason: &str) -> Self {
        Self::close(code.number(), reason)
    }

    /// The bytes on the wire.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The payload is written behind room for the longest header, so that it need not move once its
    /// length is known.
    fn build(opcode: OpCode, write_payload: impl FnOnce(&mut Vec<u8>)) -> Self {
        let mut bytes = vec![0; MAX_HEADER_BYTES];
        write_payload(&mut bytes);
        let payload_len = (bytes.len() - MAX_HEADER_BYTES) as u64;
        let header = FrameHeader { opcode, ..FrameHeader::default() };
        let start = MAX_HEADER_BYTES - header.len(payload_len);
        header
            .format(payload_len, &mut &mut bytes[start..MAX_HEADER_BYTES])
            .expect("the slice is as long as the header");
        bytes.shrink_to_fit();
        Self(Bytes::from(bytes).slice(start..))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_has_the_shortest_form_of_the_length() {
        for (len, header_len) in [(0, 2), (125, 2), (126, 4), (65_535, 4), (65_536, 10)] {
            let frame = Frame::text(&"x".repeat(len));
            assert_eq!(frame.as_bytes().len(), header_len + len);
            assert_eq!(frame.as_bytes()[0], 0x81);
        }
    }

    #[test]
    fn json_and_text_give_the_same_frame() {
        assert_eq!(Frame::json(&[1, 2]), Frame::text("[1,2]"));
    }

    #[test]
    fn a_long_close_reason_is_cut_between_characters() {
        let frame = Frame::closing(CloseCode::Policy, &"é".repeat(100));
        assert!(frame.as_bytes().len() <= 2 + MAX_CONTROL_BYTES);
        assert!(std::str::from_utf8(&frame.as_bytes()[4..]).is_ok());
    }
}
