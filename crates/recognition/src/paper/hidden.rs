//! Characters that no paper shows, in what is compared: marks that turn the direction of a text,
//! letters without width.

use comity_model::text::{is_hidden, visible};

use super::Mark;
use super::rules::{Relation, relation};
use crate::code::{Code, Outcome};

/// Only what is hidden in the record keeps the two apart, or would be passed over.
pub(super) const HIDDEN: Relation = relation(
    Mark::Reading,
    Outcome::Unknown,
    Code::ProductHiddenCharacters,
);

/// Whether something is hidden in a text.
pub(super) fn hides(text: &str) -> bool {
    text.chars().any(is_hidden)
}

/// What is typed is compared as it can be seen, for nobody reads more on a paper. Where it is the same
/// as a value of the record only without what is hidden in that, a person has to read it.
pub(super) fn heeding(
    asked: &str,
    listed: &[&str],
    rule: impl Fn(&str, &[&str]) -> Relation,
) -> Relation {
    if !hides(asked) && !listed.iter().any(|one| hides(one)) {
        return rule(asked, listed);
    }
    let seen: Vec<String> = listed.iter().map(|one| visible(one)).collect();
    let seen: Vec<&str> = seen.iter().map(String::as_str).collect();
    let typed = visible(asked);
    let found = rule(&typed, &seen);
    if matches!(found.mark, Mark::Differs | Mark::NotSaid) {
        return found;
    }
    // Letter by letter the same, as names in some scripts have joiners, is the same.
    let plain = listed.iter().filter(|one| !hides(one) || **one == asked);
    let plain: Vec<&str> = plain.copied().collect();
    let exact = plain.contains(&asked);
    let alone = (!plain.is_empty()).then(|| rule(&typed, &plain));
    match alone {
        _ if exact => found,
        Some(alone) if alone.outcome == found.outcome && alone.mark != Mark::Differs => found,
        _ => HIDDEN,
    }
}
