//! What a chapter covers, and whether it still works for what was issued when it did.

use comity_model::arrangement::{Chapter, Coverage, ExistingAttestations, Phase};
use comity_model::attestation::{AttestationDetails, LegalDates};
use comity_model::date::{Day, LegalDate, Truth};
use comity_model::number::{fold_model, model_covers};
use comity_model::product::{CodeSelector, ProductCode, Selection};

use super::Sides;
use crate::code::{Code, Outcome};
use crate::editions;
use crate::finding::through;
use crate::question::ProductFacts;
use crate::subject::Subject;

/// Whether the chapter covers the attestation at all. `Unknown` where the attestation is silent
/// on what the chapter turns on.
pub(crate) fn covers(sides: &Sides<'_, '_>, coverage: &Coverage) -> Truth {
    let (subject, asked) = (sides.subject, &sides.known.question.product);
    let details = &subject.attestation.comity;
    let kinds = &coverage.attestation_kinds;
    if !kinds.is_empty() && !kinds.contains(&details.comity_kind) {
        return Truth::No;
    }
    if !coverage.schemes.is_empty() && !of_scheme(&coverage.schemes, subject) {
        return Truth::No;
    }
    if !coverage.profiles.is_empty() {
        let conforms = details.profiles.iter().any(|stated| {
            coverage
                .profiles
                .iter()
                .any(|listed| model_covers(listed, stated))
        });
        if !conforms {
            return Truth::No;
        }
    }
    categories(coverage, details)
        .and(products(coverage, details, asked))
        .and(editions::fulfils(sides, &coverage.standards, details))
        .and(regulations(&coverage.regulations, details))
}

/// Whether a transcription speaks of this scheme or, where it names no scheme, of this kind of
/// attestation: then what it does not cover is not recognised under it (format.md 4.4).
pub(crate) fn speaks_of(coverage: &Coverage, subject: &Subject<'_>) -> bool {
    if coverage.schemes.is_empty() {
        coverage
            .attestation_kinds
            .contains(&subject.attestation.comity.comity_kind)
    } else {
        of_scheme(&coverage.schemes, subject)
    }
}

/// Whether the attestation was made under one of these schemes.
pub(crate) fn of_scheme(schemes: &[String], subject: &Subject<'_>) -> bool {
    let reference = &subject.attestation.reference_scheme;
    let code = subject.attestation.comity.scheme.as_deref();
    let named = code.into_iter().chain([&*reference.id, &*reference.name]);
    named.into_iter().any(|name| {
        schemes
            .iter()
            .any(|scheme| scheme.eq_ignore_ascii_case(name))
    })
}

fn categories(coverage: &Coverage, details: &AttestationDetails) -> Truth {
    if coverage.categories.is_empty() {
        return Truth::Yes;
    }
    let mut said = details
        .objects
        .iter()
        .flat_map(|object| &object.categories)
        .peekable();
    if said.peek().is_none() {
        return Truth::Unknown;
    }
    let listed = |category: &String| {
        coverage
            .categories
            .iter()
            .any(|one| fold_model(one) == fold_model(category))
    };
    said.any(listed).into()
}

fn products(coverage: &Coverage, details: &AttestationDetails, asked: &ProductFacts) -> Truth {
    let stated = details
        .objects
        .iter()
        .flat_map(|object| &object.product_codes);
    if asked.codes.is_empty() {
        chosen(&coverage.products, stated)
    } else {
        chosen(&coverage.products, &asked.codes)
    }
}

/// Whether selectors, of which one suffices, mean a product of these codes; every product if there
/// are none.
pub(crate) fn chosen<'c>(
    selectors: &[CodeSelector],
    codes: impl IntoIterator<Item = &'c ProductCode>,
) -> Truth {
    if selectors.is_empty() {
        return Truth::Yes;
    }
    let mut all: Option<Truth> = None;
    for code in codes {
        let chosen = selectors.iter().fold(Truth::No, |best, selector| {
            best.or(match selector.select(code) {
                Selection::Chosen => Truth::Yes,
                Selection::NotChosen => Truth::No,
                Selection::NotComparable => Truth::Unknown,
            })
        });
        // Some codes in and some out: which of them is meant has to be read.
        all = Some(match all {
            None => chosen,
            Some(held) if held == chosen => held,
            Some(_) => Truth::Unknown,
        });
    }
    all.unwrap_or(Truth::Unknown)
}

