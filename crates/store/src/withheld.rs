//! Bodies that were taken down, and federation documents that stand in no log held here.

use std::collections::HashSet;

use crate::append::insert_records;
use crate::batch::projected;
use crate::engine::{Row, Value};
use crate::{Error, Hash, MAX_VALUE_BYTES, NewRecord, Store, sql};

/// One act by which a body is withheld.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// Record digest of what is withheld.
    pub digest: Hash,
    /// Record digest of the Takedown.
    pub takedown: Hash,
    /// The log whose entry it voids; empty: it ends the document everywhere.
    pub origin: String,
    /// Digest of the document, which is not taken again.
    pub document_digest: Hash,
    /// DID of the authority that signed it.
    pub signed_by: String,
    /// Its legal basis, cut at [`crate::MAX_VALUE_BYTES`].
    pub ground: String,
    /// When this node first followed it, in UTC seconds.
    pub since: i64,
}

/// A FederationList or MemberKeys held beside the logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FederationRow {
    /// Record digest.
    pub digest: Hash,
    /// The bytes.
    pub body: Vec<u8>,
    /// When this node first held it, in UTC seconds.
    pub received_at: i64,
}

impl Withheld {
    fn read(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            digest: row.hash("withheld", "digest")?,
            takedown: row.hash("withheld", "takedown")?,
            origin: row.text("withheld", "origin")?,
            document_digest: row.hash("withheld", "document_digest")?,
            signed_by: row.text("withheld", "signed_by")?,
            ground: row.text("withheld", "ground")?,
            since: row.integer("withheld", "since")?,
        })
    }

    /// Whether it withholds the body in this log.
    pub fn applies_in(&self, origin: &str) -> bool {
        self.origin.is_empty() || self.origin == origin
    }
}

impl Store {
    /// Follows a takedown: it is kept for good, and with `delete_body` the body goes. `absent` is
    /// a record of which the body never came, with its place in the log `origin`: its names are
    /// kept, so that it is found and said to be taken down. An act kept for one log becomes one that
    /// ends the document everywhere once that is known, and never the other way.
    pub async fn withhold(
        &self,
        withheld: &Withheld,
        delete_body: bool,
        absent: Option<(&str, NewRecord)>,
    ) -> Result<(), Error> {
        let mut writing = self.engine.write().await?;
        if let Some((origin, record)) = absent {
            record.check()?;
            insert_records(&mut writing, origin, &[record]).await?;
        }
        let values = vec![
            Value::from(&withheld.digest),
            Value::from(&withheld.takedown),
            Value::from(withheld.origin.as_str()),
            Value::from(&withheld.document_digest),
            Value::Text(projected(&withheld.signed_by, crate::MAX_NAME_BYTES)),
            Value::Text(projected(&withheld.ground, MAX_VALUE_BYTES)),
            Value::from(withheld.since),
        ];
        writing.execute(sql::WITHHOLD, values).await?;
        if delete_body {
            let digest = vec![Value::from(&withheld.digest)];
            writing.execute(sql::DELETE_BODY, digest).await?;
        }
        writing.commit().await
    }

    /// Every act by which a body is withheld, wherever.
    pub async fn withheld(&self, digest: &Hash) -> Result<Vec<Withheld>, Error> {
        let values = vec![Value::from(digest)];
        let rows = self.engine.rows(sql::WITHHELD, values).await?;
        rows.iter().map(Withheld::read).collect()
    }

    /// The same of every wrapping of a document.
    pub async fn withheld_document(&self, document: &Hash) -> Result<Vec<Withheld>, Error> {
        let values = vec![Value::from(document)];
        let rows = self.engine.rows(sql::WITHHELD_DOCUMENT, values).await?;
        rows.iter().map(Withheld::read).collect()
    }

    /// Which of these records are withheld in a log.
    pub async fn withheld_in(
        &self,
        origin: &str,
        digests: &[Hash],
    ) -> Result<HashSet<Hash>, Error> {
        let mut withheld = HashSet::new();
        for row in self.by_keys(&sql::WITHHELD_OF, &[], digests).await? {
            let act = Withheld::read(&row)?;
            if act.applies_in(origin) {
                withheld.insert(act.digest);
            }
        }
        Ok(withheld)
    }

    /// Keeps a FederationList or MemberKeys. Answers whether it is new.
    pub async fn keep_federation(&self, document: &FederationRow) -> Result<bool, Error> {
        let values = vec![
            Value::from(&document.digest),
            Value::from(document.body.as_slice()),
            Value::from(document.received_at),
        ];
        Ok(self.engine.execute(sql::KEEP_FEDERATION, values).await? == 1)
    }

    /// Every FederationList and MemberKeys held beside the logs.
    pub async fn federation(&self) -> Result<Vec<FederationRow>, Error> {
        let rows = self.engine.rows(sql::FEDERATION, Vec::new()).await?;
        let read = |row: &Row| {
            Ok(FederationRow {
                digest: row.hash("federation_document", "digest")?,
                body: row.bytes("federation_document", "body")?,
                received_at: row.integer("federation_document", "received_at")?,
            })
        };
        rows.iter().map(read).collect()
    }
}

#[cfg(test)]
mod tests;
