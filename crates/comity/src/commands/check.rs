//! `comity check`: the question, for one record, a file, or many lines.

mod batch;
mod list;
mod offline;
mod photo;
mod repeat;
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use comity_model::attestation::Quantity;
use comity_model::date::{Day, Instant};
use comity_model::product::ProductCode;
use comity_model::record::{Kind, kind_of};
use comity_model::standard::StandardReference;
use comity_node::remote::Remote;
use comity_recognition::bundle::{MAX_BUNDLE_BYTES, MEDIA_TYPE};
use comity_recognition::question::ProductFacts;
use comity_signature::canonical::{self, Limits};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value, json};

use crate::asking::{self, text};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::input::{Document, Documents, STDIN, one_document, read_whole};
use crate::output::{self, Column};
use crate::words::{economy, product_code, quantity};

pub(super) use offline::is_bundle;

/// Columns by the names that their headings have in the frame.
const COLUMNS: [(&str, Column); 7] = [
    ("line", ("Line", "/line")),
    ("verdict", ("Verdict", "/verdict")),
    ("decidedBy", ("Decided by", "/decidedBy")),
    ("summary", ("Summary", "/summary /problem/detail")),
    ("until", ("Until", "/validUntil")),
    ("reference", ("Reference", "/reference")),
    ("notices", ("Notices", "/notices/total")),
];

/// What is asked.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    comity check --node https://nqi.example.se SP-2024-117 --in JP --on 2024-05-01 --hs 8544.49 --explain\n  \
    comity check --node https://nqi.example.se signed.json --in JP\n  \
    comity check --node https://nqi.example.se photo.jpg --in JP\n  \
    cut -f1 list.txt | comity check --node https://nqi.example.se - --in JP -o csv > answers.csv\n  \
    comity check --node https://nqi.example.se list.csv --in JP -o csv > answers.csv\n  \
    comity check --node https://nqi.example.se list.csv --in JP --changed-since answers.csv\n  \
    comity check --node https://nqi.example.se SP-2024-117 --in JP -o json > verdict.json\n  \
    comity check --node https://nqi.example.se --repeat verdict.json\n  \
    comity check SP-2024-117.comity.ndjson --offline --policy mine.toml\n\n\
    Exit codes: 0 recognised, 1 not recognised or results only, 3 cannot tell, 4 a bundle that is\n\
    refused, a row of a list or a photo that cannot be read. Of many the worst. With --changed-since: 0 nothing\n\
    changed, 1 something did.")]
pub(crate) struct Options {
    /// Certificate number, id, digest, link, or a file: a record, a photo of a certificate's QR code
    /// (JPEG or PNG), or a list in CSV with a column number, and perhaps issuer, product, place and
    /// day; - reads one a line from stdin
    what: Option<String>,
    /// The economy where it is to count
    #[arg(long = "in", value_name = "CODE", value_parser = economy)]
    destination: Option<String>,
    /// The legal day [default: today]
    #[arg(long, value_name = "DATE")]
    on: Option<Day>,
    #[command(flatten)]
    product: Product,
    /// DID of the issuer, its identifier in the register, or its name, where a number is not unique
    #[arg(long, value_name = "ID")]
    issuer: Option<String>,
    /// Judge by what was known at that moment, such as 2026-01-01T00:00:00Z [default: now]
    #[arg(long, value_name = "INSTANT")]
    known_at: Option<Instant>,
    /// Your own file number; the answer repeats it
    #[arg(long, value_name = "NUMBER")]
    file: Option<String>,
    /// List every step with its reason and evidence
    #[arg(long)]
    explain: bool,
    /// What if this unsigned draft were published? Nothing is stored
    #[arg(long, value_name = "DRAFT")]
    assume: Vec<String>,
    /// Ask again what this verdict answered, with the evidence of then; exit 0 if the answer is
    /// the same
    #[arg(long, value_name = "VERDICT")]
    repeat: Option<String>,
    /// Judge a bundle (comity bundle) from itself alone, without any network
    #[arg(long, requires = "policy")]
    offline: bool,
    /// With --offline: whose evidence you believe (docs/policy.md)
    #[arg(long, value_name = "FILE", requires = "offline")]
    policy: Option<PathBuf>,
    /// Of a list, show only the rows whose result or reason is another than in this file, which an
    /// earlier check of the list wrote with -o csv
    #[arg(long, value_name = "OLD.csv", conflicts_with_all = ["repeat", "offline"])]
    changed_since: Option<String>,
    /// With --repeat: use the evidence of now, and name the step that differs
    #[arg(long, requires = "repeat")]
    against_now: bool,
}

