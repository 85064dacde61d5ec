//! `comity reveal --check`: step by step, that a content is the one committed to.

mod receipt;
#[cfg(test)]
mod tests;

use std::path::Path;

use anyhow::Result;
use comity_model::commitment::CommittedReport;
use comity_model::number::normalise;
use comity_model::record::{Record, Subject};
use comity_node::config::read_policy;
use comity_node::remote::Remote;
use comity_signature::canonical::{self, Limits};
use comity_signature::commitment::committed;
use comity_signature::data_integrity;
use comity_signature::digest::{from_hex, record_digest, sha256, to_hex};
use serde_json::{Value, json};

use crate::asking::{self, items, record_path, text};
use crate::commitments::list::MAX_REPORT_BYTES;
use crate::commitments::opening_file::OpeningFile;
use crate::context::Context;
use crate::exit::Exit;
use crate::input::read_whole;
use crate::output::{self, add};

/// What is asked.
pub(super) struct Asked<'a> {
    /// The report.
    pub(super) report: &'a str,
    /// The file that is said to open it.
    pub(super) opening: &'a str,
    /// The laboratory it must be of.
    pub(super) laboratory: Option<&'a str>,
    /// The policy to check by, without a node.
    pub(super) policy: Option<&'a Path>,
}

/// Whether a step holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Held {
    Yes,
    No,
    CannotTell,
}

impl Held {
    fn word(self) -> &'static str {
        match self {
            Self::Yes => "holds",
            Self::No => "fails",
            Self::CannotTell => "cannotTell",
        }
    }

    fn exit(self) -> Exit {
        match self {
            Self::Yes => Exit::Done,
            Self::No => Exit::No,
            Self::CannotTell => Exit::CannotTell,
        }
    }
}

/// One check and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    name: &'static str,
    held: Held,
    words: String,
}

impl Step {
    fn new(name: &'static str, held: Held, words: impl Into<String>) -> Self {
        let words = words.into();
        Self { name, held, words }
    }

    fn of(name: &'static str, result: Result<String, String>) -> Self {
        match result {
            Ok(words) => Self::new(name, Held::Yes, words),
            Err(words) => Self::new(name, Held::No, words),
        }
    }
}

/// When and where the commitment was logged, as far as it is known, and the steps that say so.
struct Logged {
    steps: [Step; 2],
    at: Option<String>,
}

pub(super) async fn run(asked: &Asked<'_>, context: &Context) -> Result<Exit> {
    let file = OpeningFile::read(asked.opening)?;
    let report = read_whole(asked.report, MAX_REPORT_BYTES)?;
    let remote = match (asked.policy, &context.node) {
        (None, Some(_)) => Some(context.remote()?),
        _ => None,
    };
    let record = match (file.record_bytes(), &remote) {
        (Ok(None), Some(remote)) => fetched(remote, &file.record_digest).await?,
        (read, _) => read,
    };
    let mut steps = vec![content(&file, asked.report, &report)];
    steps.extend(of_record(&file, &record, asked.laboratory));
    let logged = match (&record, asked.policy, &remote) {
        (Ok(Some(record)), Some(policy), _) => {
            receipt::logged(record, file.receipt.as_deref(), &read_policy(policy)?)
        }
        (Ok(Some(record)), None, Some(remote)) => logged_at(remote, record).await?,
        _ => nobody_asked(),
    };
    let at = logged.at;
    steps.extend(logged.steps);
    answer(&file, &steps, at.as_deref(), asked, context)
}

