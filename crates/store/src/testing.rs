//! A fresh database for a test, on each engine that is there.
//!
//! SQLite always; PostgreSQL where the variable [`POSTGRES`] names a server on which
//! databases may be made (`tests/postgres.sh` starts one), otherwise the reason for
//! leaving it out is printed.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::Store;

/// The environment variable with the URL of a PostgreSQL server for tests.
pub const POSTGRES: &str = "COMITY_TEST_POSTGRES";

/// One empty database, gone when this is dropped.
#[derive(Debug)]
pub struct Scratch {
    url: String,
    /// Removes the files of SQLite.
    _directory: Option<tempfile::TempDir>,
    /// What to drop on which PostgreSQL server.
    database: Option<(String, String)>,
}

impl Scratch {
    /// A SQLite file in a directory of its own.
    ///
    /// # Panics
    /// If no directory can be made.
    pub fn sqlite() -> Self {
        let directory = tempfile::tempdir().expect("a test needs a temporary directory");
        let file = directory.path().join("test.sqlite");
        Self {
            url: format!("sqlite://{}", file.display()),
            _directory: Some(directory),
            database: None,
        }
    }

    /// A PostgreSQL database with the C collation, or `None` (with the reason on
    /// standard error) where there is no server.
    ///
    /// # Panics
    /// If there is a server and the database cannot be made.
    pub fn postgres() -> Option<Self> {
        let setup = "TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'";
        Self::postgres_with(setup)
    }

    /// The same, made with other options of `CREATE DATABASE`.
    #[expect(
        clippy::disallowed_methods,
        reason = "only tests read this, and they have no other configuration"
    )]
    pub(crate) fn postgres_with(setup: &str) -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let Ok(server) = std::env::var(POSTGRES) else {
            eprintln!("skipped: PostgreSQL, because {POSTGRES} is not set");
            return None;
        };
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("comity_test_{}_{count}", std::process::id());
        run(
            &server,
            format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
        );
        run(&server, format!("CREATE DATABASE {name} {setup}"));
        let (address, options) = server
            .split_once('?')
            .map_or((server.as_str(), String::new()), |(address, options)| {
                (address, format!("?{options}"))
            });
        let (host, _) = address
            .rsplit_once('/')
            .expect("the URL of the test server ends with /database");
        let url = format!("{host}/{name}{options}");
        Some(Self {
            url,
            _directory: None,
            database: Some((server, name)),
        })
    }

    /// One on each engine that is there.
    pub fn each() -> Vec<Self> {
        std::iter::once(Self::sqlite())
            .chain(Self::postgres())
            .collect()
    }

    /// For [`Store::open`].
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Opens it, as often as wanted.
    ///
    /// # Panics
    /// If it cannot be opened.
    pub async fn open(&self) -> Store {
        let opened = Store::open(&self.url).await;
        opened.expect("a fresh test database can be opened")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.database {
            // What stays behind after a failure goes with the throw-away server.
            try_run(
                server,
                format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
            );
        }
    }
}

fn run(server: &str, statement: String) {
    let done = try_run(server, statement);
    assert!(done, "the PostgreSQL server for tests failed");
}

/// Runs one statement on a thread of its own, so that it works in `drop` and inside
/// any runtime.
fn try_run(server: &str, statement: String) -> bool {
    let server = server.to_owned();
    let thread = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a test can have a runtime");
        runtime.block_on(async {
            let mut connection = PgConnection::connect(&server)
                .await
                .expect("the PostgreSQL server for tests answers");
            sqlx::raw_sql(AssertSqlSafe(statement))
                .execute(&mut connection)
                .await
                .expect("the PostgreSQL server for tests makes and drops databases");
        });
    });
    thread.join().is_ok()
}
