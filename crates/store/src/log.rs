//! Logs: their heads, who may write them, and how far each reader has come.

use crate::batch::name;
use crate::engine::Value;
use crate::{Error, Hash, Head, KeptHead, Store, sql};

impl Store {
    /// Creates an empty log. `vkey` is its verifier key, `note` the signed checkpoint
    /// of the empty tree, `root` that tree's root. Its time reads 0: never written.
    ///
    /// # Errors
    /// [`Error::Conflict`] if there is a log of this origin already.
    pub async fn create_log(
        &self,
        origin: &str,
        vkey: &str,
        note: &[u8],
        root: &Hash,
    ) -> Result<(), Error> {
        name("an origin", origin)?;
        name("a verifier key", vkey)?;
        let mut writing = self.engine.write().await?;
        let log = vec![
            Value::from(origin),
            Value::from(vkey),
            Value::from(root),
            Value::from(note),
        ];
        writing.execute(sql::CREATE_LOG, log).await?;
        let head = vec![
            Value::from(origin),
            Value::from(0),
            Value::from(0),
            Value::from(note),
        ];
        writing.execute(sql::KEEP_HEAD, head).await?;
        writing.commit().await
    }

    /// The newest head of a log, `None` if it is not kept here.
    pub async fn head(&self, origin: &str) -> Result<Option<Head>, Error> {
        let row = self
            .engine
            .row(sql::HEAD, vec![Value::from(origin)])
            .await?;
        row.as_ref().map(Head::read).transpose()
    }

    /// The newest heads of all logs kept here, by origin.
    pub async fn logs(&self) -> Result<Vec<Head>, Error> {
        let rows = self.engine.rows(sql::HEADS, Vec::new()).await?;
        rows.iter().map(Head::read).collect()
    }

    /// The verifier key of a log, as it was given when the log was created.
    pub async fn vkey(&self, origin: &str) -> Result<Option<String>, Error> {
        let row = self
            .engine
            .row(sql::VKEY, vec![Value::from(origin)])
            .await?;
        row.map(|row| row.text("log", "vkey")).transpose()
    }

    /// Takes or renews the lease of a log: until `until`, only `holder` may append.
    /// A lease of another is taken over once it has ended (at its `until`).
    ///
    /// # Errors
    /// [`Error::LeaseHeld`] if another holds it now, [`Error::UnknownLog`].
    pub async fn acquire_lease(
        &self,
        origin: &str,
        holder: &str,
        now: i64,
        until: i64,
    ) -> Result<(), Error> {
        name("a holder", holder)?;
        let values = vec![
            Value::from(origin),
            Value::from(holder),
            Value::from(now),
            Value::from(until),
        ];
        if self.engine.execute(sql::ACQUIRE_LEASE, values).await? == 1 {
            return Ok(());
        }
        let row = self
            .engine
            .row(sql::LEASE, vec![Value::from(origin)])
            .await?;
        let Some(row) = row else {
            let origin = origin.to_owned();
            return Err(Error::UnknownLog { origin });
        };
        // Released between the two statements: it reads as held by nobody.
        let holder: Option<String> = row.optional("log", "lease_holder")?;
        Err(Error::LeaseHeld {
            holder: holder.unwrap_or_default(),
            until: row.integer("log", "lease_until")?,
        })
    }

    /// Gives the lease back, if `holder` still has it; otherwise does nothing.
    pub async fn release_lease(&self, origin: &str, holder: &str) -> Result<(), Error> {
        let values = vec![Value::from(origin), Value::from(holder)];
        self.engine.execute(sql::RELEASE_LEASE, values).await?;
        Ok(())
    }

    /// Every head kept for a log from `from_size` on, by size and time. All own heads
    /// are kept (format, logged time).
    pub async fn notes(
        &self,
        origin: &str,
        from_size: u64,
        limit: usize,
    ) -> Result<Vec<KeptHead>, Error> {
        let values = vec![
            Value::from(origin),
            Value::position(from_size),
            Value::limit(limit),
        ];
        let rows = self.engine.rows(sql::KEPT_HEADS, values).await?;
        rows.iter().map(KeptHead::read).collect()
    }

    /// The newest kept head of at most `size` entries that was signed by `at` (UTC seconds).
    pub async fn note_as_of(
        &self,
        origin: &str,
        at: i64,
        size: u64,
    ) -> Result<Option<KeptHead>, Error> {
        let values = vec![Value::from(origin), Value::from(at), Value::position(size)];
        let row = self.engine.row(sql::HEAD_AS_OF, values).await?;
        row.as_ref().map(KeptHead::read).transpose()
    }

    /// Up to `limit` kept heads of at most `size` entries that were signed by `at` (UTC seconds),
    /// the largest and newest first.
    pub async fn notes_down(
        &self,
        origin: &str,
        at: i64,
        size: u64,
        limit: usize,
    ) -> Result<Vec<KeptHead>, Error> {
        let values = vec![
            Value::from(origin),
            Value::from(at),
            Value::position(size),
            Value::limit(limit),
        ];
        let rows = self.engine.rows(sql::HEADS_DOWN, values).await?;
        rows.iter().map(KeptHead::read).collect()
    }

    /// The smallest kept head of at most `size` entries that was signed after `at` (UTC seconds).
    pub async fn note_after(
        &self,
        origin: &str,
        at: i64,
        size: u64,
    ) -> Result<Option<KeptHead>, Error> {
        let values = vec![Value::from(origin), Value::from(at), Value::position(size)];
        let row = self.engine.row(sql::HEAD_AFTER, values).await?;
        row.as_ref().map(KeptHead::read).transpose()
    }

    /// The smallest, and of these the first signed, kept head that covers the entry at
    /// `position`.
    pub async fn note_covering(
        &self,
        origin: &str,
        position: u64,
    ) -> Result<Option<KeptHead>, Error> {
        let kept = self.notes(origin, position.saturating_add(1), 1).await?;
        Ok(kept.into_iter().next())
    }

    /// The next position that a reader of a log wants; 0 for one never heard of.
    pub async fn follower(&self, name: &str, origin: &str) -> Result<u64, Error> {
        let values = vec![Value::from(name), Value::from(origin)];
        let row = self.engine.row(sql::FOLLOWER, values).await?;
        row.map_or(Ok(0), |row| row.unsigned("follower", "position"))
    }

    /// Remembers how far a reader of a log has come; backwards too, to read again.
    pub async fn set_follower(
        &self,
        follower: &str,
        origin: &str,
        position: u64,
    ) -> Result<(), Error> {
        name("a follower", follower)?;
        let values = vec![
            Value::from(follower),
            Value::from(origin),
            Value::unsigned(position)?,
        ];
        self.engine.execute(sql::SET_FOLLOWER, values).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
