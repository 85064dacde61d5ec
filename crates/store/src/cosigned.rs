//! Cosignatures: lines that others gave, what the own keys signed, and proofs of forks.

use crate::batch::name;
use crate::engine::{Row, Value};
use crate::{Error, Hash, Store, sql};

/// A cosigner's line under a checkpoint of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CosignatureRow {
    /// Entries of the checkpoint.
    pub size: u64,
    /// Verifier key of the cosigner.
    pub cosigner: String,
    /// The time that the line states, in UTC seconds.
    pub signed_at: i64,
    /// The signature line as it stands in a note, without its end.
    pub line: String,
}

/// The newest checkpoint that a key of this node has co-signed for a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosigned {
    /// The log.
    pub origin: String,
    /// Verifier key of the own mirror or witness.
    pub cosigner: String,
    /// Entries of the checkpoint.
    pub size: u64,
    /// Its root.
    pub root: Hash,
    /// The whole note with the line.
    pub note: Vec<u8>,
    /// The time that the line states, in UTC seconds.
    pub signed_at: i64,
}

/// A proof that a log showed two histories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForkRow {
    /// The log.
    pub origin: String,
    /// SHA-256 of the file.
    pub digest: Hash,
    /// The file.
    pub file: Vec<u8>,
    /// When this node first held it, in UTC seconds.
    pub found_at: i64,
}

impl CosignatureRow {
    fn read(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            size: row.unsigned("cosignature", "size")?,
            cosigner: row.text("cosignature", "cosigner")?,
            signed_at: row.integer("cosignature", "signed_at")?,
            line: row.text("cosignature", "line")?,
        })
    }
}

impl Cosigned {
    fn read(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            cosigner: row.text("cosigned", "cosigner")?,
            origin: row.text("cosigned", "origin")?,
            size: row.unsigned("cosigned", "size")?,
            root: row.hash("cosigned", "root")?,
            note: row.bytes("cosigned", "note")?,
            signed_at: row.integer("cosigned", "signed_at")?,
        })
    }
}

impl ForkRow {
    fn read(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            digest: row.hash("fork_evidence", "digest")?,
            origin: row.text("fork_evidence", "origin")?,
            file: row.bytes("fork_evidence", "file")?,
            found_at: row.integer("fork_evidence", "found_at")?,
        })
    }
}

impl Store {
    /// Keeps lines of cosigners; those that are there stay.
    pub async fn keep_cosignatures(
        &self,
        origin: &str,
        lines: &[CosignatureRow],
    ) -> Result<(), Error> {
        let mut writing = self.engine.write().await?;
        for line in lines {
            name("a verifier key", &line.cosigner)?;
            let values = vec![
                Value::from(origin),
                Value::unsigned(line.size)?,
                Value::from(line.cosigner.as_str()),
                Value::from(line.signed_at),
                Value::from(line.line.as_str()),
            ];
            writing.execute(sql::KEEP_COSIGNATURE, values).await?;
        }
        writing.commit().await
    }

    /// Up to `limit` lines under checkpoints of at least `from_size` entries, by size, cosigner
    /// and time.
    pub async fn cosignatures(
        &self,
        origin: &str,
        from_size: u64,
        limit: usize,
    ) -> Result<Vec<CosignatureRow>, Error> {
        let values = crate::tree::range(origin, from_size, limit);
        let rows = self.engine.rows(sql::COSIGNATURES, values).await?;
        rows.iter().map(CosignatureRow::read).collect()
    }

    /// Up to `limit` lines under checkpoints of at most `to_size` entries, the largest and newest
    /// first.
    pub async fn cosignatures_down(
        &self,
        origin: &str,
        to_size: u64,
        limit: usize,
    ) -> Result<Vec<CosignatureRow>, Error> {
        let values = crate::tree::range(origin, to_size, limit);
        let rows = self.engine.rows(sql::COSIGNATURES_DOWN, values).await?;
        rows.iter().map(CosignatureRow::read).collect()
    }

    /// What a key of this node has co-signed of a log.
    pub async fn cosigned(&self, origin: &str, cosigner: &str) -> Result<Option<Cosigned>, Error> {
        let values = vec![Value::from(origin), Value::from(cosigner)];
        let row = self.engine.row(sql::COSIGNED, values).await?;
        row.as_ref().map(Cosigned::read).transpose()
    }

    /// Puts `after` in the place of what was co-signed before (`None`: nothing), if that is still
    /// so: only then may the line be shown to anybody. The size never falls, and one size keeps
    /// its root.
    ///
    /// # Errors
    /// [`Error::HeadMoved`] if another process was faster: nothing was written.
    /// [`Error::Contradiction`] if `after` lies before what it replaces.
    pub async fn swap_cosigned(
        &self,
        before: Option<&Cosigned>,
        after: &Cosigned,
    ) -> Result<(), Error> {
        name("an origin", &after.origin)?;
        name("a verifier key", &after.cosigner)?;
        let mut values = vec![
            Value::from(after.origin.as_str()),
            Value::from(after.cosigner.as_str()),
            Value::unsigned(after.size)?,
            Value::from(&after.root),
            Value::from(after.note.as_slice()),
            Value::from(after.signed_at),
        ];
        let met = if let Some(before) = before {
            let falls = after.size < before.size || after.signed_at < before.signed_at;
            if falls || (after.size == before.size && after.root != before.root) {
                let reason = "what is co-signed would be set back".to_owned();
                return Err(Error::Contradiction { reason });
            }
            values.push(Value::unsigned(before.size)?);
            values.push(Value::from(&before.root));
            self.engine.execute(sql::SWAP_COSIGNED, values).await?
        } else {
            self.engine.execute(sql::FIRST_COSIGNED, values).await?
        };
        if met == 1 {
            Ok(())
        } else {
            Err(Error::HeadMoved)
        }
    }

    /// Keeps a head of a log, beside those of the same size and of other times.
    pub async fn keep_head(
        &self,
        origin: &str,
        size: u64,
        signed_at: i64,
        note: &[u8],
    ) -> Result<(), Error> {
        let values = vec![
            Value::from(origin),
            Value::unsigned(size)?,
            Value::from(signed_at),
            Value::from(note),
        ];
        self.engine.execute(sql::KEEP_HEAD, values).await?;
        Ok(())
    }

    /// Keeps a proof that a log forked. Answers whether it is new.
    pub async fn keep_fork(&self, fork: &ForkRow) -> Result<bool, Error> {
        let values = vec![
            Value::from(fork.origin.as_str()),
            Value::from(&fork.digest),
            Value::from(fork.file.as_slice()),
            Value::from(fork.found_at),
        ];
        Ok(self.engine.execute(sql::KEEP_FORK, values).await? == 1)
    }

    /// The proofs held that a log forked.
    pub async fn forks(&self, origin: &str) -> Result<Vec<ForkRow>, Error> {
        let rows = self
            .engine
            .rows(sql::FORKS, vec![Value::from(origin)])
            .await?;
        rows.iter().map(ForkRow::read).collect()
    }

    /// Every proof of a fork held, by origin.
    pub async fn all_forks(&self) -> Result<Vec<ForkRow>, Error> {
        let rows = self.engine.rows(sql::ALL_FORKS, Vec::new()).await?;
        rows.iter().map(ForkRow::read).collect()
    }
}

#[cfg(test)]
mod tests;
