//! The versions of each member's online keys, under its offline roots.

use std::collections::HashSet;

use comity_model::date::Instant;
use comity_model::federation::{DatedVkey, MemberKeys};
use comity_model::record::Subject;

use super::{
    BROKEN, FederationView, Held, KeyPeriod, KeysVersion, ListVersion, documents, entry, origin_of,
    public_keys, signed_by,
};
use crate::evidence::EvidenceRecord;
use crate::trust_graph::TrustGraph;

type HeldKeys<'a> = Held<'a, MemberKeys>;

/// Root keys in the order of their spelling, and how many must sign.
#[derive(Clone, Debug, PartialEq, Eq)]
struct RootSet {
    keys: Vec<String>,
    threshold: u64,
}

impl RootSet {
    fn of(keys: &[String], threshold: u64) -> Self {
        let mut keys = keys.to_vec();
        keys.sort_unstable();
        Self {
            keys,
            threshold: threshold.max(1),
        }
    }

    fn signed(&self, held: &HeldKeys<'_>, authority: &str) -> u64 {
        let keys = self.keys.iter().map(|key| (Some(authority), key.as_str()));
        signed_by(&held.copies, keys)
    }
}

/// The roots that the list names for a member from an instant on.
struct Segment {
    from: Instant,
    roots: RootSet,
}

pub(super) fn walk(view: &mut FederationView, trust: &TrustGraph) {
    let mut origins: HashSet<String> = HashSet::new();
    for at in 0..view.members.len() {
        let Some(member) = view.members.get(at) else {
            break;
        };
        let authority = member.authority.clone();
        let segments = segments(&view.lists, &authority);
        let held = documents(trust.member_keys(&authority), keys_of);
        let versions = versions(view, &authority, &segments, &held);
        let hosts = hosts(&view.lists, &authority);
        let mut log_keys = merged(&versions, |keys| vkeys(&keys.log_keys));
        log_keys.retain(|key| {
            let origin = origin_of(&key.key).unwrap_or_default();
            let host = origin.split('/').next().unwrap_or_default();
            let fits = hosts.iter().any(|own| own == host) && key.vkey().is_some();
            if !fits {
                view.wrong(format!(
                    "{authority} names the log {origin}, whose host is neither that of its DID \
                     nor that of its URL in the list"
                ));
            }
            fits
        });
        let named: HashSet<String> = (log_keys.iter())
            .filter_map(|key| origin_of(&key.key).map(str::to_owned))
            .collect();
        log_keys.retain(|key| !origin_of(&key.key).is_some_and(|own| origins.contains(own)));
        origins.extend(named);
        if let Some(member) = view.members.get_mut(at) {
            member.log_keys = log_keys;
            member.mirror_keys = merged(&versions, |keys| vkeys(&keys.mirror_keys));
            member.witness_keys = merged(&versions, |keys| vkeys(&keys.witness_keys));
            member.status_keys = merged(&versions, |keys| {
                let keys = keys.status_keys.iter();
                keys.map(|key| period(&key.key, key.from, key.until))
                    .collect()
            });
            member.authority_keys = merged(&versions, |keys| {
                let keys = keys.authority_keys.iter();
                keys.map(|key| period(&key.key, key.from, key.until))
                    .collect()
            });
            member.versions = versions;
        }
    }
}

fn keys_of(record: &EvidenceRecord) -> Option<&MemberKeys> {
    match &record.record.as_ref().ok()?.subject {
        Subject::MemberKeys(keys) => Some(keys),
        _ => None,
    }
}

/// The roots of `authority` over time; a new segment begins where a list names others.
fn segments(lists: &[ListVersion], authority: &str) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for version in lists {
        let Some(member) = entry(version, authority) else {
            continue;
        };
        let roots = RootSet::of(&member.root_keys, member.root_threshold);
        if segments.last().is_none_or(|last| last.roots != roots) {
            segments.push(Segment {
                from: version.list.effective_from,
                roots,
            });
        }
    }
    segments
}

/// Hosts whose logs a member may name: that of its DID, and those of its URLs in the list.
fn hosts(lists: &[ListVersion], authority: &str) -> Vec<String> {
    let did = authority.trim_start_matches("did:web:");
    let mut hosts = vec![did.split(':').next().unwrap_or(did).to_owned()];
    for url in lists
        .iter()
        .filter_map(|list| entry(list, authority)?.url.as_deref())
    {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let host = rest.split(['/', ':']).next().unwrap_or(rest);
        hosts.push(host.to_ascii_lowercase());
    }
    hosts
}

