//! Tests of the index as its callers see it.

mod files;
mod finding;
mod goods;
mod pages;
mod real_numbers;
mod ways;

use std::collections::BTreeMap;

use super::Index;
use crate::document::{Document, Text, Weight};
use crate::query::{Page, Query};

/// A document about nothing, told apart by its number.
fn document(number: u32) -> Document {
    let mut digest = [0; 32];
    // Spread over the whole range, as digests are.
    let spread = number.wrapping_mul(0x9E37_79B1).to_be_bytes();
    for (place, byte) in digest.iter_mut().enumerate() {
        *byte = spread[place % 4];
    }
    Document {
        digest,
        id: format!("urn:example:{number}"),
        kind: "Attestation".to_owned(),
        origin: "nqi.example/log/2026".to_owned(),
        position: u64::from(number),
        status: "active".to_owned(),
        ..Document::default()
    }
}

fn text(language: &str, value: &str) -> Text {
    Text {
        language: (!language.is_empty()).then(|| language.to_owned()),
        value: value.to_owned(),
        weight: Weight::Body,
    }
}

/// Titles, one document each, numbered from 0.
fn titled(titles: &[(&str, &str)]) -> Index {
    let documents: Vec<Document> = (0..)
        .zip(titles)
        .map(|(number, (language, title))| Document {
            texts: vec![text(language, title)],
            ..document(number)
        })
        .collect();
    filled(&documents)
}

fn filled(documents: &[Document]) -> Index {
    let index = Index::in_memory().unwrap();
    index.apply(documents, &[]).unwrap();
    index.commit(&BTreeMap::new()).unwrap();
    index
}

fn query(text: &str) -> Query {
    Query {
        text: text.to_owned(),
        limit: 100,
        ..Query::default()
    }
}

fn ask(index: &Index, text: &str) -> Page {
    index.search(&query(text)).unwrap()
}

/// Numbers of the hits, in order of number.
fn numbers(page: &Page) -> Vec<u32> {
    let number = |id: &str| id.rsplit(':').next().unwrap().parse().unwrap();
    let mut numbers: Vec<u32> = page.hits.iter().map(|hit| number(&hit.id)).collect();
    numbers.sort_unstable();
    numbers
}

fn found(index: &Index, text: &str) -> Vec<u32> {
    numbers(&ask(index, text))
}
