//! What a destination asks for a product, which published attestations answer it there, and what
//! is still missing.

use comity_model::date::{Day, Instant};
use comity_model::import_rule::{RequirementSort, RuleEffect};
use comity_model::party::is_economy;
use comity_model::product::ProductCode;
use comity_model::record::Kind;
use comity_recognition::Verdict;
use comity_recognition::evidence::Evidence;
use comity_recognition::import_rule::{RulesInForce, rules_in_force};
use comity_recognition::question::{ProductFacts, Selector};
use comity_recognition::verdict::VerdictResult;
use comity_recognition::wording::RulesSaid;

use crate::Node;
use crate::error::Error;
use crate::look_up::Found;
use crate::recognise::Ask;
use crate::search::{Condition, Property, SearchRequest, SortOrder};

/// Most attestations that are judged for one answer.
pub const MAX_JUDGED: usize = 50;

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
    /// Attestations that were judged, out of how many that name the product's heading.
    pub judged: usize,
    /// How many name the heading.
    pub found: u64,
    /// DID of the destination's authority, where the policy names one.
    pub authority: Option<String>,
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

    /// The requirements that an attestation could answer and none of those found does: the rule's
    /// digest and the requirement's id.
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
        if !is_economy(&query.in_economy) {
            return Err(Error::Question {
                parameter: "in",
                detail: "expected an economy as ISO 3166-1 alpha-2 code, such as KZ".to_owned(),
            });
        }
        let node = &self.shared;
        let known_at = node.now_known();
        let on = query.on.unwrap_or_else(|| known_at.day());
        // Any question gathers the rules; this one fits no record.
        let nothing = Ask {
            on: Some(on),
            known_at: Some(known_at),
            ..Ask::new(Selector::Id(String::new()), &query.in_economy)
        };
        let prepared = node.prepare(nothing).await?;
        let evidence: Evidence<'_> = prepared.evidence();
        let codes = std::slice::from_ref(&query.code);
        let in_force = rules_in_force(
            (&query.in_economy, codes),
            (on, known_at),
            &evidence,
            &node.policy,
        );
        let page = self.find(candidates(&query.code, on)).await?;
        let mut answers = Vec::new();
        let judged = page.hits.len();
        for record in page.hits {
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
        let authorities = node.policy.file().authority.iter();
        let here = authorities.filter(|entry| entry.economy.as_ref() == Some(&query.in_economy));
        Ok(Requirements {
            on,
            known_at,
            in_force,
            answers,
            judged,
            found: page.total,
            authority: here.map(|entry| entry.did.clone()).min(),
        })
    }
}

/// Attestations that name the product's heading and are valid by their dates on the day.
fn candidates(code: &ProductCode, on: Day) -> SearchRequest {
    let wanted = |property, value: String| Condition {
        property,
        value,
        unwanted: false,
    };
    let heading: String = code.code.chars().take(HEADING_DIGITS).collect();
    SearchRequest {
        conditions: vec![
            wanted(Property::Kind, Kind::Attestation.name().to_owned()),
            wanted(Property::Hs, heading),
        ],
        on: Some(on),
        sort: SortOrder::Newest,
        limit: MAX_JUDGED,
        ..SearchRequest::default()
    }
}
