//! A billing back end in small: a gift's webhook comes in, points go out over REST, and everyone's
//! bar moves.
//!
//! It keeps nothing on disk: the webhook's id is the idempotency key, so a webhook that comes twice
//! counts once, and what each giver has had counted is in the server's ledger. A real one would
//! charge the giver first.

mod books;
mod config;
mod preview;
mod rule_book;
mod scores;
mod webhook;

use std::sync::Arc;

use anyhow::{Context, Result};
use clap::Parser;
use tokio::net::TcpListener;

use crate::{
    books::Books,
    config::{Cli, Command, Serve},
    rule_book::RuleBook,
    scores::Scores,
    webhook::Receiver,
};

fn main() -> Result<()> {
    match Cli::parse() {
        Cli { command: Some(Command::Preview(preview)), .. } => preview::print(&preview),
        Cli { command: None, serve: Some(config) } => serve(config),
        Cli { command: None, serve: None } => unreachable!("clap asks for the token"),
    }
}

#[tokio::main]
async fn serve(config: Serve) -> Result<()> {
    let scores = Scores::new(config.server, &config.token)?;
    let books = Books::new(RuleBook::open(config.rules)?, scores);
    let receiver = Receiver::new(&config.webhook_secret, books)?;
    let listener = TcpListener::bind(config.listen).await.with_context(|| {
        format!("{} cannot be listened on: choose another address with --listen", config.listen)
    })?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, webhook::router(Arc::new(receiver))).with_graceful_shutdown(asked_to_end()).await?;
    Ok(())
}

/// Waits for Ctrl-C or, where there is such a thing, SIGTERM.
async fn asked_to_end() {
    let ctrl_c = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = ctrl_c => {}
        () = terminated() => {}
    }
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending().await
}
