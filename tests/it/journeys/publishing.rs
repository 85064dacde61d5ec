//! Drafts, signatures, streams with bad lines, receipts, and what is looked up afterwards.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{World, certificate};
use crate::program::database::Database;
use crate::program::http;

/// Lines of the year's file.
const LINES: usize = 300;

#[test]
fn one_certificate_is_signed_published_and_shown() {
    for world in World::each() {
        let lab = &world.lab;
        let said = lab.does("comity publish draft.json").exits(4);
        said.warns("draft.json cannot be read");
        let taken = world.publishes("LAB-2026-001", &[]);
        assert_eq!(taken["outcome"], "logged");
        lab.does("comity verify LAB-2026-001.json").exits(0);
        let mut changed = lab.reads("LAB-2026-001.json");
        let at = changed
            .windows(5)
            .position(|window| window == b"K-100")
            .unwrap();
        changed[at + 4] = b'1';
        lab.writes("changed.json", &changed);
        let said = lab.does("comity verify changed.json -o table").exits(1);
        said.says("NOT GENUINE");
        lab.does("comity publish changed.json")
            .exits(5)
            .warns("changed.json:1: refused");

        let signed = lab.reads("LAB-2026-001.json");
        for name in [
            "LAB-2026-001",
            taken["id"].as_str().unwrap(),
            taken["recordDigest"].as_str().unwrap(),
        ] {
            let said = lab.does(&format!("comity show {name} --raw")).exits(0);
            assert_eq!(said.out, signed.trim_ascii_end(), "{name}");
        }
        let view = lab.does("comity show LAB-2026-001").exits(0).json();
        assert_eq!(view["state"], "active");
        let said = lab
            .does("comity show LAB-2026-001 --history -o json")
            .exits(0);
        assert_eq!(said.json()["items"], json!([]));
        let proof = lab.does("comity show LAB-2026-001 --proof").exits(0);
        proof
            .says("c2sp.org/tlog-proof@v1\nindex 1\n")
            .says("nqi.example.se/log/");
        lab.does("comity show LAB-9999")
            .exits(1)
            .warns("holds no record");

        world.indexed();
        for words in [
            "electric kettle",
            "kettles",
            "电热水壶",
            "水壶",
            "LAB-2026-001",
            "851679",
        ] {
            let said = lab.does(&format!("comity search '{words}'")).exits(0);
            let first = said.lines().remove(0);
            assert_eq!(first["certificateNumber"], "LAB-2026-001", "{words}");
        }
        lab.does("comity search --standard 'IEC 60335-2-15' --status active")
            .exits(0);
        lab.does("comity search --standard 'IEC 60335-2-16'")
            .exits(1);
    }
}

#[test]
fn a_dry_run_says_what_would_be_read_and_sends_nothing() {
    let world = World::new(Database::Sqlite);
    world.drafts("LAB-2026-002", "draft.json", &[]);
    let lab = &world.lab;
    lab.does("comity sign draft.json --key lab.pem > signed.json")
        .exits(0);
    let said = lab
        .does("comity publish --dry-run signed.json -o table")
        .exits(0);
    said.says("LAB-2026-002")
        .says("would take it")
        .warns("Nothing was sent");
    lab.does("comity publish --dry-run draft.json -o table")
        .exits(5)
        .says("would refuse it");
    lab.does("comity show LAB-2026-002").exits(1);
}

