//! What is held, for people who look around: by economy, party, standard and place in the log.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use comity_model::date::{Day, Period};
use comity_model::participation::{ArrangementName, Participant};
use comity_model::party::is_economy;
use comity_model::record::{Kind, Record, Subject};
use comity_recognition::evidence::EvidenceRecord;
use comity_recognition::signers::{Signers, own_keys};
use comity_store::RecordRow;

use crate::Node;
use crate::error::Error;
use crate::logs::LogStanding;
use crate::named::Pointed;
use crate::search::{Condition, Property, SearchRequest};

/// Most records of one list.
pub const MAX_LISTED: usize = 100;
/// Most entries of a log on one page.
pub const MAX_ENTRIES: usize = 100;

/// An economy that this node knows.
#[derive(Clone, Debug)]
pub struct EconomyStanding {
    /// ISO 3166-1 alpha-2 code.
    pub code: String,
    /// DIDs of its authorities, as the policy and the federation name them.
    pub authorities: Vec<String>,
    /// Its logs that are kept here.
    pub logs: Vec<LogStanding>,
    /// Records whose issuer acts for it.
    pub records: u64,
}

/// A record of a list, with its state on a day in one word.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The examined record.
    pub evidence: Arc<EvidenceRecord>,
    /// Its state on the day of the list; today where it has none.
    pub state: String,
}

/// The first [`MAX_LISTED`] records that fit.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// The records.
    pub items: Vec<Listed>,
    /// How many there are in all.
    pub total: usize,
}

/// Arrangements, and who is in them on the day of the list.
#[derive(Clone, Debug, Default)]
pub struct Arrangements {
    /// The arrangements.
    pub list: List,
    /// By record digest the codes of the economies that are in it: its parties but those whose
    /// participation does not hold on the day, and who joined it.
    pub members: BTreeMap<[u8; 32], BTreeSet<String>>,
}

/// A party, and what is held of it.
#[derive(Clone, Debug, Default)]
pub struct PartyHeld {
    /// Its registrations, the newest version first.
    pub registrations: List,
    /// Grants that it holds.
    pub grants_held: List,
    /// Grants that it gave.
    pub grants_given: List,
}

/// An entry of the own log that is a record.
#[derive(Clone, Debug)]
pub struct EntryHeld {
    /// Its place and names.
    pub row: RecordRow,
    /// What it is called by, where its body is held and can be read.
    pub named: Option<Pointed>,
}

impl Node {
    /// The economies whose authorities are believed, whose logs are kept, or that take part in an
    /// arrangement held.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Search`].
    pub async fn economies(&self) -> Result<Vec<EconomyStanding>, Error> {
        let known = self.known_economies().await?;
        let mut economies = Vec::new();
        for standing in known {
            economies.push(self.counted(standing).await?);
        }
        Ok(economies)
    }

    /// One of them.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Search`].
    pub async fn economy(&self, code: &str) -> Result<Option<EconomyStanding>, Error> {
        let known = self.known_economies().await?;
        match known.into_iter().find(|one| one.code == code) {
            Some(standing) => Ok(Some(self.counted(standing).await?)),
            None => Ok(None),
        }
    }

    /// Every economy that is known, its records not yet counted.
    async fn known_economies(&self) -> Result<Vec<EconomyStanding>, Error> {
        let node = &self.shared;
        let held = node.held.snapshot();
        let policy = node.policy.resolve(&held.trust, node.now_known());
        let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let own = (node.config.economy.clone(), node.config.authority());
        known.entry(own.0).or_default().insert(own.1);
        for entry in &policy.file().authority {
            if let Some(economy) = &entry.economy {
                let dids = known.entry(economy.clone()).or_default();
                dids.insert(entry.did.clone());
            }
        }
        for evidence in held.trust.records() {
            if let Some(code) = taking_part(evidence) {
                known.entry(code.to_owned()).or_default();
            }
        }
        let logs = self.logs().await?;
        for log in &logs {
            if let Some(economy) = &log.economy {
                known.entry(economy.clone()).or_default();
            }
        }
        let mut economies = Vec::new();
        for (code, authorities) in known {
            let of = |log: &&LogStanding| log.economy.as_ref() == Some(&code);
            economies.push(EconomyStanding {
                authorities: authorities.into_iter().collect(),
                logs: logs.iter().filter(of).cloned().collect(),
                records: 0,
                code,
            });
        }
        Ok(economies)
    }

