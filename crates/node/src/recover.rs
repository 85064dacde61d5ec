//! A backup that forgets: before the first signature after a start the mirrors are asked what they
//! hold of the own log, and what this database has forgotten is taken back from them.

use std::collections::HashSet;

use comity_store::Head;
use comity_tlog::Hash;
use comity_tlog::bundle::bundles;
use comity_tlog::checkpoint::VerifiedCheckpoint;
use comity_tlog::note::SignedNote;
use comity_tlog::origin::log_id;
use comity_tlog::tree::leaf_hash;
use futures::{StreamExt as _, TryStreamExt as _};

use crate::collect::{Cosigner, Told};
use crate::dating::Checkpoints;
use crate::equivocation::Finding;
use crate::error::Error;
use crate::mirror::fetch::Source;
use crate::mirror::page::{self, Bodies, Entries, Logged};
use crate::mirror::pull::bodies_of;
use crate::proofs::Tiles;
use crate::remote::Remote;
use crate::sequencer::Sequencer;
use crate::sequencer::recovering::Page;
use crate::{Shared, guard};

/// Bundles of entries that one transaction takes back.
const PAGE_BUNDLES: u64 = 4;
/// Requests under way at once.
const REQUESTS: usize = 4;

/// What asking the mirrors came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Confirmed {
    /// Enough of them hold nothing that this log does not.
    Yes,
    /// Not yet, for this reason.
    Wait(String),
    /// Never: this log showed two histories.
    Never(String),
}

/// A mirror that holds something of the own log.
struct Holder {
    name: String,
    remote: Remote,
    note: SignedNote,
    opened: VerifiedCheckpoint,
}

impl Shared {
    /// Asks the mirrors once, and takes back what they hold and this database does not. `noted` is
    /// what the folder says was signed.
    pub(crate) async fn confirm(
        &self,
        sequencer: &mut Sequencer,
        noted: Option<(u64, Hash)>,
    ) -> Confirmed {
        let set = self.cosigner_set();
        let mirrors = set.mirrors();
        let asked = mirrors.iter().map(|member| self.ask_holder(member));
        let asked = futures::future::join_all(asked).await;
        let mut answers = 0;
        let mut holders = Vec::new();
        for (member, answer) in mirrors.iter().zip(asked) {
            match answer {
                Ok(None) => answers += 1,
                Ok(Some(holder)) => holders.push(holder),
                Err(error) => {
                    let cosigner = member.vkey.name();
                    tracing::info!(cosigner, %error, "a mirror does not say what it holds");
                }
            }
        }
        holders.sort_by_key(|holder| std::cmp::Reverse(holder.opened.size()));
        for at in 0..holders.len() {
            match self.compare_holder(sequencer, &holders, at).await {
                Ok(None) => answers += 1,
                Ok(Some(why)) => return Confirmed::Never(why),
                Err(error) => {
                    let cosigner = holders.get(at).map(|holder| holder.name.as_str());
                    tracing::warn!(cosigner, %error, "what was forgotten was not taken back");
                }
            }
        }
        // So many that every quorum has one of them. Witnesses cannot be asked what they hold; a
        // member whose key is not known could have co-signed, and its answer could not be believed.
        let members = set.members.len() + set.keyless;
        let askable = mirrors.len() + set.keyless;
        let needed = members - set.needed.unwrap_or(members).min(members) + 1;
        // Of a copy, the last that was signed may be held by any one of them alone.
        let copy = self.folder.as_deref().is_some_and(guard::is_copy);
        let needed = if copy { askable } else { needed.min(askable) };
        let head = sequencer.head();
        if let Some((size, root)) = noted
            && (head.size < size || (head.size == size && head.root != root))
        {
            return Confirmed::Wait(format!(
                "{size} entries were signed, and neither this database nor a mirror that answers holds them: {} are held",
                head.size
            ));
        }
        if head.note.is_empty() {
            return Confirmed::Wait("what was forgotten is taken back from the mirrors".to_owned());
        }
        if answers < needed {
            let why = if copy {
                "this folder is a copy, so all of them must"
            } else {
                "so many must that every quorum has one of them"
            };
            return Confirmed::Wait(format!(
                "it asks the mirrors what they have co-signed, and {answers} of {askable} have answered; {needed} must: \
                 {why} (or start it with --assume-latest, if you know that nothing was forgotten)"
            ));
        }
        self.settle();
        Confirmed::Yes
    }

