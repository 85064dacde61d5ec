//! The records that verdicts share: who is registered, with which keys, competent for what, in
//! which arrangements. An immutable snapshot, indexed by hash.
//!
//! A snapshot is a short list of layers of falling size. [`TrustGraph::with`] adds a layer and
//! merges those that are no longer much larger than what comes after them, so that extending
//! costs about the logarithm of what is held, and nothing held is copied.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use comity_model::participation::ArrangementName;
use comity_model::party::PartyReference;
use comity_model::record::{Record, Subject};
use comity_model::reference::{Identity, Reference, SourceReference};
use comity_model::standard::Standard;
use comity_model::status::EventSubject;

use crate::evidence::{Digest, EvidenceRecord};
use crate::offices::answering;
use crate::signers::own_keys;

type Shared = Arc<EvidenceRecord>;

/// An immutable snapshot of the records that verdicts share.
#[derive(Clone, Debug, Default)]
pub struct TrustGraph {
    layers: Vec<Arc<Layer>>,
    /// Of the records that federations are made of.
    federal: Digest,
    /// Notes what is looked up, where somebody wants to know.
    reads: Option<Arc<Reads>>,
}

/// The records that were looked up in a [`TrustGraph`]: what a verdict over it rests on, and what
/// it found not to count.
#[derive(Debug, Default)]
pub struct Reads {
    held: Mutex<BTreeMap<Digest, Shared>>,
    /// Nothing is noted at present.
    paused: AtomicBool,
}

impl Reads {
    /// What was looked up so far, in the order of record digests.
    pub fn records(&self) -> Vec<Shared> {
        // A reader that panicked noted what it noted.
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.values().cloned().collect()
    }

    fn note(&self, found: &[&Shared]) {
        if self.paused.load(Ordering::Relaxed) {
            return;
        }
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        for record in found {
            held.entry(record.record_digest)
                .or_insert_with(|| Arc::clone(record));
        }
    }
}

#[derive(Debug, Default)]
struct Layer {
    /// Holds an unsigned draft.
    drafts: bool,
    all: Vec<Shared>,
    digests: HashSet<Digest>,
    /// Registrations by head authority and registered DID.
    registrations: HashMap<(String, String), Vec<Shared>>,
    /// Key revocations by head authority and DID.
    revocations: HashMap<(String, String), Vec<Shared>>,
    /// Grants by identity, every document.
    grants: HashMap<Identity, Vec<Shared>>,
    /// Imported grants by their source row.
    by_source: HashMap<SourceReference, Vec<Shared>>,
    /// Grants by the identity they replace.
    replacing: HashMap<Identity, Vec<Shared>>,
    arrangements: HashMap<ArrangementName, Vec<Shared>>,
    participations: HashMap<ArrangementName, Vec<Shared>>,
    /// Status events by the identity they act on.
    events: HashMap<Identity, Vec<Shared>>,
    /// Every version of every federation list.
    federation_lists: Vec<Shared>,
    /// Versions of online keys by the authority whose they are.
    member_keys: HashMap<String, Vec<Shared>>,
    /// Takedowns by the identity of what is taken down.
    takedowns: HashMap<Identity, Vec<Shared>>,
    /// Editions of standards by every designation that they name.
    standards: HashMap<String, Vec<Shared>>,
    /// Import rules by destination.
    import_rules: HashMap<String, Vec<Shared>>,
    /// Coverage statements by the DID of the party whose records they are about.
    coverage: HashMap<String, Vec<Shared>>,
    /// What an authority signed itself, by its DID and the key: a few records that show its names
    /// and its office.
    words: HashMap<(String, String), Vec<Shared>>,
}

/// Most records kept for the names of one authority, of each key and layer.
const MAX_WORDS: usize = 8;

impl TrustGraph {
    /// A snapshot of these records. Attestations, commitments, notices and records that cannot be
    /// read are left out.
    pub fn build(records: impl IntoIterator<Item = Shared>) -> Self {
        let layer = Layer::of(records);
        let layers = if layer.all.is_empty() {
            Vec::new()
        } else {
            vec![Arc::new(layer)]
        };
        Self::of(layers)
    }

