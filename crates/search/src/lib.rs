//! How is it found? The search index over every kind of record.
//!
//! The index is a *projection*: it follows the logs by position, may be deleted at any time and is
//! rebuilt from them. It never is the source of a status or of a verdict; whoever shows a [`Hit`]
//! reads the store again (`format.md` section 5).
//!
//! In scope: analysis of text in every script, certificate numbers, standards and HS codes as they
//! are printed, filters, facet counts, pages, completion. Out of scope: what a record means
//! (`comity-model`), where it is kept (`comity-store`), whether it counts (`comity-recognition`),
//! and the order in which logs are followed (`comity-node`). No type of the search engine below
//! appears in this face.

mod alike;
mod code;
mod collect;
mod cursor;
mod dictionary;
mod document;
mod error;
mod filters;
mod index;
mod names;
mod plan;
mod query;
mod schema;
mod search;
mod suggest;
mod text;
pub mod thesaurus;
mod ways;

pub use document::{
    Document, MAX_CODE_CHARS, MAX_DOCUMENT_CHARS, MAX_LIST_ENTRIES, MAX_TEXT_CHARS, Status, Text,
    Weight,
};
pub use error::Error;
pub use index::{Index, Options};
pub use plan::{derived as derived_codes, is_searchable};
pub use query::{
    Adopted, Facet, Filter, Filters, Hit, MAX_FACET_VALUES, MAX_FILTER_VALUES, MAX_PAGE_HITS,
    MAX_QUERY_CHARS, MAX_QUERY_WORDS, MAX_WAYS, Matching, Page, Query, Sort, Total, Way, Ways,
};
pub use suggest::{MAX_SUGGESTIONS, Suggestion, SuggestionKind};
