//! Collecting cosignatures on the own log: from the mirrors of the cosigner set, which are asked,
//! and from foreign witnesses, to which the checkpoint is brought.
//!
//! Sequencing never waits for abroad. What a mirror shows under the own log key and what the own
//! log does not hold stops the writer: then this node has forgotten something, or lied.

use std::sync::Weak;
use std::time::Duration;

use comity_store::{CosignatureRow, Head};
use comity_tlog::checkpoint::{self, VerifiedCheckpoint};
use comity_tlog::note::{MAX_NOTE_BYTES, NoteSignature, SignedNote, Vkey};
use comity_tlog::origin::{log_id, mirror_path};
use comity_tlog::witness::{AddCheckpoint, told_size};
use tokio::task::JoinHandle;

use crate::dating;
use crate::equivocation::Finding;
use crate::error::Error;
use crate::peers::Peers;
use crate::proofs::Tiles;
use crate::remote::Remote;
use crate::rounds::Moment;
use crate::sequencer::RESIGN_SECONDS;
use crate::{Node, Shared};

/// How often a witness is asked again after it told the size that it knows.
const MAX_WITNESS_ROUNDS: u32 = 3;
/// Longest pause between two looks while the shown head has no quorum.
const BRISK: Duration = Duration::from_secs(1);
/// Lines looked at to find those under one head.
pub(crate) const LINES_READ: usize = 512;

/// A member of the set that co-signs the own log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cosigner {
    pub(crate) vkey: Vkey,
    pub(crate) economy: String,
    /// Where its node answers.
    pub(crate) url: String,
}

/// Who co-signs the own log now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CosignerSet {
    /// Members of the set outside the own economy.
    pub(crate) members: Vec<Cosigner>,
    /// How many more there are whose keys are not known yet.
    pub(crate) keyless: usize,
    /// How many of them make a quorum; `None`: there is none.
    pub(crate) needed: Option<usize>,
    /// Foreign witnesses that are asked, with their URLs.
    pub(crate) witnesses: Vec<(Vkey, String)>,
}

impl CosignerSet {
    pub(crate) fn is_empty(&self) -> bool {
        self.members.is_empty() && self.witnesses.is_empty()
    }

    /// The members that keep a mirror, and can be asked what they hold; a witness keeps none.
    pub(crate) fn mirrors(&self) -> Vec<&Cosigner> {
        let is_witness = |vkey: &Vkey| self.witnesses.iter().any(|(witness, _)| witness == vkey);
        let members = self.members.iter();
        members.filter(|member| !is_witness(&member.vkey)).collect()
    }

    /// The keys of all of them.
    pub(crate) fn keys(&self) -> Vec<Vkey> {
        let members = self.members.iter().map(|member| &member.vkey);
        let witnesses = self.witnesses.iter().map(|(vkey, _)| vkey);
        members.chain(witnesses).cloned().collect()
    }

    /// Whether these lines are a quorum; without a set, whether every witness signed.
    pub(crate) fn is_quorum(&self, lines: &[CosignatureRow]) -> bool {
        let signed = |vkey: &Vkey| {
            let vkey = vkey.to_string();
            lines.iter().any(|line| line.cosigner == vkey)
        };
        if self.members.is_empty() {
            return self.witnesses.iter().all(|(vkey, _)| signed(vkey));
        }
        let have = self.members.iter().filter(|member| signed(&member.vkey));
        self.needed.is_some_and(|needed| have.count() >= needed)
    }
}

/// What a mirror says of the own log.
#[derive(Clone, Debug)]
pub(crate) enum Told {
    /// It holds nothing of it.
    Nothing,
    /// A checkpoint that the own log key has signed.
    Holds(SignedNote, VerifiedCheckpoint),
}

impl Node {
    /// Asks every cosigner of the own log once, and brings its checkpoint to every witness. Answers
    /// who failed, by name, with a sentence.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn collect_once(&self) -> Result<Vec<(String, String)>, Error> {
        self.shared.collect().await
    }

    /// Puts other peers in the place of those given at the start, for a node without a folder.
    pub fn follow_peers(&self, peers: Peers) {
        self.shared.peers.replace(peers);
    }
}

