//! Liars: five nodes as five processes, of which one shows each of the others what its keeper
//! likes. Its lies are caught, or nothing rests on them: the answer is then *cannot tell*. Where
//! there is proof, the proof convinces somebody who never saw the network.

mod face;
mod histories;
mod records;
mod times;

use comity_tlog::origin::log_id;
use serde_json::Value;

use crate::program::federation::{Federation, papers};
use crate::program::history::History;
use crate::program::{Person, http};
use face::Face;

/// The member that lies, where not another is named.
const LIAR: usize = 0;
/// An honest member that recognises certificates of the liar's economy.
const ASKER: usize = 1;
/// An honest member that sees what most see.
const THIRD: usize = 2;
/// An honest member that is shown a face of its own.
const VICTIM: usize = 4;

/// A federation whose first member lies.
struct Lying {
    world: Federation,
    /// What all others are shown.
    front: Face,
    /// What the victim is shown.
    aside: Face,
}

impl Lying {
    /// All agree, about a certificate among other things, and no log grows by itself; nobody has
    /// lied yet.
    fn new() -> Self {
        let mut world = Federation::drafts(5);
        let front = Face::before(&world.url(LIAR));
        let aside = Face::before(&world.url(LIAR));
        world.shows(LIAR, &front.url);
        world.seals();
        let peer = format!(
            "[[peer]]\nurl = {:?}\norigin = {:?}\nvkey = {:?}\nmode = \"mirror\"\n",
            aside.url,
            world.members[LIAR].origin(),
            log_vkey(&world, LIAR),
        );
        world.members[VICTIM]
            .operator
            .writes("node/peers.toml", peer);
        world.starts();
        world.registers_laboratory(LIAR);
        world.recognises(ASKER, LIAR);
        world.publishes(LIAR, "LAB-1");
        world.agrees();
        world.asks(ASKER, "comity check LAB-1 --in JP").exits(0);
        let lying = Self {
            world,
            front,
            aside,
        };
        // Of each other log once a day: until then the liar's log grows by itself, and a lie about
        // it may have its size.
        lying
            .world
            .comes_to("the liar's log holds every other's head", || {
                lying.history().anchored().len() == 4
            });
        lying.world.agrees();
        lying
    }

    /// The liar's log as its own node holds it.
    fn history(&self) -> History {
        let member = &self.world.members[LIAR];
        let folder = member.operator.path("node");
        History::of_node(&member.url(), &member.origin(), &folder)
    }

    /// From now on nobody is shown what the liar's log takes; the head that they are shown.
    fn freezes(&self) -> Vec<u8> {
        let history = self.history();
        let origin = self.origin();
        let (_, log) = origin.split_once('/').unwrap();
        let note = http::bytes(&format!("{}/{log}/checkpoint", self.world.url(LIAR)));
        self.front.freezes(&history, &note);
        self.aside.freezes(&history, &note);
        note
    }

    /// The liar's faces are honest again.
    fn thaws(&self) {
        self.front.is_honest();
        self.aside.is_honest();
    }

    fn origin(&self) -> String {
        self.world.members[LIAR].origin()
    }

    /// What a member says of the liar's log.
    fn log_at(&self, at: usize) -> Value {
        self.world.log(at, LIAR).unwrap_or_default()
    }

    /// Waits until a member gives this alarm about the liar's log.
    fn is_alarmed(&self, at: usize, kind: &str) {
        let what = format!("member {at} says {kind} of the liar's log");
        self.world
            .comes_to(&what, || has_alarm(&self.log_at(at), kind));
    }

    /// A member holds a proof that convinces in an empty folder, with no network, and only of the
    /// log that it is about. The kind of the fork.
    fn is_proved_by(&self, at: usize) -> String {
        self.is_alarmed(at, "forked");
        let id = log_id(&self.origin());
        let url = self.world.url(at);
        let evidence = http::bytes(&format!("{url}/v1/logs/{id}/evidence"));
        let kind = convinces(&evidence, &log_vkey(&self.world, LIAR));
        let others = log_vkey(&self.world, ASKER);
        let stranger = Person::new();
        stranger.writes("liar.fork.json", &evidence);
        let line = format!("comity log compare liar.fork.json --vkey '{others}'");
        stranger.does(&line).exits(4);
        let measured = http::bytes(&format!("{url}/metrics"));
        let measured = String::from_utf8(measured).unwrap();
        let mut measured_lines = measured.lines();
        let counted = |line: &str| line.starts_with("comity_logs_forked") && line.ends_with(" 1");
        assert!(measured_lines.any(counted), "{measured}");
        kind
    }
}

/// A file that proves a fork to whoever knows the key; its kind.
fn convinces(evidence: &[u8], vkey: &str) -> String {
    let stranger = Person::new();
    stranger.writes("liar.fork.json", evidence);
    let line = format!("comity log compare liar.fork.json --vkey '{vkey}' -o json");
    let said = stranger.does(&line).exits(1).json();
    assert_eq!(said["finding"], "fork", "{said:#}");
    // With one byte of a signature changed it proves nothing.
    let text = String::from_utf8(evidence.to_vec()).unwrap();
    let at = text.find("\\n\\n").unwrap() + 60;
    let other = if text.as_bytes()[at] == b'A' {
        "B"
    } else {
        "A"
    };
    let mut changed = text;
    changed.replace_range(at..=at, other);
    stranger.writes("changed.fork.json", changed);
    stranger
        .does("comity log compare changed.fork.json")
        .exits(4);
    said["kind"].as_str().unwrap().to_owned()
}

fn has_alarm(log: &Value, kind: &str) -> bool {
    let alarms = log["alarms"].as_array();
    alarms.is_some_and(|alarms| alarms.iter().any(|alarm| alarm["kind"] == kind))
}

/// The verification key of a member's log.
fn log_vkey(world: &Federation, at: usize) -> String {
    world.members[at].log_vkey().to_string()
}

/// The instant some seconds from now, as `--known-at` takes it.
fn moved(seconds: i64) -> String {
    papers::instant(seconds)
}