    /// An economy with the number of records whose issuers act for it.
    async fn counted(&self, standing: EconomyStanding) -> Result<EconomyStanding, Error> {
        let request = SearchRequest {
            conditions: vec![Condition {
                property: Property::IssuerEconomy,
                value: standing.code.clone(),
                unwanted: false,
            }],
            limit: 1,
            ..SearchRequest::default()
        };
        let records = self
            .shared
            .page(self.shared.query(request))
            .await?
            .total
            .value;
        Ok(EconomyStanding {
            records,
            ..standing
        })
    }

    /// Bodies registered for an economy, each by its newest version.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn registered_in(&self, economy: &str) -> Result<List, Error> {
        let mut newest: BTreeMap<(String, String), (u64, Arc<EvidenceRecord>)> = BTreeMap::new();
        for evidence in self.shared.held.snapshot().trust.records() {
            let Ok(record) = &evidence.record else {
                continue;
            };
            let Subject::Registration(registration) = &record.subject else {
                continue;
            };
            if !registration.economies.iter().any(|code| code == economy) {
                continue;
            }
            let of = (record.issuer.id.clone(), registration.id.clone());
            let before = newest.get(&of).map_or(0, |(version, _)| *version);
            if registration.version > before {
                newest.insert(of, (registration.version, Arc::clone(evidence)));
            }
        }
        let mut bodies: Vec<_> = newest.into_values().map(|(_, evidence)| evidence).collect();
        bodies.sort_by_key(|evidence| (name(evidence).to_owned(), evidence.record_digest));
        self.list(bodies).await
    }

    /// Grants that count for an economy.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn grants_for(&self, economy: &str) -> Result<List, Error> {
        let of = |record: &Record| match &record.subject {
            Subject::CompetenceGrant(grant) => grant.economies.iter().any(|code| code == economy),
            _ => false,
        };
        self.list(self.chosen(of)).await
    }

    /// Import rules of an economy.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn rules_of(&self, economy: &str) -> Result<List, Error> {
        let held = self.shared.held.snapshot();
        let rules = held.trust.import_rules(economy).into_iter().cloned();
        self.list(rules.collect()).await
    }

    /// Arrangements held, or those in which an economy takes part on a day.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn arrangements_with(
        &self,
        economy: Option<&str>,
        on: Day,
    ) -> Result<Arrangements, Error> {
        let joined = self.joined(on).await?;
        let mut members = BTreeMap::new();
        let mut arrangements = self.chosen(|record| arrangement(record).is_some());
        arrangements.retain(|evidence| {
            let record = evidence.record.as_ref().ok();
            let Some((name, parties)) = record.and_then(arrangement) else {
                return false;
            };
            let said = joined.get(&name);
            let mut there: BTreeSet<String> = parties.iter().cloned().collect();
            for (code, is_in) in said.into_iter().flatten() {
                if *is_in {
                    there.insert(code.clone());
                } else {
                    there.remove(code);
                }
            }
            let fits = economy.is_none_or(|code| there.contains(code));
            members.insert(evidence.record_digest, there);
            fits
        });
        arrangements.sort_by_key(|evidence| (name(evidence).to_owned(), evidence.record_digest));
        let list = self.list_on(arrangements, on).await?;
        Ok(Arrangements { list, members })
    }

    /// Of every economy of which somebody who may says so, whether it is in an arrangement on a day.
    async fn joined(
        &self,
        on: Day,
    ) -> Result<BTreeMap<ArrangementName, BTreeMap<String, bool>>, Error> {
        let mut said: BTreeMap<_, BTreeMap<String, SaidIn>> = BTreeMap::new();
        for (evidence, own) in self.participations() {
            let (Some(code), Ok(record)) = (taking_part(&evidence), &evidence.record) else {
                continue;
            };
            let Subject::Participation(participation) = &record.subject else {
                continue;
            };
            let state = self.shared.state_on(&evidence, on).await?;
            let holds = HOLDING.contains(&state) && contains(&participation.period, on);
            let of = said.entry(participation.arrangement.clone()).or_default();
            let of = of.entry(code.to_owned()).or_default();
            let word = if own { &mut of.own } else { &mut of.others };
            *word = Some(word.unwrap_or_default() || holds);
        }
        let joined = said.into_iter().map(|(name, economies)| {
            let economies = economies
                .into_iter()
                .map(|(code, said)| (code, said.is_in()));
            (name, economies.collect())
        });
        Ok(joined.collect())
    }

    /// Participations of economies that an authority, or the secretariat of the arrangement, has
    /// signed with a key of its own, and whether that is the authority of the economy itself.
    fn participations(&self) -> Vec<(Arc<EvidenceRecord>, bool)> {
        let node = &self.shared;
        let held = node.held.snapshot();
        let policy = node.policy.resolve(&held.trust, node.now_known());
        let mut signers = Signers::new(&policy, &held.trust);
        let secretariats: BTreeSet<&str> = (held.trust.records())
            .filter_map(|evidence| match &evidence.record.as_ref().ok()?.subject {
                Subject::Arrangement(of) => of.secretariat.as_ref().map(|party| &*party.id),
                _ => None,
            })
            .collect();
        let mut found = Vec::new();
        for evidence in held.trust.records() {
            let (Some(code), Ok(record)) = (taking_part(evidence), &evidence.record) else {
                continue;
            };
            let signer = record.issuer.id.as_str();
            let may = policy.authority(signer).is_some() || secretariats.contains(signer);
            let keys = signers.of(signer).keys;
            if may && own_keys(evidence).any(|key| keys.contains(key)) {
                let own = policy.is_authority_of(signer, code);
                found.push((Arc::clone(evidence), own));
            }
        }
        // A revision takes the place of what its signer said before.
        let replaced: Vec<_> = (found.iter())
            .filter_map(|(evidence, _)| {
                let record = evidence.record.as_ref().ok()?;
                let replaced = record.comity.replaces.as_ref()?.identity();
                (replaced.issuer == record.issuer.id).then_some(replaced)
            })
            .collect();
        found.retain(|(evidence, _)| {
            let identity = evidence.identity();
            identity.is_none_or(|identity| !replaced.contains(&identity))
        });
        found
    }

    /// What is held of the party of a DID, under whatever authority.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn party(&self, did: &str) -> Result<PartyHeld, Error> {
        let mut registrations = self.chosen(|record| match &record.subject {
            Subject::Registration(registration) => registration.id == did,
            _ => false,
        });
        registrations.sort_by_key(|evidence| Reverse((version(evidence), evidence.record_digest)));
        let held = self.chosen(|record| match &record.subject {
            Subject::CompetenceGrant(grant) => grant.grantee.id.as_deref() == Some(did),
            _ => false,
        });
        let given = self.chosen(|record| match &record.subject {
            Subject::CompetenceGrant(grant) => grant.grantor.id.as_deref() == Some(did),
            _ => false,
        });
        Ok(PartyHeld {
            registrations: self.list(registrations).await?,
            grants_held: self.list(held).await?,
            grants_given: self.list(given).await?,
        })
    }

    /// Records on editions that are, replace, amend or adopt a standard of that designation.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn editions(&self, designation: &str) -> Result<List, Error> {
        let held = self.shared.held.snapshot();
        let editions = held.trust.standards(designation).into_iter().cloned();
        self.list(editions.collect()).await
    }

    /// Records of the own log from an index on, in its order; entries that are no records are
    /// passed over.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn entries(&self, from: u64, limit: usize) -> Result<Vec<EntryHeld>, Error> {
        let node = &self.shared;
        let size = self.head().size;
        let origin = node.config.origin();
        let limit = limit.min(MAX_ENTRIES);
        let (rows, _) = node.store.records_from(&origin, from, limit).await?;
        let below = rows.into_iter().filter(|(row, _)| row.position < size);
        let entry = |(row, body): (RecordRow, Option<Vec<u8>>)| {
            let record = body.as_deref().map(Record::read).and_then(Result::ok);
            let named = record.map(|record| Pointed::new(&record));
            EntryHeld { row, named }
        };
        Ok(below.map(entry).collect())
    }

    fn chosen(&self, fits: impl Fn(&Record) -> bool) -> Vec<Arc<EvidenceRecord>> {
        let held = self.shared.held.snapshot();
        let fits = |evidence: &&Arc<EvidenceRecord>| evidence.record.as_ref().is_ok_and(&fits);
        let mut chosen: Vec<_> = held.trust.records().filter(fits).cloned().collect();
        chosen.sort_by_key(|evidence| {
            let from = evidence.record.as_ref().ok();
            let from = from.map(|record| record.valid_from);
            (Reverse(from), evidence.record_digest)
        });
        chosen
    }

    async fn list(&self, records: Vec<Arc<EvidenceRecord>>) -> Result<List, Error> {
        self.list_on(records, self.shared.clock.now().day()).await
    }

    async fn list_on(&self, records: Vec<Arc<EvidenceRecord>>, on: Day) -> Result<List, Error> {
        let total = records.len();
        let mut items = Vec::new();
        for evidence in records.into_iter().take(MAX_LISTED) {
            let state = self.shared.state_on(&evidence, on).await?.to_owned();
            items.push(Listed { evidence, state });
        }
        Ok(List { items, total })
    }
}

