//! Whose results count where: the two sides of a chapter, and the direction between them.

use comity_model::arrangement::{Chapter, DirectedPair, DirectionMode};
use comity_model::date::{LegalDate, Truth};
use comity_model::participation::ParticipationRole;

use super::participation::{Side, names};
use super::versions::Version;
use crate::code::{Code, Outcome};
use crate::competence::contains;
use crate::known::Known;

/// Roles of those whose results are recognised, where a chapter does not say.
const PRODUCING: [ParticipationRole; 5] = [
    ParticipationRole::Signatory,
    ParticipationRole::Authorising,
    ParticipationRole::IssuingAuthority,
    ParticipationRole::DesignatingAuthority,
    ParticipationRole::Member,
];

/// Whether pairs let results of `from` count here, for what was issued on `issued`.
pub(super) struct Pairs {
    /// Some pair does; always with modes that have none.
    pub(super) counts: Truth,
    /// A pair that does names the issuer's economy itself.
    pub(super) names_issuer: bool,
    /// A pair that does names the destination itself.
    pub(super) names_destination: bool,
}

pub(super) fn pairs(
    known: &Known<'_>,
    version: &Version<'_>,
    chapter: &Chapter,
    from: &str,
    issued: &LegalDate,
) -> Pairs {
    let here = known.question.in_economy.as_str();
    let listed = |list: &[String], economy: &str| {
        if list.is_empty() {
            return Truth::Yes;
        }
        list.iter().fold(Truth::No, |found, named| {
            found.or(names(known, version, named, economy, issued))
        })
    };
    let matches = |pair: &DirectedPair| {
        let period = pair
            .period
            .as_ref()
            .map_or(Truth::Yes, |period| contains(period, issued));
        listed(&pair.from, from)
            .and(listed(&pair.to, here))
            .and(period)
    };
    let direction = &chapter.direction;
    let excepted = (direction.except.iter()).fold(Truth::No, |found, pair| found.or(matches(pair)));
    let paired = matches!(
        direction.mode,
        DirectionMode::DeclaredPairs | DirectionMode::OneWay
    );
    let mut found = Pairs {
        counts: if paired { Truth::No } else { Truth::Yes },
        names_issuer: false,
        names_destination: false,
    };
    for pair in direction.pairs.iter().filter(|_| paired) {
        let holds = matches(pair);
        found.counts = found.counts.or(holds);
        if holds != Truth::No {
            found.names_issuer |= !pair.from.is_empty();
            found.names_destination |= !pair.to.is_empty();
        }
    }
    found.counts = found.counts.and(!excepted);
    found
}

/// Whether the issuer's side has a role that produces, as far as the chapter asks for one.
pub(super) fn produces(chapter: &Chapter, side: &Side<'_>) -> bool {
    let asked = &chapter.issuer_eligibility.participant_roles;
    if asked.is_empty() {
        let any = chapter.direction.mode != DirectionMode::ProducerToAll;
        return any || side.roles.iter().any(|role| PRODUCING.contains(role));
    }
    side.roles.iter().any(|role| asked.contains(role))
}

/// Why the sides do not meet, if they do not.
pub(super) fn trouble(pairs: &Pairs) -> Option<(Outcome, Code)> {
    match pairs.counts {
        Truth::Yes => None,
        Truth::No => Some((Outcome::Fail, Code::ArrangementDirection)),
        Truth::Unknown => Some((Outcome::Unknown, Code::ArrangementDirectionUnclear)),
    }
}
