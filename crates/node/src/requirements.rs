//! What a destination asks for a product, which published attestations answer it there, and what
//! is still missing.

use comity_model::date::{Day, Instant};
use comity_model::import_rule::{Requirement, RequirementSort, RuleEffect};
use comity_model::party::is_economy;
use comity_model::product::ProductCode;
use comity_model::record::{Kind, Subject};
use comity_model::standard::StandardReference;
use comity_recognition::Verdict;
use comity_recognition::evidence::Evidence;
use comity_recognition::import_rule::{RulesInForce, rules_in_force};
use comity_recognition::question::{ProductFacts, Selector};
use comity_recognition::verdict::VerdictResult;
use comity_recognition::wording::RulesSaid;
use comity_search::{Filter, Filters, Query, Sort};

use crate::error::Error;
use crate::look_up::Found;
use crate::named::WhomToAsk;
use crate::projection;
use crate::recognise::{Ask, Prepared};
use crate::search::MAX_VALUES;
use crate::{Node, Shared};

/// Most attestations that are judged for one answer.
pub const MAX_JUDGED: usize = 50;

/// Most things that are asked for which candidates are searched, each by itself.
pub const MAX_SEARCHES: usize = 16;

/// Digits of an HS heading: what is certified under the heading may cover the product.
const HEADING_DIGITS: usize = 4;

/// A product and where it is to go.
#[derive(Clone, Debug)]
pub struct RequirementsQuery {
    /// The destination, as ISO 3166-1 alpha-2 code.
    pub in_economy: String,
    /// The product's code.
    pub code: ProductCode,
    /// The legal day; today (UTC) if absent.
    pub on: Option<Day>,
}

/// What is asked, and what answers it.
#[derive(Clone, Debug)]
pub struct Requirements {
    /// The legal day.
    pub on: Day,
    /// As known at.
    pub known_at: Instant,
    /// The rules in force for the product.
    pub in_force: RulesInForce,
    /// Attestations that count there for the product, those first that leave least to do.
    pub answers: Vec<Answering>,
    /// Attestations that were judged, those that fit the rules best and of these the newest, out
    /// of how many that name the product's heading.
    pub judged: usize,
    /// How many name the heading.
    pub found: u64,
    /// Whether all of them were judged, so that what none of them answers is missing.
    pub all_judged: bool,
    /// Whom to ask.
    pub ask: WhomToAsk,
}

/// An attestation that counts at the destination.
#[derive(Clone, Debug)]
pub struct Answering {
    /// The attestation.
    pub record: Found,
    /// What it comes to there; among its gaps is what it leaves open.
    pub verdict: Verdict,
}

impl Requirements {
    /// What the rules say, for a sentence.
    pub fn said(&self) -> RulesSaid {
        let rules = &self.in_force.rules;
        let things: usize = rules.iter().map(|rule| rule.rule.requirements.len()).sum();
        let nothing = rules
            .iter()
            .any(|rule| rule.rule.effect == RuleEffect::NothingRequired && !rule.needs_reading);
        match (rules.is_empty(), self.in_force.complete) {
            (true, true) => RulesSaid::NonePublished,
            (true, false) => RulesSaid::NoneHeld,
            _ if things == 0 && nothing => RulesSaid::Nothing,
            _ => RulesSaid::Asks {
                things,
                missing: self.unanswered().len(),
            },
        }
    }

    /// The requirements that an attestation could answer and none of those judged does: the rule's
    /// digest and the requirement's id. They are missing where [`Self::all_judged`].
    pub fn unanswered(&self) -> Vec<([u8; 32], &str)> {
        let asked = self.in_force.rules.iter().flat_map(|rule| {
            let requirements = rule.rule.requirements.iter();
            let of_attestations = requirements.filter(|requirement| {
                matches!(
                    requirement.sort,
                    RequirementSort::Attestation | RequirementSort::Deviation
                )
            });
            of_attestations.map(|requirement| (rule.digest, requirement.id.as_str()))
        });
        asked
            .filter(|(rule, id)| {
                !self.answers.iter().any(|answer| {
                    let mut gaps = answer.verdict.gaps.iter();
                    !gaps.any(|gap| gap.rule == *rule && gap.requirement == *id)
                })
            })
            .collect()
    }
}

impl Node {
    /// What the destination asks for the product, and what already answers it.
    ///
    /// # Errors
    /// [`Error::Question`] for an economy that is none, [`Error::Store`], [`Error::Search`].
    pub async fn requirements(&self, query: &RequirementsQuery) -> Result<Requirements, Error> {
        let node = &self.shared;
        let known_at = node.now_known();
        let on = query.on.unwrap_or_else(|| known_at.day());
        let prepared = node.prepare_there(&query.in_economy, (on, known_at), "in");
        let prepared = prepared.await?;
        let evidence: Evidence<'_> = prepared.evidence();
        let codes = std::slice::from_ref(&query.code);
        let in_force = rules_in_force(
            (&query.in_economy, codes),
            (on, known_at),
            &evidence,
            &node.policy,
        );
        let candidates = self.candidates(query, on, &in_force, &evidence).await?;
        let mut answers = Vec::new();
        let judged = candidates.records.len();
        for record in candidates.records {
            let ask = Ask {
                on: Some(on),
                known_at: Some(known_at),
                product: ProductFacts {
                    codes: codes.to_vec(),
                    ..ProductFacts::default()
                },
                ..Ask::new(
                    Selector::RecordDigest(hex::encode(record.evidence.record_digest)),
                    &query.in_economy,
                )
            };
            let (_, verdict) = node.decided(ask).await?;
            if verdict.result <= VerdictResult::ResultsOnly {
                answers.push(Answering { record, verdict });
            }
        }
        answers.sort_by_key(|answer| {
            let digest = answer.record.evidence.record_digest;
            (answer.verdict.result, answer.verdict.gaps.len(), digest)
        });
        Ok(Requirements {
            on,
            known_at,
            ask: node.whom_to_ask(&query.in_economy, &in_force.rules),
            in_force,
            answers,
            judged,
            found: candidates.found,
            all_judged: candidates.all,
        })
    }

