//! Foreign logs: which are followed and how far, what of them is missing, what is not valid.

use crate::append::{insert_invalid, insert_missing, insert_projections, insert_records};
use crate::batch::name;
use crate::engine::{Row, Value};
use crate::{Error, Hash, NewRecord, Store, sql};

/// How a foreign log is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Everything, and co-signed.
    Mirror,
    /// All entries, bodies of chosen kinds; nothing is co-signed.
    Follower,
}

/// Whether a followed log goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FollowedState {
    /// It is asked again and again.
    Following,
    /// It showed two histories: nothing more is taken of it or signed for it.
    Frozen,
    /// Its last entry closes it, and all of it is held.
    Closed,
}

/// A foreign log that is followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// The log.
    pub origin: String,
    /// Verifier key under which it is read.
    pub vkey: String,
    /// Where it is fetched from; empty: nowhere.
    pub url: String,
    /// How it is followed.
    pub mode: Mode,
    /// Whether it goes on. Not changed by [`Store::put_followed`].
    pub state: FollowedState,
    /// Entries of the largest checkpoint ever accepted of it.
    pub seen_size: u64,
    /// That checkpoint; empty if there is none yet.
    pub seen_note: Vec<u8>,
    /// When it was last asked, in UTC seconds; 0: never.
    pub checked_at: i64,
    /// When it last answered with a checkpoint that was accepted.
    pub reached_at: i64,
    /// What is wrong, as a word of the interface; empty: nothing.
    pub problem: String,
    /// The same in a sentence.
    pub detail: String,
    /// Since when.
    pub problem_since: i64,
    /// Days since 1970 for which the next two count.
    pub quota_day: i64,
    /// Entries taken on that day.
    pub quota_entries: u64,
    /// Bytes of entries and bodies taken on that day.
    pub quota_bytes: u64,
}

/// Why the body of a mirrored record is not held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingReason {
    /// The log does not give it.
    Missing,
    /// It gives other bytes.
    Damaged,
    /// The body is of another kind than its entry says.
    Misfiled,
}

/// A record of a mirrored log whose body is not held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingBody {
    /// Log index.
    pub position: u64,
    /// Record digest.
    pub digest: Hash,
    /// Its kind, as the entry says.
    pub kind: String,
    /// Its length, as the entry says.
    pub length: u64,
    /// Why it is not held.
    pub reason: MissingReason,
    /// When it was first missed, in UTC seconds.
    pub since: i64,
}

/// A record that is held and that no verdict will rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidRecord {
    /// Record digest.
    pub digest: Hash,
    /// Log index at which it was found.
    pub position: u64,
    /// Why, in a sentence; cut at [`crate::MAX_VALUE_BYTES`].
    pub reason: String,
}

/// Words under which the store keeps an enum.
macro_rules! words {
    ($type:ident { $($variant:ident = $word:literal),* }, $table:literal, $column:literal) => {
        impl $type {
            /// The word by which it is known.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            fn read(row: &Row) -> Result<Self, Error> {
                match row.text($table, $column)?.as_str() {
                    $($word => Ok(Self::$variant),)*
                    _ => Err(Error::Inconsistent {
                        table: $table,
                        column: $column,
                        row: row.describe(),
                    }),
                }
            }
        }
    };
}

words!(Mode { Mirror = "mirror", Follower = "follower" }, "followed", "mode");
words!(
    FollowedState { Following = "following", Frozen = "frozen", Closed = "closed" },
    "followed",
    "state"
);
words!(
    MissingReason { Missing = "missing", Damaged = "damaged", Misfiled = "misfiled" },
    "missing_body",
    "reason"
);

impl Followed {
    /// A log that has never been asked.
    pub fn new(origin: &str, vkey: &str, url: &str, mode: Mode) -> Self {
        Self {
            origin: origin.to_owned(),
            vkey: vkey.to_owned(),
            url: url.to_owned(),
            mode,
            state: FollowedState::Following,
            seen_size: 0,
            seen_note: Vec::new(),
            checked_at: 0,
            reached_at: 0,
            problem: String::new(),
            detail: String::new(),
            problem_since: 0,
            quota_day: 0,
            quota_entries: 0,
            quota_bytes: 0,
        }
    }

