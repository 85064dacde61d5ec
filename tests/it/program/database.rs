//! Where a node of a test keeps its records: SQLite, and PostgreSQL where there is a server.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::Connection as _;

use super::http::block_on;

/// One empty database; that on a server is dropped with this.
pub(crate) enum Database {
    /// The default of a node: a file in its folder.
    Sqlite,
    Postgres {
        server: String,
        name: String,
    },
}

impl Database {
    /// One of each kind that is there; the reason is printed where there is no server.
    pub(crate) fn each() -> Vec<Self> {
        std::iter::once(Self::Sqlite)
            .chain(Self::postgres())
            .collect()
    }

    /// A new one on the server that `COMITY_TEST_POSTGRES` names, with the C collation.
    pub(crate) fn postgres() -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let Ok(server) = std::env::var("COMITY_TEST_POSTGRES") else {
            eprintln!("skipped: PostgreSQL, because COMITY_TEST_POSTGRES is not set");
            return None;
        };
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("comity_journey_{}_{count}", std::process::id());
        let setup = "TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'";
        on_server(
            &server,
            format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
        );
        on_server(&server, format!("CREATE DATABASE {name} {setup}"));
        Some(Self::Postgres { server, name })
    }

    /// Its URL; none for the default.
    pub(crate) fn url(&self) -> Option<String> {
        let Self::Postgres { server, name } = self else {
            return None;
        };
        let (address, options) = match server.split_once('?') {
            Some((address, options)) => (address, format!("?{options}")),
            None => (server.as_str(), String::new()),
        };
        let (host, _) = address.rsplit_once('/').unwrap();
        Some(format!("{host}/{name}{options}"))
    }

    /// Copies one on a server, as an operator's backup does; nobody may be using it. A file is in
    /// the folder of its node and copied with that.
    pub(crate) fn is_copied(&self) {
        if let Self::Postgres { server, name } = self {
            on_server(
                server,
                format!("CREATE DATABASE {name}_copy TEMPLATE {name}"),
            );
        }
    }

    /// Puts the copy in its place.
    pub(crate) fn is_put_back(&self) {
        if let Self::Postgres { server, name } = self {
            on_server(server, format!("DROP DATABASE {name} WITH (FORCE)"));
            on_server(
                server,
                format!("ALTER DATABASE {name}_copy RENAME TO {name}"),
            );
        }
    }

    /// The option of `comity node init` that names it.
    pub(crate) fn option(&self) -> String {
        self.url()
            .map_or_else(String::new, |url| format!(" --database '{url}'"))
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Self::Postgres { server, name } = self
            && !std::thread::panicking()
        {
            on_server(
                server,
                format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
            );
        }
    }
}

fn on_server(server: &str, statement: String) {
    block_on(async {
        let mut connection = sqlx::PgConnection::connect(server).await.unwrap();
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement))
            .execute(&mut connection)
            .await
            .unwrap();
    });
}
