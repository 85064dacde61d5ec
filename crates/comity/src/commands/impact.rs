//! `comity impact`: everything that rests on a laboratory, a record, a report or a standard.

use anyhow::Result;
use clap::Args;
use comity_recognition::wording;
use serde_json::Value;

use crate::asking::{self, items};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::frame;
use crate::output::Column;

/// Columns by the names that their headings have in the frame.
const COLUMNS: [(&str, Column); 9] = [
    ("depth", ("Depth", "/depth")),
    ("how", ("How", "/relation")),
    ("number", ("Number", "/record/certificateNumber")),
    ("name", ("Name", "/record/name")),
    ("holder", ("Holder", "/record/holder")),
    (
        "issuer",
        ("Issuer", "/record/importedFrom/attributedTo /record/issuer"),
    ),
    ("state", ("State", "/record/state")),
    (
        "through",
        ("Through", "/through/certificateNumber /through/id"),
    ),
    ("record", ("Record", "/record/id")),
];

/// What is hit.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    comity impact --node https://nqi.example.se did:web:lab.example\n  \
    comity impact --node https://nqi.example.se BSI-DSZ-CC-0555-2009\n  \
    comity impact --node https://nqi.example.se TR-2026-0117 --issuer did:web:lab.example -o csv > hit.csv\n  \
    comity impact --node https://nqi.example.se --party https://register.example/bodies/7\n  \
    comity impact --node https://nqi.example.se --standard \"IEC 60335-1\"\n\n\
    A DID finds what the party issued, the certificates that rest on its reports, and those that rely on grants that it \
    gave; --party the same of a party that has no DID, by the identifier under which a register attributes rows to it; a \
    record or a number what rests on that, be it of a certificate, a grant or a report. Each certificate found is asked about in its turn, so that Depth says \
    over how many steps it is hit, and Through over which certificate. A report need not be published: its number, and \
    who gave it, are enough. What records say of themselves is taken at their word; nothing is decided by it. \
    Exit code 1 if nothing rests on it, 3 if nothing is known under that name, which is no clearance.")]
pub(crate) struct Options {
    /// DID of a party; or a record by id, digest or number; or the number of a report
    #[arg(required_unless_present_any = ["party", "standard"])]
    of: Option<String>,
    /// A party by any identifier: a DID, or the one that a register uses
    #[arg(long, value_name = "ID", conflicts_with_all = ["of", "issuer", "standard"])]
    party: Option<String>,
    /// Who gave the number: a DID, or the identifier that a register uses
    #[arg(long, value_name = "ID", requires = "of")]
    issuer: Option<String>,
    /// What names this standard, with or without edition
    #[arg(long, conflicts_with_all = ["of", "issuer"])]
    standard: Option<String>,
    /// Records at most
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    limit: u64,
}

pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    if let (Some(of), Some(_)) = (&options.of, &options.issuer)
        && of.starts_with("did:")
    {
        return Err(Failure::usage("--issuer belongs to a number, not to a DID")
            .help("leave it out, or give the number of a report or certificate")
            .into());
    }
    let remote = context.remote()?;
    let limit = options.limit.to_string();
    let mut query = vec![("limit", limit.as_str())];
    query.extend(options.of.as_deref().map(|of| ("of", of)));
    query.extend(options.party.as_deref().map(|party| ("party", party)));
    query.extend(options.issuer.as_deref().map(|of| ("issuer", of)));
    query.extend(options.standard.as_deref().map(|of| ("standard", of)));
    let answer = asking::get(&remote, "/v1/impact", &query).await?;
    let found = items(&answer);
    frame::rows(context, &answer, &found, &COLUMNS)?;
    let count = found.len().to_string();
    let doubtful = found
        .iter()
        .filter(|item| is(item, "byNumberAlone"))
        .count();
    if doubtful > 0 {
        let alone = doubtful.to_string();
        context.tell("impact-alone", &[("alone", &alone), ("found", &count)]);
    }
    if is(&answer, "cut") {
        context.tell("impact-cut", &[("found", &count)]);
    }
    Ok(ended(&answer, &found, context))
}

fn is(value: &Value, member: &str) -> bool {
    value.get(member) == Some(&Value::Bool(true))
}

/// How the run ends. Where nothing is known under the name, that is said whatever `-q` says: silence
/// would read as a clearance.
fn ended(answer: &Value, found: &[Value], context: &Context) -> Exit {
    // A node that does not say is one of before it said so.
    if answer.get("known") == Some(&Value::Bool(false)) {
        context.warn(wording::nothing_known(context.language));
        return Exit::CannotTell;
    }
    if found.is_empty() {
        context.say(wording::nothing_rests(context.language));
        return Exit::No;
    }
    Exit::Done
}

#[cfg(test)]
mod tests;
