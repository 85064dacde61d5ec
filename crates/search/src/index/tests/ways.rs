//! Ways: what fits one of them is found, and what was cut is never left out.

use super::{document, filled, numbers, query};
use crate::document::{Document, MAX_LIST_ENTRIES};
use crate::error::Error;
use crate::index::Index;
use crate::query::{MAX_WAYS, Query, Way, Ways};

fn texts(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

fn found(index: &Index, ways: Ways) -> Vec<u32> {
    let query = Query {
        ways: Some(ways),
        ..query("")
    };
    numbers(&index.search(&query).unwrap())
}

fn one(way: Way) -> Ways {
    Ways {
        any_of: vec![way],
        ..Ways::default()
    }
}

fn product(digits: &str) -> Ways {
    Ways {
        products: texts(&[digits]),
        ..one(Way::default())
    }
}

/// 0 acts for SE, 1 for KZ by a grant, 2 for an economy that a register names, 3 is no attestation.
fn index() -> Index {
    let se = Document {
        sides: texts(&["authority did:web:se.example"]),
        schemes: texts(&["cc", "https://scheme.example/1"]),
        designations: texts(&["IEC 60335-1"]),
        attestation: Some("productCertificate".to_owned()),
        issuer: Some("did:web:lab.example".to_owned()),
        hs: texts(&["8516"]),
        issued_on: Some(100),
        ..document(0)
    };
    let kz = Document {
        sides: texts(&["authority did:web:se.example", "grant did:web:kz.example"]),
        attestation: Some("testReport".to_owned()),
        hs: texts(&["85167200"]),
        issued_on: Some(200),
        ..document(1)
    };
    let imported = Document {
        sides: texts(&["economy US"]),
        hs: texts(&["851660"]),
        issued_on: Some(300),
        ..document(2)
    };
    filled(&[se, kz, imported, document(3)])
}

#[test]
fn one_way_suffices_and_all_of_it_must_hold() {
    let index = index();
    let sides = |sides: &[&str]| Way {
        sides: Some(texts(sides)),
        ..Way::default()
    };
    let se = sides(&["authority did:web:se.example"]);
    let us = sides(&["economy US", "economy CA"]);
    assert_eq!(found(&index, one(se.clone())), [0, 1]);
    assert_eq!(found(&index, one(us.clone())), [2]);
    let both = Ways {
        any_of: vec![se.clone(), us],
        ..Ways::default()
    };
    assert_eq!(found(&index, both), [0, 1, 2]);
    let narrowed = |change: fn(&mut Way)| {
        let mut way = se.clone();
        change(&mut way);
        found(&index, one(way))
    };
    assert_eq!(narrowed(|way| way.schemes = texts(&["cc", "cb"])), [0]);
    assert_eq!(
        narrowed(|way| way.designations = texts(&["IEC 60335-1"])),
        [0]
    );
    assert_eq!(
        narrowed(|way| way.attestation = texts(&["testReport"])),
        [1]
    );
    assert_eq!(
        narrowed(|way| way.issuers = texts(&["did:web:lab.example"])),
        [0]
    );
    assert_eq!(narrowed(|way| way.hs = texts(&["8516"])), [0, 1]);
    assert_eq!(narrowed(|way| way.hs = texts(&["851672"])), [1]);
    assert_eq!(narrowed(|way| way.issued_to = Some(150)), [0]);
    assert_eq!(narrowed(|way| way.schemes = texts(&["cb"])), [0; 0]);
}

#[test]
fn without_ways_nothing_fits_and_anybody_may() {
    let index = index();
    assert_eq!(found(&index, Ways::default()), [0; 0]);
    assert_eq!(found(&index, one(Way::default())), [0, 1, 2, 3]);
    let nobody = Way {
        sides: Some(Vec::new()),
        ..Way::default()
    };
    assert_eq!(found(&index, one(nobody)), [0; 0]);
}

#[test]
fn a_product_is_covered_by_headings_above_it_and_by_what_a_tariff_adds() {
    let index = index();
    assert_eq!(found(&index, product("851672")), [0, 1]);
    assert_eq!(found(&index, product("851660")), [0, 2]);
    assert_eq!(found(&index, product("8516")), [0]);
    assert_eq!(found(&index, product("85")), [0; 0]);
    assert_eq!(found(&index, product("854449")), [0; 0]);
}

#[test]
fn what_was_cut_may_be_anything() {
    let many = |prefix: &'static str| {
        (0..=MAX_LIST_ENTRIES).map(move |number| format!("{prefix}{number}"))
    };
    let document = Document {
        sides: many("authority did:web:a").collect(),
        schemes: many("s").collect(),
        designations: many("ISO ").collect(),
        hs: many("").map(|code| format!("{code:0>8}")).collect(),
        ..document(0)
    };
    let index = filled(&[document]);
    let way = Way {
        sides: Some(texts(&["authority did:web:other.example"])),
        schemes: texts(&["cc"]),
        designations: texts(&["IEC 60335-1"]),
        hs: texts(&["8516"]),
        ..Way::default()
    };
    let ways = Ways {
        products: texts(&["851672"]),
        ..one(way)
    };
    assert_eq!(found(&index, ways), [0]);
}

#[test]
fn a_value_without_a_term_restricts_nothing() {
    let way = Way {
        schemes: texts(&["cb", " "]),
        ..Way::default()
    };
    assert_eq!(found(&index(), one(way)), [0, 1, 2, 3]);
}

#[test]
fn a_page_begins_behind_any_hit() {
    let index = index();
    let all = index.search(&query("")).unwrap();
    for (place, hit) in all.hits.iter().enumerate() {
        let rest = Query {
            cursor: Some(hit.after.clone()),
            ..query("")
        };
        let rest = index.search(&rest).unwrap();
        let digests = |hits: &[crate::query::Hit]| -> Vec<[u8; 32]> {
            hits.iter().map(|hit| hit.digest).collect()
        };
        assert_eq!(digests(&rest.hits), digests(&all.hits[place + 1..]));
        assert_eq!(rest.total, all.total);
    }
}

#[test]
fn too_many_ways_are_refused() {
    let query = Query {
        ways: Some(Ways {
            any_of: vec![Way::default(); MAX_WAYS + 1],
            ..Ways::default()
        }),
        ..query("")
    };
    let refused = index().search(&query);
    assert!(matches!(refused, Err(Error::Limit { max: MAX_WAYS, .. })));
}
