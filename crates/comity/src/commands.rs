//! The commands, one file each, and the options they share.

mod bundle;
mod ceremony;
mod check;
mod commit;
mod hs;
mod impact;
mod import;
mod keys;
mod log;
mod matrix;
pub(crate) mod node;
mod notice;
mod outbox;
mod peer;
pub(crate) mod publish;
mod receipt;
pub(crate) mod record;
mod register;
mod requirements;
mod reveal;
mod search;
mod show;
mod sign;
mod statistics;
mod status;
mod verify;

#[cfg(test)]
mod tests;

use anyhow::Result;
use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use comity_recognition::wording::Language;

use crate::context::Context;
use crate::demo;
use crate::exit::Exit;
use crate::generate;
use crate::language;
use crate::output::Format;

/// Ask whether a certificate counts in another country, and publish certificates that do.
#[derive(Debug, Parser)]
#[command(
    name = "comity",
    version,
    propagate_version = true,
    arg_required_else_help = true,
    after_help = "Exit codes: 0 yes or done, 1 no, 2 usage, 3 cannot tell, 4 cannot reach or read, \
                  5 refused by the node, 70 a fault of the program. Of many inputs the worst counts.\n\n\
                  Example: is certificate SP-2024-117 recognised in Japan for HS 8544.49?\n  \
                  comity check --node https://nqi.example.se SP-2024-117 --in JP --hs 8544.49"
)]
pub(crate) struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Command,
}

