//! `duelcast-server`: the command line around the library.

mod cli;

use std::{env, io::Write, path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use duelcast_protocol::UserId;
use duelcast_server::{
    auth::{self, ApiKey, Claims},
    config::{Options, parse_span},
};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::{layer::SubscriberExt, util::SubscriberInitExt};

/// Live battles for voice rooms: sockets, REST, log and client in one process.
#[derive(Parser)]
#[command(version = duelcast_server::VERSION)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server
    Serve(Box<Serve>),
    /// Print a token that an API key signs
    Token(Token),
    /// Make, list, rotate and revoke the API keys of a data folder
    Key(cli::Key),
    /// Recompute battles from their ledgers and say whether results agree
    Verify(cli::Verify),
    /// Play a storm of gifts against a server and say whether the totals add up
    Simulate(Box<cli::Simulate>),
}

#[derive(Args)]
struct Serve {
    #[command(flatten)]
    options: Options,
    /// A TOML file with the names of the flags; flags and environment outrank it
    #[arg(long, env = "DUELCAST_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Args)]
struct Token {
    #[arg(long, env = "DUELCAST_API_KEY", value_name = "ID:SECRET", hide_env_values = true)]
    api_key: String,
    /// Id of the user
    #[arg(long)]
    user: UserId,
    #[arg(long, default_value = "")]
    name: String,
    /// The user may start lives
    #[arg(long)]
    create_live: bool,
    /// The token opens REST
    #[arg(long)]
    service: bool,
    /// How long it is good for, such as 90s, 30m, 12h or 7d
    #[arg(long, default_value = "1h")]
    ttl: String,
}

fn main() -> ExitCode {
    let command = cli::without_empty_variables(Cli::command());
    let cli = Cli::from_arg_matches(&command.get_matches()).unwrap_or_else(|error| error.exit());
    let done = match cli.command {
        Command::Serve(arguments) => serve(*arguments),
        Command::Token(arguments) => print_token(&arguments),
        Command::Key(arguments) => cli::key(arguments),
        Command::Verify(arguments) => cli::verify(&arguments),
        Command::Simulate(arguments) => cli::simulate(*arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn serve(arguments: Serve) -> anyhow::Result<()> {
    let file = match &arguments.config {
        Some(path) => Options::from_file(path)?,
        None => Options::default(),
    };
    let credentials = env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from);
    let options = arguments.options.or(file).with_secret_files(credentials.as_deref())?;
    let logs = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    tracing_subscriber::registry().with(options.log_filter()?).with(logs).init();
    for name in cli::unknown_variables(&Cli::command(), env::vars_os()) {
        tracing::warn!(name, "this variable is none of the server's and was ignored");
    }
    let config = options.into_config()?;
    let descriptors = cli::prepare_process();
    let (version, data, keys) = (duelcast_server::VERSION, config.data.clone(), config.api_keys.len());
    let mut terminate = signal(SignalKind::terminate()).context("signals cannot be received")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("signals cannot be received")?;
    let mut hang_up = signal(SignalKind::hangup()).context("signals cannot be received")?;
    let running = duelcast_server::serve(config).await?;
    tracing::info!(version, data = %data.display(), keys, descriptors, "started");
    writeln!(std::io::stdout(), "listening on {}", running.url())
        .context("nobody reads what the server prints")?;
    loop {
        tokio::select! {
            _ = terminate.recv() => break,
            _ = interrupt.recv() => break,
            _ = hang_up.recv() => match running.reload_certificate() {
                Ok(()) => tracing::info!("reloaded: the certificate, if there is one; keys reload by themselves"),
                Err(error) => tracing::error!(%error, "the former certificate is kept"),
            },
        }
    }
    tracing::info!("shutting down");
    running.shutdown().await;
    Ok(())
}

fn print_token(arguments: &Token) -> anyhow::Result<()> {
    let key: ApiKey = arguments.api_key.parse()?;
    let ttl = parse_span(&arguments.ttl)?;
    let claims = Claims {
        create_live: arguments.create_live,
        service: arguments.service,
        ..Claims::new(&key.id, arguments.user.clone(), &arguments.name, ttl)
    };
    writeln!(std::io::stdout(), "{}", auth::mint(&key, &claims)).context("nobody reads the token")
}
