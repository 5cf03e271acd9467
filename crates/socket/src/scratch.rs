//! One read buffer per thread: a socket that waits has none of its own.

use std::cell::RefCell;

const SCRATCH_BYTES: usize = 16 * 1024;

thread_local! {
    static SCRATCH: RefCell<Box<[u8]>> = RefCell::new(vec![0; SCRATCH_BYTES].into_boxed_slice());
}

/// Lends this thread's buffer. Contents are undefined outside the closure.
///
/// # Panics
/// If `use_it` asks for the buffer again.
pub(super) fn with_scratch<T>(use_it: impl FnOnce(&mut [u8]) -> T) -> T {
    SCRATCH.with_borrow_mut(|scratch| use_it(scratch))
}