impl Shared {
    /// Who co-signs the own log at present, as the policy and its federation say.
    pub(crate) fn cosigner_set(&self) -> CosignerSet {
        let peers = self.peers.current();
        let held = self.held.snapshot();
        let policy = self.policy.resolve(&held.trust, self.now_known());
        let origin = self.config.origin();
        let own = policy.logs().iter().find(|log| log.origin == origin);
        let mut economies = own.map_or_else(Vec::new, |log| log.economies.clone());
        if !economies.contains(&self.config.economy) {
            economies.push(self.config.economy.clone());
        }
        let quorum = dating::cosigners(&policy, self.clock.now()).quorum(&economies);
        let members = quorum.members.into_iter().map(|(vkey, economy)| {
            let host = vkey.name().split('/').next().unwrap_or_default();
            let mut of_host = peers.peers.iter().filter(|peer| {
                let of = comity_tlog::origin::split(&peer.origin);
                of.is_ok_and(|(of, _)| of == host)
            });
            let by_peer = of_host.next().map(|peer| peer.url.clone());
            let member = || policy.federation()?.economy(&economy)?.url.clone();
            let url = by_peer.or_else(member);
            Cosigner {
                url: url.unwrap_or_else(|| format!("https://{host}")),
                economy,
                vkey,
            }
        });
        let witnesses = peers.witnesses.iter();
        let witnesses = witnesses.filter_map(|witness| {
            let vkey = Vkey::parse(&witness.vkey).ok()?;
            Some((vkey, witness.url.clone()))
        });
        CosignerSet {
            members: members.collect(),
            keyless: quorum.keyless,
            needed: quorum.needed,
            witnesses: witnesses.collect(),
        }
    }

    /// The head to show now, for a set that co-signs.
    pub(crate) fn shown(&self, set: &CosignerSet) -> Head {
        let newest = self.heads.borrow().clone();
        let now = Moment::now(self.clock.now().seconds());
        self.rounds.shown(&newest, !set.is_empty(), now).head
    }

    /// The collected lines under the own head of that size, the newest first.
    pub(crate) async fn lines_under(&self, size: u64) -> Result<Vec<CosignatureRow>, Error> {
        let origin = self.config.origin();
        let mut lines = self.rounds.newest_lines(size);
        let kept = self
            .store
            .cosignatures_down(&origin, size, LINES_READ)
            .await?;
        lines.extend(kept.into_iter().filter(|line| line.size == size));
        Ok(lines)
    }

    /// The newest lines under the newest own head, for signing it anew together with them.
    pub(crate) async fn newest_lines(&self) -> Result<Vec<NoteSignature>, Error> {
        let set = self.cosigner_set();
        let head = self.heads.borrow().clone();
        let lines = self.lines_under(head.size).await?;
        let mut note = with_lines(&head.note, &lines, &set.keys(), &self.log_key)?;
        note.signatures
            .retain(|line| line.name != self.log_key.name());
        Ok(note.signatures)
    }

    async fn collect(&self) -> Result<Vec<(String, String)>, Error> {
        let set = self.cosigner_set();
        // While the writer takes back what was forgotten, the mirrors hold more than this log.
        if set.is_empty() || self.is_waiting() {
            return Ok(Vec::new());
        }
        let shown = self.shown(&set);
        let lines = self.lines_under(shown.size).await?;
        let asked = set.members.iter().map(|member| async {
            let asked = self.collect_from(member).await;
            (member.vkey.name(), asked)
        });
        let now = self.clock.now().seconds();
        let due = set.witnesses.iter().filter(|(vkey, _)| {
            let vkey = vkey.to_string();
            !lines
                .iter()
                .any(|line| line.cosigner == vkey && now - line.signed_at < RESIGN_SECONDS)
        });
        let brought = due.map(|(vkey, url)| async {
            let brought = self.bring_to(vkey, url, &shown).await;
            (vkey.name(), brought)
        });
        let (asked, brought) = tokio::join!(
            futures::future::join_all(asked),
            futures::future::join_all(brought)
        );
        let mut failed = Vec::new();
        let mut came = false;
        for (name, result) in asked.into_iter().chain(brought) {
            match result {
                Ok(new) => came |= new,
                Err(error) => {
                    tracing::debug!(cosigner.name = name, %error, "no line was collected");
                    failed.push((name.to_owned(), error.to_string()));
                }
            }
        }
        if came {
            // Records that were waiting for a quorum are dated by it.
            self.heads_changed(&self.config.origin(), shown.size)
                .await?;
        }
        if set.is_quorum(&self.lines_under(shown.size).await?) {
            self.rounds.has_quorum(shown.size, Moment::now(now));
        }
        if came {
            self.rounds.lines_came();
        }
        Ok(failed)
    }

