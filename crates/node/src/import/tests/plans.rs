//! What a second fetch makes of a first one.

use comity_model::date::LegalDate;
use comity_model::record::Record;
use comity_model::status::{Action, MAX_SUBJECTS, ReasonCode};
use comity_signature::canonical::to_canonical;

use super::{BASE, attestation, day, digest_of, empty, event, map, plan_of, publish, read_on};
use crate::import::{Known, Map, Plan, PlanError, Standing, plan};

const REST: &str = "valid_until = \"End\"\n[status]\nword = \"State\"\n[status.words]\nactive = \"active\"\n\
    ended = \"expired\"\nsuspended = \"suspended\"\nrevoked = \"withdrawn\"\nhidden = \"leave-out\"\n";
const HEAD: &str = "No,Holder,Issued,End,State\n";

struct World {
    map: Map,
    known: Known,
}

impl World {
    fn new(more: &str) -> Self {
        let map = map(&format!("{BASE}{REST}{more}"));
        let known = empty(&map);
        Self { map, known }
    }

    /// Fetches these rows on this day and publishes what follows.
    fn fetch(&mut self, on: &str, rows: &str) -> Plan {
        let file = read_on(&self.map, &format!("{HEAD}{rows}"), on)
            .unwrap_or_else(|error| panic!("{error}"));
        assert!(file.faults.is_empty(), "{:?}", file.faults);
        let plan = plan_of(&file, &self.known, &self.map);
        for record in plan.new.iter().chain(&plan.revisions).chain(&plan.events) {
            let bytes = to_canonical(&record.to_value()).expect("a record is JSON");
            Record::check(&bytes).unwrap_or_else(|faults| panic!("{}: {faults:?}", record.name));
        }
        publish(&mut self.known, &plan);
        plan
    }
}

/// New, revisions, events, unchanged, vanished.
fn figures(plan: &Plan) -> (usize, usize, usize, usize, usize) {
    (
        plan.new.len(),
        plan.revisions.len(),
        plan.events.len(),
        plan.unchanged,
        plan.vanished.len(),
    )
}

const TWO: &str = "1,A,2020-01-01,2030-01-01,active\n2,B,2020-01-01,,active\n";

#[test]
fn the_same_file_again_adds_nothing() {
    let mut world = World::new("");
    assert_eq!(figures(&world.fetch("2025-01-01", TWO)), (2, 0, 0, 0, 0));
    let again = world.fetch("2025-01-01", TWO);
    assert_eq!(figures(&again), (0, 0, 0, 2, 0));
    assert!(again.is_empty());
}

#[test]
fn a_later_fetch_without_changes_is_one_observation() {
    let mut world = World::new("");
    world.fetch("2025-01-01", TWO);
    let later = world.fetch("2025-02-01", TWO);
    assert_eq!(figures(&later), (0, 0, 1, 2, 0));
    let observed = event(&later.events[0]);
    assert_eq!(
        (observed.action, observed.subjects.len()),
        (Action::Observed, 2)
    );
    assert_eq!(observed.subjects[0].sequence, 1);
    assert!(world.fetch("2025-02-01", TWO).is_empty());
    let third = world.fetch("2025-03-01", TWO);
    let observed = event(&third.events[0]);
    assert_eq!(observed.subjects[0].sequence, 2);
    assert_eq!(
        observed.subjects[0].previous_event.as_deref(),
        Some(digest_of(&later.events[0]).as_str())
    );
}

#[test]
fn observations_are_cut_at_a_thousand() {
    let rows: Vec<String> = (0..=MAX_SUBJECTS)
        .map(|at| format!("{at},A,2020-01-01,,active\n"))
        .collect();
    let rows = rows.concat();
    let mut world = World::new("");
    world.fetch("2025-01-01", &rows);
    let sizes: Vec<usize> = world
        .fetch("2025-02-01", &rows)
        .events
        .iter()
        .map(|record| event(record).subjects.len())
        .collect();
    assert_eq!(sizes, [MAX_SUBJECTS, 1]);
}

#[test]
fn changed_facts_are_a_revision_that_replaces() {
    let mut world = World::new("");
    let first = world.fetch("2025-01-01", TWO);
    let plan = world.fetch(
        "2025-02-01",
        "1,A,2020-01-01,2031-01-01,active\n2,B,2020-01-01,,active\n",
    );
    assert_eq!(figures(&plan), (0, 1, 1, 1, 0));
    let replaces = plan.revisions[0]
        .comity
        .replaces
        .as_ref()
        .expect("a revision replaces");
    assert_eq!(replaces.id, first.new[0].id);
    assert_eq!(replaces.digest_multibase, digest_of(&first.new[0]));
}

