//! What the kernel did not take yet: a bounded queue of frames. Empty, it owns no memory.

use std::{
    collections::VecDeque,
    io::{self, IoSlice},
};

use super::{Frame, SocketLimits};

/// Frames handed to the kernel in one call.
const MAX_FRAMES_PER_WRITE: usize = 64;

/// What became of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "after an overflow the peer needs a fresh snapshot"]
pub enum Delivery {
    /// The kernel has it.
    Written,
    /// It waits for a slow reader.
    Queued,
    /// The reader is too slow: this frame and all that waited are gone. Send it one fresh snapshot
    /// per live.
    Overflowed,
    /// The socket is closing or closed.
    Closed,
}

/// Frames of one slot replace one another while they wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Pong,
    Volatile(u64),
}

#[derive(Debug)]
struct Waiting {
    frame: Frame,
    slot: Option<Slot>,
}

#[derive(Debug, Default)]
pub(super) struct Outbox {
    waiting: VecDeque<Waiting>,
    /// Bytes of the first frame that the kernel has already.
    first_written: usize,
    /// Bytes that still have to be written.
    bytes: usize,
}

impl Outbox {
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Queues a frame of which the kernel has taken `written` bytes. Only for an empty outbox.
    pub(super) fn start(&mut self, frame: Frame, slot: Option<Slot>, written: usize) {
        debug_assert!(self.is_empty());
        self.push(frame, slot);
        self.advance(written);
    }

    /// Queues a frame behind the others, whatever the limits say.
    pub(super) fn push(&mut self, frame: Frame, slot: Option<Slot>) {
        self.bytes += frame.as_bytes().len();
        self.waiting.push_back(Waiting { frame, slot });
    }

    pub(super) fn has_room(&self, frame: &Frame, limits: &SocketLimits) -> bool {
        let is_within_limits = self.waiting.len() < limits.max_queue_frames
            && self.bytes + frame.as_bytes().len() <= limits.max_queue_bytes;
        is_within_limits || self.waiting.len() <= usize::from(self.first_written > 0)
    }

    /// Takes back the frame that waits in this slot, unless the kernel has a part of it. Its
    /// successor goes to the end of the queue, so that it never overtakes an event that was sent
    /// before it.
    pub(super) fn withdraw(&mut self, slot: Slot) {
        let untouched = usize::from(self.first_written > 0);
        let found = self.waiting.iter().skip(untouched).position(|waiting| waiting.slot == Some(slot));
        if let Some(withdrawn) = found.and_then(|index| self.waiting.remove(index + untouched)) {
            self.bytes -= withdrawn.frame.as_bytes().len();
        }
    }

    /// Drops everything but the rest of a frame that the kernel has a part of.
    pub(super) fn clear(&mut self) {
        self.waiting.truncate(usize::from(self.first_written > 0));
        self.bytes = self.waiting.iter().map(|waiting| waiting.frame.as_bytes().len()).sum();
        self.bytes -= self.first_written;
        self.release_memory();
    }

