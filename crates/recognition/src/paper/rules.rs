//! How each value of a paper is compared: by the rules of format.md 1.14, and never by likeness.

use std::collections::BTreeSet;

use comity_model::attestation::Quantity;
use comity_model::date::{Day, LegalDate};
use comity_model::number::{MAX_NUMBER_CHARS, fold_model, model_covers, normalise};
use comity_model::party::NamedParty;
use comity_model::product::ProductCode;
use comity_model::standard::{Covers, StandardReference};

use super::{Mark, names, rank};
use crate::code::{Code, Outcome};

/// How two values stand to each other, and what that comes to in the step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Judged {
    pub(super) mark: Mark,
    pub(super) outcome: Outcome,
    pub(super) code: Code,
}

const fn judged(mark: Mark, outcome: Outcome, code: Code) -> Judged {
    Judged {
        mark,
        outcome,
        code,
    }
}

const SAME: Judged = judged(Mark::Same, Outcome::Pass, Code::ProductMatches);
const COVERED: Judged = judged(Mark::Covered, Outcome::Pass, Code::ProductMatches);
const READING: Judged = judged(Mark::Reading, Outcome::Unknown, Code::ProductNeedsReading);
pub(super) const NOT_SAID: Judged = judged(Mark::NotSaid, Outcome::Unknown, Code::ProductNotSaid);
/// A record that lists no lots, serial numbers or quantity is not limited to any.
const UNLIMITED: Judged = judged(Mark::NotSaid, Outcome::Pass, Code::ProductMatches);

/// It excludes the goods.
const fn excluded(code: Code) -> Judged {
    judged(Mark::Differs, Outcome::Fail, code)
}

/// One of the two is wrong, or written in another way: for reading, not for refusing.
const fn differs(code: Code) -> Judged {
    judged(Mark::Differs, Outcome::Unknown, code)
}

/// The same where the list holds nothing else.
fn one_of(count: usize) -> Judged {
    if count == 1 { SAME } else { COVERED }
}

/// A number of the paper and that of the record.
pub(super) fn number(asked: &str, number: &str) -> Judged {
    if number.trim().is_empty() {
        NOT_SAID
    } else if is_same_number(asked, number) {
        SAME
    } else {
        differs(Code::ProductNumberDiffers)
    }
}

/// Whether two printed numbers are one in the normalised form. What is cut there is compared whole.
fn is_same_number(one: &str, other: &str) -> bool {
    let (one, other) = (western(one), western(other));
    let form = normalise(&one);
    let whole = form.chars().count() < MAX_NUMBER_CHARS;
    !form.is_empty()
        && form == normalise(&other)
        && (whole || fold_model(&one) == fold_model(&other))
}

/// Arabic and Persian digits as the others: they are written so on papers in these scripts.
fn western(text: &str) -> String {
    let digit = |c: char, zero: char| {
        let value = u32::from(c).checked_sub(u32::from(zero));
        value
            .and_then(|value| char::from_digit(value, 10))
            .unwrap_or(c)
    };
    let digits = text.chars().map(|c| match c {
        '\u{0660}'..='\u{0669}' => digit(c, '\u{0660}'),
        '\u{06F0}'..='\u{06F9}' => digit(c, '\u{06F0}'),
        c => c,
    });
    digits.collect()
}

pub(super) fn serial(asked: &str, listed: &[String]) -> Judged {
    listed_number(asked, listed, Code::ProductSerialNotListed)
}

pub(super) fn lot(asked: &str, listed: &[String]) -> Judged {
    listed_number(asked, listed, Code::ProductLotNotListed)
}

fn listed_number(asked: &str, listed: &[String], code: Code) -> Judged {
    if listed.is_empty() {
        UNLIMITED
    } else if listed.iter().any(|one| is_same_number(one, asked)) {
        one_of(listed.len())
    } else {
        excluded(code)
    }
}

