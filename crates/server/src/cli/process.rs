//! What the process may do: who reads its files, how many sockets it opens.

use rustix::{
    fs::Mode,
    process::{Resource, Rlimit, getrlimit, setrlimit, umask},
};

/// Files that are made from now on are for their owner only, and the soft limit of descriptors is as
/// high as the hard one, since each socket takes one. The limit.
pub(crate) fn prepare_process() -> u64 {
    umask(Mode::RWXG | Mode::RWXO);
    let limit = getrlimit(Resource::Nofile);
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit }) {
        tracing::warn!(%error, "the limit of descriptors was not raised");
    }
    getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX)
}
