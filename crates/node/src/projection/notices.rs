//! Under which keys a notice is found from what it is about.

use comity_model::notice::Notice;
use comity_model::number::normalise;
use comity_model::reference::Identity;

/// Every key of a notice.
pub fn keys(notice: &Notice) -> Vec<String> {
    let mut keys = Vec::new();
    for about in &notice.about {
        if let Some(record) = &about.record {
            keys.push(of_record(&record.identity()));
        }
        if let Some(number) = &about.number {
            keys.push(of_number(&normalise(&number.number)));
        }
        if let Some(did) = about.party.as_ref().and_then(|party| party.id.as_ref()) {
            keys.push(of_party(did));
        }
    }
    if let Some(notice) = &notice.in_reply_to {
        keys.push(of_record(&notice.identity()));
    }
    keys
}

/// The key of notices about a record, or in reply to it.
pub fn of_record(identity: &Identity) -> String {
    format!(
        "notice {} {} {}",
        identity.authority, identity.issuer, identity.id
    )
}

/// The key of notices about a number, which is normalised.
pub fn of_number(number: &str) -> String {
    format!("notice number {number}")
}

/// The key of notices about a party.
pub fn of_party(did: &str) -> String {
    format!("notice party {did}")
}

/// The key of notices that a party signed.
pub fn by(did: &str) -> String {
    format!("notice by {did}")
}
