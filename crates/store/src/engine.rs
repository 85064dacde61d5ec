//! The two engines, and everything in which they differ: how they are opened, how a
//! write transaction begins and how their errors read. Above this file nobody knows
//! which one it is.

mod open;

use std::borrow::Cow;

use sqlx::postgres::{PgPool, PgRow};
use sqlx::sqlite::{SqliteError, SqlitePool, SqliteRow};
use sqlx::{
    AssertSqlSafe, Decode, Postgres, Row as _, SqlSafeStr, SqlStr, Sqlite, Transaction, Type,
};

use crate::{Error, Hash};

#[derive(Debug, Clone)]
pub(crate) enum Engine {
    /// One connection writes, others read beside it (WAL). In memory there is only
    /// the one, and both pools are the same.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
    },
    Postgres(PgPool),
}

/// One write transaction. Dropped without [`Writing::commit`], it leaves nothing.
pub(crate) enum Writing {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// One row of an answer.
pub(crate) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

/// One parameter: the only three types of the schema.
#[derive(Debug, Clone)]
pub(crate) enum Value<'a> {
    Integer(Option<i64>),
    Text(Cow<'a, str>),
    Bytes(Option<Cow<'a, [u8]>>),
}

/// Binds values in order. A macro because each engine's query is a type of its own.
macro_rules! bound {
    ($sql:expr, $values:expr) => {{
        let mut query = sqlx::query($sql);
        for value in $values {
            query = match value {
                Value::Integer(value) => query.bind(value),
                Value::Text(value) => query.bind(value),
                Value::Bytes(value) => query.bind(value),
            };
        }
        query
    }};
}

impl Engine {
    pub(crate) async fn open(url: &str) -> Result<Self, Error> {
        open::engine(url).await
    }

    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }

    /// All rows of a statement that reads.
    pub(crate) async fn rows(
        &self,
        sql: impl SqlSafeStr,
        values: Vec<Value<'_>>,
    ) -> Result<Vec<Row>, Error> {
        let rows = match self {
            Self::Sqlite { readers, .. } => bound!(sql, values)
                .fetch_all(readers)
                .await
                .map(|rows| rows.into_iter().map(Row::Sqlite).collect()),
            Self::Postgres(pool) => bound!(sql, values)
                .fetch_all(pool)
                .await
                .map(|rows| rows.into_iter().map(Row::Postgres).collect()),
        };
        rows.map_err(classify)
    }

    /// The first row of a statement that reads.
    pub(crate) async fn row(
        &self,
        sql: impl SqlSafeStr,
        values: Vec<Value<'_>>,
    ) -> Result<Option<Row>, Error> {
        let row = match self {
            Self::Sqlite { readers, .. } => bound!(sql, values)
                .fetch_optional(readers)
                .await
                .map(|row| row.map(Row::Sqlite)),
            Self::Postgres(pool) => bound!(sql, values)
                .fetch_optional(pool)
                .await
                .map(|row| row.map(Row::Postgres)),
        };
        row.map_err(classify)
    }

    /// Runs one statement that writes, in a transaction of its own, and answers how
    /// many rows it met.
    pub(crate) async fn execute(
        &self,
        sql: impl SqlSafeStr,
        values: Vec<Value<'_>>,
    ) -> Result<u64, Error> {
        let met = match self {
            Self::Sqlite { writer, .. } => bound!(sql, values)
                .execute(writer)
                .await
                .map(|done| done.rows_affected()),
            Self::Postgres(pool) => bound!(sql, values)
                .execute(pool)
                .await
                .map(|done| done.rows_affected()),
        };
        met.map_err(classify)
    }

    /// Begins a write transaction. SQLite takes its write lock at once: one that
    /// begins by reading could not wait for another writer.
    pub(crate) async fn write(&self) -> Result<Writing, Error> {
        let writing = match self {
            Self::Sqlite { writer, .. } => begin_sqlite(writer).await.map(Writing::Sqlite),
            Self::Postgres(pool) => begin_postgres(pool.clone()).await.map(Writing::Postgres),
        };
        writing.map_err(classify)
    }
}

impl Writing {
    /// Runs one statement and answers how many rows it met.
    pub(crate) async fn execute(
        &mut self,
        sql: impl SqlSafeStr,
        values: Vec<Value<'_>>,
    ) -> Result<u64, Error> {
        let met = match self {
            Self::Sqlite(transaction) => bound!(sql, values)
                .execute(&mut **transaction)
                .await
                .map(|done| done.rows_affected()),
            Self::Postgres(transaction) => bound!(sql, values)
                .execute(&mut **transaction)
                .await
                .map(|done| done.rows_affected()),
        };
        met.map_err(classify)
    }

