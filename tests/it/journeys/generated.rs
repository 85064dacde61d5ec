//! Made-up data at scale: the same for the same seed, taken by a node, counted as it was made.

use serde_json::Value;

use crate::program::database::Database;
use crate::program::{Person, Serving, free_port, http};

/// Serves the folder `world` of somebody.
fn serve(person: Person) -> (Person, Serving) {
    let port = free_port();
    let line = format!("comity node serve world --listen 127.0.0.1:{port}");
    let serving = Serving::begin(&person, &line, port);
    let person = person.asks(&serving.url);
    (person, serving)
}

#[test]
fn the_same_seed_makes_the_same_bytes() {
    let person = Person::new();
    for (folder, seed) in [("one", 7), ("two", 7), ("other", 8)] {
        let line = format!("comity generate {folder} --records 1000 --seed {seed}");
        person.does(&line).exits(0);
    }
    for file in [
        "records.ndjson",
        "policy.toml",
        "config.toml",
        "keys/authority.pem",
    ] {
        let read = |folder: &str| person.reads(&format!("{folder}/{file}"));
        assert!(read("one") == read("two"), "{file} differs");
        assert!(read("one") != read("other") || file == "config.toml");
    }
    let lines = String::from_utf8(person.reads("one/records.ndjson")).unwrap();
    assert_eq!(lines.lines().count(), 1_000);
    let again = person.does("comity generate one --records 1000").exits(2);
    again.warns("one is not empty");
}

#[test]
fn what_is_generated_is_published_to_a_node() {
    let person = Person::new();
    person
        .does("comity generate world --records 1200 --seed 3")
        .exits(0);
    let (person, serving) = serve(person);
    let said = person.does("comity publish world/records.ndjson").exits(0);
    said.warns("1200 logged");
    serving.stop();
}

#[test]
fn what_is_published_at_once_is_counted_as_it_was_made() {
    for database in Database::each() {
        let person = Person::new();
        let url = database.url().map(|url| format!(" --database '{url}'"));
        let options = format!(
            "--records 1000 --publish -o json{}",
            url.unwrap_or_default()
        );
        let made = person
            .does(&format!("comity generate world {options}"))
            .exits(0)
            .json();
        assert_eq!(made["records"], 1_000);
        let (person, serving) = serve(person);

        // The node itself finds each certificate in the state that it was made for.
        let of_day = format!(
            "/v1/statistics?of=certificates&on={}",
            made["date"].as_str().unwrap()
        );
        let counted = http::json(&format!("{}{of_day}", serving.url));
        for (state, word) in [
            ("active", "inForce"),
            ("suspended", "suspended"),
            ("superseded", "superseded"),
            ("withdrawn", "withdrawn"),
            ("expired", "expired"),
        ] {
            let count = of(&made, "attestations in a state", state);
            assert_eq!(counted["totals"]["all"][word], count, "{state}: {counted}");
            assert!(count > 0, "no {state}");
        }

        // Some count abroad and some do not.
        let answers = answers(&person);
        for result in ["recognised", "resultsOnly", "notRecognised"] {
            assert!(
                answers.iter().any(|answer| answer == result),
                "no {result}: {answers:?}"
            );
        }
        serving.stop();
    }
}

/// How many records were made of that sort.
fn of(made: &Value, of: &str, what: &str) -> u64 {
    let counts = made["counts"].as_array().unwrap();
    let row = counts
        .iter()
        .find(|row| row["of"] == of && row["what"] == what);
    row.map_or(0, |row| row["count"].as_u64().unwrap())
}

/// What becomes of the first certificates in Kazakhstan, which has agreed with China and others.
fn answers(person: &Person) -> Vec<String> {
    let lines = String::from_utf8(person.reads("world/records.ndjson")).unwrap();
    let numbers = lines.lines().filter_map(|line| {
        let record: Value = serde_json::from_str(line).unwrap();
        let number = &record["credentialSubject"]["comity"]["certificateNumber"];
        number.as_str().map(str::to_owned)
    });
    let numbers: Vec<String> = numbers.take(150).collect();
    person.writes("list.csv", format!("number\n{}\n", numbers.join("\n")));
    let said = person.does("comity check list.csv --in KZ --on 2026-06-30 -o csv");
    let rows = String::from_utf8(said.out).unwrap();
    let column = |row: &str| row.split(',').nth(1).unwrap_or_default().to_owned();
    rows.lines().skip(1).map(column).collect()
}
