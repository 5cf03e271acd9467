//! Why the server does not start.

use std::{io, net::SocketAddr, path::PathBuf};

use duelcast_log::StoreError;

use crate::{auth::KeyFileError, tls::TlsError};

/// Why the server does not start. One sentence each that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("Port {port} is in use; stop the program that uses it, or choose another port with --listen {ip}:PORT.", port = .0.port(), ip = .0.ip())]
    PortInUse(SocketAddr),
    #[error("The server cannot listen on {address}: {source}.")]
    Listen { address: SocketAddr, source: io::Error },
    #[error("The data folder {path} cannot be written ({source}); give another with --data or change its permissions.", path = path.display())]
    DataFolder { path: PathBuf, source: io::Error },
    #[error("The data folder {path} is used by another process; stop that one or give another folder with --data.", path = .0.display())]
    DataFolderInUse(PathBuf),
    #[error("The disk is full; free some space or give a folder on another disk with --data.")]
    DiskFull,
    #[error("The log in {path} cannot be used: {source}.", path = path.display())]
    Log { path: PathBuf, source: StoreError },
    #[error(transparent)]
    Keys(#[from] KeyFileError),
    #[error(transparent)]
    Tls(#[from] TlsError),
    #[error("The API key in {path} is not valid: {message}", path = path.display())]
    DemoKey { path: PathBuf, message: String },
}
