//! The ways by which an attestation may come to count in a destination: what an index is asked
//! for, before anything is judged.
//!
//! *A necessary condition, never a verdict.* Whatever [`crate::decide`] finds recognised, with or
//! without conditions, or usable for its results is admitted here; much that is admitted is
//! refused by its verdict. So only what can be read off the signed bytes of one attestation by
//! itself is asked ([`Traits`]), and every step of a verdict that turns on something else is
//! passed over: its state, the editions' word, levels, the grants' scope.
//!
//! One way is the destination's own bodies; one is each chapter of an arrangement in force that
//! binds the destination; one is each rule by which it accepts attestations on its own. What the
//! chapter, the arrangement and the destination's participation are is the same for every
//! attestation, and is judged here as for a verdict (format.md 2.4 to 2.6, 4.4). The issuer's side
//! is asked about on a day of issue that is not known yet: whoever was in on any day is let in.

mod compile;
mod traits;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use comity_model::attestation::AttestationKind;
use comity_model::date::Day;

pub use compile::ways;
pub use traits::Traits;

/// Most ways that are told apart; beyond them one way admits whatever has any of their sides.
pub const MAX_WAYS: usize = 200;

/// Most values that a way lists of one sort; a longer list restricts nothing.
pub const MAX_VALUES: usize = 1_000;

/// Digits that the Harmonized System shares with every extension of it.
const SHARED_DIGITS: usize = 6;

/// Who says for which economies an issuer acts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// A register attributes the imported row to this economy.
    Attributed(String),
    /// The authority of this DID heads the registration of the signer.
    Authority(String),
    /// A grant relied on stands under the authority of this DID.
    GrantUnder(String),
    /// A grant relied on is a row that the signer of this DID imported.
    GrantImportedBy(String),
}

impl fmt::Display for Side {
    /// As an index holds it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attributed(economy) => write!(f, "economy {economy}"),
            Self::Authority(did) => write!(f, "authority {did}"),
            Self::GrantUnder(did) => write!(f, "grant {did}"),
            Self::GrantImportedBy(did) => write!(f, "importer {did}"),
        }
    }
}

/// One way to count: all of it must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// Who says for which economies the issuer acts, of whom one suffices; whoever it is if absent.
    pub sides: Option<BTreeSet<Side>>,
    /// What else is asked.
    pub terms: Terms,
}

/// What a way asks besides its sides. A list left empty restricts nothing; of a list one suffices.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Terms {
    /// Kinds of attestation.
    pub kinds: BTreeSet<AttestationKind>,
    /// Schemes, in small letters.
    pub schemes: BTreeSet<String>,
    /// Designations of standards, of which one is stated.
    pub standards: BTreeSet<String>,
    /// HS prefixes of 2, 4 or 6 digits, under one of which a code of it lies.
    pub products: BTreeSet<String>,
    /// DIDs of signers.
    pub issuers: BTreeSet<String>,
    /// Issued on this day or earlier.
    pub issued_to: Option<Day>,
}

/// What must hold of an attestation that counts in a destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ways {
    /// The legal day, on which it must be valid by its dates.
    pub on: Day,
    /// Digits of the product asked about, at most six of each code, of which it covers one;
    /// whatever it covers if empty.
    pub products: BTreeSet<String>,
    /// Of these at least one.
    pub any_of: Vec<Way>,
}

impl Ways {
    /// Whether an attestation with these traits may count.
    pub fn admit(&self, traits: &Traits) -> bool {
        let on = self.on;
        let ended = traits.valid_until.is_some_and(|until| until < on);
        let valid = traits.issued_on <= on && traits.valid_from <= on && !ended;
        let covers = |asked: &String| {
            let mut codes = traits.codes.iter();
            codes.any(|code| asked.starts_with(shared(code)))
        };
        let covers = self.products.is_empty() || self.products.iter().any(covers);
        valid && covers && self.any_of.iter().any(|way| way.admits(traits))
    }
}

impl Way {
    fn admits(&self, traits: &Traits) -> bool {
        let terms = &self.terms;
        let meets = |asked: &BTreeSet<String>, stated: &BTreeSet<String>| {
            asked.is_empty() || !asked.is_disjoint(stated)
        };
        let under = |prefix: &String| traits.codes.iter().any(|code| code.starts_with(prefix));
        let sides = self.sides.as_ref();
        sides.is_none_or(|sides| !sides.is_disjoint(&traits.sides))
            && (terms.kinds.is_empty() || terms.kinds.contains(&traits.kind))
            && meets(&terms.schemes, &traits.schemes)
            && meets(&terms.standards, &traits.standards)
            && (terms.products.is_empty() || terms.products.iter().any(under))
            && (terms.issuers.is_empty() || terms.issuers.contains(&traits.issuer))
            && terms.issued_to.is_none_or(|to| traits.issued_on <= to)
    }
}

impl Terms {
    /// Drops lists that are too long to be asked for.
    fn limited(mut self) -> Self {
        let lists = [
            &mut self.schemes,
            &mut self.standards,
            &mut self.products,
            &mut self.issuers,
        ];
        for list in lists {
            if list.len() > MAX_VALUES {
                list.clear();
            }
        }
        self
    }
}

/// Ways that ask the same are one, with the sides of all; those beyond [`MAX_WAYS`] are one that
/// asks for their sides only.
fn joined(ways: impl IntoIterator<Item = Way>) -> Vec<Way> {
    let mut by_terms: BTreeMap<Terms, Option<BTreeSet<Side>>> = BTreeMap::new();
    for Way { sides, terms } in ways {
        let nobody = sides.as_ref().is_some_and(BTreeSet::is_empty);
        if nobody {
            continue;
        }
        let mut terms = terms.limited();
        if by_terms.len() >= MAX_WAYS && !by_terms.contains_key(&terms) {
            terms = Terms::default();
        }
        let held = by_terms.entry(terms).or_insert(Some(BTreeSet::new()));
        match (held.as_mut(), sides) {
            (Some(held), Some(sides)) => held.extend(sides),
            _ => *held = None,
        }
    }
    let ways = by_terms.into_iter();
    ways.map(|(terms, sides)| Way { sides, terms }).collect()
}

/// The digits of a code, whatever stands between them.
fn digits(code: &str) -> String {
    code.chars().filter(char::is_ascii_digit).collect()
}

/// The digits of a code that every extension of the HS shares.
fn shared(digits: &str) -> &str {
    digits.get(..SHARED_DIGITS).unwrap_or(digits)
}

#[cfg(test)]
mod tests;
