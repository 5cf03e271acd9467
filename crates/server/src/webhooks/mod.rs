//! Facts on their way to back ends: in order, signed (Standard Webhooks), tried again until they arrive.
//!
//! One task per endpoint reads the outbox that the log keeps; a slow endpoint holds up nobody but itself.

mod client;
mod signature;
mod target;

use std::time::Duration;

use tokio::{sync::watch, time::sleep};

use self::client::WebhookClient;
pub use self::target::WebhookTarget;
use crate::{
    engine::EngineHandle,
    log::{Archive, OutboxRow},
    random,
};

/// Facts read from the outbox at once.
const PAGE: u32 = 50;
const FIRST_RETRY: Duration = Duration::from_millis(250);
const LONGEST_RETRY: Duration = Duration::from_secs(60);

/// Delivers facts to one endpoint until the server ends.
pub(crate) struct Courier {
    pub target: WebhookTarget,
    pub archive: Archive,
    pub engine: EngineHandle,
    pub newest_fact: watch::Receiver<u64>,
}

impl Courier {
    pub(crate) async fn run(mut self) {
        let client = WebhookClient::new();
        let endpoint = self.target.endpoint();
        let mut seq = match self.archive.delivered(endpoint.clone()).await {
            Ok(seq) => seq,
            Err(error) => {
                tracing::error!(%error, endpoint, "the outbox cannot be read; no webhooks until a restart");
                return;
            }
        };
        loop {
            if *self.newest_fact.borrow_and_update() <= seq {
                if self.newest_fact.changed().await.is_err() {
                    return;
                }
                continue;
            }
            match self.archive.outbox(seq, PAGE).await {
                Ok(rows) if rows.is_empty() => seq = *self.newest_fact.borrow(),
                Ok(rows) => {
                    for row in rows {
                        self.deliver(&client, &row).await;
                        seq = row.seq;
                    }
                    self.engine.delivered(endpoint.clone(), seq).await;
                }
                Err(error) => {
                    tracing::error!(%error, "the outbox cannot be read");
                    sleep(LONGEST_RETRY).await;
                }
            }
        }
    }

    /// Tries until the endpoint says that it has it.
    async fn deliver(&self, client: &WebhookClient, row: &OutboxRow) {
        let body = serde_json::to_string(&row.message).expect("our own types serialize");
        let mut pause = FIRST_RETRY;
        while let Err(error) = client.post(&self.target, &row.message.id, &body).await {
            tracing::warn!(%error, endpoint = self.target.endpoint(), seq = row.seq, "a webhook was not taken");
            sleep(jittered(pause)).await;
            pause = (pause * 2).min(LONGEST_RETRY);
        }
    }
}

/// Half of it, and up to half of it more.
fn jittered(pause: Duration) -> Duration {
    let [dice] = random::bytes();
    pause / 2 + pause / 2 * u32::from(dice) / u32::from(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jitter_keeps_within_half_and_whole() {
        for _ in 0..100 {
            let pause = jittered(Duration::from_secs(1));
            assert!((Duration::from_millis(500)..=Duration::from_secs(1)).contains(&pause));
        }
    }
}
