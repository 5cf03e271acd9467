//! What it is told at its start.

use std::net::SocketAddr;

use axum::http::Uri;
use clap::Parser;

/// A billing back end in small: receives gifts by webhook, sends points over REST.
#[derive(Debug, Parser)]
pub struct Config {
    /// Address and port; port 0 picks a free one
    #[arg(long, env = "BILLING_LISTEN", default_value = "127.0.0.1:8090")]
    pub listen: SocketAddr,
    /// The Duelcast server
    #[arg(long, env = "BILLING_SERVER", default_value = "http://127.0.0.1:8080")]
    pub server: Uri,
    /// A service token of that server
    #[arg(long, env = "BILLING_TOKEN", hide_env_values = true)]
    pub token: String,
    /// What the server signs its webhooks with
    #[arg(long, env = "BILLING_WEBHOOK_SECRET", value_name = "whsec_…", hide_env_values = true)]
    pub webhook_secret: String,
}
