//! Who can settle a step, by name and by what they are reached.

use comity_model::party::Contact;
use comity_model::record::{Record, Subject as Says};
use comity_model::reference::Reference;
use comity_model::text::{LangString, projected};

use crate::evidence::EvidenceRecord;
use crate::finding::{Asked, Finding};
use crate::known::Known;
use crate::offices::{self, Office};
use crate::verdict::{Name, Names, Next, Who};
use crate::wording::{self, Language, Style};

/// Whom the advice of the code speaks of. The step has said who that is, or the record does.
pub(super) fn next(
    known: &Known<'_>,
    record: Option<&EvidenceRecord>,
    finding: &Finding<'_>,
) -> Next {
    let who = finding.code.addressee();
    let record = record.and_then(|evidence| evidence.record.as_ref().ok());
    let said = finding.who.as_ref().filter(|asked| asked.who == who);
    let asked = said.cloned().unwrap_or_else(|| party(known, record, who));
    let mut next = Next {
        who,
        did: asked.did.clone(),
        ask: wording::ask(finding.code, &finding.facts, Language::En, Style::Codes),
        ..Next::default()
    };
    let named = record.and_then(|record| by_name(record, who));
    if named.is_some() {
        // Nobody registers it here: the DID would be that of whoever imported the record.
        next.did = None;
    }
    if let Some(named) = named.or_else(|| office(known, &asked)) {
        let name = named.names.in_language("en");
        next.name = name.map(projected);
        next.names = named.names;
        next.contact = named.contact;
    }
    if who == Who::Destination {
        // The office that answers for the very rule knows more of it than the authority's own.
        let mut cited = finding.evidence.iter().copied();
        let of_rule: Option<&Contact> = cited.find_map(offices::answering);
        next.contact = of_rule.cloned().or(next.contact);
    }
    next
}

/// The party in that part, by the record and the question.
fn party(known: &Known<'_>, record: Option<&Record>, who: Who) -> Asked {
    let pair = match who {
        Who::Destination => {
            let here = known.question.in_economy.as_str();
            let did = crate::arrangement::authority_of(known, here);
            did.map(|did| (did, did))
        }
        Who::Issuer => record.map(|record| (&*record.comity.authority, &*record.issuer.id)),
        Who::Authority => {
            let authority = record.map(|record| record.comity.authority.as_str());
            authority.map(|did| (did, did))
        }
        Who::Importer => record
            .filter(|record| record.comity.imported_from.is_some())
            .map(|record| (&*record.comity.authority, &*record.issuer.id)),
        Who::Grantor => record.and_then(grantor),
        _ => None,
    };
    Asked {
        who,
        authority: pair.map(|(authority, _)| authority.to_owned()),
        did: pair.map(|(_, did)| did.to_owned()),
    }
}

/// Who granted the first grant that the record relies on.
fn grantor(record: &Record) -> Option<(&str, &str)> {
    let Says::Attestation(attestation) = &record.subject else {
        return None;
    };
    let mut grants = attestation.comity.grants.iter();
    grants.find_map(|reliance| match &reliance.grant {
        Reference::Record(grant) => Some((&*grant.authority, &*grant.issuer)),
        Reference::Source(_) => None,
    })
}

/// Those whom the record itself names and nobody registers: its holder, and the body to which a
/// register attributes it.
fn by_name(record: &Record, who: Who) -> Option<Office> {
    let Says::Attestation(attestation) = &record.subject else {
        return None;
    };
    let name = match (who, &record.comity.imported_from) {
        (Who::Issuer, Some(from)) => &from.attributed_to.name,
        (Who::Holder, _) => &attestation.issued_to_party.name,
        _ => return None,
    };
    Some(Office {
        names: LangString::of(&record.comity.language, name),
        contact: None,
    })
}

/// What parties that the facts name by their DIDs are called, as records say that count. No verdict
/// rests on what is read for it: a bundle need not hold it.
pub(super) fn names(known: &Known<'_>, finding: &Finding<'_>) -> Names {
    let mut names = finding.names.clone();
    for (fact, authority, did) in &finding.parties {
        let trust = known.evidence.trust;
        let called = trust.unnoted(|| called(known, authority.as_deref(), did));
        let name = names
            .entry(*fact)
            .or_insert_with(|| Name::Parties(Vec::new()));
        if let Name::Parties(parties) = name {
            parties.push((did.clone(), called));
        }
    }
    names
}

/// The names of a party; where its head authority is not said, under whichever that the policy
/// believes registers it.
fn called(known: &Known<'_>, authority: Option<&str>, did: &str) -> LangString {
    let of = |authority: &str| {
        office(
            known,
            &Asked {
                who: Who::Issuer,
                authority: Some(authority.to_owned()),
                did: Some(did.to_owned()),
            },
        )
    };
    // No other authority names one.
    let own = known.policy.authority(did).map(|entry| entry.did.as_str());
    let found = if let Some(authority) = own.or(authority) {
        of(authority)
    } else {
        let mut entries = known.policy.file().authority.iter();
        entries.find_map(|entry| of(&entry.did))
    };
    found.map(|office| office.names).unwrap_or_default()
}

fn office(known: &Known<'_>, asked: &Asked) -> Option<Office> {
    let (authority, did) = (asked.authority.as_ref()?, asked.did.as_ref()?);
    if authority == did {
        return offices::of_authority(known.policy, known.evidence.trust, did);
    }
    let body = known.registered(authority, did)?;
    Some(Office {
        names: body.names.clone(),
        contact: body.contact.clone(),
    })
}
