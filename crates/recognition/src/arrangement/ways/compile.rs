//! From what is held to the ways of a destination.

use std::collections::{BTreeMap, BTreeSet};

use comity_model::arrangement::{Chapter, Coverage, DirectionMode};
use comity_model::date::{Day, Instant, LegalDate, Truth};
use comity_model::import_rule::ImportRule;
use comity_model::participation::Participant;
use comity_model::product::{CodeSelector, ProductCode};
use comity_model::record::Subject as Says;
use comity_model::standard::{Standard, StandardReference};

use super::super::participation::{Member, destination, members};
use super::super::path::{Binding, Checks, binding, destination_in};
use super::super::versions::{self, Held};
use super::super::{coverage, policy_note};
use super::{SHARED_DIGITS, Side, Terms, Way, Ways, digits, joined, shared};
use crate::code::Outcome;
use crate::evidence::Evidence;
use crate::import_rule::accepting;
use crate::known::Known;
use crate::policy::Policy;
use crate::question::Question;
use crate::trust_graph::TrustGraph;

/// The ways to count in `economy` on the day `on`, for a product of these codes where any are
/// given, as known at `known_at`.
pub fn ways(
    (economy, codes): (&str, &[ProductCode]),
    (on, known_at): (Day, Instant),
    evidence: &Evidence<'_>,
    policy: &Policy,
) -> Ways {
    let policy = &*policy.resolve(evidence.trust, known_at);
    let question = Question::about(economy, on, known_at);
    let known = Known::new(&question, evidence, policy);
    let compass = Compass {
        known: &known,
        codes,
        imported: imported_grants(&known),
    };
    let mut found = vec![Way {
        sides: Some(compass.sides_of(economy)),
        terms: Terms::default(),
    }];
    for name in evidence.trust.arrangement_names() {
        if let Some(held) = versions::held(&known, name) {
            compass.add_arrangement(&held, &mut found);
        }
    }
    let rules = accepting(&known, codes).into_iter();
    found.extend(rules.filter_map(|rule| compass.by_rule(rule)));
    // Of a code that is not built on the HS an index holds nothing.
    let harmonised = codes.iter().all(ProductCode::is_harmonised);
    let asked = codes.iter().filter(|_| harmonised);
    Ways {
        on,
        products: asked
            .map(|code| shared(&digits(&code.code)).to_owned())
            .collect(),
        any_of: joined(found),
    }
}

/// For each economy the grants held that were imported and count for it: what makes an issuer
/// act for it though no authority of it heads anybody.
fn imported_grants<'a>(known: &Known<'a>) -> BTreeMap<&'a str, BTreeSet<Side>> {
    let mut found: BTreeMap<&str, BTreeSet<Side>> = BTreeMap::new();
    for held in known.evidence.trust.records() {
        let Ok(record) = &held.record else { continue };
        let (Says::CompetenceGrant(grant), Some(from)) =
            (&record.subject, &record.comity.imported_from)
        else {
            continue;
        };
        let (authority, signer) = (&record.comity.authority, &record.issuer.id);
        if !known.policy.names_importer(authority, signer, &from.system) {
            continue;
        }
        for economy in &grant.economies {
            let sides = found.entry(economy).or_default();
            sides.insert(Side::GrantImportedBy(signer.clone()));
            sides.insert(Side::GrantUnder(authority.clone()));
        }
    }
    found
}

/// What is known while ways are looked for.
struct Compass<'k, 'a> {
    known: &'k Known<'a>,
    /// The product asked about.
    codes: &'k [ProductCode],
    imported: BTreeMap<&'a str, BTreeSet<Side>>,
}