/// The versions that count: each follows the one before, and enough of the roots signed it.
fn versions(
    view: &mut FederationView,
    authority: &str,
    segments: &[Segment],
    held: &[HeldKeys<'_>],
) -> Vec<KeysVersion> {
    let Some(first) = segments.first() else {
        return Vec::new();
    };
    let mut counted: Vec<(KeysVersion, usize, RootSet)> = Vec::new();
    let (mut segment, mut roots) = (0, first.roots.clone());
    loop {
        let last = counted.last().map(|(version, _, _)| version);
        let best = following(view, authority, segments, held, (last, segment, &roots));
        let &[(of, next)] = best.as_slice() else {
            if let Some((_, next)) = best.first() {
                view.wrong(format!(
                    "two key lists of {authority} of version {} are signed by enough roots; \
                     neither counts, ask {authority}",
                    next.says.version
                ));
            }
            break;
        };
        if of > segment {
            segment = of;
            if let Some(reset) = segments.get(of) {
                roots = reset.roots.clone();
            }
        }
        let signed_under = roots.keys.clone();
        if let Some(rotated) = &next.says.roots {
            roots = RootSet::of(&rotated.keys, rotated.threshold);
        }
        let Some(copy) = next.first() else { break };
        let version = KeysVersion {
            document_digest: copy.document_digest,
            document_multibase: copy.document_multibase.clone(),
            keys: next.says.clone(),
            roots: signed_under,
            roots_end: None,
        };
        counted.push((version, segment, roots.clone()));
    }
    let ended = counted.into_iter().map(|(mut version, of, roots)| {
        let later = segments.iter().skip(of + 1);
        version.roots_end = later
            .into_iter()
            .find(|later| later.roots != roots)
            .map(|l| l.from);
        version
    });
    ended.collect()
}

/// What follows the last version, with the segment of roots that signed it: of several the ones
/// of the newest roots. Whoever has old roots may still sign in their time; newer roots decide.
fn following<'h, 'a>(
    view: &mut FederationView,
    authority: &str,
    segments: &[Segment],
    held: &'h [HeldKeys<'a>],
    (last, segment, roots): (Option<&KeysVersion>, usize, &RootSet),
) -> Vec<(usize, &'h HeldKeys<'a>)> {
    let mut found: Vec<(usize, &HeldKeys<'_>)> = Vec::new();
    for next in held.iter().filter(|next| follows(last, next.says)) {
        if next.says.effective_from > view.at {
            continue;
        }
        let in_effect = |(_, of): &(usize, &Segment)| of.from <= next.says.effective_from;
        let of = segments
            .iter()
            .enumerate()
            .rfind(in_effect)
            .map_or(0, |(at, _)| at);
        let due = match segments.get(of) {
            Some(other) if of > segment => &other.roots,
            _ => roots,
        };
        match refusal(view, authority, next, due) {
            None => found.push((of, next)),
            Some(why) => view.wrong(format!(
                "keys of {authority}, version {}: {why}",
                next.says.version
            )),
        }
    }
    let newest = found.iter().map(|(of, _)| *of).max();
    found.retain(|(of, _)| Some(*of) == newest);
    found
}

fn follows(last: Option<&KeysVersion>, next: &MemberKeys) -> bool {
    match last {
        None => next.version == 1 && next.previous.is_none(),
        Some(last) => {
            last.keys.version.checked_add(1) == Some(next.version)
                && next.previous.as_ref() == Some(&last.document_multibase)
                && last.keys.effective_from <= next.effective_from
        }
    }
}

/// Why a version does not count, if it does not.
fn refusal(
    view: &FederationView,
    authority: &str,
    next: &HeldKeys<'_>,
    roots: &RootSet,
) -> Option<String> {
    let keys = next.says;
    let listed = view
        .list_at(keys.effective_from)
        .and_then(|list| entry(list, authority));
    let of_economy = view.lists.iter().filter_map(|list| entry(list, authority));
    if !of_economy
        .into_iter()
        .any(|member| member.economy == keys.economy)
    {
        return Some(format!(
            "the list names {authority} for another economy than {}",
            keys.economy
        ));
    }
    let guest = listed.is_some_and(|member| member.log_at.is_some());
    if guest && keys.log_keys.iter().any(|key| key.until.is_none()) {
        return Some(
            "a guest has no open log of its own; end its keys or leave them out".to_owned(),
        );
    }
    let mut public = public_keys(keys);
    let named = public.len();
    public.sort_unstable();
    public.dedup();
    if public.len() < named {
        return Some("two of its keys are one; every key has one use".to_owned());
    }
    let rotated = keys
        .roots
        .as_ref()
        .map(|roots| RootSet::of(&roots.keys, roots.threshold));
    for (set, which) in [
        (Some(roots), "the roots"),
        (rotated.as_ref(), "the new roots"),
    ] {
        let Some(set) = set else { continue };
        let signed = set.signed(next, authority);
        if signed < set.threshold {
            return Some(format!(
                "{signed} of {which} signed it, {} must",
                set.threshold
            ));
        }
    }
    (!next.is_valid()).then(|| BROKEN.to_owned())
}

fn vkeys(keys: &[DatedVkey]) -> Vec<KeyPeriod> {
    keys.iter()
        .map(|key| period(&key.vkey, key.from, key.until))
        .collect()
}

fn period(key: &str, from: Instant, until: Option<Instant>) -> KeyPeriod {
    KeyPeriod {
        key: key.to_owned(),
        from,
        until,
    }
}

/// The keys of one sort over all versions. The newest word on a key decides; an end that a later
/// version sets, or says by leaving the key out, is no earlier than that version, and neither is
/// the beginning of a key that it adds, so that nothing that was dated loses its date.
fn merged(versions: &[KeysVersion], of: impl Fn(&MemberKeys) -> Vec<KeyPeriod>) -> Vec<KeyPeriod> {
    let mut all: Vec<KeyPeriod> = Vec::new();
    for (number, version) in versions.iter().enumerate() {
        let stated = of(&version.keys);
        let last_second = version.keys.effective_from.plus_seconds(-1);
        for held in &mut all {
            let named = stated.iter().any(|key| key.key == held.key);
            if !named && held.until.is_none_or(|until| until > last_second) {
                held.until = Some(last_second);
            }
        }
        for key in stated {
            match all.iter_mut().find(|held| held.key == key.key) {
                Some(held) if held.until == key.until => {}
                Some(held) => held.until = key.until.map(|until| until.max(last_second)),
                None if number == 0 => all.push(key),
                None => all.push(KeyPeriod {
                    from: key.from.max(version.keys.effective_from),
                    ..key
                }),
            }
        }
    }
    let end = versions.last().and_then(|version| version.roots_end);
    if let Some(end) = end.map(|end| end.plus_seconds(-1)) {
        for key in all
            .iter_mut()
            .filter(|key| key.until.is_none_or(|until| until > end))
        {
            key.until = Some(end);
        }
    }
    all
}
