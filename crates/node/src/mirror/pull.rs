//! One look at one foreign log: its checkpoint, and everything up to it.

use std::collections::HashSet;

use comity_recognition::evidence::EvidenceRecord;
use comity_store::{Batch, Followed, FollowedState, Head, Mode, NewTile};
use comity_tlog::bundle::bundles;
use comity_tlog::checkpoint::{self, VerifiedCheckpoint};
use comity_tlog::note::{SignedNote, Vkey};
use comity_tlog::tile::TileWriter;
use comity_tlog::tree::verify_consistency;
use futures::{StreamExt as _, TryStreamExt as _};

use super::fetch::Source;
use super::page::{self, Bodies, Entries, Logged};
use super::take_up::forked;
use super::{Alarm, Trouble, Wanted};
use crate::Shared;
use crate::error::Error;
use crate::sequencer::load_tree;

/// Bundles of entries in one page, which one transaction takes.
const PAGE_BUNDLES: u64 = 16;
/// Bytes of bodies in one page; one body may exceed it.
const PAGE_BYTES: u64 = 32 * 1024 * 1024;
/// Requests under way at once for one log.
const REQUESTS: usize = 4;
/// Bodies of one bundle up to which they are asked for one by one.
const FEW_BODIES: usize = 3;
/// Kinds that every follower keeps: without them it could judge nothing.
pub const ALWAYS_KEPT: [&str; 12] = [
    "Registration",
    "KeyRevocation",
    "CompetenceGrant",
    "Arrangement",
    "Participation",
    "StatusEvent",
    "FederationList",
    "MemberKeys",
    "Standard",
    "ImportRule",
    "Takedown",
    "CoverageStatement",
];

/// What a log is being read up to.
pub(super) struct Target<'a> {
    pub(super) wanted: &'a Wanted,
    pub(super) source: &'a Source,
    pub(super) vkey: &'a Vkey,
    pub(super) note: &'a SignedNote,
    pub(super) opened: &'a VerifiedCheckpoint,
}

impl Shared {
    /// Looks at one log once: takes what is new, keeps lines, co-signs.
    pub(super) async fn pull(&self, wanted: &Wanted) -> Result<(), Trouble> {
        let mut log = self.followed(wanted).await?;
        if let Some(head) = self.store.head(&wanted.origin).await? {
            self.take_up_missed(&head).await?;
        }
        if self.is_frozen(&log).await? {
            return Err(forked());
        }
        let vkey = Vkey::parse(&wanted.vkey).map_err(Error::from)?;
        let remote = (self.connect)(&wanted.url)?;
        let source = Source::of_origin(remote, &wanted.origin);
        let note = source
            .checkpoint()
            .await
            .map_err(|error| Trouble::new(Alarm::Unreachable, error.to_string()))?;
        let opened = checkpoint::open(&note, &vkey)
            .map_err(|error| Trouble::new(Alarm::BadSignature, error.to_string()))?;
        self.mirrors.saw(&wanted.origin, opened.size());
        let target = Target {
            wanted,
            source: &source,
            vkey: &vkey,
            note: &note,
            opened: &opened,
        };
        let mut head = self.foreign_head(wanted).await?;
        self.compare(&target, &log, &head).await?;
        if opened.size() > head.size {
            head = self.catch_up(&target, &mut log, head).await?;
        } else {
            self.keep_lines(&wanted.origin, &note, &opened).await?;
        }
        if head.size != opened.size() {
            return Ok(());
        }
        self.retry_missing(&target).await?;
        self.cosign(&target, &head).await
    }

    /// Whether evidence of a fork is held, which may be older than the row of the log.
    pub(super) async fn is_frozen(&self, log: &Followed) -> Result<bool, Error> {
        let frozen = FollowedState::Frozen;
        if log.state != frozen && !self.store.forks(&log.origin).await?.is_empty() {
            self.store.set_followed_state(&log.origin, frozen).await?;
            return Ok(true);
        }
        Ok(log.state == frozen)
    }

    /// The row of a log, made or brought up to date.
    async fn followed(&self, wanted: &Wanted) -> Result<Followed, Error> {
        let new = Followed::new(&wanted.origin, &wanted.vkey, &wanted.url, wanted.mode);
        let Some(mut log) = self.store.followed(&wanted.origin).await? else {
            self.store.put_followed(&new).await?;
            return Ok(new);
        };
        if (&log.vkey, &log.url, log.mode) != (&new.vkey, &new.url, new.mode) {
            (log.vkey, log.url, log.mode) = (new.vkey, new.url, new.mode);
            self.store.put_followed(&log).await?;
        }
        Ok(log)
    }

