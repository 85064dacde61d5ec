//! A spreadsheet of certificates: answered row by row, and asked again later.

use super::World;
use crate::program::Person;
use crate::program::database::Database;

#[test]
fn a_list_is_answered_and_what_changed_is_told() {
    let world = World::new(Database::Sqlite);
    for number in ["LAB-1", "LAB-2"] {
        world.publishes(number, &[]);
    }
    let lab = &world.lab;
    let list = "Сертификат;Issued by;Страна;=Note\r\n\
                lab 1;EXAMPLE LABORATORY;Швеция;=1+1\r\n\
                LAB-9;;SE;\r\n\
                LAB-2;did:web:lab.example;;\"a;b\"\r\n\
                LAB-2;Another Laboratory;SE;\r\n\
                ;;SE;no number\r\n";
    lab.writes("list.csv", list);

    // In a pipe: the same list, with the answers.
    let said = lab
        .does("comity check list.csv --in SE > answers.csv")
        .exits(3);
    assert!(said.text().is_empty());
    let answers = String::from_utf8(lab.reads("answers.csv")).unwrap();
    let lines: Vec<&str> = answers.split("\r\n").collect();
    assert_eq!(lines.len(), 7, "{answers}");
    assert!(lines[0].starts_with("Сертификат;Issued by;Страна;=Note;comity_result;"));
    assert!(
        lines[1].starts_with("lab 1;EXAMPLE LABORATORY;Швеция;=1+1;recognised;"),
        "{answers}"
    );
    assert!(lines[2].starts_with("LAB-9;;SE;;cannotTell;"), "{answers}");
    assert!(
        lines[3].starts_with("LAB-2;did:web:lab.example;;\"a;b\";recognised;"),
        "{answers}"
    );
    assert!(
        lines[4].starts_with("LAB-2;Another Laboratory;SE;;cannotTell;"),
        "{answers}"
    );
    assert!(
        lines[5].starts_with(";;SE;no number;notAsked;"),
        "{answers}"
    );

    // As a table: the worst first.
    let table = lab
        .does("comity check list.csv --in SE -o table")
        .exits(3)
        .text();
    let at = |what: &str| {
        table
            .find(what)
            .unwrap_or_else(|| panic!("{what} in {table}"))
    };
    assert!(at("LAB-9") < at("lab 1"), "{table}");
    assert!(at("? cannotTell") < at("! notAsked") && at("! notAsked") < at("✔ recognised"));
    let rows = lab
        .does("comity check list.csv --in SE -o ndjson")
        .exits(3)
        .lines();
    assert_eq!(rows[0]["line"], 2);
    assert_eq!(rows[4]["problem"]["code"], "list.noNumber");
    what_changed_is_told(lab, list);
    what_is_no_list_is_refused(lab);
}

fn what_changed_is_told(lab: &Person, list: &str) {
    // Nothing has changed, but a row that cannot be read ends every run.
    let again = "comity check list.csv --in SE --changed-since answers.csv";
    let said = lab.does(again).exits(4);
    said.warns("0 rows changed or new");
    lab.writes("list.csv", list.replace(";;SE;no number\r\n", ""));
    let said = lab.does(again).exits(0).warns("1 row of the earlier file");
    assert_eq!(said.text().lines().count(), 1);

    // One is withdrawn, one is new.
    lab.does("comity status withdraw LAB-1 --key lab.pem --reason voluntary")
        .exits(0);
    lab.writes("list.csv", list.replace(";;SE;no number", "LAB-8;;;"));
    let said = lab.does(again).exits(1).warns("2 rows changed or new");
    let text = said.text();
    let lines: Vec<&str> = text.lines().collect();
    assert!(
        lines[0]
            .trim()
            .ends_with("comity_result_before;comity_reason_before"),
        "{text}"
    );
    assert!(
        lines[1].contains(";notRecognised;") && lines[1].contains(";recognised;"),
        "{text}"
    );
    assert!(
        lines[2].starts_with("LAB-8;") && lines[2].trim().ends_with(";;"),
        "{text}"
    );
    assert_eq!(lines.len(), 3);
}

fn what_is_no_list_is_refused(lab: &Person) {
    // What is no list, and what is none of ours.
    lab.writes("latin.csv", b"number\n\xe9\n");
    lab.does("comity check latin.csv --in SE")
        .exits(4)
        .warns("line 2 is no UTF-8");
    lab.writes("other.csv", "Zertifikat;Land\nLAB-1;SE\n");
    lab.does("comity check other.csv --in SE")
        .exits(4)
        .warns("name the columns");
    lab.does("comity check list.csv --in SE --changed-since list.csv")
        .exits(2);
    lab.does("comity check LAB-2 --in SE --changed-since answers.csv")
        .exits(2);
    lab.does("comity check list.csv --in SE --explain").exits(2);
    // A file that is a record, and a number, are what they were.
    lab.does("comity check LAB-2 --in SE").exits(0);
}
