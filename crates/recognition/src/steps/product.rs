//! `product`: is it this product? Only what the question names is compared, and only what the
//! record says can exclude: silence is for reading, not for refusing.

use comity_model::attestation::{AttestationDetails, ConformityObject, Quantity};
use comity_model::number::{fold_model, model_covers, normalise};
use comity_model::standard::Covers;

use crate::code::{Code, Outcome, StepName};
use crate::finding::Finding;
use crate::question::ProductFacts;
use crate::subject::Subject;
use crate::verdict::Who;

/// One comparison: its outcome, and the code where it is not a pass.
type Compared = (Outcome, Code);

/// Compares the product asked about with what the record covers.
pub(crate) fn product<'a>(facts: &ProductFacts, subject: &Subject<'a>) -> Finding<'a> {
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
    // Everything that speaks of the object must fit one and the same object.
    let of_object = (details.objects.iter())
        .map(|object| object_fits(facts, object))
        .min_by_key(|(outcome, code)| (rank(*outcome), *code));
    let mut compared: Vec<Compared> = of_object.into_iter().collect();
    compared.extend(party_fits(facts, subject));
    compared.extend(standard_fits(facts, details));
    compared.extend(facts.issued_on.map(|printed| {
        let issued = details.legal_dates.issued_on;
        if (issued.earliest()..=issued.latest()).contains(&printed) {
            (Outcome::Pass, Code::ProductMatches)
        } else {
            (Outcome::Unknown, Code::ProductIssueDayDiffers)
        }
    }));
    // Of equals what differs is told before what has to be read.
    let worst = compared
        .into_iter()
        .max_by_key(|(outcome, code)| (rank(*outcome), !is_silence(*code), *code));
    let worst = worst.unwrap_or((Outcome::Unknown, Code::ProductNotSaid));
    let mut found = finding(worst);
    if found.code == Code::ProductEditionDiffers {
        let stated: Vec<_> = details.standards.iter().map(ToString::to_string).collect();
        found.fact("stated", &stated.join(", "));
        if let Some(asked) = &facts.standard {
            found.fact("listed", &asked.to_string());
        }
    }
    let models: Vec<&str> = (details.objects.iter())
        .flat_map(|object| object.model_numbers.iter().map(String::as_str))
        .take(20)
        .collect();
    if !models.is_empty() {
        found.fact("models", &models.join(", "));
    }
    found.say(
        "objects",
        details.objects.iter().map(|object| &object.names),
    );
    found
}

/// Whether the record leaves it open, and nothing in it differs.
fn is_silence(code: Code) -> bool {
    matches!(code, Code::ProductNotSaid | Code::ProductNeedsReading)
}

fn rank(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::NotApplicable | Outcome::Pass => 0,
        Outcome::Warn => 1,
        Outcome::Unknown => 2,
        Outcome::Fail => 3,
    }
}

fn object_fits(facts: &ProductFacts, object: &ConformityObject) -> Compared {
    let listed = |list: &[String], asked: &Option<String>, code, silent| {
        let asked = asked.as_ref()?;
        Some(if list.is_empty() {
            silent
        } else if list.iter().any(|one| normalise(one) == normalise(asked)) {
            (Outcome::Pass, Code::ProductMatches)
        } else {
            (Outcome::Fail, code)
        })
    };
    let unsaid = (Outcome::Unknown, Code::ProductNotSaid);
    // A record that lists no lots or serial numbers is not limited to any.
    let unlimited = (Outcome::Pass, Code::ProductMatches);
    let model = facts.model.as_ref().map(|asked| {
        if object.model_numbers.is_empty() {
            unsaid
        } else if object
            .model_numbers
            .iter()
            .any(|listed| model_covers(listed, asked))
        {
            (Outcome::Pass, Code::ProductMatches)
        } else if object
            .model_numbers
            .iter()
            .any(|listed| normalise(listed) == normalise(asked))
        {
            // Another hyphen or space, perhaps only of the print.
            (Outcome::Unknown, Code::ProductNeedsReading)
        } else {
            (Outcome::Fail, Code::ProductModelNotListed)
        }
    });
    let gtin = facts.gtin.as_ref().map(|asked| {
        let padded = |gtin: &str| format!("{:0>14}", gtin.trim());
        if object.gtins.is_empty() {
            unsaid
        } else if object
            .gtins
            .iter()
            .any(|gtin| padded(gtin) == padded(asked))
        {
            (Outcome::Pass, Code::ProductMatches)
        } else {
            (Outcome::Fail, Code::ProductGtinNotListed)
        }
    });
    let all = [
        model,
        gtin,
        listed(
            &object.serial_numbers,
            &facts.serial,
            Code::ProductSerialNotListed,
            unlimited,
        ),
        listed(
            &object.lots,
            &facts.lot,
            Code::ProductLotNotListed,
            unlimited,
        ),
        quantity_fits(facts.quantity.as_ref(), object.quantity.as_ref()),
        codes_fit(facts, object),
    ];
    let worst = all
        .into_iter()
        .flatten()
        .max_by_key(|(outcome, code)| (rank(*outcome), *code));
    worst.unwrap_or((Outcome::Pass, Code::ProductMatches))
}

