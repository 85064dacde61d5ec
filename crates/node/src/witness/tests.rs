//! What is signed is kept, also when many ask at once, and a log that lies is found out.

use comity_recognition::Policy;
use comity_tlog::checkpoint::{Checkpoint, cosignatures, served};
use comity_tlog::fork::{Fork, ForkEvidence};
use comity_tlog::note::{NoteSigner, SignedNote};
use comity_tlog::origin::log_id;
use comity_tlog::tile::TileReader;
use comity_tlog::tile::{Tile, TileId, TileWriter};
use comity_tlog::tree::{leaf_hash, prove_consistency};
use comity_tlog::witness::AddCheckpoint;

use crate::clock::Clock;
use crate::config::{Config, Keys, own_policy};
use crate::error::Error;
use crate::tests::now;
use crate::{Node, Place};

const ORIGIN: &str = "b.example/log/2026";

/// A foreign log, as far as its checkpoints go.
struct Log {
    signer: NoteSigner,
    tiles: std::collections::HashMap<(u8, u64), Tile>,
    tree: TileWriter,
}

impl Log {
    /// A log of `size` entries; what makes them is `history`.
    fn new(size: u64, history: &str) -> Self {
        let mut log = Self {
            signer: NoteSigner::log(ORIGIN, &[1; 32]).unwrap(),
            tiles: std::collections::HashMap::new(),
            tree: TileWriter::new(),
        };
        let leaves: Vec<_> = (0..size)
            .map(|index| leaf_hash(format!("{history} {index}").as_bytes()))
            .collect();
        for tile in log.tree.append(&leaves).unwrap() {
            log.tiles.insert((tile.id.level, tile.id.index), tile);
        }
        log
    }

    fn note(&self) -> SignedNote {
        let checkpoint = Checkpoint {
            origin: ORIGIN.to_owned(),
            size: self.tree.size(),
            root: self.tree.root(),
        };
        served(&checkpoint, self.signer.sign(&checkpoint).unwrap(), []).unwrap()
    }

    /// The request to co-sign it after `old_size` entries.
    fn request(&self, old_size: u64) -> Vec<u8> {
        let mut reader = TileReader::new(self.tree.size(), |id: TileId| {
            Ok::<_, Error>(self.tiles[&(id.level, id.index)].to_bytes())
        });
        let proof = match old_size {
            0 => Vec::new(),
            _ => prove_consistency(old_size, self.tree.size(), |level, index| {
                reader.hash(level, index)
            })
            .unwrap(),
        };
        let note = self.note();
        let request = AddCheckpoint {
            old_size,
            proof,
            note,
        };
        request.encode().into_bytes()
    }
}

/// A node that has pinned the log.
async fn witness() -> Node {
    let config = Config::new("SE", "nqi.example.se", "Authority", now()).unwrap();
    let keys = Keys::from_seeds(&config, &[7; 32], &[8; 32]).unwrap();
    let vkey = Log::new(0, "").signer.vkey().to_string();
    let policy =
        own_policy(&config, &keys) + &format!("[[log]]\norigin = {ORIGIN:?}\nvkey = {vkey:?}\n");
    let policy = Policy::parse(&policy).unwrap();
    let clock = Clock::simulated(now());
    Node::start(Place::Memory, config, keys, policy, clock)
        .await
        .unwrap()
}

#[tokio::test]
async fn what_is_signed_is_kept_whole() {
    let witness = Box::pin(witness()).await;
    assert_eq!(witness.witnessed(ORIGIN).await.unwrap(), None);
    let log = Log::new(300, "one");
    let answered = witness.add_checkpoint(&log.request(0)).await.unwrap();
    assert_eq!(answered.status, 200, "{}", answered.body);
    let mut note = log.note().to_string();
    note.push_str(&answered.body);
    let kept = witness.witnessed(ORIGIN).await.unwrap().unwrap();
    assert_eq!(String::from_utf8(kept.clone()).unwrap(), note);
    assert_eq!(
        witness.witnessed_by_id(&log_id(ORIGIN)).await.unwrap(),
        Some(kept)
    );
    let note = SignedNote::parse(note.as_bytes()).unwrap();
    let lines = cosignatures(&note, &[witness.witness_key().clone()]);
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].time_unix, u64::try_from(now().seconds()).unwrap());
    assert_eq!(lines[0].name, "nqi.example.se/witness");
}