fn answer(
    file: &OpeningFile,
    steps: &[Step],
    at: Option<&str>,
    asked: &Asked<'_>,
    context: &Context,
) -> Result<Exit> {
    let exit = (steps.iter()).fold(Exit::Done, |exit, step| exit.worst(step.held.exit()));
    let listed: Vec<Value> = steps
        .iter()
        .map(|step| json!({"step": step.name, "outcome": step.held.word(), "detail": step.words}))
        .collect();
    let opening = &file.opening;
    let proved = exit == Exit::Done;
    let shown = json!({
        "proved": proved,
        "report": asked.report,
        "number": opening.number,
        "issuedOn": opening.issued_on,
        "laboratory": opening.laboratory,
        "authority": opening.authority,
        "commitment": opening.commitment,
        "loggedAt": at,
        "steps": listed,
    });
    output::value(context.format, &shown, || {
        let mut words = String::new();
        for step in steps {
            let (held, name) = (step.held.word(), step.name);
            add(
                &mut words,
                format_args!("  {held:<10} {name:<12} {}\n", step.words),
            );
        }
        let verdict = match exit {
            Exit::Done => format!(
                "PROVED: {} had this content as report {} when its commitment to it was logged, at {}.",
                opening.laboratory,
                opening.number,
                at.unwrap_or_default(),
            ),
            Exit::No => format!(
                "NOT PROVED: {} and {} do not belong together as they should.",
                asked.report, asked.opening
            ),
            _ => "NOT PROVED YET: nothing speaks against it, but something could not be told."
                .to_owned(),
        };
        format!("{verdict}\n{words}")
    })?;
    Ok(exit)
}

/// The content is the one that the opening speaks of.
fn content(file: &OpeningFile, name: &str, report: &[u8]) -> Step {
    let digest = to_hex(&sha256(report));
    let same = digest == file.opening.content_digest;
    Step::of(
        "content",
        if same {
            Ok(format!(
                "the SHA-256 of {name} is {digest}, as the opening says"
            ))
        } else {
            Err(format!(
                "the SHA-256 of {name} is {digest}, the opening is of {}",
                file.opening.content_digest
            ))
        },
    )
}

/// The opening opens the record, and the record is signed by the laboratory.
fn of_record(
    file: &OpeningFile,
    record: &Result<Option<Vec<u8>>, String>,
    laboratory: Option<&str>,
) -> [Step; 2] {
    let bytes = match record {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            let words = "the commitment is not in the file, and no node that holds it was asked";
            let step = |name| Step::new(name, Held::CannotTell, words);
            return [step("digest"), step("signature")];
        }
        Err(why) => {
            let step =
                |name| Step::new(name, Held::No, format!("the commitment in the file: {why}"));
            return [step("digest"), step("signature")];
        }
    };
    [
        Step::of("digest", opens(file, bytes)),
        Step::of("signature", signed_by(file, bytes, laboratory)),
    ]
}

/// The salted digest stands in the record under the number.
fn opens(file: &OpeningFile, bytes: &[u8]) -> Result<String, String> {
    let opening = &file.opening;
    let committed_to = report_in(bytes, &opening.number)?;
    let hex = "expected 64 lower-case hex digits";
    let salt = from_hex(&opening.salt).ok_or(format!("the salt of the opening: {hex}"))?;
    let content = from_hex(&opening.content_digest)
        .ok_or(format!("the contentDigest of the opening: {hex}"))?;
    if committed(&salt, &content) != committed_to.digest {
        return Err(format!(
            "salted, the digest of the content is not the one that stands in {} for {}",
            opening.commitment, opening.number
        ));
    }
    if committed_to.issued_on != opening.issued_on {
        return Err(format!(
            "the commitment says that {} was issued on {}, the opening {}",
            opening.number, committed_to.issued_on, opening.issued_on
        ));
    }
    Ok(format!(
        "salted, it is the digest that stands in {} for {}, issued on {}",
        opening.commitment, opening.number, opening.issued_on
    ))
}

/// The report of that number in a commitment.
fn report_in(bytes: &[u8], number: &str) -> Result<CommittedReport, String> {
    let record = Record::check(bytes)
        .map_err(|faults| faults.first().map_or_else(String::new, ToString::to_string))?;
    let Subject::Commitment(commitment) = record.subject else {
        return Err(format!(
            "the record is a {}, not a Commitment",
            record.kind()
        ));
    };
    let wanted = normalise(number);
    let mut reports = commitment.reports.into_iter();
    reports
        .find(|report| normalise(&report.number) == wanted)
        .ok_or_else(|| format!("no report {number} stands in the commitment {}", record.id))
}

