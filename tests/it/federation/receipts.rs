//! Receipts: a record in its log, under the cosignatures of enough mirrors.

use comity_model::record::kind_of;
use comity_signature::digest::record_digest;
use comity_tlog::entry::Entry;
use comity_tlog::note::Vkey;
use comity_tlog::receipt::Receipt;

use crate::program::federation::Federation;

#[test]
fn a_receipt_has_quorum_or_says_what_is_missing() {
    let mut world = Federation::of(5);
    world.registers_laboratory(0);
    let taken = world.publishes(0, "LAB-1");
    world.agrees();
    let url = world.url(0);
    let lab = &world.members[0].laboratory;
    let said = lab.does(&format!(
        "comity receipt LAB-1 --to LAB-1.tlog-proof --node {url}"
    ));
    said.exits(0);
    let receipt = Receipt::parse(&lab.reads("LAB-1.tlog-proof")).unwrap();
    let body = lab.reads("LAB-1.json");
    let body = body.trim_ascii_end();
    let kind = kind_of(body).unwrap();
    let entry = Entry::record(kind.name(), record_digest(body), body.len() as u64).unwrap();
    let mirrors: Vec<Vkey> = (world.members[1..].iter())
        .map(|member| member.cosigner_vkey("mirror"))
        .collect();
    let log = world.members[0].log_vkey();
    let included = receipt.verify(&entry.encode(), &log, &mirrors).unwrap();
    assert_eq!(Some(included.index()), taken["log"]["index"].as_u64());
    let lines = included.cosignatures().len();
    assert!(lines >= 3, "{lines} of four mirrors signed");
    // Of another record it proves nothing, and under another log's key neither.
    let other = Entry::record(kind.name(), record_digest(b"{}"), 2).unwrap();
    assert!(receipt.verify(&other.encode(), &log, &mirrors).is_err());
    let foreign = world.members[1].log_vkey();
    let verified = receipt.verify(&entry.encode(), &foreign, &mirrors);
    assert!(verified.is_err());

    // Without two of the mirrors nothing new gets a receipt, and it says who is missing.
    world.switches_off(3);
    world.switches_off(4);
    world.publishes(0, "LAB-2");
    let lab = &world.members[0].laboratory;
    let said = lab.does(&format!(
        "comity receipt LAB-2 --wait 3 --to LAB-2.tlog-proof -o table --node {url}"
    ));
    let said = said.exits(3);
    said.says("missing  NZ").says("missing  BR");
    lab.does("ls LAB-2.tlog-proof").exits(2);
    world.switches_on(&[3]);
    let lab = &world.members[0].laboratory;
    lab.does(&format!("comity receipt LAB-2 --wait 30 --node {url}"))
        .exits(0);
}
