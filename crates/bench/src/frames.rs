//! A minimal WebSocket client for viewers: fixed outgoing frames, and a counter for incoming ones.

const TEXT: u8 = 0x81;
const MASKED: u8 = 0x80;
/// The zero mask, which leaves a payload as it is.
const MASK: [u8; 4] = [0; 4];
const MAX_SHORT_LEN: usize = 125;
const MAX_HEADER_BYTES: usize = 10;

/// A masked text frame of a client.
pub fn client_text(text: &str) -> Vec<u8> {
    let len = u16::try_from(text.len()).expect("a viewer says short things");
    let mut frame = vec![TEXT];
    if text.len() <= MAX_SHORT_LEN {
        frame.push(MASKED | len as u8);
    } else {
        frame.push(MASKED | 126);
        frame.extend(len.to_be_bytes());
    }
    frame.extend(MASK);
    frame.extend(text.as_bytes());
    frame
}

/// Counts complete text frames in a server's stream, across arbitrary reads.
#[derive(Debug, Default)]
pub struct FrameCounter {
    header: [u8; MAX_HEADER_BYTES],
    header_len: usize,
    payload_left: usize,
    /// Set when a close frame arrives.
    pub is_closed: bool,
}

impl FrameCounter {
    /// The number of text frames that end in these bytes.
    pub fn feed(&mut self, mut bytes: &[u8]) -> u64 {
        let mut frames = 0;
        while !bytes.is_empty() {
            if self.payload_left > 0 {
                let taken = self.payload_left.min(bytes.len());
                self.payload_left -= taken;
                bytes = &bytes[taken..];
                frames += u64::from(self.payload_left == 0);
            } else {
                self.header[self.header_len] = bytes[0];
                self.header_len += 1;
                bytes = &bytes[1..];
                self.finish_header();
            }
        }
        frames
    }

    fn finish_header(&mut self) {
        let len = match (self.header_len, self.header[1]) {
            (0 | 1, _) => return,
            (4, 126) => usize::from(u16::from_be_bytes([self.header[2], self.header[3]])),
            (10, 127) => self.header[2..].iter().fold(0, |len, byte| len << 8 | usize::from(*byte)),
            (_, 126 | 127) => return,
            (_, len) => usize::from(len),
        };
        self.is_closed |= self.header[0] != TEXT;
        self.header_len = 0;
        self.payload_left = len;
    }
}

#[cfg(test)]
mod tests {
    use duelcast_socket::{Decoder, Frame, Incoming};

    use super::*;

    #[test]
    fn frames_are_counted_however_the_stream_is_cut() {
        let mut stream = Vec::new();
        for len in [1, 125, 126, 70_000] {
            stream.extend_from_slice(Frame::text(&"x".repeat(len)).as_bytes());
        }
        for cut in [1, 2, 3, 100, stream.len()] {
            let mut counter = FrameCounter::default();
            assert_eq!(stream.chunks(cut).map(|part| counter.feed(part)).sum::<u64>(), 4);
        }
    }

    #[test]
    fn the_server_understands_a_viewer() {
        for text in ["short".to_owned(), "long".repeat(100)] {
            let mut incoming = Vec::new();
            Decoder::default().feed(&client_text(&text), &mut incoming).unwrap();
            assert_eq!(incoming, [Incoming::Text(text)]);
        }
    }
}
