//! Which versions of an arrangement count, and which binds a destination (format.md 2.4, 2.5).

use comity_model::arrangement::Arrangement;
use comity_model::date::Instant;
use comity_model::participation::ArrangementName;
use comity_model::record::{Record, Subject as Says};

use crate::evidence::EvidenceRecord;
use crate::known::Known;

/// A version that is known, with those of its signers whose signatures count.
#[derive(Clone)]
pub(crate) struct Version<'a> {
    pub(crate) evidence: &'a EvidenceRecord,
    pub(crate) record: &'a Record,
    pub(crate) arrangement: &'a Arrangement,
    pub(crate) given: Instant,
    /// Authority and DID of those who signed.
    signed: Vec<(&'a str, &'a str)>,
    complete: bool,
}

/// What is held of one arrangement.
pub(crate) struct Held<'a> {
    pub(crate) name: &'a ArrangementName,
    /// Versions signed by all who must, the lowest first.
    pub(crate) proper: Vec<Version<'a>>,
    /// Versions with fewer signatures: they only restrict those who signed.
    pub(crate) restricting: Vec<Version<'a>>,
    /// Two documents claim to be one version.
    pub(crate) fork: Option<u64>,
    pub(crate) transcribed: bool,
}

impl<'a> Version<'a> {
    /// Whether an authority of `economy` signed it as its own act. Whoever transcribed a text
    /// bound nobody by it, not even itself.
    pub(crate) fn signed_by(&self, known: &Known<'_>, economy: &str) -> bool {
        let own_act = self.arrangement.transcription.is_none();
        own_act
            && (self.signed.iter()).any(|(authority, did)| {
                authority == did && known.policy.is_authority_of(did, economy)
            })
    }

    /// Economies of its signers, as far as the policy knows them.
    pub(crate) fn signer_economies(&self, known: &Known<'a>) -> Vec<&'a str> {
        let signers = self.signed.iter();
        signers
            .filter_map(|(authority, _)| known.policy.authority(authority)?.economy.as_deref())
            .collect()
    }
}

/// Reads what is held of the arrangement of that name; `None` where nothing of it counts.
pub(crate) fn held<'a>(known: &Known<'a>, name: &'a ArrangementName) -> Option<Held<'a>> {
    let mut versions: Vec<Version<'a>> = (known.evidence.trust.arrangements(name).into_iter())
        .filter_map(|evidence| version(known, evidence))
        .collect();
    // A transcription never mixes with the parties' own act under one name.
    let transcribed = versions
        .iter()
        .all(|version| version.arrangement.transcription.is_some());
    versions.retain(|version| version.arrangement.transcription.is_some() == transcribed);
    versions.sort_by_key(|v| (v.arrangement.version, v.evidence.document_digest, v.given));
    versions.dedup_by_key(|version| version.evidence.document_digest);
    let mut held = Held {
        name,
        proper: Vec::new(),
        restricting: Vec::new(),
        fork: None,
        transcribed,
    };
    for version in versions {
        let number = version.arrangement.version;
        let before = held.proper.last();
        if version.complete && before.is_some_and(|before| before.arrangement.version == number) {
            held.fork = Some(number);
            continue;
        }
        let follows = match before {
            None => number == 1 && version.record.comity.replaces.is_none(),
            Some(before) => follows(&version, before),
        };
        if version.complete && follows {
            held.proper.push(version);
        } else {
            held.restricting.push(version);
        }
    }
    (!held.proper.is_empty()).then_some(held)
}

/// Whether `version` is the next one and was signed by everybody who signed the one before.
fn follows(version: &Version<'_>, before: &Version<'_>) -> bool {
    let replaces = version.record.comity.replaces.as_ref();
    version.arrangement.version == before.arrangement.version + 1
        && replaces.is_some_and(|replaced| {
            replaced.id == before.record.id
                && replaced.digest_multibase == before.evidence.document_multibase
        })
        && before
            .signed
            .iter()
            .all(|signer| version.signed.contains(signer))
}

fn version<'a>(known: &Known<'a>, evidence: &'a EvidenceRecord) -> Option<Version<'a>> {
    let record = evidence.record.as_ref().ok()?;
    let Says::Arrangement(arrangement) = &record.subject else {
        return None;
    };
    let given = known.given_at(evidence)?;
    let (authority, issuer) = (record.comity.authority.as_str(), record.issuer.id.as_str());
    if let Some(transcription) = &arrangement.transcription {
        let named =
            known
                .policy
                .names_importer(&record.comity.authority, issuer, &transcription.system);
        if !named || known.standing(evidence, record, given).is_err() {
            return None;
        }
        return Some(Version {
            evidence,
            record,
            arrangement,
            given,
            signed: vec![(authority, issuer)],
            complete: true,
        });
    }
    let signers = &arrangement.signers;
    let named_after = arrangement.id.split_once('#').map(|(did, _)| did)?;
    let secretariat = arrangement.secretariat.as_ref();
    let first = signers.first();
    // The name begins with the secretariat or the first signer, who must be of the authority
    // under which it is published: nobody else can take the name.
    let of_name = [secretariat, first]
        .into_iter()
        .flatten()
        .any(|party| party.id == named_after && party.registered_by == authority);
    if !of_name || !signers.iter().any(|signer| signer.id == issuer) {
        return None;
    }
    let signed: Vec<(&str, &str)> = (signers.iter())
        .map(|signer| (signer.registered_by.as_str(), signer.id.as_str()))
        .filter(|(by, did)| known.standing_of(by, did, evidence, record, given).is_ok())
        .collect();
    // To be named as secretariat is not to have signed: the first version needs its name-giver.
    let by_namesake = signed.contains(&(authority, named_after));
    if signed.is_empty() || (arrangement.version == 1 && !by_namesake) {
        return None;
    }
    Some(Version {
        complete: signed.len() == signers.len(),
        evidence,
        record,
        arrangement,
        given,
        signed,
    })
}
