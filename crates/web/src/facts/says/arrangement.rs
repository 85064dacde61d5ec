//! Arrangements and their chapters.

use comity_model::arrangement::{
    Arrangement, Chapter, Coverage, DirectedPair, IssuerEligibility, Transcription, split_chapter,
};
use comity_model::participation::ArrangementName;
use comity_model::record::Record;
use comity_model::text::projected;
use comity_recognition::wording::{self, terms};

use super::super::{Facts, Value, worded};
use super::Parts;
use crate::pages::search::period;

pub(super) fn arrangement(says: &mut Parts<'_>, record: &Record, arrangement: &Arrangement) {
    let facts = &mut says.facts;
    let site = facts.site;
    facts.add("says-title", [worded(site, &arrangement.title)]);
    let citation = arrangement.citation.as_deref();
    let citation = citation.map(|text| Value::plain(text, facts.lang));
    facts.add("says-citation", citation);
    facts.word(
        "says-sort",
        arrangement.arrangement_type,
        terms::arrangement_type,
    );
    facts.word("says-nature", arrangement.legal_nature, terms::legal_nature);
    facts.codes("party-version", [arrangement.version.to_string().as_str()]);
    facts.economies("says-parties", &arrangement.parties);
    facts.parties("says-signers", &arrangement.signers);
    facts.parties("role-secretariat", &arrangement.secretariat);
    transcription(facts, arrangement.transcription.as_ref());
    let authority = &record.comity.authority;
    for one in &arrangement.chapters {
        says.begin("says-chapter", worded(site, &one.title));
        chapter(&mut says.facts, one);
        covered(&mut says.facts, &one.coverage);
        eligible(&mut says.facts, authority, &one.issuer_eligibility);
    }
}

/// Where a transcribed text was read.
pub(super) fn transcription(facts: &mut Facts<'_>, transcription: Option<&Transcription>) {
    let Some(of) = transcription else {
        return;
    };
    let read = facts.site.day(of.read_on);
    let source = Value::plain(&of.source, "").with(read);
    facts.add("says-transcribed", [source]);
    facts.codes("says-licence", of.licence.as_deref());
    let added = of.not_in_source.iter().map(|text| Value::plain(text, ""));
    facts.add("says-not-in-source", added);
}

fn chapter(facts: &mut Facts<'_>, chapter: &Chapter) {
    facts.word("says-phase", chapter.phase, terms::phase);
    facts.word("says-degree", chapter.degree, wording::degree);
    facts.word("says-obligation", chapter.obligation, terms::obligation);
    facts.word(
        "says-direction",
        chapter.direction.mode,
        terms::direction_mode,
    );
    pairs(facts, "says-pairs", &chapter.direction.pairs);
    pairs(facts, "says-except", &chapter.direction.except);
    let basis = chapter.requirements_basis;
    facts.word("says-requirements-of", basis, terms::requirements_basis);
    facts.period("standard-in-force", &chapter.period);
    facts.on_day("says-issued-from", chapter.issued_from.as_ref());
    if let Some(after) = &chapter.after_end {
        let rule = after.existing_attestations;
        facts.word("says-after-end", rule, terms::after_end);
        facts.on_day("says-until-day", after.date.as_ref());
        let procedures = after.procedures_under_way_until.as_ref();
        facts.on_day("says-procedures-until", procedures);
    }
    if let Some(level) = &chapter.level {
        let language = facts.language();
        let mode = terms::level_mode(level.mode, language);
        let rank = Value::word(format!("{mode} {} {}", projected(&level.scale), level.rank));
        let above = terms::above_cap(level.above_cap, language);
        facts.add("says-level", [rank.with(above)]);
        facts.codes("says-level-within", level.within.iter().map(String::as_str));
    }
    let acceptor = &chapter.acceptor;
    facts.words(
        "says-acceptor-roles",
        &acceptor.roles,
        terms::participation_role,
    );
    facts.holds("says-declaration-needed", acceptor.declaration_required);
    facts.texts("says-conditions", &chapter.conditions);
}

/// From where to where, and when.
fn pairs(facts: &mut Facts<'_>, key: &'static str, pairs: &[DirectedPair]) {
    let site = facts.site;
    let names = |codes: &[String]| {
        let names: Vec<_> = codes
            .iter()
            .map(|code| projected(&site.economy(code)))
            .collect();
        if names.is_empty() {
            site.texts.say("says-every-participant")
        } else {
            names.join(", ")
        }
    };
    let pairs = pairs.iter().map(|pair| {
        let between = [
            ("from", crate::texts::text(names(&pair.from))),
            ("to", crate::texts::text(names(&pair.to))),
        ];
        let value = Value::word(site.texts.put("says-pair", &between));
        let when = pair.period.as_ref();
        let when = when.map(|when| period(site, &when.from, when.until.as_ref()));
        Value {
            beside: when,
            ..value
        }
    });
    facts.add(key, pairs);
}

fn covered(facts: &mut Facts<'_>, coverage: &Coverage) {
    let kinds = &coverage.attestation_kinds;
    facts.words("says-attestation-kinds", kinds, wording::attestation);
    facts.codes("says-schemes", coverage.schemes.iter().map(String::as_str));
    facts.products(&coverage.products);
    let categories = coverage.categories.iter();
    facts.add(
        "says-categories",
        categories.map(|text| Value::plain(text, "")),
    );
    facts.standards("fact-standard", &coverage.standards);
    let regulations = coverage.regulations.iter().map(String::as_str);
    facts.codes("fact-regulation", regulations);
    facts.codes(
        "says-profiles",
        coverage.profiles.iter().map(String::as_str),
    );
}

fn eligible(facts: &mut Facts<'_>, authority: &str, eligible: &IssuerEligibility) {
    let roles = &eligible.participant_roles;
    facts.words("says-issuer-roles", roles, terms::participation_role);
    facts.words("says-grant-types", &eligible.grant_types, terms::grant_type);
    facts.words("says-activities", &eligible.activities, terms::activity);
    facts.standards("says-criteria", &eligible.criteria);
    let chapter = eligible.grantor_in.as_deref();
    let chapter = chapter.map(|name| of_chapter(authority, name));
    facts.add("says-grantor-in", chapter);
    facts.holds("says-designated", eligible.designated_under_chapter);
}

/// A chapter by its full name, of an arrangement of that authority.
pub(super) fn of_chapter(authority: &str, name: &str) -> Value {
    let Some((id, chapter)) = split_chapter(name) else {
        return Value::code(name);
    };
    let name = ArrangementName {
        authority: authority.to_owned(),
        id: id.to_owned(),
    };
    Facts::arrangement(&name, Some(chapter))
}