    fn read(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            origin: row.text("followed", "origin")?,
            vkey: row.text("followed", "vkey")?,
            url: row.text("followed", "url")?,
            mode: Mode::read(row)?,
            state: FollowedState::read(row)?,
            seen_size: row.unsigned("followed", "seen_size")?,
            seen_note: row.bytes("followed", "seen_note")?,
            checked_at: row.integer("followed", "checked_at")?,
            reached_at: row.integer("followed", "reached_at")?,
            problem: row.text("followed", "problem")?,
            detail: row.text("followed", "detail")?,
            problem_since: row.integer("followed", "problem_since")?,
            quota_day: row.integer("followed", "quota_day")?,
            quota_entries: row.unsigned("followed", "quota_entries")?,
            quota_bytes: row.unsigned("followed", "quota_bytes")?,
        })
    }
}

impl MissingBody {
    fn read(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            position: row.unsigned("missing_body", "position")?,
            digest: row.hash("missing_body", "digest")?,
            kind: row.text("missing_body", "kind")?,
            length: row.unsigned("missing_body", "length")?,
            reason: MissingReason::read(row)?,
            since: row.integer("missing_body", "since")?,
        })
    }
}

impl Store {
    /// Makes room for a foreign log of which nothing is held; does nothing if it is there.
    /// `root` is that of the empty tree.
    pub async fn create_foreign_log(
        &self,
        origin: &str,
        vkey: &str,
        root: &Hash,
    ) -> Result<(), Error> {
        name("an origin", origin)?;
        name("a verifier key", vkey)?;
        let log = vec![
            Value::from(origin),
            Value::from(vkey),
            Value::from(root),
            Value::from([].as_slice()),
        ];
        self.engine.execute(sql::CREATE_FOREIGN_LOG, log).await?;
        Ok(())
    }

    /// A foreign log that is followed.
    pub async fn followed(&self, origin: &str) -> Result<Option<Followed>, Error> {
        let values = vec![Value::from(origin)];
        let row = self.engine.row(sql::FOLLOWED, values).await?;
        row.as_ref().map(Followed::read).transpose()
    }

    /// Every foreign log that is followed, by origin.
    pub async fn all_followed(&self) -> Result<Vec<Followed>, Error> {
        let rows = self.engine.rows(sql::ALL_FOLLOWED, Vec::new()).await?;
        rows.iter().map(Followed::read).collect()
    }

    /// Keeps what is known of a followed log; of one that is there, all but its state.
    pub async fn put_followed(&self, log: &Followed) -> Result<(), Error> {
        name("an origin", &log.origin)?;
        let values = vec![
            Value::from(log.origin.as_str()),
            Value::from(log.vkey.as_str()),
            Value::from(log.url.as_str()),
            Value::from(log.mode.word()),
            Value::from(log.state.word()),
            Value::unsigned(log.seen_size)?,
            Value::from(log.seen_note.as_slice()),
            Value::from(log.checked_at),
            Value::from(log.reached_at),
            Value::from(log.problem.as_str()),
            Value::from(log.detail.as_str()),
            Value::from(log.problem_since),
            Value::from(log.quota_day),
            Value::unsigned(log.quota_entries)?,
            Value::unsigned(log.quota_bytes)?,
        ];
        self.engine.execute(sql::PUT_FOLLOWED, values).await?;
        Ok(())
    }

    /// Freezes, closes or goes on following a log. One that is frozen stays so: what it lied about
    /// stays proved.
    pub async fn set_followed_state(
        &self,
        origin: &str,
        state: FollowedState,
    ) -> Result<(), Error> {
        let values = vec![Value::from(origin), Value::from(state.word())];
        self.engine.execute(sql::SET_FOLLOWED_STATE, values).await?;
        Ok(())
    }