pub(super) fn gtin(asked: &str, listed: &[String]) -> Judged {
    let padded = |gtin: &str| format!("{:0>14}", western(gtin).trim());
    if listed.is_empty() {
        NOT_SAID
    } else if listed.iter().any(|gtin| padded(gtin) == padded(asked)) {
        one_of(listed.len())
    } else {
        excluded(Code::ProductGtinNotListed)
    }
}

/// The models that a paper prints: one, or several with a comma or a semicolon between them. They
/// are a set: their order says nothing.
pub(super) fn model(asked: &str, listed: &[String]) -> Judged {
    if listed.is_empty() {
        return NOT_SAID;
    }
    let known: BTreeSet<String> = listed.iter().map(|one| fold_model(one)).collect();
    let whole = fold_model(asked);
    if known.contains(&whole) && !whole.is_empty() {
        return one_of(known.len());
    }
    let several = several(asked);
    if several.len() < 2 {
        return one_model(asked, listed);
    }
    let asked_models: BTreeSet<String> = several.iter().map(|one| fold_model(one)).collect();
    if asked_models == known {
        return SAME;
    }
    let each = several.into_iter().map(|one| one_model(one, listed));
    let worst = worst_of(each);
    // What only looks like several may be one, under a star or with another space.
    let perhaps_one = one_model(asked, listed).outcome != Outcome::Fail;
    if worst.outcome == Outcome::Fail && perhaps_one {
        READING
    } else {
        worst
    }
}

fn one_model(asked: &str, listed: &[String]) -> Judged {
    if fold_model(asked).is_empty() {
        return excluded(Code::ProductModelNotListed);
    }
    let normal = normalise(asked);
    if listed.iter().any(|listed| model_covers(listed, asked)) {
        COVERED
    } else if !normal.is_empty() && listed.iter().any(|listed| normalise(listed) == normal) {
        // Another hyphen or space, perhaps only of the print.
        READING
    } else {
        excluded(Code::ProductModelNotListed)
    }
}

fn several(text: &str) -> Vec<&str> {
    let parts = text.split([',', ';', '，', '；', '、', '،', '؛', '\n']);
    parts
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

fn worst_of(each: impl IntoIterator<Item = Judged>) -> Judged {
    let worst = each
        .into_iter()
        .max_by_key(|one| (rank(one.outcome), one.code));
    worst.unwrap_or(READING)
}

/// Codes as a set. Each compares by prefix: a record's heading covers its subheadings; a question's
/// heading that is wider than the record's code has to be read.
pub(super) fn codes(asked: &[ProductCode], listed: &[ProductCode]) -> Judged {
    if listed.is_empty() {
        return NOT_SAID;
    }
    let set = |codes: &[ProductCode]| codes.iter().cloned().collect::<BTreeSet<_>>();
    if set(asked) == set(listed) {
        return SAME;
    }
    let each: Vec<Judged> = asked.iter().map(|code| one_code(code, listed)).collect();
    let fits = each.contains(&COVERED);
    let missing = each.iter().any(|one| one.mark == Mark::Differs);
    match (fits, missing) {
        (true, false) => COVERED,
        // One code of the goods is covered and another is not: nobody can tell by the codes.
        (true, true) => differs(Code::ProductCodeNotListed),
        (false, _) => worst_of(each),
    }
}

fn one_code(asked: &ProductCode, listed: &[ProductCode]) -> Judged {
    let each = listed.iter().filter(|listed| listed.comparable(asked));
    let each = each.map(|listed| {
        // Beyond six digits national extensions differ.
        let most = if listed.scheme == asked.scheme {
            usize::MAX
        } else {
            6
        };
        let clip = |code: &str| code.chars().take(most).collect::<String>();
        let (mine, theirs) = (clip(&listed.code), clip(&asked.code));
        if theirs.starts_with(&mine) {
            COVERED
        } else if mine.starts_with(&theirs) {
            READING
        } else {
            excluded(Code::ProductCodeNotListed)
        }
    });
    let best = each.min_by_key(|one| rank(one.outcome));
    // Of another classification or edition.
    best.unwrap_or(READING)
}

pub(super) fn quantity(asked: &Quantity, listed: Option<&Quantity>) -> Judged {
    let Some(listed) = listed else {
        return UNLIMITED;
    };
    if asked.unit != listed.unit {
        return READING;
    }
    match (decimal(&asked.value), decimal(&listed.value)) {
        (Some(asked), Some(listed)) if asked == listed => SAME,
        (Some(asked), Some(listed)) if asked > listed => excluded(Code::ProductQuantityExceeded),
        (Some(_), Some(_)) => COVERED,
        _ => READING,
    }
}

/// A decimal written out, so that it can be ordered; exact, without floating point.
fn decimal(text: &str) -> Option<(usize, String, String)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let fits = !whole.is_empty() && digits(whole) && digits(fraction);
    let whole = whole.trim_start_matches('0').to_owned();
    let fraction = fraction.trim_end_matches('0').to_owned();
    fits.then_some((whole.len(), whole, fraction))
}

