//! Two histories of one log: at one size, grown, to two mirrors, and beyond its end.

use comity_tlog::checkpoint::Checkpoint;
use comity_tlog::entry::Entry;
use comity_tlog::note::{NoteSigner, SignedNote};
use comity_tlog::origin::{log_id, mirror_path};
use serde_json::json;

use super::face::Face;
use super::{ASKER, LIAR, Lying, THIRD, VICTIM, convinces, log_vkey};
use crate::program::history::History;
use crate::program::{Person, Serving, free_port, http};

/// A history that differs from the true one in its last entry, and has `more` entries beyond it.
fn other(truth: &History, more: u64) -> History {
    let mut other = truth.clone();
    other.forgets_from(truth.size() - 1);
    for number in 0..=more {
        let body = format!("{{\"other\":{number}}}");
        other.records("Attestation", body.as_bytes());
    }
    other
}

impl Lying {
    /// The size of the head that a mirror shows of the liar's log.
    fn mirrored(&self, at: usize) -> u64 {
        let path = mirror_path(&self.origin());
        let note = SignedNote::parse(&self.world.shows_at(at, &path)).unwrap();
        Checkpoint::parse(&note.text).unwrap().size
    }

    /// The proof goes round: nobody rests anything on the log any more. The logs of the others go on.
    fn is_believed_nowhere(&mut self) {
        for at in 1..5 {
            self.is_alarmed(at, "forked");
            let id = log_id(&self.origin());
            let url = self.world.url(at);
            let evidence = http::bytes(&format!("{url}/v1/logs/{id}/evidence"));
            convinces(&evidence, &log_vkey(&self.world, LIAR));
        }
        for at in [ASKER, VICTIM] {
            let said = self.world.asks(at, "comity check LAB-1 --in JP -o json");
            let verdict = said.exits(3).json();
            assert!(verdict.to_string().contains("forked"), "{verdict:#}");
        }
        self.world.registers_laboratory(THIRD);
        let grown = self.world.size(THIRD);
        for at in 1..5 {
            self.world.comes_to("the others go on under quorum", || {
                self.world.holds(at, THIRD, grown)
            });
        }
    }
}

/// Whoever sees one history only finds nothing wrong with it: every tile, entry, body and signature
/// is as it should be. That is why two must be compared.
#[test]
fn a_lie_is_a_whole_log_to_whoever_sees_it_alone() {
    let operator = Person::new();
    let init = "comity node init node --economy SE --host nqi.se.example --name Liar";
    operator.does(init).exits(0);
    let port = free_port();
    let line = format!("comity node serve node -q --listen 127.0.0.1:{port}");
    let serving = Serving::begin(&operator, &line, port);
    let logs = http::json(&format!("{}/v1/logs", serving.url));
    let log = &logs["items"][0];
    let origin = log["origin"].as_str().unwrap();
    let mut history = History::of_node(&serving.url, origin, &operator.path("node"));
    assert_eq!(history.vkey(), log["vkey"].as_str().unwrap());
    // More than one tile, and a bundle that is not full.
    for number in 0..300 {
        let draft = json!({"of another history": number});
        history.records("Attestation", draft.to_string().as_bytes());
    }
    let face = Face::before(&serving.url);
    face.shows(&history);
    let vkey = history.vkey();
    let verify = format!("comity log verify {} --vkey '{vkey}'", face.url);
    // It adds up; that the records are none, a reader sees.
    let said = operator.does(&verify);
    assert!(said.in_full().contains("300"), "{}", said.in_full());
    let compare = format!("comity log compare {} {} -o json", serving.url, face.url);
    operator.does(&compare).exits(0);
}

#[test]
fn two_roots_for_one_size_are_proved() {
    let mut lying = Lying::new();
    let truth = lying.history();
    lying.aside.shows(&other(&truth, 0));
    assert_eq!(lying.is_proved_by(VICTIM), "sameSize");
    assert_eq!(
        lying.mirrored(VICTIM),
        truth.size(),
        "frozen where both agreed last"
    );
    lying.is_believed_nowhere();
}

#[test]
fn a_history_that_grew_from_another_is_proved() {
    let mut lying = Lying::new();
    let truth = lying.history();
    lying.aside.shows(&other(&truth, 2));
    assert_eq!(lying.is_proved_by(VICTIM), "grown");
    assert_eq!(
        lying.mirrored(VICTIM),
        truth.size(),
        "frozen where both agreed last"
    );
    lying.is_believed_nowhere();
}

/// Each mirror sees one history only, and co-signs it in good faith. Both are found out as soon as
/// one mirror asks another, or somebody asks two of them.
#[test]
fn a_split_view_is_found_by_the_mirrors_and_from_outside() {
    let mut lying = Lying::new();
    let mut split = lying.history();
    lying.aside.shows(&split);
    lying.world.publishes(LIAR, "LAB-2");
    lying.world.comes_to("the truth counts for the others", || {
        let said = lying.world.asks(ASKER, "comity check LAB-2 --in JP");
        said.is_done()
    });
    lying
        .world
        .asks(VICTIM, "comity check LAB-2 --in JP")
        .exits(3);
    let truth = lying.history();
    while split.size() < truth.size() {
        let body = format!("{{\"other\":{}}}", split.size());
        split.records("Attestation", body.as_bytes());
    }
    lying.aside.shows(&split);
    // Of whichever two heads met first.
    for at in [VICTIM, ASKER] {
        let kind = lying.is_proved_by(at);
        assert!(["sameSize", "grown"].contains(&kind.as_str()), "{kind}");
    }

    let traveller = Person::new();
    let origin = lying.origin();
    let (one, other) = (lying.world.url(ASKER), lying.world.url(VICTIM));
    let compare = format!("comity log compare {one} {other} --log {origin} -o json");
    let said = traveller.does(&compare).exits(1).json();
    let row = &said["items"][0];
    assert_eq!(row["finding"], "fork", "{said:#}");
    let evidence = traveller.reads(row["evidence"].as_str().unwrap());
    convinces(&evidence, &log_vkey(&lying.world, LIAR));
    // Two that were shown the same see nothing.
    let third = lying.world.url(THIRD);
    let compare = format!("comity log compare {one} {third} --log {origin}");
    traveller.does(&compare).exits(0);
    lying.is_believed_nowhere();
}

/// The log ends without a word to anybody: nothing is fresh any more, so nobody can tell. And a
/// log that goes on beyond its end has shown two histories.
#[test]
fn a_log_that_closes_silently_is_not_fresh_and_may_not_go_on() {
    let lying = Lying::new();
    let mut closed = lying.history();
    let successor = format!("{}-next", lying.origin());
    let successor = NoteSigner::log(&successor, &[77; 32]).unwrap();
    closed.push(&Entry::closed(successor.vkey().clone()).unwrap(), None);
    lying.front.shows(&closed);
    lying.aside.shows(&closed);
    lying.world.comes_to("the end is mirrored", || {
        lying.mirrored(ASKER) == closed.size() && lying.mirrored(VICTIM) == closed.size()
    });
    lying
        .world
        .comes_to("nobody can tell without a successor", || {
            let said = lying
                .world
                .asks(ASKER, "comity check LAB-1 --in JP -o json");
            said.json()["verdict"] == "cannotTell"
        });
    let mut beyond = closed.clone();
    beyond.records("Attestation", b"{\"beyond\":1}");
    lying.front.shows(&beyond);
    assert_eq!(lying.is_proved_by(ASKER), "afterClosing");
    assert_eq!(lying.mirrored(ASKER), closed.size());
}
