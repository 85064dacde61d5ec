//! Changes, commits and what survives.

#![expect(clippy::disallowed_methods, reason = "tests damage files")]

use std::collections::BTreeMap;

use super::{document, filled, found, query, text};
use crate::document::{Document, Status};
use crate::error::Error;
use crate::index::Index;
use crate::schema::VERSION;

fn cable(number: u32, words: &str) -> Document {
    Document {
        texts: vec![text("en", words)],
        ..document(number)
    }
}

fn at(position: u64) -> BTreeMap<String, u64> {
    BTreeMap::from([("nqi.example/log/2026".to_owned(), position)])
}

#[test]
fn the_same_digest_is_replaced() {
    let index = filled(&[cable(1, "cable"), cable(1, "valve")]);
    assert_eq!(index.count(), 1);
    assert!(found(&index, "cable").is_empty());
    index.apply(&[cable(1, "pump")], &[]).unwrap();
    assert_eq!(found(&index, "valve"), [1], "not visible before the commit");
    index.commit(&at(1)).unwrap();
    assert_eq!(found(&index, "pump"), [1]);
    assert!(found(&index, "valve").is_empty());
    index.apply(&[], &[document(1).digest]).unwrap();
    index.commit(&at(1)).unwrap();
    assert_eq!(index.count(), 0);
}

fn statuses(index: &Index) -> Vec<String> {
    let page = index.search(&query("")).unwrap();
    let mut statuses: Vec<String> = page.hits.into_iter().map(|hit| hit.status).collect();
    statuses.sort();
    statuses
}

#[test]
fn a_status_is_found_when_the_day_has_passed_until_which_it_holds() {
    let index = filled(&[cable(1, "cable"), cable(2, "cable")]);
    let ends = Status {
        word: "active".to_owned(),
        until: Some(20),
    };
    assert_eq!(index.set_status(&[(document(1).digest, ends)]).unwrap(), 1);
    index.commit(&at(1)).unwrap();
    let before = |day: i32| {
        let mut asked = query("");
        asked.filters.status_before = Some(day);
        index.search(&asked).unwrap().hits.len()
    };
    assert_eq!((before(20), before(21)), (0, 1));
}

#[test]
fn a_status_changes_and_nothing_else_does() {
    let index = filled(&[cable(1, "cable"), cable(2, "valve")]);
    let change = |number: u32, status: &str| {
        let status = Status {
            word: status.to_owned(),
            until: None,
        };
        (document(number).digest, status)
    };
    let changes = [change(1, "suspended"), change(9, "withdrawn")];
    assert_eq!(index.set_status(&changes).unwrap(), 1);
    index.commit(&at(2)).unwrap();
    assert_eq!(statuses(&index), ["active", "suspended"]);
    assert_eq!(found(&index, "cable"), [1]);
    let mut asked = query("");
    asked.filters.status.any_of = vec!["suspended".to_owned()];
    assert_eq!(super::numbers(&index.search(&asked).unwrap()), [1]);

    // Applied, changed and removed between two commits.
    index
        .apply(&[cable(3, "pump"), cable(1, "hose")], &[document(2).digest])
        .unwrap();
    let changes = [
        change(1, "active"),
        change(2, "expired"),
        change(3, "pending"),
    ];
    assert_eq!(index.set_status(&changes).unwrap(), 2);
    index.commit(&at(3)).unwrap();
    assert_eq!(statuses(&index), ["active", "pending"]);
    assert_eq!(
        found(&index, "hose"),
        [1],
        "the older text does not come back"
    );
    assert_eq!(index.count(), 2);
}

#[test]
fn a_commit_survives_with_its_positions_and_the_rest_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    {
        let index = Index::open(folder.path()).unwrap();
        assert_eq!(index.positions().unwrap(), BTreeMap::new());
        index.apply(&[cable(1, "cable")], &[]).unwrap();
        index.commit(&at(1)).unwrap();
        index
            .apply(&[cable(2, "valve")], &[document(1).digest])
            .unwrap();
        assert!(matches!(Index::open(folder.path()), Err(Error::Locked)));
    }
    let index = Index::open(folder.path()).unwrap();
    assert_eq!(index.positions().unwrap(), at(1));
    assert_eq!(index.count(), 1);
    assert_eq!(found(&index, "cable"), [1]);
    index.apply(&[cable(2, "valve")], &[]).unwrap();
    index.commit(&at(2)).unwrap();
    drop(index);
    let index = Index::open(folder.path()).unwrap();
    assert_eq!(index.positions().unwrap(), at(2));
    assert_eq!(index.count(), 2);
}

/// Commits one document, changes the file `name` by `damage`, and opens again.
fn damaged(name: &str, damage: impl Fn(Vec<u8>) -> Vec<u8>) -> Result<Index, Error> {
    let folder = tempfile::tempdir().unwrap();
    {
        let index = Index::open(folder.path()).unwrap();
        index.apply(&[cable(1, "cable")], &[]).unwrap();
        index.commit(&at(1)).unwrap();
    }
    let mut hit = false;
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.to_string_lossy().ends_with(name) {
            std::fs::write(&path, damage(std::fs::read(&path).unwrap())).unwrap();
            hit = true;
        }
    }
    assert!(hit, "no file {name}");
    Index::open(folder.path())
}

fn replaced(from: &str, to: &str) -> impl Fn(Vec<u8>) -> Vec<u8> {
    let (from, to) = (from.to_owned(), to.to_owned());
    move |bytes| {
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains(&from), "{text}");
        text.replace(&from, &to).into_bytes()
    }
}

#[test]
fn another_version_or_damage_asks_to_be_rebuilt() {
    let rebuild = |opened: Result<Index, Error>, what: &str| {
        assert!(
            matches!(opened, Err(Error::Rebuild { .. })),
            "{what}: {opened:?}"
        );
    };
    rebuild(
        damaged(
            "meta.json",
            replaced(&format!(r#"{{\"version\":{VERSION}"#), r#"{\"version\":0"#),
        ),
        "version",
    );
    rebuild(
        damaged("meta.json", replaced(r#""hs_chapter""#, r#""hs_chapters""#)),
        "fields",
    );
    rebuild(damaged("meta.json", |_| b"{".to_vec()), "meta.json");
    rebuild(damaged(".term", |_| Vec::new()), "empty terms");
    rebuild(damaged(".fast", |_| b"x".repeat(100)), "other columns");
    assert!(damaged("meta.json", |bytes| bytes).is_ok());
}
