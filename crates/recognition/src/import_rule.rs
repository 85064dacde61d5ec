//! `importRule`: what the destination itself asks for the product, and what of it is still missing
//! (the gap list).
//!
//! Rules are the destination's own: only its authority's signature makes one. All that are in
//! force for the product apply together; one that asks for something goes before one that says
//! that nothing is asked.

use comity_model::attestation::AttestationDetails;
use comity_model::date::{Day, Instant, Truth};
use comity_model::import_rule::{
    AttestationFilter, DeviationReference, ImportRule, Requirement, RequirementSort, RuleEffect,
};
use comity_model::number::fold_model;
use comity_model::product::ProductCode;
use comity_model::record::Subject as Says;
use comity_model::standard::Covers;
use comity_model::text::{LangString, projected};
use serde::Serialize;

use crate::arrangement::Sides;
use crate::arrangement::coverage;
use crate::code::{Code, Outcome, StepName};
use crate::editions;
use crate::evidence::{Digest, Evidence, EvidenceRecord};
use crate::finding::{Finding, before, earliest, through};
use crate::known::Known;
use crate::policy::Policy;
use crate::question::{ProductFacts, Question};
use crate::status::Condition;
use crate::verdict::Who;

/// Something that is still to be done before the product may be placed on the market.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Gap {
    /// Record digest of the rule that asks for it, in hex.
    #[serde(serialize_with = "crate::verdict::hex_digest")]
    pub rule: Digest,
    /// The requirement's id in the rule.
    pub requirement: String,
    /// What sort of thing.
    pub sort: RequirementSort,
    /// In the destination's words.
    pub text: LangString,
    /// The law it rests on.
    pub legal_basis: String,
    /// The requirement, for whoever words it.
    #[serde(skip)]
    pub asked: Requirement,
}

/// What the rules make of an attestation.
pub(crate) struct Rules<'a> {
    pub(crate) finding: Finding<'a>,
    pub(crate) gaps: Vec<Gap>,
    /// Rules by which the destination accepts it without an arrangement.
    pub(crate) accepted: Vec<(&'a EvidenceRecord, &'a ImportRule)>,
}

/// A rule that counts, and whether it is about the product on the day.
struct Held<'a> {
    evidence: &'a EvidenceRecord,
    rule: &'a ImportRule,
    in_force: Truth,
    about: Truth,
    /// The last day before it begins or ends.
    until: Option<Day>,
}

/// Judges every rule of the destination.
pub(crate) fn rules<'a>(sides: &Sides<'_, 'a>) -> Rules<'a> {
    let details = &sides.subject.attestation.comity;
    let codes = codes(details, &sides.known.question.product);
    let held = held(sides.known, &codes);
    let mut gaps = Vec::new();
    let mut weighed = Weighed::default();
    let mut until = None;
    for one in &held {
        until = earliest(until, one.until);
        match applies(one, codes.is_empty()) {
            Applies::No => {}
            Applies::Doubt(_, code) if may_refuse(sides, one) => {
                weighed.note(one, Outcome::Unknown, code);
            }
            Applies::Doubt(outcome, code) => weighed.note(one, outcome, code),
            Applies::Yes => weighed.take(sides, one, &mut gaps),
        }
    }
    until = earliest(until, weighed.until);
    Rules {
        finding: weighed.finding(sides.known, &gaps).until(until),
        gaps,
        accepted: (weighed.accepted.iter())
            .map(|one| (one.evidence, one.rule))
            .collect(),
    }
}

/// Whether a rule has anything to say.
enum Applies {
    No,
    Yes,
    Doubt(Outcome, Code),
}

fn applies(one: &Held<'_>, product_unsaid: bool) -> Applies {
    match (one.in_force, one.about) {
        (Truth::No, _) | (_, Truth::No) => Applies::No,
        (_, Truth::Unknown) if product_unsaid => {
            Applies::Doubt(Outcome::Warn, Code::ImportRuleProductNotSaid)
        }
        (_, Truth::Unknown) => Applies::Doubt(Outcome::Warn, Code::ImportRuleNeedsReading),
        // Only of a rule that is about the product does it matter whether it is in force.
        (Truth::Unknown, _) => Applies::Doubt(Outcome::Unknown, Code::ImportRuleInForceUnclear),
        (Truth::Yes, Truth::Yes) => Applies::Yes,
    }
}

/// Whether a rule refuses the attestation, if it is about the product: then a doubt about that is
/// one about the answer.
fn may_refuse(sides: &Sides<'_, '_>, one: &Held<'_>) -> bool {
    let filter = one.rule.attestations.as_ref();
    one.rule.effect == RuleEffect::Refused
        && filter.is_some_and(|filter| matches(sides, filter) != Truth::No)
}

