//! The orderly end: answers what waits, closes the sockets, keeps the state.

use std::time::Duration;

use duelcast_engine::Input;
use tokio::{
    sync::oneshot,
    time::{sleep, timeout},
};

use super::{Done, Driver};

/// How long commands on their way may take.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(2);
/// How long writing the state may take.
const SNAPSHOT_TIMEOUT: Duration = Duration::from_secs(10);
/// When to look again for room in the log.
const RETRY: Duration = Duration::from_millis(5);

impl Driver {
    pub(super) async fn shut_down(mut self, done: Done) {
        self.engine.stop();
        if timeout(ANSWER_TIMEOUT, self.settle_all()).await.is_err() {
            tracing::warn!(commands = self.engine.waiting_count(), "commands remain without an answer");
        }
        self.engine.close_sockets();
        self.engine.store_state();
        let (written, is_written) = oneshot::channel();
        self.handle(Input::Barrier(written));
        if timeout(SNAPSHOT_TIMEOUT, self.write_all(is_written)).await.is_err() {
            tracing::warn!("the state could not be written; the next start takes longer");
        }
        if done.send(()).is_err() {
            tracing::debug!("the caller of the shutdown is gone");
        }
    }

    async fn settle_all(&mut self) {
        while self.engine.waiting_count() > 0 {
            let Some(report) = self.reports.recv().await else {
                return;
            };
            self.handle(Input::Report(report));
        }
    }

    async fn write_all(&mut self, mut written: oneshot::Receiver<()>) {
        loop {
            self.engine.advance(self.clock.now());
            tokio::select! {
                _ = &mut written => return,
                Some(report) = self.reports.recv() => self.handle(Input::Report(report)),
                () = sleep(RETRY) => {}
            }
        }
    }
}
