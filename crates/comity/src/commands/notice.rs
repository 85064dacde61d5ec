//! `comity notice`: warns of misuse and forged certificates, asks another authority to confirm
//! something, answers, and lists what others have said.

mod draft;
pub(crate) mod words;

use anyhow::Result;
use clap::{Args, Subcommand};
use comity_model::date::Day;
use comity_model::notice::{ConfirmationAnswer, NoticeSort};
use comity_model::record::{PublicationBasis, Record};
use serde_json::{Value, json};

use self::draft::{about, answered, notice, record};
use crate::asking::{self, text};
use crate::commands::publish::send;
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::input::{Document, check_did};
use crate::key::{NamedKey, read_key};
use crate::output::{self, Column};
use crate::registration;
use crate::words::word;

const PUBLISHED_COLUMNS: [Column; 3] = [
    ("Outcome", "/outcome"),
    ("Notice", "/id"),
    ("Log index", "/log/index"),
];
const LIST_COLUMNS: [Column; 7] = [
    ("Since", "/knownSince"),
    ("Sort", "/sort"),
    ("By", "/by/name"),
    ("State", "/state"),
    ("Request", "/request"),
    ("Answers", "/answered"),
    ("Notice", "/id"),
];

/// What to do with notices.
#[derive(Debug, Subcommand)]
pub(crate) enum Options {
    /// Warn of a misuse or of a forged certificate
    #[command(after_help = "Examples:\n  \
        comity notice new --sort forged-certificate --number SP-2024-999 --issuer did:web:lab.example \\\n    \
        --text 'en=The laboratory has not issued a certificate of this number' \\\n    \
        --key se/keys/authority.pem --node https://nqi.example.se\n  \
        comity notice new --sort misuse --party 'Kettles of Nowhere' --text 'en=Uses the mark without a certificate' \\\n    \
        --key se/keys/authority.pem --node https://nqi.example.se --dry-run > draft.json\n\n\
        A notice is shown under every record and look-up that it touches, and decides no verdict. \
        Take one back with: comity status withdraw ID.")]
    New(New),
    /// List the notices that a node holds
    #[command(after_help = "Examples:\n  \
        comity notice list --node https://nqi.example.se --number SP-2024-999\n  \
        comity notice list --node https://nqi.example.se --since 2026-11-01 -o csv\n\n\
        A feed reader follows them at /v1/notices.atom, with the same options as parameters.")]
    List(List),
    /// Ask another authority or body to confirm something by a day
    #[command(after_help = "Example:\n  \
        comity notice request --about SP-2024-117 --to did:web:nqi.example.se --answer-by 2026-12-31 \\\n    \
        --text 'en=Please confirm that this certificate is yours' \\\n    \
        --key kz/keys/authority.pem --node https://nqi.example.kz\n\n\
        The day may pass without an answer: then everybody sees that it did.")]
    Request(Request),
    /// Answer a request for confirmation
    #[command(after_help = "Example:\n  \
        comity notice reply 01935fa0-0000-7000-8000-000000000001 --answer confirmed \\\n    \
        --text 'en=The certificate agrees with our files' \\\n    \
        --key se/keys/authority.pem --node https://nqi.example.se")]
    Reply(Reply),
    /// Respond to a notice about yourself, your record or your number
    #[command(after_help = "Example:\n  \
        comity notice respond 01935fa0-0000-7000-8000-000000000001 \\\n    \
        --text 'en=The number was printed by mistake; the paper has been called back' \\\n    \
        --key lab.pem --node https://nqi.example.se\n\n\
        Whoever a notice is about may respond, or the authority that registered it; the response \
        is shown with the notice. A body needs the kind notice in its registration.")]
    Respond(Respond),
}

/// What a warning says.
#[derive(Args, Debug)]
pub(crate) struct New {
    /// misuse or forged-certificate
    #[arg(long, value_parser = warning)]
    sort: NoticeSort,
    #[command(flatten)]
    about: About,
    #[command(flatten)]
    said: Said,
}

