//! Search: what the index finds, with each hit's state read anew.

use std::sync::Arc;

use comity_model::date::Day;
pub use comity_search::is_searchable;
use comity_search::{Facet, Filter, Filters, Page, Query, Sort, SuggestionKind};

use crate::adopted::adopted;
use crate::error::Error;
use crate::look_up::Found;
use crate::{Node, Shared};

/// Most results on one page.
pub const MAX_RESULTS: usize = comity_search::MAX_PAGE_HITS;
/// Longest text of a search in characters.
pub const MAX_TEXT_CHARS: usize = comity_search::MAX_QUERY_CHARS;
/// Most words of a search, or pairs of ideographs.
pub const MAX_TEXT_WORDS: usize = comity_search::MAX_QUERY_WORDS;
/// Most values of one filter.
pub const MAX_VALUES: usize = comity_search::MAX_FILTER_VALUES;
/// Most completions of one prefix.
pub const MAX_COMPLETIONS: usize = comity_search::MAX_SUGGESTIONS;

/// Most pieces between spaces of a text that may be a number.
const MAX_NUMBER_WORDS: usize = 3;

/// A search in plain values, as callers above the node put it.
#[derive(Clone, Debug, Default)]
pub struct SearchRequest {
    /// Words, numbers, standards and codes as a person types them.
    pub text: String,
    /// Leave out what is found only under the codes of the goods that the text names.
    pub words_only: bool,
    /// Conditions; values of one property are joined by *or*, properties by *and*.
    pub conditions: Vec<Condition>,
    /// Issued on this day or later.
    pub issued_from: Option<Day>,
    /// Issued on this day or earlier.
    pub issued_to: Option<Day>,
    /// Last legal day earlier than this day.
    pub expires_before: Option<Day>,
    /// Valid on this day by its dates.
    pub on: Option<Day>,
    /// Order of the results.
    pub sort: SortOrder,
    /// Results on the page, 1 to [`MAX_RESULTS`].
    pub limit: usize,
    /// [`SearchPage::next`] of the page before.
    pub cursor: Option<String>,
    /// The properties whose values are counted.
    pub facets: Vec<Property>,
}

/// One wanted or unwanted value of a property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The property.
    pub property: Property,
    /// The value.
    pub value: String,
    /// Whether results must not have it.
    pub unwanted: bool,
}

/// What results are filtered and counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Property {
    /// Kind of record.
    Kind,
    /// State in one word.
    Status,
    /// DID of the issuer.
    Issuer,
    /// Identifier of the holder.
    Holder,
    /// DID of the grantor.
    Grantor,
    /// Code of an economy that the record names.
    Economy,
    /// Code of an economy for which the issuer acts.
    IssuerEconomy,
    /// Standard, with or without edition.
    Standard,
    /// Scheme.
    Scheme,
    /// HS prefix; counted by chapter.
    Hs,
    /// Year of issue.
    Year,
}

/// Whether a text is digits of an HS code as searches take them: of a chapter, heading or
/// subheading, or a national line of eight or ten, with or without dots, spaces and dashes.
pub fn is_hs_prefix(text: &str) -> bool {
    let code = comity_model::product::ProductCode::hs(text, None);
    code.is_some_and(|code| matches!(code.code.len(), 2 | 4 | 6 | 8 | 10))
}

/// Order of results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortOrder {
    /// Best match first.
    #[default]
    Relevance,
    /// Latest day of issue first.
    Newest,
    /// Earliest last legal day first.
    Expiring,
    /// Last logged first.
    Logged,
}

impl Property {
    /// Every property.
    pub const ALL: [Self; 11] = [
        Self::Kind,
        Self::Status,
        Self::Issuer,
        Self::Holder,
        Self::Grantor,
        Self::Economy,
        Self::IssuerEconomy,
        Self::Standard,
        Self::Scheme,
        Self::Hs,
        Self::Year,
    ];

