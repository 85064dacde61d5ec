//! Records: by digest, by identity, by number, by place in a log.

use std::collections::HashMap;

use crate::batch::projected;
use crate::engine::{Row, Value};
use crate::sql::{self, Many};
use crate::tree::range;
use crate::{
    Error, Hash, KindCount, MAX_NAME_BYTES, MAX_VALUE_BYTES, Place, RecordRow, Store, row,
};

impl Store {
    /// The record with this record digest.
    pub async fn record(&self, digest: &Hash) -> Result<Option<RecordRow>, Error> {
        let values = vec![Value::from(digest)];
        let row = self.engine.row(sql::RECORD, values).await?;
        row.as_ref().map(RecordRow::read).transpose()
    }

    /// The records with these digests, in the same order; those not held, and
    /// repetitions, are left out.
    pub async fn records(&self, digests: &[Hash]) -> Result<Vec<RecordRow>, Error> {
        let rows = self.by_keys(&sql::RECORDS, &[], digests).await?;
        let found = rows.iter().map(RecordRow::read);
        let mut found: HashMap<Hash, RecordRow> = found
            .map(|record| record.map(|record| (record.digest, record)))
            .collect::<Result<_, _>>()?;
        Ok(digests
            .iter()
            .filter_map(|digest| found.remove(digest))
            .collect())
    }

    /// The bytes of a record, exactly as received; `None` if it is not held or was
    /// taken down.
    pub async fn body(&self, digest: &Hash) -> Result<Option<Vec<u8>>, Error> {
        let values = vec![Value::from(digest)];
        let row = self.engine.row(sql::BODY, values).await?;
        row.as_ref().map_or(Ok(None), row::body)
    }

    /// The bytes of many records, in the same order as their digests.
    pub async fn bodies(&self, digests: &[Hash]) -> Result<Vec<Option<Vec<u8>>>, Error> {
        let rows = self.by_keys(&sql::BODIES, &[], digests).await?;
        let mut found = HashMap::with_capacity(rows.len());
        for row in &rows {
            if let Some(body) = row::body(row)? {
                found.insert(row.hash("record", "digest")?, body);
            }
        }
        Ok(digests
            .iter()
            .map(|digest| found.get(digest).cloned())
            .collect())
    }

    /// The bodies of up to `count` entries from position `from` on, with their
    /// positions; `None` where the entry has no record or its body is not held.
    pub async fn bodies_of_positions(
        &self,
        origin: &str,
        from: u64,
        count: usize,
    ) -> Result<Vec<(u64, Option<Vec<u8>>)>, Error> {
        let values = range(origin, from, count);
        let rows = self.engine.rows(sql::DIGESTS_IN_LOG, values).await?;
        let mut digests = Vec::with_capacity(rows.len());
        let mut places = Vec::with_capacity(rows.len());
        for row in &rows {
            let digest: Option<Vec<u8>> = row.optional("entry", "digest")?;
            let logged = digest.is_some();
            if logged {
                digests.push(row.hash("entry", "digest")?);
            }
            places.push((row.unsigned("entry", "position")?, logged));
        }
        let withheld = self.withheld_in(origin, &digests).await?;
        let bodies = self.bodies(&digests).await?;
        let mut bodies = digests.iter().zip(bodies);
        let body_of = |(position, logged)| {
            let next = if logged { bodies.next() } else { None };
            let body = next.and_then(|(digest, body)| body.filter(|_| !withheld.contains(digest)));
            (position, body)
        };
        Ok(places.into_iter().map(body_of).collect())
    }

