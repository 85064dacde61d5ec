//! Starting a node: what is opened, in which order, and what then runs by itself.

use std::fs::File;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, RwLock};

use comity_recognition::Policy;
use comity_search::Index;
use comity_store::{Head, Store};
use comity_tlog::Hash;
use comity_tlog::checkpoint::Checkpoint;
use comity_tlog::note::SignedNote;
use tokio::sync::{Notify, watch};

use crate::clock::Clock;
use crate::config::{Config, Keys};
use crate::dating::{Checkpoints, Counted};
use crate::error::Error;
use crate::evidence::Held;
use crate::mirror::Mirrors;
use crate::peers::PeerFile;
use crate::publish::writer::{Publisher, Writing};
use crate::remote::Connecting;
use crate::rounds::Rounds;
use crate::sequencer::Sequencer;
use crate::witness::Witnessing;
use crate::{
    Closing, Joining, MAX_EXAMINED, Node, Place, Shared, collect, federation, guard, index, mirror,
    reread,
};

/// What is opened before anything else.
struct Opened {
    lock: Option<File>,
    store: Store,
    index: Index,
    peers: PeerFile,
    /// What the folder says was signed, where the database holds less or something else.
    noted: Option<(u64, Hash)>,
}

/// The writing ends of what the node tells its readers.
struct Senders {
    heads: watch::Sender<Head>,
    indexed: watch::Sender<u64>,
}

/// Starts a node from its parts.
pub(crate) async fn node(
    place: Place,
    config: Config,
    keys: Keys,
    policy: Policy,
    clock: Clock,
    mut joining: Joining,
) -> Result<Node, Error> {
    let peers = std::mem::take(&mut joining.peers);
    let opened = open(&place, &config, peers).await?;
    let (store, noted, lock) = (opened.store, opened.noted, opened.lock);
    let (origin, holder) = (config.origin(), holder(&place, &config));
    let own = keys.log.vkey().clone();
    let mut sequencer = Sequencer::open(
        store.clone(),
        clock.clone(),
        &origin,
        &holder,
        keys.log,
        keys.cosigner,
    )
    .await?;
    let checkpoints = Checkpoints::new(store.clone(), Counted::of(&policy, &own, clock.now()));
    let held = Held::default();
    federation::keep_by_hand(&store, &place, &joining.federation, clock.now()).await?;
    let size = sequencer.head().size;
    held.load(&store, &checkpoints, size).await?;
    let (head_sender, heads) = watch::channel(presentable(&store, &sequencer).await?);
    let (indexed_sender, indexed) = watch::channel(0);
    let folder = folder_of(&place);
    let shared = Arc::new(Shared {
        by_hand: folder
            .as_ref()
            .map(|dir| dir.join(federation::FEDERATION_FOLDER)),
        config,
        folder,
        policy,
        clock,
        store,
        index: opened.index,
        held,
        checkpoints,
        admitted_keys: Arc::default(),
        status_key: keys.status,
        examined: moka::sync::Cache::new(MAX_EXAMINED),
        heads,
        indexed,
        publisher: OnceLock::new(),
        read_only: OnceLock::new(),
        waiting: RwLock::default(),
        witnessing: Witnessing::new(keys.witness),
        rounds: Rounds::default(),
        connect: Connecting(joining.connect),
        peers: opened.peers,
        mirrors: Mirrors::new(keys.mirror),
        counting: crate::statistics::Counting::default(),
        log_key: own,
        learnt: Mutex::default(),
        taken_down: RwLock::default(),
        mirrored: watch::channel(0).0,
        indexing: Arc::default(),
        closing: Mutex::new(None),
    });
    shared.count_lines(true).await?;
    shared.know_followed().await?;
    shared.follow_takedowns_held().await?;
    shared.ask_first(&mut sequencer, &place, noted, joining.assume_latest)?;
    let senders = Senders {
        heads: head_sender,
        indexed: indexed_sender,
    };
    // Before the writer begins: it signs its head anew whenever that is due.
    if !shared.store.forks(&origin).await?.is_empty() {
        shared.halt(&format!("the log {origin} showed two histories"));
    }
    run(&shared, sequencer, senders, noted, lock);
    Ok(Node { shared })
}

fn folder_of(place: &Place) -> Option<std::path::PathBuf> {
    match place {
        Place::Folder(dir) => Some(dir.clone()),
        Place::Memory => None,
    }
}

