//! The permit of an accepted TCP connection.

use std::sync::Arc;

use tokio::sync::OwnedSemaphorePermit;

/// Counts an accepted TCP connection as open until the last clone is dropped. Every HTTP request
/// carries one in its extensions; a socket keeps the one of the request that opened it.
#[derive(Debug, Clone)]
pub struct PeerPermit(#[allow(dead_code, reason = "it is there to be dropped")] Arc<OwnedSemaphorePermit>);

impl From<OwnedSemaphorePermit> for PeerPermit {
    fn from(permit: OwnedSemaphorePermit) -> Self {
        Self(Arc::new(permit))
    }
}
