//! The question and its answer.

use std::collections::BTreeMap;

/// Longest query text in characters: a pasted title of a standard fits, a document does not.
pub const MAX_QUERY_CHARS: usize = 500;
/// Most words in one query text, or pairs of ideographs; each costs a handful of term look-ups.
pub const MAX_QUERY_WORDS: usize = 120;
/// Most values of one filter, wanted and unwanted together.
pub const MAX_FILTER_VALUES: usize = 100;
/// Most ways of one query.
pub const MAX_WAYS: usize = 256;
/// Most hits on a page (`interface.md` B2.2).
pub const MAX_PAGE_HITS: usize = 100;
/// Most values answered for one facet, the most frequent first.
pub const MAX_FACET_VALUES: usize = 50;

/// A search: text, filters, order, and which page of it.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Words, numbers, standards and codes as a person types them. There is no syntax: every
    /// character is only a character. Empty matches everything.
    pub text: String,
    /// Leave out what is found only under the codes of the goods that the text names.
    pub words_only: bool,
    /// Standards in the text that others stand for as well.
    pub adopted: Vec<Adopted>,
    /// What the hits must satisfy besides.
    pub filters: Filters,
    /// Of these ways each hit must fit one.
    pub ways: Option<Ways>,
    /// Order of the hits. `Relevance` without text is `Newest`.
    pub sort: Sort,
    /// Hits on the page, 1 to [`MAX_PAGE_HITS`].
    pub limit: usize,
    /// [`Page::next`] of the page before; the other members must be the same.
    pub cursor: Option<String>,
    /// Which counts to answer.
    pub facets: Vec<Facet>,
}

/// A standard in a query text, and others that are found with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adopted {
    /// As it stands in the text.
    pub typed: String,
    /// Adoptions of it, and what it adopts; with or without edition.
    pub others: Vec<String>,
}

/// Conditions on the facts; different members are joined by *and*.
#[derive(Debug, Clone, Default)]
pub struct Filters {
    /// Kinds of record.
    pub kind: Filter,
    /// Projected statuses.
    pub status: Filter,
    /// DIDs of issuers.
    pub issuer: Filter,
    /// Identifiers of holders.
    pub holder: Filter,
    /// DIDs of grantors.
    pub grantor: Filter,
    /// Codes of economies.
    pub economy: Filter,
    /// Codes of economies for which the issuer acts.
    pub issuer_economy: Filter,
    /// Standards, with or without edition, in any spelling of spaces and dashes.
    pub standard: Filter,
    /// Schemes.
    pub scheme: Filter,
    /// Kinds of attestation.
    pub attestation: Filter,
    /// HS prefixes of 2, 4, 6, 8 or 10 digits, with or without dots: finds what lies *under* them.
    pub hs: Filter,
    /// HS codes that a scope must *cover*: finds the code itself and every heading above it.
    pub hs_covering: Filter,
    /// Years, as decimal text.
    pub year: Filter,
    /// Issued on this day or later (days since 1970-01-01).
    pub issued_from: Option<i32>,
    /// Issued on this day or earlier.
    pub issued_to: Option<i32>,
    /// Last legal day earlier than this day.
    pub expires_before: Option<i32>,
    /// The status was known to hold until a day earlier than this day.
    pub status_before: Option<i32>,
    /// Valid on this day by its dates, both ends included.
    pub on: Option<i32>,
}

impl Filters {
    /// Each list of values.
    pub(crate) fn lists(&mut self) -> [&mut Filter; 13] {
        [
            &mut self.kind,
            &mut self.status,
            &mut self.issuer,
            &mut self.holder,
            &mut self.grantor,
            &mut self.economy,
            &mut self.issuer_economy,
            &mut self.standard,
            &mut self.scheme,
            &mut self.attestation,
            &mut self.hs,
            &mut self.hs_covering,
            &mut self.year,
        ]
    }
}

/// Ways to fit, of which one suffices; with none nothing fits.
#[derive(Debug, Clone, Default)]
pub struct Ways {
    /// What they stand for. A cursor goes on under the same name, though the ways may have changed.
    pub name: String,
    /// Digits of HS codes, at most six of each, of which a document covers one: it has the code
    /// itself, a heading above it, or of six digits what a national tariff adds. Whatever it
    /// covers if empty.
    pub products: Vec<String>,
    /// The ways.
    pub any_of: Vec<Way>,
}

/// One way to fit. All of it must hold; a list left empty restricts nothing, of a list one
/// suffices. A list of which an index cannot tell (it has an empty value) restricts nothing either.
#[derive(Debug, Clone, Default)]
pub struct Way {
    /// Sides; anybody's if absent.
    pub sides: Option<Vec<String>>,
    /// Kinds of attestation.
    pub attestation: Vec<String>,
    /// Names of schemes.
    pub schemes: Vec<String>,
    /// Standards without edition.
    pub designations: Vec<String>,
    /// HS prefixes of 2, 4 or 6 digits, under which a code lies.
    pub hs: Vec<String>,
    /// DIDs of issuers.
    pub issuers: Vec<String>,
    /// Issued on this day or earlier (days since 1970-01-01).
    pub issued_to: Option<i32>,
}

/// Wanted and unwanted values of one name.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// At least one of these, if there are any.
    pub any_of: Vec<String>,
    /// None of these.
    pub none_of: Vec<String>,
}

/// Order of the hits; hits that are equal in it are ordered by digest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best match first.
    #[default]
    Relevance,
    /// Latest day of issue first; without one last.
    Newest,
    /// Earliest last legal day first; without one last.
    Expiring,
    /// Last logged first; without a time last.
    Logged,
}

/// A name whose values are counted. The count of a name ignores the filter of the same name
/// (disjunctive, `interface.md` B2.4), so that it says what *choosing it as well* would add.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// Kind of record.
    Kind,
    /// Projected status.
    Status,
    /// DID of the issuer.
    Issuer,
    /// Identifier of the holder.
    Holder,
    /// DID of the grantor.
    Grantor,
    /// Code of the economy.
    Economy,
    /// Code of an economy for which the issuer acts.
    IssuerEconomy,
    /// Standard without edition.
    Standard,
    /// Scheme.
    Scheme,
    /// First two digits of the HS code.
    HsChapter,
    /// Year.
    Year,
}

/// One page of hits.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The hits, best first.
    pub hits: Vec<Hit>,
    /// Cursor of the next page, if there is one.
    pub next: Option<String>,
    /// How many documents match in all.
    pub total: Total,
    /// Counts for each facet asked for, most frequent first.
    pub facets: BTreeMap<Facet, Vec<(String, u64)>>,
    /// The query with its misspelt words replaced, where that is what was searched. Words only:
    /// whatever holds a digit is never replaced.
    pub did_you_mean: Option<String>,
    /// How strictly the words were matched.
    pub matching: Matching,
}

/// How strictly the words of the query were matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matching {
    /// Every hit has every word, or stands under a code of the goods that the text names.
    Every,
    /// Unknown words were replaced by words one letter away; every hit has every word so read.
    Corrected,
    /// No document has every word; each hit has at least one, and every word that holds a digit.
    Some,
}

/// One found record.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Its record digest.
    pub digest: [u8; 32],
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// How well it matches; 0 where the order is by a date.
    pub score: f32,
    /// Projected status; the store is asked again before it is shown.
    pub status: String,
    /// Cursor of a page that begins behind it.
    pub after: String,
}

/// A count and whether it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Total {
    /// Number of documents.
    pub value: u64,
    /// False where there may be more.
    pub exact: bool,
}