#[test]
fn a_row_that_returns_to_an_earlier_content_gets_an_id_of_its_own() {
    let mut world = World::new("");
    let first = world.fetch("2025-01-01", "1,A,2020-01-01,,active\n");
    world.fetch("2025-02-01", "1,B,2020-01-01,,active\n");
    let back = world.fetch("2025-03-01", "1,A,2020-01-01,,active\n");
    assert_eq!(back.revisions.len(), 1);
    assert_ne!(back.revisions[0].id, first.new[0].id);
    assert!(
        world
            .fetch("2025-03-01", "1,A,2020-01-01,,active\n")
            .is_empty()
    );
}

#[test]
fn a_withdrawal_is_dated_between_the_last_sight_and_the_fetch() {
    let mut world = World::new("");
    world.fetch("2025-01-01", TWO);
    let plan = world.fetch(
        "2025-02-01",
        "1,A,2020-01-01,2030-01-01,revoked\n2,B,2020-01-01,,active\n",
    );
    assert_eq!(figures(&plan), (0, 0, 2, 1, 0));
    let withdrawn = event(&plan.events[0]);
    assert_eq!(withdrawn.action, Action::Withdraw);
    assert_eq!(
        withdrawn.effective_from,
        LegalDate::between(day("2025-01-01"), day("2025-02-01"))
    );
    let seen = withdrawn
        .observed
        .as_ref()
        .and_then(|seen| seen.source_status.as_deref());
    assert_eq!(seen, Some("revoked"));
    assert!((plan.ended_share - 0.5).abs() < f64::EPSILON);
    // Of a row that is withdrawn when first seen, the issue is the last sign of life.
    let mut fresh = World::new("");
    let plan = fresh.fetch("2025-02-01", "1,A,2020-01-01,2030-01-01,revoked\n");
    assert_eq!(
        event(&plan.events[0]).effective_from,
        LegalDate::between(day("2020-01-01"), day("2025-02-01"))
    );
    assert_eq!(plan.ended, 0);
    assert!(
        fresh
            .fetch("2025-02-01", "1,A,2020-01-01,2030-01-01,revoked\n")
            .is_empty()
    );
}

#[test]
fn suspended_and_back_but_never_back_from_withdrawn() {
    let mut world = World::new("");
    let row = |state: &str| format!("1,A,2020-01-01,,{state}\n");
    world.fetch("2025-01-01", &row("active"));
    let actions: Vec<Action> = ["suspended", "active", "suspended", "revoked"]
        .iter()
        .enumerate()
        .map(|(at, state)| {
            event(
                &world
                    .fetch(&format!("2025-02-0{}", at + 1), &row(state))
                    .events[0],
            )
            .action
        })
        .collect();
    assert_eq!(
        actions,
        [
            Action::Suspend,
            Action::Reinstate,
            Action::Suspend,
            Action::Withdraw
        ]
    );
    let plan = world.fetch("2025-03-01", &row("active"));
    assert_eq!(plan.conflicts.len(), 1);
    assert_eq!(plan.conflicts[0].known, Standing::Withdrawn);
    assert_eq!(event(&plan.events[0]).action, Action::Observed);
}

#[test]
fn an_expiry_keeps_its_first_bound() {
    let mut world = World::new("");
    world.fetch("2025-01-01", "1,A,2020-01-01,2030-01-01,active\n");
    let ended = world.fetch("2025-02-01", "1,A,2020-01-01,,ended\n");
    assert_eq!(
        (ended.revisions.len(), ended.events.len(), ended.ended),
        (1, 0, 1)
    );
    let end = attestation(&ended.revisions[0])
        .comity
        .legal_dates
        .valid_until;
    assert_eq!(
        end,
        Some(LegalDate::between(day("2025-01-01"), day("2025-02-01")))
    );
    let later = world.fetch("2025-03-01", "1,A,2020-01-01,,ended\n");
    assert_eq!(figures(&later), (0, 0, 1, 1, 0));
    assert_eq!(event(&later.events[0]).action, Action::Observed);
}

#[test]
fn vanished_rows_change_nothing_unless_the_map_says_so() {
    let mut world = World::new("");
    world.fetch("2025-01-01", TWO);
    let plan = world.fetch("2025-02-01", "1,A,2020-01-01,2030-01-01,active\n");
    assert_eq!(figures(&plan), (0, 0, 1, 1, 1));
    assert_eq!(plan.vanished, ["2"]);
    let mut strict = World::new("[vanished]\naction = \"withdraw\"\n");
    strict.fetch("2025-01-01", TWO);
    let plan = strict.fetch(
        "2025-02-01",
        "1,A,2020-01-01,2030-01-01,hidden\n2,B,2020-01-01,,active\n",
    );
    assert_eq!(plan.vanished, ["1"]);
    let withdrawn = event(&plan.events[0]);
    assert_eq!(
        (withdrawn.action, withdrawn.reason_code),
        (Action::Withdraw, Some(ReasonCode::UnknownCause))
    );
    assert_eq!(plan.ended, 1);
}

