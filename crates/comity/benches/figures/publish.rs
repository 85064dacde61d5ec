//! Publishing over HTTP until everything is on the disk and can be found.

use std::path::Path;
use std::time::{Duration, Instant};

use comity_node::clock::Clock;
use comity_node::remote::Remote;
use comity_node::{Node, Place};

use super::limits::Parts;
use super::records::World;
use crate::micros;

/// Records in one request.
const REQUEST_RECORDS: usize = 10_000;

/// The node that was filled, and where it listens.
pub(crate) struct Served {
    pub(crate) node: Node,
    pub(crate) address: String,
    pub(crate) digests: Vec<String>,
    pub(crate) database: String,
}

/// Publishes `bodies` as NDJSON over HTTP and waits until the last one can be found.
pub(crate) async fn end_to_end(
    world: &World,
    bodies: Vec<Vec<u8>>,
    folder: &Path,
    parts: &Parts,
    cores: usize,
) -> Served {
    let place = Place::Folder(folder.to_owned());
    let (config, keys, policy) = (world.config.clone(), world.keys(), world.policy());
    let database = config.database_url(folder);
    let node = Node::start(place, config, keys, policy, Clock::System)
        .await
        .unwrap();
    let address = serve(&node).await;
    let registered = node.publish(vec![world.registration()]).await.unwrap();
    for outcome in registered {
        outcome.unwrap();
    }
    let digests = bodies
        .iter()
        .step_by((bodies.len() / 10_000).max(1))
        .map(|body| hex::encode(comity_signature::digest::record_digest(body)))
        .collect();
    let count = bodies.len();
    let requests: Vec<Vec<u8>> = bodies
        .chunks(REQUEST_RECORDS)
        .map(|chunk| {
            let mut lines = chunk.join(&b'\n');
            lines.push(b'\n');
            lines
        })
        .collect();
    drop(bodies);
    let remote = Remote::new(&address).unwrap();
    let start = Instant::now();
    for request in requests {
        let sent = remote.post("/v1/records", "application/x-ndjson", request);
        let answer = String::from_utf8(sent.await.unwrap().body).unwrap();
        let refused = answer
            .lines()
            .find(|line| !line.contains("\"outcome\":\"logged\""));
        assert!(refused.is_none(), "{refused:?}");
    }
    let durable = start.elapsed();
    node.indexed().await;
    let searchable = start.elapsed();
    report(count, durable, searchable, parts, cores);
    Served {
        node,
        address,
        digests,
        database,
    }
}

fn report(count: usize, durable: Duration, searchable: Duration, parts: &Parts, cores: usize) {
    let each = micros(searchable, count);
    let limit = parts.sum() / cores as f64;
    println!("publish {count} records over HTTP, durable and searchable");
    println!(
        "  check {:.1} + tree {:.1} + SQLite {:.1} + index {:.1} = {:.1} us of one core a record",
        parts.check,
        parts.tree,
        parts.store,
        parts.index,
        parts.sum()
    );
    println!(
        "  the parts on {cores} cores                       {:8.0} records/s   1.00",
        1e6 / limit
    );
    println!(
        "  durable and acknowledged                   {:8.0} records/s   {:.2}",
        count as f64 / durable.as_secs_f64(),
        limit / micros(durable, count)
    );
    println!(
        "  durable and searchable                     {:8.0} records/s   {:.2}\n",
        count as f64 / searchable.as_secs_f64(),
        limit / each
    );
}

async fn serve(node: &Node) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let router = comity_api::router(node.clone(), comity_api::Options::default());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    address
}
