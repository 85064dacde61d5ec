//! The answer: a result, and every step that led to it.

use std::collections::BTreeMap;

use comity_model::arrangement::Degree;
use comity_model::date::{Day, Instant};
use comity_model::party::Contact;
use comity_model::reference::{Identity, RecordReference};
use comity_model::text::{LangString, projected};
use comity_signature::{canonical, digest};
use serde::{Serialize, Serializer};
use serde_json::json;

pub use crate::code::{Code, Outcome, StepName};
use crate::evidence::{Digest, HeldSummary};
pub use crate::import_rule::Gap;
use crate::paper::Compared;
use crate::question::Question;
use crate::standing_now::RecordState;

/// An answer. [`Verdict::canonical_bytes`] are what is compared byte for byte; everything else
/// serves reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// The question as resolved.
    pub question: Question,
    /// SHA-256 of the policy, in hex.
    #[serde(serialize_with = "hex_digest")]
    pub policy_digest: Digest,
    /// The answer in one word.
    pub result: VerdictResult,
    /// How far it goes.
    pub extent: Extent,
    /// What the destination undertakes, where it recognises.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub degree: Option<Degree>,
    /// On whose word it rests.
    pub basis: Basis,
    /// The steps, in the order of [`StepName::ALL`]; some only where they have something to say.
    pub steps: Vec<Step>,
    /// The step that decided.
    pub decisive_step: StepName,
    /// What was asked of the product, each beside what the record says; none where no record was
    /// compared.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub paper: Vec<Compared>,
    /// The last legal day on which the same evidence gives the same answer, where one is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Day>,
    /// Of a question about a past day: that the record has ended or been suspended since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub later: Option<Later>,
    /// The logs it rests on, sorted by origin.
    pub heads: Vec<HeadUsed>,
    /// The record judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub judged: Option<Judged>,
    /// The chapters tried, the best first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<Path>,
    /// What is still to be done in the destination, as the chapter and the destination put it:
    /// language tag and text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<(String, String)>,
    /// What the destination's own rules still ask for, each with its rule.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<Gap>,
    /// Where the policy made less of the answer than the destination does.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub policy_notes: Vec<Code>,
    /// Events by those not entitled: shown, never counted. In hex.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "hex_digests")]
    pub ignored: Vec<Digest>,
    /// The records that fit, where several do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Identity>,
    /// What is held of the issuer, where the record is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_of_issuer: Option<HeldSummary>,
    /// It rests on an unsigned draft laid over the evidence.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hypothetical: bool,
}

/// The record that was judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Judged {
    /// Its full name; absent where it cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity: Option<Identity>,
    /// SHA-256 of its bytes, in hex.
    #[serde(serialize_with = "hex_digest")]
    pub record_digest: Digest,
    /// Its number as printed, where it can be read.
    #[serde(skip)]
    pub number: Option<String>,
}

/// What became of a record after the day that was asked about, as known at the time of the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Later {
    /// Its state on the day of `knownAt`.
    pub state: RecordState,
    /// The first day of that state, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
}

/// The answer in one word (format.md 4.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum VerdictResult {
    Recognised,
    RecognisedWithConditions,
    ResultsOnly,
    CannotTell,
    NotRecognised,
}

/// How far recognition goes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Extent {
    /// In full.
    Full,
    /// Up to this level, in words: `EAL2`.
    CappedAt(String),
}

/// On whose word recognition rests, from the strongest to none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Basis {
    /// The destination's own authority signed the arrangement or its participation.
    DestinationSigned,
    /// Other parties or the secretariat signed; the destination itself did not.
    PartiesSigned,
    /// A public text, as transcribed by somebody the policy names.
    Transcribed,
    /// Nothing.
    None,
}

/// One check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Which check.
    pub step: StepName,
    /// What it came to.
    pub outcome: Outcome,
    /// Why.
    pub code: Code,
    /// Record digests it rests on, in hex, sorted.
    #[serde(serialize_with = "hex_digests")]
    pub evidence: Vec<Digest>,
    /// What the sentence fills in: dates, names, levels, words of the record.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: Facts,
    /// Those of the facts that are texts of records, in every language they were given in; the facts
    /// have them in English or as they stand first.
    #[serde(skip)]
    pub texts: Texts,
    /// What identifiers among the facts stand for.
    #[serde(skip)]
    pub names: Names,
    /// Who can settle it, wherever it is not passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Next>,
    /// As known at.
    pub as_of: Instant,
    /// The day asked about was past by then: the sentence speaks of that day.
    #[serde(skip)]
    pub past: bool,
}

/// Arguments of a sentence, by name.
pub type Facts = BTreeMap<&'static str, String>;

/// The fact of the step `product` that lists what the paper and the record differ in, as names of
/// [`crate::paper::Field`].
pub(crate) const DIFFERS: &str = "differs";

/// Texts of records by the name of the fact they stand for.
pub type Texts = BTreeMap<&'static str, Vec<LangString>>;