/// Whether the attestation states one of these regulations.
pub(crate) fn regulations(regulations: &[String], details: &AttestationDetails) -> Truth {
    if regulations.is_empty() {
        return Truth::Yes;
    }
    if details.regulations.is_empty() {
        return Truth::Unknown;
    }
    let listed = |stated: &String| {
        regulations
            .iter()
            .any(|one| fold_model(one) == fold_model(stated))
    };
    details.regulations.iter().any(listed).into()
}

/// Whether the chapter works on the legal day for what was issued when this was.
pub(crate) struct Term {
    pub(crate) trouble: Option<(Outcome, Code)>,
    /// The chapter had ended by the legal day.
    pub(crate) ended: bool,
    /// The last legal day on which this stays so.
    pub(crate) until: Option<Day>,
}

/// Judges phase, period, `issuedFrom` and the rule for what outlives the chapter.
pub(crate) fn term(chapter: &Chapter, dates: &LegalDates, on: Day) -> Term {
    let mut term = Term {
        trouble: None,
        ended: false,
        until: None,
    };
    let fail = |code| Some((Outcome::Fail, code));
    let unknown = |code| Some((Outcome::Unknown, code));
    let works = match chapter.phase {
        Phase::Operational => true,
        // What lapsed on a stated day leaves its rule for what was issued before.
        Phase::Lapsed | Phase::Repealed => chapter.period.until.is_some(),
        Phase::ConfidenceBuilding | Phase::Suspended => false,
    };
    if !works {
        term.trouble = fail(Code::ArrangementNotOperational);
        return term;
    }
    let issued = dates.issued_on;
    let from = chapter.issued_from.as_ref();
    match from.map_or(Truth::Yes, |from| issued.not_before(from)) {
        Truth::Yes => {}
        Truth::No => term.trouble = fail(Code::ArrangementIssuedBefore),
        Truth::Unknown => term.trouble = unknown(Code::ArrangementIssueDateUnclear),
    }
    match chapter.period.from.reached_on(on) {
        Truth::Yes => {}
        Truth::No => term.trouble = fail(Code::ArrangementNotInForce),
        Truth::Unknown => {
            term.trouble = term.trouble.or(unknown(Code::ArrangementInForceUnclear));
        }
    }
    let Some(end) = chapter.period.until else {
        return term;
    };
    match end.passed_on(on) {
        Truth::No => term.until = through(&end, on),
        Truth::Unknown => {
            term.trouble = term.trouble.or(unknown(Code::ArrangementInForceUnclear));
        }
        Truth::Yes => {
            term.ended = true;
            let (trouble, until) = after_end(chapter, dates, &end, on);
            term.trouble = match (term.trouble, trouble) {
                (held, Some((Outcome::Fail, code)))
                    if held.is_none_or(|h| h.0 != Outcome::Fail) =>
                {
                    fail(code)
                }
                (held, trouble) => held.or(trouble),
            };
            term.until = until;
        }
    }
    term
}

/// The attestations in which [`term`] may find no trouble on a legal day, whatever else they say.
pub(crate) struct Window {
    /// The chapter had ended by then.
    pub(crate) ended: bool,
    /// The last day of issue that it may still cover.
    pub(crate) issued_to: Option<Day>,
}

/// `None` where a chapter works for none on that day, or that cannot be told.
pub(crate) fn window(chapter: &Chapter, on: Day) -> Option<Window> {
    let works = match chapter.phase {
        Phase::Operational => true,
        Phase::Lapsed | Phase::Repealed => chapter.period.until.is_some(),
        Phase::ConfidenceBuilding | Phase::Suspended => false,
    };
    if !works || chapter.period.from.reached_on(on) != Truth::Yes {
        return None;
    }
    let open = Window {
        ended: false,
        issued_to: None,
    };
    let Some(end) = chapter.period.until else {
        return Some(open);
    };
    match end.passed_on(on) {
        Truth::No => return Some(open),
        Truth::Unknown => return None,
        Truth::Yes => {}
    }
    let rule = chapter.after_end?;
    let lasts = match (rule.existing_attestations, rule.date) {
        (ExistingAttestations::UntilExpiry, _) => true,
        (ExistingAttestations::UntilDate, Some(last)) => last.passed_on(on) == Truth::No,
        (ExistingAttestations::UntilDate, None) | (ExistingAttestations::CeaseImmediately, _) => {
            false
        }
    };
    let under_way = rule.procedures_under_way_until;
    let last = under_way.map_or(end.earliest(), |last| last.earliest().max(end.earliest()));
    lasts.then_some(Window {
        ended: true,
        issued_to: Some(last),
    })
}

