//! The versions of the list, and who is a member when.

use comity_model::federation::FederationList;
use comity_model::record::Subject;

use super::{BROKEN, FederationView, Held, ListVersion, Member, Span, documents, signed_by};
use crate::evidence::EvidenceRecord;
use crate::trust_graph::TrustGraph;

/// Most versions that are walked: one a week for as many years as anybody looks ahead.
const MAX_VERSIONS: usize = 10_000;

type HeldList<'a> = Held<'a, FederationList>;

pub(super) fn walk(view: &mut FederationView, trust: &TrustGraph) {
    let held = documents(trust.federation_lists(), list_of);
    let is_pinned = |held: &&HeldList<'_>| held.multibase() == view.pinned && held.is_valid();
    let Some(pinned) = held.iter().find(is_pinned) else {
        let what = format!("the pinned federation list {} is not held", view.pinned);
        view.wrong(what);
        return;
    };
    let mut chain = vec![pinned];
    // The digest chain vouches for what came before.
    while let Some(earlier) = chain.first().and_then(|first| before(first, &held)) {
        chain.insert(0, earlier);
        if chain.len() >= MAX_VERSIONS {
            break;
        }
    }
    while let Some(next) = chain.last().and_then(|last| after(view, last, &held)) {
        chain.push(next);
        if chain.len() >= MAX_VERSIONS {
            break;
        }
    }
    let by_then = chain
        .into_iter()
        .filter(|held| held.says.effective_from <= view.at);
    for held in by_then.collect::<Vec<_>>() {
        let Some(copy) = held.first() else { continue };
        if let Some(last) = view.lists.last_mut() {
            last.until = Some(held.says.effective_from);
        }
        view.lists.push(ListVersion {
            document_digest: copy.document_digest,
            document_multibase: copy.document_multibase.clone(),
            list: held.says.clone(),
            until: None,
        });
    }
    if view.lists.is_empty() {
        let from = pinned.says.effective_from;
        view.wrong(format!("the pinned federation list takes effect at {from}"));
    }
    members(view);
}

fn list_of(record: &EvidenceRecord) -> Option<&FederationList> {
    match &record.record.as_ref().ok()?.subject {
        Subject::FederationList(list) => Some(list),
        _ => None,
    }
}

fn before<'h, 'a>(first: &HeldList<'a>, held: &'h [HeldList<'a>]) -> Option<&'h HeldList<'a>> {
    let previous = first.says.previous.as_deref()?;
    held.iter().find(|earlier| {
        earlier.multibase() == previous
            && earlier.says.version.checked_add(1) == Some(first.says.version)
            && earlier.says.effective_from <= first.says.effective_from
            && earlier.is_valid()
    })
}

/// The one version that follows `last` and has taken effect. Two of them stop the walk.
fn after<'h, 'a>(
    view: &mut FederationView,
    last: &HeldList<'a>,
    held: &'h [HeldList<'a>],
) -> Option<&'h HeldList<'a>> {
    let mut following = Vec::new();
    for next in held {
        let follows = next.says.previous.as_deref() == Some(last.multibase())
            && last.says.version.checked_add(1) == Some(next.says.version);
        if !follows || next.says.effective_from > view.at {
            continue;
        }
        match refusal(last.says, next) {
            None => following.push(next),
            Some(why) => {
                let version = next.says.version;
                view.wrong(format!("federation list version {version}: {why}"));
            }
        }
    }
    match following.as_slice() {
        [] => None,
        [next] => Some(next),
        [one, other, ..] => {
            let fork = (one.multibase().to_owned(), other.multibase().to_owned());
            view.wrong(format!(
                "two federation lists of version {} are signed by enough keyholders, {} and {}; \
                 neither counts, ask the keyholders",
                one.says.version, fork.0, fork.1
            ));
            view.fork = Some(fork);
            None
        }
    }
}

/// Why `next` does not follow `last`, if it does not.
fn refusal(last: &FederationList, next: &HeldList<'_>) -> Option<String> {
    if next.says.effective_from < last.effective_from {
        return Some(format!(
            "it takes effect at {}, before the version that it follows",
            next.says.effective_from
        ));
    }
    for (list, which) in [(last, "the version before"), (next.says, "its own")] {
        let signed = keyholders_of(&next.copies, list);
        if signed < list.threshold.max(1) {
            return Some(format!(
                "{signed} of {} keyholders of {which} signed it, {} must",
                list.keyholders.len(),
                list.threshold
            ));
        }
    }
    (!next.is_valid()).then(|| BROKEN.to_owned())
}

fn keyholders_of(copies: &[&EvidenceRecord], list: &FederationList) -> u64 {
    let keys = list
        .keyholders
        .iter()
        .map(|holder| (Some(holder.did.as_str()), holder.key.as_str()));
    signed_by(copies, keys)
}

/// Who is a member when; in the order of the newest list, then by DID.
fn members(view: &mut FederationView) {
    let mut members: Vec<Member> = Vec::new();
    for version in view.lists.iter().rev() {
        let mut named: Vec<_> = version.list.members.iter().collect();
        if !members.is_empty() {
            named.sort_by_key(|member| &member.authority);
        }
        for member in named {
            if members
                .iter()
                .any(|held| held.authority == member.authority)
            {
                continue;
            }
            members.push(Member {
                economy: member.economy.clone(),
                authority: member.authority.clone(),
                url: member.url.clone(),
                log_at: member.log_at.clone(),
                periods: periods(&view.lists, &member.authority),
                versions: Vec::new(),
                log_keys: Vec::new(),
                mirror_keys: Vec::new(),
                witness_keys: Vec::new(),
                status_keys: Vec::new(),
                authority_keys: Vec::new(),
            });
        }
    }
    view.members = members;
}

fn periods(lists: &[ListVersion], authority: &str) -> Vec<Span> {
    let mut periods: Vec<Span> = Vec::new();
    for version in lists {
        if super::entry(version, authority).is_none() {
            continue;
        }
        let from = version.list.effective_from;
        match periods.last_mut() {
            Some(last) if last.before == Some(from) => last.before = version.until,
            _ => periods.push(Span {
                from,
                before: version.until,
            }),
        }
    }
    periods
}