    /// This snapshot and `records`. A record already held is replaced by the one given, which may
    /// know more places where it was logged.
    #[must_use]
    pub fn with(&self, records: impl IntoIterator<Item = Shared>) -> Self {
        let added = Layer::of(records);
        if added.all.is_empty() {
            return self.clone();
        }
        let replaces = |layer: &Layer| added.digests.iter().any(|d| layer.digests.contains(d));
        if self.layers.iter().any(|layer| replaces(layer)) {
            let kept = self
                .records()
                .filter(|r| !added.digests.contains(&r.record_digest));
            let all: Vec<_> = kept.chain(&added.all).cloned().collect();
            return Self::build(all);
        }
        let mut layers = self.layers.clone();
        let mut top = added;
        while let Some(below) = layers.pop_if(|below| below.all.len() < 4 * top.all.len()) {
            top = Layer::of(below.all.iter().chain(&top.all).cloned());
        }
        layers.push(Arc::new(top));
        Self::of(layers)
    }

    /// The same snapshot, noting what is looked up in it.
    #[must_use]
    pub fn watched(&self) -> (Self, Arc<Reads>) {
        let reads = Arc::new(Reads::default());
        let watched = Self {
            reads: Some(Arc::clone(&reads)),
            ..self.clone()
        };
        (watched, reads)
    }

    /// Looks up what no verdict rests on: it is not noted as looked up.
    pub(crate) fn unnoted<T>(&self, look_up: impl FnOnce() -> T) -> T {
        let Some(reads) = &self.reads else {
            return look_up();
        };
        let before = reads.paused.swap(true, Ordering::Relaxed);
        let found = look_up();
        reads.paused.store(before, Ordering::Relaxed);
        found
    }

    fn of(layers: Vec<Arc<Layer>>) -> Self {
        let mut graph = Self {
            layers,
            federal: [0; 32],
            reads: None,
        };
        let mut digests: Vec<Digest> = (graph.federal_records())
            .map(|record| record.record_digest)
            .collect();
        digests.sort_unstable();
        graph.federal = comity_signature::digest::sha256(&digests.concat());
        graph
    }

    /// Federation lists and versions of online keys, in no order.
    pub(crate) fn federal_records(&self) -> impl Iterator<Item = &Shared> {
        (self.layers.iter()).flat_map(|layer| {
            let keys = layer.member_keys.values().flatten();
            layer.federation_lists.iter().chain(keys)
        })
    }

    /// Tells states of those records apart.
    pub fn federal_digest(&self) -> &Digest {
        &self.federal
    }

    /// How many records it holds.
    pub fn len(&self) -> usize {
        self.layers.iter().map(|layer| layer.all.len()).sum()
    }

    /// Whether an unsigned draft is laid over it.
    pub(crate) fn has_drafts(&self) -> bool {
        self.layers.iter().any(|layer| layer.drafts)
    }

    /// Whether it holds no record.
    pub fn is_empty(&self) -> bool {
        self.layers.is_empty()
    }

    /// Every record, in no order.
    pub fn records(&self) -> impl Iterator<Item = &Shared> {
        self.layers.iter().flat_map(|layer| &layer.all)
    }

    /// Registrations of `did` that name `authority` as the head of their chain.
    pub fn registrations(&self, authority: &str, did: &str) -> Vec<&Shared> {
        let key = (authority.to_owned(), did.to_owned());
        self.find(|layer| layer.registrations.get(&key))
    }

    /// Revocations of keys of `did` under `authority`.
    pub fn revocations(&self, authority: &str, did: &str) -> Vec<&Shared> {
        let key = (authority.to_owned(), did.to_owned());
        self.find(|layer| layer.revocations.get(&key))
    }

    /// Every document of that grant, or every revision of that imported row.
    pub fn grants(&self, reference: &Reference) -> Vec<&Shared> {
        match reference {
            Reference::Record(record) => {
                let identity = record.identity();
                self.find(|layer| layer.grants.get(&identity))
            }
            Reference::Source(source) => self.find(|layer| layer.by_source.get(source)),
        }
    }

    /// Grants that say they replace the one of that identity.
    pub fn replacing(&self, identity: &Identity) -> Vec<&Shared> {
        self.find(|layer| layer.replacing.get(identity))
    }