/// The rules of each sort, and the worst of what stands in the way.
#[derive(Default)]
struct Weighed<'h, 'a> {
    trouble: Option<Trouble<'h, 'a>>,
    asked: Vec<&'h Held<'a>>,
    /// Editions by whose word a requirement is answered or is not, and until when that stays so.
    editions: Vec<&'a EvidenceRecord>,
    until: Option<Day>,
    accepted: Vec<&'h Held<'a>>,
    nothing: Option<&'h Held<'a>>,
}

impl<'h, 'a> Weighed<'h, 'a> {
    /// Keeps the worse of what stands in the way.
    fn note(&mut self, one: &'h Held<'a>, outcome: Outcome, code: Code) {
        let rank = |outcome| match outcome {
            Outcome::Fail => 3,
            Outcome::Unknown => 2,
            Outcome::Warn => 1,
            Outcome::Pass | Outcome::NotApplicable => 0,
        };
        let worse = |held: &Trouble<'h, 'a>| rank(outcome) > rank(held.0);
        if self.trouble.as_ref().is_none_or(worse) {
            self.trouble = Some((outcome, one, code));
        }
    }

    /// Takes a rule that applies, and notes what it leaves to be done.
    fn take(&mut self, sides: &Sides<'_, 'a>, one: &'h Held<'a>, open: &mut Vec<Gap>) {
        let filter = one.rule.attestations.as_ref();
        let chosen = filter.map_or(Truth::No, |filter| matches(sides, filter));
        match (one.rule.effect, chosen) {
            (RuleEffect::Refused, Truth::Yes) => {
                self.note(one, Outcome::Fail, Code::ImportRuleRefused);
            }
            (RuleEffect::Refused, Truth::Unknown) => {
                self.note(one, Outcome::Unknown, Code::ImportRuleNeedsReading);
            }
            (RuleEffect::Accepted, Truth::Yes) => self.accepted.push(one),
            (RuleEffect::Refused | RuleEffect::Accepted, _) => {}
            (RuleEffect::NothingRequired, _) => self.nothing = self.nothing.or(Some(one)),
            (RuleEffect::Required, _) => {
                self.asked.push(one);
                open.extend(self.gaps(sides, one));
            }
        }
    }

    /// What a rule asks for and the attestation does not answer.
    fn gaps(&mut self, sides: &Sides<'_, 'a>, one: &Held<'a>) -> Vec<Gap> {
        let requirements = one.rule.requirements.iter();
        let open = requirements.filter(|requirement| {
            let answer = answer(sides, requirement);
            self.editions.extend(answer.by);
            self.until = earliest(self.until, answer.until);
            !answer.holds
        });
        open.map(|requirement| Gap {
            rule: one.evidence.record_digest,
            requirement: requirement.id.clone(),
            sort: requirement.sort,
            text: requirement.text.clone(),
            legal_basis: projected(&one.rule.legal_basis),
            asked: requirement.clone(),
        })
        .collect()
    }

    /// What is said of those rules that have an open requirement, or of all that ask.
    fn asking(&self, known: &Known<'a>, gaps: &[Gap], outcome: Outcome, code: Code) -> Finding<'a> {
        let open = |one: &&Held<'a>| {
            gaps.is_empty()
                || gaps
                    .iter()
                    .any(|gap| gap.rule == one.evidence.record_digest)
        };
        let rules: Vec<&Held<'a>> = self.asked.iter().copied().filter(open).collect();
        let mut editions = self.editions.clone();
        editions.sort_by_key(|edition| edition.record_digest);
        editions.dedup_by_key(|edition| edition.record_digest);
        finding(known, &rules, outcome, code).cite_all(editions)
    }

