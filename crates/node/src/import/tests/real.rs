//! The real registers of the shared data, through the maps in `docs/import`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use comity_model::date::LegalDate;
use comity_model::level::LevelFit;
use comity_model::record::{Record, Subject};
use comity_model::status::Action;
use comity_signature::canonical::to_canonical;

use super::{
    attestation, day, docs, documented, empty, event, faults, plan_of, publish, shared, source,
};
use crate::import::table::{Form, Table};
use crate::import::text::Encoding;
use crate::import::{EventCount, ImportedFile, MAIN_TABLE, Map, Plan, read, transcription};

const CMVP: &str = "fips-cmvp-2025-12/cmvp_certificates_2025-12-08.csv.gz";
const LABS: &str = "fips-cmvp-2025-12/labs.csv";
const CC: &str = "cc-seccerts-2023/cc_certificates.csv.gz";
const PORTAL: &str = "cc-seccerts-2023/portal_csv_raw_sample.csv";

fn read_bytes(map: &Map, main: &[u8], fetched_on: &str) -> ImportedFile {
    let file = read(
        map,
        &mut |table| match table {
            MAIN_TABLE => Ok(main.to_vec()),
            table => shared(&format!("fips-cmvp-2025-12/{table}"))
                .ok_or_else(|| "not at hand".to_owned()),
        },
        &source(fetched_on),
    );
    file.unwrap_or_else(|error| panic!("{error}"))
}

/// Every record of a plan passes the rules of the model.
fn check_all(plan: &Plan) {
    for record in plan.new.iter().chain(&plan.revisions).chain(&plan.events) {
        let bytes = to_canonical(&record.to_value()).expect("a record is JSON");
        if let Err(faults) = Record::check(&bytes) {
            panic!("{}: {faults:?}", record.name);
        }
    }
}

fn count(plan: &Plan, action: &str) -> EventCount {
    plan.summary()
        .events
        .get(action)
        .copied()
        .unwrap_or_default()
}

/// A table as text that can be edited and written again.
struct Sheet {
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    fn read(bytes: &[u8]) -> Self {
        let form = Form {
            encoding: Encoding::Utf8,
            delimiter: b',',
            html_entities: false,
            empty: Vec::new(),
        };
        let table = Table::read("sheet", bytes, &form).unwrap_or_else(|error| panic!("{error}"));
        let cells = |row: crate::import::table::Row| {
            row.cells
                .into_iter()
                .map(Option::unwrap_or_default)
                .collect()
        };
        let rows = table.rows.into_iter().map(cells).collect();
        Self {
            headers: table.headers,
            rows,
        }
    }

    fn column(&self, name: &str) -> usize {
        let at = self.headers.iter().position(|header| header == name);
        at.unwrap_or_else(|| panic!("no column {name}"))
    }

    fn write(&self, order: impl Fn(&[String]) -> Vec<String>) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for row in std::iter::once(&self.headers).chain(&self.rows) {
            writer
                .write_record(order(row))
                .expect("a vector takes bytes");
        }
        writer.into_inner().expect("a vector takes bytes")
    }
}

/// The first import of the CMVP register, made once for the tests that start from it.
fn first_cmvp() -> Option<&'static (ImportedFile, Plan)> {
    static FIRST: OnceLock<Option<(ImportedFile, Plan)>> = OnceLock::new();
    let make = || {
        let map = documented("cmvp.toml");
        let file = read_bytes(&map, &shared(CMVP)?, "2025-12-08");
        let plan = plan_of(&file, &empty(&map), &map);
        Some((file, plan))
    };
    FIRST.get_or_init(make).as_ref()
}

