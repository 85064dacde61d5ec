//! This search.

use std::collections::BTreeMap;
use std::path::PathBuf;

use comity_search::{Document, Facet, Index, Query, Way, Ways};

use super::questions::{Class, Question};
use crate::{Engine, HITS, folder_bytes};

/// Batches between two commits, as the follower of a log makes them.
const COMMIT_EVERY: usize = 10;

pub(crate) struct Comity {
    folder: PathBuf,
    index: Index,
    batches: usize,
}

impl Comity {
    pub(crate) fn new(folder: PathBuf) -> Comity {
        let index = Index::open(&folder).unwrap();
        Comity {
            folder,
            index,
            batches: 0,
        }
    }
}

impl Engine for Comity {
    fn name(&self) -> &'static str {
        "comity"
    }

    fn add(&mut self, documents: &[Document]) {
        self.index.apply(documents, &[]).unwrap();
        self.batches += 1;
        if self.batches.is_multiple_of(COMMIT_EVERY) {
            self.finish();
        }
    }

    fn finish(&mut self) {
        self.index.commit(&BTreeMap::new()).unwrap();
    }

    fn ask(&mut self, question: &Question) -> Option<usize> {
        let mut query = Query {
            text: question.text.clone(),
            limit: HITS,
            ..Query::default()
        };
        match question.class {
            Class::Hs => {
                query.filters.hs.any_of = vec![std::mem::take(&mut query.text)];
            }
            Class::Facets => {
                query.facets = vec![Facet::Kind, Facet::Status, Facet::Scheme, Facet::Year];
            }
            _ => {}
        }
        if let Some((side, attestation)) = &question.way {
            query.ways = Some(Ways {
                name: "one".to_owned(),
                products: Vec::new(),
                any_of: vec![Way {
                    sides: Some(vec![side.clone()]),
                    attestation: vec![attestation.clone()],
                    ..Way::default()
                }],
            });
        }
        Some(self.index.search(&query).unwrap().hits.len())
    }

    fn bytes(&mut self) -> u64 {
        folder_bytes(&self.folder)
    }
}
