//! Equivalences of services to the chapters of an arrangement.

use comity_model::arrangement::{
    Acceptor, Chapter, Coverage, Degree, DirectedPair, Direction, DirectionMode, IssuerEligibility,
    Obligation, Phase, RequirementsBasis,
};
use comity_model::date::{Day, LegalDate, Period};
use comity_model::text::LangString;

use super::pointers::{Agreement, Equivalence, Standing};

/// What the list does not say of its chapters.
pub(super) const NOT_IN_SOURCE: [&str; 3] = [
    "that certificates count as one's own, and shall be accepted: the list says \"equivalence\"",
    "days: the list says seconds, of which the day in UTC is taken",
    "the equivalences of certificate contents and qualifiers, which the list has and this has not",
];

/// The chapters of an agreement: one for each time that an equivalence was in force, or for one
/// that never was in force for a day. `from` is whose services count, `to` where; empty is every
/// participant.
pub(super) fn chapters(agreement: &Agreement, from: &[String], to: &[String]) -> Vec<Chapter> {
    let mut chapters: Vec<Chapter> = Vec::new();
    for equivalence in &agreement.equivalences {
        for (phase, period) in times(equivalence) {
            let slug = slug(&equivalence.name);
            let count = chapters
                .iter()
                .filter(|held| held.id == slug || is_numbered(&held.id, &slug))
                .count();
            let id = match count {
                0 => slug,
                count => format!("{slug}-{}", count + 1),
            };
            chapters.push(chapter(equivalence, id, (phase, period), from, to));
        }
    }
    chapters
}

fn is_numbered(id: &str, slug: &str) -> bool {
    let number = id
        .strip_prefix(slug)
        .and_then(|rest| rest.strip_prefix('-'));
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

fn slug(name: &str) -> String {
    let slug: String = name
        .to_ascii_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let slug = slug.trim_matches('-');
    if slug.is_empty() { "service" } else { slug }.to_owned()
}

/// When an equivalence is in force, by days of UTC, the oldest first: it begins on the day it is
/// enacted and has ended on the day it is repealed.
fn times(equivalence: &Equivalence) -> Vec<(Phase, Period)> {
    let mut times = Vec::new();
    let mut since: Option<Day> = None;
    for (at, standing) in equivalence.changes.iter().rev() {
        match (standing, since) {
            (Standing::Enacted, None) => since = Some(at.day()),
            (Standing::Repealed, Some(from)) => {
                let last = at.day().plus_days(-1);
                if last >= from {
                    let period = Period::new(from, Some(LegalDate::from(last)));
                    times.push((Phase::Operational, period));
                }
                since = None;
            }
            _ => {}
        }
    }
    if let Some(from) = since {
        times.push((Phase::Operational, Period::new(from, None)));
    }
    if times.is_empty()
        && let Some((at, _)) = equivalence.changes.first()
    {
        times.push((Phase::Repealed, Period::new(at.day(), None)));
    }
    times
}

fn chapter(
    equivalence: &Equivalence,
    id: String,
    (phase, period): (Phase, Period),
    from: &[String],
    to: &[String],
) -> Chapter {
    let english = |text: String| LangString::of("en", &text);
    let changes: Vec<String> = equivalence
        .changes
        .iter()
        .map(|(since, standing)| {
            let word = match standing {
                Standing::Enacted => "enacted",
                Standing::Repealed => "repealed",
            };
            format!("{word} since {since}")
        })
        .collect();
    let title = format!(
        "{}: {} for {}; {}",
        equivalence.name,
        equivalence.pointed_types.join(", "),
        equivalence.pointing_types.join(", "),
        changes.join(", ")
    );
    let mut conditions = Vec::new();
    if !equivalence.valid.is_empty() {
        let mut words = format!(
            "The service stands in its list with {}",
            equivalence.valid.join(" or ")
        );
        if !equivalence.invalid.is_empty() {
            words.push_str(", and not with ");
            words.push_str(&equivalence.invalid.join(" or "));
        }
        conditions.push(english(words));
    }
    Chapter {
        id,
        title: english(title),
        phase,
        degree: Degree::Certificates,
        obligation: Obligation::ShallAccept,
        direction: Direction {
            mode: DirectionMode::OneWay,
            pairs: vec![DirectedPair {
                from: from.to_vec(),
                to: to.to_vec(),
                period: None,
            }],
            except: Vec::new(),
        },
        requirements_basis: RequirementsBasis::Equivalent,
        coverage: Coverage {
            categories: distinct(&equivalence.pointed_types),
            ..Coverage::default()
        },
        level: None,
        issuer_eligibility: IssuerEligibility::default(),
        acceptor: Acceptor::default(),
        conditions,
        period,
        issued_from: None,
        after_end: None,
    }
}

/// The texts, once each. An equivalence without a type covers nothing, instead of everything.
fn distinct(texts: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for text in texts {
        if !found.contains(text) {
            found.push(text.clone());
        }
    }
    if found.is_empty() {
        found.push("no type of service".to_owned());
    }
    found
}
