//! The orderly end: answers what waits, closes the sockets, keeps the state.

use std::time::Duration;

use duelcast_log::{Job, Report};
use duelcast_socket::CloseCode;
use tokio::{sync::mpsc, sync::oneshot, time::timeout};

use super::{Done, Engine};

/// How long commands on their way may take.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(2);
/// How long writing the state may take.
const SNAPSHOT_TIMEOUT: Duration = Duration::from_secs(10);

impl Engine {
    pub(super) async fn shut_down(mut self, reports: &mut mpsc::Receiver<Report>, done: Done) {
        self.is_stopping = true;
        if timeout(ANSWER_TIMEOUT, self.settle_all(reports)).await.is_err() {
            tracing::warn!(commands = self.waiting.len(), "commands remain without an answer");
        }
        for session in self.sessions.iter() {
            session.socket.close(CloseCode::GoingAway, "the server is going down");
        }
        self.keep_state();
        let (written, is_written) = oneshot::channel();
        self.backlog.push(Job::Barrier(written));
        if timeout(SNAPSHOT_TIMEOUT, self.write_all(reports, is_written)).await.is_err() {
            tracing::warn!("the state could not be written; the next start takes longer");
        }
        if done.send(()).is_err() {
            tracing::debug!("nobody waits for the engine to end");
        }
    }

    async fn settle_all(&mut self, reports: &mut mpsc::Receiver<Report>) {
        while !self.waiting.is_empty() {
            let Some(report) = reports.recv().await else {
                return;
            };
            self.on_report(report);
            self.backlog.flush();
        }
    }

    async fn write_all(&mut self, reports: &mut mpsc::Receiver<Report>, mut written: oneshot::Receiver<()>) {
        loop {
            self.backlog.flush();
            tokio::select! {
                _ = &mut written => return,
                Some(report) = reports.recv() => self.on_report(report),
                () = tokio::time::sleep(super::BACKLOG_RETRY) => {}
            }
        }
    }
}
