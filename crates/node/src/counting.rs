//! Search for what counts in a destination. The index is asked for what may count there
//! ([`comity_recognition::ways`]); each hit is then judged, in the order of the search, until the
//! page is full. What is shown is what the verdicts say, group by group: how many count in all is
//! not known before all are judged, so it is not said.

use std::sync::Arc;

use comity_model::date::{Day, Instant};
use comity_model::product::ProductCode;
use comity_model::record::Kind;
use comity_recognition::import_rule::RulesInForce;
use comity_recognition::question::{ProductFacts, Selector};
use comity_recognition::verdict::VerdictResult;
use comity_recognition::ways;
use comity_search::{Page, Query};

use crate::error::Error;
use crate::named::WhomToAsk;
use crate::projection;
use crate::recognise::{Ask, other_number, selector};
use crate::requirements::Answering;
use crate::search::{Property, SearchRequest};
use crate::{Node, Shared};

/// Most candidates looked at for one answer, with those whose state no longer fits the filter.
const MAX_LOOKED_AT: usize = 1_000;
/// Most candidates that are judged for one page.
pub const MAX_JUDGED: usize = 200;

/// The groups of an answer, in their order.
pub const GROUPS: [VerdictResult; 3] = [
    VerdictResult::Recognised,
    VerdictResult::RecognisedWithConditions,
    VerdictResult::ResultsOnly,
];

/// What counts in a destination is looked for.
#[derive(Clone, Debug)]
pub struct CountingQuery {
    /// The search; its `on` is not read.
    pub request: SearchRequest,
    /// The destination, as ISO 3166-1 alpha-2 code.
    pub in_economy: String,
    /// The product; whatever the attestations cover if absent.
    pub code: Option<ProductCode>,
    /// The legal day; today (UTC) if absent.
    pub on: Option<Day>,
}

/// A page of what counts there.
#[derive(Clone, Debug)]
pub struct CountingPage {
    /// The legal day.
    pub on: Day,
    /// As known at.
    pub known_at: Instant,
    /// What counts there of those judged, in the order of the search.
    pub items: Vec<Answering>,
    /// Candidates judged for this page.
    pub judged: usize,
    /// Those of them of which it cannot be told whether they count.
    pub cannot_tell: usize,
    /// Whether judging ended because [`MAX_JUDGED`] were judged, before the page was full.
    pub cut: bool,
    /// How many records may count there, of all pages: what the index answers.
    pub candidates: u64,
    /// Whether `candidates` is exact; there may be more otherwise.
    pub exact: bool,
    /// Where to go on, if not all candidates are judged.
    pub next: Option<String>,
    /// Values of each facet asked for, as the candidates have them, most frequent first.
    pub facets: Vec<(Property, Vec<String>)>,
    /// What was searched instead, where a word was read as another.
    pub did_you_mean: Option<String>,
    /// The destination's rules for the product.
    pub in_force: RulesInForce,
    /// Whom to ask.
    pub ask: WhomToAsk,
}

impl CountingPage {
    /// The items of one group.
    pub fn group(&self, result: VerdictResult) -> impl Iterator<Item = &Answering> {
        let items = self.items.iter();
        items.filter(move |item| item.verdict.result == result)
    }
}

impl Node {
    /// Finds what counts in a destination.
    ///
    /// # Errors
    /// [`Error::Question`] for an economy that is none, a query beyond a limit or the cursor of
    /// another query; [`Error::Store`], [`Error::Search`].
    pub async fn counting(&self, asked: CountingQuery) -> Result<CountingPage, Error> {
        let node = &self.shared;
        let known_at = node.now_known();
        let on = asked.on.unwrap_or_else(|| known_at.day());
        let codes: Vec<ProductCode> = asked.code.iter().cloned().collect();
        let there = (asked.in_economy.as_str(), codes.as_slice());
        let (ways, in_force) = node.ways_there(there, (on, known_at)).await?;
        let facets = asked.request.facets.clone();
        let typed = asked.request.text.clone();
        let limit = asked.request.limit;
        let mut query = narrowed(node.query(asked.request), on);
        query.ways = Some(comity_search::Ways {
            name: format!("{} {:?} {:?}", asked.in_economy, asked.on, codes),
            ..indexed(&ways)
        });
        only_attestations(&mut query);
        let mut page = node.page(query.clone()).await?;
        let mut found = CountingPage {
            on,
            known_at,
            items: Vec::new(),
            judged: 0,
            cannot_tell: 0,
            cut: false,
            candidates: page.total.value,
            exact: page.total.exact,
            next: None,
            facets: values(facets, &mut page),
            did_you_mean: page.did_you_mean.take(),
            ask: node.whom_to_ask(&asked.in_economy, &in_force.rules),
            in_force,
        };
        query.facets.clear();
        let ask = |digest: [u8; 32]| Ask {
            on: Some(on),
            known_at: Some(known_at),
            product: ProductFacts {
                codes: codes.clone(),
                ..ProductFacts::default()
            },
            ..Ask::new(
                Selector::RecordDigest(hex::encode(digest)),
                &asked.in_economy,
            )
        };
        let mut looked_at = 0;
        loop {
            let last = page.hits.len().saturating_sub(1);
            for (place, hit) in page.hits.iter().enumerate() {
                self.judge(ask(hit.digest), (&query, &typed), &mut found)
                    .await?;
                looked_at += 1;
                found.cut = found.judged >= MAX_JUDGED || looked_at >= MAX_LOOKED_AT;
                if found.cut || found.items.len() >= limit {
                    let more = place < last || page.next.is_some();
                    found.next = more.then(|| hit.after.clone());
                    found.cut &= more && found.items.len() < limit;
                    return Ok(found);
                }
            }
            let Some(next) = page.next.take() else {
                return Ok(found);
            };
            query.cursor = Some(next);
            page = node.page(query.clone()).await?;
        }
    }

