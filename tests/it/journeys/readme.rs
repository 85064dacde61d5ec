//! The README's own command lines, in its order, by an authority and a laboratory.

use comity_node::clock::Clock;

use super::{certificate, listens, wait_until_indexed};
use crate::program::database::Database;
use crate::program::{Person, Serving, free_port};

/// The sections that are followed, and the day that the README asks about.
const SECTIONS: [&str; 3] = ["## Run a node", "## Publish", "## Ask"];
const DAY: &str = "2026-11-23";

/// Its command lines as they stand there, one logical line each, without what a remark says; those
/// of the sections whose headings begin so.
pub(super) fn command_lines_of(sections: &[&str]) -> Vec<String> {
    let readme = std::fs::read_to_string(crate::root().join("README.md")).unwrap();
    let mut lines: Vec<String> = Vec::new();
    let (mut followed, mut shell, mut open) = (false, false, false);
    for line in readme.lines() {
        if line.starts_with("## ") {
            followed = sections.iter().any(|section| line.starts_with(section));
        }
        if line.starts_with("```") {
            shell = line == "```sh";
            continue;
        }
        if !followed || !shell || line.starts_with('#') {
            continue;
        }
        let line = line.split("  #").next().unwrap_or_default().trim();
        let (text, goes_on) = match line.strip_suffix('\\') {
            Some(text) => (text, true),
            None => (line, false),
        };
        match lines.last_mut() {
            Some(last) if open => last.push_str(text),
            _ => lines.push(text.to_owned()),
        }
        open = goes_on;
    }
    lines
}

/// From nothing to a published certificate and a verdict about it, on both databases.
#[test]
fn two_strangers_follow_it() {
    for database in Database::each() {
        follow(&database);
    }
}

fn follow(database: &Database) {
    let port = free_port();
    let (authority, lab) = (Person::new(), Person::new());
    let mut node: Option<Serving> = None;
    let today = Clock::System.now().day().to_string();
    let lines = command_lines_of(&SECTIONS);
    assert!(lines.len() >= 12, "the README shows {lines:?} only");
    for shown in lines {
        // Another port, so that tests do not meet; and a day on which the certificate is valid.
        let line = shown
            .replace("8080", &port.to_string())
            .replace(DAY, &today);
        if line.starts_with("comity node serve") {
            listens(&authority, "se", port);
            node = Some(Serving::begin(&authority, &line, port));
        } else if line.starts_with("comity node init") {
            let line = format!("{line}{}", database.option());
            authority
                .does(&line)
                .exits(0)
                .says("did:web:nqi.example.se");
        } else if line.starts_with("comity register approve") {
            lab.sends("lab.request.json", &authority);
            let words = lab.does("comity keys show lab.pem").exits(0).json();
            // Nobody is there who could answer the question.
            let said = authority.does(&format!("{line} --yes")).exits(0);
            said.warns(words["words"].as_str().unwrap());
        } else if line.starts_with("comity import") {
            imports(&authority, &line);
        } else {
            if line.starts_with("comity check") || line.starts_with("comity search") {
                wait_until_indexed(&node.as_ref().unwrap().url);
            }
            lab.does(&line).exits(0);
            if line.starts_with("comity record new") {
                lab.does("comity record lint draft.json -o table")
                    .says("EDIT-NUMBER");
                lab.edits("draft.json", &certificate("LAB-2026-001"));
                lab.does("comity record lint draft.json -o table")
                    .says("LAB-2026-001");
            }
        }
    }
    // What stands below the last block.
    let url = format!("http://127.0.0.1:{port}");
    let lab = lab.asks(&url);
    lab.does("comity check LAB-2026-001 --in SE -o json > verdict.json")
        .exits(0);
    assert_eq!(lab.reads_json("verdict.json")["verdict"], "recognised");
    lab.does("comity check --repeat verdict.json").exits(0);
    node.unwrap().stop();
}

/// The authority imports with the maps of the repository, and the register beside it.
fn imports(authority: &Person, line: &str) {
    const REGISTER: &str = "cmvp_certificates.csv.gz";
    let docs = crate::root().join("docs").canonicalize().unwrap();
    let linked = format!("ln -sfn '{}' docs", docs.display());
    authority.does(&linked).exits(0);
    if line.contains(REGISTER) {
        let register = "data/fips-cmvp-2025-12/cmvp_certificates_2025-12-08.csv.gz";
        let Some(register) = crate::shared(register) else {
            eprintln!("skipped: {line}, because there is no such register beside the repository");
            return;
        };
        authority.writes(REGISTER, std::fs::read(register).unwrap());
    }
    authority.does(line).exits(0);
}
