//! What a notice touches: a record by its name or its number, a party by its DID.

use comity_model::notice::Notice;
use comity_model::number::normalise;
use comity_model::party::NamedParty;
use comity_model::record::{Record, Subject};
use comity_model::reference::Identity;

use crate::projection::{looked_up_number, notices as keys};

/// By what a notice touches what is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Touch {
    /// It is the notice asked about.
    Itself,
    /// It names the record.
    Record,
    /// It names the number.
    Number,
    /// It is about the signer.
    Issuer,
    /// It is about the holder.
    Holder,
    /// It is about the party asked about.
    Party,
}

/// What notices are asked about: whatever of it a notice names, it touches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    record: Option<Identity>,
    /// The record is a notice.
    is_notice: bool,
    /// A normalised number and the DID of who gave it, where that is said.
    number: Option<(String, Option<String>)>,
    parties: Vec<(String, Touch)>,
}

impl Touch {
    /// The word, in camel case.
    pub fn word(self) -> &'static str {
        match self {
            Self::Itself => "itself",
            Self::Record => "record",
            Self::Number => "number",
            Self::Issuer => "issuer",
            Self::Holder => "holder",
            Self::Party => "party",
        }
    }
}

impl Touched {
    /// A record of which nothing but its name is known.
    pub fn record(identity: Identity) -> Self {
        Self {
            record: Some(identity),
            ..Self::default()
        }
    }

    /// A printed number, and the DID of who is said to have given it; `None` for a text without
    /// letters and digits.
    pub fn number(number: &str, issuer: Option<&str>) -> Option<Self> {
        Some(Self {
            number: Some((looked_up_number(number)?, issuer.map(str::to_owned))),
            ..Self::default()
        })
    }

    /// A party.
    pub fn party(did: &str) -> Self {
        Self {
            parties: vec![(did.to_owned(), Touch::Party)],
            ..Self::default()
        }
    }

    /// A record with its number, its signer and its holder.
    pub fn of(record: &Record) -> Self {
        let number = match &record.subject {
            Subject::Attestation(attestation) => Some(&attestation.comity.certificate_number),
            Subject::CompetenceGrant(grant) => Some(&grant.number),
            _ => None,
        };
        let number = number.and_then(|number| looked_up_number(number));
        // Whoever imported a row has not given its number.
        let from = record.comity.imported_from.as_ref();
        let issuer = from.map_or(&record.issuer.id, |from| &from.attributed_to.id);
        let is_notice = matches!(record.subject, Subject::Notice(_));
        let mut parties = Vec::new();
        if !is_notice {
            parties.push((issuer.clone(), Touch::Issuer));
        }
        parties.extend(holder(record).map(|did| (did.to_owned(), Touch::Holder)));
        Self {
            record: Some(record.identity()),
            is_notice,
            number: number.map(|number| (number, Some(issuer.clone()))),
            parties,
        }
    }

    /// The notice asked about, where it is one.
    pub(super) fn itself(&self) -> Option<&Identity> {
        self.record.as_ref().filter(|_| self.is_notice)
    }

    /// Under which keys notices are found that may touch it.
    pub(super) fn keys(&self) -> Vec<String> {
        let record = self.record.iter().map(keys::of_record);
        let number = self
            .number
            .iter()
            .map(|(number, _)| keys::of_number(number));
        let parties = self.parties.iter().map(|(did, _)| keys::of_party(did));
        record.chain(number).chain(parties).collect()
    }

    /// By what a notice of that name touches it. A number that somebody else gave is another
    /// number; one whose issuer is known by name only is left to the reader.
    pub(super) fn by(&self, identity: &Identity, notice: &Notice) -> Vec<Touch> {
        let mut touches = Vec::new();
        if self.itself() == Some(identity) {
            touches.push(Touch::Itself);
        }
        for about in &notice.about {
            let named = about.record.as_ref();
            if named.is_some_and(|named| Some(named.identity()) == self.record) {
                touches.push(Touch::Record);
            }
            if let (Some(printed), Some((number, issuer))) = (&about.number, &self.number) {
                let said = printed.issuer.as_ref().and_then(did_of);
                let same = match (said, issuer) {
                    (Some(said), Some(issuer)) => said == issuer,
                    _ => true,
                };
                if same && normalise(&printed.number) == *number {
                    touches.push(Touch::Number);
                }
            }
            let party = about.party.as_ref().and_then(did_of);
            let asked = self.parties.iter();
            touches.extend(
                asked
                    .filter(|(did, _)| Some(did.as_str()) == party)
                    .map(|(_, touch)| *touch),
            );
        }
        touches.sort_unstable();
        touches.dedup();
        touches
    }
}

/// Who holds the certificate, the grant or the registration.
pub(super) fn holder(record: &Record) -> Option<&str> {
    match &record.subject {
        Subject::Attestation(attestation) => Some(&attestation.issued_to_party.id),
        Subject::CompetenceGrant(grant) => did_of(&grant.grantee),
        Subject::Registration(registration) => Some(&registration.id),
        _ => None,
    }
}

fn did_of(party: &NamedParty) -> Option<&str> {
    party.id.as_deref()
}