/// Options of every command.
#[derive(Args, Debug)]
#[command(next_help_heading = "Options of every command")]
struct Globals {
    /// The node to ask, such as `https://nqi.example.se`
    #[arg(long, value_name = "URL", global = true, env = "COMITY_NODE")]
    node: Option<String>,
    /// Form of data on stdout [default: table on a terminal, ndjson in a pipe]
    #[arg(short, long, value_name = "FORM", global = true, value_enum)]
    output: Option<Format>,
    /// When to use colour
    #[arg(long, value_name = "WHEN", global = true, value_enum, default_value_t = Colour::Auto)]
    color: Colour,
    /// Language of verdicts: en, zh-Hans, ru, ar or fr [default: that of the system's locale in
    /// tables, if it is one of these; else en]
    #[arg(
        // `language` is an option of some commands.
        id = "lang",
        long = "lang",
        value_name = "TAG",
        global = true,
        env = "COMITY_LANG",
        hide_env_values = true
    )]
    language: Option<Language>,
    /// Say nothing on stderr but errors
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Say more
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    verbose: u8,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Colour {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open a made-up world to try everything in
    Demo(demo::Options),
    /// Make a node with as many made-up records as are asked for, to try and to measure
    Generate(generate::Options),
    /// Ask the question: does this count there, on that day, and why?
    Check(Box<check::Options>),
    /// Take a verdict along in one file, with everything that it rests on
    Bundle(Box<bundle::Options>),
    /// Find records by words, numbers, standards and codes
    Search(Box<search::Options>),
    /// Count certificates, bodies, grants and suspensions, as of a day
    Statistics(Box<statistics::Options>),
    /// Show one record, its history, its proof, or its exact signed bytes
    Show(show::Options),
    /// Get the proof that a record was published, under a quorum of cosigners
    Receipt(receipt::Options),
    /// See what a country asks for a product, what answers it there, and what is missing
    Requirements(requirements::Options),
    /// See who is hit: what rests on a laboratory, a record, a report or a standard
    Impact(impact::Options),
    /// See whose certificates count where, by the arrangements held
    Matrix(matrix::Options),
    /// Find codes of the Harmonized System by words for goods
    Hs(hs::Options),
    /// Check signature and form of files, without asking anybody
    Verify(verify::Options),
    /// Make and show signing keys
    #[command(subcommand)]
    Keys(keys::Options),
    /// Start a record, or read what the world would read of it
    #[command(subcommand)]
    Record(record::Options),
    /// Sign drafts
    Sign(sign::Options),
    /// Publish signed records
    Publish(publish::Options),
    /// Commit to reports whose contents stay private
    Commit(Box<commit::Options>),
    /// Show that a report is the one committed to, or check that
    Reveal(reveal::Options),
    /// Watch a folder: sign and publish records, commit to reports, put receipts beside them
    Outbox(Box<outbox::Options>),
    /// Ask for registration (bodies), or grant, refuse, revoke it (authorities)
    #[command(subcommand)]
    Register(Box<register::Options>),
    /// Suspend, reinstate, withdraw: say what happened to records
    #[command(subcommand)]
    Status(Box<status::Options>),
    /// Warn of misuse and forged certificates, ask other authorities to confirm, answer
    #[command(subcommand)]
    Notice(Box<notice::Options>),
    /// Turn spreadsheets and public texts into signed records
    #[command(subcommand)]
    Import(import::Options),
    /// Audit a log from outside
    #[command(subcommand)]
    Log(log::Options),
    /// Run a node
    #[command(subcommand)]
    Node(node::Options),
    /// Follow the logs of other economies' nodes
    #[command(subcommand)]
    Peer(peer::Options),
    /// Draft, show, sign and join the key lists of a federation, offline
    #[command(subcommand)]
    Ceremony(ceremony::Options),
    /// Write a completion script for a shell
    #[command(after_help = "Example:\n  comity completions bash > /etc/bash_completion.d/comity")]
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// Runs what was asked for.
pub(crate) fn run(cli: Cli) -> Result<Exit> {
    let globals = cli.globals;
    match globals.color {
        Colour::Auto => anstream::ColorChoice::Auto,
        Colour::Always => anstream::ColorChoice::Always,
        Colour::Never => anstream::ColorChoice::Never,
    }
    .write_global();
    let format = globals.output.unwrap_or_else(Format::of_stdout);
    let context = Context {
        format,
        chosen: globals.output,
        language: (globals.language).unwrap_or_else(|| language::of_system(format)),
        node: globals.node,
        quiet: globals.quiet,
        verbose: globals.verbose,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(dispatch(cli.command, &context))
}

async fn dispatch(command: Command, context: &Context) -> Result<Exit> {
    match command {
        Command::Demo(options) => demo::run(options, context).await,
        Command::Generate(options) => generate::run(options, context).await,
        Command::Bundle(options) => bundle::run(*options, context).await,
        Command::Check(options) => check::run(*options, context).await,
        Command::Search(options) => search::run(*options, context).await,
        Command::Statistics(options) => statistics::run(*options, context).await,
        Command::Show(options) => show::run(options, context).await,
        Command::Receipt(options) => receipt::run(options, context).await,
        Command::Impact(options) => impact::run(options, context).await,
        Command::Requirements(options) => requirements::run(options, context).await,
        Command::Matrix(options) => matrix::run(options, context).await,
        Command::Hs(options) => hs::run(options, context).await,
        Command::Verify(options) => verify::run(&options, context),
        Command::Keys(options) => keys::run(options, context),
        Command::Record(options) => record::run(options, context),
        Command::Sign(options) => sign::run(&options, context),
        Command::Publish(options) => publish::run(options, context).await,
        Command::Commit(options) => commit::run(*options, context).await,
        Command::Reveal(options) => reveal::run(options, context).await,
        Command::Outbox(options) => outbox::run(*options, context).await,
        Command::Register(options) => register::run(*options, context).await,
        Command::Status(options) => status::run(*options, context).await,
        Command::Notice(options) => notice::run(*options, context).await,
        Command::Import(options) => import::run(options, context).await,
        Command::Log(options) => log::run(options, context).await,
        Command::Node(options) => node::run(options, context).await,
        Command::Peer(options) => peer::run(options, context).await,
        Command::Ceremony(options) => ceremony::run(options, context),
        Command::Completions { shell } => {
            let mut command = Cli::command();
            clap_complete::generate(shell, &mut command, "comity", &mut std::io::stdout());
            Ok(Exit::Done)
        }
    }
}
