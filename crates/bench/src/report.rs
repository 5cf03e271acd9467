//! The report, as a table or as JSON.

use std::time::Duration;

use serde::Serialize;

/// Header bytes of a server's frame with a payload of 126 to 65,535 bytes.
const HEADER_BYTES: f64 = 4.0;

/// The cost of one peer.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Measurement {
    pub name: &'static str,
    pub messages: u64,
    pub messages_per_second: f64,
    pub bytes_per_message: f64,
    pub cpu_us_per_message: f64,
    pub kib_per_idle_socket: f64,
}

impl Measurement {
    pub fn new(name: &'static str, sample: &Sample, kib_per_idle_socket: f64) -> Self {
        let messages = sample.messages as f64;
        Self {
            name,
            messages: sample.messages,
            messages_per_second: messages / sample.elapsed.as_secs_f64(),
            bytes_per_message: sample.bytes as f64 / messages,
            cpu_us_per_message: sample.cpu_time.as_secs_f64() * 1e6 / messages,
            kib_per_idle_socket,
        }
    }
}

impl Measurement {
    /// Payload of an average message in bytes, for the peers that are compared.
    pub fn payload_bytes(&self) -> usize {
        (self.bytes_per_message - HEADER_BYTES).max(0.0).round() as usize
    }
}

/// Differences between two samples.
#[derive(Debug)]
pub struct Sample {
    pub messages: u64,
    pub bytes: u64,
    pub cpu_time: Duration,
    pub elapsed: Duration,
}

/// All peers of one run. The bare loop is the last.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    pub viewers: usize,
    pub rate: u32,
    pub seconds: u64,
    pub peers: Vec<Measurement>,
}

impl Report {
    pub fn print_table(&self) {
        println!("{} viewers, {} updates a second, {} s", self.viewers, self.rate, self.seconds);
        println!(
            "{:<16}{:>12}{:>14}{:>12}{:>14}{:>16}",
            "", "messages/s", "bytes/message", "CPU us/msg", "x bare loop", "KiB/idle socket"
        );
        let floor = self.peers.last().map_or(f64::NAN, |bare_loop| bare_loop.cpu_us_per_message);
        for peer in &self.peers {
            println!(
                "{:<16}{:>12.0}{:>14.0}{:>12.2}{:>14.2}{:>16.2}",
                peer.name,
                peer.messages_per_second,
                peer.bytes_per_message,
                peer.cpu_us_per_message,
                peer.cpu_us_per_message / floor,
                peer.kib_per_idle_socket
            );
        }
    }
}