    /// What all rules come to together.
    fn finding(&self, known: &Known<'a>, gaps: &[Gap]) -> Finding<'a> {
        let said = |one, outcome, code| finding(known, &[one], outcome, code);
        let accepted = self.accepted.first().copied();
        let asked = (!self.asked.is_empty()).then_some(());
        match (self.trouble, asked, accepted, self.nothing) {
            (Some((outcome @ (Outcome::Fail | Outcome::Unknown), one, code)), ..) => {
                said(one, outcome, code)
            }
            (_, Some(()), ..) if !gaps.is_empty() => {
                let (outcome, code) = (Outcome::Warn, Code::ImportRuleStillAsked);
                let still = self.asking(known, gaps, outcome, code);
                still.saying("missing", gaps.iter().map(|gap| &gap.text))
            }
            (Some((outcome, one, code)), ..) => said(one, outcome, code),
            (None, Some(()), ..) => {
                self.asking(known, gaps, Outcome::Pass, Code::ImportRuleAnswered)
            }
            (None, None, Some(one), _) => said(one, Outcome::Pass, Code::ImportRuleAccepted),
            (None, None, None, Some(one)) => {
                said(one, Outcome::Pass, Code::ImportRuleNothingRequired)
            }
            (None, None, None, None) => crate::steps::not_asked(StepName::ImportRule),
        }
    }
}

type Trouble<'h, 'a> = (Outcome, &'h Held<'a>, Code);

fn finding<'a>(
    known: &Known<'a>,
    rules: &[&Held<'a>],
    outcome: Outcome,
    code: Code,
) -> Finding<'a> {
    let here = known.question.in_economy.as_str();
    let authority = crate::arrangement::authority_of(known, here);
    let of_each = |of: &dyn Fn(&ImportRule) -> String| {
        let mut texts: Vec<String> = Vec::new();
        for text in rules.iter().map(|one| of(one.rule)) {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts.join("; ")
    };
    Finding::new(StepName::ImportRule, outcome, code)
        .cite_all(rules.iter().map(|one| one.evidence))
        .with("economy", here)
        .saying("title", rules.iter().map(|one| &one.rule.title))
        .with("legalBasis", of_each(&|rule| projected(&rule.legal_basis)))
        .ask(Who::Destination, authority, authority)
}

/// The codes that say what the product is: those asked about, else those of the record.
fn codes(details: &AttestationDetails, asked: &ProductFacts) -> Vec<ProductCode> {
    if !asked.codes.is_empty() {
        return asked.codes.clone();
    }
    let objects = details.objects.iter();
    objects
        .flat_map(|object| object.product_codes.iter().cloned())
        .collect()
}

/// Every rule of the destination that its own authority signed, in the order of digests.
fn held<'a>(known: &Known<'a>, codes: &[ProductCode]) -> Vec<Held<'a>> {
    let on = known.question.on;
    let here = known.question.in_economy.as_str();
    let records = known.evidence.trust.import_rules(here);
    let counted: Vec<_> = (records.into_iter())
        .filter_map(|evidence| Some((&**evidence, counts(known, evidence)?)))
        .collect();
    let replaced = |evidence: &EvidenceRecord| {
        counted.iter().any(|(newer, rule)| {
            let replaces = newer.record.as_ref().ok();
            let replaces = replaces.and_then(|record| record.comity.replaces.as_ref());
            replaces.is_some_and(|old| {
                evidence.identity() == Some(old.identity())
                    && rule.period.from.reached_on(on) == Truth::Yes
            })
        })
    };
    let in_place = counted.iter().filter(|(evidence, _)| !replaced(evidence));
    in_place
        .map(|&(evidence, rule)| {
            let over = rule
                .period
                .until
                .map_or(Truth::No, |until| until.passed_on(on));
            Held {
                evidence,
                rule,
                in_force: rule.period.from.reached_on(on).and(!over),
                about: coverage::chosen(&rule.products, codes),
                until: before(&rule.period.from, on)
                    .or(rule.period.until.and_then(|until| through(&until, on))),
            }
        })
        .collect()
}

/// The rules by which the destination may accept attestations for a product of these codes on its
/// own; where none is said, for whatever product.
pub(crate) fn accepting<'a>(known: &Known<'a>, codes: &[ProductCode]) -> Vec<&'a ImportRule> {
    let may = |one: &Held<'a>| {
        let unsaid = codes.is_empty() && one.about != Truth::No;
        let about = one.about == Truth::Yes || unsaid;
        one.rule.effect == RuleEffect::Accepted && one.in_force == Truth::Yes && about
    };
    let held = held(known, codes).into_iter();
    held.filter(may).map(|one| one.rule).collect()
}

/// The rule, if the destination's own authority signed it and it stands.
fn counts<'a>(known: &Known<'a>, evidence: &'a EvidenceRecord) -> Option<&'a ImportRule> {
    let record = evidence.record.as_ref().ok()?;
    let Says::ImportRule(rule) = &record.subject else {
        return None;
    };
    let since = match rule.effect {
        RuleEffect::Refused => known.taken_at(evidence),
        _ => known.given_at(evidence),
    }?;
    let standing = known.standing(evidence, record, since).ok()?;
    let own = known
        .policy
        .is_authority_of(&record.issuer.id, &rule.economy)
        && record.issuer.id == record.comity.authority
        && record.comity.imported_from.is_none();
    let state = known.state_by_chain(evidence, &standing.chain, known.question.on);
    (own && state.condition == Condition::Active).then_some(&**rule)
}

