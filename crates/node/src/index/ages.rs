//! What the calendar changes in the index, without a record: validity begins and ends, an event
//! takes effect or ends, the grace of a transfer is over.

use std::sync::Arc;

use comity_model::date::Day;
use comity_search::{Filters, MAX_PAGE_HITS, Query};

use super::blocking;
use crate::Shared;
use crate::error::Error;

impl Shared {
    /// Projects the states anew that the day may have changed, once for each day: `aged` is the
    /// last.
    pub(super) async fn age_index(self: &Arc<Self>, aged: &mut Option<Day>) -> Result<(), Error> {
        let today = self.clock.now().day();
        if *aged == Some(today) {
            return Ok(());
        }
        let filters = Filters {
            status_before: Some(today.days_since_epoch()),
            ..Filters::default()
        };
        self.project_again(filters).await?;
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
    use comity_model::party::PartyReference;
    use comity_model::record::{Kind, Record, Subject};
    use comity_model::samples::draft;
    use comity_model::status::{Action, StatusEvent};
    use comity_signature::canonical::to_canonical;
    use comity_signature::digest;

    use crate::Node;
    use crate::search::{Condition, Property, SearchRequest};
    use crate::tests::{AUTHORITY, SEED, grant, node, now, signed, today, uuid};

    /// How many grants are found by a state.
    async fn found(node: &Node, state: &str) -> usize {
        node.indexed().await;
        let has = |property, value: &str| Condition {
            property,
            value: value.to_owned(),
            unwanted: false,
        };
        let request = SearchRequest {
            conditions: vec![
                has(Property::Status, state),
                has(Property::Kind, Kind::CompetenceGrant.name()),
            ],
            limit: 10,
            ..SearchRequest::default()
        };
        node.find(request).await.unwrap().hits.len()
    }

    async fn publishes_event(
        node: &Node,
        number: u8,
        about: &Record,
        said: impl FnOnce(&mut StatusEvent),
    ) {
        let mut record = draft(Kind::StatusEvent, AUTHORITY, &uuid(number), today());
        AUTHORITY.clone_into(&mut record.comity.authority);
        let document = to_canonical(&about.to_value()).unwrap();
        if let Subject::StatusEvent(event) = &mut record.subject {
            let subject = &mut event.subjects[0];
            AUTHORITY.clone_into(&mut subject.authority);
            AUTHORITY.clone_into(&mut subject.issuer);
            subject.id.clone_from(&about.id);
            subject.digest_multibase = digest::to_multibase(digest::sha256(&document));
            event.effective_from = today().into();
            said(event);
        }
        let body = signed(&record, AUTHORITY, &SEED);
        let outcomes = node.publish(vec![body]).await.unwrap();
        outcomes.into_iter().next().unwrap().unwrap();
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

    #[tokio::test]
    async fn what_an_event_of_earlier_changes_today_is_found_by_its_state_of_today() {
        let node = node().await;
        let tomorrow = Instant::from_seconds(now().seconds() + 86_400).unwrap();
        for number in 1..=3 {
            let body = signed(&grant(number), AUTHORITY, &SEED);
            let outcomes = node.publish(vec![body]).await.unwrap();
            outcomes.into_iter().next().unwrap().unwrap();
        }
        publishes_event(&node, 11, &grant(1), |event| {
            event.effective_until = Some(today().into());
        })
        .await;
        publishes_event(&node, 12, &grant(2), |event| {
            event.action = Action::Withdraw;
            event.effective_from = tomorrow.day().into();
        })
        .await;
        publishes_event(&node, 13, &grant(3), |event| {
            event.action = Action::Transfer;
            event.grace_until = Some(today());
            event.transferred_to = Some(PartyReference {
                id: "did:web:other.example.se".to_owned(),
                registered_by: AUTHORITY.to_owned(),
            });
        })
        .await;
        let counts = async || {
            let mut counts = Vec::new();
            for state in ["active", "suspended", "withdrawn", "transferred"] {
                counts.push(found(&node, state).await);
            }
            counts
        };
        assert_eq!(counts().await, [2, 1, 0, 0]);
        node.clock().set(tomorrow);
        // Any entry makes the follower look at the day.
        publishes(&node, 4, Period::new(today(), None)).await;
        assert_eq!(counts().await, [2, 0, 1, 1]);
        node.close().await;
    }
}