#[tokio::test]
async fn the_time_of_a_line_never_falls() {
    let witness = Box::pin(witness()).await;
    witness
        .add_checkpoint(&Log::new(3, "one").request(0))
        .await
        .unwrap();
    witness.clock().set("2020-01-01T00:00:00Z".parse().unwrap());
    let log = Log::new(9, "one");
    let answered = witness.add_checkpoint(&log.request(3)).await.unwrap();
    let note = format!("{}{}", log.note(), answered.body);
    let note = SignedNote::parse(note.as_bytes()).unwrap();
    let lines = cosignatures(&note, &[witness.witness_key().clone()]);
    assert_eq!(lines[0].time_unix, u64::try_from(now().seconds()).unwrap());
}

#[tokio::test]
async fn of_many_at_once_each_is_judged_by_the_one_before() {
    let witness = Box::pin(witness()).await;
    assert_eq!(
        witness
            .add_checkpoint(&Log::new(2, "one").request(0))
            .await
            .unwrap()
            .status,
        200
    );
    let asked = (3..40_u64).map(|size| {
        let witness = witness.clone();
        let request = Log::new(size, "one").request(2);
        tokio::spawn(async move { witness.add_checkpoint(&request).await.unwrap() })
    });
    let asked: Vec<_> = asked.collect();
    let mut taken = 0;
    for answered in asked {
        let answered = answered.await.unwrap();
        taken += u32::from(answered.status == 200);
        assert!(matches!(answered.status, 200 | 409), "{answered:?}");
    }
    assert_eq!(taken, 1);
}

#[tokio::test]
async fn a_second_history_is_refused_proved_and_ends_it() {
    let witness = Box::pin(witness()).await;
    assert_eq!(
        witness
            .add_checkpoint(&Log::new(9, "one").request(0))
            .await
            .unwrap()
            .status,
        200
    );
    assert!(witness.forked_logs().await.unwrap().is_empty());
    let refused = witness
        .add_checkpoint(&Log::new(9, "two").request(9))
        .await
        .unwrap();
    assert_eq!(refused.status, 422);
    assert_eq!(witness.forked_logs().await.unwrap(), [ORIGIN]);
    let file = witness
        .fork_evidence(&log_id(ORIGIN))
        .await
        .unwrap()
        .unwrap();
    let evidence = ForkEvidence::parse(&file).unwrap();
    assert_eq!(evidence.verify(), Ok(Fork::SameSize { size: 9 }));
    // From now on not even its first history is co-signed.
    let frozen = witness
        .add_checkpoint(&Log::new(12, "one").request(9))
        .await
        .unwrap();
    assert_eq!(frozen.status, 422, "{}", frozen.body);
}

#[tokio::test]
async fn a_second_history_of_another_old_size_is_noticed_too() {
    let witness = Box::pin(witness()).await;
    witness
        .add_checkpoint(&Log::new(9, "one").request(0))
        .await
        .unwrap();
    let conflict = witness
        .add_checkpoint(&Log::new(9, "two").request(0))
        .await
        .unwrap();
    assert_eq!((conflict.status, conflict.body.as_str()), (409, "9\n"));
    assert_eq!(conflict.content_type, "text/x.tlog.size");
    assert_eq!(witness.forked_logs().await.unwrap(), [ORIGIN]);
}

#[tokio::test]
async fn the_own_log_is_not_witnessed() {
    let witness = Box::pin(witness()).await;
    let head = witness.head();
    let request = AddCheckpoint {
        old_size: 0,
        proof: Vec::new(),
        note: SignedNote::parse(&head.note).unwrap(),
    };
    let answered = witness
        .add_checkpoint(request.encode().as_bytes())
        .await
        .unwrap();
    assert_eq!(answered.status, 404);
}