/// What is said of whether an economy is in an arrangement.
#[derive(Clone, Copy, Debug, Default)]
struct SaidIn {
    /// By its own authority.
    own: Option<bool>,
    /// By the secretariat or the authorities of others.
    others: Option<bool>,
}

impl SaidIn {
    /// It is in where nobody who speaks of it says that it is not.
    fn is_in(self) -> bool {
        self.own.unwrap_or(true) && self.others.unwrap_or(true)
    }
}

/// The states in which a participation makes its economy a member.
const HOLDING: [&str; 3] = ["active", "partiallySuspended", "transferred"];

/// Whether a day is within a period, as far as its ends are known.
fn contains(period: &Period, on: Day) -> bool {
    let until = period.until.as_ref();
    period.from.earliest() <= on && until.is_none_or(|until| on <= until.latest())
}

/// The name of an arrangement and its parties.
fn arrangement(record: &Record) -> Option<(ArrangementName, &[String])> {
    let Subject::Arrangement(arrangement) = &record.subject else {
        return None;
    };
    let name = ArrangementName {
        authority: record.comity.authority.clone(),
        id: arrangement.id.clone(),
    };
    Some((name, &arrangement.parties))
}

/// The economy of a participation.
fn taking_part(evidence: &EvidenceRecord) -> Option<&str> {
    let record = evidence.record.as_ref().ok()?;
    let Subject::Participation(participation) = &record.subject else {
        return None;
    };
    match &participation.participant {
        Participant::Economy(code) if is_economy(code) => Some(code),
        _ => None,
    }
}

fn name(evidence: &EvidenceRecord) -> &str {
    let record = evidence.record.as_ref().ok();
    record.map_or("", |record| record.name.as_str())
}

fn version(evidence: &EvidenceRecord) -> u64 {
    match evidence.record.as_ref().map(|record| &record.subject) {
        Ok(Subject::Registration(registration)) => registration.version,
        _ => 0,
    }
}

impl Listed {
    /// Its kind, where it can be read.
    pub fn kind(&self) -> Option<Kind> {
        self.evidence.record.as_ref().ok().map(Record::kind)
    }
}
