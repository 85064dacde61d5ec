//! Printed numbers: of the certificate, of one piece, of a lot.

use comity_model::number::{Divided, look_alike};

use super::Mark;
use super::rules::{NOT_SAID, Relation, SAME, UNLIMITED, differs, excluded, one_of, relation};
use crate::code::{Code, Outcome};

/// The same letters and digits, divided at other places: `1/23` and `12/3` may be two numbers.
const DIVIDED: Relation = relation(Mark::Reading, Outcome::Unknown, Code::ProductNumberDivided);

/// A number of the paper and that of the record.
pub(super) fn number(asked: &str, stated: &[&str]) -> Relation {
    if stated.iter().all(|number| number.trim().is_empty()) {
        NOT_SAID
    } else {
        let asked = western(asked);
        let alike = |number: &&str| !look_alike(&asked, &western(number)).is_empty();
        let other = if stated.iter().any(alike) {
            Code::ProductOtherAlphabet
        } else {
            Code::ProductNumberDiffers
        };
        among(&asked, stated, SAME).unwrap_or(differs(other))
    }
}

pub(super) fn serial(asked: &str, listed: &[&str]) -> Relation {
    listed_number(asked, listed, Code::ProductSerialNotListed)
}

pub(super) fn lot(asked: &str, listed: &[&str]) -> Relation {
    listed_number(asked, listed, Code::ProductLotNotListed)
}

fn listed_number(asked: &str, listed: &[&str], code: Code) -> Relation {
    if listed.is_empty() {
        UNLIMITED
    } else {
        among(asked, listed, one_of(listed.len())).unwrap_or(excluded(code))
    }
}

/// How a printed number stands to these, `found` where it is one of them; none where it is not.
fn among(asked: &str, numbers: &[&str], found: Relation) -> Option<Relation> {
    let divided = |number: &str| Divided::new(&western(number));
    let asked = divided(asked)?;
    let numbers = numbers.iter().filter_map(|number| divided(number));
    let mut alike = numbers
        .filter(|number| number.has_letters_of(&asked))
        .peekable();
    alike.peek()?;
    let spelled = alike.any(|number| number.is_spelled_as(&asked));
    Some(if spelled { found } else { DIVIDED })
}

/// Arabic and Persian digits as the others: they are written so on papers in these scripts.
pub(super) fn western(text: &str) -> String {
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
