//! Grants of competence, registrations, editions of standards.

use comity_model::date::Instant;
use comity_model::grant::{CompetenceGrant, ScopeItem};
use comity_model::record::Record;
use comity_model::registration::Registration;
use comity_model::standard::{Adoption, ReplacedEdition, Standard};
use comity_model::text::projected;
use comity_recognition::wording::{self, terms};

use super::super::{Facts, Value, standard, worded};
use super::Parts;
use super::arrangement::of_chapter;
use crate::pages::party::role;
use crate::pages::standard::{correspondence, deviation_sort};
use crate::texts::text;

pub(super) fn grant(says: &mut Parts<'_>, record: &Record, grant: &CompetenceGrant) {
    let facts = &mut says.facts;
    facts.word("says-grant-type", grant.grant_type, terms::grant_type);
    facts.codes("fact-number", [grant.number.as_str()]);
    facts.bodies("says-grantor", [&grant.grantor]);
    facts.bodies("says-grantee", [&grant.grantee]);
    facts.economies("says-counts-for", &grant.economies);
    facts.standards("says-criteria", &grant.criteria);
    facts.words("says-activities", &grant.activities, terms::activity);
    facts.period("standard-in-force", &grant.period);
    facts.holds("says-period-inferred", grant.period_inferred);
    facts.on_day("says-first-granted", grant.initial_on.as_ref());
    facts.word("says-flexibility", grant.flexibility, terms::flexibility);
    let chapters = grant.under_chapters.iter();
    let chapters = chapters.map(|name| of_chapter(&record.comity.authority, name));
    facts.add("says-under-chapters", chapters);
    scope(says, &grant.scope);
}

/// The items of a scope, each a part.
pub(super) fn scope(says: &mut Parts<'_>, scope: &[ScopeItem]) {
    let site = says.facts.site;
    for item in scope {
        let described = worded(site, &item.description);
        let unnamed = described.text.is_empty();
        says.begin(
            "says-scope-item",
            if unnamed {
                Value::code(&item.id)
            } else {
                described
            },
        );
        let facts = &mut says.facts;
        facts.codes("says-item-id", [item.id.as_str()]);
        facts.words("says-activities", &item.activities, terms::activity);
        facts.standards("fact-standard", &item.standards);
        facts.products(&item.products);
        facts.codes("says-sectors", item.sectors.iter().map(String::as_str));
        let level = item.max_level.as_ref().map(ToString::to_string);
        facts.codes("says-max-level", level.as_deref());
        facts.holds("says-exhaustive", item.exhaustive);
        if let Some(period) = &item.period {
            facts.period("standard-in-force", period);
        }
    }
}

pub(super) fn registration(facts: &mut Facts<'_>, registration: &Registration) {
    let site = facts.site;
    let names = registration.names.0.iter();
    let names = names.map(|name| Value::plain(&name.value, &name.lang));
    facts.add("party-names", names);
    let href = crate::rows::party_href(site, &registration.id);
    facts.add("party-id", [Value::code(&registration.id).leading_to(href)]);
    facts.codes("party-version", [registration.version.to_string().as_str()]);
    facts.economies("economies-economy", &registration.economies);
    let roles = registration.roles.iter().map(|one| role(site, *one));
    facts.add("party-roles", roles.map(Value::word));
    let identifiers = registration.identifiers.iter();
    let identifiers = identifiers.map(|one| format!("{} {}", one.scheme, one.value));
    let same = registration.same_as.iter();
    let same = same.map(|one| format!("{} {}", one.system, one.source_id));
    let elsewhere = identifiers.chain(same).map(|one| Value::code(&one));
    facts.add("says-elsewhere", elsewhere);
    let keys = registration.keys.iter();
    let keys = keys.map(|key| dated(facts, &key.key, key.from, key.until));
    let keys: Vec<_> = keys.collect();
    facts.add("party-keys", keys);
    facts.words("party-may", &registration.mandate.kinds, wording::kind);
    let kinds = &registration.mandate.attestation_kinds;
    facts.words("says-attestation-kinds", kinds, wording::attestation);
    facts.holds("says-may-register", registration.mandate.may_register);
    facts.period("party-period", &registration.period);
    facts.contact(registration.contact.as_ref());
}

/// A key, and the moments between which it counts.
pub(super) fn dated(
    facts: &Facts<'_>,
    key: &str,
    from: Option<Instant>,
    until: Option<Instant>,
) -> Value {
    let texts = facts.site.texts;
    let said = |at: Option<Instant>, or: &str| match at {
        Some(at) => wording::moment(at, facts.language()),
        None => texts.say(or),
    };
    let from = said(from, "party-key-start");
    Value::code(key).with(format!("{from} – {}", said(until, "party-key-open")))
}

pub(super) fn edition(says: &mut Parts<'_>, edition: &Standard) {
    let facts = &mut says.facts;
    let site = facts.site;
    facts.standards("fact-standard", std::slice::from_ref(&edition.standard));
    facts.add("says-title", [worded(site, &edition.title)]);
    facts.word("says-sort", edition.sort, terms::standard_sort);
    facts.economies("standard-economies", &edition.economies);
    facts.period("standard-in-force", &edition.period);
    let replaces: Vec<_> = edition
        .replaces
        .iter()
        .map(|old| replaced(facts, old))
        .collect();
    facts.add("standard-replaces", replaces);
    facts.standards("standard-amends", &edition.amends);
    let adopted = |adoption: &Adoption| {
        let (code, word) = correspondence(site, adoption.correspondence);
        standard(site, &adoption.standard).with(site.labelled(code, &word))
    };
    facts.add("standard-adopts", edition.adopts.iter().map(adopted));
    facts.codes("says-ics", edition.ics.iter().map(String::as_str));
    for adoption in edition
        .adopts
        .iter()
        .filter(|one| !one.deviations.is_empty())
    {
        says.begin("says-differs-from", standard(site, &adoption.standard));
        let deviations = adoption.deviations.iter().map(|deviation| {
            let clause = [("clause", text(projected(&deviation.clause)))];
            let clause = site.texts.put("standard-clause", &clause);
            let sort = deviation_sort(site, deviation.sort);
            worded(site, &deviation.text).with(site.labelled(&clause, &sort))
        });
        says.facts.add("says-deviations", deviations);
    }
}

fn replaced(facts: &Facts<'_>, old: &ReplacedEdition) -> Value {
    let site = facts.site;
    let until = old.coexists_until.map(|day| {
        let day = [("day", text(site.day(day.latest())))];
        site.texts.put("standard-coexists", &day)
    });
    Value {
        beside: until,
        ..standard(site, &old.standard)
    }
}
