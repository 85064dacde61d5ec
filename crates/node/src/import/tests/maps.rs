//! The mapping file: what is refused, with which key and line; and maps written by `propose`.

use super::{BASE, documented, faults, map, map_text, read_text};
use crate::import::{ImportError, MAX_MAP_BYTES, Map, propose};

fn refused(rest: &str) -> String {
    match Map::parse(&map_text(rest)) {
        Ok(_) => "accepted".to_owned(),
        Err(error) => format!("{}: {}", error.key, error.message),
    }
}

#[test]
fn misspelt_keys_are_named_with_their_line() {
    let error = Map::parse(&map_text("encodng = \"utf-8\"\n[columns]\n")).map(|_| ());
    let error = error.expect_err("the key does not exist");
    assert_eq!((error.key.as_str(), error.line), ("columns.number", 7));
    let text = map_text(&format!("encodng = \"utf-8\"\n{BASE}"));
    let error = Map::parse(&text)
        .map(|_| ())
        .expect_err("the key does not exist");
    assert_eq!(
        error.to_string(),
        "line 6: source.encodng: no key of this name is defined here; did you mean `encoding`?"
    );
}

#[test]
fn a_map_is_checked_before_a_file_is_read() {
    assert_eq!(
        refused(&format!("{BASE}valid_untill = \"End\"\n")),
        "columns.valid_untill: no such field; did you mean `valid_until`?"
    );
    assert_eq!(
        refused(&format!(
            "{BASE}standards = {{ column = \"S\", lookup = \"std\" }}\n"
        )),
        "columns.standards: there is no code table [codes.std]"
    );
    assert_eq!(
        refused(&format!(
            "{BASE}standards = {{ column = \"S\", side = \"more\" }}\n"
        )),
        "columns.standards: there is no side table [side.more]"
    );
    assert_eq!(
        refused(&format!(
            "{BASE}standards = {{ column = \"S\", value = \"x\" }}\n"
        )),
        "columns.standards.column: say exactly one of `column`, `columns`, `value` and `template`"
    );
    assert!(refused(&format!("{BASE}level = \"L\"\n")).contains("`parser` must be one of"));
    assert!(
        refused(&format!(
            "{BASE}scope = {{ column = \"S\", parser = \"number\" }}\n"
        ))
        .contains("`parser` says nothing about this field")
    );
    assert!(
        refused(&format!(
            "{BASE}[status]\nword = \"S\"\n[status.words]\na = \"gone\"\n"
        ))
        .starts_with("status.words.a: expected one of active")
    );
    assert!(
        refused(&format!("{BASE}[vanished]\naction = \"forget\"\n")).contains("expected `report`")
    );
    assert!(refused("[columns]\nnumber = 7\n").contains("expected a column name"));
    assert!(refused("oops").contains("TOML"));
}

#[test]
fn a_column_that_is_not_there_is_named_with_the_nearest_header() {
    let map = map(&format!("{BASE}standards = \"Standrad\"\n"));
    let error = read_text(&map, "No,Holder,Issued,Standard\n").map(|_| ());
    assert_eq!(
        error.expect_err("the column is not there").to_string(),
        "columns.standards names the column `Standrad`, which the file does not have; \
         the nearest is `Standard`"
    );
    let error = read_text(&map, "No,Holder,Issued,STANDRAD,stan_drad\n").map(|_| ());
    assert!(matches!(error, Err(ImportError::AmbiguousColumn { .. })));
}

#[test]
fn a_map_has_a_largest_size() {
    let fill = |size: usize| {
        let text = map_text(BASE);
        let fill = "#".repeat(size - text.len());
        Map::parse(&(text + &fill)).is_ok()
    };
    assert!(fill(MAX_MAP_BYTES) && !fill(MAX_MAP_BYTES + 1));
}

#[test]
fn documented_maps_parse() {
    for name in [
        "cmvp.toml",
        "cmvp-labs.toml",
        "cc.toml",
        "cc-portal.toml",
        "certsearch.toml",
    ] {
        let map = documented(name);
        assert!(!map.system().is_empty());
    }
}

#[test]
fn a_proposed_map_reads_the_file_it_was_made_from() {
    let csv = "Certificate No;Vendor;Product name;Valid from;Expiry date;Status;Overall Level\n\
               A-1;Gizmo;Box;25/04/2024;25/04/2029;Active;2\n\
               A-2;Gizmo;Box;03/04/2024;03/04/2029;Withdrawn;3\n";
    let text = propose(csv.as_bytes(), "My Register.csv");
    let map = Map::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert!(text.contains("dates = [\"%d/%m/%Y\"]"), "{text}");
    assert!(
        text.contains("level = { column = \"Overall Level\", parser = \"fips140\" }"),
        "{text}"
    );
    assert!(
        text.contains("Withdrawn = \"withdrawn\"")
            || text.contains("\"Withdrawn\" = \"withdrawn\""),
        "{text}"
    );
    let file = read_text(&map, csv).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(faults(&file), "");
    assert_eq!(file.rows.len(), 2);
}

#[test]
fn a_proposed_map_says_when_day_and_month_cannot_be_told() {
    let text = propose(b"Number,Holder,Date\n1,A,03/04/2024\n", "x.csv");
    assert!(
        text.contains("day and month cannot be told apart"),
        "{text}"
    );
    assert!(Map::parse(&text).is_ok());
}

#[test]
fn any_bytes_give_a_map_that_parses() {
    for bytes in [
        &b""[..],
        b"\"a\"\"\n,,,\n",
        b"\xff\xfe\x00",
        b"a\tb\n\"x\ny\"\t1\n",
        &[0x1f, 0x8b, 0],
    ] {
        let text = propose(bytes, "odd \"name\"\n.csv");
        Map::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    }
}
