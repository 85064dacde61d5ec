//! What a mirror reads for each record, as sent, against the same bodies in zstd.

use comity_node::clock::Clock;
use comity_node::{Node, Place};
use comity_tlog::bundle::bundles;

use crate::records::World;

/// Records in the log that is read.
const RECORDS: usize = 10_000;
/// Records of one call.
const CALL: usize = 1_000;
/// Bodies in one stream of zstd to compare with: those of a page.
const PAGE: usize = 256;

/// Reads a whole log as a mirror does and counts the bytes of the answers as they come.
pub(crate) async fn measure(world: &World) {
    let node = Node::start(
        Place::Memory,
        world.config.clone(),
        world.keys(),
        world.policy(),
        Clock::System,
    )
    .await
    .unwrap();
    node.publish(vec![world.registration()]).await.unwrap();
    let bodies = world.attestations(RECORDS);
    for call in bodies.chunks(CALL) {
        let outcomes = node.publish(call.to_vec()).await.unwrap();
        assert!(outcomes.iter().all(Result::is_ok));
    }
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let router = comity_api::router(node.clone(), comity_api::Options::default());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let head = node.head();
    let prefix = format!("{base}/log/{}", world.config.log);
    let (mut entries, mut records) = (0, 0);
    for id in bundles(0, head.size) {
        entries += answered(&format!("{prefix}/{}", id.path())).await;
        records += answered(&format!("{prefix}/records/{}", id.index)).await;
    }
    let plain: usize = bodies.iter().map(Vec::len).sum();
    let pages = bodies.chunks(PAGE);
    let compressed: usize = pages
        .map(|page| zstd::bulk::compress(&page.concat(), 3).unwrap().len())
        .sum();
    let each = |bytes: usize| bytes as f64 / RECORDS as f64;
    println!("bytes of a record, of {RECORDS}");
    println!(
        "  as signed                                  {:8.1}",
        each(plain)
    );
    println!(
        "  zstd -3 of {PAGE} bodies in a stream          {:8.1}   1.00",
        each(compressed)
    );
    println!(
        "  bodies on the wire                         {:8.1}   {:.2}",
        each(records),
        records as f64 / compressed as f64
    );
    println!(
        "  and log entries                            {:8.1}   {:.2}\n",
        each(records + entries),
        (records + entries) as f64 / compressed as f64
    );
    node.close().await;
}

/// Length of an answer as it is sent to a client that takes zstd.
async fn answered(url: &str) -> usize {
    // Whoever asks a node first installs what TLS needs.
    comity_node::remote::Remote::new(url).unwrap();
    let client = reqwest::Client::builder().no_zstd().no_gzip().build();
    let request = client.unwrap().get(url).header("accept-encoding", "zstd");
    let answer = request.send().await.unwrap();
    assert!(answer.status().is_success(), "{url}");
    answer.bytes().await.unwrap().len()
}
