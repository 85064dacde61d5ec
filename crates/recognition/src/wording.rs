//! What verdicts say to people: words apart from logic, so that languages can be added.
//!
//! A sentence is chosen by the step's code and filled with the step's facts. No logic reads a
//! sentence, and no sentence decides.

mod en;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use crate::code::{Code, Outcome, StepName};
use crate::verdict::{Basis, Extent, Facts, Step, Verdict, VerdictResult};

/// A language in which verdicts are worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    En,
}

/// The words of one code.
struct Words {
    code: Code,
    /// The sentence, with `{facts}` in braces.
    sentence: &'static str,
    /// What to ask whoever can settle it.
    ask: &'static str,
}

/// The question a step answers, such as *Is the signature genuine?*
pub fn question(step: StepName, language: Language) -> &'static str {
    let Language::En = language;
    en::question(step)
}

/// The sentence of a step.
pub fn sentence(step: &Step, language: Language) -> String {
    let sentence = words(step.code, language).map_or("", |words| words.sentence);
    let mut filled = fill(sentence, &step.facts);
    let unpinned = step.facts.get("economiesWithoutLog");
    if let (Some(economies), true) = (unpinned, !sentence.contains("{economiesWithoutLog}")) {
        // Another code stands for the step, and this has still to be said.
        let _ = write!(filled, " No log of {economies} is pinned in the policy.");
    }
    filled
}

/// What to ask whoever can settle a step with this code; empty where nothing is to be settled.
pub fn ask(code: Code, language: Language) -> &'static str {
    words(code, language).map_or("", |words| words.ask)
}

/// The whole verdict in one sentence.
pub fn summary(verdict: &Verdict, language: Language) -> String {
    let Language::En = language;
    let (place, day) = (&verdict.question.in_economy, verdict.question.on);
    let mut text = match verdict.result {
        VerdictResult::Recognised => format!("Recognised in {place} on {day}"),
        VerdictResult::RecognisedWithConditions => {
            format!("Recognised in {place} on {day}, with conditions still to be met")
        }
        VerdictResult::ResultsOnly => {
            format!("In {place} on {day} its results count, not its decision")
        }
        VerdictResult::NotRecognised => format!("Not recognised in {place} on {day}"),
        VerdictResult::CannotTell => {
            format!("It cannot be told whether it is recognised in {place} on {day}")
        }
    };
    let yes = verdict.result < VerdictResult::CannotTell;
    if let (true, Extent::CappedAt(level)) = (yes, &verdict.extent) {
        let _ = write!(text, ", up to {level}");
    }
    if yes && verdict.basis == Basis::Transcribed {
        text.push_str(", as transcribed from public texts");
    }
    text.push('.');
    let decisive = verdict.step(verdict.decisive_step);
    if let Some(step) = decisive.filter(|step| !yes || step.outcome != Outcome::Pass) {
        let _ = write!(text, " {}", sentence(step, language));
    }
    if verdict.hypothetical {
        text.insert_str(0, "HYPOTHETICAL: ");
    }
    text
}

fn words(code: Code, language: Language) -> Option<&'static Words> {
    let Language::En = language;
    en::WORDS.iter().find(|words| words.code == code)
}

/// Puts facts in the place of their names in braces; a fact that is missing reads *not said*.
fn fill(template: &str, facts: &Facts) -> String {
    let mut filled = String::with_capacity(template.len() + 40);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, following)) = after.split_once('}') else {
            break;
        };
        filled.push_str(before);
        filled.push_str(facts.get(name).map_or("not said", String::as_str));
        rest = following;
    }
    filled.push_str(rest);
    filled
}
