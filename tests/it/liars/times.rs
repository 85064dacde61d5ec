//! Times that are not true: a log and a mirror that backdate, and a head that never changes.

use comity_tlog::checkpoint::{Checkpoint, cosignatures};
use comity_tlog::note::{NoteSigner, SignedNote};
use comity_tlog::origin::mirror_path;

use super::face::Face;
use super::{ASKER, LIAR, Lying, moved};
use crate::program::federation::Federation;
use crate::program::history::{now_unix, seed_in};
use crate::program::http;

/// How long ago liars say that they signed: when the keys of all members counted already, and
/// before anything of these tests had happened.
const LIE_SECONDS: u64 = 3_000;
/// The moment that is asked about: after that, and before anything had happened.
const ASKED_SECONDS: i64 = -1_500;

fn long_ago_unix() -> u64 {
    now_unix() - LIE_SECONDS
}

/// As known before it was logged, nobody can tell what a certificate is worth.
fn is_no_older_than_it_is(world: &Federation, number: &str) {
    let then = moved(ASKED_SECONDS);
    for at in 1..world.members.len() {
        let check = format!("comity check {number} --in JP");
        world.asks(at, &check).exits(0);
        world
            .asks(at, &format!("{check} --known-at {then}"))
            .exits(3);
    }
}

/// Puts a time of long ago into that signer's line under the checkpoint at `path`.
fn backdates(face: &Face, path: &str, signer: NoteSigner) {
    let path = path.to_owned();
    face.says(move |asked, truth| {
        let mut answer = truth()?;
        if asked.target == path
            && let Ok(mut note) = SignedNote::parse(&answer.body)
        {
            let head = Checkpoint::parse(&note.text).unwrap();
            let (name, id) = (signer.vkey().name(), signer.vkey().key_id());
            (note.signatures).retain(|line| line.name != name || line.key_id != id);
            note.signatures
                .push(signer.cosign(&head, long_ago_unix()).unwrap());
            answer.body = note.to_string().into_bytes();
        }
        Some(answer)
    });
}

/// The log says that it was signed long ago; the mirrors say when they saw it.
#[test]
fn a_log_that_backdates_its_heads_dates_nothing() {
    let lying = Lying::new();
    let origin = lying.origin();
    let (_, log) = origin.split_once('/').unwrap();
    let folder = lying.world.members[LIAR].operator.path("node");
    let signer = || NoteSigner::cosigner(&origin, &seed_in(&folder, "log.seed")).unwrap();
    for face in [&lying.front, &lying.aside] {
        backdates(face, &format!("/{log}/checkpoint"), signer());
    }
    lying.world.publishes(LIAR, "LAB-2");
    lying.world.agrees();
    is_no_older_than_it_is(&lying.world, "LAB-2");
    // The lie is there for all to see.
    let shown = http::bytes(&format!("{}/{log}/checkpoint", lying.front.url));
    let lines = cosignatures(
        &SignedNote::parse(&shown).unwrap(),
        &[signer().vkey().clone()],
    );
    assert!(
        lines
            .iter()
            .all(|line| line.time_unix <= now_unix() - LIE_SECONDS)
    );
}

/// One mirror of four says that it saw everything long ago; of the times that the others state, the
/// second smallest counts.
#[test]
fn a_mirror_that_backdates_its_lines_dates_nothing() {
    let mirror = 2;
    let mut world = Federation::drafts(5);
    let face = Face::before(&world.url(mirror));
    world.shows(mirror, &face.url);
    world.seals();
    let member = &world.members[mirror];
    let name = format!("{}/mirror", member.host());
    let signer = NoteSigner::cosigner(
        &name,
        &seed_in(&member.operator.path("node"), "mirror.seed"),
    )
    .unwrap();
    let vkey = member.cosigner_vkey("mirror");
    assert_eq!(signer.vkey(), &vkey);
    let checkpoint = mirror_path(&world.members[LIAR].origin());
    backdates(&face, &checkpoint, signer);
    world.starts();
    world.registers_laboratory(LIAR);
    world.recognises(ASKER, LIAR);
    world.publishes(LIAR, "LAB-1");
    world.agrees();
    is_no_older_than_it_is(&world, "LAB-1");
    // The line is there for all to see, and its time is the lie.
    let origin = world.members[LIAR].origin();
    let (_, log) = origin.rsplit_once('/').unwrap();
    let shown = format!("{}/log/{log}/checkpoint", world.url(LIAR));
    world.comes_to("the lie is collected", || {
        let note = SignedNote::parse(&http::bytes(&shown)).unwrap();
        let lines = cosignatures(&note, std::slice::from_ref(&vkey));
        lines
            .iter()
            .any(|line| line.time_unix <= now_unix() - LIE_SECONDS)
    });
}

/// The liar shows the same head for ever and so hides a withdrawal. How old that head is stands in
/// every answer, and once it is older than the policy allows nobody can tell.
#[test]
fn a_frozen_head_shows_its_age_and_is_trusted_no_longer_than_that() {
    let lying = Lying::new();
    let frozen = lying.freezes();
    let world = &lying.world;
    let liar = world.url(LIAR);
    let lab = &world.members[LIAR].laboratory;
    lab.does(&format!(
        "comity status withdraw LAB-1 --key lab.pem --reason nonPayment --node {liar}"
    ))
    .exits(0);
    let age = || lying.log_at(ASKER)["ageSeconds"].as_u64().unwrap();
    let first = age();
    world.comes_to("the age of the head grows", || age() >= first + 3);
    let size = Checkpoint::parse(&SignedNote::parse(&frozen).unwrap().text);
    assert_eq!(lying.log_at(ASKER)["size"], size.unwrap().size);
    // Today it is as good as any head of today: the withdrawal is not known here.
    world.asks(ASKER, "comity check LAB-1 --in JP").exits(0);
    // A day and an hour later it is not, even if nothing else was heard.
    let later = moved(25 * 3_600);
    let check = format!("comity check LAB-1 --in JP --known-at {later} -o json");
    let verdict = world.asks(ASKER, &check).exits(3).json();
    assert!(verdict.to_string().contains("staleLog"), "{verdict:#}");
    lying.thaws();
    world.agrees();
    world.asks(ASKER, "comity check LAB-1 --in JP").exits(1);
}