/// What the identifiers of a fact stand for, by the name of the fact.
pub type Names = BTreeMap<&'static str, Name>;

/// What an identifier stands for, as records say that count. Sentences take it; no verdict rests on
/// it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// Parties, each by its DID with its names, which are empty where none are known. A sentence has
    /// the DID after the name.
    Parties(Vec<(String, LangString)>),
    /// A record, by its number as printed or else its title, in the place of its identifier.
    Record(String),
    /// A record that the evidence does not have: whoever holds it may name it. A sentence has its
    /// identifier.
    Reference(RecordReference),
}

/// Texts one after the other, each in `lang` or else as it stands first, and each once.
pub(crate) fn joined(texts: &[LangString], lang: &str) -> String {
    let mut said: Vec<String> = Vec::new();
    for text in texts.iter().filter_map(|text| text.in_language(lang)) {
        let text = projected(text);
        if !said.contains(&text) {
            said.push(text);
        }
    }
    said.join("; ")
}

/// Who can settle a step. What to ask is [`crate::wording::ask`] of the step's code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Next {
    /// In which part: issuer, authority, grantor, destination, and so on.
    pub who: Who,
    /// DID, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub did: Option<String>,
    /// Name, where one is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The same in every language known.
    #[serde(skip)]
    pub names: LangString,
    /// The office to ask, as its registration, its terms or its rule says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// What to ask, in English.
    pub ask: String,
}

/// In which part somebody can settle a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Who {
    /// Who issued the record.
    #[default]
    Issuer,
    /// The authority that registered the issuer.
    Authority,
    /// Who granted the competence relied on.
    Grantor,
    /// Who made a report that it rests on.
    Laboratory,
    /// Whoever published the standard.
    StandardsBody,
    /// The authority of the destination.
    Destination,
    /// The body that takes the record over.
    Successor,
    /// Who imported or transcribed it.
    Importer,
    /// The operator of the log.
    LogOperator,
    /// The secretariat or the signers of the arrangement.
    Secretariat,
    /// Whoever keeps the policy that was applied.
    PolicyKeeper,
    /// Who holds the certificate.
    Holder,
    /// Who signs the list of the federation.
    Keyholders,
    /// The asker.
    Asker,
}

/// A log position the verdict rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct HeadUsed {
    /// Origin.
    pub origin: String,
    /// Size.
    pub size: u64,
    /// Root hash, in hex.
    #[serde(serialize_with = "hex_digest")]
    pub root: Digest,
}

/// A chapter that was tried, and what it came to by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Path {
    /// DID of the authority under which the arrangement is published.
    pub authority: String,
    /// `<arrangement id>/<chapter id>`.
    pub chapter: String,
    /// Its version.
    pub version: u64,
    /// What it would give.
    pub result: VerdictResult,
    /// How far.
    pub extent: Extent,
    /// What the destination undertakes.
    pub degree: Degree,
    /// On whose word.
    pub basis: Basis,
    /// Why.
    pub code: Code,
}

impl Verdict {
    /// What is compared byte for byte: canonical JSON of the members that format.md 4.1 names.
    pub fn canonical_bytes(&self) -> Vec<u8> {
        let mut question = self.question.clone();
        question.file_number = None;
        let steps: Vec<_> = (self.steps.iter())
            .map(|step| {
                json!({
                    "step": step.step,
                    "outcome": step.outcome,
                    "code": step.code,
                    "evidence": step.evidence.iter().map(hex::encode).collect::<Vec<_>>(),
                })
            })
            .collect();
        let value = json!({
            "question": question,
            "policyDigest": digest::to_hex(&self.policy_digest),
            "result": self.result,
            "extent": self.extent,
            "degree": self.degree,
            "basis": self.basis,
            "steps": steps,
            "decisiveStep": self.decisive_step,
            "heads": self.heads,
        });
        canonical::to_canonical(&value).unwrap_or_default()
    }

    /// Twenty letters that name this answer: the start of the digest over question, policy and
    /// evidence positions.
    pub fn reference(&self) -> String {
        let mut question = self.question.clone();
        question.file_number = None;
        let value = json!({
            "question": question,
            "policyDigest": digest::to_hex(&self.policy_digest),
            "judged": self.judged.as_ref().map(|judged| hex::encode(judged.record_digest)),
            "heads": self.heads,
        });
        let bytes = canonical::to_canonical(&value).unwrap_or_default();
        let mut reference = digest::to_hex(&digest::sha256(&bytes));
        reference.truncate(20);
        reference
    }

    /// The step of that name.
    pub fn step(&self, name: StepName) -> Option<&Step> {
        self.steps.iter().find(|step| step.step == name)
    }
}

pub(crate) fn hex_digest<S: Serializer>(digest: &Digest, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&hex::encode(digest))
}

fn hex_digests<S: Serializer>(digests: &[Digest], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(digests.iter().map(hex::encode))
}
