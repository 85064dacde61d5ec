//! Lists and member keys that change roots by turns: what the ceremony drafts, and what a node is
//! made to believe.

use serde_json::json;

use crate::program::Person;

const SE: &str = "did:web:nqi.example.se";
const NAB: &str = "did:web:nab.example.se";

/// An authority with a folder, a key of the list and two roots.
fn authority() -> Person {
    let one = Person::new();
    one.does("comity node init se --economy SE --host nqi.example.se")
        .exits(0);
    for (name, did) in [("holder", SE), ("old", SE), ("new", SE), ("nab", NAB)] {
        one.does(&format!(
            "comity keys generate --did {did} --out {name}.pem && \
             comity keys show {name}.pem -o json > {name}.json"
        ))
        .exits(0);
    }
    one
}

/// Drafts and signs a paper of that kind, as `NAME.json`.
fn signed(one: &Person, name: &str, draft: &str, key: &str, before: &str) {
    one.does(&format!(
        "comity ceremony new {draft} > draft.json && \
         comity ceremony sign draft.json --key {key}.pem {before} --yes > {name}.json"
    ))
    .exits(0);
}

/// Two lists: the second, from February on, says of members what `second` says.
fn lists(one: &Person, first: &str, second: &str) {
    signed(
        one,
        "list-1",
        &format!(
            "federation-list --threshold 1 --keyholder holder.json {first} \
             --effective-from 2026-01-01"
        ),
        "holder",
        "",
    );
    let previous = "--previous list-1.json";
    signed(
        one,
        "list-2",
        &format!("federation-list {previous} {second} --effective-from 2026-02-01"),
        "holder",
        previous,
    );
}

fn member(did: &str, roots: &str) -> String {
    format!("--member economy=SE,authority={did},{roots},url=https://nqi.example.se")
}

#[test]
fn keys_are_believed_by_the_list_of_their_time() {
    let one = authority();
    lists(
        &one,
        &member(SE, "root=old.json"),
        &member(SE, "root=new.json"),
    );
    one.does("comity node keys se -o json > keys.json").exits(0);
    signed(
        &one,
        "keys-1",
        "member-keys --from keys.json --effective-from 2026-01-02",
        "old",
        "--list list-1.json",
    );
    let previous = "--previous keys-1.json";
    signed(
        &one,
        "keys-2",
        &format!("member-keys {previous} --effective-from 2026-02-02"),
        "new",
        &format!("{previous} --list list-2.json"),
    );
    one.does("comity node federate se list-1.json list-2.json keys-1.json keys-2.json --yes")
        .exits(0);

    // No version takes effect before the one that it follows, drafted or written by hand.
    let early = format!("comity ceremony new member-keys {previous} --effective-from");
    one.does(&format!("{early} 2026-01-01 > early.json"))
        .exits(1)
        .warns("takes effect at 2026-01-01");
    one.does(&format!("{early} 2026-01-02 > early.json"))
        .exits(0);
    let by_hand = json!("2026-01-01T00:00:00Z");
    one.edits(
        "early.json",
        &[
            ("/credentialSubject/effectiveFrom", by_hand.clone()),
            ("/validFrom", by_hand),
        ],
    );
    one.does(&format!(
        "comity ceremony merge early.json {previous} --list list-1.json"
    ))
    .exits(1)
    .warns("takes effect at 2026-01-01");
}

#[test]
fn a_threshold_that_a_list_raises_is_not_drafted_away() {
    let one = authority();
    lists(
        &one,
        &member(SE, "root=old.json,root=new.json,threshold=1"),
        &member(SE, "root=new.json,root=old.json,threshold=2"),
    );
    one.does("comity node keys se -o json > keys.json").exits(0);
    signed(
        &one,
        "keys-1",
        "member-keys --from keys.json --root old.json --root new.json --root-threshold 1 \
         --effective-from 2026-01-02",
        "old",
        "--list list-1.json",
    );
    let next = "comity ceremony new member-keys --previous keys-1.json --effective-from 2026-02-02";
    one.does(&format!(
        "{next} --list list-1.json --list list-2.json > draft.json"
    ))
    .exits(0);
    let drafted = one.reads_json("draft.json");
    assert_eq!(drafted["credentialSubject"].get("roots"), None);
    // In January the first list was in effect, and the threshold as stated.
    let january = next.replace("2026-02-02", "2026-01-03");
    one.does(&format!("{january} --list list-1.json > draft.json"))
        .exits(0);
    let drafted = one.reads_json("draft.json");
    assert_eq!(drafted["credentialSubject"]["roots"]["threshold"], 1);
    // Whether the second list resets anything is seen beside the first only.
    one.does(&format!("{next} --list list-2.json"))
        .exits(2)
        .warns("is not known");
}

#[test]
fn keys_of_two_authorities_of_one_economy_are_both_kept() {
    let one = authority();
    let other = format!("--remove-member {SE} {}", member(NAB, "root=nab.json"));
    lists(&one, &member(SE, "root=old.json"), &other);
    for (name, did, key, from, list) in [
        ("one", SE, "old", "2026-01-02", "list-1"),
        ("other", NAB, "nab", "2026-02-02", "list-2"),
    ] {
        signed(
            &one,
            name,
            &format!(
                "member-keys --economy SE --authority {did} --authority-key new.json \
                 --effective-from {from}"
            ),
            key,
            &format!("--list {list}.json"),
        );
    }
    one.does("comity node federate se list-1.json list-2.json one.json other.json --yes")
        .exits(0);
    let kept = one.does("ls se/federation").exits(0).text();
    assert_eq!(kept.matches("keys-se-1-").count(), 2, "{kept}");
}
