//! `comity`, the one program: commands for bodies, authorities, verifiers, auditors, operators.
//!
//! In scope: options, files, words for people, exit codes. Out of scope: everything the commands
//! do, which is in `comity-node` and below; requests over HTTP are `comity_node::remote`.
//!
//! The design decision: parse plainly, then build. Each command is a file under `commands/` with
//! its options as plain data and one function `run`; data goes to stdout, words to stderr.

#![expect(
    clippy::disallowed_methods,
    reason = "the program reads the files and environment it is pointed at"
)]

mod ask;
mod asking;
mod ceremony;
mod commands;
mod commitments;
mod context;
mod demo;
mod excerpt;
mod exit;
mod frame;
mod generate;
mod input;
mod key;
mod language;
mod lint;
mod output;
mod registration;
mod sequence;
mod words;

use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::Parser as _;

use crate::commands::Cli;
use crate::exit::Exit;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Nothing can be said where even this cannot be written.
            let _ = error.print();
            let exit = if error.use_stderr() {
                Exit::Usage
            } else {
                Exit::Done
            };
            return exit.into();
        }
    };
    let ended = catch_unwind(AssertUnwindSafe(|| commands::run(cli)));
    let exit = match ended {
        Ok(Ok(exit)) => exit,
        Ok(Err(error)) => report(&error),
        Err(_) => {
            let _ = writeln!(
                anstream::stderr(),
                "This is a fault of the program. Please report the lines above, and what you ran."
            );
            Exit::Bug
        }
    };
    exit.into()
}

/// Says what went wrong, why, and what to do about it.
fn report(error: &anyhow::Error) -> Exit {
    let exit = exit::exit_of(error);
    if exit::is_broken_pipe(error) {
        return exit;
    }
    let mut stderr = anstream::stderr();
    let _ = writeln!(stderr, "\x1b[1;31merror\x1b[0m: {error}");
    let mut said = error.to_string();
    for cause in error.chain().skip(1) {
        let cause = cause.to_string();
        if !said.contains(&cause) {
            let _ = writeln!(stderr, "  because: {cause}");
            said = cause;
        }
    }
    if let Some(help) = exit::help_of(error) {
        let _ = writeln!(stderr, "\x1b[1mhelp\x1b[0m: {help}");
    }
    exit
}
