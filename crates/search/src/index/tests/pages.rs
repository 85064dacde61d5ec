//! Order, pages, filters and counts.

use std::collections::{BTreeMap, BTreeSet};

use super::{ask, document, filled, numbers, query, text};
use crate::document::Document;
use crate::error::Error;
use crate::query::{Facet, MAX_FILTER_VALUES, MAX_PAGE_HITS, Query, Sort};

fn many() -> Vec<Document> {
    let economies = ["CN", "SA", "FR", "RU", "JP"];
    (0..500_u32)
        .map(|number| {
            let day = i32::try_from(number % 37).unwrap();
            Document {
                texts: vec![text(
                    "en",
                    &format!("cable {}", "power ".repeat(number as usize % 37 % 4)),
                )],
                economies: vec![economies[number as usize % 5].to_owned()],
                issued_on: (day != 3).then_some(day),
                valid_until: (day != 4).then_some(100 + day),
                logged_at: (day != 5).then_some(i64::from(number) * 7 % 1_000),
                year: Some(2000 + day % 3),
                status: if day % 10 == 0 { "suspended" } else { "active" }.to_owned(),
                ..document(number)
            }
        })
        .collect()
}

fn walk(index: &super::Index, first: Query, between: impl Fn(u32)) -> Vec<String> {
    let mut walked = Vec::new();
    let mut asked = first;
    for page in 0.. {
        assert!(page < 1000, "the walk does not end");
        let answer = index.search(&asked).unwrap();
        walked.extend(answer.hits.into_iter().map(|hit| hit.id));
        match answer.next {
            Some(next) => asked.cursor = Some(next),
            None => break,
        }
        between(page);
    }
    walked
}

#[test]
fn every_order_walks_all_pages_without_gap_or_repetition() {
    let index = filled(&many());
    for sort in [Sort::Relevance, Sort::Newest, Sort::Expiring, Sort::Logged] {
        for words in ["cable", "power cable", ""] {
            for limit in [7, 50, 100] {
                let asked = Query {
                    sort,
                    limit,
                    ..query(words)
                };
                let total = index.search(&asked).unwrap().total;
                assert!(total.exact);
                let walked = walk(&index, asked, |_| {});
                let unique: BTreeSet<&String> = walked.iter().collect();
                assert_eq!(walked.len() as u64, total.value, "{sort:?} {words} {limit}");
                assert_eq!(unique.len(), walked.len(), "{sort:?} {words} {limit}");
            }
        }
    }
}

#[test]
fn a_walk_by_date_goes_on_across_commits() {
    let index = filled(&many());
    let asked = Query {
        sort: Sort::Newest,
        limit: 20,
        ..query("cable")
    };
    let walked = walk(&index, asked, |page| {
        // A newer record appears, and an old one is indexed again.
        let newer = Document {
            issued_on: Some(1000),
            texts: vec![text("en", "cable")],
            ..document(10_000 + page)
        };
        index.apply(&[newer, many().remove(3)], &[]).unwrap();
        index.commit(&BTreeMap::new()).unwrap();
    });
    assert_eq!(walked.len(), 500);
    assert_eq!(walked.iter().collect::<BTreeSet<_>>().len(), 500);
}

#[test]
fn dates_decide_the_order() {
    let index = filled(&many());
    let mut asked = Query {
        sort: Sort::Newest,
        ..query("")
    };
    let by_id: BTreeMap<String, Document> = many()
        .into_iter()
        .map(|document| (document.id.clone(), document))
        .collect();
    let days = |walked: Vec<String>, day: &dyn Fn(&Document) -> i32| -> Vec<i32> {
        walked.iter().map(|id| day(&by_id[id])).collect()
    };
    let newest = days(walk(&index, asked.clone(), |_| {}), &|document| {
        document.issued_on.unwrap_or(i32::MIN)
    });
    assert!(newest.is_sorted_by(|before, after| before >= after));
    asked.sort = Sort::Expiring;
    let expiring = days(walk(&index, asked.clone(), |_| {}), &|document| {
        document.valid_until.unwrap_or(i32::MAX)
    });
    assert!(expiring.is_sorted());
    asked.sort = Sort::Logged;
    let logged = walk(&index, asked, |_| {});
    let logged: Vec<_> = logged.iter().map(|id| by_id[id].logged_at).collect();
    assert!(logged.is_sorted_by(|before, after| before >= after));
    let latest = by_id
        .values()
        .filter_map(|document| document.logged_at)
        .max();
    assert_eq!(
        (logged.first(), logged.last()),
        (Some(&latest), Some(&None))
    );
}