    /// Judges a candidate, and keeps it where it counts. One whose state no longer fits the filter
    /// is passed over. A number typed that is not quite its own is compared with it.
    async fn judge(
        &self,
        mut ask: Ask,
        (query, typed): (&Query, &str),
        found: &mut CountingPage,
    ) -> Result<(), Error> {
        let states = &query.filters.status;
        for record in self.look_up(&ask.record).await? {
            let any = states.any_of.is_empty() || states.any_of.contains(&record.state);
            if !any || states.none_of.contains(&record.state) {
                continue;
            }
            let read = record.evidence.record.as_ref().ok();
            ask.product.number = read.and_then(|read| match selector(typed, None) {
                Selector::Number { number, .. } => other_number(&number, read),
                _ => None,
            });
            let (_, verdict) = self.shared.decided(ask.clone()).await?;
            found.judged += 1;
            match verdict.result {
                VerdictResult::CannotTell => found.cannot_tell += 1,
                VerdictResult::NotRecognised => {}
                _ => found.items.push(Answering { record, verdict }),
            }
        }
        Ok(())
    }
}

impl Shared {
    /// The ways to count in a destination, and its rules in force for the product.
    async fn ways_there(
        self: &Arc<Self>,
        (economy, codes): (&str, &[ProductCode]),
        (on, known_at): (Day, Instant),
    ) -> Result<(ways::Ways, RulesInForce), Error> {
        let prepared = self.prepare_there(economy, (on, known_at), "recognisedIn");
        let prepared = prepared.await?;
        let node = Arc::clone(self);
        let (economy, codes) = (economy.to_owned(), codes.to_vec());
        let compiled = tokio::task::spawn_blocking(move || {
            let there = (economy.as_str(), codes.as_slice());
            let evidence = prepared.evidence();
            let ways = ways::ways(there, (on, known_at), &evidence, &node.policy);
            let rules = comity_recognition::import_rule::rules_in_force(
                there,
                (on, known_at),
                &evidence,
                &node.policy,
            );
            (ways, rules)
        });
        let stopped = |error| Error::Setup(format!("the ways of a destination stopped: {error}"));
        compiled.await.map_err(stopped)
    }
}

/// The values of properties on a page, without their counts.
fn values(properties: Vec<Property>, page: &mut Page) -> Vec<(Property, Vec<String>)> {
    let values = properties.into_iter().map(|property| {
        let counts = page.facets.remove(&property.facet()).unwrap_or_default();
        let values = counts.into_iter().map(|(value, _)| value);
        (property, values.collect())
    });
    values.collect()
}

/// The query of a search, for what is valid on a day.
fn narrowed(mut query: Query, on: Day) -> Query {
    let on = on.days_since_epoch();
    let issued_to = query.filters.issued_to.map_or(on, |day| day.min(on));
    query.filters.issued_to = Some(issued_to);
    query.filters.on = Some(on);
    query
}

/// Only attestations count anywhere: of other kinds that were wanted there is nothing.
fn only_attestations(query: &mut Query) {
    let wanted = &mut query.filters.kind.any_of;
    let attestation = Kind::Attestation.name();
    if wanted.is_empty() || wanted.iter().any(|kind| kind == attestation) {
        *wanted = vec![attestation.to_owned()];
    } else if let Some(ways) = &mut query.ways {
        ways.any_of.clear();
    }
}

/// Ways as the index is asked for them.
fn indexed(ways: &ways::Ways) -> comity_search::Ways {
    let way = |way: &ways::Way| {
        let terms = &way.terms;
        let sides = way.sides.as_ref();
        comity_search::Way {
            sides: sides.map(|sides| sides.iter().map(ToString::to_string).collect()),
            attestation: terms
                .kinds
                .iter()
                .map(|kind| projection::word(*kind))
                .collect(),
            schemes: terms.schemes.iter().cloned().collect(),
            designations: terms.standards.iter().cloned().collect(),
            hs: terms.products.iter().cloned().collect(),
            issuers: terms.issuers.iter().cloned().collect(),
            issued_to: terms.issued_to.map(Day::days_since_epoch),
        }
    };
    comity_search::Ways {
        name: String::new(),
        products: ways.products.iter().cloned().collect(),
        any_of: ways.any_of.iter().map(way).collect(),
    }
}