/// What becomes of an attestation whose issuer's side was in when it issued and is not on the
/// legal day: what the chapter says of its own end; where it says nothing, nobody has said.
pub(crate) fn since_left(
    chapter: &Chapter,
    is_in: Option<Truth>,
    on: Day,
) -> Option<(Outcome, Code)> {
    let left = match is_in {
        None | Some(Truth::Yes) => return None,
        Some(Truth::Unknown) => Some((Outcome::Unknown, Code::ArrangementIssuerSideUnclear)),
        Some(Truth::No) => Some((Outcome::Fail, Code::ArrangementIssuerSideLeft)),
    };
    let unsaid = Some((Outcome::Unknown, Code::ArrangementIssuerSideLeft));
    let Some(rule) = chapter.after_end else {
        return unsaid;
    };
    match (rule.existing_attestations, rule.date) {
        (ExistingAttestations::UntilExpiry, _) => None,
        (ExistingAttestations::CeaseImmediately, _) => left,
        (ExistingAttestations::UntilDate, Some(date)) => match date.passed_on(on) {
            Truth::No => None,
            Truth::Yes => left,
            Truth::Unknown => unsaid,
        },
        (ExistingAttestations::UntilDate, None) => unsaid,
    }
}

fn after_end(
    chapter: &Chapter,
    dates: &LegalDates,
    end: &LegalDate,
    on: Day,
) -> (Option<(Outcome, Code)>, Option<Day>) {
    let fail = |code| (Some((Outcome::Fail, code)), None);
    let unknown = |code| (Some((Outcome::Unknown, code)), None);
    let issued = dates.issued_on;
    let later = passed_by(end, &issued);
    let rule = chapter.after_end;
    if later == Truth::Unknown {
        return unknown(Code::ArrangementIssueDateUnclear);
    }
    if later == Truth::Yes {
        let window = rule.and_then(|rule| rule.procedures_under_way_until);
        let Some(window) = window else {
            return fail(Code::ArrangementIssuedAfterEnd);
        };
        match passed_by(&window, &issued) {
            Truth::Yes => return fail(Code::ArrangementIssuedAfterEnd),
            Truth::Unknown => return unknown(Code::ArrangementIssueDateUnclear),
            Truth::No => {}
        }
        let began = dates.procedure_began_on;
        match began.map_or(Truth::Unknown, |began| passed_by(end, &began)) {
            Truth::Yes => return fail(Code::ArrangementProcedureBeganLater),
            Truth::Unknown => return unknown(Code::ArrangementTransitionUnclear),
            Truth::No => {}
        }
    }
    let Some(rule) = rule else {
        return unknown(Code::ArrangementAfterEndUnstated);
    };
    match (rule.existing_attestations, rule.date) {
        (ExistingAttestations::CeaseImmediately, _) => fail(Code::ArrangementEnded),
        (ExistingAttestations::UntilExpiry, _) => (None, None),
        (ExistingAttestations::UntilDate, None) => unknown(Code::ArrangementAfterEndUnstated),
        (ExistingAttestations::UntilDate, Some(last)) => match last.passed_on(on) {
            Truth::Yes => fail(Code::ArrangementEnded),
            Truth::Unknown => unknown(Code::ArrangementInForceUnclear),
            Truth::No => (None, through(&last, on)),
        },
    }
}

/// Whether `date` is later than `end`, either of them perhaps known only roughly.
fn passed_by(end: &LegalDate, date: &LegalDate) -> Truth {
    let (first, last) = (end.passed_on(date.earliest()), end.passed_on(date.latest()));
    if first == last { first } else { Truth::Unknown }
}