    /// The names of all arrangements, sorted.
    pub fn arrangement_names(&self) -> Vec<&ArrangementName> {
        let mut names: Vec<_> = (self.layers.iter())
            .flat_map(|layer| layer.arrangements.keys())
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Every version of that arrangement.
    pub fn arrangements(&self, name: &ArrangementName) -> Vec<&Shared> {
        self.find(|layer| layer.arrangements.get(name))
    }

    /// The same without noting it as looked up: to see whether it concerns a question at all.
    pub(crate) fn glance_at(&self, name: &ArrangementName) -> Vec<&Shared> {
        self.find_unnoted(|layer| layer.arrangements.get(name))
    }

    /// Participations in that arrangement.
    pub fn participations(&self, name: &ArrangementName) -> Vec<&Shared> {
        self.find(|layer| layer.participations.get(name))
    }

    /// Status events on the record of that identity.
    pub fn events(&self, identity: &Identity) -> Vec<&Shared> {
        self.find(|layer| layer.events.get(identity))
    }

    /// Versions of federation lists.
    pub fn federation_lists(&self) -> Vec<&Shared> {
        self.find(|layer| Some(&layer.federation_lists))
    }

    /// Versions of the online keys of that authority.
    pub fn member_keys(&self, authority: &str) -> Vec<&Shared> {
        self.find(|layer| layer.member_keys.get(authority))
    }

    /// Takedowns of the record of that identity.
    pub fn takedowns(&self, identity: &Identity) -> Vec<&Shared> {
        self.find(|layer| layer.takedowns.get(identity))
    }

    /// Editions of standards that are, replace, amend or adopt one of that designation.
    pub fn standards(&self, designation: &str) -> Vec<&Shared> {
        self.find(|layer| layer.standards.get(designation))
    }

    /// Import rules of that destination.
    pub fn import_rules(&self, economy: &str) -> Vec<&Shared> {
        self.find(|layer| layer.import_rules.get(economy))
    }

    /// Statements that the records of the party of that DID are all here.
    pub fn coverage(&self, issuer: &str) -> Vec<&Shared> {
        self.find(|layer| layer.coverage.get(issuer))
    }

    /// Some of what the authority `did` signed with one of these keys, for its names and its office.
    /// It is not noted as looked up: no verdict rests on it.
    pub(crate) fn words_of(&self, did: &str, keys: &[&str]) -> Vec<&Shared> {
        let of = |key: &&str| {
            let name = (did.to_owned(), (*key).to_owned());
            self.find_unnoted(|layer| layer.words.get(&name))
        };
        keys.iter().flat_map(of).collect()
    }

    /// Whether any such statement is held.
    pub fn promises(&self) -> bool {
        (self.layers.iter()).any(|layer| !layer.coverage.is_empty())
    }

    /// The parties of that DID, each under another authority, of which a statement speaks.
    pub(crate) fn parties_covered(&self, issuer: &str) -> BTreeSet<PartyReference> {
        let statements = self.coverage(issuer).into_iter();
        let issuers = statements.flat_map(|statement| {
            match statement.record.as_ref().map(|record| &record.subject) {
                Ok(Subject::CoverageStatement(statement)) => statement.issuers.as_slice(),
                _ => &[],
            }
        });
        issuers.filter(|of| of.id == issuer).cloned().collect()
    }

    /// What the layers hold, in the order of record digests, so that no verdict depends on the
    /// order in which evidence arrived.
    fn find<'a>(&'a self, of: impl Fn(&'a Layer) -> Option<&'a Vec<Shared>>) -> Vec<&'a Shared> {
        let found = self.find_unnoted(of);
        if let Some(reads) = &self.reads {
            reads.note(&found);
        }
        found
    }

    fn find_unnoted<'a>(
        &'a self,
        of: impl Fn(&'a Layer) -> Option<&'a Vec<Shared>>,
    ) -> Vec<&'a Shared> {
        let mut found: Vec<&Shared> = (self.layers.iter())
            .filter_map(|layer| of(layer))
            .flatten()
            .collect();
        found.sort_unstable_by_key(|record| record.record_digest);
        found
    }
}

impl Layer {
    fn of(records: impl IntoIterator<Item = Shared>) -> Self {
        let mut layer = Self::default();
        for shared in records {
            let Ok(record) = &shared.record else {
                continue;
            };
            if !is_shared(record) || !layer.digests.insert(shared.record_digest) {
                continue;
            }
            layer.drafts |= shared.hypothetical;
            layer.index(record, &shared);
            layer.keep_words(record, &shared);
            layer.all.push(shared.clone());
        }
        layer
    }

