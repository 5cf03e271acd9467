//! The flags of `cargo xtask run`.

use std::{net::SocketAddr, path::PathBuf};

use anyhow::{Context, Result, bail};

use crate::paths;

const DEFAULT_LISTEN: &str = "127.0.0.1:8080";

/// What the user wants.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    pub listen: SocketAddr,
    pub data: PathBuf,
    pub public_url: Option<String>,
    /// For the server as they are.
    pub server_flags: Vec<String>,
}

impl Options {
    pub fn parse(args: &[String]) -> Result<Self> {
        let mut options = Self {
            listen: DEFAULT_LISTEN.parse().expect("it is an address"),
            data: paths::root().join("data"),
            public_url: None,
            server_flags: Vec::new(),
        };
        let mut args = args.iter();
        while let Some(flag) = args.next() {
            if flag == "--" {
                options.server_flags = args.cloned().collect();
                break;
            }
            let value = args.next().with_context(|| format!("{flag} needs a value"));
            match flag.as_str() {
                "--listen" => options.listen = address(value?)?,
                "--data" => options.data = PathBuf::from(value?),
                "--public-url" => options.public_url = Some(value?.clone()),
                _ => bail!("there is no flag {flag}; flags of the server itself come after `--`"),
            }
        }
        Ok(options)
    }
}

fn address(text: &str) -> Result<SocketAddr> {
    text.parse().with_context(|| {
        format!("--listen takes an address and a port, such as {DEFAULT_LISTEN}, not {text:?}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(args: &[&str]) -> Result<Options> {
        Options::parse(&args.iter().map(|&arg| arg.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn flags_after_two_dashes_go_to_the_server() {
        let options = parse(&["--listen", "0.0.0.0:9000", "--", "--grace-ms", "5000"]).unwrap();
        assert_eq!(options.listen, "0.0.0.0:9000".parse().unwrap());
        assert_eq!(options.server_flags, ["--grace-ms", "5000"]);
    }

    #[test]
    fn an_unknown_flag_is_an_error() {
        assert!(parse(&["--port", "1"]).is_err());
        assert!(parse(&["--listen"]).is_err());
    }
}
