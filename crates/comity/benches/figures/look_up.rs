//! Looking a record up over HTTP, and asking the question in process.

use std::sync::Arc;
use std::time::{Duration, Instant};

use comity_model::product::ProductCode;
use comity_node::counting::CountingQuery;
use comity_node::recognise::{Ask, selector};
use comity_node::remote::Remote;
use comity_node::search::{SearchRequest, SortOrder};
use comity_node::statistics::{Counted, Dimension, Population, StatisticsQuery};
use sqlx::Row as _;

use super::publish::Served;
use crate::micros;

/// Requests of one run.
const REQUESTS: usize = 20_000;
/// Connections at a time.
const CONNECTIONS: usize = 16;

/// A record's bytes by digest, against a bare primary-key select behind the same server.
pub(crate) async fn by_digest(served: &Served) {
    let bare = bare_server(&served.database).await;
    let mut bare_rates = Vec::new();
    let mut ours = Vec::new();
    for _ in 0..3 {
        bare_rates.push(rate(&bare, "/", &served.digests).await);
        ours.push(rate(&served.address, "/record/", &served.digests).await);
    }
    let (bare, ours) = (middle(bare_rates), middle(ours));
    println!("look up a record by digest, {CONNECTIONS} connections, load from the same machine");
    println!("  bare primary-key select over axum          {bare:8.0} /s   1.00");
    println!(
        "  GET /record/<digest>                       {ours:8.0} /s   {:.2}\n",
        ours / bare
    );
}

/// Verdicts in process: gathering the evidence from a warm node, and deciding.
pub(crate) async fn verdicts(served: &Served) {
    let asked = served
        .digests
        .get(..served.digests.len().min(2_000))
        .unwrap();
    for digest in asked {
        served
            .node
            .recognise(Ask::new(selector(digest, None), "SE"))
            .await
            .unwrap();
    }
    let start = Instant::now();
    for digest in asked {
        served
            .node
            .recognise(Ask::new(selector(digest, None), "SE"))
            .await
            .unwrap();
    }
    println!("verdict in process");
    println!(
        "  gather and decide, evidence warm           {:8.1} us",
        micros(start.elapsed(), asked.len())
    );
}

/// A page of what counts in a destination: what the index leaves out, and what is judged.
pub(crate) async fn counting(served: &Served) {
    const PAGES: usize = 20;
    let asked = async |economy: &str, hs: Option<&str>, limit: usize| {
        let query = CountingQuery {
            request: SearchRequest {
                sort: SortOrder::Newest,
                limit,
                ..SearchRequest::default()
            },
            in_economy: economy.to_owned(),
            code: hs.and_then(|hs| ProductCode::hs(hs, None)),
            on: None,
        };
        let start = Instant::now();
        let mut found = served.node.counting(query.clone()).await.unwrap();
        for _ in 1..PAGES {
            found = served.node.counting(query.clone()).await.unwrap();
        }
        (micros(start.elapsed(), PAGES), found)
    };
    println!("a page of what counts in a destination, evidence warm");
    for (about, economy, hs, limit) in [
        ("20 of its own bodies", "SE", None, 20),
        ("100 of its own bodies", "SE", None, 100),
        ("of a product that none covers", "SE", Some("0101.21"), 20),
        ("of a destination that nothing reaches", "KZ", None, 20),
    ] {
        let (micros, found) = asked(economy, hs, limit).await;
        println!(
            "  {about:40} {micros:10.1} us, {} judged of {} candidates",
            found.judged, found.candidates
        );
    }
}

/// Every certificate counted as of a day, by three properties.
pub(crate) async fn statistics(served: &Served) {
    let mut query = StatisticsQuery::new(Population::Certificates);
    query.by = vec![Dimension::Economy, Dimension::Chapter, Dimension::Month];
    let start = Instant::now();
    let counted = served.node.statistics(query, Duration::MAX).await.unwrap();
    let elapsed = start.elapsed();
    let Counted::Done(counted) = counted else {
        panic!("{counted:?}");
    };
    let records: u64 = counted.totals.iter().flatten().take(1).sum();
    println!(
        "statistics of {records} certificates, {} groups",
        counted.rows.len()
    );
    println!(
        "  one pass, each record examined             {:8.1} us a record",
        micros(elapsed, served.digests.len())
    );
}

async fn rate(address: &str, path: &str, digests: &[String]) -> f64 {
    let remote = Remote::new(address).unwrap();
    let digests: Arc<[String]> = digests.into();
    let start = Instant::now();
    let mut tasks = Vec::new();
    for connection in 0..CONNECTIONS {
        let (remote, digests) = (remote.clone(), Arc::clone(&digests));
        let path = path.to_owned();
        tasks.push(tokio::spawn(async move {
            for step in 0..REQUESTS / CONNECTIONS {
                let digest = &digests[(connection * 7_919 + step * 31) % digests.len()];
                let answer = remote.get(&format!("{path}{digest}")).await.unwrap();
                assert!(answer.is_success());
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    REQUESTS as f64 / start.elapsed().as_secs_f64()
}

async fn bare_server(database: &str) -> String {
    let pool = sqlx::SqlitePool::connect(database).await.unwrap();
    let router = axum::Router::new().route(
        "/{digest}",
        axum::routing::get(
            move |axum::extract::Path(digest): axum::extract::Path<String>| {
                let pool = pool.clone();
                async move {
                    let digest = hex::decode(digest).unwrap();
                    let query =
                        sqlx::query("SELECT body FROM record WHERE digest = $1").bind(digest);
                    query.fetch_one(&pool).await.unwrap().get::<Vec<u8>, _>(0)
                }
            },
        ),
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    address
}

fn middle(mut rates: Vec<f64>) -> f64 {
    rates.sort_unstable_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied().unwrap_or_default()
}
