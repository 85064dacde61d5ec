//! How each value of a paper is compared: by the rules of format.md 1.14, and never by likeness.

use std::collections::BTreeSet;

use comity_model::attestation::Quantity;
use comity_model::date::{Day, LegalDate};
use comity_model::number::fold_model;
use comity_model::party::NamedParty;
use comity_model::product::ProductCode;
use comity_model::standard::{Covers, StandardReference};

use super::hidden::heeding;
use super::number::western;
use super::{Mark, names, rank};
use crate::code::{Code, Outcome};

/// How two values stand to each other, and what that comes to in the step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Relation {
    pub(super) mark: Mark,
    pub(super) outcome: Outcome,
    pub(super) code: Code,
}

impl Relation {
    /// How much it weighs: the worst decides.
    pub(super) fn weight(self) -> (u8, Code) {
        (rank(self.outcome), self.code)
    }
}

pub(super) const fn relation(mark: Mark, outcome: Outcome, code: Code) -> Relation {
    Relation {
        mark,
        outcome,
        code,
    }
}

pub(super) const SAME: Relation = relation(Mark::Same, Outcome::Pass, Code::ProductMatches);
pub(super) const COVERED: Relation = relation(Mark::Covered, Outcome::Pass, Code::ProductMatches);
pub(super) const READING: Relation =
    relation(Mark::Reading, Outcome::Unknown, Code::ProductNeedsReading);
pub(super) const NOT_SAID: Relation =
    relation(Mark::NotSaid, Outcome::Unknown, Code::ProductNotSaid);
/// A record that lists no lots, serial numbers or quantity is not limited to any.
pub(super) const UNLIMITED: Relation = relation(Mark::NotSaid, Outcome::Pass, Code::ProductMatches);

/// It excludes the goods.
pub(super) const fn excluded(code: Code) -> Relation {
    relation(Mark::Differs, Outcome::Fail, code)
}

/// One of the two is wrong, or written in another way: for reading, not for refusing.
pub(super) const fn differs(code: Code) -> Relation {
    relation(Mark::Differs, Outcome::Unknown, code)
}

/// The same where the list holds nothing else.
pub(super) fn one_of(count: usize) -> Relation {
    if count == 1 { SAME } else { COVERED }
}

pub(super) fn gtin(asked: &str, listed: &[&str]) -> Relation {
    let padded = |gtin: &str| format!("{:0>14}", western(gtin).trim());
    let asked = padded(asked);
    if listed.is_empty() {
        NOT_SAID
    } else if listed.iter().any(|gtin| padded(gtin) == asked) {
        one_of(listed.len())
    } else {
        excluded(Code::ProductGtinNotListed)
    }
}

/// Codes as a set. Each compares by prefix: a record's heading covers its subheadings; a question's
/// heading that is wider than the record's code has to be read, unless a covered code of the question
/// stands under it and says which of its goods are meant.
pub(super) fn codes(asked: &[ProductCode], listed: &[ProductCode]) -> Relation {
    if listed.is_empty() {
        return NOT_SAID;
    }
    let set = |codes: &[ProductCode]| codes.iter().cloned().collect::<BTreeSet<_>>();
    if set(asked) == set(listed) {
        return SAME;
    }
    let each = asked.iter().map(|code| (code, one_code(code, listed).mark));
    let each: Vec<_> = each.collect();
    let of = |mark: Mark| each.iter().filter(move |(_, one)| *one == mark);
    let said = |wide: &ProductCode| of(Mark::Covered).any(|(code, _)| is_under(code, wide));
    let to_read = of(Mark::Reading).any(|(wide, _)| !said(wide));
    let fits = of(Mark::Covered).next().is_some();
    match of(Mark::Differs).next() {
        // One code of the goods is or may be covered and another is not: nobody can tell by the codes.
        Some(_) if fits || to_read => differs(Code::ProductCodeNotListed),
        Some(_) => excluded(Code::ProductCodeNotListed),
        None if to_read => READING,
        None => COVERED,
    }
}

/// Whether a code is `wide` or stands under it. Beyond six digits national extensions differ.
fn is_under(code: &ProductCode, wide: &ProductCode) -> bool {
    let most = if code.scheme == wide.scheme {
        usize::MAX
    } else {
        6
    };
    let clip = |code: &ProductCode| code.code.chars().take(most).collect::<String>();
    code.comparable(wide) && clip(code).starts_with(&clip(wide))
}

fn one_code(asked: &ProductCode, listed: &[ProductCode]) -> Relation {
    let each = listed.iter().filter(|listed| listed.comparable(asked));
    let each = each.map(|listed| {
        if is_under(asked, listed) {
            COVERED
        } else if is_under(listed, asked) {
            READING
        } else {
            excluded(Code::ProductCodeNotListed)
        }
    });
    let best = each.min_by_key(|one| rank(one.outcome));
    // Of another classification or edition.
    best.unwrap_or(READING)
}

pub(super) fn quantity(asked: &Quantity, listed: Option<&Quantity>) -> Relation {
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

pub(super) fn standard(asked: &StandardReference, stated: &[StandardReference]) -> Relation {
    let each = stated.iter().map(|one| match asked.covers(one) {
        Covers::Yes if asked.edition() == one.edition() => one_of(stated.len()),
        Covers::Yes => COVERED,
        Covers::OtherEdition => differs(Code::ProductEditionDiffers),
        Covers::EditionUnsaid => READING,
        Covers::No => excluded(Code::ProductStandardNotListed),
    });
    each.min_by_key(|one| one.weight()).unwrap_or(NOT_SAID)
}

/// Whether two names are one; an empty one is none.
fn is_same_name(asked: &str, name: &str) -> bool {
    let name = fold_model(name);
    !name.is_empty() && fold_model(asked) == name
}

/// One of the names of a party, which is the same under each of them. Names are written in many ways: another spelling is for reading,
/// not for refusing.
pub(super) fn name(asked: &str, known: &[&str], code: Code) -> Relation {
    if known.iter().all(|name| name.trim().is_empty()) {
        NOT_SAID
    } else if known.iter().any(|name| is_same_name(asked, name)) {
        SAME
    } else {
        differs(code)
    }
}

pub(super) fn factory(asked: &str, factories: &[NamedParty]) -> Relation {
    let is_identified = |factory: &NamedParty| {
        let mut identifiers = factory.identifiers.iter();
        factory.id.as_deref() == Some(asked)
            || identifiers.any(|identifier| identifier.value == asked)
    };
    if factories.is_empty() {
        return NOT_SAID;
    }
    if factories.iter().any(is_identified) {
        return one_of(factories.len());
    }
    let known: Vec<&str> = factories.iter().flat_map(names).collect();
    heeding(asked, &known, |asked, known| {
        if known.iter().any(|name| is_same_name(asked, name)) {
            one_of(factories.len())
        } else {
            differs(Code::ProductFactoryNotListed)
        }
    })
}

/// A day of the paper; of a day that the record knows only roughly any within.
pub(super) fn day(asked: Day, stated: Option<&LegalDate>, code: Code) -> Relation {
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
pub(super) fn scope(asked: &str, stated: &[&str]) -> Relation {
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