/// Whether an attestation can answer a requirement at all, and this one does. Marks, languages,
/// representatives and registers are for whoever places the product on the market.
fn answer<'a>(sides: &Sides<'_, 'a>, requirement: &Requirement) -> editions::Answer<'a> {
    let details = &sides.subject.attestation.comity;
    let holds = |holds| editions::Answer {
        holds,
        ..editions::Answer::default()
    };
    match (&requirement.attestation, &requirement.deviation) {
        (Some(filter), _) if matches(sides, filter) == Truth::Yes => {
            editions::answers(sides, &filter.standards, details)
        }
        (None, Some(deviation)) => holds(covers_deviation(details, deviation)),
        (Some(_) | None, _) => holds(false),
    }
}

fn covers_deviation(details: &AttestationDetails, deviation: &DeviationReference) -> bool {
    details.deviations_covered.iter().any(|covered| {
        covered.economy == deviation.economy
            && deviation.standard.covers(&covered.standard) == Covers::Yes
            && fold_model(&covered.clause) == fold_model(&deviation.clause)
    })
}

/// Whether a filter means the attestation.
fn matches(sides: &Sides<'_, '_>, filter: &AttestationFilter) -> Truth {
    let subject = sides.subject;
    let details = &subject.attestation.comity;
    let none_or = |listed: bool, holds: bool| Truth::from(listed || holds);
    let kind = none_or(
        filter.kinds.is_empty(),
        filter.kinds.contains(&details.comity_kind),
    );
    let scheme = none_or(
        filter.schemes.is_empty(),
        coverage::of_scheme(&filter.schemes, subject),
    );
    let issuer = none_or(
        filter.issuers.is_empty(),
        subject.imported.is_none()
            && filter.issuers.iter().any(|party| {
                party.id == subject.record.issuer.id
                    && party.registered_by == subject.record.comity.authority
            }),
    );
    let mut economies = filter.issuer_economies.iter();
    let economy = none_or(
        filter.issuer_economies.is_empty(),
        economies.any(|economy| sides.economies.contains(&economy.as_str())),
    );
    let grants = sides.competence.grants.iter();
    let grant = if filter.grant_types.is_empty() {
        Truth::Yes
    } else {
        grants
            .filter(|grant| filter.grant_types.contains(&grant.grant.grant_type))
            .fold(Truth::No, |best, grant| best.or(grant.makes_eligible()))
    };
    let since = filter.issued_from.as_ref().map_or(Truth::Yes, |from| {
        details.legal_dates.issued_on.not_before(from)
    });
    kind.and(scheme)
        .and(issuer)
        .and(economy)
        .and(grant)
        .and(since)
        .and(editions::fulfils(sides, &filter.standards, details))
        .and(coverage::regulations(&filter.regulations, details))
}

/// A rule of a destination that is in force for a product.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleInForce {
    /// Record digest.
    pub digest: Digest,
    /// `urn:uuid:` id.
    pub id: String,
    /// The rule.
    pub rule: ImportRule,
    /// It has to be read whether it is in force and about the product.
    pub needs_reading: bool,
}

/// What a destination asks for a product, whatever attestations there are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RulesInForce {
    /// The rules, in the order of digests.
    pub rules: Vec<RuleInForce>,
    /// How many rules of the destination are held, about whatever product and day.
    pub held: usize,
    /// The policy names the destination's authority and its logs are fresh, so that a rule that is
    /// not here is not there.
    pub complete: bool,
}

/// The rules of `economy` for a product of these codes on the day `on`, as known at `known_at`.
pub fn rules_in_force(
    (economy, codes): (&str, &[ProductCode]),
    (on, known_at): (Day, Instant),
    evidence: &Evidence<'_>,
    policy: &Policy,
) -> RulesInForce {
    let policy = &*policy.resolve(evidence.trust, known_at);
    let question = Question::about(economy, on, known_at);
    let known = Known::new(&question, evidence, policy);
    let held = held(&known, codes);
    let applying = held
        .iter()
        .filter(|one| one.in_force != Truth::No && one.about != Truth::No);
    let rules = applying.map(|one| RuleInForce {
        digest: one.evidence.record_digest,
        id: one
            .evidence
            .identity()
            .map(|identity| identity.id)
            .unwrap_or_default(),
        rule: one.rule.clone(),
        needs_reading: one.in_force.and(one.about) == Truth::Unknown,
    });
    RulesInForce {
        rules: rules.collect(),
        held: held.len(),
        complete: crate::arrangement::is_closed(&known),
    }
}