    async fn foreign_head(&self, wanted: &Wanted) -> Result<Head, Error> {
        let origin = &wanted.origin;
        if let Some(head) = self.store.head(origin).await? {
            return Ok(head);
        }
        let empty = comity_tlog::tree::EMPTY_ROOT;
        self.store
            .create_foreign_log(origin, &wanted.vkey, &empty)
            .await?;
        let head = self.store.head(origin).await?;
        head.ok_or_else(|| Error::Setup(format!("the mirror of {origin} vanished")))
    }

    /// Takes pages until the checkpoint is reached, or the day's quota.
    async fn catch_up(
        &self,
        target: &Target<'_>,
        log: &mut Followed,
        mut head: Head,
    ) -> Result<Head, Trouble> {
        let origin = &target.wanted.origin;
        let mut tree = load_tree(&self.store, origin, &head).await?;
        while tree.size() < target.opened.size() {
            if let Some((end, _)) = self.mirrors.closed(origin)
                && tree.size() >= end
            {
                self.went_on(target, end).await?;
            }
            self.check_quota(target.wanted, log)?;
            let entries = self.fetch_entries(target, tree.size()).await?;
            let leaves: Vec<_> = entries.rows.iter().map(|entry| entry.leaf).collect();
            let mut grown = tree.clone();
            let new_tiles = grown.append(&leaves).map_err(Error::from)?;
            self.check_page(target, log, &grown).await?;
            let reached = grown.size() == target.opened.size();
            if !reached && log.seen_size < target.opened.size() {
                // The checkpoint outlives the process: whatever the log says later must fit it.
                log.seen_size = target.opened.size();
                log.seen_note = target.note.to_string().into_bytes();
                self.store.put_followed(log).await?;
            }
            let bodies = self.fetch_bodies(target, &entries.logged).await?;
            let after = self.head_of(target, &grown, reached);
            let batch = Batch {
                origin: origin.clone(),
                holder: None,
                before: (head.size, head.root),
                after: after.clone(),
                entries: entries.rows,
                tiles: new_tiles.iter().map(stored_tile).collect(),
                records: bodies.records,
                missing: bodies.missing,
                invalid: bodies.invalid,
            };
            let evidence = bodies.evidence;
            let bytes = batch.entries.iter().map(|entry| entry.entry.len());
            let bytes = bytes.chain(batch.records.iter().map(|record| record.body.len()));
            let bytes = bytes.map(|bytes| bytes as u64).sum();
            self.count_quota(log, batch.entries.len() as u64, bytes);
            self.take_page(batch, evidence).await?;
            (tree, head) = (grown, after);
            let (size, of) = (head.size, target.opened.size());
            tracing::debug!(log.origin = origin, size, of, "mirrored a page");
            if let Some((position, successor)) = entries.closed {
                self.note_closed(origin, position, &successor).await?;
            }
            self.compare_anchors(target.source, &entries.anchors)
                .await?;
            if !reached {
                self.store.put_followed(log).await?;
            }
        }
        Ok(head)
    }

    /// The head after a page: with the note where it is the one that the log signed.
    fn head_of(&self, target: &Target<'_>, tree: &TileWriter, reached: bool) -> Head {
        let note = if reached {
            target.note.to_string().into_bytes()
        } else {
            Vec::new()
        };
        Head {
            origin: target.wanted.origin.clone(),
            size: tree.size(),
            root: tree.root(),
            updated_at: self.signed_at(&note),
            note,
        }
    }