pub(super) fn standard(asked: &StandardReference, stated: &[StandardReference]) -> Judged {
    let each = stated.iter().map(|one| match asked.covers(one) {
        Covers::Yes if asked.edition() == one.edition() => one_of(stated.len()),
        Covers::Yes => COVERED,
        Covers::OtherEdition => differs(Code::ProductEditionDiffers),
        Covers::EditionUnsaid => READING,
        Covers::No => excluded(Code::ProductStandardNotListed),
    });
    let best = each.min_by_key(|one| (rank(one.outcome), one.code));
    best.unwrap_or(NOT_SAID)
}

/// Whether two names are one; an empty one is none.
fn is_same_name(asked: &str, name: &str) -> bool {
    let name = fold_model(name);
    !name.is_empty() && fold_model(asked) == name
}

/// One of the names of a party. Names are written in many ways: another spelling is for reading,
/// not for refusing.
pub(super) fn name(asked: &str, known: &[&str], code: Code) -> Judged {
    if known.iter().all(|name| name.trim().is_empty()) {
        NOT_SAID
    } else if known.iter().any(|name| is_same_name(asked, name)) {
        SAME
    } else {
        differs(code)
    }
}

pub(super) fn factory(asked: &str, factories: &[NamedParty]) -> Judged {
    let fits = |factory: &NamedParty| {
        let mut identifiers = factory.identifiers.iter();
        names(factory).any(|name| is_same_name(asked, name))
            || factory.id.as_deref() == Some(asked)
            || identifiers.any(|identifier| identifier.value == asked)
    };
    if factories.is_empty() {
        NOT_SAID
    } else if factories.iter().any(fits) {
        one_of(factories.len())
    } else {
        differs(Code::ProductFactoryNotListed)
    }
}

/// A day of the paper; of a day that the record knows only roughly any within.
pub(super) fn day(asked: Day, stated: Option<&LegalDate>, code: Code) -> Judged {
    let Some(stated) = stated else {
        return NOT_SAID;
    };
    let (from, to) = (stated.earliest(), stated.latest());
    if from == asked && to == asked {
        SAME
    } else if (from..=to).contains(&asked) {
        COVERED
    } else {
        differs(code)
    }
}

/// Words are the same only as they stand, apart from case, width and spaces; others a person reads.
pub(super) fn scope(asked: &str, stated: &[&str]) -> Judged {
    let words = |text: &str| {
        let folded = fold_model(text);
        folded.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let asked = words(asked);
    let mut stated = stated.iter().map(|text| words(text));
    if stated.clone().all(|text| text.is_empty()) {
        NOT_SAID
    } else if stated.any(|text| text == asked && !asked.is_empty()) {
        SAME
    } else {
        READING
    }
}
