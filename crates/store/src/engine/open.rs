//! Opening either engine: how it must be set up, and bringing its tables up to date.

use std::time::Duration;

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Database, Row as _, SqlSafeStr as _};

use super::{Engine, classify};
use crate::{Error, sql};

/// One set of migrations for both engines. Without the lock that sqlx would take: it
/// is an advisory lock of PostgreSQL, which its distributed relatives lack.
fn migrator() -> Migrator {
    let mut migrator = Migrator::with_migrations(vec![
        migration(
            1,
            "logs and records",
            include_str!("../../../../migrations/1_logs_and_records.sql"),
        ),
        migration(
            2,
            "federation",
            include_str!("../../../../migrations/2_federation.sql"),
        ),
    ]);
    migrator.set_locking(false);
    migrator
}

fn migration(version: i64, description: &'static str, sql: &'static str) -> Migration {
    let sql = sql.into_sql_str();
    Migration::new(
        version,
        description.into(),
        MigrationType::Simple,
        sql,
        false,
    )
}

/// How often opening is tried while another process may be doing the same: together
/// these attempts wait for over five seconds.
const OPENING_ATTEMPTS: u32 = 10;

/// How long SQLite waits for a writer in another process.
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);

/// Connections that read: enough to keep every core busy, few enough for a default
/// PostgreSQL (100 connections) to serve several processes.
const MAX_CONNECTIONS: u32 = 16;

/// Prepared statements kept by each connection: all of ours.
const STATEMENTS_KEPT: usize = 256;

/// Pages of the write-ahead log after which SQLite copies them back: 64 MB, so that a
/// large batch is not copied several times.
const CHECKPOINT_PAGES: &str = "16384";

/// Page cache of each SQLite connection, in KiB (negative, as SQLite wants it).
const CACHE_KIB: &str = "-65536";

/// Opens the database that `url` names, and waits for other processes that open it.
pub(super) async fn engine(url: &str) -> Result<Engine, Error> {
    let mut attempt = 1;
    loop {
        let opened = if url.starts_with("sqlite:") {
            sqlite(url).await
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            postgres(url).await
        } else {
            // The URL is not repeated: it may hold a password.
            let text = "the database URL must begin with sqlite: or postgres:";
            return Err(Error::Setup(text.to_owned()));
        };
        match opened {
            Err(error) if attempt < OPENING_ATTEMPTS && may_be_a_race(&error) => {
                tracing::debug!(attempt, %error, "opening the database again");
                tokio::time::sleep(Duration::from_millis(100) * attempt).await;
                attempt += 1;
            }
            result => return result,
        }
    }
}

/// A SQLite file, with the durability of a full commit and readers beside the writer.
async fn sqlite(url: &str) -> Result<Engine, Error> {
    let options: SqliteConnectOptions = url
        .parse()
        .map_err(|error| Error::Setup(format!("the SQLite URL cannot be read: {error}")))?;
    let in_memory = url.contains(":memory:") || url.contains("mode=memory");
    // FULL: a commit is on the disk before it is answered, also after a power cut.
    let options = options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY_TIMEOUT)
        .statement_cache_capacity(STATEMENTS_KEPT)
        .pragma("cache_size", CACHE_KIB)
        .pragma("wal_autocheckpoint", CHECKPOINT_PAGES);
    let writer = SqlitePoolOptions::new()
        .min_connections(1)
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.clone())
        .await
        .map_err(classify)?;
    migrate(&writer).await?;
    let readers = if in_memory {
        writer.clone()
    } else {
        SqlitePoolOptions::new()
            .max_connections(MAX_CONNECTIONS)
            .connect_with(options.pragma("query_only", "on"))
            .await
            .map_err(classify)?
    };
    Ok(Engine::Sqlite { writer, readers })
}

/// A PostgreSQL database, if it is set up so that answers can be relied on.
async fn postgres(url: &str) -> Result<Engine, Error> {
    let options: PgConnectOptions = url
        .parse()
        .map_err(|error| Error::Setup(format!("the PostgreSQL URL cannot be read: {error}")))?;
    let pool = PgPoolOptions::new()
        .max_connections(MAX_CONNECTIONS)
        .connect_with(options.statement_cache_capacity(STATEMENTS_KEPT))
        .await
        .map_err(classify)?;
    check_postgres(&pool).await?;
    migrate(&pool).await?;
    Ok(Engine::Postgres(pool))
}

/// Refuses a database that would order text otherwise than SQLite, or that answers
/// before a commit is on the disk.
async fn check_postgres(pool: &PgPool) -> Result<(), Error> {
    let row = sqlx::query(sql::POSTGRES_SETUP)
        .fetch_one(pool)
        .await
        .map_err(classify)?;
    let by_bytes: bool = row.try_get("by_bytes").map_err(classify)?;
    let collation: String = row.try_get("collation").map_err(classify)?;
    let encoding: String = row.try_get("encoding").map_err(classify)?;
    let commit: String = row.try_get("commit").map_err(classify)?;
    if !by_bytes || encoding != "UTF8" {
        return Err(Error::Setup(format!(
            "the PostgreSQL database has encoding {encoding} and collation {collation}; \
             it must have UTF8 and C. Create it so: CREATE DATABASE comity TEMPLATE template0 \
             ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
        )));
    }
    if commit == "off" {
        return Err(Error::Setup(
            "PostgreSQL answers before a commit is on the disk: set synchronous_commit = on"
                .to_owned(),
        ));
    }
    Ok(())
}

/// Brings the tables up to date.
async fn migrate<DB>(pool: &sqlx::Pool<DB>) -> Result<(), Error>
where
    DB: Database,
    DB::Connection: sqlx::migrate::Migrate,
{
    let mut connection = pool.acquire().await.map_err(classify)?;
    let Err(error) = migrator().run_direct(None, &mut *connection, false).await else {
        return Ok(());
    };
    // A failed migration may have left its transaction open.
    connection.close().await.map_err(classify)?;
    Err(match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => classify(error),
        other => Error::Setup(format!("the tables cannot be brought up to date: {other}")),
    })
}

/// Whether opening may have failed only because another process was doing the same:
/// one of them finds the other's half done tables, or a locked file.
fn may_be_a_race(error: &Error) -> bool {
    match error {
        Error::Conflict { .. } => true,
        Error::Unavailable(sqlx::Error::Database(error)) => {
            let code = error.code().unwrap_or_default();
            // Not a wrong password or an unknown database.
            !code.starts_with("28") && !code.starts_with("3D")
        }
        _ => false,
    }
}