    /// Up to `limit` records of a log from `position` on, in order, each with its place
    /// in that log and its body, and the position from which to go on, if there may be more.
    /// Entries without a record, or of one that is not held, are passed over.
    pub async fn records_from(
        &self,
        origin: &str,
        position: u64,
        limit: usize,
    ) -> Result<(Vec<(RecordRow, Option<Vec<u8>>)>, Option<u64>), Error> {
        let values = range(origin, position, limit);
        let places = self.engine.rows(sql::RECORDS_IN_LOG, values).await?;
        let mut digests = Vec::with_capacity(places.len());
        for place in &places {
            digests.push(place.hash("entry", "digest")?);
        }
        let rows = self
            .by_keys(&sql::RECORDS_WITH_BODIES, &[], &digests)
            .await?;
        let mut found = HashMap::with_capacity(rows.len());
        for row in &rows {
            let record = RecordRow::read(row)?;
            found.insert(record.digest, (record, row::body(row)?));
        }
        let last = places
            .last()
            .map(|place| place.unsigned("entry", "position"));
        let next = last.transpose()?.map(|last| last.saturating_add(1));
        let mut records = Vec::with_capacity(places.len());
        for (place, digest) in places.iter().zip(&digests) {
            // Only one entry of a log has this digest, so it is taken once. A record of a
            // mirrored log may never have been held.
            let Some((mut record, body)) = found.remove(digest) else {
                continue;
            };
            origin.clone_into(&mut record.origin);
            record.position = place.unsigned("entry", "position")?;
            records.push((record, body));
        }
        Ok((records, next))
    }

    /// All records with this `urn:uuid:` id, whoever issued them, in the order of the
    /// logs in which they were first held.
    pub async fn records_by_id(&self, id: &str) -> Result<Vec<RecordRow>, Error> {
        let values = vec![key(id, usize::MAX)];
        let rows = self.engine.rows(sql::RECORDS_BY_ID, values).await?;
        rows.iter().map(RecordRow::read).collect()
    }

    /// The records with any of these ids, by whomever signed, in no order.
    pub async fn records_by_ids(&self, ids: &[&str]) -> Result<Vec<RecordRow>, Error> {
        let rows = self.by_keys(&sql::RECORDS_BY_IDS, &[], ids).await?;
        rows.iter().map(RecordRow::read).collect()
    }

    /// Up to `limit` records of a kind by the place where they were first held, after
    /// the place given (the last one of the page before).
    pub async fn records_by_kind(
        &self,
        kind: &str,
        after: Option<(&str, u64)>,
        limit: usize,
    ) -> Result<Vec<RecordRow>, Error> {
        let (origin, position) = after.map_or(("", Value::from(-1)), |(origin, position)| {
            (origin, Value::position(position))
        });
        let values = vec![
            key(kind, usize::MAX),
            Value::from(origin),
            position,
            Value::limit(limit),
        ];
        let rows = self.engine.rows(sql::RECORDS_BY_KIND, values).await?;
        rows.iter().map(RecordRow::read).collect()
    }

    /// How many records of each kind are held. Reads an index from end to end: for
    /// operators, not for every request.
    pub async fn counts(&self) -> Result<Vec<KindCount>, Error> {
        let rows = self.engine.rows(sql::COUNTS, Vec::new()).await?;
        rows.iter().map(KindCount::read).collect()
    }

    /// Every place where a record is logged, by origin.
    pub async fn positions(&self, digest: &Hash) -> Result<Vec<(String, u64)>, Error> {
        let values = vec![Value::from(digest)];
        let rows = self.engine.rows(sql::PLACES, values).await?;
        let place = |row| Place::read(row).map(|place| (place.origin, place.position));
        rows.iter().map(place).collect()
    }

    /// Which of these records are in one of these logs, and where.
    pub async fn is_logged(&self, origins: &[&str], digests: &[Hash]) -> Result<Vec<Place>, Error> {
        let mut places = Vec::new();
        for origin in origins {
            let fixed = [Value::from(*origin)];
            let rows = self.by_keys(&sql::LOGGED, &fixed, digests).await?;
            for row in &rows {
                places.push(Place::read(row)?);
            }
        }
        Ok(places)
    }

    /// Up to `limit` digests of records that carry this number under this scheme. The
    /// value must be in the form in which it was written: exact or normalised.
    pub async fn by_identifier(
        &self,
        scheme: &str,
        value: &str,
        limit: usize,
    ) -> Result<Vec<Hash>, Error> {
        let values = vec![
            key(value, MAX_VALUE_BYTES),
            key(scheme, MAX_NAME_BYTES),
            Value::limit(limit),
        ];
        let rows = self.engine.rows(sql::BY_IDENTIFIER, values).await?;
        digests("identifier", &rows)
    }

