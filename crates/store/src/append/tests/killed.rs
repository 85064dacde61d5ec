//! What a writer that is killed leaves behind: a child process appends without end,
//! says what was acknowledged, and is killed while it writes.
#![expect(
    clippy::disallowed_methods,
    reason = "the child is this program again; a variable tells it where to write"
)]

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use crate::Store;
use crate::testing::Scratch;
use crate::tests::{ORIGIN, hash, plain_batch, with_log};

/// Where the child is to append; unset in an ordinary run.
const APPEND_TO: &str = "COMITY_TEST_APPEND_TO";

/// Entries of one batch of the child.
const BATCH: u64 = 40;

#[tokio::test]
async fn nothing_acknowledged_is_lost_when_the_writer_is_killed() {
    if let Ok(url) = std::env::var(APPEND_TO) {
        append_until_killed(&url).await;
    }
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        for rounds in 1..6 {
            let acknowledged = kill_after(scratch.url(), rounds);
            assert_whole(&store, acknowledged).await;
        }
        // Opened anew, as after a restart.
        store.close().await;
        assert_whole(&scratch.open().await, 1).await;
    }
}

async fn append_until_killed(url: &str) -> ! {
    let store = Store::open(url).await.unwrap();
    let mut size = store.head(ORIGIN).await.unwrap().unwrap().size;
    loop {
        store.append(&plain_batch(size, BATCH)).await.unwrap();
        size += BATCH;
        println!("\nacknowledged {size}");
    }
}

/// Runs the child, kills it after some acknowledgements and answers the last of them.
fn kill_after(url: &str, rounds: usize) -> u64 {
    let name = "append::tests::killed::nothing_acknowledged_is_lost_when_the_writer_is_killed";
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env(APPEND_TO, url)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut sizes = lines.filter_map(|line| {
        let size = line.unwrap();
        size.strip_prefix("acknowledged ")
            .map(|size| size.parse::<u64>().unwrap())
    });
    let last = sizes.by_ref().nth(rounds).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    // What it still said before it died counts as well.
    sizes.last().unwrap_or(last)
}

async fn assert_whole(store: &Store, acknowledged: u64) {
    // Waits for the row of the log: a PostgreSQL server may still be at the last words
    // of the killed client.
    store.acquire_lease(ORIGIN, "judge", 0, 0).await.unwrap();
    let size = store.head(ORIGIN).await.unwrap().unwrap().size;
    assert!(
        size >= acknowledged,
        "{acknowledged} were acknowledged, {size} are there"
    );
    assert_eq!(size % BATCH, 0, "a part of a batch is there");
    let all = usize::try_from(size).unwrap();
    assert_eq!(
        store.entries(ORIGIN, 0, usize::MAX).await.unwrap().len(),
        all
    );
    let records = store.records_from(ORIGIN, 0, usize::MAX).await.unwrap().0;
    assert_eq!(records.len(), all);
    for (position, (record, body)) in (0..).zip(&records) {
        assert_eq!(record.digest, hash(position));
        let expected = format!("{{\"number\":{position}}}").into_bytes();
        assert_eq!(body.as_deref(), Some(expected.as_slice()));
    }
}