    /// Its name, as facets are called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Status => "status",
            Self::Issuer => "issuer",
            Self::Holder => "holder",
            Self::Grantor => "grantor",
            Self::Economy => "economy",
            Self::IssuerEconomy => "issuerEconomy",
            Self::Standard => "standard",
            Self::Scheme => "scheme",
            Self::Hs => "hs",
            Self::Year => "year",
        }
    }

    pub(crate) fn facet(self) -> Facet {
        match self {
            Self::Kind => Facet::Kind,
            Self::Status => Facet::Status,
            Self::Issuer => Facet::Issuer,
            Self::Holder => Facet::Holder,
            Self::Grantor => Facet::Grantor,
            Self::Economy => Facet::Economy,
            Self::IssuerEconomy => Facet::IssuerEconomy,
            Self::Standard => Facet::Standard,
            Self::Scheme => Facet::Scheme,
            Self::Hs => Facet::HsChapter,
            Self::Year => Facet::Year,
        }
    }

    fn filter(self, filters: &mut Filters) -> &mut Filter {
        match self {
            Self::Kind => &mut filters.kind,
            Self::Status => &mut filters.status,
            Self::Issuer => &mut filters.issuer,
            Self::Holder => &mut filters.holder,
            Self::Grantor => &mut filters.grantor,
            Self::Economy => &mut filters.economy,
            Self::IssuerEconomy => &mut filters.issuer_economy,
            Self::Standard => &mut filters.standard,
            Self::Scheme => &mut filters.scheme,
            Self::Hs => &mut filters.hs,
            Self::Year => &mut filters.year,
        }
    }
}

impl SearchRequest {
    fn query(self) -> Query {
        let mut filters = Filters {
            issued_from: self.issued_from.map(Day::days_since_epoch),
            issued_to: self.issued_to.map(Day::days_since_epoch),
            expires_before: self.expires_before.map(Day::days_since_epoch),
            on: self.on.map(Day::days_since_epoch),
            ..Filters::default()
        };
        for condition in self.conditions {
            let filter = condition.property.filter(&mut filters);
            if condition.unwanted {
                filter.none_of.push(condition.value);
            } else {
                filter.any_of.push(condition.value);
            }
        }
        Query {
            text: self.text,
            words_only: self.words_only,
            adopted: Vec::new(),
            filters,
            ways: None,
            sort: match self.sort {
                SortOrder::Relevance => Sort::Relevance,
                SortOrder::Newest => Sort::Newest,
                SortOrder::Expiring => Sort::Expiring,
                SortOrder::Logged => Sort::Logged,
            },
            limit: self.limit,
            cursor: self.cursor,
            facets: self.facets.into_iter().map(Property::facet).collect(),
        }
    }
}

/// A page of results in plain values.
#[derive(Clone, Debug)]
pub struct SearchPage {
    /// The results, each with its state read anew.
    pub hits: Vec<Found>,
    /// Where to go on, if there is more.
    pub next: Option<String>,
    /// How many records match in all.
    pub total: u64,
    /// Whether `total` is exact; there may be more otherwise.
    pub exact: bool,
    /// Counts for each facet asked for, most frequent first.
    pub facets: Vec<(Property, Vec<(String, u64)>)>,
    /// What was searched instead, where a word was read as another.
    pub did_you_mean: Option<String>,
}

/// A completion of what somebody types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// As it stands in the records.
    pub text: String,
    /// `party` or `standard`.
    pub kind: &'static str,
    /// About how many records name it.
    pub count: u64,
}

/// A page of results.
#[derive(Clone, Debug)]
pub struct Results {
    /// What the index answered: totals, facets, where to go on.
    pub page: Page,
    /// The hits, each re-read; those whose state no longer fits the filter are left out.
    pub hits: Vec<Found>,
}

impl Node {
    /// Finds records.
    ///
    /// # Errors
    /// [`Error::Question`] if the query is beyond a limit or the cursor of another query.
    pub async fn search(&self, query: Query) -> Result<Results, Error> {
        let states = query.filters.status.clone();
        let page = self.shared.page(query).await?;
        let digests: Vec<_> = page.hits.iter().map(|hit| hit.digest).collect();
        let mut hits = Vec::with_capacity(digests.len());
        for row in self.shared.store.records(&digests).await? {
            let selector =
                comity_recognition::question::Selector::RecordDigest(hex::encode(row.digest));
            for found in self.look_up(&selector).await? {
                let any = states.any_of.is_empty() || states.any_of.contains(&found.state);
                if any && !states.none_of.contains(&found.state) {
                    hits.push(found);
                }
            }
        }
        Ok(Results { page, hits })
    }