    /// Notes that the folder holds all that was signed; without the note it is asked again.
    pub(crate) fn settle(&self) {
        if let Some(dir) = &self.folder
            && let Err(error) = guard::settle(dir)
        {
            tracing::warn!(%error, "the place of the folder was not noted");
        }
    }

    async fn ask_holder(&self, member: &Cosigner) -> Result<Option<Holder>, Error> {
        let remote = (self.connect)(&member.url)?;
        Ok(match self.ask_mirror(&remote).await? {
            Told::Nothing => None,
            Told::Holds(note, opened) => Some(Holder {
                name: member.vkey.name().to_owned(),
                remote,
                note,
                opened,
            }),
        })
    }

    /// Takes back what one mirror holds and the log does not. Answers why the log can never go on,
    /// if so.
    async fn compare_holder(
        &self,
        sequencer: &mut Sequencer,
        holders: &[Holder],
        at: usize,
    ) -> Result<Option<String>, Error> {
        let Some(holder) = holders.get(at) else {
            return Ok(None);
        };
        let origin = self.config.origin();
        let head = sequencer.head().clone();
        let same = if holder.opened.size() > head.size || head.note.is_empty() {
            self.take_back_from(sequencer, holders, holder).await?
        } else {
            let tiles = Tiles::Held(&self.store, &origin);
            tiles.root_at(holder.opened.size(), head.size).await? == *holder.opened.root()
        };
        if same {
            return Ok(None);
        }
        let own = self.store.note_as_of(&origin, i64::MAX, head.size).await?;
        if let Some(own) = own {
            let own = SignedNote::parse(&own.note)?;
            let prefix = format!("/mirror/{}", log_id(&origin));
            let served = Some((&holder.remote, prefix.as_str()));
            let finding = self
                .found_two(&self.log_key, &own, &holder.note, served)
                .await?;
            if matches!(finding, Finding::Fork(_)) {
                return Ok(Some(format!(
                    "{} holds another history of {origin}, signed with its key. The log is at its end: keep the \
                     evidence, take out a new key, and open a new log",
                    holder.name
                )));
            }
        }
        Err(Error::Remote(format!(
            "{} does not give the entries that lead to what it has co-signed",
            holder.name
        )))
    }

    /// Takes back what the holder has beyond the head. Answers whether its history is the one held
    /// here, continued; nothing is taken otherwise.
    async fn take_back_from(
        &self,
        sequencer: &mut Sequencer,
        holders: &[Holder],
        holder: &Holder,
    ) -> Result<bool, Error> {
        let origin = self.config.origin();
        let source = Source::of_mirror(holder.remote.clone(), &origin);
        let (from, size) = (sequencer.tree().size(), holder.opened.size());
        let leaves = leaves(&source, from, size).await?;
        let mut grown = sequencer.tree().clone();
        grown.append(&leaves)?;
        if grown.size() != size || grown.root() != *holder.opened.root() {
            return Ok(false);
        }
        tracing::warn!(
            log.origin = origin,
            from,
            size,
            mirror = holder.name,
            "this database has forgotten entries; they are taken back"
        );
        let mut position = from;
        while position < size || sequencer.head().note.is_empty() {
            let end = ((position / 256 + PAGE_BUNDLES) * 256).min(size);
            let page = self.read_page(&source, (position, end), holders).await?;
            let told = page.entries.iter().map(|entry| entry.leaf);
            let first = usize::try_from(position - from).unwrap_or(usize::MAX);
            if !leaves
                .iter()
                .skip(first)
                .copied()
                .zip(told)
                .all(|(one, other)| one == other)
            {
                return Err(Error::Remote(format!(
                    "{} changes what it says",
                    holder.name
                )));
            }
            let page = if end == size {
                self.last_page(page, &holder.note)
            } else {
                page
            };
            sequencer.take_back(page).await?;
            position = end;
        }
        Ok(true)
    }

