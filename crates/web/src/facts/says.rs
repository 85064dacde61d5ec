//! *What it says*: the contents of a record of any kind, in words, part by part.

use comity_model::attestation::{Attestation, BasedOn};
use comity_model::import_rule::{AttestationFilter, DeviationReference, ImportRule, Requirement};
use comity_model::participation::{ArrangementName, Participation};
use comity_model::party::NamedParty;
use comity_model::record::{Record, Subject};
use comity_model::reference::Reference;
use comity_model::text::projected;
use comity_recognition::wording::{self, terms};

use super::pointers::{Pointer, named};
use super::{Facts, Part, Value, worded};
use crate::pages::product::rule_effect;
use crate::site::Site;
use crate::texts::text;
use crate::trouble::Trouble;

mod acts;
mod arrangement;
mod federation;
mod grant;

/// Most parts that are shown; the rest is in the signed file.
const MAX_PARTS: usize = 60;

/// What a record says, in parts.
#[derive(Debug, Default)]
pub(crate) struct Says {
    pub(crate) parts: Vec<Part>,
    /// How many parts more the signed file has.
    pub(crate) more: usize,
}

/// What a record says: the record as a whole, then each of its parts that has a title.
pub(crate) async fn says(site: &Site, record: &Record) -> Result<Says, Trouble> {
    let mut says = Parts {
        facts: Facts::new(site, record),
        done: Vec::new(),
        label: String::new(),
        title: Value::default(),
    };
    let replaced = record.comity.replaces.as_ref();
    says.facts.records("standard-replaces", replaced);
    match &record.subject {
        Subject::Attestation(of) => attestation(&mut says.facts, of),
        Subject::CompetenceGrant(of) => grant::grant(&mut says, record, of),
        Subject::Arrangement(of) => arrangement::arrangement(&mut says, record, of),
        Subject::Participation(of) => participation(&mut says.facts, of),
        Subject::StatusEvent(of) => acts::status(&mut says, of),
        Subject::Registration(of) => grant::registration(&mut says.facts, of),
        Subject::KeyRevocation(of) => acts::revocation(&mut says.facts, record, of),
        Subject::FederationList(of) => federation::list(&mut says.facts, of),
        Subject::MemberKeys(of) => federation::member(&mut says.facts, of),
        Subject::Standard(of) => grant::edition(&mut says, of),
        Subject::ImportRule(of) => rule(&mut says, of),
        Subject::Commitment(of) => acts::commitment(&mut says.facts, of),
        Subject::Notice(of) => acts::notice(&mut says.facts, of),
        Subject::Takedown(of) => acts::takedown(&mut says.facts, of),
        Subject::CoverageStatement(of) => acts::coverage(&mut says.facts, of),
    }
    let mut parts = says.finished();
    let more = parts.len().saturating_sub(MAX_PARTS);
    parts.truncate(MAX_PARTS);
    named(site, parts.iter_mut().flat_map(|part| &mut part.rows)).await?;
    Ok(Says { parts, more })
}

/// Parts under construction.
struct Parts<'a> {
    facts: Facts<'a>,
    done: Vec<Part>,
    /// Of the part that is being written.
    label: String,
    title: Value,
}

impl Parts<'_> {
    /// Ends the part that is being written and begins another.
    fn begin(&mut self, key: &'static str, title: Value) {
        let part = Part {
            label: std::mem::replace(&mut self.label, self.facts.site.texts.say(key)),
            title: std::mem::replace(&mut self.title, title),
            rows: std::mem::take(&mut self.facts.rows),
        };
        self.done.push(part);
    }

    fn finished(mut self) -> Vec<Part> {
        let last = Part {
            label: self.label,
            title: self.title,
            rows: self.facts.rows,
        };
        self.done.push(last);
        self.done.retain(|part| !part.rows.is_empty());
        self.done
    }
}

