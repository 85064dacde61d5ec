//! What the calendar changes in the index, without a record: validity begins and ends.

use std::sync::Arc;

use comity_model::date::Day;
use comity_recognition::standing_now::RecordState;
use comity_search::{Filter, Filters, MAX_PAGE_HITS, Query};

use super::blocking;
use crate::Shared;
use crate::error::Error;

/// What the records say whose state of yesterday is none of today, by their dates alone.
fn overtaken_by(today: Day) -> [Filters; 2] {
    let day = today.days_since_epoch();
    let in_state = |state: RecordState| Filter {
        any_of: vec![state.word().to_owned()],
        none_of: Vec::new(),
    };
    [
        Filters {
            status: in_state(RecordState::Active),
            expires_before: Some(day),
            ..Filters::default()
        },
        Filters {
            status: in_state(RecordState::Pending),
            on: Some(day),
            ..Filters::default()
        },
    ]
}

impl Shared {
    /// Projects the states anew that the day has changed, once for each day: `aged` is the last.
    pub(super) async fn age_index(self: &Arc<Self>, aged: &mut Option<Day>) -> Result<(), Error> {
        let today = self.clock.now().day();
        if *aged == Some(today) {
            return Ok(());
        }
        for filters in overtaken_by(today) {
            self.project_again(filters).await?;
        }
        *aged = Some(today);
        Ok(())
    }

    async fn project_again(self: &Arc<Self>, filters: Filters) -> Result<(), Error> {
        let mut query = Query {
            filters,
            limit: MAX_PAGE_HITS,
            ..Query::default()
        };
        let mut any = false;
        loop {
            let page = self.index.search(&query)?;
            let digests: Vec<_> = page.hits.iter().map(|hit| hit.digest).collect();
            let mut changes = Vec::with_capacity(digests.len());
            for row in self.store.records(&digests).await? {
                let evidence = self.examined(std::slice::from_ref(&row)).await?;
                changes.push((row.digest, self.projected_state(evidence.first()).await?));
            }
            if !changes.is_empty() {
                any = true;
                blocking(self, move |index| index.set_status(&changes).map(|_| ())).await?;
            }
            let Some(next) = page.next else { break };
            query.cursor = Some(next);
        }
        if any {
            let positions = self.index.positions()?;
            blocking(self, move |index| index.commit(&positions)).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use comity_model::date::{Instant, Period};
    use comity_model::record::Subject;

    use crate::Node;
    use crate::search::{Condition, Property, SearchRequest};
    use crate::tests::{AUTHORITY, SEED, grant, node, now, signed, today};

    async fn found(node: &Node, state: &str) -> usize {
        node.indexed().await;
        let request = SearchRequest {
            conditions: vec![Condition {
                property: Property::Status,
                value: state.to_owned(),
                unwanted: false,
            }],
            limit: 10,
            ..SearchRequest::default()
        };
        node.find(request).await.unwrap().hits.len()
    }

    async fn publishes(node: &Node, number: u8, period: Period) {
        let mut record = grant(number);
        if let Subject::CompetenceGrant(grant) = &mut record.subject {
            grant.period = period;
        }
        (record.valid_from, record.valid_until) = record.subject.envelope_dates().unwrap();
        let body = signed(&record, AUTHORITY, &SEED);
        let outcomes = node.publish(vec![body]).await.unwrap();
        outcomes.into_iter().next().unwrap().unwrap();
    }

    #[tokio::test]
    async fn what_ends_or_begins_without_a_record_is_found_by_its_state_of_today() {
        let node = node().await;
        let tomorrow = Instant::from_seconds(now().seconds() + 86_400).unwrap();
        let later = tomorrow.day();
        publishes(&node, 1, Period::new(today(), Some(today().into()))).await;
        publishes(&node, 2, Period::new(later, None)).await;
        let states = ["active", "expired", "pending"];
        let counts = async || {
            let mut counts = Vec::new();
            for state in states {
                counts.push(found(&node, state).await);
            }
            counts
        };
        assert_eq!(counts().await, [1, 0, 1]);
        node.clock().set(tomorrow);
        publishes(&node, 3, Period::new(later, None)).await;
        assert_eq!(counts().await, [2, 1, 0]);
        node.close().await;
    }
}
