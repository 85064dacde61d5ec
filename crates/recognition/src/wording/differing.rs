//! What a paper and the record differ in, named beside the reason for a verdict.

use std::borrow::Cow;

use super::{Argument, Language, between_sentences, catalogue};
use crate::code::StepName;
use crate::verdict::{DIFFERS, Step, Verdict};

/// What the sentence of a step does not tell itself: of one difference it is the sentence.
pub(super) fn besides(step: &Step) -> Vec<&str> {
    let differing = of_step(step);
    if differing.len() > 1 {
        differing
    } else {
        Vec::new()
    }
}

/// What has to be named beside the step that decided, whichever that is.
pub(super) fn beside_decisive(verdict: &Verdict) -> Vec<&str> {
    match verdict.step(StepName::Product) {
        Some(step) if verdict.decisive_step == StepName::Product => besides(step),
        Some(step) => of_step(step),
        None => Vec::new(),
    }
}

fn of_step(step: &Step) -> Vec<&str> {
    let differing = step.facts.get(DIFFERS);
    differing.map_or_else(Vec::new, |differing| differing.split(", ").collect())
}

/// Adds the sentence that names the first `shown` of them, and how many more there are.
pub(super) fn add(said: &mut String, differing: &[&str], shown: usize, language: Language) {
    if differing.is_empty() {
        return;
    }
    let catalogue = catalogue(language);
    let shown = shown.min(differing.len());
    let named = differing.iter().take(shown);
    let named: Vec<_> = named
        .map(|field| catalogue.text(&format!("paper-{field}"), &[]))
        .collect();
    let more = i64::try_from(differing.len() - shown).unwrap_or(i64::MAX);
    let arguments = [
        (
            DIFFERS,
            Argument::Text(Cow::Owned(
                named.join(&catalogue.text("list-separator", &[])),
            )),
        ),
        ("count", Argument::Number(more)),
    ];
    let name = if more == 0 { "differs" } else { "differs.more" };
    if !said.is_empty() {
        said.push_str(between_sentences(language));
    }
    said.push_str(&catalogue.text(name, &arguments));
}