    fn index(&mut self, record: &Record, shared: &Shared) {
        let authority = &record.comity.authority;
        let shared = || Arc::clone(shared);
        match &record.subject {
            Subject::Attestation(_) | Subject::Commitment(_) | Subject::Notice(_) => {}
            Subject::Registration(registration) => {
                let key = (authority.clone(), registration.id.clone());
                self.registrations.entry(key).or_default().push(shared());
            }
            Subject::KeyRevocation(revocation) => {
                let key = (authority.clone(), revocation.id.clone());
                self.revocations.entry(key).or_default().push(shared());
            }
            Subject::CompetenceGrant(_) => {
                self.grants
                    .entry(record.identity())
                    .or_default()
                    .push(shared());
                if let Some(imported) = &record.comity.imported_from {
                    let source = SourceReference {
                        signer: record.issuer.id.clone(),
                        system: imported.system.clone(),
                        source_id: imported.source_id.clone(),
                    };
                    self.by_source.entry(source).or_default().push(shared());
                }
                if let Some(replaced) = &record.comity.replaces {
                    self.replacing
                        .entry(replaced.identity())
                        .or_default()
                        .push(shared());
                }
            }
            Subject::Arrangement(arrangement) => {
                let name = ArrangementName {
                    authority: authority.clone(),
                    id: arrangement.id.clone(),
                };
                self.arrangements.entry(name).or_default().push(shared());
            }
            Subject::Participation(participation) => {
                let name = participation.arrangement.clone();
                self.participations.entry(name).or_default().push(shared());
            }
            Subject::StatusEvent(event) => {
                let mut identities: Vec<_> =
                    event.subjects.iter().map(EventSubject::identity).collect();
                identities.sort_unstable();
                identities.dedup();
                for identity in identities {
                    self.events.entry(identity).or_default().push(shared());
                }
            }
            Subject::FederationList(_) => self.federation_lists.push(shared()),
            Subject::MemberKeys(_) => {
                let held = self.member_keys.entry(authority.clone());
                held.or_default().push(shared());
            }
            Subject::Takedown(takedown) => {
                let held = self.takedowns.entry(takedown.identity());
                held.or_default().push(shared());
            }
            Subject::Standard(_) | Subject::ImportRule(_) | Subject::CoverageStatement(_) => {
                self.index_further(record, &shared());
            }
        }
    }

    /// Keeps what names an authority: of each language one record, and its import rules that say
    /// who answers for them.
    fn keep_words(&mut self, record: &Record, shared: &Shared) {
        if record.issuer.id != record.comity.authority {
            return;
        }
        for key in own_keys(shared) {
            let name = (record.issuer.id.clone(), key.to_owned());
            let held = self.words.entry(name).or_default();
            let same_language = |one: &Shared| {
                let one = one.record.as_ref();
                one.is_ok_and(|one| one.comity.language == record.comity.language)
            };
            let news = answering(shared).is_some() || !held.iter().any(same_language);
            if news && held.len() < MAX_WORDS {
                held.push(Arc::clone(shared));
            }
        }
    }

    fn index_further(&mut self, record: &Record, shared: &Shared) {
        let shared = || Arc::clone(shared);
        match &record.subject {
            Subject::Standard(edition) => {
                for designation in designations(edition) {
                    let held = self.standards.entry(designation);
                    held.or_default().push(shared());
                }
            }
            Subject::ImportRule(rule) => {
                let held = self.import_rules.entry(rule.economy.clone());
                held.or_default().push(shared());
            }
            Subject::CoverageStatement(statement) => {
                for issuer in &statement.issuers {
                    let held = self.coverage.entry(issuer.id.clone());
                    held.or_default().push(shared());
                }
            }
            _ => {}
        }
    }
}

/// Whether verdicts share it: attestations and commitments are many and read by key, and notices
/// decide nothing.
pub fn is_shared(record: &Record) -> bool {
    !matches!(
        record.subject,
        Subject::Attestation(_) | Subject::Commitment(_) | Subject::Notice(_)
    )
}

/// Every designation that an edition names, its own among them, each once.
pub(crate) fn designations(edition: &Standard) -> BTreeSet<String> {
    let replaced = edition.replaces.iter().map(|replaced| &replaced.standard);
    let adopted = edition.adopts.iter().map(|adoption| &adoption.standard);
    std::iter::once(&edition.standard)
        .chain(replaced)
        .chain(&edition.amends)
        .chain(adopted)
        .map(|standard| standard.designation().to_owned())
        .collect()
}