    /// Asks one mirror for its head of the own log and keeps its line. Answers whether it is new.
    async fn collect_from(&self, member: &Cosigner) -> Result<bool, Error> {
        let remote = (self.connect)(&member.url)?;
        let (note, opened) = match self.ask_mirror(&remote).await? {
            Told::Nothing => return Ok(false),
            Told::Holds(note, opened) => (note, opened),
        };
        self.check_told(&note, &opened, &remote, member.vkey.name())
            .await?;
        let Some(row) = line_of(&note, &member.vkey, opened.size()) else {
            return Err(Error::Remote(format!(
                "{} shows no line of its own",
                member.url
            )));
        };
        self.keep_line(row).await
    }

    /// What a mirror says of the own log; only what the own key has signed is an answer.
    pub(crate) async fn ask_mirror(&self, remote: &Remote) -> Result<Told, Error> {
        let path = mirror_path(&self.config.origin());
        let answer = remote.small(MAX_NOTE_BYTES).get(&path).await?;
        if answer.status == 404 {
            return Ok(Told::Nothing);
        }
        if !answer.is_success() {
            return Err(Error::Remote(format!(
                "{}{path} answers {}",
                remote.base(),
                answer.status
            )));
        }
        let note = SignedNote::parse(&answer.body)?;
        let opened = checkpoint::open(&note, &self.log_key)?;
        Ok(Told::Holds(note, opened))
    }

    /// Stops the writer if a mirror holds what this log does not.
    async fn check_told(
        &self,
        note: &SignedNote,
        opened: &VerifiedCheckpoint,
        remote: &Remote,
        name: &str,
    ) -> Result<(), Error> {
        let origin = self.config.origin();
        // Read after the answer came: a head committed meanwhile is no surprise.
        let head = self.heads.borrow().clone();
        if opened.size() == head.size && *opened.root() == head.root {
            return Ok(());
        }
        if opened.size() < head.size {
            let tiles = Tiles::Held(&self.store, &origin);
            if tiles.root_at(opened.size(), head.size).await? == *opened.root() {
                return Ok(());
            }
        }
        let own = SignedNote::parse(&head.note)?;
        let prefix = format!("/mirror/{}", log_id(&origin));
        let served = Some((remote, prefix.as_str()));
        if !matches!(
            self.found_two(&self.log_key, &own, note, served).await?,
            Finding::Fork(_)
        ) {
            self.halt(&format!(
                "{name} holds {} entries of {origin} under its key, and this database holds {}: something was \
                 forgotten. Start the node again, and it recovers them from its mirrors",
                opened.size(),
                head.size
            ));
        }
        Err(Error::Remote(format!(
            "{name} holds another history of {origin}"
        )))
    }

    /// Keeps the first line of a cosigner under each head; of later ones under the same head, which
    /// only say that it was seen again, the newest is remembered.
    async fn keep_line(&self, row: CosignatureRow) -> Result<bool, Error> {
        let lines = self.lines_under(row.size).await?;
        let known = lines.iter().any(|line| line.cosigner == row.cosigner);
        let newer = self.rounds.saw_line(&row);
        if !known {
            let origin = self.config.origin();
            self.store.keep_cosignatures(&origin, &[row]).await?;
        }
        Ok(newer || !known)
    }

