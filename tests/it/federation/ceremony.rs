//! A federation whose papers are made with `comity ceremony`, file by file: its beginning, a new
//! mirror key, the departure of a member.

use crate::program::Person;
use crate::program::federation::{Federation, Member};

/// The offices of a federation: keyholders with their keys, and one who carries the files.
struct Offices {
    keyholders: Vec<Person>,
    secretary: Person,
}

impl Offices {
    fn new() -> Self {
        let offices = Self {
            keyholders: (1..=3).map(|_| Person::new()).collect(),
            secretary: Person::new(),
        };
        for (holder, number) in offices.keyholders.iter().zip(1..) {
            holder
                .does(&format!(
                    "comity keys generate --did did:web:keyholder-{number}.example --out key.pem"
                ))
                .exits(0);
            let shown = format!("holder-{number}.json");
            holder
                .does(&format!("comity keys show key.pem -o json > {shown}"))
                .exits(0);
            holder.sends(&shown, &offices.secretary);
        }
        offices
    }

    /// Two of three sign a list that the secretary drafted; the signed one is `NAME.signed.json`.
    fn sign_list(&self, name: &str, previous: &str) {
        let draft = format!("{name}.json");
        for (holder, number) in self.keyholders.iter().zip(1..).take(2) {
            self.secretary.sends(&draft, holder);
            if !previous.is_empty() {
                self.secretary.sends("list-1.signed.json", holder);
            }
            let copy = format!("{name}.{number}.json");
            holder
                .does(&format!(
                    "comity ceremony sign {draft} --key key.pem {previous} --yes > {copy}"
                ))
                .exits(0);
            holder.sends(&copy, &self.secretary);
        }
        let secretary = &self.secretary;
        // One signature is not enough, and then nothing is written.
        let alone = format!("comity ceremony merge {name}.1.json {previous} > {name}.signed.json");
        let said = secretary.does(&alone).exits(1);
        said.warns("not enough have signed");
        assert!(secretary.reads(&format!("{name}.signed.json")).is_empty());
        secretary
            .does(&format!(
                "comity ceremony merge {name}.1.json {name}.2.json {previous} > {name}.signed.json"
            ))
            .exits(0);
    }
}

/// The authority makes three roots and shows them; what the list says of it.
fn roots(member: &Member, offices: &Offices) -> String {
    let (economy, did) = (member.economy, member.authority());
    let mut facts = vec![format!("economy={economy},authority={did},threshold=2")];
    for number in 1..=3 {
        let shown = format!("{economy}.root-{number}.json");
        member
            .operator
            .does(&format!(
                "comity keys generate --did {did} --out root-{number}.pem && \
                 comity keys show root-{number}.pem -o json > {shown}"
            ))
            .exits(0);
        member.operator.sends(&shown, &offices.secretary);
        facts.push(format!("root={shown}"));
    }
    facts.push(format!("url={}", member.shown_at));
    format!("--member {}", facts.join(","))
}

/// Two of three roots sign what the node's folder holds now, as `NAME.signed.json`.
fn states_keys(member: &Member, name: &str, previous: &str) {
    let before = format!("{previous} --list list-1.signed.json");
    let authority = &member.operator;
    authority
        .does("comity node keys node -o json > keys.json")
        .exits(0);
    authority
        .does(&format!(
            "comity ceremony new member-keys {previous} --from keys.json > {name}.json"
        ))
        .exits(0);
    for number in 1..=2 {
        authority
            .does(&format!(
                "comity ceremony sign {name}.json --key root-{number}.pem {before} --yes \
                 > {name}.{number}.json"
            ))
            .exits(0);
    }
    authority
        .does(&format!(
            "comity ceremony merge {name}.1.json {name}.2.json {before} > {name}.signed.json"
        ))
        .exits(0);
}

#[test]
fn papers_are_signed_offline_and_keys_and_members_change() {
    let offices = Offices::new();
    let mut world = Federation::drafts(4);
    begins(&offices, &mut world);
    world.registers_laboratory(0);
    world.publishes(0, "LAB-1");
    world.agrees();
    gets_a_new_mirror_key(&mut world);
    one_leaves(&offices, &mut world);
}

fn begins(offices: &Offices, world: &mut Federation) {
    let members: Vec<String> = (world.members.iter())
        .map(|member| roots(member, offices))
        .collect();
    let secretary = &offices.secretary;
    secretary
        .does(&format!(
            "comity ceremony new federation-list --threshold 2 --keyholder holder-1.json \
             --keyholder holder-2.json --keyholder holder-3.json {} > list-1.json",
            members.join(" ")
        ))
        .exits(0);
    offices.sign_list("list-1", "");
    let shown = secretary.does("comity ceremony show list-1.signed.json");
    shown.exits(0);
    for member in &world.members {
        secretary.sends("list-1.signed.json", &member.operator);
        states_keys(member, "keys-1", "");
        member
            .operator
            .does("comity node federate node list-1.signed.json keys-1.signed.json --yes")
            .exits(0);
    }
    world.starts();
}

/// A stolen mirror key is replaced by its economy alone.
fn gets_a_new_mirror_key(world: &mut Federation) {
    world.switches_off(3);
    let member = &world.members[3];
    let stolen = member.operator.reads("node/keys/mirror.seed");
    member.operator.does("rm node/keys/mirror.seed").exits(0);
    states_keys(member, "keys-2", "--previous keys-1.signed.json");
    assert_ne!(member.operator.reads("node/keys/mirror.seed"), stolen);
    world.switches_on(&[3]);
    let url = world.url(3);
    world.members[3]
        .operator
        .does(&format!("comity publish keys-2.signed.json --node {url}"))
        .exits(0);
    // Of three mirrors all are needed: the new key counts.
    world.publishes(0, "LAB-2");
    world.agrees();
}

/// Without the one that left the others are enough.
fn one_leaves(offices: &Offices, world: &mut Federation) {
    let secretary = &offices.secretary;
    let gone = world.members[3].authority();
    secretary
        .does(&format!(
            "comity ceremony new federation-list --previous list-1.signed.json \
             --remove-member {gone} > list-2.json"
        ))
        .exits(0);
    offices.sign_list("list-2", "--previous list-1.signed.json");
    let url = world.url(0);
    secretary
        .does(&format!("comity publish list-2.signed.json --node {url}"))
        .exits(0);
    world.agrees();
    world.switches_off(3);
    world.publishes(0, "LAB-3");
    world.agrees();
}
