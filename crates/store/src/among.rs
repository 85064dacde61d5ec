//! What is known of a whole page of records at once, for whoever reads every record of a kind: a
//! few statements for the page, not a few for each record.

use std::collections::{HashMap, HashSet};

use crate::batch::projected;
use crate::engine::{Row, Value};
use crate::sql::{self, pages};
use crate::{Error, Hash, MAX_VALUE_BYTES, Place, RecordRow, Store};

impl Store {
    /// Every place where these records are logged, by origin and position.
    pub async fn places_of(&self, digests: &[Hash]) -> Result<Vec<Place>, Error> {
        let rows = self.by_keys(&pages::PLACES_OF, &[], digests).await?;
        let mut places = Vec::with_capacity(rows.len());
        for row in &rows {
            places.push(Place::read(row)?);
        }
        places.sort_unstable_by(|one, other| {
            let key = |place: &Place| (place.position, place.digest);
            (one.origin.cmp(&other.origin)).then_with(|| key(one).cmp(&key(other)))
        });
        places.dedup();
        Ok(places)
    }

    /// Which of these records are held and not valid.
    pub async fn invalid_among(&self, digests: &[Hash]) -> Result<HashSet<Hash>, Error> {
        let rows = self.by_keys(&pages::INVALID_AMONG, &[], digests).await?;
        let digest = |row: &Row| row.hash("invalid_record", "digest");
        rows.iter().map(digest).collect()
    }

    /// Which of these ids a status event names, whoever issued what it acts on.
    pub async fn ids_with_events(&self, ids: &[&str]) -> Result<HashSet<String>, Error> {
        let rows = self.by_keys(&pages::IDS_WITH_EVENTS, &[], ids).await?;
        let id = |row: &Row| row.text("subject_event", "id");
        rows.iter().map(id).collect()
    }

    /// Which of these ids more than one record has, by whomever signed.
    pub async fn shared_ids(&self, ids: &[&str]) -> Result<HashSet<String>, Error> {
        let rows = self.by_keys(&pages::SHARED_IDS, &[], ids).await?;
        let id = |row: &Row| row.text("record", "id");
        rows.iter().map(id).collect()
    }

    /// Whether a record that is held and valid stands before this one, by the place where each was
    /// first held, under the same identity.
    pub async fn has_earlier_document(&self, record: &RecordRow) -> Result<bool, Error> {
        let values = vec![
            Value::from(record.id.as_str()),
            Value::from(record.authority.as_str()),
            Value::from(record.issuer.as_str()),
            Value::from(record.origin.as_str()),
            Value::unsigned(record.position)?,
        ];
        let row = self.engine.row(sql::EARLIER_DOCUMENT, values).await?;
        Ok(row.is_some())
    }

    /// How many records point at each of these targets; one at which none does is left out.
    pub async fn count_references(
        &self,
        targets: &[String],
    ) -> Result<HashMap<String, u64>, Error> {
        let kept: Vec<_> = (targets.iter())
            .map(|target| projected(target, MAX_VALUE_BYTES))
            .collect();
        let keys: Vec<&str> = kept.iter().map(AsRef::as_ref).collect();
        let rows = self.by_keys(&pages::COUNT_REFERENCES, &[], &keys).await?;
        let mut counts = HashMap::with_capacity(rows.len());
        for row in &rows {
            let count = row.unsigned("record_reference", "records")?;
            counts.insert(row.text("record_reference", "target")?, count);
        }
        let counted = targets.iter().zip(&keys);
        Ok(counted
            .filter_map(|(target, key)| Some((target.clone(), *counts.get(*key)?)))
            .collect())
    }
}

#[cfg(test)]
mod tests;
