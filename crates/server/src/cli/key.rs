//! `key`: the API keys of a data folder. Changes apply to a running server at once.

use std::{io::Write, path::PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand};
use duelcast_protocol::KeyId;
use duelcast_server::{
    auth::{ApiKey, KeyFile},
    config::parse_span,
};

#[derive(Args)]
pub(crate) struct Key {
    /// The server's data folder
    #[arg(long, env = "DUELCAST_DATA", value_name = "FOLDER", default_value = "./data", global = true)]
    data: PathBuf,
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Make a key and print it as ID:SECRET; the secret is not shown again
    Create { id: KeyId },
    /// Print the ids, and how many secrets each has
    List,
    /// Give a key a new secret and print it
    Rotate {
        id: KeyId,
        /// How long the former secret is still good, such as 90s, 30m, 12h or 7d
        #[arg(long, default_value = "24h")]
        overlap: String,
    },
    /// Refuse every token of a key from now on
    Revoke { id: KeyId },
}

pub(crate) fn key(arguments: Key) -> anyhow::Result<()> {
    let file = KeyFile::of(&arguments.data);
    let mut out = std::io::stdout();
    match arguments.action {
        Action::Create { id } => print(&mut out, &file.create(id)?),
        Action::Rotate { id, overlap } => print(&mut out, &file.rotate(&id, parse_span(&overlap)?)?),
        Action::Revoke { id } => Ok(file.revoke(&id)?),
        Action::List => {
            for key in file.read()? {
                writeln!(out, "{} {}", key.id, key.created_at().count()).context("nobody reads the list")?;
            }
            Ok(())
        }
    }
}

fn print(out: &mut impl Write, key: &ApiKey) -> anyhow::Result<()> {
    let secret = String::from_utf8_lossy(key.secret.expose());
    writeln!(out, "{}:{secret}", key.id).context("nobody reads the key")
}
