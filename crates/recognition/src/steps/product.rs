//! `product`: is it this product? Only what the question names is compared, and only what the
//! record says can exclude: silence is for reading, not for refusing.

use crate::code::{Code, Outcome, StepName};
use crate::finding::Finding;
use crate::paper::{Compared, Mark, rank};
use crate::question::ProductFacts;
use crate::subject::Subject;
use crate::verdict::{DIFFERS, Who};

/// Most models that a sentence names.
const MAX_MODELS_NAMED: usize = 20;

/// The step, from the product asked about compared with what the record says.
pub(crate) fn product<'a>(
    facts: &ProductFacts,
    compared: &[Compared],
    subject: &Subject<'a>,
) -> Finding<'a> {
    let details = &subject.attestation.comity;
    let record = subject.record;
    let finding = |(outcome, code)| {
        Finding::new(StepName::Product, outcome, code)
            .cite(subject.evidence)
            .ask(
                Who::Issuer,
                Some(&record.comity.authority),
                Some(&record.issuer.id),
            )
    };
    if facts.is_empty() {
        return finding((Outcome::NotApplicable, Code::ProductNothingAsked));
    }
    // Of equals what differs is told before what has to be read.
    let worst = compared
        .iter()
        .map(|line| (line.outcome, line.code))
        .max_by_key(|(outcome, code)| (rank(*outcome), clarity(*code), *code));
    let worst = worst.unwrap_or((Outcome::Unknown, Code::ProductNotSaid));
    let mut found = finding(worst);
    let differing = compared.iter().filter(|line| line.mark == Mark::Differs);
    let differing: Vec<_> = differing.map(|line| line.field.name()).collect();
    if !differing.is_empty() {
        found.fact(DIFFERS, &differing.join(", "));
    }
    if found.code == Code::ProductEditionDiffers {
        let stated: Vec<_> = details.standards.iter().map(ToString::to_string).collect();
        found.fact("stated", &stated.join(", "));
        if let Some(asked) = &facts.standard {
            found.fact("listed", &asked.to_string());
        }
    }
    let models = (details.objects.iter()).flat_map(|object| &object.model_numbers);
    let mut models: Vec<&str> = models
        .map(String::as_str)
        .take(MAX_MODELS_NAMED + 1)
        .collect();
    if models.len() > MAX_MODELS_NAMED {
        models.truncate(MAX_MODELS_NAMED);
        models.push("…");
    }
    if !models.is_empty() {
        found.fact("models", &models.join(", "));
    }
    found.say(
        "objects",
        details.objects.iter().map(|object| &object.names),
    );
    found
}

/// What is told first of equals: what differs, then what keeps from telling, then what is left open.
fn clarity(code: Code) -> u8 {
    match code {
        Code::ProductNotSaid | Code::ProductNeedsReading => 0,
        Code::ProductNumberDivided | Code::ProductHiddenCharacters => 1,
        _ => 2,
    }
}