#[test]
fn a_refused_row_has_not_vanished() {
    let mut world = World::new("");
    world.fetch("2025-01-01", TWO);
    let text = format!("{HEAD}1,A,20-01-01,,active\n2,B,2020-01-01,,active\n");
    let file = read_on(&world.map, &text, "2025-01-01").unwrap_or_else(|error| panic!("{error}"));
    let plan = plan_of(&file, &world.known, &world.map);
    assert_eq!((plan.vanished.len(), plan.counts.refused), (0, 1));
}

#[test]
fn an_older_file_is_refused() {
    let mut world = World::new("");
    world.fetch("2025-02-01", TWO);
    let file = read_on(&world.map, &format!("{HEAD}{TWO}"), "2025-01-01")
        .unwrap_or_else(|error| panic!("{error}"));
    let refused = plan(&file, &world.known, &world.map, &digest_of);
    assert!(matches!(refused, Err(PlanError::OlderThanKnown { .. })));
}

#[test]
fn amendments_are_events_once() {
    let more = "[amendments]\ndates = { column = \"Updates\", split = \",\" }\n";
    let map = map(&format!("{BASE}{more}"));
    let mut known = empty(&map);
    let mut fetch = |on: &str, updates: &str| {
        let text = format!(
            "No,Holder,Issued,Updates\n1,A,2020-01-01,\"{updates}\"\n2,A,2020-01-01,2021-01-01\n"
        );
        let file = read_on(&map, &text, on).unwrap_or_else(|error| panic!("{error}"));
        let plan = plan_of(&file, &known, &map);
        publish(&mut known, &plan);
        plan
    };
    let first = fetch("2025-01-01", "2022-01-01,2021-01-01");
    let days: Vec<(String, usize, u64)> = first
        .events
        .iter()
        .map(|record| {
            let event = event(record);
            (
                event.effective_from.to_string(),
                event.subjects.len(),
                event.subjects[0].sequence,
            )
        })
        .collect();
    assert_eq!(
        days,
        [
            ("2021-01-01".to_owned(), 2, 1),
            ("2022-01-01".to_owned(), 1, 2)
        ]
    );
    assert!(fetch("2025-01-01", "2022-01-01,2021-01-01").is_empty());
    let next = fetch("2025-01-01", "2022-01-01,2021-01-01,2024-12-31");
    assert_eq!(next.events.len(), 1);
    assert_eq!(event(&next.events[0]).subjects[0].sequence, 3);
}

#[test]
fn a_summary_names_what_vanished() {
    let mut world = World::new("");
    world.fetch("2025-01-01", TWO);
    let summary = world
        .fetch("2025-02-01", "1,A,2020-01-01,2030-01-01,active\n")
        .summary();
    assert_eq!(
        summary.to_string(),
        "1 rows: 1 records, 0 merged, 0 left out, 0 refused\n0 new, 0 revised, 1 unchanged, 1 vanished\n\
         observed: 1 records in 1 events\nvanished: 2\n0.0 % of the known rows end"
    );
    let json = serde_json::to_value(&summary).expect("a summary is JSON");
    assert_eq!(json["events"]["observed"]["records"], 1);
}

#[test]
fn what_is_known_travels_as_json() {
    let mut world = World::new("");
    world.fetch("2025-01-01", TWO);
    world.fetch(
        "2025-02-01",
        "1,C,2020-01-01,2030-01-01,suspended\n2,B,2020-01-01,,ended\n",
    );
    let mut copy = empty(&world.map);
    for (source_id, row) in world.known.rows() {
        let json = serde_json::to_string(row).expect("a row is JSON");
        copy.insert(source_id, serde_json::from_str(&json).expect("and back"));
    }
    let rows = format!("{HEAD}1,A,2020-01-01,2030-01-01,active\n2,B,2020-01-01,,ended\n");
    let file = read_on(&world.map, &rows, "2025-03-01").unwrap_or_else(|error| panic!("{error}"));
    let (one, other) = (
        plan_of(&file, &world.known, &world.map),
        plan_of(&file, &copy, &world.map),
    );
    assert_eq!(one.revisions.len(), 1);
    assert_eq!((one.revisions, one.events), (other.revisions, other.events));
}