    /// The entries of one page from `from` on.
    async fn fetch_entries(&self, target: &Target<'_>, from: u64) -> Result<Entries, Trouble> {
        let end = ((from / 256 + PAGE_BUNDLES) * 256).min(target.opened.size());
        let mut fetched = futures::stream::iter(bundles(from, end))
            .map(|id| async move { target.source.entries(id).await })
            .buffered(REQUESTS);
        let mut entries = Vec::new();
        let mut bytes = 0_u64;
        'bundles: while let Some(bundle) = fetched.try_next().await? {
            let skipped = if entries.is_empty() { from % 256 } else { 0 };
            for entry in bundle
                .into_iter()
                .skip(usize::try_from(skipped).unwrap_or(0))
            {
                let logged = Logged::read(0, &entry).filter(Logged::has_body);
                bytes += entry.len() as u64 + logged.map_or(0, |logged| logged.length);
                if bytes > PAGE_BYTES && !entries.is_empty() {
                    break 'bundles;
                }
                entries.push(entry);
            }
        }
        drop(fetched);
        let digests: Vec<_> = entries
            .iter()
            .filter_map(|entry| Logged::read(0, entry).map(|logged| logged.digest))
            .collect();
        let origins = [target.wanted.origin.as_str()];
        let held = self.store.is_logged(&origins, &digests).await?;
        let held: HashSet<_> = held.into_iter().map(|place| place.digest).collect();
        Ok(page::entries(from, entries, &held))
    }

    /// Checks that the tree with a page is a beginning of the signed one.
    async fn check_page(
        &self,
        target: &Target<'_>,
        log: &Followed,
        grown: &TileWriter,
    ) -> Result<(), Trouble> {
        let (size, root) = (target.opened.size(), *target.opened.root());
        if grown.size() == size && grown.root() == root {
            return Ok(());
        }
        let why = if grown.size() == size {
            "the entries do not give the signed root".to_owned()
        } else {
            let at = grown.size();
            let said = target.source.tiles().consistency(at, size).await?;
            match verify_consistency(at, &grown.root(), size, &root, &said.proof) {
                Ok(()) => return Ok(()),
                Err(error) => format!("the entries do not lead to the signed root: {error}"),
            }
        };
        if let Some(seen) = self.newest_seen(target, log).await? {
            self.is_one_history(target, &seen).await?;
        }
        Err(Trouble::new(Alarm::Inconsistent, why))
    }

    /// The bodies of the records of a page that are wanted and not withheld, examined.
    async fn fetch_bodies(
        &self,
        target: &Target<'_>,
        logged: &[Logged],
    ) -> Result<Bodies, Trouble> {
        let wanted = target.wanted;
        let digests: Vec<_> = logged.iter().map(|logged| logged.digest).collect();
        let withheld = self.store.withheld_in(&wanted.origin, &digests).await?;
        let size = target.opened.size();
        let excused = self.excused(&wanted.origin, size, &digests).await?;
        let asked: Vec<_> = logged
            .iter()
            .filter(|logged| logged.has_body() && !withheld.contains(&logged.digest))
            .filter(|logged| wanted.mode == Mode::Mirror || wanted.keeps(&logged.kind))
            .cloned()
            .collect();
        let by_bundle: Vec<Vec<Logged>> = asked
            .chunk_by(|one, other| one.position / 256 == other.position / 256)
            .map(<[Logged]>::to_vec)
            .collect();
        let bodies: Vec<_> = futures::stream::iter(by_bundle)
            .map(|logged| async move { bodies_of(target.source, logged).await })
            .buffered(REQUESTS)
            .try_collect()
            .await?;
        // What was taken down elsewhere is not taken, and this log does not excuse it.
        let refused = (logged.iter())
            .filter(|logged| withheld.contains(&logged.digest) && !excused.contains(&logged.digest))
            .map(|logged| (logged.clone(), None));
        let bodies = bodies.into_iter().flatten().chain(refused).collect();
        Ok(page::examine(bodies, self.clock.now()).await?)
    }

    /// Commits a page and takes it up; where that fails, the next look does it first.
    async fn take_page(&self, batch: Batch, evidence: Vec<EvidenceRecord>) -> Result<(), Error> {
        let digests: Vec<_> = batch.records.iter().map(|record| record.digest).collect();
        let known = self.store.records(&digests).await?;
        let known: HashSet<_> = known.into_iter().map(|row| row.digest).collect();
        self.mirrors.takes_up(&batch.origin, batch.before.0);
        self.store.append(&batch).await?;
        self.take_up_records(&batch.origin, &batch.records, evidence, &known)
            .await?;
        if !batch.after.note.is_empty() {
            self.heads_changed(&batch.origin, batch.after.size).await?;
        }
        self.mirrors.took_up(&batch.origin, batch.before.0);
        Ok(())
    }
}

/// The bodies of some records of one bundle: all at once, or a few one by one.
pub(crate) async fn bodies_of(
    source: &Source,
    logged: Vec<Logged>,
) -> Result<Vec<(Logged, Option<Vec<u8>>)>, Error> {
    let (Some(first), Some(last)) = (logged.first(), logged.last()) else {
        return Ok(Vec::new());
    };
    let (first, last) = (first.position, last.position);
    let count = usize::try_from(last - first + 1).unwrap_or(usize::MAX);
    let mut found = Vec::with_capacity(logged.len());
    if logged.len() <= FEW_BODIES && count > FEW_BODIES {
        for logged in logged {
            let body = source.body(&logged.digest).await?;
            found.push((logged, body));
        }
        return Ok(found);
    }
    let mut lengths = vec![None; count];
    for logged in &logged {
        let at = usize::try_from(logged.position - first).unwrap_or(usize::MAX);
        if let Some(length) = lengths.get_mut(at) {
            *length = Some(logged.length);
        }
    }
    let mut bodies = source.bodies(first, &lengths).await?;
    for logged in logged {
        let at = usize::try_from(logged.position - first).unwrap_or(usize::MAX);
        let body = bodies.get_mut(at).and_then(Option::take);
        found.push((logged, body));
    }
    Ok(found)
}

fn stored_tile(tile: &comity_tlog::tile::Tile) -> NewTile {
    NewTile {
        level: tile.id.level,
        index: tile.id.index,
        hashes: tile.to_bytes(),
    }
}