/// A year of certificates in one file, with lines that cannot be taken among them.
#[test]
fn a_stream_with_bad_lines_is_published_but_for_them() {
    for mut world in World::each() {
        let bad = writes_year(&world);
        let lab = &world.lab;
        let said = lab.does("comity publish year.ndjson").exits(5);
        let answers = said.lines();
        assert_eq!(answers.len(), LINES);
        let refused: BTreeSet<usize> = answers
            .iter()
            .filter(|answer| answer["outcome"] == "refused")
            .map(|answer| usize::try_from(answer["line"].as_u64().unwrap()).unwrap())
            .collect();
        assert_eq!(refused, bad, "{}", said.in_full());
        let mut said = said.warns("294 logged, 6 refused");
        for line in bad {
            said = said.warns(&format!("year.ndjson:{line}: refused: "));
        }

        // The answer to all but the first hundred was lost, in the middle of a line.
        let receipts = String::from_utf8(lab.reads("year.ndjson.receipt.ndjson")).unwrap();
        let lines: Vec<&str> = receipts.lines().collect();
        assert_eq!(lines.len(), LINES - 6);
        let torn = format!("{}\n{}", lines[..100].join("\n"), &lines[100][..60]);
        lab.writes("year.ndjson.receipt.ndjson", torn);
        let size = http::json(&format!("{}/health/live", world.url()))["logSize"].clone();
        world.restart();
        let said = world.lab.does("comity publish year.ndjson").exits(5);
        said.warns(
            "0 logged, 194 logged before, 100 skipped, acknowledged in an earlier run, 6 refused",
        );
        // What was torn off is whole again: nothing but the bad lines is sent a third time.
        let said = world.lab.does("comity publish year.ndjson").exits(5);
        said.warns("294 skipped");
        let after = http::json(&format!("{}/health/live", world.url()))["logSize"].clone();
        assert_eq!(size, after);
        world.indexed();
        let said = world.lab.does("comity search kettle --all").exits(0);
        assert_eq!(said.lines().len(), LINES - 6);
    }
}

/// Writes `year.ndjson` and answers the lines that no node may take.
fn writes_year(world: &World) -> BTreeSet<usize> {
    let lab = &world.lab;
    world.drafts("YEAR-000", "draft.json", &[]);
    let mut drafts = String::new();
    for number in 1..=LINES {
        let id = format!("urn:uuid:01935fa0-0000-7000-8000-{number:012x}");
        lab.edits("draft.json", &certificate(&format!("YEAR-{number:03}")));
        lab.edits("draft.json", &[("/id", json!(id))]);
        drafts.push_str(&lab.reads_json("draft.json").to_string());
        drafts.push('\n');
    }
    lab.writes("drafts.ndjson", &drafts);
    lab.does("comity sign drafts.ndjson --key lab.pem > year.ndjson")
        .exits(0);
    lab.does("comity keys generate --did did:web:lab.example --out unknown.pem")
        .exits(0);
    lab.does("head -n 1 drafts.ndjson | comity sign - --key unknown.pem > unknown.json")
        .exits(0);

    let signed = String::from_utf8(lab.reads("year.ndjson")).unwrap();
    let mut lines: Vec<String> = signed.lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), LINES);
    let unknown = String::from_utf8(lab.reads("unknown.json")).unwrap();
    let mut other: Value = serde_json::from_str(drafts.lines().nth(4).unwrap()).unwrap();
    other["name"] = json!("Another certificate under an id that is taken");
    lab.writes("twin.json", other.to_string());
    let twin = lab
        .does("comity sign twin.json --key lab.pem")
        .exits(0)
        .text();
    other["issuer"]["name"] = json!("Some other laboratory");
    lab.writes("other.json", other.to_string());
    let other = lab
        .does("comity sign other.json --key lab.pem")
        .exits(0)
        .text();
    // No JSON; not signed; one letter changed; an id that is taken; a key, and a name,
    // that nobody registered.
    let bad: [(usize, String); 6] = [
        (7, "{\"id\":".to_owned()),
        (50, drafts.lines().nth(49).unwrap().to_owned()),
        (51, lines[50].replacen("Boil", "Bowl", 1)),
        (298, twin.trim_end().to_owned()),
        (299, unknown.trim_end().to_owned()),
        (300, other.trim_end().to_owned()),
    ];
    for (line, text) in &bad {
        lines[line - 1].clone_from(text);
    }
    lab.writes("year.ndjson", lines.join("\n") + "\n");
    bad.into_iter().map(|(line, _)| line).collect()
}
