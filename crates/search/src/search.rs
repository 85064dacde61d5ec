//! From a query to a page.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use tantivy::query::Occur;
use tantivy::{DocAddress, Searcher, TantivyError};

use crate::collect::{Collect, Collected};
use crate::cursor::{Cursor, Walk};
use crate::error::Error;
use crate::filters;
use crate::plan::{Lookup, Part, Plan};
use crate::query::{
    Facet, Hit, MAX_FACET_VALUES, MAX_PAGE_HITS, Matching, Page, Query, Sort, Total,
};
use crate::schema::{DIGEST_COLUMNS, Fields};
use crate::text::{Stems, is_vietnamese};
use crate::ways;

/// Answers a query on one state of the index.
pub(crate) fn search(
    searcher: &Searcher,
    fields: &Fields,
    stems: &mut Stems,
    query: &Query,
) -> Result<Page, Error> {
    if query.limit == 0 || query.limit > MAX_PAGE_HITS {
        return Err(Error::Limit {
            parameter: "limit",
            max: MAX_PAGE_HITS,
        });
    }
    filters::check(&query.filters)?;
    query.ways.as_ref().map_or(Ok(()), ways::check)?;
    let cursor = query
        .cursor
        .as_deref()
        .map(|text| Cursor::decode(text, Walk::of(query)))
        .transpose()?;
    let mut lookup = Lookup {
        searcher,
        fields,
        stems,
        vietnamese: is_vietnamese(&query.text),
        adopted: &query.adopted,
    };
    let plan = Plan::read(&query.text, |key| lookup.is_code(key))?;
    let attempts: &[Matching] = match cursor {
        // A walk goes on as it began, whatever was added meanwhile.
        Some(Cursor { matching, .. }) => &[matching],
        // Codes are neither corrected nor left out, so there is nothing else to try.
        None if plan.parts.iter().all(Part::is_code) => &[Matching::Every],
        None => &[Matching::Every, Matching::Corrected, Matching::Some],
    };
    let mut empty = None;
    for matching in attempts {
        let Some(attempt) = Attempt::new(&mut lookup, query, &plan, *matching)? else {
            continue;
        };
        let collected = attempt.collect(searcher, fields, cursor)?;
        if collected.count > 0 {
            return attempt.page(searcher, collected);
        }
        empty.get_or_insert((attempt, collected));
    }
    match empty {
        Some((attempt, collected)) => Ok(Page {
            did_you_mean: None,
            matching: Matching::Every,
            ..attempt.page(searcher, collected)?
        }),
        None => Ok(Page {
            hits: Vec::new(),
            next: None,
            total: Total {
                value: 0,
                exact: true,
            },
            facets: query
                .facets
                .iter()
                .map(|facet| (*facet, Vec::new()))
                .collect(),
            did_you_mean: None,
            matching: Matching::Every,
        }),
    }
}

/// A query read at one strictness.
struct Attempt<'a> {
    query: &'a Query,
    matching: Matching,
    sort: Sort,
    text: Vec<filters::Clause>,
    did_you_mean: Option<String>,
}