    /// The same, under whatever scheme.
    pub async fn by_identifier_any_scheme(
        &self,
        value: &str,
        limit: usize,
    ) -> Result<Vec<Hash>, Error> {
        let values = vec![key(value, MAX_VALUE_BYTES), Value::limit(limit)];
        let rows = self
            .engine
            .rows(sql::BY_IDENTIFIER_ANY_SCHEME, values)
            .await?;
        digests("identifier", &rows)
    }

    /// Up to `limit` digests of records that point at this target.
    pub async fn by_reference(&self, target: &str, limit: usize) -> Result<Vec<Hash>, Error> {
        let values = vec![key(target, MAX_VALUE_BYTES), Value::limit(limit)];
        let rows = self.engine.rows(sql::BY_REFERENCE, values).await?;
        digests("record_reference", &rows)
    }

    /// The status events that act on this identity, by their sequence numbers (those
    /// of several signers run beside each other), then by digest. Who was entitled is
    /// not asked here.
    pub async fn events_of(
        &self,
        authority: &str,
        issuer: &str,
        id: &str,
    ) -> Result<Vec<RecordRow>, Error> {
        let values = vec![
            key(id, MAX_NAME_BYTES),
            key(authority, MAX_NAME_BYTES),
            key(issuer, MAX_NAME_BYTES),
        ];
        let rows = self.engine.rows(sql::EVENTS, values).await?;
        self.records(&digests("subject_event", &rows)?).await
    }

    /// Up to `limit` of them, the last received first.
    pub async fn newest_events_of(
        &self,
        authority: &str,
        issuer: &str,
        id: &str,
        limit: usize,
    ) -> Result<Vec<RecordRow>, Error> {
        let values = vec![
            key(id, MAX_NAME_BYTES),
            key(authority, MAX_NAME_BYTES),
            key(issuer, MAX_NAME_BYTES),
            Value::limit(limit),
        ];
        let rows = self.engine.rows(sql::NEWEST_EVENTS, values).await?;
        self.records(&digests("subject_event", &rows)?).await
    }

    /// The status events that name any of these ids, whoever issued what they act on, in the
    /// order of their digests.
    pub async fn events_of_ids(&self, ids: &[&str]) -> Result<Vec<RecordRow>, Error> {
        let rows = self.by_keys(&sql::EVENTS_OF_IDS, &[], ids).await?;
        let mut found = digests("subject_event", &rows)?;
        found.sort_unstable();
        found.dedup();
        self.records(&found).await
    }

    /// The rows of a statement over a list of keys, in as few statements as the
    /// prepared lengths allow. In no order; a key given twice may answer once.
    pub(crate) async fn by_keys<'k, Key>(
        &self,
        statement: &Many,
        fixed: &[Value<'k>],
        keys: &'k [Key],
    ) -> Result<Vec<Row>, Error>
    where
        Value<'k>: From<&'k Key>,
    {
        let mut rows = Vec::with_capacity(keys.len());
        let mut rest = keys;
        while let Some(last) = rest.last() {
            let (length, text) = statement.for_keys(rest.len());
            let (chunk, later) = rest.split_at_checked(length).unwrap_or((rest, &[]));
            let filled = chunk.iter().chain(std::iter::repeat(last)).take(length);
            let values = fixed.iter().cloned().chain(filled.map(Value::from));
            rows.extend(self.engine.rows(text, values.collect()).await?);
            rest = later;
        }
        Ok(rows)
    }
}

/// A text asked for, in the form in which such a text is kept.
fn key(text: &str, limit: usize) -> Value<'_> {
    Value::Text(projected(text, limit))
}

fn digests(table: &'static str, rows: &[Row]) -> Result<Vec<Hash>, Error> {
    rows.iter().map(|row| row.hash(table, "digest")).collect()
}

#[cfg(test)]
mod tests;