    /// Follows a log no longer. What is held of it stays.
    pub async fn forget_followed(&self, origin: &str) -> Result<(), Error> {
        let values = vec![Value::from(origin)];
        self.engine.execute(sql::FORGET_FOLLOWED, values).await?;
        let values = vec![Value::from(origin)];
        self.engine.execute(sql::FORGET_EMPTY_LOG, values).await?;
        Ok(())
    }

    /// Up to `limit` missing bodies of a log from `position` on, in order.
    pub async fn missing_bodies(
        &self,
        origin: &str,
        position: u64,
        limit: usize,
    ) -> Result<Vec<MissingBody>, Error> {
        let values = crate::tree::range(origin, position, limit);
        let rows = self.engine.rows(sql::MISSING_BODIES, values).await?;
        rows.iter().map(MissingBody::read).collect()
    }

    /// How many bodies of a log are missing.
    pub async fn count_missing(&self, origin: &str) -> Result<u64, Error> {
        let values = vec![Value::from(origin)];
        let row = self.engine.row(sql::COUNT_MISSING, values).await?;
        row.map_or(Ok(0), |row| row.unsigned("missing_body", "bodies"))
    }

    /// Notes that bodies of a log are missing after all, or for another reason.
    pub async fn miss_bodies(&self, origin: &str, missing: &[MissingBody]) -> Result<(), Error> {
        let mut writing = self.engine.write().await?;
        insert_missing(&mut writing, origin, missing).await?;
        writing.commit().await
    }

    /// Takes bodies that were missing: the records at their places in the log, and positions
    /// whose body nobody needs any more. In one transaction.
    pub async fn supply(
        &self,
        origin: &str,
        records: &[NewRecord],
        invalid: &[InvalidRecord],
        excused: &[u64],
    ) -> Result<(), Error> {
        let mut writing = self.engine.write().await?;
        insert_records(&mut writing, origin, records).await?;
        insert_projections(&mut writing, records).await?;
        insert_invalid(&mut writing, origin, invalid).await?;
        let found = records.iter().map(|record| record.position);
        for position in found.chain(excused.iter().copied()) {
            let values = vec![Value::from(origin), Value::unsigned(position)?];
            writing.execute(sql::FOUND_BODY, values).await?;
        }
        writing.commit().await
    }

    /// Keeps of records that are held, and valid, everything under which they are looked up. Those
    /// of `nameless` were held without their names, and marked as invalid: they get their names,
    /// and count as invalid no longer. In one transaction, which may be repeated; bodies are left
    /// as they are.
    pub async fn project_again(
        &self,
        records: &[NewRecord],
        nameless: &[NewRecord],
    ) -> Result<(), Error> {
        let mut writing = self.engine.write().await?;
        for record in nameless {
            let names = vec![
                Value::from(&record.digest),
                Value::from(record.authority.as_str()),
                Value::from(record.issuer.as_str()),
                Value::from(record.id.as_str()),
                Value::from(&record.document_digest),
                Value::Integer(record.valid_from),
                Value::Integer(record.valid_until),
            ];
            writing.execute(sql::NAME_RECORD, names).await?;
            let digest = vec![Value::from(&record.digest)];
            writing.execute(sql::FORGET_INVALID, digest).await?;
        }
        insert_projections(&mut writing, records).await?;
        insert_projections(&mut writing, nameless).await?;
        writing.commit().await
    }

    /// Why a record that is held is not valid; `None` if it is, as far as was looked.
    pub async fn invalid_record(&self, digest: &Hash) -> Result<Option<String>, Error> {
        let values = vec![Value::from(digest)];
        let row = self.engine.row(sql::INVALID_RECORD, values).await?;
        row.map(|row| row.text("invalid_record", "reason"))
            .transpose()
    }
}

#[cfg(test)]
mod tests;