    /// Brings the shown head to a foreign witness (C2SP tlog-witness) and keeps its line.
    async fn bring_to(&self, vkey: &Vkey, url: &str, shown: &Head) -> Result<bool, Error> {
        let remote = (self.connect)(url)?.small(MAX_NOTE_BYTES);
        let witness = vkey.to_string();
        let note = SignedNote::parse(&shown.note)?;
        for _ in 0..MAX_WITNESS_ROUNDS {
            let old_size = self.rounds.witnessed(&witness).unwrap_or(0);
            if old_size > shown.size {
                return Err(Error::Remote(format!(
                    "{url} says that it co-signed {old_size} entries already; {} are shown",
                    shown.size
                )));
            }
            let proof = if old_size == 0 {
                Vec::new()
            } else {
                let tiles = Tiles::Held(&self.store, &shown.origin);
                tiles.consistency(old_size, shown.size).await?.proof
            };
            let request = AddCheckpoint {
                old_size,
                proof,
                note: note.clone(),
            };
            let body = request.encode().into_bytes();
            let answer = remote.post("/add-checkpoint", "text/plain", body).await?;
            let text = String::from_utf8_lossy(&answer.body);
            match answer.status {
                200 => {
                    let cosigned = SignedNote::parse(format!("{note}{text}").as_bytes())?;
                    let row = line_of(&cosigned, vkey, shown.size).ok_or_else(|| {
                        Error::Remote(format!("{url} answers no valid line of its key"))
                    })?;
                    self.rounds.set_witnessed(&witness, shown.size);
                    return self.keep_line(row).await;
                }
                409 => {
                    let told = told_size(&text).ok_or_else(|| {
                        Error::Remote(format!("{url} answers 409 without a size"))
                    })?;
                    self.rounds.set_witnessed(&witness, told);
                }
                status => {
                    return Err(Error::Remote(format!(
                        "{url} answers {status}: {}",
                        text.trim()
                    )));
                }
            }
        }
        Err(Error::Remote(format!("{url} tells another size each time")))
    }
}

/// The valid line of a cosigner under a checkpoint of `size`, as it is kept.
fn line_of(note: &SignedNote, vkey: &Vkey, size: u64) -> Option<CosignatureRow> {
    let mut lines = note.signatures.iter().filter_map(|line| {
        let alone = SignedNote {
            text: note.text.clone(),
            signatures: vec![line.clone()],
        };
        let lines = checkpoint::cosignatures(&alone, std::slice::from_ref(vkey));
        Some((line, lines.first()?.time_unix))
    });
    let (line, time) = lines.next()?;
    Some(CosignatureRow {
        size,
        cosigner: vkey.to_string(),
        signed_at: i64::try_from(time).ok()?,
        line: line.to_string(),
    })
}

/// The note of an own head with lines of others under it: its own lines first, then of each key
/// the first line given, at most as many as may be served.
pub(crate) fn with_lines(
    note: &[u8],
    lines: &[CosignatureRow],
    keys: &[Vkey],
    own: &Vkey,
) -> Result<SignedNote, Error> {
    let mut note = SignedNote::parse(note)?;
    // A head that was signed anew or recovered carries older lines of others.
    let (mine, others) = std::mem::take(&mut note.signatures)
        .into_iter()
        .partition::<Vec<_>, _>(|line| line.name == own.name());
    note.signatures = mine;
    for key in keys {
        let text = key.to_string();
        let line = lines.iter().find(|line| line.cosigner == text);
        let line = match line {
            Some(line) => Some(NoteSignature::parse(&line.line)?),
            None => others
                .iter()
                .find(|line| line.name == key.name() && line.key_id == key.key_id())
                .cloned(),
        };
        if note.signatures.len() < checkpoint::MAX_SERVED_SIGNATURES {
            note.signatures.extend(line);
        }
    }
    Ok(note)
}

/// Collects again and again; ends with the node.
pub(crate) fn follow(shared: Weak<Shared>, pause: Duration) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut due = tokio::time::interval(pause.min(BRISK));
        due.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut last = None;
        loop {
            due.tick().await;
            let Some(node) = shared.upgrade() else { break };
            // A head whose time is over makes room for the newest, whether anybody looks or not.
            node.shown(&node.cosigner_set());
            let waits = last.is_some_and(|last: tokio::time::Instant| last.elapsed() < pause);
            if waits && node.rounds.is_settled() {
                continue;
            }
            last = Some(tokio::time::Instant::now());
            if let Err(error) = node.collect().await {
                tracing::warn!(%error, "cosignatures were not collected");
            }
        }
    })
}