async fn open(place: &Place, config: &Config, peers: crate::peers::Peers) -> Result<Opened, Error> {
    let Place::Folder(dir) = place else {
        return Ok(Opened {
            lock: None,
            store: Store::open("sqlite::memory:").await?,
            index: Index::in_memory()?,
            peers: PeerFile::fixed(peers),
            noted: None,
        });
    };
    let lock = lock_folder(dir)?;
    let indexed = dir.join("index");
    let store = Store::open(&config.database_url(dir)).await?;
    reread::read_again(&store, Some(&indexed)).await?;
    let index = index::open(&indexed)?;
    let held = store.head(&config.origin()).await?;
    Ok(Opened {
        lock: Some(lock),
        noted: guard::check(dir, &config.origin(), held.as_ref())?,
        store,
        index,
        peers: PeerFile::open(dir)?,
    })
}

/// Starts what runs by itself until the node is closed.
fn run(
    shared: &Arc<Shared>,
    sequencer: Sequencer,
    senders: Senders,
    noted: Option<(u64, Hash)>,
    lock: Option<File>,
) {
    let weak = Arc::downgrade(shared);
    let pause = shared.config.mirroring.pause();
    let writing = Writing {
        noted,
        asks: pause.is_some(),
    };
    let (publisher, writer) = Publisher::start(sequencer, weak.clone(), senders.heads, writing);
    // Set once, here.
    let _ = shared.publisher.set(publisher);
    let follower = index::follow(weak.clone(), shared.heads.clone(), senders.indexed);
    let guard = shared.folder.clone().map(|dir| {
        let from_size = noted.map_or(0, |(size, _)| size);
        guard::follow(dir, from_size, shared.heads.clone())
    });
    let stop = Arc::new(Notify::new());
    let closing = Closing {
        mirrors: pause.map(|pause| mirror::follow(weak.clone(), pause, Arc::clone(&stop))),
        stop,
        collector: pause.map(|pause| collect::follow(weak, pause)),
        writer,
        follower,
        guard,
        _lock: lock,
    };
    if let Ok(mut place) = shared.closing.lock() {
        *place = Some(closing);
    }
}

impl Shared {
    /// Has the sequencer ask the mirrors before it signs, where there are any. A log in memory is
    /// gone with its process: it has forgotten nothing.
    fn ask_first(
        &self,
        sequencer: &mut Sequencer,
        place: &Place,
        noted: Option<(u64, Hash)>,
        assume_latest: bool,
    ) -> Result<(), Error> {
        let Place::Folder(dir) = place else {
            return Ok(());
        };
        let head = sequencer.head();
        let set = self.cosigner_set();
        let asks = !assume_latest && (set.keyless > 0 || !set.mirrors().is_empty());
        if asks {
            let why = "it asks the mirrors what they have co-signed of its log";
            sequencer.hold(why);
            self.wait_for(Some(why));
            return Ok(());
        }
        match noted {
            Some((size, _)) => Err(guard::refusal(dir, &head.origin, size, head.size)),
            None if head.note.is_empty() => Err(Error::Setup(format!(
                "taking back what was forgotten of {} was interrupted; start it with its mirrors, and without \
                 --assume-latest",
                head.origin
            ))),
            None => {
                self.settle();
                Ok(())
            }
        }
    }
}

/// The head to show at first: while what was forgotten is being taken back, the last one signed.
async fn presentable(store: &Store, sequencer: &Sequencer) -> Result<Head, Error> {
    let head = sequencer.head();
    if !head.note.is_empty() {
        return Ok(head.clone());
    }
    let kept = store.note_as_of(&head.origin, i64::MAX, head.size).await?;
    let kept = kept.ok_or_else(|| Error::Setup(format!("no head of {} is kept", head.origin)))?;
    let note = SignedNote::parse(&kept.note)?;
    Ok(Head {
        origin: head.origin.clone(),
        size: kept.size,
        root: Checkpoint::parse(&note.text)?.root,
        note: kept.note,
        updated_at: kept.signed_at,
    })
}

/// Who holds the lease: this folder. The lock file sees to it that it is one process.
fn holder(place: &Place, config: &Config) -> String {
    let mut holder = match place {
        Place::Folder(dir) => {
            let path = std::fs::canonicalize(dir).unwrap_or_else(|_| dir.clone());
            format!("{} {}", config.host, path.display())
        }
        Place::Memory => config.host.clone(),
    };
    holder.truncate(holder.floor_char_boundary(comity_store::MAX_NAME_BYTES));
    holder
}

fn lock_folder(dir: &Path) -> Result<File, Error> {
    let path = dir.join("lock");
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|source| Error::file(&path, source))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(Error::Busy(format!(
            "another process serves {}; ask it over HTTP, or stop it first",
            dir.display()
        ))),
        Err(std::fs::TryLockError::Error(source)) => Err(Error::file(&path, source)),
    }
}