/// What is known of the product.
#[derive(Args, Debug)]
pub(super) struct Product {
    /// HS code, such as 8544.49
    #[arg(long, value_name = "CODE")]
    hs: Vec<String>,
    /// Edition of the HS, such as 2022
    #[arg(long, value_name = "YEAR", requires = "hs")]
    hs_edition: Option<String>,
    /// A code with its classification, and its edition if one is said, such as HS@2017:8544.49 or
    /// UNSPSC:52141500
    #[arg(long, value_name = "CODE", value_parser = product_code)]
    code: Vec<ProductCode>,
    /// Model number; several with commas or semicolons of any script between them
    #[arg(long)]
    model: Option<String>,
    /// GTIN
    #[arg(long)]
    gtin: Option<String>,
    /// Serial number
    #[arg(long)]
    serial: Option<String>,
    /// Lot or batch
    #[arg(long)]
    lot: Option<String>,
    /// How much of it, with a UCUM unit, such as "40 kg"
    #[arg(long, value_parser = quantity)]
    quantity: Option<Quantity>,
    /// Name of the holder
    #[arg(long)]
    holder: Option<String>,
    /// Name of the manufacturer
    #[arg(long)]
    manufacturer: Option<String>,
    /// Name of the factory
    #[arg(long)]
    factory: Option<String>,
    /// Day of issue as the paper prints it: with it, and --issuer, an invented number can be told
    #[arg(long, value_name = "DATE")]
    issued_on: Option<Day>,
    /// Standard that it must fulfil, such as "IEC 60335-1:2020"
    #[arg(long)]
    standard: Option<String>,
    /// Number of the certificate as the paper prints it, where the record is named otherwise
    #[arg(long)]
    number: Option<String>,
    /// Last day of validity as the paper prints it
    #[arg(long, value_name = "DATE")]
    valid_until: Option<Day>,
    /// Scope in words as the paper prints it
    #[arg(long, value_name = "TEXT")]
    scope: Option<String>,
}

impl Product {
    pub(super) fn facts(&self) -> Result<ProductFacts> {
        let code = |code: &String| {
            ProductCode::hs(code, self.hs_edition.as_deref()).ok_or_else(|| {
                Failure::usage(format!("--hs {code}: expected an HS code such as 8544.49"))
            })
        };
        let standard = |standard: &String| {
            standard
                .parse::<StandardReference>()
                .map_err(|error| Failure::usage(format!("--standard {standard}: {error}")))
        };
        Ok(ProductFacts {
            codes: {
                let codes: Result<Vec<_>, _> = self.hs.iter().map(code).collect();
                codes?.into_iter().chain(self.code.clone()).collect()
            },
            model: self.model.clone(),
            gtin: self.gtin.clone(),
            serial: self.serial.clone(),
            lot: self.lot.clone(),
            quantity: self.quantity.clone(),
            holder: self.holder.clone(),
            manufacturer: self.manufacturer.clone(),
            factory: self.factory.clone(),
            issued_on: self.issued_on,
            standard: self.standard.as_ref().map(standard).transpose()?,
            number: self.number.clone(),
            valid_until: self.valid_until,
            scope: self.scope.clone(),
        })
    }
}

