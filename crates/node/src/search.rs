//! Search: what the index finds, with each hit's state read anew.

use comity_search::{Page, Query};

use crate::error::Error;
use crate::look_up::Found;
use crate::{Node, Shared};
use std::sync::Arc;

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

    /// Completes a prefix with names and standards.
    ///
    /// # Errors
    /// [`Error::Search`].
    pub fn suggest(
        &self,
        prefix: &str,
        limit: usize,
    ) -> Result<Vec<comity_search::Suggestion>, Error> {
        Ok(self.shared.index.suggest(prefix, limit)?)
    }
}

impl Shared {
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
