//! A verdict as an answer: its words, its links, who computed it.

use std::collections::BTreeMap;

use comity_model::text::projected;
use comity_node::{beside, recognise};
use comity_recognition::code::{Outcome, StepName};
use comity_recognition::paper::Compared;
use comity_recognition::verdict::{Later, Next, Step, Verdict, VerdictResult};
use comity_recognition::wording::{self, Language, Style};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::notices::Notices;

/// The answer to a question: a verdict with every step that led to it. "No" and "cannot tell" are
/// answers like "yes".
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// The answer in one word.
    #[schema(value_type = VerdictWord)]
    pub verdict: VerdictResult,
    /// The answer in one sentence.
    pub summary: String,
    /// Why, in a sentence: that of the check that decided; and in a second one what of the paper
    /// differs from the record, whichever check decided.
    pub because: String,
    /// Language of the sentences, of those that `Accept-Language` names (BCP 47).
    #[schema(value_type = LanguageTag)]
    pub language: &'static str,
    /// The question, with everything resolved that was left open.
    #[schema(value_type = Object)]
    pub question: Value,
    /// How far it goes: `"full"`, or `{"cappedAt": "EAL4"}`.
    #[schema(value_type = ExtentWord)]
    pub extent: Value,
    /// What the destination undertakes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub degree: Option<Value>,
    /// On whose word it rests: `destinationSigned`, `partiesSigned`, `transcribed`, `none`.
    #[schema(value_type = String)]
    pub basis: Value,
    /// Every check, in order.
    pub steps: Vec<AnsweredStep>,
    /// Number `n` of the check that decided.
    #[schema(minimum = 0)]
    pub decisive_step: usize,
    /// The last legal day on which the same evidence gives the same answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_until: Option<comity_model::date::Day>,
    /// Of a question about a past day: that the record has ended or been suspended since, with its
    /// `state` now, and the first day of that (`from`) where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub later: Option<Later>,
    /// The same in a sentence.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub later_in_words: String,
    /// The logs it rests on: origin, size, root.
    #[schema(value_type = Vec<Object>)]
    pub heads: Value,
    /// SHA-256 of the policy that was applied, in hex.
    pub policy_digest: String,
    /// The record judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub judged: Option<Value>,
    /// What was asked of the product and of the paper, each beside what the record says: `field`,
    /// `paper`, `record`, how many values `more` the record has, and the `mark` (`same`, `covered`,
    /// `differs`, `reading`, `notSaid`), with the code of `why` where that is not seen:
    /// `product.numberDivided`, `product.hiddenCharacters`, `product.otherAlphabet`. None where no
    /// record was compared.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Object>)]
    pub paper: Vec<Compared>,
    /// The chapters tried, the best first.
    #[schema(value_type = Vec<Object>)]
    pub paths: Value,
    /// What is still to be done in the destination.
    pub conditions: Vec<Condition>,
    /// What the destination's own rules still ask for, each with its rule.
    #[schema(value_type = Vec<Object>)]
    pub gaps: Value,
    /// Where the policy made less of the answer than the destination does.
    #[schema(value_type = Vec<String>)]
    pub policy_notes: Value,
    /// Events that are shown and do not count, by record digest.
    pub ignored: Vec<Evidence>,
    /// The records that fit, where several do.
    #[schema(value_type = Vec<Object>)]
    pub candidates: Value,
    /// What is held of the issuer, where the record is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub held_of_issuer: Option<Value>,
    /// It rests on an unsigned draft laid over the evidence.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hypothetical: bool,
    /// DID of the authority whose node computed it.
    pub computed_by: String,
    /// Twenty letters that name this answer.
    pub reference: String,
    /// SHA-256 of the bytes that are the same whenever it is repeated, in hex.
    pub verdict_digest: String,
    /// Of a bundle: seconds since what it knows was known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age_seconds: Option<i64>,
    /// The notices that touch the record, or the number where no record is held. They stand beside
    /// the verdict and decide nothing of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notices: Option<Notices>,
    /// Numbers known here that the number asked about looks like, with letters of another alphabet,
    /// where no record is held.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub looks_like: Vec<LooksLike>,
    /// What a verdict is and is not.
    pub legal_notice: String,
    /// Made-up world: nothing here is real.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub demo: bool,
}

/// A number that another one looks like, with letters of another alphabet.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LooksLike {
    /// As it is printed.
    pub number: String,
    /// The alphabets of the letters that are others than in it: `latin`, `cyrillic`, `greek`.
    #[schema(value_type = Vec<String>)]
    pub alphabets: Vec<&'static str>,
    /// A warning about it is in force.
    pub warned: bool,
}

impl From<beside::LooksLike> for LooksLike {
    fn from(one: beside::LooksLike) -> Self {
        Self {
            number: projected(&one.number),
            alphabets: one.alphabets.iter().map(|one| one.name()).collect(),
            warned: one.warned,
        }
    }
}