pub(crate) async fn run(mut options: Options, context: &Context) -> Result<Exit> {
    if let Some(name) = options.what.as_deref().filter(|name| photo::is_photo(name)) {
        options.what = Some(photo::text(name, options.offline, context)?);
    }
    if options.offline {
        return offline::run(&options, context);
    }
    let remote = context.remote()?;
    if let Some(name) = options.what.as_deref().filter(|name| is_bundle(name)) {
        return bundle(&remote, name, &options, context).await;
    }
    let drafts = read_drafts(&options.assume)?;
    if let Some(verdict) = &options.repeat {
        let shown = options.what.as_deref().map(shown_document).transpose()?;
        let asked = repeat::Asked { drafts, shown };
        return repeat::run(&remote, verdict, asked, options.against_now, context).await;
    }
    if let Some(name) = options.what.as_deref().filter(|name| list::is_list(name)) {
        return list::run(&remote, name, &options, context).await;
    }
    if options.changed_since.is_some() {
        return Err(Failure::usage("--changed-since compares lists")
            .help("give a list: comity check LIST.csv --changed-since OLD.csv")
            .into());
    }
    let base = base_question(&options, &drafts)?;
    let questions = match options.what.as_deref() {
        Some(STDIN) => many(STDIN, &base)?,
        Some(name) if is_record_file(name) => many(name, &base)?,
        Some(name) => vec![Question::of(&with(&base, "record", json!(name)))?],
        None => vec![Question::of(&with(
            &base,
            "record",
            json!(assumed_record(&drafts)?),
        ))?],
    };
    match questions.as_slice() {
        [] => Err(Failure::usage("nothing was asked about: the input is empty").into()),
        [question] => {
            let answer = asking::post(&remote, "/v1/recognition", question).await?;
            output::value(context.format, &answer, || {
                words::words(&answer, options.explain, context.language)
            })?;
            Ok(exit_of(&answer))
        }
        questions => batch::batch(&remote, questions, context).await,
    }
}

/// Has a node judge a bundle, under the node's policy.
async fn bundle(remote: &Remote, name: &str, options: &Options, context: &Context) -> Result<Exit> {
    let path = "/v1/recognition";
    let body = read_whole(name, MAX_BUNDLE_BYTES as u64)?;
    let answer = remote.post(path, MEDIA_TYPE, body).await?;
    let answer = asking::json(remote, path, &answer)?;
    output::value(context.format, &answer, || {
        words::words(&answer, options.explain, context.language)
    })?;
    Ok(exit_of(&answer))
}

/// A question as it is sent. What files hold stands in it as it was written: a signed record that
/// is written anew (`1e+21`, escapes) is no longer what was signed.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
struct Question(BTreeMap<String, Box<RawValue>>);

impl Question {
    fn of(question: &Value) -> Result<Self> {
        let members = question.as_object().into_iter().flatten();
        let members = members.map(|(name, value)| Ok((name.clone(), to_raw_value(value)?)));
        Ok(Self(members.collect::<Result<_>>()?))
    }

    fn with(mut self, name: &str, value: Box<RawValue>) -> Self {
        self.0.insert(name.to_owned(), value);
        self
    }

    /// The question on one line. Texts hold no line ends (RFC 8259, section 7); what stands
    /// between tokens may.
    fn line(&self) -> Result<String> {
        Ok(serde_json::to_string(self)?.replace(['\n', '\r'], " "))
    }
}

/// The question without what it is about.
fn base_question(options: &Options, drafts: &[Value]) -> Result<Value> {
    let Some(destination) = &options.destination else {
        return Err(Failure::usage("it is not said where it is to count")
            .help("name the economy with --in, such as --in JP")
            .into());
    };
    let mut question = with(&extras(options, drafts), "in", json!(destination));
    let optional = [
        ("on", options.on.map(|day| json!(day))),
        (
            "issuer",
            options.issuer.as_ref().map(|issuer| json!(issuer)),
        ),
    ];
    for (name, value) in optional {
        if let Some(value) = value {
            question = with(&question, name, value);
        }
    }
    let facts = options.product.facts()?;
    if !facts.is_empty() {
        question = with(&question, "product", serde_json::to_value(facts)?);
    }
    Ok(question)
}

/// What holds for every question of a run.
fn extras(options: &Options, drafts: &[Value]) -> Value {
    let mut question = json!({});
    let optional = [
        ("knownAt", options.known_at.map(|at| json!(at))),
        ("fileNumber", options.file.as_ref().map(|file| json!(file))),
        ("assume", (!drafts.is_empty()).then(|| json!(drafts))),
    ];
    for (name, value) in optional {
        if let Some(value) = value {
            question = with(&question, name, value);
        }
    }
    question
}

/// `question` with one member more.
pub(super) fn with(question: &Value, name: &str, value: Value) -> Value {
    let mut members: Map<String, Value> = question.as_object().cloned().unwrap_or_default();
    members.insert(name.to_owned(), value);
    Value::Object(members)
}

