use super::*;

#[test]
fn the_options_fit_together() {
    Cli::command().debug_assert();
}

#[test]
fn a_witness_takes_no_option_of_a_peer() {
    let add = "comity peer add se https://w.example --witness w.example+1b2c3d4e+B";
    for option in [
        "",
        "--origin o",
        "--vkey v",
        "--member",
        "--mode mirror",
        "--mode follower",
        "--kind attestation",
        "--daily-entries 1",
        "--daily-bytes 1",
    ] {
        let line = format!("{add} {option}");
        let parsed = Cli::try_parse_from(line.split_whitespace());
        let conflict = parsed.err().map(|error| error.kind());
        let expected = (!option.is_empty()).then_some(clap::error::ErrorKind::ArgumentConflict);
        assert_eq!(conflict, expected, "{line}");
    }
}

#[test]
fn every_command_teaches_with_an_example() {
    fn walk(command: &clap::Command, path: &str, missing: &mut Vec<String>) {
        let path = format!("{path} {}", command.get_name());
        let mut commands = command.get_subcommands().peekable();
        let help = command
            .get_after_help()
            .map(ToString::to_string)
            .unwrap_or_default();
        if commands.peek().is_none() && !help.contains("Example") {
            missing.push(path.clone());
        }
        for command in commands {
            walk(command, &path, missing);
        }
    }
    let mut missing = Vec::new();
    walk(&Cli::command(), "", &mut missing);
    assert_eq!(missing, Vec::<String>::new());
}