    /// The first row, as this transaction sees it.
    pub(crate) async fn row(
        &mut self,
        sql: impl SqlSafeStr,
        values: Vec<Value<'_>>,
    ) -> Result<Option<Row>, Error> {
        let row = match self {
            Self::Sqlite(transaction) => bound!(sql, values)
                .fetch_optional(&mut **transaction)
                .await
                .map(|row| row.map(Row::Sqlite)),
            Self::Postgres(transaction) => bound!(sql, values)
                .fetch_optional(&mut **transaction)
                .await
                .map(|row| row.map(Row::Postgres)),
        };
        row.map_err(classify)
    }

    /// How many parameters a statement of many rows should have at most. sqlx asks
    /// SQLite for the name of each one, which SQLite seeks from the first: the cost
    /// grows with the square (3,584 parameters: twice the time of a whole batch).
    /// PostgreSQL gains by fewer round trips; its limit is 65,535.
    pub(crate) fn most_parameters(&self) -> usize {
        match self {
            Self::Sqlite(_) => 256,
            Self::Postgres(_) => 4_096,
        }
    }

    /// Makes it durable.
    pub(crate) async fn commit(self) -> Result<(), Error> {
        let done = match self {
            Self::Sqlite(transaction) => transaction.commit().await,
            Self::Postgres(transaction) => transaction.commit().await,
        };
        done.map_err(classify)
    }
}

impl Row {
    pub(crate) fn text(&self, table: &'static str, column: &'static str) -> Result<String, Error> {
        self.get(table, column)
    }

    pub(crate) fn bytes(
        &self,
        table: &'static str,
        column: &'static str,
    ) -> Result<Vec<u8>, Error> {
        self.get(table, column)
    }

    pub(crate) fn integer(&self, table: &'static str, column: &'static str) -> Result<i64, Error> {
        self.get(table, column)
    }

    /// A size or position: never negative.
    pub(crate) fn unsigned(&self, table: &'static str, column: &'static str) -> Result<u64, Error> {
        u64::try_from(self.integer(table, column)?).map_err(|_| self.inconsistent(table, column))
    }

    pub(crate) fn hash(&self, table: &'static str, column: &'static str) -> Result<Hash, Error> {
        Hash::try_from(self.bytes(table, column)?).map_err(|_| self.inconsistent(table, column))
    }

    pub(crate) fn optional<T>(
        &self,
        table: &'static str,
        column: &'static str,
    ) -> Result<Option<T>, Error>
    where
        T: for<'r> Decode<'r, Sqlite>
            + Type<Sqlite>
            + for<'r> Decode<'r, Postgres>
            + Type<Postgres>,
    {
        self.get(table, column)
    }

    /// Names the row by its first column, for people.
    pub(crate) fn describe(&self) -> String {
        if let Ok(text) = self.first::<String>() {
            text
        } else if let Ok(number) = self.first::<i64>() {
            number.to_string()
        } else if let Ok(bytes) = self.first::<Vec<u8>>() {
            hex::encode(bytes)
        } else {
            "unreadable".to_owned()
        }
    }

    fn get<T>(&self, table: &'static str, column: &'static str) -> Result<T, Error>
    where
        T: for<'r> Decode<'r, Sqlite>
            + Type<Sqlite>
            + for<'r> Decode<'r, Postgres>
            + Type<Postgres>,
    {
        let value = match self {
            Self::Sqlite(row) => row.try_get(column),
            Self::Postgres(row) => row.try_get(column),
        };
        value.map_err(|_| self.inconsistent(table, column))
    }

    fn first<T>(&self) -> Result<T, sqlx::Error>
    where
        T: for<'r> Decode<'r, Sqlite>
            + Type<Sqlite>
            + for<'r> Decode<'r, Postgres>
            + Type<Postgres>,
    {
        match self {
            Self::Sqlite(row) => row.try_get(0),
            Self::Postgres(row) => row.try_get(0),
        }
    }

