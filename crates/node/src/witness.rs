//! The witness endpoint (C2SP `tlog-witness`): says of any log that is followed or pinned here that
//! it only grew, with a key of its own, and keeps what it has signed before the signature leaves.

use comity_store::Cosigned;
use comity_tlog::checkpoint::{VerifiedCheckpoint, open};
use comity_tlog::note::{NoteSigner, SignedNote, Vkey};
use comity_tlog::witness::{AddCheckpoint, Answer, SIZE_TYPE, answer};

use crate::equivocation::Finding;
use crate::error::Error;
use crate::{Node, Shared};

/// Most bytes of a request.
pub const MAX_REQUEST_BYTES: usize = comity_tlog::witness::MAX_REQUEST_BYTES;

/// How often a request is judged anew because another process moved what was co-signed.
const MAX_RACES: u32 = 5;

const TEXT: &str = "text/plain; charset=utf-8";

/// What this node is as a witness.
#[derive(Debug)]
pub(crate) struct Witnessing {
    key: NoteSigner,
    /// Held by whoever reads what was co-signed until the next is kept; within this process it
    /// spares the store races, which it decides all the same.
    turn: tokio::sync::Mutex<()>,
}

impl Witnessing {
    pub(crate) fn new(key: NoteSigner) -> Self {
        Self {
            key,
            turn: tokio::sync::Mutex::default(),
        }
    }
}

/// An answer of the witness, as it goes over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WitnessAnswer {
    /// HTTP status.
    pub status: u16,
    /// Media type.
    pub content_type: &'static str,
    /// Body.
    pub body: String,
}

impl WitnessAnswer {
    fn text(status: u16, words: &str) -> Self {
        Self {
            status,
            content_type: TEXT,
            body: format!("{words}\n"),
        }
    }
}

impl Node {
    /// The key with which this node co-signs as a witness.
    pub fn witness_key(&self) -> &Vkey {
        self.shared.witnessing.key.vkey()
    }

    /// Answers `POST /add-checkpoint`. Every refusal is an answer.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn add_checkpoint(&self, body: &[u8]) -> Result<WitnessAnswer, Error> {
        let request = match AddCheckpoint::parse(body) {
            Ok(request) => request,
            Err(error) => return Ok(WitnessAnswer::text(400, &error.to_string())),
        };
        let keys = self.shared.keys_of_log(request.origin()).await?;
        let answered = self.shared.witness(&request, &keys).await?;
        // Signed by the log, and at odds with what was co-signed: perhaps half of a proof.
        if matches!(answered.status, 409 | 422) {
            self.shared.suspect(&request.note, &keys).await;
        }
        Ok(answered)
    }

    /// The newest checkpoint of a log that this node co-signed as a witness.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn witnessed(&self, origin: &str) -> Result<Option<Vec<u8>>, Error> {
        let key = self.witness_key().to_string();
        let cosigned = self.shared.store.cosigned(origin, &key).await?;
        Ok(cosigned.map(|cosigned| cosigned.note))
    }

    /// The newest checkpoint that this node co-signed as a witness of the log whose origin has
    /// this SHA-256, in hex.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn witnessed_by_id(&self, id: &str) -> Result<Option<Vec<u8>>, Error> {
        let followed = self.shared.store.all_followed().await?;
        let followed = followed.iter().map(|log| log.origin.as_str());
        let pinned = self.shared.policy.logs().iter();
        let mut known = followed.chain(pinned.map(|log| log.origin.as_str()));
        match known.find(|origin| comity_tlog::origin::log_id(origin) == id) {
            Some(origin) => self.witnessed(origin).await,
            None => Ok(None),
        }
    }
}

impl Shared {
    /// The keys under which checkpoints of a foreign log are believed; none of a log that is
    /// neither followed nor pinned, nor of the own.
    pub(crate) async fn keys_of_log(&self, origin: &str) -> Result<Vec<Vkey>, Error> {
        if origin == self.config.origin() {
            return Ok(Vec::new());
        }
        let followed = self.store.followed(origin).await?;
        let pinned = self.policy.file().log.iter();
        let pinned = pinned.filter(|log| log.origin == origin);
        let texts = followed
            .map(|log| log.vkey)
            .into_iter()
            .chain(pinned.map(|log| log.vkey.clone()));
        let mut keys: Vec<Vkey> = Vec::new();
        for key in texts.filter_map(|text| Vkey::parse(&text).ok()) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        Ok(keys)
    }

