//! What the process may do: who reads its files, how many sockets it opens.

use rustix::{
    fs::Mode,
    process::{Resource, Rlimit, getrlimit, setrlimit, umask},
};

/// Files that are made from now on are for their owner only, and the soft limit of descriptors is as
/// high as the hard one: each socket takes one.
pub(crate) fn prepare_process() {
    umask(Mode::RWXG | Mode::RWXO);
    let limit = getrlimit(Resource::Nofile);
    let raised = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit });
    let current = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    match raised {
        Ok(()) => tracing::info!(descriptors = current, "sockets and files that may be open at once"),
        Err(error) => {
            tracing::warn!(%error, descriptors = current, "the limit of descriptors was not raised")
        }
    }
}
