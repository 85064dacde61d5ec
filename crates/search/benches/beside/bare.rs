//! Tantivy with its own analysis and nothing else.

use std::path::PathBuf;

use comity_search::Document;
use tantivy::collector::{Count, FacetCollector, TopDocs};
use tantivy::query::{
    BooleanQuery, FuzzyTermQuery, Occur, PhrasePrefixQuery, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{FacetOptions, Field, INDEXED, IndexRecordOption, STRING, Schema, TEXT};
use tantivy::{IndexReader, IndexWriter, TantivyDocument, Term, schema::Facet};

use super::documents::Plain;
use super::questions::{Class, Question};
use crate::{Engine, HITS, folder_bytes};

const HEAP_BYTES: usize = 100_000_000;

pub(crate) struct Bare {
    folder: PathBuf,
    writer: IndexWriter,
    reader: IndexReader,
    text: Field,
    number: Field,
    hs: Field,
    side: Field,
    attestation: Field,
    facet: Field,
}

impl Bare {
    pub(crate) fn new(folder: PathBuf) -> Bare {
        let mut schema = Schema::builder();
        let text = schema.add_text_field("text", TEXT);
        let number = schema.add_text_field("number", STRING);
        let hs = schema.add_text_field("hs", STRING);
        let side = schema.add_text_field("side", STRING);
        let attestation = schema.add_text_field("attestation", STRING);
        let facet = schema.add_facet_field("facet", FacetOptions::default());
        schema.add_u64_field("place", INDEXED);
        std::fs::create_dir_all(&folder).unwrap();
        let index = tantivy::Index::create_in_dir(&folder, schema.build()).unwrap();
        Bare {
            writer: index.writer(HEAP_BYTES).unwrap(),
            reader: index.reader().unwrap(),
            folder,
            text,
            number,
            hs,
            side,
            attestation,
            facet,
        }
    }

    fn term(field: Field, text: &str) -> Box<dyn Query> {
        let term = Term::from_field_text(field, text);
        Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
    }

    fn words(&self, text: &str) -> Vec<Term> {
        let words = text.split(' ');
        words
            .map(|word| Term::from_field_text(self.text, word))
            .collect()
    }

    fn query(&self, question: &Question) -> Box<dyn Query> {
        let text = question.text.as_str();
        match question.class {
            Class::Number => Bare::term(self.number, text),
            Class::Word | Class::Facets => Bare::term(self.text, text),
            Class::Words => {
                let words = text.split(' ').map(|word| Bare::term(self.text, word));
                Box::new(BooleanQuery::intersection(words.collect()))
            }
            Class::Phrase => Box::new(PhraseQuery::new(self.words(text))),
            Class::Prefix => Box::new(PhrasePrefixQuery::new(self.words(text))),
            Class::Hs => Bare::term(self.hs, text),
            Class::Fuzzy => {
                let term = Term::from_field_text(self.text, text);
                Box::new(FuzzyTermQuery::new(term, 1, true))
            }
            Class::RecognisedIn => {
                let mut all = vec![(Occur::Must, Bare::term(self.text, text))];
                if let Some((side, attestation)) = &question.way {
                    all.push((Occur::Must, Bare::term(self.side, side)));
                    all.push((Occur::Must, Bare::term(self.attestation, attestation)));
                }
                Box::new(BooleanQuery::new(all))
            }
        }
    }
}

impl Engine for Bare {
    fn name(&self) -> &'static str {
        "bare tantivy"
    }

    fn add(&mut self, documents: &[Document]) {
        for document in documents {
            let plain = Plain::from(document);
            let mut flat = TantivyDocument::new();
            flat.add_text(self.text, &plain.title);
            flat.add_text(self.text, &plain.text);
            for number in &plain.numbers {
                flat.add_text(self.number, number);
            }
            for code in &plain.hs {
                for length in [2, 4, 6, 8] {
                    if let Some(prefix) = code.get(..length) {
                        flat.add_text(self.hs, prefix);
                    }
                }
            }
            for side in &plain.sides {
                flat.add_text(self.side, side);
            }
            flat.add_text(self.attestation, &plain.attestation);
            let year = plain.year.to_string();
            for path in [
                ["kind", &plain.kind],
                ["status", &plain.status],
                ["scheme", &plain.scheme],
                ["year", &year],
            ] {
                flat.add_facet(self.facet, Facet::from_path(path));
            }
            self.writer.add_document(flat).unwrap();
        }
    }

    fn finish(&mut self) {
        self.writer.commit().unwrap();
        self.reader.reload().unwrap();
    }

    fn ask(&mut self, question: &Question) -> Option<usize> {
        let searcher = self.reader.searcher();
        let query = self.query(question);
        let best = TopDocs::with_limit(HITS).order_by_score();
        let hits = if question.class == Class::Facets {
            let mut counts = FacetCollector::for_field("facet");
            for name in ["/kind", "/status", "/scheme", "/year"] {
                counts.add_facet(name);
            }
            searcher.search(&query, &(best, Count, counts)).unwrap().0
        } else {
            searcher.search(&query, &(best, Count)).unwrap().0
        };
        Some(hits.len())
    }

    fn bytes(&mut self) -> u64 {
        folder_bytes(&self.folder)
    }
}
