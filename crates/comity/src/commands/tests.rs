use super::*;

#[test]
fn the_options_fit_together() {
    Cli::command().debug_assert();
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