/// Drafts as JSON objects.
fn read_drafts(names: &[String]) -> Result<Vec<Value>> {
    let mut drafts = Vec::new();
    for name in names {
        for document in Documents::open(name)? {
            drafts.push(parsed(name, &document?)?);
        }
    }
    Ok(drafts)
}

fn parsed<T: DeserializeOwned>(name: &str, document: &Document) -> Result<T> {
    serde_json::from_slice(&document.bytes).map_err(|error| {
        Failure::unreadable(format!(
            "{name}:{}: no JSON document: {error}",
            document.line
        ))
        .into()
    })
}

/// Where nothing else is asked about: the attestation among the drafts.
fn assumed_record(drafts: &[Value]) -> Result<String> {
    let attestation = drafts.iter().find(|draft| {
        let bytes = serde_json::to_vec(draft).unwrap_or_default();
        kind_of(&bytes) == Ok(Kind::Attestation)
    });
    let id = attestation.map(|draft| text(draft, "/id").to_owned());
    id.ok_or_else(|| {
        Failure::usage("it is not said what to check")
            .help("give a certificate number, an id, or a file")
            .into()
    })
}

/// Whether `name` is a file that holds a JSON document; a certificate number rarely is one.
fn is_record_file(name: &str) -> bool {
    Path::new(name).is_file()
        && one_document(name).is_ok_and(|document| document.bytes.starts_with(b"{"))
}

/// A document to be shown with the question.
fn shown_document(name: &str) -> Result<Box<RawValue>> {
    parsed(name, &one_document(name)?)
}

/// One question for each line: a record, a question of its own, or the name of a record.
fn many(name: &str, base: &Value) -> Result<Vec<Question>> {
    let mut questions = Vec::new();
    for document in Documents::open(name)? {
        let document = document?;
        if !document.bytes.starts_with(b"{") {
            // A text of several lines is a list of names.
            for line in String::from_utf8_lossy(&document.bytes).lines() {
                let line = line.trim();
                if !line.is_empty() {
                    questions.push(Question::of(&with(base, "record", json!(line)))?);
                }
            }
            continue;
        }
        questions.push(of_line(name, &document, base)?);
    }
    Ok(questions)
}

fn of_line(name: &str, document: &Document, base: &Value) -> Result<Question> {
    let value: Value = parsed(name, document)?;
    let question = Question::of(base)?;
    if value.get("credentialSubject").is_none() {
        // A question of its own, where the options fill in what it leaves open.
        let members: BTreeMap<String, Box<RawValue>> = parsed(name, document)?;
        let question = members
            .into_iter()
            .fold(question, |question, (name, value)| {
                question.with(&name, value)
            });
        return Ok(question);
    }
    if canonical::check(&document.bytes, &Limits::default()).is_err() {
        let what = format!(
            "{name}:{}: the record is not in canonical form, so its signature cannot hold",
            document.line
        );
        return Err(Failure::no(what)
            .help("ask about the file as it was signed; for an unsigned draft use --assume")
            .into());
    }
    let id = to_raw_value(&value.get("id"))?;
    Ok(question
        .with("record", id)
        .with("document", parsed(name, document)?))
}

/// The name of the step that decided; answers give its number.
pub(super) fn decisive(answer: &Value) -> &str {
    match answer.get("decisiveStep") {
        Some(Value::String(name)) => name,
        Some(number) => {
            let steps = answer.get("steps").and_then(Value::as_array);
            let number = number.as_u64();
            let found = steps
                .into_iter()
                .flatten()
                .find(|step| step.get("n").and_then(Value::as_u64) == number && number.is_some());
            found.map(|step| text(step, "/step")).unwrap_or_default()
        }
        None => "",
    }
}

/// Exit code of an answer (format.md 4.2).
pub(super) fn exit_of(answer: &Value) -> Exit {
    match text(answer, "/verdict") {
        "recognised" | "recognisedWithConditions" => Exit::Done,
        "resultsOnly" | "notRecognised" => Exit::No,
        "cannotTell" => Exit::CannotTell,
        _ => answer
            .pointer("/problem/status")
            .and_then(Value::as_u64)
            .and_then(|status| u16::try_from(status).ok())
            .map_or(Exit::Unreachable, asking::exit_of_status),
    }
}

#[cfg(test)]
mod tests;
