//! Lists of a federation and the online keys of its members.

use comity_model::federation::{DatedVkey, FederationList, FederationMember, MemberKeys};
use comity_model::party::PartyReference;
use comity_model::text::projected;

use super::super::{Facts, Value, registered};
use super::grant::dated;

pub(super) fn list(facts: &mut Facts<'_>, list: &FederationList) {
    let site = facts.site;
    facts.codes("party-version", [list.version.to_string().as_str()]);
    facts.moment("says-effective-from", list.effective_from);
    facts.moment("says-effective-until", list.valid_until);
    let holders = list.keyholders.iter();
    let holders = holders.map(|one| Value::code(&one.did).with(projected(&one.key)));
    facts.add("says-keyholders", holders);
    facts.codes("says-threshold", [list.threshold.to_string().as_str()]);
    let member = |member: &FederationMember| {
        let authority = PartyReference {
            id: member.authority.clone(),
            registered_by: member.authority.clone(),
        };
        registered(site, &authority).with(projected(&site.economy(&member.economy)))
    };
    facts.add("says-members", list.members.iter().map(member));
    let mirrors = list.cosigners.members.iter();
    let mirrors = mirrors.map(|one| projected(&site.economy(&one.economy)));
    facts.add("says-mirrors", mirrors.map(Value::word));
}

pub(super) fn member(facts: &mut Facts<'_>, member: &MemberKeys) {
    let economy = std::slice::from_ref(&member.economy);
    facts.economies("economies-economy", economy);
    facts.codes("party-version", [member.version.to_string().as_str()]);
    facts.moment("says-effective-from", member.effective_from);
    if let Some(roots) = &member.roots {
        facts.codes("says-roots", roots.keys.iter().map(String::as_str));
        facts.codes("says-threshold", [roots.threshold.to_string().as_str()]);
    }
    let authority = member.authority_keys.iter();
    let authority = authority.map(|key| dated(facts, &key.key, Some(key.from), key.until));
    let authority: Vec<_> = authority.collect();
    facts.add("says-authority-keys", authority);
    vkeys(facts, "says-log-keys", &member.log_keys);
    vkeys(facts, "says-mirror-keys", &member.mirror_keys);
    vkeys(facts, "says-witness-keys", &member.witness_keys);
    let status = member.status_keys.iter();
    let status = status.map(|key| dated(facts, &key.key, Some(key.from), key.until));
    let status: Vec<_> = status.collect();
    facts.add("says-status-keys", status);
    if let Some(terms) = &member.terms {
        facts.codes("says-licence", [terms.licence.as_str()]);
        let attribution = Value::plain(&terms.attribution, facts.lang);
        facts.add("says-attribution", [attribution]);
        facts.contact(Some(&terms.correction));
    }
}

fn vkeys(facts: &mut Facts<'_>, key: &'static str, keys: &[DatedVkey]) {
    let keys = keys.iter();
    let keys = keys.map(|one| dated(facts, &one.vkey, Some(one.from), one.until));
    let keys: Vec<_> = keys.collect();
    facts.add(key, keys);
}
