//! What verdicts say to people: words apart from logic, so that languages can be added.
//!
//! A sentence is chosen by the step's code and filled with the step's facts. No logic reads a
//! sentence, and no sentence decides. The sentences stand in `locales/`, a folder for each
//! [`Language`], as Project Fluent writes them; docs/adding-a-language.md says how one is added.
//!
//! Out of scope: the words of records themselves, which are never translated, and the frame around
//! verdicts (headings, buttons), which whoever shows them words in a [`Catalogue`] of its own.

pub(crate) mod arguments;
mod catalogue;
mod differing;
mod language;
mod plain;
mod requirement;
mod requirements;
pub mod terms;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use comity_model::arrangement::Degree;
use comity_model::attestation::AttestationKind;
use comity_model::date::{Day, Instant};
use comity_model::notice::NoticeSort;
use comity_model::record::Kind;
use comity_model::status::{Action, Capacity, ReasonCode};
use comity_model::text::{LangString, projected};
use serde::Serialize;
use serde_json::Value;

pub use catalogue::{Argument, Catalogue};
pub use language::{Direction, Language, MAX_RANGES, UnknownLanguage};
pub use plain::{MAX_PLAIN_BYTES, plain};
pub use requirement::{language_name, requirement};
pub use requirements::{RequirementsFound, RulesSaid, judged, no_rule, requirements};

use crate::code::{Code, Outcome, StepName};
use crate::paper::{Compared, Field, Mark};
use crate::standing_now::RecordState;
use crate::verdict::{Basis, Extent, Facts, Name, Step, Verdict, VerdictResult, Who, joined};

/// How economies and days are shown within sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `KZ` and `2026-11-28`, in every language: as programs and their logs compare them.
    Codes,
    /// *Kazakhstan* and *28 November 2026*: as pages say them.
    Names,
}

/// The Fluent files of a language.
const fn sources(language: Language) -> [&'static str; 6] {
    macro_rules! of {
        ($tag:literal) => {
            [
                include_str!(concat!("../locales/", $tag, "/verdict.ftl")),
                include_str!(concat!("../locales/", $tag, "/words.ftl")),
                include_str!(concat!("../locales/", $tag, "/economies.ftl")),
                include_str!(concat!("../locales/", $tag, "/plain.ftl")),
                include_str!(concat!("../locales/", $tag, "/terms.ftl")),
                include_str!(concat!("../locales/", $tag, "/languages.ftl")),
            ]
        };
    }
    match language {
        Language::En => of!("en"),
        Language::ZhHans => of!("zh-Hans"),
        Language::Ru => of!("ru"),
        Language::Ar => of!("ar"),
        Language::Fr => of!("fr"),
    }
}

/// The messages of verdicts in a language, read once.
pub fn catalogue(language: Language) -> &'static Catalogue {
    static READ: [OnceLock<Catalogue>; Language::ALL.len()] =
        [const { OnceLock::new() }; Language::ALL.len()];
    READ[language as usize].get_or_init(|| Catalogue::read(language, &sources(language)))
}

/// The question a step answers, such as *Is the signature genuine?*
pub fn question(step: StepName, language: Language) -> &'static str {
    fixed("step", step.name(), language)
}

/// The sentence of a step, and what else of the paper differs.
pub fn sentence(step: &Step, language: Language, style: Style) -> String {
    let mut said = bare_sentence(step, language, style);
    let differing = differing::besides(step);
    differing::add(&mut said, &differing, usize::MAX, language);
    said
}

/// Why a verdict is as it is: the sentence of the step that decided, and what of the paper differs
/// from the record, whichever step decided.
pub fn because(verdict: &Verdict, language: Language, style: Style) -> String {
    let decisive = verdict.step(verdict.decisive_step);
    let mut said = decisive.map_or_else(String::new, |step| bare_sentence(step, language, style));
    let differing = differing::beside_decisive(verdict);
    differing::add(&mut said, &differing, usize::MAX, language);
    said
}