    /// The attestations that are judged: in turn the newest for each thing that is asked, and the
    /// newest under the heading.
    async fn candidates(
        &self,
        query: &RequirementsQuery,
        on: Day,
        in_force: &RulesInForce,
        evidence: &Evidence<'_>,
    ) -> Result<Candidates, Error> {
        let heading = under_heading(&query.code, on);
        let newest = self.shared.page(heading.clone()).await?;
        let all = newest.total.exact && newest.total.value <= newest.hits.len() as u64;
        let mut lists = Vec::new();
        if !all {
            let required = in_force.rules.iter();
            let required = required.filter(|rule| rule.rule.effect == RuleEffect::Required);
            let asked = required.flat_map(|rule| &rule.rule.requirements);
            let asked = asked.filter_map(|asked| narrowed(&heading, asked, evidence));
            for query in asked.take(MAX_SEARCHES) {
                lists.push(self.shared.page(query).await?.hits);
            }
        }
        let found = newest.total.value;
        lists.push(newest.hits);
        let mut digests = Vec::new();
        for place in 0..MAX_JUDGED {
            for hit in lists.iter().filter_map(|list| list.get(place)) {
                if !digests.contains(&hit.digest) && digests.len() < MAX_JUDGED {
                    digests.push(hit.digest);
                }
            }
        }
        let mut records = Vec::with_capacity(digests.len());
        for digest in digests {
            let selector = Selector::RecordDigest(hex::encode(digest));
            records.extend(self.look_up(&selector).await?);
        }
        Ok(Candidates {
            records,
            found,
            all,
        })
    }
}

impl Shared {
    /// What is held that bears on any question about a destination; `parameter` names it to who
    /// asks.
    pub(crate) async fn prepare_there(
        &self,
        economy: &str,
        (on, known_at): (Day, Instant),
        parameter: &'static str,
    ) -> Result<Prepared, Error> {
        if !is_economy(economy) {
            return Err(Error::Question {
                parameter,
                detail: "expected an economy as ISO 3166-1 alpha-2 code, such as KZ".to_owned(),
            });
        }
        // Any question gathers the rules and arrangements; this one fits no record.
        let nothing = Ask {
            on: Some(on),
            known_at: Some(known_at),
            ..Ask::new(Selector::Id(String::new()), economy)
        };
        self.prepare(nothing).await
    }
}

/// Attestations to judge, out of how many.
struct Candidates {
    records: Vec<Found>,
    found: u64,
    all: bool,
}

fn any_of(values: impl IntoIterator<Item = String>) -> Filter {
    Filter {
        any_of: values.into_iter().take(MAX_VALUES).collect(),
        none_of: Vec::new(),
    }
}

/// Attestations that name the product's heading and are valid by their dates on the day, the
/// newest first.
fn under_heading(code: &ProductCode, on: Day) -> Query {
    let heading: String = code.code.chars().take(HEADING_DIGITS).collect();
    Query {
        filters: Filters {
            kind: any_of([Kind::Attestation.name().to_owned()]),
            hs: any_of([heading]),
            on: Some(on.days_since_epoch()),
            ..Filters::default()
        },
        sort: Sort::Newest,
        limit: MAX_JUDGED,
        ..Query::default()
    }
}

/// The same that have what a requirement asks for, as far as it is indexed: kinds, standards and
/// those that adopt them, issuers. `None` where no attestation can answer it, or any may.
fn narrowed(heading: &Query, asked: &Requirement, evidence: &Evidence<'_>) -> Option<Query> {
    let mut query = heading.clone();
    let filters = &mut query.filters;
    match (&asked.attestation, &asked.deviation) {
        (Some(filter), _) => {
            let kinds = filter.kinds.iter();
            filters.attestation = any_of(kinds.map(|kind| projection::word(*kind)));
            filters.standard = any_of(related(&filter.standards, evidence));
            let issuers = filter.issuers.iter();
            filters.issuer = any_of(issuers.map(|issuer| issuer.id.clone()));
        }
        (None, Some(deviation)) => {
            let standard = std::slice::from_ref(&deviation.standard);
            filters.standard = any_of(related(standard, evidence));
        }
        (None, None) => return None,
    }
    let set = [&filters.attestation, &filters.standard, &filters.issuer];
    set.iter()
        .any(|filter| !filter.any_of.is_empty())
        .then_some(query)
}

/// The standards, and those that the editions held relate to them: what they adopt, and what
/// adopts or replaces them. Whether one answers is judged, not searched.
fn related(standards: &[StandardReference], evidence: &Evidence<'_>) -> Vec<String> {
    let mut names: Vec<String> = standards.iter().map(ToString::to_string).collect();
    for standard in standards {
        for held in evidence.trust.standards(standard.designation()) {
            if let Ok(record) = &held.record
                && let Subject::Standard(edition) = &record.subject
            {
                names.push(edition.standard.to_string());
                names.extend(edition.adopts.iter().map(|of| of.standard.to_string()));
                names.extend(edition.replaces.iter().map(|of| of.standard.to_string()));
            }
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    names
}