impl<'a> Compass<'_, 'a> {
    fn here(&self) -> &'a str {
        &self.known.question.in_economy
    }

    /// Who can say that an issuer acts for an economy.
    fn sides_of(&self, economy: &str) -> BTreeSet<Side> {
        let imported = self.imported.get(economy).into_iter().flatten().cloned();
        let mut sides: BTreeSet<Side> = imported.collect();
        sides.insert(Side::Attributed(economy.to_owned()));
        for entry in &self.known.policy.file().authority {
            if entry.economy.as_deref() == Some(economy) {
                sides.insert(Side::Authority(entry.did.clone()));
                sides.insert(Side::GrantUnder(entry.did.clone()));
            }
        }
        sides
    }

    fn sides_of_all(&self, economies: &BTreeSet<&str>) -> BTreeSet<Side> {
        let sides = economies.iter().map(|economy| self.sides_of(economy));
        sides.flatten().collect()
    }

    /// The economies that a name of an economy or of a group of economies may mean, on any day.
    fn meant<'n>(&self, named: &'n str) -> BTreeSet<&'n str>
    where
        'a: 'n,
    {
        if !named.contains('#') {
            return BTreeSet::from([named]);
        }
        let trust = self.known.evidence.trust;
        let groups = trust.arrangement_names().into_iter();
        let groups = groups.filter(|name| name.id == named);
        let members = groups.flat_map(|name| trust.participations(name));
        let economies = members.filter_map(|held| {
            let Says::Participation(of) = &held.record.as_ref().ok()?.subject else {
                return None;
            };
            match &of.participant {
                Participant::Economy(code) => Some(code.as_str()),
                Participant::Party(_) => None,
            }
        });
        economies.collect()
    }

    fn add_arrangement(&self, held: &Held<'a>, ways: &mut Vec<Way>) {
        let members = members(self.known, held.name);
        let Some(binding) = binding(self.known, held, &members) else {
            return;
        };
        let excluded = policy_note(self.known, held, &binding.version).is_some();
        if held.fork.is_some() || excluded {
            return;
        }
        let chapters = binding.version.arrangement.chapters.iter();
        ways.extend(
            chapters.filter_map(|chapter| self.by_chapter(held, &members, &binding, chapter)),
        );
    }

    fn by_chapter(
        &self,
        held: &Held<'a>,
        members: &[Member<'a>],
        binding: &Binding<'a>,
        chapter: &'a Chapter,
    ) -> Option<Way> {
        let window = coverage::window(chapter, self.known.question.on)?;
        self.accepts(held, members, binding, chapter, window.ended)?;
        let products = self.products(&chapter.coverage.products)?;
        let from = self.sources(held, members, binding, chapter);
        let Coverage {
            attestation_kinds,
            schemes,
            standards,
            ..
        } = &chapter.coverage;
        Some(Way {
            sides: Some(self.sides_of_all(&from)),
            terms: Terms {
                kinds: attestation_kinds.iter().copied().collect(),
                schemes: lower(schemes),
                standards: self.standards(standards),
                products,
                issuers: BTreeSet::new(),
                issued_to: window.issued_to,
            },
        })
    }

    /// Whether the chapter binds the destination, and the destination is in and accepts: the same
    /// checks as on a path, none of which turns on the attestation.
    fn accepts(
        &self,
        held: &Held<'a>,
        members: &[Member<'a>],
        binding: &Binding<'a>,
        chapter: &'a Chapter,
        ended: bool,
    ) -> Option<()> {
        let today = LegalDate::Day(self.known.question.on);
        let day = match chapter.period.until {
            Some(end) if ended && today.earliest() > end.latest() => end,
            _ => today,
        };
        let version = &binding.version;
        let (here, others) = destination(self.known, members, version, &chapter.id, &day);
        let by_pair = held.transcribed
            && chapter.direction.pairs.iter().any(|pair| {
                pair.to
                    .iter()
                    .any(|to| self.meant(to).contains(self.here()))
            });
        if !(here.held || others.held || binding.signed || by_pair) {
            return None;
        }
        let bound = binding.signed || (here.self_signed && !binding.accepted_another);
        let mut checks = Checks::default();
        if held.transcribed || bound {
            destination_in(&mut checks, chapter, &here, &others);
        } else {
            return None;
        }
        let trouble = checks.0.map(|(outcome, _)| outcome);
        (!matches!(trouble, Some(Outcome::Fail | Outcome::Unknown))).then_some(())
    }

    /// The economies whose side may have been in on some day, in the direction of here.
    fn sources<'n>(
        &self,
        held: &Held<'a>,
        members: &'n [Member<'a>],
        binding: &'n Binding<'a>,
        chapter: &'n Chapter,
    ) -> BTreeSet<&'n str>
    where
        'a: 'n,
    {
        let version = &binding.version;
        let giving = members
            .iter()
            .filter(|member| member.of_chapter(&chapter.id) && member.gives(self.known, version));
        let mut sources = BTreeSet::new();
        for member in giving {
            if let Participant::Economy(named) = &member.participation.participant {
                sources.extend(self.meant(named));
            }
        }
        let direction = &chapter.direction;
        if held.transcribed || binding.signed {
            let named = direction.pairs.iter().flat_map(|pair| &pair.from);
            sources.extend(named.flat_map(|named| self.meant(named)));
        }
        if binding.signed {
            sources.extend(version.signer_economies(self.known));
        }
        if matches!(
            direction.mode,
            DirectionMode::Mutual | DirectionMode::ProducerToAll
        ) {
            return sources;
        }
        let here = direction.pairs.iter().filter(|pair| {
            let mut to = pair.to.iter();
            pair.to.is_empty() || to.any(|to| self.meant(to).contains(self.here()))
        });
        let mut paired = BTreeSet::new();
        for pair in here {
            if pair.from.is_empty() {
                return sources;
            }
            paired.extend(pair.from.iter().flat_map(|from| self.meant(from)));
        }
        sources.intersection(&paired).copied().collect()
    }

    /// What a rule of the destination accepts on its own.
    fn by_rule(&self, rule: &'a ImportRule) -> Option<Way> {
        let filter = rule.attestations.as_ref()?;
        let economies: BTreeSet<&str> = filter.issuer_economies.iter().map(|e| &**e).collect();
        let issuers = filter.issuers.iter().map(|party| party.id.clone());
        Some(Way {
            sides: (!economies.is_empty()).then(|| self.sides_of_all(&economies)),
            terms: Terms {
                kinds: filter.kinds.iter().copied().collect(),
                schemes: lower(&filter.schemes),
                standards: self.standards(&filter.standards),
                products: self.products(&rule.products)?,
                issuers: issuers.collect(),
                issued_to: None,
            },
        })
    }

    /// HS prefixes under which a code of the attestation must lie, where selectors are to choose
    /// its product; none where that cannot be asked. `None` where they do not choose the product
    /// asked about, or that has to be read.
    fn products(&self, selectors: &[CodeSelector]) -> Option<BTreeSet<String>> {
        let none = BTreeSet::new();
        if !self.codes.is_empty() {
            let chosen = coverage::chosen(selectors, self.codes);
            return (chosen == Truth::Yes).then_some(none);
        }
        let mut prefixes = BTreeSet::new();
        for selector in selectors {
            let of = ProductCode {
                scheme: selector.scheme.clone(),
                edition: None,
                code: String::new(),
            };
            for prefix in &selector.include {
                match prefix_asked(prefix).filter(|_| of.is_harmonised()) {
                    Some(prefix) => prefixes.insert(prefix),
                    None => return Some(none),
                };
            }
        }
        Some(prefixes)
    }

    /// Designations of what may be one of these standards by an edition held: those that its
    /// editions name, and those of the editions that name one of these.
    fn standards(&self, listed: &[StandardReference]) -> BTreeSet<String> {
        let trust = self.known.evidence.trust;
        let mut names: BTreeSet<String> = listed
            .iter()
            .map(|one| one.designation().to_owned())
            .collect();
        // Two adoptions of one standard are two steps apart.
        for _ in 0..2 {
            let editions: Vec<&Standard> = names
                .iter()
                .flat_map(|name| editions(trust, name))
                .collect();
            for edition in editions {
                let adopted = edition.adopts.iter().map(|of| &of.standard);
                let replaced = edition.replaces.iter().map(|of| &of.standard);
                let all = adopted.chain(replaced).chain([&edition.standard]);
                names.extend(all.map(|one| one.designation().to_owned()));
            }
        }
        names
    }
}

/// Editions that name a designation.
fn editions<'t>(trust: &'t TrustGraph, designation: &str) -> impl Iterator<Item = &'t Standard> {
    let held = trust.standards(designation).into_iter();
    held.filter_map(|held| match &held.record.as_ref().ok()?.subject {
        Says::Standard(standard) => Some(&**standard),
        _ => None,
    })
}

fn lower(schemes: &[String]) -> BTreeSet<String> {
    let lower = schemes.iter().map(|scheme| scheme.to_ascii_lowercase());
    lower.collect()
}

/// A prefix of chapter, heading or subheading above a prefix; `None` if it has no chapter.
fn prefix_asked(prefix: &str) -> Option<String> {
    let digits = digits(prefix);
    let whole = digits.len().min(SHARED_DIGITS) / 2 * 2;
    let prefix = digits.get(..whole)?;
    (!prefix.is_empty()).then(|| prefix.to_owned())
}
