//! What must hold after every start.

use std::collections::BTreeMap;

use comity_node::audit::audit;
use comity_node::remote::Remote;
use comity_signature::digest::record_digest;
use comity_tlog::bundle::{self, bundles};
use comity_tlog::entry::Entry;
use comity_tlog::note::Vkey;
use comity_tlog::receipt::Receipt;

use super::pool::{id, printed};
use super::{Acknowledged, Chance, Victim};
use crate::program::http::{self, block_on};

/// Records found by their number in each round.
const LOOK_UPS: usize = 3;
/// Entries of one bundle.
const BUNDLE: u64 = 256;

/// Every one of `acknowledged` stands at its index, byte for byte.
pub(super) fn held(victim: &Victim, acknowledged: &[Acknowledged]) {
    let mut by_bundle: BTreeMap<u64, Vec<&Acknowledged>> = BTreeMap::new();
    for record in acknowledged {
        by_bundle
            .entry(record.index / BUNDLE)
            .or_default()
            .push(record);
    }
    for (bundle, records) in by_bundle {
        let bodies = bodies(victim, bundle);
        for record in records {
            let offset = usize::try_from(record.index % BUNDLE).unwrap();
            let held = bodies.get(offset);
            let (number, index) = (record.number, record.index);
            assert!(
                held == Some(&victim.pool.records[number]),
                "record {number} was acknowledged at {index} and is not there"
            );
        }
    }
}

/// The bodies of a bundle.
fn bodies(victim: &Victim, bundle: u64) -> Vec<Vec<u8>> {
    let url = format!("{}/log/{}/records/{bundle}", victim.url(), victim.pool.log);
    let page = http::bytes(&url);
    let lines = page
        .split(|&byte| byte == b'\n')
        .filter(|line| !line.is_empty());
    lines.map(<[u8]>::to_vec).collect()
}

/// The receipts of some records verify under the log's key.
pub(super) fn receipts(victim: &Victim, chance: &mut Chance, count: u64) {
    let vkey = Vkey::parse(&victim.pool.vkey).unwrap();
    let cosigner = vkey.as_cosigner();
    let Some(last) = victim.acknowledged.len().checked_sub(1) else {
        return;
    };
    for _ in 0..count {
        let drawn = usize::try_from(chance.between(0, last as u64)).unwrap();
        let record = victim.acknowledged[drawn];
        let bytes = &victim.pool.records[record.number];
        let id = id(record.number);
        let id = id.trim_start_matches("urn:uuid:");
        let proof = http::bytes(&format!("{}/v1/records/{id}/proof", victim.url()));
        let kind = comity_model::record::kind_of(bytes).unwrap();
        let entry = Entry::record(kind.name(), record_digest(bytes), bytes.len() as u64).unwrap();
        let receipt = Receipt::parse(&proof).unwrap();
        let included = receipt.verify(&entry.encode(), &vkey, std::slice::from_ref(&cosigner));
        assert_eq!(included.unwrap().index(), record.index);
    }
}

/// Search has caught up: it counts as many records as the log, and finds some by number.
pub(super) fn searched(victim: &Victim) {
    victim.indexed();
    let url = victim.url();
    let size = http::json(&format!("{url}/health/live"))["logSize"]
        .as_u64()
        .unwrap();
    let counts = facets(victim);
    assert_eq!(counts.values().sum::<u64>(), size, "{counts:?}");
    let certificates = victim
        .acknowledged
        .iter()
        .rev()
        .filter(|record| record.number > 0);
    for record in certificates.take(LOOK_UPS) {
        let number = printed(record.number);
        let found = http::json(&format!("{url}/v1/records?q={number}"));
        let first = &found["items"][0];
        assert_eq!(first["id"], id(record.number), "{number}: {found:#}");
        assert_eq!(first["log"][0]["index"], record.index, "{number}");
    }
}

/// Search counts as many records of each kind as the log has entries of it.
pub(super) fn counted(victim: &Victim) {
    victim.indexed();
    let url = victim.url();
    let size = http::json(&format!("{url}/health/live"))["logSize"]
        .as_u64()
        .unwrap();
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for id in bundles(0, size) {
        let bytes = http::bytes(&format!("{url}/log/{}/{}", victim.pool.log, id.path()));
        for entry in bundle::parse(&bytes).unwrap() {
            match Entry::parse(entry).unwrap() {
                Entry::Record { kind, .. } => *counts.entry(kind).or_default() += 1,
                other => panic!("{other:?}"),
            }
        }
    }
    assert_eq!(facets(victim), counts);
}

/// How many records of each kind search finds.
fn facets(victim: &Victim) -> BTreeMap<String, u64> {
    let found = http::json(&format!("{}/v1/records?facet=kind&limit=1", victim.url()));
    let counts = found["facets"]["kind"].as_array().unwrap();
    counts
        .iter()
        .map(|count| {
            let value = count["value"].as_str().unwrap().to_owned();
            (value, count["count"].as_u64().unwrap())
        })
        .collect()
}

/// The whole log adds up, with every body in it.
pub(super) fn audited(victim: &Victim) {
    counted(victim);
    let remote = Remote::new(&victim.url()).unwrap();
    let vkey = Vkey::parse(&victim.pool.vkey).unwrap();
    let prefix = format!("/log/{}", victim.pool.log);
    let report = block_on(audit(&remote, &prefix, &vkey, &mut |_, _| ())).unwrap();
    assert!(report.is_clean(), "{report:#?}");
    assert_eq!(report.bodies_verified, report.size, "{report:#?}");
    assert!(report.size >= victim.acknowledged.len() as u64);
}
