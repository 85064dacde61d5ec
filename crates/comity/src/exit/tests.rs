use super::*;

#[test]
fn codes_are_those_of_the_documentation() {
    let codes = [
        (Exit::Done, 0),
        (Exit::No, 1),
        (Exit::Usage, 2),
        (Exit::CannotTell, 3),
        (Exit::Unreachable, 4),
        (Exit::Refused, 5),
        (Exit::Bug, 70),
    ];
    for (exit, code) in codes {
        assert_eq!(exit.code(), code);
    }
}

#[test]
fn of_many_inputs_the_worst_decides() {
    let fold = |exits: &[Exit]| exits.iter().copied().fold(Exit::Done, Exit::worst);
    assert_eq!(fold(&[]), Exit::Done);
    assert_eq!(
        fold(&[Exit::Unreachable, Exit::CannotTell]),
        Exit::CannotTell
    );
    assert_eq!(
        fold(&[Exit::No, Exit::CannotTell, Exit::Unreachable]),
        Exit::No
    );
    assert_eq!(
        fold(&[Exit::Done, Exit::Refused, Exit::Done]),
        Exit::Refused
    );
    assert_eq!(fold(&[Exit::No, Exit::Bug, Exit::Usage]), Exit::Bug);
}

#[test]
fn an_error_keeps_its_exit_under_further_context() {
    let error = anyhow::Error::new(Failure::refused("the node refused it").help("register first"))
        .context("certificate.json");
    assert_eq!(exit_of(&error), Exit::Refused);
    assert_eq!(help_of(&error), Some("register first"));
}

#[test]
fn errors_of_the_node_have_exits() {
    let exit = |error: NodeError| exit_of(&anyhow::Error::new(error));
    assert_eq!(exit(NodeError::ReadOnly(String::new())), Exit::Refused);
    assert_eq!(exit(NodeError::Remote(String::new())), Exit::Unreachable);
    assert_eq!(exit(NodeError::Busy(String::new())), Exit::Unreachable);
    // Whatever the words of the error.
    let silent = anyhow::Error::new(NodeError::Remote(String::new()));
    assert!(help_of(&silent).is_some_and(|help| help.contains("node serve")));
    let busy = anyhow::Error::new(NodeError::Busy("it does not answer".to_owned()));
    assert_eq!(help_of(&busy), None);
}
