//! Search for what counts in a destination: at the terminal, as JSON and on the page, on each
//! database.

use serde_json::{Value, json};

use super::World;
use crate::program::http;

fn numbers(answer: &Value, group: &str) -> Vec<String> {
    let items = answer["groups"][group].as_array().unwrap().iter();
    let number = |item: &Value| {
        item["record"]["certificateNumber"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let mut numbers: Vec<String> = items.map(number).collect();
    numbers.sort_unstable();
    numbers
}

#[test]
fn what_counts_is_found_in_groups() {
    for world in World::each() {
        let lab = &world.lab;
        for number in ["LAB-1", "LAB-2"] {
            world.publishes(number, &[]);
        }
        let cable = json!([{"scheme": "HS", "code": "854449"}]);
        let of_cable = [("/credentialSubject/comity/objects/0/productCodes", cable)];
        world.publishes("LAB-3", &of_cable);
        lab.does("comity status suspend LAB-2 --key lab.pem --reason nonPayment")
            .exits(0);
        world.indexed();

        let said = lab
            .does("comity search --recognised-in SE -o json")
            .exits(0);
        let answer = said.json();
        assert_eq!(numbers(&answer, "recognised"), ["LAB-1", "LAB-3"]);
        assert_eq!(answer["judged"]["count"], 3);
        assert_eq!(answer["judged"]["notRecognised"], 1);
        assert_eq!(answer["judged"]["cannotTell"], 0);

        // The product that is to go there, and words besides.
        let kettles = "comity search kettle --recognised-in SE --hs 8516.79";
        let answer = lab.does(&format!("{kettles} -o json")).exits(0).json();
        assert_eq!(numbers(&answer, "recognised"), ["LAB-1"]);
        assert_eq!(answer["candidates"]["value"], 2);

        // For people: first that no rule is held and whom to ask, then the groups.
        let table = lab.does(&format!("{kettles} -o table")).exits(0).text();
        let lines: Vec<&str> = table.lines().collect();
        assert!(
            lines[0].starts_with("SE has published no rule for 851679 that is in force on "),
            "{table}"
        );
        assert_eq!(lines[1], "ask: did:web:nqi.example.se");
        assert_eq!(lines[3], "recognised");
        assert!(
            table.contains("LAB-1") && !table.contains("LAB-2"),
            "{table}"
        );
        assert!(
            table.trim_end().ends_with("2 judged of 2 that may count."),
            "{table}"
        );

        // Page after page it is the same; as rows each has its verdict.
        let rows = lab
            .does("comity search --recognised-in SE --limit 1 --all -o ndjson")
            .exits(0)
            .lines();
        assert_eq!(rows.len(), 2);
        assert!(rows.iter().all(|row| row["verdict"] == "recognised"));

        // Nothing is known of KZ: none is said to count, and whom to ask cannot be told.
        let said = lab
            .does("comity search --recognised-in KZ -o table")
            .exits(1);
        assert!(said.text().starts_with("No rule of KZ is held here for "));
        lab.does("comity search --recognised-in Sweden").exits(2);
        lab.does("comity search --recognised-in SE --facets")
            .exits(2);

        // The page says the same without scripts.
        let page = http::bytes(&format!("{}/en/search?in=SE&only=counting", world.url()));
        let page = String::from_utf8(page).unwrap();
        for number in ["LAB-1", "LAB-3"] {
            assert!(page.contains(number), "{page}");
        }
        assert!(!page.contains("LAB-2"), "{page}");
    }
}
