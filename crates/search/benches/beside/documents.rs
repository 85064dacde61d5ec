//! The documents of an index that a node has made.

use std::path::Path;

use comity_search::{Document, Weight};
use tantivy::schema::{Field, Value as _};
use tantivy::{DocAddress, ReloadPolicy, Searcher, TantivyDocument};

/// Documents as the index keeps them.
pub(crate) struct Stored {
    searcher: Searcher,
    source: Field,
}

impl Stored {
    pub(crate) fn open(path: &Path) -> Stored {
        let index = tantivy::Index::open_in_dir(path).unwrap();
        let source = index.schema().get_field("source").unwrap();
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .unwrap();
        Stored {
            searcher: reader.searcher(),
            source,
        }
    }

    pub(crate) fn count(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// Hands all documents on, some at a time.
    pub(crate) fn batches(&self, size: usize, mut each: impl FnMut(&[Document])) {
        let mut batch = Vec::with_capacity(size);
        for (segment, reader) in (0_u32..).zip(self.searcher.segment_readers()) {
            for document in reader.doc_ids_alive() {
                batch.push(self.read(DocAddress::new(segment, document)));
                if batch.len() == size {
                    each(&batch);
                    batch.clear();
                }
            }
        }
        each(&batch);
    }

    fn read(&self, address: DocAddress) -> Document {
        let document: TantivyDocument = self.searcher.doc(address).unwrap();
        let source = document.get_first(self.source).unwrap();
        serde_json::from_slice(source.as_bytes().unwrap()).unwrap()
    }
}

/// A document as the other engines take it: the same texts, numbers, codes and facts.
pub(crate) struct Plain {
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) numbers: Vec<String>,
    pub(crate) hs: Vec<String>,
    pub(crate) kind: String,
    pub(crate) status: String,
    pub(crate) scheme: String,
    pub(crate) year: i32,
    pub(crate) attestation: String,
    pub(crate) sides: Vec<String>,
}

impl From<&Document> for Plain {
    fn from(document: &Document) -> Plain {
        let texts = |weight: Weight| {
            let of = document
                .texts
                .iter()
                .filter(move |text| text.weight == weight);
            of.map(|text| text.value.as_str())
        };
        let parties = document.parties.iter().map(|party| party.value.as_str());
        let standards = document.standards.iter().map(String::as_str);
        let issuer = document.issuer_name.iter().map(String::as_str);
        let others = texts(Weight::Body)
            .chain(parties)
            .chain(issuer)
            .chain(standards);
        let digits = |code: &String| code.replace('.', "");
        Plain {
            title: texts(Weight::Title).collect::<Vec<_>>().join("\n"),
            text: others.collect::<Vec<_>>().join("\n"),
            numbers: document.numbers.clone(),
            hs: document.hs.iter().map(digits).collect(),
            kind: document.kind.clone(),
            status: document.status.clone(),
            scheme: document.scheme.clone().unwrap_or_default(),
            year: document.year.unwrap_or_default(),
            attestation: document.attestation.clone().unwrap_or_default(),
            sides: document.sides.clone(),
        }
    }
}