/// The record is the one that the opening names, signed by the laboratory that it names.
fn signed_by(file: &OpeningFile, bytes: &[u8], laboratory: Option<&str>) -> Result<String, String> {
    let opening = &file.opening;
    let digest = to_hex(&record_digest(bytes));
    if digest != file.record_digest {
        return Err(format!(
            "the commitment has the record digest {digest}, the opening names {}",
            file.record_digest
        ));
    }
    let document = canonical::check(bytes, &Limits::default()).map_err(|why| why.to_string())?;
    let verified = data_integrity::verify(&document).map_err(|why| why.to_string())?;
    let record = Record::check(bytes)
        .map_err(|faults| faults.first().map_or_else(String::new, ToString::to_string))?;
    let says = [
        ("id", record.id.as_str(), opening.commitment.as_str()),
        ("laboratory", &record.issuer.id, &opening.laboratory),
        ("authority", &record.comity.authority, &opening.authority),
    ];
    for (what, is, said) in says {
        if is != said {
            return Err(format!(
                "the {what} of the commitment is {is}, the opening says {said}"
            ));
        }
    }
    if let Some(wanted) = laboratory.filter(|wanted| *wanted != opening.laboratory) {
        return Err(format!("it is by {}, not by {wanted}", opening.laboratory));
    }
    let signer = verified
        .signers
        .iter()
        .find(|signer| signer.did == record.issuer.id);
    let signer = signer.ok_or(format!("{} did not sign it", record.issuer.id))?;
    Ok(format!(
        "the commitment is signed by {} with {}",
        signer.did,
        signer.key.to_multikey()
    ))
}

/// The commitment as a node holds it; nothing where it does not.
async fn fetched(remote: &Remote, digest: &str) -> Result<Result<Option<Vec<u8>>, String>> {
    if from_hex(digest).is_none() {
        let why = "the recordDigest of the opening is not 64 lower-case hex digits";
        return Ok(Err(why.to_owned()));
    }
    let path = record_path(digest, "/document");
    let answer = remote.get(&path).await?;
    match answer.status {
        404 => Ok(Ok(None)),
        200 => Ok(Ok(Some(answer.body))),
        _ => Err(asking::problem(remote, &path, &answer).into()),
    }
}

/// Where the node has it logged, and whether it counts the signature.
async fn logged_at(remote: &Remote, record: &[u8]) -> Result<Logged> {
    let path = record_path(&to_hex(&record_digest(record)), "");
    let answer = remote.get(&path).await?;
    if answer.status == 404 {
        let words = format!("{} does not hold the commitment", remote.base());
        let step = |name| Step::new(name, Held::CannotTell, words.clone());
        return Ok(Logged {
            steps: [step("log"), step("registration")],
            at: None,
        });
    }
    let view = asking::json(remote, &path, &answer)?;
    let mut places = items(&json!({"items": view.get("log")}));
    places.retain(|place| !text(place, "/loggedAt").is_empty());
    places.sort_by_key(|place| text(place, "/loggedAt").to_owned());
    let (log, at) = if let Some(place) = places.first() {
        let at = text(place, "/loggedAt").to_owned();
        let index = place.get("index").and_then(Value::as_u64).unwrap_or(0);
        let origin = text(place, "/origin");
        let words = format!("entry {index} of {origin}, logged at {at}");
        (Step::new("log", Held::Yes, words), Some(at))
    } else {
        let words = "it is logged, and not dated by enough cosigners yet";
        (Step::new("log", Held::CannotTell, words), None)
    };
    Ok(Logged {
        steps: [log, registration(&view, remote.base())],
        at,
    })
}

/// What the node makes of the signature, by the state it gives the record: one whose signer was
/// not registered for it with this key has none.
fn registration(view: &Value, node: &str) -> Step {
    let authority = text(view, "/authority");
    let (held, words) = match text(view, "/state") {
        "active" => (
            Held::Yes,
            format!("{node} counts the signature: registered under {authority}, with this key"),
        ),
        "unknown" | "" => (
            Held::CannotTell,
            format!("{node} cannot tell whether the signature counts under {authority}"),
        ),
        state => (
            Held::No,
            format!(
                "{node} holds that the commitment is {state}: comity show --history says since when"
            ),
        ),
    };
    Step::new("registration", held, words)
}

fn nobody_asked() -> Logged {
    let words =
        "nobody was asked: name a node with --node, or --policy to go by the receipt in the file";
    Logged {
        steps: [
            Step::new("log", Held::CannotTell, words),
            Step::new("registration", Held::CannotTell, words),
        ],
        at: None,
    }
}
