//! The witness over HTTP: status, media type and body of every case of C2SP tlog-witness.

use comity_tlog::checkpoint::{Checkpoint, served};
use comity_tlog::note::{NoteSigner, SignedNote};
use comity_tlog::origin::log_id;
use comity_tlog::tree::{Tree, leaf_hash};
use comity_tlog::witness::{AddCheckpoint, MAX_REQUEST_BYTES};

use crate::Options;
use crate::testing::{Reply, Tested, believing};

const ORIGIN: &str = "b.example/log/2026";

fn log() -> NoteSigner {
    NoteSigner::log(ORIGIN, &[1; 32]).unwrap()
}

/// A note of a log of `size` entries that `signer` signs.
fn note(size: u64, signer: &NoteSigner) -> SignedNote {
    let mut tree = Tree::new();
    for index in 0..size {
        tree.append(leaf_hash(&index.to_be_bytes())).unwrap();
    }
    let checkpoint = Checkpoint {
        origin: signer.vkey().name().to_owned(),
        size,
        root: tree.root(),
    };
    served(&checkpoint, signer.sign(&checkpoint).unwrap(), []).unwrap()
}

fn request(old_size: u64, note: SignedNote) -> String {
    let proof = Vec::new();
    let request = AddCheckpoint {
        old_size,
        proof,
        note,
    };
    request.encode()
}

async fn witness() -> Tested {
    let vkey = log().vkey().to_string();
    let more = format!("[[log]]\norigin = {ORIGIN:?}\nvkey = {vkey:?}\n");
    believing(&more, Options::default()).await
}

async fn ask(tested: &Tested, body: String) -> Reply {
    tested.post("/add-checkpoint", "text/plain", body).await
}

#[tokio::test]
async fn every_case_has_its_status() {
    let tested = witness().await;
    let path = format!("/witness/{}/checkpoint", log_id(ORIGIN));
    assert_eq!(tested.get(&path).await.status, 404);
    let other = NoteSigner::log("c.example/log/2026", &[1; 32]).unwrap();
    let thief = NoteSigner::log(ORIGIN, &[2; 32]).unwrap();
    // In this order: what is answered depends on what was taken before.
    let cases = [
        ("no request".to_owned(), 400),
        (request(0, note(4, &other)), 404),
        (request(0, note(4, &thief)), 403),
        (request(5, note(4, &log())), 400),
        (request(4, note(4, &log())), 409),
        (request(0, note(4, &log())), 200),
        (request(4, note(4, &log())), 200),
        (request(0, note(4, &log())), 409),
        (request(4, note(5, &log())), 422),
    ];
    for (body, status) in cases {
        let reply = ask(&tested, body.clone()).await;
        assert_eq!(reply.status, status, "{body}\n{}", reply.text());
        let kind = match status {
            409 => "text/x.tlog.size",
            _ => "text/plain; charset=utf-8",
        };
        assert_eq!(reply.header("content-type"), kind, "{body}");
    }
    let reply = ask(&tested, request(0, note(4, &log()))).await;
    assert_eq!(reply.text(), "4\n");
    let line = ask(&tested, request(4, note(4, &log()))).await.text();
    assert!(line.starts_with("\u{2014} nqi.example.se/witness ") && line.ends_with("=\n"));
    let kept = tested.get(&path).await;
    assert_eq!(kept.status, 200);
    assert!(kept.text().ends_with(&line), "{}", kept.text());
    let too_large = ask(&tested, "x".repeat(MAX_REQUEST_BYTES + 1)).await;
    too_large.problem("too-large");
}

#[tokio::test]
async fn evidence_of_a_fork_is_served() {
    let tested = witness().await;
    let path = format!("/v1/logs/{}/evidence", log_id(ORIGIN));
    tested.get(&path).await.problem("not-found");
    tested
        .get("/v1/logs/xyz/evidence")
        .await
        .problem("invalid-parameter");
    assert_eq!(ask(&tested, request(0, note(4, &log()))).await.status, 200);
    let mut tree = Tree::new();
    for _ in 0..4 {
        tree.append(leaf_hash(b"another history")).unwrap();
    }
    let checkpoint = Checkpoint {
        origin: ORIGIN.to_owned(),
        size: 4,
        root: tree.root(),
    };
    let fork = served(&checkpoint, log().sign(&checkpoint).unwrap(), []).unwrap();
    assert_eq!(ask(&tested, request(4, fork)).await.status, 422);
    let file = tested.get(&path).await.json(200);
    assert_eq!(
        (&file["format"], &file["origin"]),
        (&"comity.fork/v1".into(), &ORIGIN.into())
    );
    let metrics = tested.get("/metrics").await.text();
    assert!(metrics.contains("comity_logs_forked 1"), "{metrics}");
}
