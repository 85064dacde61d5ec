//! What a search for what counts in a destination shows, against the verdict of every attestation.

use std::collections::{BTreeMap, BTreeSet};

use comity_model::date::Day;
use comity_model::product::ProductCode;
use comity_model::record::Kind;
use comity_node::Node;
use comity_node::counting::{CountingQuery, GROUPS};
use comity_node::recognise::Ask;
use comity_node::search::{Condition, Property, SearchRequest};
use comity_recognition::question::{ProductFacts, Selector};
use comity_recognition::verdict::VerdictResult;

use super::super::stories::TODAY;
use super::asking;

/// Every economy of the demo, and one that nobody speaks of.
const DESTINATIONS: [&str; 8] = ["SE", "FR", "KZ", "CN", "JP", "SA", "TN", "BR"];
/// Hits of a page: many pages are walked.
const PAGE: usize = 7;

type Digest = [u8; 32];
type Groups = BTreeMap<VerdictResult, BTreeSet<Digest>>;

/// Where what is asked about, and when.
struct Asked<'a> {
    destination: &'a str,
    code: Option<ProductCode>,
    on: Day,
}

async fn every_attestation(node: &Node) -> Vec<Digest> {
    let mut request = SearchRequest {
        conditions: vec![Condition {
            property: Property::Kind,
            value: Kind::Attestation.name().to_owned(),
            unwanted: false,
        }],
        limit: 100,
        ..SearchRequest::default()
    };
    let mut all = Vec::new();
    loop {
        let page = node.find(request.clone()).await.unwrap();
        all.extend(page.hits.iter().map(|hit| hit.row.digest));
        let Some(next) = page.next else { break };
        request.cursor = Some(next);
    }
    all
}

/// What counts by the verdict of each.
async fn judged(node: &Node, all: &[Digest], asked: &Asked<'_>) -> Groups {
    let mut groups = Groups::new();
    for digest in all {
        let ask = Ask {
            on: Some(asked.on),
            product: ProductFacts {
                codes: asked.code.iter().cloned().collect(),
                ..ProductFacts::default()
            },
            ..Ask::new(
                Selector::RecordDigest(hex::encode(digest)),
                asked.destination,
            )
        };
        let verdict = node.recognise(ask).await.unwrap().verdict;
        if GROUPS.contains(&verdict.result) {
            groups.entry(verdict.result).or_default().insert(*digest);
        }
    }
    groups
}

/// What the search shows, page after page, and how many candidates the index answers.
async fn searched(node: &Node, asked: &Asked<'_>) -> (Groups, u64) {
    let mut groups = Groups::new();
    let mut request = SearchRequest {
        limit: PAGE,
        ..SearchRequest::default()
    };
    let mut looked_at = 0;
    loop {
        let query = CountingQuery {
            request: request.clone(),
            in_economy: asked.destination.to_owned(),
            code: asked.code.clone(),
            on: Some(asked.on),
        };
        let page = node.counting(query).await.unwrap();
        assert!(page.items.len() <= PAGE);
        assert!(page.judged >= page.items.len() + page.cannot_tell);
        looked_at += page.judged as u64;
        for group in GROUPS {
            let digests = page.group(group).map(|item| item.record.row.digest);
            let digests: Vec<Digest> = digests.collect();
            if !digests.is_empty() {
                let of = groups.entry(group).or_default();
                let before = of.len();
                of.extend(&digests);
                assert_eq!(of.len(), before + digests.len(), "one is shown twice");
            }
        }
        let Some(next) = page.next else {
            assert_eq!(looked_at, page.candidates, "each candidate is judged once");
            return (groups, looked_at);
        };
        request.cursor = Some(next);
    }
}

#[test]
fn a_search_for_what_counts_shows_exactly_what_does() {
    asking(async |world| {
        let node = &world.asked_in("KZ").unwrap().node;
        let all = every_attestation(node).await;
        assert!(all.len() >= 40, "{} attestations", all.len());
        let mut candidates = 0;
        let mut counting = 0;
        let mut asked_of = 0;
        for destination in DESTINATIONS {
            for (hs, on) in [
                (None, TODAY),
                (Some("8516.60"), TODAY),
                (Some("8517"), TODAY),
                (None, "2025-12-15"),
            ] {
                let asked = Asked {
                    destination,
                    code: hs.and_then(|hs| ProductCode::hs(hs, None)),
                    on: on.parse().unwrap(),
                };
                let expected = judged(node, &all, &asked).await;
                let (found, looked_at) = searched(node, &asked).await;
                assert_eq!(found, expected, "{destination} {hs:?} {on}");
                candidates += looked_at;
                counting += expected.values().map(BTreeSet::len).sum::<usize>() as u64;
                asked_of += all.len() as u64;
            }
        }
        eprintln!("{counting} count, {candidates} were judged of {asked_of}");
        assert!(counting > 60, "{counting} count");
        assert!(
            candidates * 3 < asked_of,
            "the index leaves too little out: {candidates} of {asked_of}"
        );
    });
}