#[test]
fn counts_of_a_name_ignore_its_own_filter_only() {
    let index = filled(&many());
    let mut asked = query("cable");
    asked.facets = vec![Facet::Economy, Facet::Status, Facet::Year];
    let open = index.search(&asked).unwrap();
    let count = |page: &crate::query::Page, facet: Facet, value: &str| {
        let counts = &page.facets[&facet];
        counts
            .iter()
            .find(|(name, _)| name == value)
            .map(|(_, count)| *count)
    };
    assert_eq!(count(&open, Facet::Economy, "CN"), Some(100));
    let suspended = count(&open, Facet::Status, "suspended").unwrap();
    asked.filters.economy.any_of = vec!["cn".to_owned()];
    let chosen = index.search(&asked).unwrap();
    assert_eq!(chosen.total.value, 100);
    assert_eq!(count(&chosen, Facet::Economy, "CN"), Some(100));
    assert_eq!(count(&chosen, Facet::Economy, "SA"), Some(100));
    assert!(count(&chosen, Facet::Status, "suspended").unwrap() < suspended);
    let years: u64 = chosen.facets[&Facet::Year]
        .iter()
        .map(|(_, count)| count)
        .sum();
    assert_eq!(years, 100);
    asked.filters.status.any_of = vec!["suspended".to_owned()];
    let both = index.search(&asked).unwrap();
    assert_eq!(
        count(&both, Facet::Status, "suspended"),
        Some(both.total.value)
    );
    let economies: u64 = both.facets[&Facet::Economy]
        .iter()
        .map(|(_, count)| count)
        .sum();
    assert_eq!(economies, suspended);
}

#[test]
fn unwanted_values_are_left_out() {
    let index = filled(&many());
    let mut asked = query("");
    asked.filters.economy.none_of = vec!["CN".to_owned(), "SA".to_owned()];
    assert_eq!(index.search(&asked).unwrap().total.value, 300);
    asked.filters.economy.any_of = vec!["CN".to_owned(), "FR".to_owned()];
    assert_eq!(index.search(&asked).unwrap().total.value, 100);
    asked.filters.economy = crate::query::Filter::default();
    asked.filters.kind.none_of = vec!["Attestation".to_owned()];
    assert_eq!(index.search(&asked).unwrap().total.value, 0);
}

#[test]
fn days_are_inclusive_and_open_ends_are_open() {
    let valid = |number: u32, from: Option<i32>, until: Option<i32>| Document {
        valid_from: from,
        valid_until: until,
        issued_on: from,
        ..document(number)
    };
    let index = filled(&[
        valid(0, Some(10), Some(20)),
        valid(1, Some(15), None),
        valid(2, None, Some(12)),
        valid(3, None, None),
        valid(4, Some(-30_000), Some(-20_000)),
    ]);
    let on = |day: i32| {
        let mut asked = query("");
        asked.filters.on = Some(day);
        numbers(&index.search(&asked).unwrap())
    };
    assert_eq!(on(9), [2, 3]);
    assert_eq!(on(10), [0, 2, 3]);
    assert_eq!(on(13), [0, 3]);
    assert_eq!(on(20), [0, 1, 3]);
    assert_eq!(on(21), [1, 3]);
    assert_eq!(on(-25_000), [2, 3, 4]);
    let mut asked = query("");
    asked.filters.expires_before = Some(20);
    assert_eq!(numbers(&index.search(&asked).unwrap()), [2, 4]);
    asked.filters.expires_before = Some(21);
    assert_eq!(numbers(&index.search(&asked).unwrap()), [0, 2, 4]);
    asked.filters.expires_before = None;
    asked.filters.issued_to = Some(10);
    assert_eq!(numbers(&index.search(&asked).unwrap()), [0, 4]);
    asked.filters.issued_from = Some(10);
    assert_eq!(numbers(&index.search(&asked).unwrap()), [0]);
}

#[test]
fn limits_are_named() {
    let index = filled(&[document(1)]);
    let refused = |asked: &Query, name: &str| {
        let answer = index.search(asked);
        assert!(matches!(answer, Err(Error::Limit { parameter, .. }) if parameter == name));
    };
    let mut asked = query("");
    asked.limit = MAX_PAGE_HITS;
    assert!(index.search(&asked).is_ok());
    asked.limit = MAX_PAGE_HITS + 1;
    refused(&asked, "limit");
    asked.limit = 0;
    refused(&asked, "limit");
    asked.limit = 1;
    asked.filters.economy.any_of = vec!["CN".to_owned(); MAX_FILTER_VALUES];
    assert!(index.search(&asked).is_ok());
    asked.filters.economy.none_of = vec!["SA".to_owned()];
    refused(&asked, "economy");
    asked.filters.economy.any_of.clear();
    asked.cursor = Some("nonsense".to_owned());
    assert!(matches!(index.search(&asked), Err(Error::Cursor)));
}

#[test]
fn a_hit_carries_what_it_is() {
    let index = filled(&[document(7)]);
    let page = ask(&index, "urn:example:7");
    assert_eq!(page.hits.len(), 1);
    let hit = &page.hits[0];
    assert_eq!(hit.digest, document(7).digest);
    assert_eq!(
        (hit.kind.as_str(), hit.status.as_str()),
        ("Attestation", "active")
    );
}
