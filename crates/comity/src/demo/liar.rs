//! `--liar`: one node of the demo lies to others, so that they can be seen to notice.
//!
//! Its own node is honest; what it answers to other nodes is altered on the way, as an operator
//! with the log's key could do. The others are as they always are.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use clap::ValueEnum;
use comity_model::date::{Day, Instant};
use comity_model::record::Kind;
use comity_node::clock::Clock;
use comity_node::error::Error;
use comity_node::remote::{Answer, Connect, Remote, Request};
use comity_signature::digest::record_digest;
use comity_tlog::bundle::{self, BundleId, bundles};
use comity_tlog::checkpoint::{Checkpoint, served};
use comity_tlog::entry::Entry;
use comity_tlog::note::{NoteSigner, SignedNote};
use comity_tlog::tree::{Tree, leaf_hash};

use super::cast::{Body, JP, KZ, SE};
use super::federation::{self, public_url};
use super::ledger::Signed;
use super::{LOG, events, ledger};

/// Who lies.
pub(super) static LIAR: &Body = &SE;
/// Those who are shown the second history.
static DECEIVED: [&Body; 2] = [&KZ, &JP];

/// How it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum How {
    /// It shows two histories: to some nodes a withdrawal, to others something else in its place
    Split,
    /// It logs a withdrawal and gives its body to nobody
    Body,
    /// It shows a checkpoint from before the withdrawal to everybody, for ever
    Frozen,
}

impl How {
    /// Its name, as the option takes it.
    pub(super) fn name(self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// As the guide says it.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Split => "shows two histories",
            Self::Body => "logs a withdrawal and hides its body",
            Self::Frozen => "has shown the same old checkpoint since before a withdrawal",
        }
    }

    fn deceives(self, node: &Body) -> bool {
        let among = |nodes: &[&Body]| nodes.iter().any(|other| other.did == node.did);
        match self {
            Self::Split => among(&DECEIVED),
            Self::Body | Self::Frozen => node.did != LIAR.did,
        }
    }
}

/// The withdrawal that is hidden, and what is shown in its place.
///
/// # Errors
/// If one cannot be signed.
fn withdrawal_and_pretext() -> Result<[(Day, Signed); 2]> {
    let made = |add: fn(&mut ledger::Ledger) -> Result<()>| {
        let mut ledger = super::ledger()?;
        ledger.take_batches();
        add(&mut ledger)?;
        let batch = ledger.take_batches().pop_first();
        let signed = batch.and_then(|(day, mut records)| Some((day, records.pop()?)));
        signed.context("the liar has nothing to hide")
    };
    Ok([made(events::withdraw)?, made(events::correct)?])
}

/// The record that the liar logs and hides, and the day.
///
/// # Errors
/// If it cannot be signed.
pub(super) fn hidden() -> Result<(Day, Signed)> {
    let [withdrawal, _] = withdrawal_and_pretext()?;
    Ok(withdrawal)
}

/// The way from the node `me` to others, on which the liar's answers are altered.
///
/// # Errors
/// If the lie cannot be made.
pub(super) fn through(connect: Connect, me: &Body, how: How, clock: &Clock) -> Result<Connect> {
    if !how.deceives(me) {
        return Ok(connect);
    }
    let lie = Arc::new(Lie::new(how, clock.clone())?);
    let liar = public_url(LIAR);
    Ok(Arc::new(move |url| {
        let remote = connect(url)?;
        if url.trim_end_matches('/') != liar {
            return Ok(remote);
        }
        let lie = Arc::clone(&lie);
        let honest = remote.clone();
        let handler = move |request: Request| -> futures::future::BoxFuture<'static, _> {
            let (lie, honest) = (Arc::clone(&lie), honest.clone());
            Box::pin(async move { lie.answer(&honest, request).await })
        };
        Ok(Remote::in_process(remote.base(), Arc::new(handler)))
    }))
}

/// What is hidden and by what.
struct Lie {
    how: How,
    clock: Clock,
    log: NoteSigner,
    cosigner: NoteSigner,
    /// Body and entry of the withdrawal.
    withdrawal: (Vec<u8>, Vec<u8>),
    /// Body and entry that stand in its place.
    pretext: (Vec<u8>, Vec<u8>),
    /// The day of the withdrawal.
    day: Day,
}

impl Lie {
    fn new(how: How, clock: Clock) -> Result<Self> {
        let keys = federation::keys(&federation::config(LIAR))?;
        let with_entry = |signed: Signed| -> Result<_> {
            let digest = record_digest(&signed.body);
            let length = signed.body.len() as u64;
            let entry = Entry::record(Kind::StatusEvent.name(), digest, length)?;
            Ok((signed.body, entry.encode()))
        };
        let [(day, withdrawal), (_, pretext)] = withdrawal_and_pretext()?;
        Ok(Self {
            how,
            clock,
            day,
            log: keys.log,
            cosigner: keys.cosigner,
            withdrawal: with_entry(withdrawal)?,
            pretext: with_entry(pretext)?,
        })
    }

