//! How each value of a paper is compared: by the rules of format.md 1.14, and never by likeness.

use std::collections::BTreeSet;

use comity_model::attestation::Quantity;
use comity_model::date::{Day, LegalDate};
use comity_model::number::{MAX_NUMBER_CHARS, fold_model, normalise};
use comity_model::party::NamedParty;
use comity_model::product::ProductCode;
use comity_model::standard::{Covers, StandardReference};
use comity_model::text::several;

use super::{Mark, names, rank};
use crate::code::{Code, Outcome};

/// Most models that are read in one text; of more a person has to read it.
pub const MAX_MODELS: usize = 50;

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

const fn relation(mark: Mark, outcome: Outcome, code: Code) -> Relation {
    Relation {
        mark,
        outcome,
        code,
    }
}

const SAME: Relation = relation(Mark::Same, Outcome::Pass, Code::ProductMatches);
const COVERED: Relation = relation(Mark::Covered, Outcome::Pass, Code::ProductMatches);
const READING: Relation = relation(Mark::Reading, Outcome::Unknown, Code::ProductNeedsReading);
pub(super) const NOT_SAID: Relation =
    relation(Mark::NotSaid, Outcome::Unknown, Code::ProductNotSaid);
/// A record that lists no lots, serial numbers or quantity is not limited to any.
const UNLIMITED: Relation = relation(Mark::NotSaid, Outcome::Pass, Code::ProductMatches);

/// It excludes the goods.
const fn excluded(code: Code) -> Relation {
    relation(Mark::Differs, Outcome::Fail, code)
}

/// One of the two is wrong, or written in another way: for reading, not for refusing.
const fn differs(code: Code) -> Relation {
    relation(Mark::Differs, Outcome::Unknown, code)
}

/// The same where the list holds nothing else.
fn one_of(count: usize) -> Relation {
    if count == 1 { SAME } else { COVERED }
}

/// A number of the paper and that of the record.
pub(super) fn number(asked: &str, number: &str) -> Relation {
    if number.trim().is_empty() {
        NOT_SAID
    } else if is_one_of(asked, [number]) {
        SAME
    } else {
        differs(Code::ProductNumberDiffers)
    }
}

/// A printed number as it is compared: its normalised form, and what is cut there as a whole; none
/// where nothing of it is left.
fn comparable(number: &str) -> Option<(String, Option<String>)> {
    let number = western(number);
    let form = normalise(&number);
    let is_cut = form.chars().count() >= MAX_NUMBER_CHARS;
    let whole = is_cut.then(|| fold_model(&number));
    (!form.is_empty()).then_some((form, whole))
}

/// Whether a printed number is one of these.
fn is_one_of<'a>(asked: &str, numbers: impl IntoIterator<Item = &'a str>) -> bool {
    let asked = comparable(asked);
    let mut numbers = numbers.into_iter();
    asked.is_some() && numbers.any(|number| comparable(number) == asked)
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

pub(super) fn serial(asked: &str, listed: &[String]) -> Relation {
    listed_number(asked, listed, Code::ProductSerialNotListed)
}

pub(super) fn lot(asked: &str, listed: &[String]) -> Relation {
    listed_number(asked, listed, Code::ProductLotNotListed)
}

fn listed_number(asked: &str, listed: &[String], code: Code) -> Relation {
    if listed.is_empty() {
        UNLIMITED
    } else if is_one_of(asked, listed.iter().map(String::as_str)) {
        one_of(listed.len())
    } else {
        excluded(code)
    }
}

pub(super) fn gtin(asked: &str, listed: &[String]) -> Relation {
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

/// The models that a paper prints: one, or [`several`]. They are a set: their order says nothing,
/// nor what stands there twice.
pub(super) fn model(asked: &str, listed: &[String]) -> Relation {
    if listed.is_empty() {
        return NOT_SAID;
    }
    let listed = Models::new(listed);
    let whole = fold_model(asked);
    if !whole.is_empty() && listed.known.contains(&whole) {
        return one_of(listed.known.len());
    }
    let parts: BTreeSet<String> = several(asked).map(fold_model).collect();
    if parts.len() > MAX_MODELS {
        return READING;
    }
    if parts == listed.known {
        return SAME;
    }
    let as_one = listed.relation(&whole);
    let each = parts.iter().map(|part| listed.relation(part));
    let Some(worst) = each.max_by_key(|one| one.weight()) else {
        return as_one;
    };
    // What only looks like several may be one, under a star or with another space.
    if worst.outcome == Outcome::Fail && as_one.outcome != Outcome::Fail {
        READING
    } else {
        worst
    }
}

/// The models that a record lists, read once however many are asked about.
struct Models {
    /// Each after [`fold_model`].
    known: BTreeSet<String>,
    /// What stands before a trailing `*`.
    begin: Vec<String>,
    /// Each without what separates its parts.
    bare: BTreeSet<String>,
}

impl Models {
    fn new(listed: &[String]) -> Self {
        let known: BTreeSet<String> = listed.iter().map(|one| fold_model(one)).collect();
        let begin = known.iter().filter_map(|one| one.strip_suffix('*'));
        Self {
            begin: begin.map(str::to_owned).collect(),
            bare: known.iter().map(|one| normalise(one)).collect(),
            known,
        }
    }

    /// A model after [`fold_model`], by the rule of format.md 1.14.
    fn relation(&self, asked: &str) -> Relation {
        if asked.is_empty() {
            return excluded(Code::ProductModelNotListed);
        }
        let bare = normalise(asked);
        if self.known.contains(asked) || self.begin.iter().any(|begin| asked.starts_with(begin)) {
            COVERED
        } else if !bare.is_empty() && self.bare.contains(&bare) {
            // Another hyphen or space, perhaps only of the print.
            READING
        } else {
            excluded(Code::ProductModelNotListed)
        }
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
