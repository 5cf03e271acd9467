//! The variables `DUELCAST_…` of the command line.

use std::ffi::OsString;

use clap::Command;

const PREFIX: &str = "DUELCAST_";
/// Read by this project's own tools, which may run in the same shell.
const OF_TOOLS: [&str; 1] = ["DUELCAST_CACHE"];

/// The command without its variables that are set to nothing, as compose files write them.
pub(crate) fn without_empty_variables(command: Command) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|it| it.get_name().to_owned()).collect();
    let command = command.mut_args(|arg| {
        let value = arg.get_env().and_then(std::env::var_os);
        if value.is_some_and(|value| value.is_empty()) { arg.env(None::<&'static str>) } else { arg }
    });
    names.iter().fold(command, |command, name| command.mut_subcommand(name, without_empty_variables))
}

/// Variables that look like the server's and are not.
pub(crate) fn unknown_variables(
    command: &Command,
    variables: impl Iterator<Item = (OsString, OsString)>,
) -> Vec<String> {
    let known = known_variables(command);
    let names = variables.filter_map(|(name, _)| name.into_string().ok());
    names
        .filter(|name| name.starts_with(PREFIX) && !OF_TOOLS.contains(&name.as_str()))
        .filter(|name| !known.contains(name))
        .collect()
}

fn known_variables(command: &Command) -> Vec<String> {
    let own = command.get_arguments().filter_map(|arg| arg.get_env()?.to_str().map(str::to_owned));
    own.chain(command.get_subcommands().flat_map(known_variables)).collect()
}

#[cfg(test)]
mod tests {
    use clap::Arg;

    use super::*;

    #[test]
    fn a_misspelt_variable_is_named() {
        let serve = Command::new("serve").arg(Arg::new("listen").env("DUELCAST_LISTEN"));
        let command = Command::new("server").subcommand(serve);
        let variables = ["DUELCAST_LISTEN", "DUELCAST_LISTENN", "DUELCAST_CACHE", "PATH"];
        let variables = variables.map(|name| (OsString::from(name), OsString::new()));
        assert_eq!(unknown_variables(&command, variables.into_iter()), ["DUELCAST_LISTENN"]);
    }
}