fn bare_sentence(step: &Step, language: Language, style: Style) -> String {
    let catalogue = catalogue(language);
    let name = sentence_of(step, catalogue);
    let facts = in_language(step, language);
    let arguments = arguments::arguments(&facts, language, style);
    let mut said = catalogue.text(&name, &arguments).into_owned();
    let unpinned = "economiesWithoutLog";
    if step.facts.contains_key(unpinned) && !catalogue.variables(&name).any(|one| one == unpinned) {
        // Another code stands for the step, and this has still to be said.
        said.push_str(between_sentences(language));
        said.push_str(&catalogue.text("no-log-pinned", &arguments));
    }
    said
}

/// The name of a step's message: of a past day that which speaks of that day, where there is one.
fn sentence_of(step: &Step, catalogue: &Catalogue) -> String {
    let name = name_of(step.code);
    let past = format!("{name}.past");
    if step.past && catalogue.has(&past) {
        past
    } else {
        name
    }
}

/// The facts of a step, those that are texts of records in the reader's language, or else as they
/// stand first; and identifiers with what they stand for.
fn in_language(step: &Step, language: Language) -> Cow<'_, Facts> {
    if step.texts.is_empty() && step.names.is_empty() {
        return Cow::Borrowed(&step.facts);
    }
    let mut facts = step.facts.clone();
    for (fact, texts) in &step.texts {
        facts.insert(fact, joined(texts, language.tag()));
    }
    for (fact, name) in &step.names {
        let said = match name {
            Name::Record(said) => said.clone(),
            Name::Reference(_) => continue,
            Name::Parties(parties) => {
                let parties = parties.iter();
                let parties: Vec<_> = parties
                    .map(|(did, names)| party(did, names, language))
                    .collect();
                parties.join(&catalogue(language).text("list-separator", &[]))
            }
        };
        facts.insert(fact, said);
    }
    Cow::Owned(facts)
}

/// A party by its name in the reader's language, or else as it stands first, with its DID after it;
/// by its DID alone where no name is known.
pub fn party(did: &str, names: &LangString, language: Language) -> String {
    let name = names.in_language(language.tag()).map(projected);
    let Some(name) = name.filter(|name| name != did) else {
        return projected(did);
    };
    let arguments = [
        ("name", Argument::Text(Cow::Owned(name))),
        ("did", Argument::Text(Cow::Owned(projected(did)))),
    ];
    catalogue(language).text("party", &arguments).into_owned()
}

/// What to ask whoever can settle a step with this code and these facts; empty where nothing is to
/// be settled.
pub fn ask(code: Code, facts: &Facts, language: Language, style: Style) -> String {
    let name = format!("{}.ask", name_of(code));
    let arguments = arguments::arguments(facts, language, style);
    catalogue(language).text(&name, &arguments).into_owned()
}

/// The whole verdict in one sentence, in a second one what decided it against recognition, and in a
/// third what of the paper differs where more does.
pub fn summary(verdict: &Verdict, language: Language, style: Style) -> String {
    let yes = verdict.result < VerdictResult::CannotTell;
    let mut text = headline(verdict, language, style, &str::to_owned);
    let decisive = verdict.step(verdict.decisive_step);
    if decisive.is_some_and(|step| !yes || step.outcome != Outcome::Pass) {
        text.push_str(between_sentences(language));
        text.push_str(&because(verdict, language, style));
    }
    text
}

/// Of a verdict for a past day: that the record has ended or been suspended since; empty where it has
/// not.
pub fn later(verdict: &Verdict, language: Language, style: Style) -> String {
    let Some(later) = &verdict.later else {
        return String::new();
    };
    let written = |from: Day| match style {
        Style::Codes => from.to_string(),
        Style::Names => day(from, language),
    };
    let name = if later.from.is_some() {
        "later"
    } else {
        "later.undated"
    };
    let state = Cow::Borrowed(status(later.state, language));
    let from = later.from.map(written).unwrap_or_default();
    let arguments = [
        ("state", Argument::Text(state)),
        ("day", Argument::Text(Cow::Owned(from))),
    ];
    catalogue(language).text(name, &arguments).into_owned()
}

