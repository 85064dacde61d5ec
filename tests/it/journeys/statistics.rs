//! Certificates counted as of a day: as a table, as JSON and as CSV, on each database.

use serde_json::{Value, json};

use super::World;
use crate::program::http;

/// Lets a draft be issued on that day, valid for ten years from then.
fn issued(year: u16, month_day: &str) -> Vec<(&'static str, Value)> {
    let (from, until) = (
        format!("{year}-{month_day}"),
        format!("{}-{month_day}", year + 10),
    );
    vec![
        ("/validFrom", json!(format!("{from}T00:00:00Z"))),
        ("/validUntil", json!(format!("{until}T23:59:59Z"))),
        (
            "/credentialSubject/comity/legalDates",
            json!({"issuedOn": from, "validUntil": until}),
        ),
    ]
}

/// Three certificates of 2024, the third of two chapters; the second suspended from 2024-03-01.
fn publishes(world: &World) {
    world.publishes("LAB-1", &issued(2024, "01-10"));
    world.publishes("LAB-2", &issued(2024, "01-31"));
    let mut two_chapters = issued(2024, "02-01");
    two_chapters.push((
        "/credentialSubject/comity/objects/0/productCodes",
        json!([{"scheme": "HS", "code": "851679"}, {"scheme": "HS", "code": "732393"}]),
    ));
    world.publishes("LAB-3", &two_chapters);
    let suspend = "comity status suspend LAB-2 --key lab.pem --reason nonPayment";
    let said = world.lab.does(&format!("{suspend} --effective 2024-03-01"));
    said.exits(0);
}

#[test]
fn certificates_are_counted_as_of_a_day() {
    for world in World::each() {
        let lab = &world.lab;
        publishes(&world);
        let by_month = "comity statistics certificates --by economy,month";
        let said = lab
            .does(&format!("{by_month} --on 2024-03-01 -o csv"))
            .exits(0);
        let counts =
            "total,inForce,suspended,superseded,withdrawn,annulled,expired,pending,unknown";
        let expected = format!(
            "on,economy,month,source,{counts}\r\n\
             2024-03-01,SE,2024-01,native,2,1,1,0,0,0,0,0,0\r\n\
             2024-03-01,SE,2024-02,native,1,1,0,0,0,0,0,0,0\r\n\
             2024-03-01,total,total,native,3,2,1,0,0,0,0,0,0\r\n\
             2024-03-01,total,total,imported,0,0,0,0,0,0,0,0,0\r\n\
             2024-03-01,total,total,all,3,2,1,0,0,0,0,0,0\r\n"
        );
        assert_eq!(String::from_utf8(said.out.clone()).unwrap(), expected);

        // The day before, and by chapter: the one with two counts in both and once in all.
        let by_chapter = "comity statistics certificates --by chapter --on 2024-02-29";
        let answer = lab.does(&format!("{by_chapter} -o json")).exits(0).json();
        let items = answer["items"].as_array().unwrap();
        let chapters = items.iter().map(|item| {
            let counts = &item["counts"];
            (
                &item["group"]["chapter"],
                &counts["total"],
                &counts["inForce"],
            )
        });
        let chapters: Vec<_> = chapters.collect();
        let (one, three) = (json!(1), json!(3));
        let expected = [(&json!("73"), &one, &one), (&json!("85"), &three, &three)];
        assert_eq!(chapters, expected);
        assert_eq!(answer["totals"]["all"]["total"], 3);
        assert_eq!(answer["logs"].as_array().unwrap().len(), 1);

        let said = lab.does(&format!("{by_chapter} --until 2024-01-31 -o table"));
        let said = said
            .exits(0)
            .says("Chapter")
            .says("In force")
            .says("native");
        assert!(!said.text().contains("Suspended"), "{}", said.in_full());
        said.warns("As of 2024-02-29")
            .warns("One count is one certificate")
            .warns("nqi.example.se/log/");

        let suspensions = "comity statistics suspensions --by month,standard";
        let answer = lab.does(&format!("{suspensions} -o json")).exits(0).json();
        let group = json!({"month": "2024-03", "standard": "IEC 60335-2-15:2012"});
        assert_eq!(answer["items"][0]["group"], group);
        assert_eq!(answer["totals"]["all"]["inForce"], 1);
        let bodies = lab
            .does("comity statistics bodies --by kind -o json")
            .exits(0)
            .json();
        assert_eq!(bodies["items"][0]["group"]["kind"], "laboratory");

        lab.does("comity statistics certificates --by colour")
            .exits(2)
            .warns("economy, kind, chapter, standard, month");
        let path = "/v1/statistics?of=certificates&on=2024-01-10";
        let answer = http::json(&format!("{}{path}", world.url()));
        assert_eq!(answer["totals"]["all"]["total"], 1);
    }
}