/// What a request asks.
#[derive(Args, Debug)]
pub(crate) struct Request {
    #[command(flatten)]
    about: About,
    /// DID of who is asked
    #[arg(long, value_name = "DID", value_parser = check_did)]
    to: String,
    /// DID of the authority that registered it, where this node does not know; its own of an
    /// authority
    #[arg(long, value_name = "DID", value_parser = check_did)]
    to_authority: Option<String>,
    /// The last day for an answer
    #[arg(long, value_name = "DATE")]
    answer_by: Day,
    #[command(flatten)]
    said: Said,
}

/// What a reply says.
#[derive(Args, Debug)]
pub(crate) struct Reply {
    /// Id or digest of the request
    notice: String,
    /// confirmed, not-confirmed or cannot-say
    #[arg(long, value_parser = word::<ConfirmationAnswer>)]
    answer: ConfirmationAnswer,
    #[command(flatten)]
    said: Said,
}

/// What a response says.
#[derive(Args, Debug)]
pub(crate) struct Respond {
    /// Id or digest of the notice
    notice: String,
    #[command(flatten)]
    said: Said,
}

/// What a notice is about.
#[derive(Args, Debug)]
struct About {
    /// Record, as the node holds it: id, digest, printed link or number; may be repeated
    #[arg(long = "about", value_name = "RECORD")]
    records: Vec<String>,
    /// Number, whether or not a record has it; may be repeated
    #[arg(long)]
    number: Vec<String>,
    /// Who is said to have given the numbers: DID, or a name if it is registered nowhere
    #[arg(long, value_name = "DID|NAME", requires = "number")]
    issuer: Option<String>,
    /// Party: DID, or a name if it is registered nowhere; may be repeated
    #[arg(long, value_name = "DID|NAME")]
    party: Vec<String>,
    /// DID of the authority that answers for issuer and parties, where this node does not know
    #[arg(long, value_name = "DID", value_parser = check_did)]
    under: Option<String>,
}

/// What every notice says, and by whom.
#[derive(Args, Debug)]
struct Said {
    /// In words, as LANG=TEXT; once for each language
    #[arg(long, value_name = "LANG=TEXT", required = true)]
    text: Vec<String>,
    /// Title [default: its sort and what it is about]
    #[arg(long)]
    title: Option<String>,
    /// On which terms the content may be used
    #[arg(long)]
    terms: Option<String>,
    /// The law it rests on
    #[arg(long)]
    legal_basis: Option<String>,
    /// Why it may be published: law, scheme-rule, client-consent or own-statement [default:
    /// own-statement, with --legal-basis law]
    #[arg(long, value_parser = word::<PublicationBasis>)]
    basis: Option<PublicationBasis>,
    /// Key file of who says so
    #[arg(long, value_name = "PEM")]
    key: String,
    /// DID of the authority that registered the signer, where there are several
    #[arg(long, value_name = "DID", value_parser = check_did)]
    authority: Option<String>,
    /// Write the unsigned draft to stdout and publish nothing
    #[arg(long)]
    dry_run: bool,
}

/// Which notices.
#[derive(Args, Debug)]
pub(crate) struct List {
    /// That touch this record: id or digest
    #[arg(long, value_name = "RECORD", group = "what")]
    about: Option<String>,
    /// That touch this number, whether or not a record has it
    #[arg(long, group = "what")]
    number: Option<String>,
    /// With --number: DID of who is said to have given it
    #[arg(long, value_name = "DID", requires = "number")]
    issuer: Option<String>,
    /// That are about this party
    #[arg(long, value_name = "DID", group = "what")]
    party: Option<String>,
    /// That this party signed
    #[arg(long, value_name = "DID")]
    by: Option<String>,
    /// That the node has held since this day
    #[arg(long, value_name = "DATE")]
    since: Option<Day>,
    /// The day as of which states are told [default: today]
    #[arg(long, value_name = "DATE")]
    on: Option<Day>,
}

/// A sort that stands by itself.
fn warning(text: &str) -> Result<NoticeSort, String> {
    match word(text) {
        Ok(sort @ (NoticeSort::Misuse | NoticeSort::ForgedCertificate)) => Ok(sort),
        _ => Err(
            "expected misuse or forged-certificate; the others have commands of their own: \
             request, reply, respond"
                .to_owned(),
        ),
    }
}

pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    let remote = context.remote()?;
    let (said, subject) = match options {
        Options::List(options) => return list(&options, context).await,
        Options::New(options) => {
            let about = about(&remote, &options.about).await?;
            let subject = notice(options.sort, about, &options.said);
            (options.said, subject)
        }
        Options::Request(options) => {
            let about = about(&remote, &options.about).await?;
            let mut subject = notice(NoticeSort::ConfirmationRequest, about, &options.said);
            let to = draft::reference(&remote, &options.to, options.to_authority.as_deref());
            subject.addressee = Some(to.await?);
            subject.answer_by = Some(options.answer_by);
            (options.said, subject)
        }
        Options::Reply(options) => {
            let sort = NoticeSort::ConfirmationReply;
            let mut subject = answered(&remote, &options.notice, sort, &options.said).await?;
            subject.answer = Some(options.answer);
            (options.said, subject)
        }
        Options::Respond(options) => {
            let sort = NoticeSort::Response;
            let subject = answered(&remote, &options.notice, sort, &options.said).await?;
            (options.said, subject)
        }
    };
    let key = read_key(&said.key)?;
    let by = asking::signer_of(&remote, &key.did, said.authority.as_deref()).await?;
    let record = record(&by, &said, subject, context.now())?;
    publish(&record, &key, said.dry_run, context).await
}

async fn publish(
    record: &Record,
    key: &NamedKey,
    dry_run: bool,
    context: &Context,
) -> Result<Exit> {
    // Signed in either case, so that a broken rule is found before anything is shown.
    let bytes = registration::signed(record, &key.did, &key.key)?;
    if dry_run {
        output::line(&serde_json::to_string_pretty(&record.to_value())?)?;
        context.say("A draft; nothing was published. Sign it with: comity sign");
        return Ok(Exit::Done);
    }
    let answers = send(&context.remote()?, vec![Document { line: 1, bytes }]).await?;
    answers.stopped?;
    let mut rows = Vec::new();
    for sent in answers.sent {
        if !sent.is_acknowledged() {
            let what = format!("the node refuses the notice: {}", sent.refusal());
            return Err(Failure::refused(what)
                .help("a body needs the kind notice in its registration: comity register request --help")
                .into());
        }
        rows.push(sent.answer);
    }
    output::rows(
        context.format,
        &json!({"items": rows}),
        &rows,
        &PUBLISHED_COLUMNS,
    )?;
    Ok(Exit::Done)
}

async fn list(options: &List, context: &Context) -> Result<Exit> {
    let remote = context.remote()?;
    let since = options.since.map(|day| day.to_string());
    let on = options.on.map(|day| day.to_string());
    let query = [
        ("about", &options.about),
        ("number", &options.number),
        ("issuer", &options.issuer),
        ("party", &options.party),
        ("by", &options.by),
        ("since", &since),
        ("on", &on),
    ];
    let query: Vec<(&str, &str)> = (query.iter())
        .filter_map(|(name, value)| value.as_deref().map(|value| (*name, value)))
        .chain([("limit", "100")])
        .collect();
    let mut items: Vec<Value> = Vec::new();
    asking::all_pages(&remote, "/v1/notices", &query, &mut |page| {
        items.extend(page);
        Ok(())
    })
    .await?;
    let rows: Vec<Value> = items.iter().map(row).collect();
    output::rows(
        context.format,
        &json!({"items": items}),
        &rows,
        &LIST_COLUMNS,
    )?;
    if items.is_empty() {
        context.say("The node holds no such notice.");
    }
    Ok(Exit::Done)
}

/// A notice as a line of a table: with how it was answered in one word.
fn row(item: &Value) -> Value {
    let mut row = item.clone();
    let answers = item.get("answers").and_then(Value::as_array);
    let words: Vec<&str> = (answers.into_iter().flatten())
        .map(|answer| match text(answer, "/answer") {
            "" => "response",
            word => word,
        })
        .collect();
    row["answered"] = words.join(", ").into();
    row
}
