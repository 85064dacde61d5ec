//! How a run ends: exit codes, and errors that carry theirs.
//!
//! Codes are a promise to scripts: 0 yes or done, 1 no, 2 usage, 3 cannot
//! tell, 4 cannot reach or read, 5 refused by the node, 70 a bug.

#[cfg(test)]
mod tests;

use std::fmt;
use std::process::ExitCode;

use comity_node::error::Error as NodeError;

/// How a run ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Yes, or done.
    #[default]
    Done,
    /// No: not recognised, a bad signature, a log that does not add up.
    No,
    /// Asked in a way that cannot be understood.
    Usage,
    /// It cannot be told from what is held.
    CannotTell,
    /// A node or a file could not be reached or read.
    Unreachable,
    /// The node refused.
    Refused,
    /// A fault of this program.
    Bug,
}

impl Exit {
    /// The number that the shell sees.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::No => 1,
            Self::Usage => 2,
            Self::CannotTell => 3,
            Self::Unreachable => 4,
            Self::Refused => 5,
            Self::Bug => 70,
        }
    }

    /// The worse of two, for runs over many inputs: a bug, bad usage, then 1 > 5 > 3 > 4 > 0.
    pub(crate) fn worst(self, other: Self) -> Self {
        if other.weight() > self.weight() {
            other
        } else {
            self
        }
    }

    fn weight(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Unreachable => 1,
            Self::CannotTell => 2,
            Self::Refused => 3,
            Self::No => 4,
            Self::Usage => 5,
            Self::Bug => 6,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// An error that says how the run ends and what to do about it.
#[derive(Debug)]
pub(crate) struct Failure {
    exit: Exit,
    what: String,
    help: Option<String>,
}

impl Failure {
    /// Bad usage.
    pub(crate) fn usage(what: impl Into<String>) -> Self {
        Self::new(Exit::Usage, what)
    }

    /// The answer is no.
    pub(crate) fn no(what: impl Into<String>) -> Self {
        Self::new(Exit::No, what)
    }

    /// Something cannot be reached or read.
    pub(crate) fn unreadable(what: impl Into<String>) -> Self {
        Self::new(Exit::Unreachable, what)
    }

    /// A node, or a person who was asked, refused.
    pub(crate) fn refused(what: impl Into<String>) -> Self {
        Self::new(Exit::Refused, what)
    }

    /// A failure with that exit.
    pub(crate) fn new(exit: Exit, what: impl Into<String>) -> Self {
        Self {
            exit,
            what: what.into(),
            help: None,
        }
    }

    /// Says what to do next.
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self {
            help: Some(help.into()),
            ..self
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Failure {}

/// How a run ends that failed with `error`.
pub(crate) fn exit_of(error: &anyhow::Error) -> Exit {
    if let Some(failure) = error.downcast_ref::<Failure>() {
        return failure.exit;
    }
    if is_broken_pipe(error) {
        return Exit::Done;
    }
    match error.downcast_ref::<NodeError>() {
        Some(NodeError::ReadOnly(_)) => Exit::Refused,
        Some(NodeError::Question { .. }) => Exit::Usage,
        _ => Exit::Unreachable,
    }
}

/// What to do about `error`, where it says so.
pub(crate) fn help_of(error: &anyhow::Error) -> Option<&str> {
    if let Some(NodeError::Remote(_)) = error.downcast_ref::<NodeError>() {
        return Some(
            "look whether the node runs and whether the address is right (comity node serve)",
        );
    }
    error.downcast_ref::<Failure>()?.help.as_deref()
}

/// Whether whoever read the output has gone, which is no failure (`comity search ... | head`).
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