    async fn witness(
        &self,
        request: &AddCheckpoint,
        keys: &[Vkey],
    ) -> Result<WitnessAnswer, Error> {
        let key = self.witnessing.key.vkey().to_string();
        let _turn = self.witnessing.turn.lock().await;
        for _ in 0..MAX_RACES {
            let before = self.store.cosigned(request.origin(), &key).await?;
            let cosigned = before.as_ref().map(|before| (before.size, before.root));
            let checkpoint = match answer(request, cosigned, keys) {
                Answer::Cosign(checkpoint) => checkpoint,
                refused => return Ok(in_words(&refused)),
            };
            if let Some(why) = self.at_odds(&request.note, keys).await? {
                return Ok(WitnessAnswer::text(422, why));
            }
            let (after, line) = self.witness_line(request, &checkpoint, before.as_ref(), keys)?;
            // Kept first, shown then.
            match self.store.swap_cosigned(before.as_ref(), &after).await {
                Ok(()) => {
                    return Ok(WitnessAnswer {
                        status: 200,
                        content_type: TEXT,
                        body: line,
                    });
                }
                Err(comity_store::Error::HeadMoved) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Error::Busy(
            "another process co-signs the same log".to_owned(),
        ))
    }

    /// The row to keep and the line to show.
    fn witness_line(
        &self,
        request: &AddCheckpoint,
        checkpoint: &VerifiedCheckpoint,
        before: Option<&Cosigned>,
        keys: &[Vkey],
    ) -> Result<(Cosigned, String), Error> {
        // A clock that was set back signs nothing earlier than it did before.
        let earliest = before.map_or(0, |before| before.signed_at);
        let time = self.clock.now().seconds().max(earliest);
        let unix = u64::try_from(time).unwrap_or(0);
        let line = self.witnessing.key.cosign(checkpoint.checkpoint(), unix)?;
        // Lines of strangers say nothing; those of the log make the note worth keeping.
        let by_log = request.note.signatures.iter().filter(|line| {
            keys.iter()
                .any(|key| (line.name.as_str(), line.key_id) == (key.name(), key.key_id()))
        });
        let note = SignedNote {
            text: request.note.text.clone(),
            signatures: by_log.cloned().chain([line.clone()]).collect(),
        };
        let after = Cosigned {
            origin: checkpoint.origin().to_owned(),
            cosigner: self.witnessing.key.vkey().to_string(),
            size: checkpoint.size(),
            root: *checkpoint.root(),
            note: note.to_string().into_bytes(),
            signed_at: time,
        };
        Ok((after, format!("{line}\n")))
    }

    /// Why a checkpoint that follows from what was witnessed is not co-signed all the same: the
    /// copy of the log held here is of another history, or the log is frozen.
    async fn at_odds(
        &self,
        note: &SignedNote,
        keys: &[Vkey],
    ) -> Result<Option<&'static str>, Error> {
        let frozen = "this log showed two histories and is frozen";
        for key in keys {
            if !self.store.forks(key.name()).await?.is_empty() {
                return Ok(Some(frozen));
            }
            let Ok(checkpoint) = open(note, key) else {
                continue;
            };
            if self.is_beyond_closing(key, note, &checkpoint).await? {
                return Ok(Some(frozen));
            }
            for held in self.notes_of(key).await? {
                if matches!(
                    self.found_two(key, note, &held, None).await?,
                    Finding::Fork(_)
                ) {
                    return Ok(Some(frozen));
                }
            }
        }
        Ok(None)
    }

    /// Whether a checkpoint goes beyond the end of a log that was closed; then that is proved.
    async fn is_beyond_closing(
        &self,
        key: &Vkey,
        note: &SignedNote,
        checkpoint: &VerifiedCheckpoint,
    ) -> Result<bool, Error> {
        let Some((end, _)) = self.mirrors.closed(key.name()) else {
            return Ok(false);
        };
        if checkpoint.size() <= end {
            return Ok(false);
        }
        let kept = self.store.notes(key.name(), end, 1).await?;
        if let Some(kept) = kept.first() {
            let ended = SignedNote::parse(&kept.note)?;
            let last = end.saturating_sub(1);
            self.found_after_closing(key, &ended, note, last).await?;
        }
        Ok(true)
    }

    /// Compares a note that a log has signed with those of it that are held.
    async fn suspect(&self, note: &SignedNote, keys: &[Vkey]) {
        for key in keys.iter().filter(|key| open(note, key).is_ok()) {
            let held = match self.notes_of(key).await {
                Ok(held) => held,
                Err(error) => {
                    tracing::error!(log.origin = key.name(), %error, "notes were not compared");
                    continue;
                }
            };
            for held in held {
                if let Err(error) = self.found_two(key, note, &held, None).await {
                    tracing::warn!(log.origin = key.name(), %error, "two notes were not compared");
                }
            }
        }
    }

    /// The notes of a foreign log that are held: as mirrored, as aimed at while catching up, and
    /// as witnessed.
    async fn notes_of(&self, key: &Vkey) -> Result<Vec<SignedNote>, Error> {
        let witness = self.witnessing.key.vkey().to_string();
        let witnessed = self.store.cosigned(key.name(), &witness).await?;
        let newest = self.store.note_as_of(key.name(), i64::MAX, u64::MAX);
        let newest = newest.await?;
        let followed = self.store.followed(key.name()).await?;
        let notes = [
            newest.map(|head| head.note),
            followed.map(|log| log.seen_note),
            witnessed.map(|cosigned| cosigned.note),
        ];
        let notes = notes.into_iter().flatten();
        let notes = notes.filter_map(|note| SignedNote::parse(&note).ok());
        Ok(notes.filter(|note| open(note, key).is_ok()).collect())
    }
}

fn in_words(answer: &Answer) -> WitnessAnswer {
    let text = |words: &str| WitnessAnswer::text(answer.status(), words);
    match answer {
        // Answered by the caller, once it is kept.
        Answer::Cosign(_) => text("co-signed"),
        Answer::BadRequest(why) => text(why),
        Answer::Forbidden => {
            text("the checkpoint is not signed by a key that is trusted for its origin")
        }
        Answer::UnknownLog => text("this log is not known here"),
        Answer::Conflict(size) => WitnessAnswer {
            status: 409,
            content_type: SIZE_TYPE,
            body: format!("{size}\n"),
        },
        Answer::Unprocessable(why) => text(why),
    }
}

#[cfg(test)]
mod tests;
