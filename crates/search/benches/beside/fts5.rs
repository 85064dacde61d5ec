//! FTS5 of `SQLite`, with plain tables for numbers, codes and facts.

use std::path::PathBuf;

use comity_search::Document;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, QueryBuilder, Sqlite, SqliteConnection};
use tokio::runtime::Runtime;

use super::documents::Plain;
use super::questions::{Class, Question};
use crate::{Engine, HITS, folder_bytes};

/// Rows of one statement.
const ROWS: usize = 500;

const TABLES: &str = "
    create table record (id integer primary key, kind text, status text, scheme text, year integer, attestation text);
    create table number (number text, id integer);
    create table code (code text, id integer);
    create table side (side text, id integer);
    create virtual table found using fts5(text, content='', prefix='4');";
const INDEXES: &str = "
    create index number_of on number (number);
    create index code_of on code (code, id);
    create index side_of on side (id, side);
    analyze;";

pub(crate) struct Fts5 {
    folder: PathBuf,
    runtime: Runtime,
    connection: SqliteConnection,
    count: i64,
}

impl Fts5 {
    pub(crate) fn new(folder: PathBuf) -> Fts5 {
        std::fs::create_dir_all(&folder).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let options = SqliteConnectOptions::new()
            .filename(folder.join("found.db"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Off)
            .synchronous(SqliteSynchronous::Off)
            .pragma("cache_size", "-200000");
        let connection = runtime.block_on(async {
            let mut connection = options.connect().await.unwrap();
            sqlx::raw_sql(TABLES)
                .execute(&mut connection)
                .await
                .unwrap();
            connection
        });
        Fts5 {
            folder,
            runtime,
            connection,
            count: 0,
        }
    }
}

async fn insert(connection: &mut SqliteConnection, plain: &[(i64, Plain)]) {
    for rows in plain.chunks(ROWS) {
        let mut records = QueryBuilder::<Sqlite>::new("insert into record ");
        records.push_values(rows, |mut row, (id, plain)| {
            row.push_bind(*id)
                .push_bind(plain.kind.as_str())
                .push_bind(plain.status.as_str())
                .push_bind(plain.scheme.as_str())
                .push_bind(plain.year)
                .push_bind(plain.attestation.as_str());
        });
        records.build().execute(&mut *connection).await.unwrap();
        let mut texts = QueryBuilder::<Sqlite>::new("insert into found (rowid, text) ");
        texts.push_values(rows, |mut row, (id, plain)| {
            row.push_bind(*id)
                .push_bind(format!("{}\n{}", plain.title, plain.text));
        });
        texts.build().execute(&mut *connection).await.unwrap();
        for (table, of) in [
            ("number", numbers as fn(&Plain) -> &[String]),
            ("code", codes),
            ("side", sides),
        ] {
            let pairs: Vec<(&str, i64)> = rows
                .iter()
                .flat_map(|(id, plain)| of(plain).iter().map(|value| (value.as_str(), *id)))
                .collect();
            for pairs in pairs.chunks(ROWS) {
                let mut values = QueryBuilder::<Sqlite>::new(format!("insert into {table} "));
                values.push_values(pairs, |mut row, (value, id)| {
                    row.push_bind(*value).push_bind(*id);
                });
                values.build().execute(&mut *connection).await.unwrap();
            }
        }
    }
}

fn numbers(plain: &Plain) -> &[String] {
    &plain.numbers
}

fn codes(plain: &Plain) -> &[String] {
    &plain.hs
}

fn sides(plain: &Plain) -> &[String] {
    &plain.sides
}

impl Engine for Fts5 {
    fn name(&self) -> &'static str {
        "FTS5"
    }

    fn add(&mut self, documents: &[Document]) {
        let first = self.count;
        let plain: Vec<(i64, Plain)> = (first..).zip(documents.iter().map(Plain::from)).collect();
        self.count += i64::try_from(plain.len()).unwrap();
        let connection = &mut self.connection;
        self.runtime.block_on(async {
            let mut transaction = connection.begin().await.unwrap();
            insert(&mut transaction, &plain).await;
            transaction.commit().await.unwrap();
        });
    }

    fn finish(&mut self) {
        let made = sqlx::raw_sql(INDEXES).execute(&mut self.connection);
        self.runtime.block_on(made).unwrap();
    }

    fn ask(&mut self, question: &Question) -> Option<usize> {
        let text = &question.text;
        let best = format!("order by rank limit {HITS}");
        let found = "select rowid from found where found match ?";
        let statements: Vec<String> = match question.class {
            Class::Fuzzy => return None,
            Class::Number => vec![format!("select id from number where number = ? limit {HITS}")],
            Class::Hs => vec![format!("select id from code where code >= ?1 and code < ?1 || ':' limit {HITS}")],
            Class::Word | Class::Words | Class::Phrase | Class::Prefix => vec![format!("{found} {best}")],
            Class::Facets => ["kind", "status", "scheme", "year"]
                .iter()
                .map(|name| format!("select count(*) from record where id in ({found}) group by {name}"))
                .chain([format!("{found} {best}")])
                .collect(),
            Class::RecognisedIn => vec![format!(
                "select found.rowid from found join record on record.id = found.rowid join side on side.id = found.rowid
                 where found match ? and side = ? and attestation = ? {best}"
            )],
        };
        let bound = match question.class {
            Class::Number | Class::Hs => text.clone(),
            Class::Phrase => format!("\"{text}\""),
            Class::Prefix => format!("\"{text}\" *"),
            Class::Words => quoted(text).join(" AND "),
            _ => quoted(text).join(" "),
        };
        let mut hits = 0;
        for statement in &statements {
            let mut query = sqlx::query(sqlx::AssertSqlSafe(statement.as_str())).bind(&bound);
            if let Some((side, attestation)) = &question.way {
                query = query.bind(side).bind(attestation);
            }
            let rows = self.runtime.block_on(query.fetch_all(&mut self.connection));
            hits = rows.unwrap().len();
        }
        Some(hits)
    }

    fn bytes(&mut self) -> u64 {
        folder_bytes(&self.folder)
    }
}

fn quoted(text: &str) -> Vec<String> {
    text.split(' ').map(|word| format!("\"{word}\"")).collect()
}
