//! The one write that matters: a batch and the head that covers it, all or nothing.

use std::collections::HashMap;
use std::time::Duration;

use crate::batch::projected;
use crate::body::Encoder;
use crate::engine::{Value, Writing};
use crate::mirror::{InvalidRecord, MissingBody};
use crate::sql::{self, Many};
use crate::{Batch, Error, Hash, MAX_NAME_BYTES, MAX_VALUE_BYTES, NewRecord, Store};

/// How often a transaction is run again when the database asks for it.
const MAX_RETRIES: u32 = 8;

impl Store {
    /// Commits entries, tiles, records and the new head in **one** transaction, if the
    /// head is still the one the batch was built on and the lease allows it
    /// (compare-and-swap, trust.md 1.3). When it answers `Ok`, the batch is on the disk.
    /// Dropping the future before that leaves all or nothing, never a part.
    ///
    /// # Errors
    /// Nothing was written on [`Error::UnknownLog`], [`Error::HeadMoved`],
    /// [`Error::LeaseHeld`], [`Error::LeaseLost`], [`Error::Conflict`] (a record that
    /// this log has already), [`Error::Contradiction`], [`Error::TooLong`] and
    /// [`Error::Unwritable`]. After [`Error::Unavailable`] read the head to know.
    pub async fn append(&self, batch: &Batch) -> Result<(), Error> {
        batch.check()?;
        let mut retries = 0;
        loop {
            match self.append_once(batch).await {
                Err(error) if error.asks_for_retry() && retries < MAX_RETRIES => {
                    retries += 1;
                    tracing::debug!(retries, log.origin = batch.origin, "running a batch again");
                    tokio::time::sleep(Duration::from_millis(5) * retries).await;
                }
                result => return result,
            }
        }
    }

    async fn append_once(&self, batch: &Batch) -> Result<(), Error> {
        let mut writing = self.engine.write().await?;
        // First of all: a lost race costs one statement, and on PostgreSQL the row
        // stays locked until the end.
        swap_head(&mut writing, batch).await?;
        insert_entries(&mut writing, batch).await?;
        put_tiles(&mut writing, batch).await?;
        insert_records(&mut writing, &batch.origin, &batch.records).await?;
        insert_projections(&mut writing, &batch.records).await?;
        insert_missing(&mut writing, &batch.origin, &batch.missing).await?;
        insert_invalid(&mut writing, &batch.origin, &batch.invalid).await?;
        writing.commit().await
    }
}

async fn swap_head(writing: &mut Writing, batch: &Batch) -> Result<(), Error> {
    let after = &batch.after;
    let mut values = vec![
        Value::from(batch.origin.as_str()),
        Value::unsigned(batch.before.0)?,
        Value::from(&batch.before.1),
        Value::unsigned(after.size)?,
        Value::from(&after.root),
        Value::from(after.note.as_slice()),
        Value::from(after.updated_at),
    ];
    let statement = if let Some(holder) = &batch.holder {
        values.push(Value::from(holder.as_str()));
        sql::SWAP_HEAD_AS_HOLDER
    } else {
        sql::SWAP_HEAD_UNHELD
    };
    if writing.execute(statement, values).await? != 1 {
        return Err(why_not_swapped(writing, batch).await?);
    }
    if after.note.is_empty() {
        return Ok(());
    }
    let kept = vec![
        Value::from(batch.origin.as_str()),
        Value::unsigned(after.size)?,
        Value::from(after.updated_at),
        Value::from(after.note.as_slice()),
    ];
    writing.execute(sql::KEEP_HEAD, kept).await?;
    Ok(())
}