    fn inconsistent(&self, table: &'static str, column: &'static str) -> Error {
        Error::Inconsistent {
            table,
            column,
            row: self.describe(),
        }
    }
}

impl Value<'_> {
    /// A size or position. No log reaches 2^63 entries.
    pub(crate) fn unsigned(value: u64) -> Result<Self, Error> {
        let value = i64::try_from(value).map_err(|_| Error::Contradiction {
            reason: "a size or position is beyond 2^63".to_owned(),
        })?;
        Ok(Self::Integer(Some(value)))
    }

    /// A position from which to read: beyond 2^63 there is nothing.
    pub(crate) fn position(value: u64) -> Self {
        Self::Integer(Some(i64::try_from(value).unwrap_or(i64::MAX)))
    }

    pub(crate) fn limit(value: usize) -> Self {
        Self::Integer(Some(i64::try_from(value).unwrap_or(i64::MAX)))
    }

    pub(crate) fn owned(bytes: Vec<u8>) -> Self {
        Self::Bytes(Some(Cow::Owned(bytes)))
    }
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Self::Integer(Some(value))
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(Cow::Borrowed(value))
    }
}

impl<'a> From<&'a &'a str> for Value<'a> {
    fn from(value: &'a &'a str) -> Self {
        Self::from(*value)
    }
}

impl<'a> From<&'a [u8]> for Value<'a> {
    fn from(value: &'a [u8]) -> Self {
        Self::Bytes(Some(Cow::Borrowed(value)))
    }
}

impl<'a> From<&'a Hash> for Value<'a> {
    fn from(value: &'a Hash) -> Self {
        Self::from(value.as_slice())
    }
}

/// Begins on SQLite. A full disk ends a transaction below the driver, which then takes its
/// connection for still being in one: such a connection is closed, and a new one begins.
async fn begin_sqlite(
    writer: &sqlx::SqlitePool,
) -> Result<sqlx::Transaction<'static, sqlx::Sqlite>, sqlx::Error> {
    match writer.begin_with("BEGIN IMMEDIATE").await {
        Err(sqlx::Error::InvalidSavePointStatement) => {
            writer.acquire().await?.close().await?;
            writer.begin_with("BEGIN IMMEDIATE").await
        }
        begun => begun,
    }
}

/// Begins in a task of its own, which goes on when the caller is dropped: sqlx 0.9
/// forgets a transaction whose BEGIN was sent but not yet answered, and would give its
/// connection, still inside it, to the next one. A transaction that has begun is
/// rolled back when it is dropped.
async fn begin_postgres(pool: PgPool) -> Result<Transaction<'static, Postgres>, sqlx::Error> {
    let begun = tokio::spawn(async move { pool.begin().await }).await;
    // The task fails only when the runtime ends, or sqlx panics.
    begun.unwrap_or(Err(sqlx::Error::WorkerCrashed))
}

/// Sorts an error of either engine by what the caller can do about it.
fn classify(error: sqlx::Error) -> Error {
    let sqlx::Error::Database(database) = &error else {
        return Error::Unavailable(error);
    };
    if database.is_unique_violation() {
        let constraint = database
            .constraint()
            .unwrap_or_else(|| database.message())
            .to_owned();
        return Error::Conflict { constraint };
    }
    let code = database.code().unwrap_or_default();
    let unwritable = if database.try_downcast_ref::<SqliteError>().is_some() {
        // The low byte is the primary code: IOERR, READONLY, FULL, CANTOPEN.
        let primary = code.parse::<i64>().unwrap_or(0) & 0xff;
        matches!(primary, 8 | 10 | 13 | 14)
    } else {
        // disk_full, read_only_sql_transaction.
        matches!(&*code, "53100" | "25006")
    };
    if unwritable {
        let reason = database.message().to_owned();
        return Error::Unwritable { reason };
    }
    Error::Unavailable(error)
}

/// A statement made by this crate from its own constants and numbered parameters.
pub(crate) fn made(text: String) -> SqlStr {
    AssertSqlSafe(std::sync::Arc::<str>::from(text)).into_sql_str()
}

#[cfg(test)]
mod tests;