#[test]
fn cmvp_gives_5092_records() {
    let map = documented("cmvp.toml");
    let Some((file, plan)) = first_cmvp() else {
        return;
    };
    assert_eq!(faults(file), "");
    assert_eq!(
        (file.counts.rows, file.counts.records, file.counts.refused),
        (5092, 5092, 0)
    );
    check_all(plan);
    assert_eq!((plan.new.len(), plan.revisions.len()), (5092, 0));
    assert_eq!(count(plan, "withdraw").records, 22);
    // 5,500 updates in the history; two of one certificate on one day are one event.
    let amended: usize = file.rows.iter().map(|row| row.amended_on.len()).sum();
    assert_eq!(count(plan, "amend").records, amended);
    assert!((5_400..=5_500).contains(&amended), "{amended}");
    check_cmvp_rows(file);
    let mut known = empty(&map);
    publish(&mut known, plan);
    let again = plan_of(file, &known, &map);
    assert!(again.is_empty(), "{}", again.summary());
}

fn check_cmvp_rows(file: &ImportedFile) {
    let row = |number: &str| {
        let found = file.rows.iter().find(|row| row.source_id == number);
        found.unwrap_or_else(|| panic!("no certificate {number}"))
    };
    let historical = attestation(&row("1").record);
    let dates = historical.comity.legal_dates;
    assert_eq!(dates.issued_on, LegalDate::Day(day("1995-10-12")));
    assert_eq!(
        dates.valid_until,
        Some(LegalDate::between(day("2014-05-28"), day("2025-12-08")))
    );
    assert_eq!(
        historical.comity.source_status.as_deref(),
        Some("Historical")
    );
    let maker = historical.comity.manufacturer.as_ref();
    assert_eq!(maker.and_then(|party| party.country.as_deref()), Some("CA"));
    // The country column of certificate 4 holds a remark.
    let remark = attestation(&row("4").record);
    assert_eq!(
        remark
            .comity
            .manufacturer
            .as_ref()
            .and_then(|party| party.country.clone()),
        None
    );
    let undated = attestation(&row("4955").record);
    assert_eq!(
        undated.comity.legal_dates.issued_on,
        LegalDate::between(day("1995-07-17"), day("2025-12-08"))
    );
    assert_eq!(
        undated.issued_to_party.name,
        "Vendor not named in the source"
    );
    let unnamed = file.rows.iter().filter(|row| {
        attestation(&row.record)
            .issued_to_party
            .name
            .ends_with("not named in the source")
    });
    assert_eq!(unnamed.count(), 110);
}

#[test]
fn cmvp_edited_gives_exactly_the_difference() {
    let map = documented("cmvp.toml");
    let Some(bytes) = shared(CMVP) else { return };
    let Some((_, first)) = first_cmvp() else {
        return;
    };
    let mut known = empty(&map);
    publish(&mut known, first);
    let mut sheet = Sheet::read(&bytes);
    let [status, sunset, module, level] =
        ["status", "sunset_date", "module_name", "overall_level"].map(|name| sheet.column(name));
    let active: Vec<usize> = (0..sheet.rows.len())
        .filter(|at| sheet.rows[*at][status] == "Active")
        .take(210)
        .collect();
    for (nth, at) in active.iter().take(200).enumerate() {
        let row = &mut sheet.rows[*at];
        match nth {
            0..50 => "Revoked".clone_into(&mut row[status]),
            50..100 => {
                "Historical".clone_into(&mut row[status]);
                row[sunset].clear();
            }
            100..150 => row[module].push_str(" (renamed)"),
            _ => {
                row[level] = format!(
                    "Overall level: {}",
                    1 + row[level].parse::<u32>().expect("a level") % 4
                );
            }
        }
    }
    let gone: Vec<usize> = active.into_iter().skip(200).collect();
    for at in gone.iter().rev() {
        sheet.rows.remove(*at);
    }
    let order = |row: &[String]| row.iter().rev().cloned().collect();
    let file = read_bytes(&map, &sheet.write(order), "2026-01-08");
    assert_eq!(faults(&file), "");
    let plan = plan_of(&file, &known, &map);
    check_all(&plan);
    assert_eq!(
        (plan.new.len(), plan.revisions.len(), plan.vanished.len()),
        (0, 150, 10)
    );
    assert_eq!(count(&plan, "withdraw").records, 50);
    assert_eq!(count(&plan, "observed").records, 5092 - 10 - 200);
    assert_eq!((plan.unchanged, plan.ended), (5092 - 10 - 200, 100));
    let kinds: BTreeMap<String, usize> = plan
        .summary()
        .events
        .into_iter()
        .map(|(action, count)| (action, count.records))
        .collect();
    assert_eq!(kinds.len(), 2, "{kinds:?}");
    publish(&mut known, &plan);
    let again = plan_of(&file, &known, &map);
    assert!(again.is_empty(), "{}", again.summary());
}