/// One check.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AnsweredStep {
    /// Its number, from 1.
    #[schema(minimum = 1)]
    pub n: usize,
    /// Which check.
    #[schema(value_type = StepWord)]
    pub step: StepName,
    /// What is checked, as a question.
    pub question: &'static str,
    /// What it came to.
    #[schema(value_type = OutcomeWord)]
    pub outcome: Outcome,
    /// Why, from the closed list.
    #[schema(value_type = CodeWord)]
    pub code: &'static str,
    /// Why, in a sentence.
    pub because: String,
    /// The records it rests on.
    pub evidence: Vec<Evidence>,
    /// Who can settle it, where it is not passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub next: Option<Next>,
    /// What the sentence fills in.
    pub facts: BTreeMap<&'static str, String>,
    /// As known at.
    #[schema(value_type = String, format = DateTime)]
    pub as_of: comity_model::date::Instant,
}

/// A record that a check rests on.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Evidence {
    /// Record digest, in hex.
    pub digest: String,
    /// Where to read it.
    pub href: String,
}

/// Something still to be done in the destination.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Condition {
    /// Language tag.
    pub lang: String,
    /// In the words of the chapter or of the destination.
    pub value: String,
}

/// A verdict in one word.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the JSON of `VerdictResult`")]
pub(crate) enum VerdictWord {
    Recognised,
    RecognisedWithConditions,
    ResultsOnly,
    NotRecognised,
    CannotTell,
}

/// The outcome of a check.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the JSON of `Outcome`")]
pub(crate) enum OutcomeWord {
    Pass,
    Warn,
    Unknown,
    Fail,
    NotApplicable,
}

/// How far recognition goes.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the JSON of `Extent`")]
pub(crate) enum ExtentWord {
    /// In full.
    Full,
    /// Up to this level.
    CappedAt(String),
}

/// The checks that this program knows; the list is filled in from the code.
#[derive(ToSchema)]
#[schema(value_type = String)]
#[expect(dead_code, reason = "describes the JSON of `StepName`")]
pub(crate) struct StepWord(String);

/// The languages that sentences are worded in; the list is filled in from the code.
#[derive(ToSchema)]
#[schema(value_type = String)]
#[expect(dead_code, reason = "describes the JSON of `Language`")]
pub(crate) struct LanguageTag(String);

/// The closed list of codes; it is filled in from the code.
#[derive(ToSchema)]
#[schema(value_type = String)]
#[expect(dead_code, reason = "describes the JSON of `Code`")]
pub(crate) struct CodeWord(String);

/// The verdict with its words in `language`.
pub fn answer(answered: recognise::Answer, language: Language) -> Answer {
    let Verdict {
        question,
        policy_digest,
        result,
        extent,
        degree,
        basis,
        steps,
        decisive_step,
        paper,
        valid_until,
        later,
        heads,
        judged,
        paths,
        conditions,
        gaps,
        policy_notes,
        candidates,
        held_of_issuer,
        hypothetical,
        ignored,
    } = &answered.verdict;
    let decisive = steps.iter().position(|step| step.step == *decisive_step);
    let conditions = conditions.iter().map(|(lang, value)| Condition {
        lang: lang.clone(),
        value: value.clone(),
    });
    Answer {
        verdict: *result,
        summary: wording::summary(&answered.verdict, language, Style::Codes),
        because: wording::because(&answered.verdict, language, Style::Codes),
        language: language.tag(),
        question: json!(question),
        extent: json!(extent),
        degree: degree.as_ref().map(|degree| json!(degree)),
        basis: json!(basis),
        steps: steps
            .iter()
            .enumerate()
            .map(|(at, step)| answered_step(at + 1, step, language))
            .collect(),
        decisive_step: decisive.map_or(0, |at| at + 1),
        valid_until: *valid_until,
        later: *later,
        later_in_words: wording::later(&answered.verdict, language, Style::Codes),
        heads: json!(heads),
        policy_digest: hex::encode(policy_digest),
        judged: judged.as_ref().map(|judged| json!(judged)),
        paper: paper.clone(),
        paths: json!(paths),
        conditions: conditions.collect(),
        gaps: json!(gaps),
        policy_notes: json!(policy_notes),
        ignored: ignored.iter().map(evidence).collect(),
        candidates: json!(candidates),
        held_of_issuer: held_of_issuer.as_ref().map(|held| json!(held)),
        hypothetical: *hypothetical,
        reference: answered.verdict.reference(),
        verdict_digest: hex::encode(answered.digest),
        computed_by: answered.computed_by,
        age_seconds: None,
        notices: None,
        looks_like: Vec::new(),
        legal_notice: answered.legal_notice,
        demo: answered.demo,
    }
}

fn answered_step(n: usize, step: &Step, language: Language) -> AnsweredStep {
    let next = step.next.clone().map(|next| Next {
        ask: wording::ask(step.code, &step.facts, language, Style::Codes),
        name: next
            .names
            .in_language(language.tag())
            .map(projected)
            .or(next.name),
        ..next
    });
    AnsweredStep {
        n,
        step: step.step,
        question: wording::question(step.step, language),
        outcome: step.outcome,
        code: step.code.as_str(),
        because: wording::sentence(step, language, Style::Codes),
        evidence: step.evidence.iter().map(evidence).collect(),
        next,
        facts: step.facts.clone(),
        as_of: step.as_of,
    }
}

fn evidence(digest: &[u8; 32]) -> Evidence {
    let digest = hex::encode(digest);
    Evidence {
        href: format!("/v1/records/{digest}"),
        digest,
    }
}