    /// Writes until nothing is left or the kernel takes no more; both are fine, other errors end
    /// the socket.
    pub(super) fn flush(
        &mut self,
        mut write: impl FnMut(&[IoSlice<'_>]) -> io::Result<usize>,
    ) -> io::Result<()> {
        while !self.is_empty() {
            match self.write_once(&mut write) {
                Ok(written) => self.advance(written),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) => return Err(error),
            }
        }
        self.release_memory();
        Ok(())
    }

    fn write_once(&self, write: &mut impl FnMut(&[IoSlice<'_>]) -> io::Result<usize>) -> io::Result<usize> {
        let mut slices = [IoSlice::new(&[]); MAX_FRAMES_PER_WRITE];
        let count = self.waiting.len().min(MAX_FRAMES_PER_WRITE);
        for (index, (slice, waiting)) in slices.iter_mut().zip(&self.waiting).enumerate() {
            let written = if index == 0 { self.first_written } else { 0 };
            *slice = IoSlice::new(&waiting.frame.as_bytes()[written..]);
        }
        write(&slices[..count])
    }

    fn advance(&mut self, written: usize) {
        self.bytes -= written;
        self.first_written += written;
        while let Some(first) = self.waiting.front()
            && first.frame.as_bytes().len() <= self.first_written
        {
            self.first_written -= first.frame.as_bytes().len();
            self.waiting.pop_front();
        }
    }

    fn release_memory(&mut self) {
        self.waiting.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIMITS: SocketLimits = SocketLimits {
        silence: std::time::Duration::ZERO,
        login: std::time::Duration::ZERO,
        max_queue_frames: 4,
        max_queue_bytes: 100,
    };

    fn all_bytes(outbox: &mut Outbox) -> Vec<u8> {
        let mut all = Vec::new();
        outbox.flush(|slices| take(slices, usize::MAX, &mut all)).expect("the writer takes everything");
        all
    }

    fn take(slices: &[IoSlice<'_>], most: usize, into: &mut Vec<u8>) -> io::Result<usize> {
        let before = into.len();
        into.extend(slices.iter().flat_map(|slice| slice.iter()).take(most));
        Ok(into.len() - before)
    }

    #[test]
    fn a_newer_volatile_value_takes_the_place_at_the_end() {
        let mut outbox = Outbox::default();
        let [old, event, new] = ["old", "event", "new"].map(Frame::text);
        outbox.push(old, Some(Slot::Volatile(1)));
        outbox.push(event.clone(), None);
        outbox.withdraw(Slot::Volatile(1));
        outbox.push(new.clone(), Some(Slot::Volatile(1)));
        assert_eq!(all_bytes(&mut outbox), [event.as_bytes(), new.as_bytes()].concat());
    }

    #[test]
    fn a_half_written_frame_is_neither_withdrawn_nor_dropped() {
        let mut outbox = Outbox::default();
        let frame = Frame::text("volatile");
        outbox.start(frame.clone(), Some(Slot::Volatile(1)), 3);
        outbox.withdraw(Slot::Volatile(1));
        outbox.push(Frame::text("lost"), None);
        outbox.clear();
        assert_eq!(outbox.bytes(), frame.as_bytes().len() - 3);
        assert_eq!(all_bytes(&mut outbox), frame.as_bytes()[3..]);
    }

    #[test]
    fn a_single_frame_may_be_larger_than_the_limit() {
        let mut outbox = Outbox::default();
        let snapshot = Frame::text(&"s".repeat(500));
        assert!(outbox.has_room(&snapshot, &LIMITS));
        outbox.start(Frame::text("half"), None, 1);
        assert!(outbox.has_room(&snapshot, &LIMITS));
        outbox.push(snapshot, None);
        assert!(!outbox.has_room(&Frame::text("x"), &LIMITS));
    }

    #[test]
    fn an_empty_outbox_owns_no_memory() {
        let mut outbox = Outbox::default();
        outbox.push(Frame::text("x"), None);
        all_bytes(&mut outbox);
        assert_eq!(outbox.waiting.capacity(), 0);
        assert_eq!(outbox.bytes(), 0);
    }

    proptest! {
        #[test]
        fn however_the_kernel_cuts_the_stream_the_bytes_are_the_same(
            texts in proptest::collection::vec("[a-z]{0,40}", 1..100),
            cuts in proptest::collection::vec(1usize..50, 1..50),
        ) {
            let mut outbox = Outbox::default();
            let mut expected = Vec::new();
            for frame in texts.iter().map(|text| Frame::text(text)) {
                expected.extend_from_slice(frame.as_bytes());
                outbox.push(frame, None);
            }
            let mut seen = Vec::new();
            let mut cuts = cuts.into_iter().cycle();
            outbox.flush(|slices| take(slices, cuts.next().expect("endless"), &mut seen)).expect("never fails");
            prop_assert_eq!(seen, expected);
        }
    }
}