/// The verdict in one sentence: result, place, day, and the level as `shown`.
fn headline(
    verdict: &Verdict,
    language: Language,
    style: Style,
    shown: &dyn Fn(&str) -> String,
) -> String {
    let yes = verdict.result < VerdictResult::CannotTell;
    let transcribed = yes && verdict.basis == Basis::Transcribed;
    let level = match &verdict.extent {
        Extent::CappedAt(level) if yes => Some(shown(level)),
        _ => None,
    };
    let variant = match (level.is_some(), transcribed) {
        (false, false) => "",
        (true, false) => ".capped",
        (false, true) => ".transcribed",
        (true, true) => ".cappedTranscribed",
    };
    let name = format!("summary-{}{variant}", word_of(&verdict.result));
    let (place, on) = (&verdict.question.in_economy, verdict.question.on);
    let (place, on) = match style {
        Style::Codes => (Cow::Borrowed(place.as_str()), on.to_string()),
        Style::Names => (economy_in_text(place, language), day(on, language)),
    };
    let arguments = [
        ("economy", Argument::Text(place)),
        ("day", Argument::Text(Cow::Owned(on))),
        (
            "level",
            Argument::Text(Cow::Owned(level.unwrap_or_default())),
        ),
    ];
    let mut text = String::new();
    if verdict.hypothetical {
        text.push_str(hypothetical(language));
        text.push(' ');
    }
    text.push_str(&catalogue(language).text(&name, &arguments));
    text
}

/// What stands before everything that rests on an unsigned draft, such as *HYPOTHETICAL:*
pub fn hypothetical(language: Language) -> &'static str {
    text_of("hypothetical", language)
}

/// What stands between two sentences.
pub fn between_sentences(language: Language) -> &'static str {
    match language {
        Language::ZhHans => "",
        _ => " ",
    }
}

/// A day as a letter writes it: *28 November 2026*.
pub fn day(day: Day, language: Language) -> String {
    // `YYYY-MM-DD`.
    let written = day.to_string();
    let mut parts = written.split('-').map(|part| part.parse().unwrap_or(0));
    let mut next = || Argument::Number(parts.next().unwrap_or(0));
    let arguments = [("year", next()), ("month", next()), ("day", next())];
    catalogue(language).text("day", &arguments).into_owned()
}

/// A moment as a letter writes it, in UTC: *28 November 2026, 10:00 UTC*.
pub fn moment(at: Instant, language: Language) -> String {
    // `YYYY-MM-DDTHH:MM:SSZ`.
    let written = at.to_string();
    let time = written.get(11..16).unwrap_or_default();
    let arguments = [
        ("day", Argument::Text(Cow::Owned(day(at.day(), language)))),
        ("time", Argument::Text(Cow::Borrowed(time))),
    ];
    catalogue(language).text("moment", &arguments).into_owned()
}

/// The name of an economy (Unicode CLDR); of a code that is no economy's the code.
pub fn economy(code: &str, language: Language) -> Cow<'_, str> {
    let name = catalogue(language).text(&format!("economy-{code}"), &[]);
    if name.is_empty() {
        return Cow::Borrowed(code);
    }
    name
}

/// Where an economy stands in lists of their names: the files of names are in the order of their
/// language (docs/decisions/0005-order-of-names.md). What has no name there stands last.
pub fn economy_rank(code: &str, language: Language) -> usize {
    static READ: [OnceLock<BTreeMap<String, usize>>; Language::ALL.len()] =
        [const { OnceLock::new() }; Language::ALL.len()];
    let ranks = READ[language as usize].get_or_init(|| {
        let lines = sources(language).into_iter().flat_map(str::lines);
        let codes = lines.filter_map(|line| line.strip_prefix("economy-")?.split_once(" ="));
        codes.map(|(code, _)| code.to_owned()).zip(0..).collect()
    });
    ranks.get(code).copied().unwrap_or(usize::MAX)
}

/// The name of an economy as it stands within a sentence: *the United States*.
pub fn economy_in_text(code: &str, language: Language) -> Cow<'_, str> {
    let name = catalogue(language).text(&format!("economy-{code}.text"), &[]);
    if name.is_empty() {
        return economy(code, language);
    }
    name
}

/// A verdict in a word or two.
pub fn result(result: VerdictResult, language: Language) -> &'static str {
    fixed("result", &word_of(&result), language)
}

