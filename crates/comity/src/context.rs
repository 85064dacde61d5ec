//! What every command is given: where to ask, how to answer, how much to say.

use std::io::{IsTerminal as _, Write as _};

use anyhow::Result;
use comity_model::date::Instant;
use comity_node::clock::Clock;
use comity_node::remote::Remote;
use comity_recognition::wording::Language;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::exit::Failure;
use crate::frame;
use crate::output::Format;

/// The settings of a run, as resolved from its global options.
#[derive(Debug)]
pub(crate) struct Context {
    /// The form of data on stdout.
    pub(crate) format: Format,
    /// The form that was asked for with `-o`.
    pub(crate) chosen: Option<Format>,
    /// The language of sentences about verdicts.
    pub(crate) language: Language,
    /// URL of the node to ask.
    pub(crate) node: Option<String>,
    /// Say nothing but errors on stderr.
    pub(crate) quiet: bool,
    /// How much more to say.
    pub(crate) verbose: u8,
}

impl Context {
    /// The node that was named.
    pub(crate) fn remote(&self) -> Result<Remote> {
        let Some(base) = &self.node else {
            return Err(Failure::usage("no node was named")
                .help("add --node URL, or set COMITY_NODE, such as http://127.0.0.1:8080")
                .into());
        };
        Ok(remote(base)?.in_language(self.language.tag()))
    }

    /// The present moment.
    #[expect(
        clippy::unused_self,
        reason = "commands take the time from their context"
    )]
    pub(crate) fn now(&self) -> Instant {
        Clock::System.now()
    }

    /// Says something to the person, on stderr.
    pub(crate) fn say(&self, words: &str) {
        if !self.quiet {
            // A closed stderr is nothing to stop for.
            let _ = writeln!(anstream::stderr(), "{words}");
        }
    }

    /// Says a line of the frame to the person, on stderr, in the language of the run.
    pub(crate) fn tell(&self, name: &str, arguments: &[(&str, &str)]) {
        self.say(&frame::said(self.language, name, arguments));
    }

    /// Says something that must be read whatever `-q` says.
    #[expect(clippy::unused_self, reason = "it stands beside `say`")]
    pub(crate) fn warn(&self, words: &str) {
        let _ = writeln!(anstream::stderr(), "{words}");
    }

    /// A progress bar over `length` things; hidden without a terminal.
    pub(crate) fn bar(&self, length: u64, what: &str) -> ProgressBar {
        let hidden = self.quiet || !std::io::stderr().is_terminal();
        let target = if hidden {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr()
        };
        let bar = ProgressBar::with_draw_target(Some(length), target);
        let template = "{msg} {wide_bar} {human_pos}/{human_len} {per_sec} {eta}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(what.to_owned());
        bar
    }
}

/// The node at `base`, which must be a URL.
pub(crate) fn remote(base: &str) -> Result<Remote> {
    Remote::new(base).map_err(|error| {
        Failure::usage(error.to_string())
            .help("give the node's URL, such as http://127.0.0.1:8080")
            .into()
    })
}

/// A context that says nothing.
#[cfg(test)]
pub(crate) fn test_context() -> Context {
    Context {
        format: Format::Table,
        chosen: None,
        language: Language::En,
        node: None,
        quiet: true,
        verbose: 0,
    }
}