#[test]
fn the_order_of_columns_changes_nothing() {
    let map = documented("cc.toml");
    let Some(bytes) = shared(CC) else { return };
    let sheet = Sheet::read(&bytes);
    let shuffled = |row: &[String]| {
        let mut row = row.to_vec();
        row.reverse();
        row.swap(1, 5);
        row
    };
    let one = read_bytes(&map, &bytes, "2023-11-15");
    let other = read_bytes(&map, &sheet.write(shuffled), "2023-11-15");
    let records = |file: &ImportedFile| {
        file.rows
            .iter()
            .map(|row| row.record.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(records(&one), records(&other));
}

#[test]
fn labs_give_34_grants_and_one_fault() {
    let map = documented("cmvp-labs.toml");
    let Some(bytes) = shared(LABS) else { return };
    let file = read_bytes(&map, &bytes, "2025-12-08");
    // The line of the events whose laboratory the register does not name.
    assert_eq!(
        faults(&file),
        "line 3, lab_name_raw: this field is required and the row says nothing"
    );
    let labs = 33;
    assert_eq!(
        (file.counts.rows, file.counts.records, file.counts.refused),
        (labs + 1, labs, 1)
    );
    check_all(&plan_of(&file, &empty(&map), &map));
    let Subject::CompetenceGrant(grant) = &file.rows[0].record.subject else {
        panic!("expected a grant")
    };
    assert!(grant.period_inferred);
    assert_eq!(grant.period.from, LegalDate::Day(day("1996-01-19")));
}

#[test]
fn cc_gives_719_records() {
    let map = documented("cc.toml");
    let Some(bytes) = shared(CC) else { return };
    let file = read_bytes(&map, &bytes, "2023-11-15");
    assert_eq!(faults(&file), "");
    assert_eq!((file.counts.rows, file.counts.records), (719, 719));
    let plan = plan_of(&file, &empty(&map), &map);
    check_all(&plan);
    assert!(plan.events.is_empty());
    let mut known = empty(&map);
    publish(&mut known, &plan);
    assert!(plan_of(&file, &known, &map).is_empty());
    let later = plan_of(&read_bytes(&map, &bytes, "2023-12-15"), &known, &map);
    check_all(&later);
    assert_eq!((later.new.len(), later.revisions.len()), (0, 0));
    assert_eq!(
        (
            count(&later, "observed").records,
            count(&later, "observed").events
        ),
        (719, 1)
    );
    check_cc_rows(&file);
}

fn check_cc_rows(file: &ImportedFile) {
    let bsi = &file.rows[0].record;
    let subject = attestation(bsi);
    let level = subject.comity.level.as_ref().map(ToString::to_string);
    assert_eq!(
        level.as_deref(),
        Some("EAL5 + ALC_DVS.2 + AVA_MSU.3 + AVA_VLA.4")
    );
    assert_eq!(
        subject.comity.legal_dates.valid_until,
        Some(LegalDate::Day(day("2019-06-01")))
    );
    assert!(
        subject.comity.objects[0]
            .categories
            .iter()
            .any(|category| category == "smartCardsAndSimilarDevices")
    );
    assert_eq!(
        subject.comity.based_on[0].number.as_deref(),
        Some("BSI-DSZ-CC-0266-2005")
    );
    let economies = &bsi
        .comity
        .imported_from
        .as_ref()
        .expect("imported")
        .attributed_to
        .economies;
    assert_eq!(economies, &["DE"]);
    let labs: std::collections::BTreeSet<String> = file
        .rows
        .iter()
        .filter_map(|row| {
            attestation(&row.record)
                .comity
                .scope_statement
                .in_language("en")
                .map(str::to_owned)
        })
        .collect();
    let labs: Vec<&str> = labs.iter().map(String::as_str).collect();
    assert_eq!(
        labs,
        [
            "Evaluated by CEA-LETI",
            "Evaluated by CEACI",
            "Evaluated by SERMA",
            "Evaluated by THALES"
        ]
    );
}

#[test]
fn the_portal_csv_is_read_with_its_dirt() {
    let map = documented("cc-portal.toml");
    let Some(bytes) = shared(PORTAL) else { return };
    let file = read_bytes(&map, &bytes, "2023-11-15");
    assert_eq!(faults(&file), "");
    assert_eq!(
        (file.counts.rows, file.counts.records, file.counts.merged),
        (4, 3, 1)
    );
    let numbers: Vec<&str> = file
        .rows
        .iter()
        .map(|row| attestation(&row.record).comity.certificate_number.as_str())
        .collect();
    assert_eq!(numbers[2], "383-4-450 CR v1.0a");
    let fortinet = attestation(&file.rows[2].record);
    assert_eq!(fortinet.name, "Fortinet FortiGate w/ FortiOS v5.6.7");
    assert_eq!(fortinet.comity.profiles, ["CPP_FW_V2.0E"]);
    assert_eq!(fortinet.comity.level, None);
    let plan = plan_of(&file, &empty(&map), &map);
    check_all(&plan);
    assert_eq!(event(&plan.events[0]).action, Action::Amend);
}

#[test]
fn the_arrangements_are_transcribed() {
    let records = transcription::read(&docs("arrangements.toml"), &source("2025-12-08"));
    let records = records.unwrap_or_else(|error| panic!("{error}"));
    let mut arrangements = BTreeMap::new();
    let mut members = BTreeMap::new();
    for record in &records {
        let bytes = to_canonical(&record.to_value()).expect("a record is JSON");
        Record::check(&bytes).unwrap_or_else(|faults| panic!("{}: {faults:?}", record.name));
        match &record.subject {
            Subject::Arrangement(arrangement) => {
                arrangements.insert(arrangement.id.clone(), arrangement.clone());
            }
            Subject::Participation(participation) => {
                *members
                    .entry(participation.arrangement.id.clone())
                    .or_insert(0) += 1;
            }
            other => panic!("{:?} is no part of an arrangement", other.kind()),
        }
    }
    let id = |slug: &str| format!("did:web:import.example#{slug}");
    let counts: Vec<usize> = ["ccra-2000", "ccra-2014", "sogis-1999", "sogis-mra-v3"]
        .iter()
        .map(|slug| members.get(&id(slug)).copied().unwrap_or_default())
        .collect();
    assert_eq!(counts, [26, 31, 12, 10]);
    let rule = |slug: &str, chapter: usize| {
        arrangements[&id(slug)].chapters[chapter]
            .level
            .clone()
            .expect("a cap")
    };
    let fit = |slug: &str, chapter: usize, text: &str| {
        let level = comity_model::level::Level::common_criteria(text);
        rule(slug, chapter).fit(level.as_ref())
    };
    assert_eq!(fit("ccra-2000", 0, "EAL4+ ALC_FLR.3"), LevelFit::Full);
    assert_eq!(
        fit("ccra-2000", 0, "EAL2+ ADV_FSP.4 ALC_DVS.1"),
        LevelFit::Full
    );
    assert_eq!(fit("ccra-2000", 0, "EAL4+ AVA_VLA.4"), LevelFit::Capped);
    assert_eq!(fit("ccra-2014", 1, "EAL2+ ALC_FLR.2"), LevelFit::Full);
    assert_eq!(fit("ccra-2014", 1, "EAL2+ ADV_FSP.4"), LevelFit::Capped);
    assert_eq!(fit("sogis-mra-v3", 0, "EAL5+ AVA_VAN.5"), LevelFit::Capped);
}

#[test]
fn propose_writes_a_map_for_each_register() {
    for name in [CMVP, LABS, CC, PORTAL] {
        let Some(bytes) = shared(name) else { return };
        let text = crate::import::propose(&bytes, name);
        let map = Map::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
        let file = read_bytes(&map, &bytes, "2026-01-01");
        assert!(file.counts.records > 0, "{name}\n{text}\n{}", faults(&file));
    }
}