/// What a check came to, in a word or two; where something is still asked for, that.
pub fn came_to(step: &Step, language: Language) -> &'static str {
    match step.code {
        Code::ImportRuleStillAsked => text_of("outcome-asked", language),
        _ => outcome(step.outcome, language),
    }
}

/// An outcome in a word or two.
pub fn outcome(outcome: Outcome, language: Language) -> &'static str {
    fixed("outcome", &word_of(&outcome), language)
}

/// A kind of record.
pub fn kind(kind: Kind, language: Language) -> &'static str {
    fixed("kind", kind.name(), language)
}

/// A kind of attestation.
pub fn attestation(kind: AttestationKind, language: Language) -> &'static str {
    fixed("attestation", &word_of(&kind), language)
}

/// The state of a record in a word or two.
pub fn status(state: RecordState, language: Language) -> &'static str {
    fixed("state", state.word(), language)
}

/// What is printed on a paper, as it stands within a sentence.
pub fn field(field: Field, language: Language) -> &'static str {
    fixed("paper", field.name(), language)
}

/// How what a paper says stands to what the record says, in a few words.
pub fn mark(mark: Mark, language: Language) -> &'static str {
    fixed("mark", mark.name(), language)
}

/// Why a value of a paper has to be read or is not the same, in a sentence; empty where its mark says
/// it all.
pub fn why_to_read(compared: &Compared, language: Language) -> &'static str {
    let why = compared.why.map(|code| text_of(&name_of(code), language));
    why.unwrap_or_default()
}

/// That a warning about the number asked about is in force; empty of what is no warning.
pub fn warned(sort: NoticeSort, language: Language) -> &'static str {
    fixed("warned", &word_of(&sort), language)
}

/// That a number looks like another one with letters of another alphabet, and whether that one is
/// warned of.
pub fn looks_like(number: &str, warned: bool, language: Language) -> String {
    let name = if warned {
        "looks-like.warned"
    } else {
        "looks-like"
    };
    let number = [("number", Argument::Text(Cow::Owned(projected(number))))];
    catalogue(language).text(name, &number).into_owned()
}

/// In which part somebody is asked.
pub fn who(who: Who, language: Language) -> &'static str {
    fixed("who", &word_of(&who), language)
}

/// On whose word a verdict rests.
pub fn basis(basis: Basis, language: Language) -> &'static str {
    fixed("basis", &word_of(&basis), language)
}

/// What a destination undertakes.
pub fn degree(degree: Degree, language: Language) -> &'static str {
    fixed("degree", &word_of(&degree), language)
}

/// What happens to a record; nothing for an action that this version cannot read.
pub fn action(action: Action, language: Language) -> &'static str {
    fixed("action", &word_of(&action), language)
}

/// In which capacity somebody acts.
pub fn capacity(capacity: Capacity, language: Language) -> &'static str {
    fixed("capacity", &word_of(&capacity), language)
}

/// Why a status changed.
pub fn reason(reason: ReasonCode, language: Language) -> &'static str {
    fixed("reason", &reason.name(), language)
}

/// How a record rests on something, by the word of the interface for programs.
pub fn relation(word: &str, language: Language) -> &'static str {
    fixed("relation", word, language)
}

/// That nothing is known of what was asked about, which clears it of nothing.
pub fn nothing_known(language: Language) -> &'static str {
    text_of("impact-unknown", language)
}

/// That nothing held rests on what was asked about.
pub fn nothing_rests(language: Language) -> &'static str {
    text_of("impact-none", language)
}

/// The message of a word of a closed list.
fn fixed(list: &str, word: &str, language: Language) -> &'static str {
    text_of(&format!("{list}-{word}"), language)
}

/// A message without variables, which stands in one piece in its file (a test holds that).
fn text_of(name: &str, language: Language) -> &'static str {
    match catalogue(language).text(name, &[]) {
        Cow::Borrowed(text) => text,
        Cow::Owned(_) => "",
    }
}

/// The name of a code's message.
fn name_of(code: Code) -> String {
    code.as_str().replace('.', "-")
}

/// A value of a closed list as JSON writes it.
fn word_of(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value);
    let word = value.as_ref().ok().and_then(Value::as_str);
    word.unwrap_or_default().to_owned()
}