/// Codes compare by prefix: a record's heading covers its subheadings; a question's heading that
/// is wider than the record's code has to be read.
fn codes_fit(facts: &ProductFacts, object: &ConformityObject) -> Option<Compared> {
    if facts.codes.is_empty() {
        return None;
    }
    if object.product_codes.is_empty() {
        return Some((Outcome::Unknown, Code::ProductNotSaid));
    }
    let mut comparable = false;
    for asked in &facts.codes {
        for listed in &object.product_codes {
            if !listed.comparable(asked) {
                continue;
            }
            comparable = true;
            // Beyond six digits national extensions differ.
            let most = if listed.scheme == asked.scheme {
                usize::MAX
            } else {
                6
            };
            let clip = |code: &str| code.chars().take(most).collect::<String>();
            let (mine, theirs) = (clip(&listed.code), clip(&asked.code));
            if theirs.starts_with(&mine) {
                return Some((Outcome::Pass, Code::ProductMatches));
            }
            if mine.starts_with(&theirs) {
                return Some((Outcome::Unknown, Code::ProductNeedsReading));
            }
        }
    }
    Some(if comparable {
        (Outcome::Fail, Code::ProductCodeNotListed)
    } else {
        (Outcome::Unknown, Code::ProductNeedsReading)
    })
}

fn quantity_fits(asked: Option<&Quantity>, listed: Option<&Quantity>) -> Option<Compared> {
    let asked = asked?;
    let Some(listed) = listed else {
        return Some((Outcome::Pass, Code::ProductMatches));
    };
    if asked.unit != listed.unit {
        return Some((Outcome::Unknown, Code::ProductNeedsReading));
    }
    Some(match decimal_exceeds(&asked.value, &listed.value) {
        Some(false) => (Outcome::Pass, Code::ProductMatches),
        Some(true) => (Outcome::Fail, Code::ProductQuantityExceeded),
        None => (Outcome::Unknown, Code::ProductNeedsReading),
    })
}

/// Whether one decimal written out is greater than the other; exact, without floating point.
fn decimal_exceeds(one: &str, other: &str) -> Option<bool> {
    let parts = |text: &str| {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let fits = !whole.is_empty() && digits(whole) && digits(fraction);
        let whole = whole.trim_start_matches('0').to_owned();
        let fraction = fraction.trim_end_matches('0').to_owned();
        fits.then_some((whole.len(), whole, fraction))
    };
    Some(parts(one)? > parts(other)?)
}

fn party_fits(facts: &ProductFacts, subject: &Subject<'_>) -> Vec<Compared> {
    let details = &subject.attestation.comity;
    let same = |asked: &str, name: &str| fold_model(asked) == fold_model(name);
    let mut compared = Vec::new();
    if let Some(asked) = &facts.holder {
        let known = same(asked, &subject.attestation.issued_to_party.name)
            || details
                .holder_names
                .0
                .iter()
                .any(|text| same(asked, &text.value));
        // Names are written in many ways: another spelling is for reading, not for refusing.
        compared.push(if known {
            (Outcome::Pass, Code::ProductMatches)
        } else {
            (Outcome::Unknown, Code::ProductHolderDiffers)
        });
    }
    if let Some(asked) = &facts.manufacturer {
        compared.push(match &details.manufacturer {
            None => (Outcome::Unknown, Code::ProductNotSaid),
            Some(maker) if names(maker).any(|name| same(asked, name)) => {
                (Outcome::Pass, Code::ProductMatches)
            }
            Some(_) => (Outcome::Unknown, Code::ProductManufacturerDiffers),
        });
    }
    if let Some(asked) = &facts.factory {
        let listed = details.factories.iter().any(|factory| {
            names(factory).any(|name| same(asked, name))
                || factory.id.as_deref() == Some(asked)
                || factory
                    .identifiers
                    .iter()
                    .any(|identifier| identifier.value == *asked)
        });
        compared.push(if listed {
            (Outcome::Pass, Code::ProductMatches)
        } else if details.factories.is_empty() {
            (Outcome::Unknown, Code::ProductNotSaid)
        } else {
            (Outcome::Unknown, Code::ProductFactoryNotListed)
        });
    }
    compared
}

fn names(party: &comity_model::party::NamedParty) -> impl Iterator<Item = &str> {
    let further = party.names.0.iter().map(|text| text.value.as_str());
    std::iter::once(party.name.as_str()).chain(further)
}

fn standard_fits(facts: &ProductFacts, details: &AttestationDetails) -> Option<Compared> {
    let asked = facts.standard.as_ref()?;
    if details.standards.is_empty() {
        return Some((Outcome::Unknown, Code::ProductNotSaid));
    }
    let best = details
        .standards
        .iter()
        .map(|stated| match asked.covers(stated) {
            Covers::Yes => (Outcome::Pass, Code::ProductMatches),
            Covers::OtherEdition => (Outcome::Unknown, Code::ProductEditionDiffers),
            Covers::EditionUnsaid => (Outcome::Unknown, Code::ProductNeedsReading),
            Covers::No => (Outcome::Fail, Code::ProductStandardNotListed),
        });
    best.min_by_key(|(outcome, code)| (rank(*outcome), *code))
}
