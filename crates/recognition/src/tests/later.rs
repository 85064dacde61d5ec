//! What a verdict for a past day tells of what came after it.

use comity_model::status::Action;

use super::Trade;
use super::world::{Shared, authority, date, day, noon, relies_on};
use crate::code::StepName;
use crate::question::Question;
use crate::standing_now::RecordState;
use crate::verdict::{Later, Verdict, VerdictResult};
use crate::wording::{self, Language, MAX_PLAIN_BYTES, Style};

fn asked(trade: &Trade, record: &Shared, (on, known_at): (&str, &str)) -> Verdict {
    let question = Question {
        on: day(on),
        known_at: noon(known_at),
        ..trade.world.ask(record, "JP")
    };
    trade.world.answer(&question)
}

/// A certificate that its issuer withdraws from the first of May on.
fn withdrawn() -> (Trade, Shared) {
    let mut trade = Trade::new();
    let certificate = trade.certificate();
    let lab = trade.lab.clone();
    let world = &mut trade.world;
    world
        .on("2019-05-03")
        .event(&lab, &certificate, Action::Withdraw, |event| {
            event.effective_from = date("2019-05-03");
        });
    (trade, certificate)
}

#[test]
fn a_withdrawal_after_the_day_is_told_and_changes_nothing_else() {
    let (trade, certificate) = withdrawn();
    let verdict = asked(&trade, &certificate, ("2019-04-01", "2019-05-10"));
    assert_eq!(verdict.result, VerdictResult::Recognised);
    let told = Later {
        state: RecordState::Withdrawn,
        from: Some(day("2019-05-03")),
    };
    assert_eq!(verdict.later, Some(told));
    let said = wording::later(&verdict, Language::En, Style::Names);
    assert_eq!(said, "Since that day: withdrawn (as of 3 May 2019).");
    for language in Language::ALL {
        let said = wording::later(&verdict, language, Style::Codes);
        let text = wording::plain(&verdict, "did:web:a.example", false, language);
        assert!(
            text.contains(&said) && said.contains("2019-05-03"),
            "{text}"
        );
        assert!(text.len() < MAX_PLAIN_BYTES, "{text}");
    }
    let stands = |verdict: &Verdict| {
        let step = verdict.step(StepName::Status).unwrap();
        wording::sentence(step, Language::En, Style::Names)
    };
    assert_eq!(
        stands(&verdict),
        "On that day it was in force; nothing to the contrary is known of that day."
    );
    let day_itself = asked(&trade, &certificate, ("2019-04-01", "2019-04-01"));
    assert_eq!(
        stands(&day_itself),
        "It is in force; nothing to the contrary is known."
    );
    let json = serde_json::to_value(&verdict).unwrap();
    assert_eq!(json["later"]["state"], "withdrawn");
    let mut without = verdict.clone();
    without.later = None;
    assert_eq!(without.canonical_bytes(), verdict.canonical_bytes());
    // Not yet known, or asked of the day itself: nothing came later.
    for when in [
        ("2019-04-01", "2019-05-02"),
        ("2019-05-10", "2019-05-10"),
        ("2019-05-05", "2019-05-10"),
    ] {
        let verdict = asked(&trade, &certificate, when);
        assert_eq!(verdict.later, None, "{when:?}");
        assert_eq!(wording::later(&verdict, Language::En, Style::Names), "");
    }
}

#[test]
fn the_end_of_its_validity_is_told_from_the_day_after() {
    let mut trade = Trade::new();
    let grants = relies_on(&trade.grant);
    let certificate = trade.world.attest(&trade.lab, |details| {
        details.grants = grants;
        details.legal_dates.valid_until = Some(date("2019-04-30"));
    });
    let verdict = asked(&trade, &certificate, ("2019-04-01", "2019-05-10"));
    let told = Later {
        state: RecordState::Expired,
        from: Some(day("2019-05-01")),
    };
    assert_eq!(verdict.later, Some(told));
    let verdict = asked(&trade, &certificate, ("2019-04-01", "2019-04-30"));
    assert_eq!(verdict.later, None);
}

#[test]
fn a_suspension_is_told_and_what_was_reinstated_is_not() {
    let mut trade = Trade::new();
    let certificate = trade.certificate();
    let lab = trade.lab.clone();
    let world = &mut trade.world;
    let suspended = world
        .on("2019-05-03")
        .event(&lab, &certificate, Action::Suspend, |event| {
            event.effective_from = date("2019-05-03");
        });
    let later =
        |trade: &Trade, known_at| asked(trade, &certificate, ("2019-04-01", known_at)).later;
    let told = later(&trade, "2019-05-10").unwrap();
    assert_eq!(
        (told.state, told.from),
        (RecordState::Suspended, Some(day("2019-05-03")))
    );
    trade
        .world
        .on("2019-05-20")
        .event(&lab, &certificate, Action::Reinstate, |event| {
            event.effective_from = date("2019-05-20");
            event.subjects[0].sequence = 2;
            event.subjects[0].previous_event = Some(suspended.document_multibase.clone());
        });
    assert_eq!(later(&trade, "2019-06-01"), None);
    // A refusal there is the destination's and no state of the record.
    let jp = authority("JP");
    trade
        .world
        .event(&jp, &certificate, Action::RefuseRecognition, |event| {
            event.capacity = comity_model::status::Capacity::DestinationAuthority;
            event.territory = vec!["JP".to_owned()];
        });
    assert_eq!(later(&trade, "2019-06-01"), None);
}