/// Tells a lost lease from a lost race.
async fn why_not_swapped(writing: &mut Writing, batch: &Batch) -> Result<Error, Error> {
    let origin = vec![Value::from(batch.origin.as_str())];
    let Some(row) = writing.row(sql::LEASE, origin).await? else {
        return Ok(Error::UnknownLog {
            origin: batch.origin.clone(),
        });
    };
    let holder: Option<String> = row.optional("log", "lease_holder")?;
    let until = row.integer("log", "lease_until")?;
    Ok(match (&batch.holder, holder) {
        (Some(_), None) => Error::LeaseLost,
        (Some(ours), Some(holder)) if *ours != holder => Error::LeaseHeld { holder, until },
        (None, Some(holder)) if until > batch.after.updated_at => {
            Error::LeaseHeld { holder, until }
        }
        _ => Error::HeadMoved,
    })
}

async fn insert_entries(writing: &mut Writing, batch: &Batch) -> Result<(), Error> {
    let digests: HashMap<u64, &Hash> = batch
        .records
        .iter()
        .map(|record| (record.position, &record.digest))
        .collect();
    in_chunks(writing, &sql::INSERT_ENTRIES, &batch.entries, |entry| {
        let digest = entry.digest.as_ref();
        let digest = digests.get(&entry.position).copied().or(digest);
        Ok(vec![
            Value::from(batch.origin.as_str()),
            Value::unsigned(entry.position)?,
            Value::from(&entry.leaf),
            digest.map_or(Value::Bytes(None), Value::from),
            Value::from(entry.entry.as_slice()),
        ])
    })
    .await?;
    Ok(())
}

async fn put_tiles(writing: &mut Writing, batch: &Batch) -> Result<(), Error> {
    in_chunks(writing, &sql::PUT_TILES, &batch.tiles, |tile| {
        Ok(vec![
            Value::from(batch.origin.as_str()),
            Value::from(i64::from(tile.level)),
            Value::unsigned(tile.index)?,
            Value::from(tile.hashes.as_slice()),
        ])
    })
    .await?;
    Ok(())
}

/// Writes records. Of one that is held already only a body that was taken down is filled in, where
/// no act applies in the log that brings it: an entry that is void in one log stands in another.
/// A record without bytes that was never received is a name only.
pub(crate) async fn insert_records(
    writing: &mut Writing,
    origin: &str,
    records: &[NewRecord],
) -> Result<(), Error> {
    let mut encoder = Encoder::new();
    let inserted = in_chunks(writing, &sql::INSERT_RECORDS, records, |record| {
        let body = encoder.encode(&record.body);
        let came = record.received_at != 0 || !record.body.is_empty();
        let bytes = came.then_some(body.bytes);
        Ok(vec![
            Value::from(&record.digest),
            Value::from(&record.document_digest),
            Value::from(record.kind.as_str()),
            Value::from(record.authority.as_str()),
            Value::from(record.issuer.as_str()),
            Value::from(record.id.as_str()),
            Value::from(origin),
            Value::unsigned(record.position)?,
            Value::from(record.received_at),
            Value::Integer(record.valid_from),
            Value::Integer(record.valid_until),
            Value::from(body.encoding),
            Value::unsigned(record.body.len() as u64)?,
            bytes.map_or(Value::Bytes(None), Value::owned),
        ])
    })
    .await?;
    if inserted < records.len() as u64 {
        for record in records.iter().filter(|record| record.received_at != 0) {
            fill_body(writing, origin, record, &mut encoder).await?;
        }
    }
    Ok(())
}

/// Gives a record that is held without its body the bytes and the names that they state.
async fn fill_body(
    writing: &mut Writing,
    origin: &str,
    record: &NewRecord,
    encoder: &mut Encoder,
) -> Result<(), Error> {
    let body = encoder.encode(&record.body);
    let values = vec![
        Value::from(&record.digest),
        Value::from(origin),
        Value::from(&record.document_digest),
        Value::from(record.kind.as_str()),
        Value::from(record.authority.as_str()),
        Value::from(record.issuer.as_str()),
        Value::from(record.id.as_str()),
        Value::from(record.received_at),
        Value::Integer(record.valid_from),
        Value::Integer(record.valid_until),
        Value::from(body.encoding),
        Value::unsigned(record.body.len() as u64)?,
        Value::owned(body.bytes),
    ];
    writing.execute(sql::FILL_BODY, values).await?;
    Ok(())
}

