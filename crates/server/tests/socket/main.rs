//! The socket layer against real peers on loopback.

mod closing;
mod harness;
mod silence;
mod slow_readers;
