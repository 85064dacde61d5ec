//! Full text of `PostgreSQL`, with plain tables for numbers, codes and facts.

use comity_search::Document;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, PgConnection, Row as _};
use tokio::runtime::Runtime;

use super::documents::Plain;
use super::questions::{Class, Question};
use crate::{Engine, HITS};

const TABLES: &str = "
    drop schema if exists beside cascade;
    create schema beside;
    set search_path = beside;
    create unlogged table record (id bigint primary key, kind text, status text, scheme text, year integer, attestation text,
        sides text[], found tsvector);
    create unlogged table number (number text, id bigint);
    create unlogged table code (code text collate \"C\", id bigint);";
const INDEXES: &str = "
    create index number_of on number (number);
    create index code_of on code (code);
    create index found_of on record using gin (found);
    analyze;";

pub(crate) struct Postgres {
    runtime: Runtime,
    connection: PgConnection,
    count: i64,
}

impl Postgres {
    pub(crate) fn new(url: &str) -> Postgres {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let connection = runtime.block_on(async {
            let options: PgConnectOptions = url.parse().unwrap();
            let mut connection = options.connect().await.unwrap();
            sqlx::raw_sql(TABLES)
                .execute(&mut connection)
                .await
                .unwrap();
            connection
        });
        Postgres {
            runtime,
            connection,
            count: 0,
        }
    }
}

/// Values and, beside each, the document that has it.
fn pairs<'a>(
    plain: &'a [Plain],
    first: i64,
    of: impl Fn(&'a Plain) -> &'a [String],
) -> (Vec<&'a str>, Vec<i64>) {
    let with = (first..).zip(plain);
    with.flat_map(|(id, plain)| of(plain).iter().map(move |value| (value.as_str(), id)))
        .unzip()
}

async fn insert(connection: &mut PgConnection, plain: &[Plain], first: i64) {
    let ids: Vec<i64> = (first..).take(plain.len()).collect();
    let column = |of: fn(&Plain) -> &str| -> Vec<&str> { plain.iter().map(of).collect() };
    let years: Vec<i32> = plain.iter().map(|plain| plain.year).collect();
    let sides: Vec<String> = plain
        .iter()
        .map(|plain| plain.sides.join("\u{1f}"))
        .collect();
    sqlx::query(
        "insert into record select id, kind, status, scheme, year, attestation, string_to_array(sides, E'\\x1f'),
            setweight(to_tsvector('simple', title), 'A') || to_tsvector('simple', body)
         from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::integer[], $6::text[], $7::text[], $8::text[], $9::text[])
            as row (id, kind, status, scheme, year, attestation, sides, title, body)",
    )
    .bind(&ids)
    .bind(column(|plain| &plain.kind))
    .bind(column(|plain| &plain.status))
    .bind(column(|plain| &plain.scheme))
    .bind(&years)
    .bind(column(|plain| &plain.attestation))
    .bind(&sides)
    .bind(column(|plain| &plain.title))
    .bind(column(|plain| &plain.text))
    .execute(&mut *connection)
    .await
    .unwrap();
    for (table, (values, ids)) in [
        ("number", pairs(plain, first, |plain| &plain.numbers)),
        ("code", pairs(plain, first, |plain| &plain.hs)),
    ] {
        let statement =
            format!("insert into {table} select * from unnest($1::text[], $2::bigint[])");
        sqlx::query(sqlx::AssertSqlSafe(statement))
            .bind(&values)
            .bind(&ids)
            .execute(&mut *connection)
            .await
            .unwrap();
    }
}

impl Engine for Postgres {
    fn name(&self) -> &'static str {
        "PostgreSQL"
    }

    fn add(&mut self, documents: &[Document]) {
        let plain: Vec<Plain> = documents.iter().map(Plain::from).collect();
        let first = self.count;
        self.count += i64::try_from(plain.len()).unwrap();
        self.runtime
            .block_on(insert(&mut self.connection, &plain, first));
    }

    fn finish(&mut self) {
        let made = sqlx::raw_sql(INDEXES).execute(&mut self.connection);
        self.runtime.block_on(made).unwrap();
    }

    fn ask(&mut self, question: &Question) -> Option<usize> {
        let text = &question.text;
        let found = "found @@ to_tsquery('simple', $1)";
        let best = format!("order by ts_rank(found, to_tsquery('simple', $1)) desc limit {HITS}");
        let statements: Vec<String> = match question.class {
            Class::Fuzzy => return None,
            Class::Number => vec![format!(
                "select id from number where number = $1 limit {HITS}"
            )],
            Class::Hs => vec![format!(
                "select id from code where code >= $1 and code < $1 || ':' limit {HITS}"
            )],
            Class::Word | Class::Words | Class::Phrase | Class::Prefix => {
                vec![format!("select id from record where {found} {best}")]
            }
            Class::Facets => ["kind", "status", "scheme", "year"]
                .iter()
                .map(|name| format!("select count(*) from record where {found} group by {name}"))
                .chain([format!("select id from record where {found} {best}")])
                .collect(),
            Class::RecognisedIn => {
                vec![format!(
                    "select id from record where {found} and sides @> array[$2] and attestation = $3 {best}"
                )]
            }
        };
        let bound = match question.class {
            Class::Phrase => text.replace(' ', " <-> "),
            Class::Words => text.replace(' ', " & "),
            Class::Prefix => format!("{text}:*"),
            _ => text.clone(),
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
        let sized = sqlx::query(
            "select sum(pg_total_relation_size(oid))::bigint from pg_class
             where relnamespace = 'beside'::regnamespace and relkind = 'r'",
        );
        let row = self
            .runtime
            .block_on(sized.fetch_one(&mut self.connection))
            .unwrap();
        u64::try_from(row.get::<i64, _>(0)).unwrap()
    }
}