pub(crate) async fn insert_missing(
    writing: &mut Writing,
    origin: &str,
    missing: &[MissingBody],
) -> Result<(), Error> {
    in_chunks(writing, &sql::INSERT_MISSING, missing, |body| {
        Ok(vec![
            Value::from(origin),
            Value::unsigned(body.position)?,
            Value::from(&body.digest),
            Value::from(body.kind.as_str()),
            Value::unsigned(body.length)?,
            Value::from(body.reason.word()),
            Value::from(body.since),
        ])
    })
    .await?;
    Ok(())
}

pub(crate) async fn insert_invalid(
    writing: &mut Writing,
    origin: &str,
    invalid: &[InvalidRecord],
) -> Result<(), Error> {
    in_chunks(writing, &sql::INSERT_INVALID, invalid, |record| {
        Ok(vec![
            Value::from(&record.digest),
            Value::from(origin),
            Value::unsigned(record.position)?,
            Value::Text(projected(&record.reason, MAX_VALUE_BYTES)),
        ])
    })
    .await?;
    Ok(())
}

/// Everything derived from the records: identifiers, events by subject, references.
pub(crate) async fn insert_projections(
    writing: &mut Writing,
    records: &[NewRecord],
) -> Result<(), Error> {
    let mut identifiers: Vec<_> = records
        .iter()
        .flat_map(|record| record.identifiers.iter().map(|key| (&record.digest, key)))
        .collect();
    // In the order of the key: neighbours go to the same page, and two writers that
    // add the same numbers meet in one order.
    identifiers.sort_unstable_by_key(|(_, key)| (&key.value, &key.scheme));
    in_chunks(
        writing,
        &sql::INSERT_IDENTIFIERS,
        &identifiers,
        |(digest, key)| {
            Ok(vec![
                Value::Text(projected(&key.value, MAX_VALUE_BYTES)),
                Value::Text(projected(&key.scheme, MAX_NAME_BYTES)),
                Value::from(*digest),
            ])
        },
    )
    .await?;
    let subjects: Vec<_> = records
        .iter()
        .flat_map(|record| record.subjects.iter().map(|key| (&record.digest, key)))
        .collect();
    in_chunks(writing, &sql::INSERT_EVENTS, &subjects, |(digest, key)| {
        Ok(vec![
            Value::Text(projected(&key.id, MAX_NAME_BYTES)),
            Value::Text(projected(&key.authority, MAX_NAME_BYTES)),
            Value::Text(projected(&key.issuer, MAX_NAME_BYTES)),
            // A sequence beyond 2^53 cannot stand in a record.
            Value::position(key.sequence),
            Value::from(*digest),
        ])
    })
    .await?;
    let references: Vec<_> = records
        .iter()
        .flat_map(|record| {
            record
                .references
                .iter()
                .map(|target| (&record.digest, target))
        })
        .collect();
    in_chunks(
        writing,
        &sql::INSERT_REFERENCES,
        &references,
        |(digest, target)| {
            Ok(vec![
                Value::Text(projected(target, MAX_VALUE_BYTES)),
                Value::from(*digest),
            ])
        },
    )
    .await?;
    Ok(())
}

/// Writes all items with as few statements as the prepared sizes allow. Answers how many rows were
/// written.
async fn in_chunks<'a, T>(
    writing: &mut Writing,
    statement: &Many,
    items: &'a [T],
    mut values_of: impl FnMut(&'a T) -> Result<Vec<Value<'a>>, Error>,
) -> Result<u64, Error> {
    let mut written = 0;
    let most = writing.most_parameters();
    let mut rest = items;
    while !rest.is_empty() {
        let (rows, text) = statement.for_rows(rest.len(), most);
        let (chunk, later) = rest.split_at_checked(rows).unwrap_or((rest, &[]));
        let mut values = Vec::new();
        for item in chunk {
            values.extend(values_of(item)?);
        }
        written += writing.execute(text, values).await?;
        rest = later;
    }
    Ok(written)
}

#[cfg(test)]
mod tests;