    async fn answer(&self, honest: &Remote, request: Request) -> Result<Answer, Error> {
        let answer = match request.method {
            "POST" => {
                let kind = request.content_type.as_deref().unwrap_or_default();
                return honest.post(&request.path, kind, request.body).await;
            }
            _ => honest.get(&request.path).await?,
        };
        let path = request.path.split('?').next().unwrap_or_default();
        let place = path.strip_prefix(&format!("/log/{LOG}/"));
        if !answer.is_success() {
            return Ok(answer);
        }
        match (self.how, place) {
            (How::Split, Some("checkpoint")) => self.second_checkpoint(honest, answer).await,
            (How::Split, Some(place)) if BundleId::parse(place).is_ok() => {
                self.second_bundle(answer)
            }
            (How::Split, Some(place)) if place.starts_with("records/") => {
                Ok(self.without(answer, &self.pretext.0))
            }
            (How::Body, Some(place)) if place.starts_with("records/") => {
                Ok(self.without(answer, b"null"))
            }
            (How::Body, None) if answer.body == self.withdrawal.0 => Ok(Answer {
                status: 404,
                body: Vec::new(),
                ..answer
            }),
            (How::Frozen, Some("checkpoint")) => self.old_checkpoint(honest, answer).await,
            _ => Ok(answer),
        }
    }

    /// The bodies with `instead` in the place of the withdrawal.
    fn without(&self, answer: Answer, instead: &[u8]) -> Answer {
        let lines = answer.body.split(|&byte| byte == b'\n');
        let lines = lines.map(|line| {
            if line == self.withdrawal.0 {
                instead
            } else {
                line
            }
        });
        let body = lines.collect::<Vec<_>>().join(&b'\n');
        Answer { body, ..answer }
    }

    fn second_bundle(&self, answer: Answer) -> Result<Answer, Error> {
        let entries = bundle::parse(&answer.body)?;
        let entries = entries.into_iter().map(|entry| self.second_entry(entry));
        let body = bundle::encode(entries)?;
        Ok(Answer { body, ..answer })
    }

    fn second_entry<'a>(&'a self, entry: &'a [u8]) -> &'a [u8] {
        if entry == self.withdrawal.1 {
            &self.pretext.1
        } else {
            entry
        }
    }

    /// The checkpoint of the history that has the pretext.
    async fn second_checkpoint(&self, honest: &Remote, answer: Answer) -> Result<Answer, Error> {
        let checkpoint = Checkpoint::parse(&SignedNote::parse(&answer.body)?.text)?;
        let (mut tree, mut forked) = (Tree::new(), false);
        for entry in entries(honest, checkpoint.size).await? {
            let shown = self.second_entry(&entry);
            forked |= shown != entry;
            tree.append(leaf_hash(shown))?;
        }
        if forked {
            return self.sign(&tree, self.clock.now(), answer);
        }
        Ok(answer)
    }

    /// The checkpoint before the withdrawal, as it was signed in the morning of that day.
    async fn old_checkpoint(&self, honest: &Remote, answer: Answer) -> Result<Answer, Error> {
        let checkpoint = Checkpoint::parse(&SignedNote::parse(&answer.body)?.text)?;
        let mut tree = Tree::new();
        for entry in entries(honest, checkpoint.size).await? {
            if entry == self.withdrawal.1 {
                return self.sign(&tree, self.day.first_second(), answer);
            }
            tree.append(leaf_hash(&entry))?;
        }
        Ok(answer)
    }

    /// The checkpoint of `tree`, signed like any other.
    fn sign(&self, tree: &Tree, time: Instant, answer: Answer) -> Result<Answer, Error> {
        let checkpoint = Checkpoint {
            origin: self.log.vkey().name().to_owned(),
            size: tree.size(),
            root: tree.root(),
        };
        let time = u64::try_from(time.seconds()).unwrap_or(0);
        let line = self.cosigner.cosign(&checkpoint, time)?;
        let note = served(&checkpoint, self.log.sign(&checkpoint)?, [line])?;
        let body = note.to_string().into_bytes();
        Ok(Answer { body, ..answer })
    }
}

/// The first `size` entries of the liar's log.
async fn entries(honest: &Remote, size: u64) -> Result<Vec<Vec<u8>>, Error> {
    let mut all = Vec::new();
    for id in bundles(0, size) {
        let answer = honest.get(&format!("/log/{LOG}/{}", id.path())).await?;
        all.extend(bundle::parse(&answer.body)?.into_iter().map(<[u8]>::to_vec));
    }
    Ok(all)
}