    /// The page under the note that the mirror keeps.
    fn last_page(&self, page: Page, note: &SignedNote) -> Page {
        Page {
            signed_at: Checkpoints::self_line(&self.log_key, note).unwrap_or(page.signed_at),
            note: note.to_string().into_bytes(),
            ..page
        }
    }

    /// The entries from one position up to another, with their bodies, each from whichever mirror
    /// has it.
    async fn read_page(
        &self,
        source: &Source,
        (from, end): (u64, u64),
        holders: &[Holder],
    ) -> Result<Page, Error> {
        let origin = self.config.origin();
        let entries = entries_of(source, from, end).await?;
        let digests: Vec<_> = entries
            .iter()
            .filter_map(|entry| Logged::read(0, entry).map(|logged| logged.digest))
            .collect();
        let held = self.store.is_logged(&[origin.as_str()], &digests).await?;
        let held: HashSet<_> = held.into_iter().map(|place| place.digest).collect();
        let Entries { rows, logged, .. } = page::entries(from, entries, &held);
        let now = self.clock.now();
        let mut found = Vec::new();
        for of_bundle in logged.chunk_by(|one, other| one.position / 256 == other.position / 256) {
            let wanted = of_bundle.iter().filter(|logged| logged.has_body()).cloned();
            for (logged, body) in bodies_of(source, wanted.collect()).await? {
                let body = match body {
                    Some(body) => Some(body),
                    None => body_elsewhere(holders, &origin, &logged).await?,
                };
                found.push((logged, body));
            }
        }
        let Bodies {
            records,
            missing,
            invalid,
            ..
        } = page::examine(found, now).await?;
        Ok(Page {
            entries: rows,
            records,
            missing,
            invalid,
            note: Vec::new(),
            signed_at: now.seconds(),
        })
    }

    /// Takes up what was taken back, as if it had been there at the start.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub(crate) async fn take_up_recovered(&self, head: &Head) -> Result<(), Error> {
        self.held
            .load(&self.store, &self.checkpoints, head.size)
            .await?;
        self.checkpoints.read_again(&head.origin);
        self.follow_takedowns_held().await
    }
}

/// The leaf hashes of entries, one page of them in memory at a time.
async fn leaves(source: &Source, from: u64, size: u64) -> Result<Vec<Hash>, Error> {
    let mut fetched = futures::stream::iter(bundles(from, size))
        .map(|id| async move { source.entries(id).await })
        .buffered(REQUESTS);
    let mut leaves: Vec<Hash> = Vec::new();
    let mut skipped = usize::try_from(from % 256).unwrap_or(0);
    while let Some(bundle) = fetched.try_next().await? {
        leaves.extend(bundle.iter().skip(skipped).map(|entry| leaf_hash(entry)));
        skipped = 0;
    }
    Ok(leaves)
}

async fn entries_of(source: &Source, from: u64, end: u64) -> Result<Vec<Vec<u8>>, Error> {
    let mut entries = Vec::new();
    let mut skipped = usize::try_from(from % 256).unwrap_or(0);
    for id in bundles(from, end) {
        entries.extend(source.entries(id).await?.into_iter().skip(skipped));
        skipped = 0;
    }
    Ok(entries)
}

/// A body from whichever mirror has it; `None` if all of them say that they have it no more.
///
/// # Errors
/// [`Error::Remote`] if one that might have it did not answer: it is asked again, since what was
/// acknowledged once is not given up for a mirror that was busy.
async fn body_elsewhere(
    holders: &[Holder],
    origin: &str,
    logged: &Logged,
) -> Result<Option<Vec<u8>>, Error> {
    let mut failed = None;
    for holder in holders {
        let source = Source::of_mirror(holder.remote.clone(), origin);
        match source.body(&logged.digest).await {
            Ok(Some(body)) => return Ok(Some(body)),
            Ok(None) => {}
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(None), Err)
}
