//! What it is told at its start.

use std::{net::SocketAddr, path::PathBuf};

use axum::http::Uri;
use clap::{Args, Parser, Subcommand};

/// A billing back end in small: receives gifts by webhook, sends points over REST.
#[derive(Debug, Parser)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub serve: Option<Serve>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print what a list of gifts would score
    Preview(Preview),
}

#[derive(Debug, Args)]
pub struct Serve {
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
    /// Gift rules, read again whenever a battle starts [default: the reference's table]
    #[arg(long, env = "BILLING_RULES", value_name = "FILE")]
    pub rules: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Preview {
    /// Gift rules [default: the reference's table]
    #[arg(long, value_name = "FILE")]
    pub rules: Option<PathBuf>,
    /// The gifts of one battle, as in gifts.json of this example
    pub gifts: PathBuf,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_serves_without_a_command_and_previews_without_a_token() {
        let serve = Cli::try_parse_from(["billing", "--token", "t", "--webhook-secret", "whsec_x"]).unwrap();
        assert!(serve.command.is_none() && serve.serve.is_some_and(|serve| serve.token == "t"));
        let preview = Cli::try_parse_from(["billing", "preview", "--rules", "r.json", "g.json"]).unwrap();
        assert!(matches!(preview.command, Some(Command::Preview(_))));
        assert!(Cli::try_parse_from(["billing", "--webhook-secret", "whsec_x"]).is_err());
    }
}
