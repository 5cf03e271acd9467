//! The flags of `cargo xtask run`.

use std::{net::SocketAddr, path::PathBuf};

use anyhow::{Context, Result};
use clap::Args;

use crate::paths;

/// What to start.
#[derive(Debug, Args)]
pub struct Options {
    /// Where the server listens; port 0 picks a free one
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    pub listen: SocketAddr,
    /// The folder for secrets and the server's data
    #[arg(long, default_value_os_t = paths::root().join("data"), value_name = "FOLDER")]
    pub data: PathBuf,
    /// The address that browsers use, behind a proxy
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
    /// Further flags of `duelcast-server serve`
    #[arg(last = true, value_name = "SERVER FLAGS")]
    pub server_flags: Vec<String>,
}

impl Options {
    /// Takes the flags that this command reads itself out of the server's, so that they may stand
    /// on either side of `--`.
    ///
    /// # Errors
    /// When the value of such a flag is absent or wrong.
    pub fn normalize(mut self) -> Result<Self> {
        if let Some(listen) = take(&mut self.server_flags, "--listen")? {
            self.listen = listen.parse().with_context(|| {
                format!("--listen takes an address and a port, such as 127.0.0.1:8080, not {listen:?}")
            })?;
        }
        if let Some(data) = take(&mut self.server_flags, "--data")? {
            self.data = data.into();
        }
        if let Some(url) = take(&mut self.server_flags, "--public-url")? {
            self.public_url = Some(url);
        }
        Ok(self)
    }
}

/// Removes `flag VALUE` or `flag=VALUE` from the flags; the value.
fn take(flags: &mut Vec<String>, flag: &str) -> Result<Option<String>> {
    let prefix = format!("{flag}=");
    let Some(at) = flags.iter().position(|other| other == flag || other.starts_with(&prefix)) else {
        return Ok(None);
    };
    let found = flags.remove(at);
    if let Some(value) = found.strip_prefix(&prefix) {
        return Ok(Some(value.to_owned()));
    }
    anyhow::ensure!(at < flags.len(), "{flag} needs a value");
    Ok(Some(flags.remove(at)))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Run {
        #[command(flatten)]
        options: Options,
    }

    fn parse(args: &[&str]) -> Result<Options> {
        Run::try_parse_from([&["run"], args].concat())?.options.normalize()
    }

    #[test]
    fn flags_after_two_dashes_go_to_the_server() {
        let options = parse(&["--listen", "0.0.0.0:9000", "--", "--grace-ms", "5000"]).unwrap();
        assert_eq!(options.listen, "0.0.0.0:9000".parse().unwrap());
        assert_eq!(options.server_flags, ["--grace-ms", "5000"]);
    }

    #[test]
    fn flags_of_both_may_stand_after_two_dashes() {
        let options =
            parse(&["--", "--grace-ms", "5", "--listen", "127.0.0.1:9000", "--data=there"]).unwrap();
        assert_eq!(options.listen, "127.0.0.1:9000".parse().unwrap());
        assert_eq!(options.data, PathBuf::from("there"));
        assert_eq!(options.server_flags, ["--grace-ms", "5"]);
    }

    #[test]
    fn an_unknown_flag_and_an_absent_value_are_errors() {
        assert!(parse(&["--port", "1"]).is_err());
        assert!(parse(&["--listen"]).is_err());
        assert!(parse(&["--", "--listen"]).is_err());
    }
}