impl Facts<'_> {
    /// A party by its name in the reader's language, or else in the record's.
    fn body(&self, party: &NamedParty) -> Value {
        let (lang, name) = self.site.party(party, self.lang);
        let mut value = Value::plain(&name, &lang);
        value.beside = party.address.as_deref().map(projected);
        value.href = self.party(party).href;
        value
    }

    fn bodies<'b>(&mut self, key: &'static str, parties: impl IntoIterator<Item = &'b NamedParty>) {
        let parties: Vec<_> = parties.into_iter().map(|one| self.body(one)).collect();
        self.add(key, parties);
    }

    fn deviations(&mut self, key: &'static str, deviations: &[DeviationReference]) {
        let site = self.site;
        let deviations = deviations.iter().map(|one| {
            let clause = [("clause", text(projected(&one.clause)))];
            let economy = site.economy(&one.economy);
            let clause = site.texts.put("standard-clause", &clause);
            super::standard(site, &one.standard).with(format!("{clause}, {economy}"))
        });
        self.add(key, deviations);
    }

    /// Which attestations are meant.
    fn filter(&mut self, filter: Option<&AttestationFilter>) {
        let Some(filter) = filter else {
            return;
        };
        self.words(
            "says-attestation-kinds",
            &filter.kinds,
            wording::attestation,
        );
        self.standards("fact-standard", &filter.standards);
        self.codes(
            "fact-regulation",
            filter.regulations.iter().map(String::as_str),
        );
        self.codes("says-schemes", filter.schemes.iter().map(String::as_str));
        self.parties("says-issuers", &filter.issuers);
        self.economies("says-issuer-economies", &filter.issuer_economies);
        self.words("says-grant-types", &filter.grant_types, terms::grant_type);
        self.on_day("says-issued-from", filter.issued_from.as_ref());
    }

    /// A chapter where its arrangement stands beside it already.
    fn chapter(name: &ArrangementName, chapter: &str) -> Value {
        Value {
            points: Some(Pointer::Chapter(name.clone(), chapter.to_owned())),
            ..Value::code(chapter)
        }
    }

    /// An arrangement or one of its chapters.
    fn arrangement(name: &ArrangementName, chapter: Option<&str>) -> Value {
        let shown = match chapter {
            Some(chapter) => format!("{}/{chapter}", name.id),
            None => name.id.clone(),
        };
        Value {
            points: Some(Pointer::Arrangement(
                name.clone(),
                chapter.map(str::to_owned),
            )),
            ..Value::code(&shown)
        }
    }
}

/// What stands in an attestation besides what is compared with a paper.
fn attestation(facts: &mut Facts<'_>, attestation: &Attestation) {
    let details = &attestation.comity;
    facts.word(
        "says-attestation-kind",
        details.comity_kind,
        wording::attestation,
    );
    let scheme = &attestation.reference_scheme.name;
    let code = details.scheme.as_deref().map(projected);
    let scheme = Value {
        beside: code.filter(|code| code != scheme),
        ..Value::plain(scheme, facts.lang)
    };
    facts.add("says-scheme", [scheme]);
    facts.words("says-regime", details.regime.as_slice(), terms::regime);
    facts.holds(
        "says-conformity",
        details.statement_of_conformity.unwrap_or_default(),
    );
    let level = details.level.as_ref().map(ToString::to_string);
    facts.codes("says-level", level.as_deref());
    facts.codes("says-profiles", details.profiles.iter().map(String::as_str));
    let objects = details.objects.iter();
    let categories = objects.clone().flat_map(|object| &object.categories);
    facts.codes("says-categories", categories.map(String::as_str));
    let quantities = objects.filter_map(|object| object.quantity.as_ref());
    let quantities = quantities.map(|of| Value::code(&format!("{} {}", of.value, of.unit)));
    facts.add("says-quantity", quantities);
    let grants = details.grants.iter().map(|reliance| match &reliance.grant {
        Reference::Record(record) => super::pointed(facts.site, &record.identity()),
        Reference::Source(row) => Value::code(&format!("{} {}", row.system, row.source_id)),
    });
    let grants: Vec<_> = grants.collect();
    facts.add("says-relies-on", grants);
    let reports = details.based_on.iter().map(|one| based_on(facts, one));
    let reports: Vec<_> = reports.collect();
    facts.add("says-based-on", reports);
    facts.deviations("says-deviations", &details.deviations_covered);
    facts.texts("says-conditions", &details.conditions_of_use);
    let claimed = details.claimed_arrangements.iter();
    facts.codes("says-claims", claimed.map(String::as_str));
    let dates = &details.legal_dates;
    facts.on_day("says-first-issued", dates.first_issued_on.as_ref());
    facts.on_day("says-procedure-began", dates.procedure_began_on.as_ref());
    facts.codes("says-source-status", details.source_status.as_deref());
}

