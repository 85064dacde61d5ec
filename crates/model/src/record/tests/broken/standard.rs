//! `Standard`, and the national deviations that attestations cover.

use serde_json::json;

use super::{Kind, SUBJECT, broken, one, sample};

#[test]
fn what_a_standard_is() {
    one(
        Kind::Standard,
        0,
        SUBJECT,
        &[
            ("/standard", json!("IEC 62368-1"), "edition"),
            ("/standard", json!("IEC"), "malformed"),
            ("/sort", json!("draft"), "malformed"),
            ("/title", json!([]), "empty"),
            ("/title/0/lang", json!("english language"), "language"),
            ("/ics/0", json!("33.160.1"), "ics"),
            ("/ics/0", json!("33-160"), "ics"),
            ("/ics/0", json!("33.160.01.1"), "ics"),
            ("/ics/1", json!("33.160.01"), "duplicate"),
        ],
    );
    for code in ["33", "33.160", "35.240.99"] {
        let field = format!("{SUBJECT}/ics/0");
        broken(Kind::Standard, 0, &[(&field, json!(code))], &[]);
    }
    broken(
        Kind::Standard,
        1,
        &[(&format!("{SUBJECT}/economies"), json!(["CN", "cn", "CN"]))],
        &[
            (&format!("{SUBJECT}/economies/2"), "duplicate"),
            (&format!("{SUBJECT}/economies/1"), "economy"),
        ],
    );
    broken(
        Kind::Standard,
        3,
        &[
            (&format!("{SUBJECT}/period/until"), json!("2014-11-30")),
            ("/validUntil", json!("2014-11-30T23:59:59Z")),
        ],
        &[(&format!("{SUBJECT}/period/until"), "order")],
    );
}

/// Two ends for one earlier edition would be read in two ways, and so would an edition that
/// follows itself in another spelling.
#[test]
fn what_it_takes_the_place_of() {
    one(
        Kind::Standard,
        0,
        &format!("{SUBJECT}/replaces/0"),
        &[
            ("/standard", json!("IEC 62368-1:2018"), "itself"),
            ("/standard", json!("iec 62368-1-2018"), "itself"),
            ("/standard", json!("IEC 62368-1"), "edition"),
            ("/coexistsUntil", json!("2018-10-03"), "order"),
            (
                "/coexistsUntil",
                json!({"notBefore": "2021-01-01", "notAfter": "2020-01-01"}),
                "interval",
            ),
        ],
    );
    let first_day = format!("{SUBJECT}/replaces/0/coexistsUntil");
    broken(Kind::Standard, 0, &[(&first_day, json!("2018-10-04"))], &[]);
    let ends = [
        json!({"standard": "IEC 62368-1:2014", "coexistsUntil": "2020-12-20"}),
        json!({"standard": "IEC 62368-1-2014", "coexistsUntil": "2030-12-20"}),
    ];
    broken(
        Kind::Standard,
        0,
        &[(&format!("{SUBJECT}/replaces"), json!(ends))],
        &[(&format!("{SUBJECT}/replaces/1"), "duplicate")],
    );
    one(
        Kind::Standard,
        4,
        SUBJECT,
        &[
            ("/amends/0", json!("EOS 9999/A1:2026"), "itself"),
            ("/amends/0", json!("EOS 9999"), "edition"),
        ],
    );
    broken(
        Kind::Standard,
        4,
        &[(
            &format!("{SUBJECT}/amends"),
            json!(["EOS 9999:2021", "EOS 9999-2021"]),
        )],
        &[(&format!("{SUBJECT}/amends/1"), "duplicate")],
    );
}

#[test]
fn what_it_adopts() {
    one(
        Kind::Standard,
        1,
        &format!("{SUBJECT}/adopts/0"),
        &[
            ("/standard", json!("GB 4943.1:2022"), "itself"),
            ("/standard", json!("IEC 62368-1"), "edition"),
            ("/correspondence", json!("EQV"), "malformed"),
            ("/deviations/0/sort", json!("same"), "malformed"),
            ("/deviations/0/text", json!([]), "empty"),
            ("/deviations/0/clause", json!(" 5.4.2"), "clause"),
            ("/deviations/0/clause", json!(""), "emptyText"),
            ("/deviations/1/clause", json!("5.4.2"), "duplicate"),
        ],
    );
    broken(
        Kind::Standard,
        1,
        &[(&format!("{SUBJECT}/adopts/0/correspondence"), json!("IDT"))],
        &[(&format!("{SUBJECT}/adopts/0/deviations"), "correspondence")],
    );
    // Identical and modified at once.
    let mut twice = sample(Kind::Standard, 1)["credentialSubject"]["adopts"].clone();
    let identical = json!({"standard": "IEC 62368-1:2018", "correspondence": "IDT"});
    twice.as_array_mut().unwrap().push(identical);
    broken(
        Kind::Standard,
        1,
        &[(&format!("{SUBJECT}/adopts"), twice)],
        &[(&format!("{SUBJECT}/adopts/1"), "duplicate")],
    );
}

#[test]
fn deviations_covered_by_an_attestation() {
    let covered = format!("{SUBJECT}/comity/deviationsCovered");
    let deviation = json!({"economy": "CN", "standard": "IEC 62368-1:2018", "clause": "5.4.2"});
    let with = |name: &str, value: &str| {
        let mut changed = deviation.clone();
        changed[name] = json!(value);
        json!([changed])
    };
    broken(Kind::Attestation, 0, &[(&covered, json!([deviation]))], &[]);
    for (name, value, code) in [
        ("economy", "cn", "economy"),
        ("standard", "IEC 62368-1", "edition"),
        ("clause", "5.4.2 ", "clause"),
        ("clause", " ", "clause"),
    ] {
        let place = format!("{covered}/0/{name}");
        let mut expected = vec![(place.as_str(), code)];
        if value == " " {
            expected.insert(0, (place.as_str(), "emptyText"));
        }
        broken(
            Kind::Attestation,
            0,
            &[(&covered, with(name, value))],
            &expected,
        );
    }
    broken(
        Kind::Attestation,
        0,
        &[(&covered, json!([deviation, deviation]))],
        &[(&format!("{covered}/1"), "duplicate")],
    );
}