    /// Finds records, asked in plain values.
    ///
    /// # Errors
    /// As [`Node::search`].
    pub async fn find(&self, request: SearchRequest) -> Result<SearchPage, Error> {
        let wanted = request.facets.clone();
        let Results { mut page, hits } = self.search(self.shared.query(request)).await?;
        let facets = wanted
            .into_iter()
            .map(|property| {
                let counts = page.facets.remove(&property.facet());
                (property, counts.unwrap_or_default())
            })
            .collect();
        Ok(SearchPage {
            hits,
            next: page.next,
            total: page.total.value,
            exact: page.total.exact,
            facets,
            did_you_mean: page.did_you_mean,
        })
    }

    /// Completes a prefix, in plain values.
    ///
    /// # Errors
    /// [`Error::Search`].
    pub fn complete(&self, prefix: &str, limit: usize) -> Result<Vec<Completion>, Error> {
        let suggestions = self.shared.index.suggest(prefix, limit)?;
        let completion = |suggestion: comity_search::Suggestion| Completion {
            text: suggestion.text,
            kind: match suggestion.kind {
                SuggestionKind::Party => "party",
                SuggestionKind::Standard => "standard",
                SuggestionKind::Number => "number",
                SuggestionKind::Goods => "goods",
            },
            count: suggestion.count,
        };
        Ok(suggestions.into_iter().map(completion).collect())
    }

    /// Numbers of certificates that look like the one in `text` or differ from it in one digit, as
    /// they are printed; none where that number itself is known.
    ///
    /// # Errors
    /// [`Error::Search`].
    pub async fn numbers_like(&self, text: &str) -> Result<Vec<String>, Error> {
        let words = text.split_whitespace().count();
        let digit = text.chars().any(char::is_numeric);
        if !digit || words > MAX_NUMBER_WORDS {
            return Ok(Vec::new());
        }
        let (node, text) = (Arc::clone(&self.shared), text.to_owned());
        let looked = tokio::task::spawn_blocking(move || node.index.numbers_like(&text)).await;
        match looked {
            Ok(found) => Ok(found?),
            Err(error) => Err(Error::Setup(format!("the search stopped: {error}"))),
        }
    }

    /// How often others have brought something since the start: entries of their logs, lines on a
    /// head, evidence that a log showed two histories. With the own log's size it names a state of
    /// what is held.
    pub fn brought_count(&self) -> u64 {
        *self.shared.mirrored.borrow()
    }

    /// Number of entries of the own log that search can find already.
    pub fn indexed_size(&self) -> u64 {
        *self.shared.indexed.borrow()
    }
}

impl Shared {
    /// A search as the index takes it: with the standards that the records held take for those in
    /// its text.
    pub(crate) fn query(&self, request: SearchRequest) -> Query {
        let query = request.query();
        let held = self.held.snapshot();
        let policy = self.policy.resolve(&held.trust, self.now_known());
        Query {
            adopted: adopted(&query.text, &policy, &held.trust),
            ..query
        }
    }

    pub(crate) async fn page(self: &Arc<Self>, query: Query) -> Result<Page, Error> {
        let node = Arc::clone(self);
        let searched = tokio::task::spawn_blocking(move || node.index.search(&query)).await;
        match searched {
            Ok(Ok(page)) => Ok(page),
            Ok(Err(error @ comity_search::Error::Limit { parameter, .. })) => {
                Err(Error::Question {
                    parameter,
                    detail: error.to_string(),
                })
            }
            Ok(Err(error @ comity_search::Error::Cursor)) => Err(Error::Question {
                parameter: "cursor",
                detail: error.to_string(),
            }),
            Ok(Err(error)) => Err(error.into()),
            Err(error) => Err(Error::Setup(format!("the search stopped: {error}"))),
        }
    }
}