fn based_on(facts: &Facts<'_>, report: &BasedOn) -> Value {
    let role = terms::evidence_role(report.role, facts.language());
    let issuer = report.issuer.as_ref().map(|issuer| facts.body(issuer).text);
    let day = report.issued_on.map(|day| facts.site.day(day.earliest()));
    let about = [Some(role.to_owned()), issuer, day];
    // A laboratory's name must not draw the day beside it into its own direction.
    let about = about.into_iter().flatten();
    let about: Vec<_> = about
        .map(|piece| format!("\u{2068}{piece}\u{2069}"))
        .collect();
    let value = match (&report.number, &report.record) {
        (Some(number), Some(record)) => {
            let pointed = super::pointed(facts.site, &record.identity());
            Value {
                href: pointed.href,
                ..Value::code(number)
            }
        }
        (Some(number), None) => Value::code(number),
        (None, Some(record)) => super::pointed(facts.site, &record.identity()),
        (None, None) => return Value::word(about.join(" · ")),
    };
    value.with(about.join(" · "))
}

fn participation(facts: &mut Facts<'_>, participation: &Participation) {
    use comity_model::participation::Participant;

    let name = &participation.arrangement;
    let arrangement = Facts::arrangement(name, None);
    facts.add("says-arrangement", [arrangement]);
    match &participation.participant {
        Participant::Economy(code) => {
            facts.economies("says-participant", std::slice::from_ref(code));
        }
        Participant::Party(party) => facts.parties("says-participant", [party]),
    }
    let roles = &participation.roles;
    facts.words("party-roles", roles, terms::participation_role);
    let chapters = participation.chapters.iter();
    let mut chapters: Vec<_> = chapters
        .map(|chapter| Facts::chapter(name, chapter))
        .collect();
    if chapters.is_empty() {
        chapters.push(Value::word(facts.site.texts.say("says-all-chapters")));
    }
    facts.add("says-chapters", chapters);
    facts.period("standard-in-force", &participation.period);
    let declaration = participation.declaration.as_slice();
    facts.words("says-declaration", declaration, terms::declaration);
    facts.texts("says-further", &participation.additional_requirements);
    let version = participation.arrangement_version;
    let version = version.map(|version| version.to_string());
    facts.codes("says-arrangement-version", version.as_deref());
    facts.word(
        "verdict-basis",
        participation.asserted_by,
        terms::asserted_by,
    );
    arrangement::transcription(facts, participation.transcription.as_ref());
}

fn rule(says: &mut Parts<'_>, rule: &ImportRule) {
    let facts = &mut says.facts;
    let site = facts.site;
    facts.economies("says-destination", std::slice::from_ref(&rule.economy));
    facts.add("says-title", [worded(site, &rule.title)]);
    facts.add("says-effect", [Value::word(rule_effect(site, rule.effect))]);
    if rule.products.is_empty() {
        facts.add("fact-codes", [Value::word(site.texts.say("says-all"))]);
    }
    facts.products(&rule.products);
    facts.filter(rule.attestations.as_ref());
    let law = Value::plain(&rule.legal_basis, facts.lang);
    facts.add("product-law", [law]);
    facts.period("standard-in-force", &rule.period);
    facts.contact(rule.contact.as_ref());
    for requirement in &rule.requirements {
        says.begin("says-requirement", worded(site, &requirement.text));
        required(&mut says.facts, requirement);
    }
}

fn required(facts: &mut Facts<'_>, requirement: &Requirement) {
    facts.word("says-sort", requirement.sort, terms::requirement_sort);
    facts.filter(requirement.attestation.as_ref());
    facts.deviations("says-deviations", requirement.deviation.as_slice());
    let languages = requirement.languages.iter();
    let languages = languages.map(|tag| wording::language_name(tag, facts.language()).into_owned());
    let languages: Vec<_> = languages.map(Value::word).collect();
    facts.add("says-languages", languages);
}