impl<'a> Attempt<'a> {
    fn new(
        lookup: &mut Lookup<'_>,
        query: &'a Query,
        plan: &Plan,
        matching: Matching,
    ) -> Result<Option<Attempt<'a>>, Error> {
        let mut attempt = Attempt {
            query,
            matching,
            sort: query.sort,
            text: Vec::new(),
            did_you_mean: None,
        };
        if plan.parts.is_empty() {
            if attempt.sort == Sort::Relevance {
                attempt.sort = Sort::Newest;
            }
            return Ok(Some(attempt));
        }
        // Where the text is a name of goods, their codes find them in other languages as well.
        let mut found = None;
        if matching == Matching::Every && !query.words_only {
            found = lookup.goods(&query.text, plan)?;
        }
        if found.is_none() {
            found = lookup.clauses(plan, matching)?;
        }
        if matching == Matching::Some && !query.words_only {
            let goods = lookup.goods_within(&query.text)?;
            if !goods.is_empty() {
                found.get_or_insert_default().0.extend(goods);
            }
        }
        let Some((text, did_you_mean)) = found else {
            return Ok(None);
        };
        attempt.text = text;
        attempt.did_you_mean = did_you_mean;
        Ok(Some(attempt))
    }

    /// One pass for the hits and the counts of names without a filter, and one more for each
    /// counted name that has one.
    fn collect(
        &self,
        searcher: &Searcher,
        fields: &Fields,
        after: Option<Cursor>,
    ) -> Result<Collected, TantivyError> {
        let filtered = |facet: &Facet| filters::is_set(&self.query.filters, *facet);
        let (apart, together): (Vec<Facet>, Vec<Facet>) =
            self.query.facets.iter().copied().partition(filtered);
        let mut collected = self.pass(
            searcher,
            fields,
            None,
            &Collect {
                sort: self.sort,
                after,
                keep: self.query.limit + 1,
                facets: together,
            },
        )?;
        for facet in apart {
            let counts = Collect {
                sort: self.sort,
                after: None,
                keep: 0,
                facets: vec![facet],
            };
            let counted = self.pass(searcher, fields, Some(facet), &counts)?;
            collected.facets.extend(counted.facets);
        }
        Ok(collected)
    }

    fn pass(
        &self,
        searcher: &Searcher,
        fields: &Fields,
        except: Option<Facet>,
        collect: &Collect,
    ) -> Result<Collected, TantivyError> {
        let mut clauses = filters::clauses(fields, &self.query.filters, except);
        clauses.extend(
            self.query
                .ways
                .iter()
                .flat_map(|of| ways::clauses(fields, of)),
        );
        if !self.text.is_empty() {
            let text = self
                .text
                .iter()
                .map(|(occur, text)| (*occur, text.box_clone()));
            clauses.push((Occur::Must, filters::join(text.collect())));
        }
        searcher.search(&*filters::join(clauses), collect)
    }

    fn page(&self, searcher: &Searcher, mut collected: Collected) -> Result<Page, Error> {
        let more = collected.top.len() > self.query.limit;
        collected.top.truncate(self.query.limit);
        let walk = Walk::of(self.query);
        let mut hits = Vec::with_capacity(collected.top.len());
        for candidate in &collected.top {
            let after = Cursor {
                matching: self.matching,
                key: candidate.key,
                tie: candidate.tie.0,
            };
            hits.push(Hit {
                after: after.encode(walk),
                ..hit(searcher, candidate.address, candidate.score(self.sort))?
            });
        }
        let last = hits.last().filter(|_| more);
        let next = last.map(|last| last.after.clone());
        let mut facets: BTreeMap<Facet, Vec<(String, u64)>> = BTreeMap::new();
        for facet in &self.query.facets {
            let counts = collected.facets.remove(facet).unwrap_or_default();
            let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
            counts.sort_by_key(|(_, count)| Reverse(*count));
            counts.truncate(MAX_FACET_VALUES);
            facets.entry(*facet).or_insert(counts);
        }
        Ok(Page {
            hits,
            next,
            total: Total {
                value: collected.count,
                exact: true,
            },
            facets,
            did_you_mean: self.did_you_mean.clone(),
            matching: self.matching,
        })
    }
}

fn hit(searcher: &Searcher, address: DocAddress, score: f32) -> Result<Hit, Error> {
    let columns = searcher.segment_reader(address.segment_ord).fast_fields();
    let mut digest = [0; 32];
    for (name, bytes) in DIGEST_COLUMNS.iter().zip(digest.chunks_exact_mut(8)) {
        let part = columns.u64(name)?.first(address.doc_id).unwrap_or_default();
        bytes.copy_from_slice(&part.to_be_bytes());
    }
    let text = |name: &str| -> Result<String, TantivyError> {
        let mut value = String::new();
        if let Some(column) = columns.str(name)?
            && let Some(ordinal) = column.ords().first(address.doc_id)
        {
            column.ord_to_str(ordinal, &mut value)?;
        }
        Ok(value)
    };
    Ok(Hit {
        digest,
        id: text("id")?,
        kind: text("kind")?,
        score,
        status: text("status")?,
        after: String::new(),
    })
}
