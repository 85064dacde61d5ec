//! Asking the person at the terminal. Where there is none, nothing is asked and nothing guessed.

use std::io::{BufRead as _, IsTerminal as _, Write as _};

use anyhow::Result;

use crate::exit::Failure;

/// Whether `question` is answered with yes: by `--yes`, or at the terminal.
///
/// Without a terminal and without `--yes` it is an error that says so.
pub(crate) fn confirm(question: &str, yes: bool) -> Result<bool> {
    if yes {
        return Ok(true);
    }
    let terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if !terminal {
        return Err(
            Failure::usage(format!("{question} Nobody is there to be asked."))
                .help("look at what is shown above, then run the same command with --yes")
                .into(),
        );
    }
    let mut stderr = std::io::stderr();
    write!(stderr, "{question} [y/N] ")?;
    stderr.flush()?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes" | "Yes"))
}
