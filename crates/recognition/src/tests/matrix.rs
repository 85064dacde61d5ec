//! The matrix says of two economies what a verdict says of a certificate issued on that day.

use comity_model::arrangement::{Chapter, Degree, DirectedPair, DirectionMode, Phase};
use comity_model::level::{AboveCap, LevelMode, LevelRule};
use comity_model::participation::Declaration;
use comity_model::product::{CodeSelector, ProductCode};
use comity_model::text::LangString;

use super::Trade;
use super::world::{World, authority, period};
use crate::matrix::{Reach, Scope};
use crate::verdict::{Extent, VerdictResult};

/// What the cell from SE to JP says on 2019-03-01, and the verdict on a certificate issued then.
fn both(change: impl FnOnce(&mut Chapter)) -> (Option<Reach>, VerdictResult) {
    let mut trade = Trade::with(change);
    let certificate = trade.certificate();
    let verdict = trade.world.answer(&trade.world.ask(&certificate, "JP"));
    (reach(&trade.world, "SE", "JP"), verdict.result)
}

fn reach(world: &World, from: &str, to: &str) -> Option<Reach> {
    let matrix = world.matrix(&Scope::default());
    matrix.cell(from, to).map(crate::matrix::Cell::reach)
}

#[test]
fn a_chapter_that_works_fills_one_cell() {
    let trade = Trade::new();
    let matrix = trade.world.matrix(&Scope::default());
    assert_eq!(matrix.economies, ["JP", "SE"]);
    let cells: Vec<_> = (matrix.cells.iter())
        .map(|cell| (cell.from.as_str(), cell.to.as_str(), cell.reach()))
        .collect();
    // SE is in by the secretariat's word only: that does not bind it as a destination.
    assert_eq!(cells, [("SE", "JP", Reach::Full)]);
    let path = &matrix.cells[0].paths[0];
    assert_eq!(path.record, trade.arrangement.record_digest);
    assert!(
        path.chapter.ends_with("#mra/appliances"),
        "{}",
        path.chapter
    );
}

#[test]
fn what_a_cell_says_a_verdict_says() {
    let condition = LangString::of("en", "Tell the authority.");
    for (change, reach, verdict) in [
        (
            Box::new(|_: &mut Chapter| {}) as Box<dyn FnOnce(&mut Chapter)>,
            Some(Reach::Full),
            VerdictResult::Recognised,
        ),
        (
            Box::new(|c| c.degree = Degree::Results),
            Some(Reach::ResultsOnly),
            VerdictResult::ResultsOnly,
        ),
        (
            Box::new(move |c| c.conditions = vec![condition]),
            Some(Reach::WithConditions),
            VerdictResult::RecognisedWithConditions,
        ),
        (
            Box::new(|c| c.phase = Phase::Suspended),
            None,
            VerdictResult::NotRecognised,
        ),
        (
            Box::new(|c| c.period = period("2020-01-01", None)),
            None,
            VerdictResult::NotRecognised,
        ),
        (
            Box::new(|c| c.period = period("2018-01-01", Some("2018-12-31"))),
            None,
            VerdictResult::NotRecognised,
        ),
        (
            Box::new(|c| {
                c.direction.mode = DirectionMode::OneWay;
                c.direction.pairs = vec![DirectedPair {
                    from: vec!["JP".to_owned()],
                    to: vec!["SE".to_owned()],
                    period: None,
                }];
            }),
            None,
            VerdictResult::NotRecognised,
        ),
        (
            Box::new(|c| c.acceptor.declaration_required = true),
            Some(Reach::Unclear),
            VerdictResult::CannotTell,
        ),
    ] {
        assert_eq!(both(change), (reach, verdict));
    }
}

#[test]
fn a_chapter_with_a_level_reaches_to_it() {
    let mut trade = Trade::with(|c| {
        c.level = Some(LevelRule {
            scale: "EAL".to_owned(),
            mode: LevelMode::Cap,
            rank: 2,
            within: Vec::new(),
            above_cap: AboveCap::AcceptedUpToCap,
        });
    });
    let lab = &trade.lab;
    let grants = super::world::relies_on(&trade.grant);
    let certificate = trade.world.attest(lab, |details| {
        details.grants = grants;
        details.level = comity_model::level::Level::common_criteria("EAL4");
    });
    let verdict = trade.world.answer(&trade.world.ask(&certificate, "JP"));
    assert!(matches!(verdict.extent, Extent::CappedAt(_)), "{verdict:?}");
    let matrix = trade.world.matrix(&Scope::default());
    let cell = matrix.cell("SE", "JP").unwrap();
    assert_eq!(cell.reach(), Reach::ToLevel);
    assert!(cell.paths[0].level.is_some());
}

#[test]
fn a_destination_that_declines_recognises_nothing() {
    let mut trade = Trade::new();
    let (jp, arrangement) = (authority("JP"), trade.arrangement.clone());
    trade.world.join(&arrangement, "JP", &jp, |participation| {
        participation.declaration = Some(Declaration::NotAccept);
    });
    let certificate = trade.certificate();
    let verdict = trade.world.answer(&trade.world.ask(&certificate, "JP"));
    assert_eq!(verdict.result, VerdictResult::NotRecognised);
    assert_eq!(reach(&trade.world, "SE", "JP"), None);
}

#[test]
fn scope_and_product_leave_chapters_out() {
    let trade = Trade::with(|c| {
        c.coverage.schemes = vec!["CB".to_owned()];
        c.coverage.products = vec![CodeSelector {
            scheme: "HS".to_owned(),
            edition: None,
            include: vec!["8516".to_owned()],
            exclude: Vec::new(),
        }];
    });
    let scope = |scheme: Option<&str>, code: Option<&str>| Scope {
        scheme: scheme.map(str::to_owned),
        product: code.and_then(|code| ProductCode::hs(code, None)),
    };
    let asked = |scope: &Scope| {
        let matrix = trade.world.matrix(scope);
        matrix.cell("SE", "JP").map(crate::matrix::Cell::reach)
    };
    assert_eq!(asked(&scope(Some("cb"), None)), Some(Reach::Full));
    assert_eq!(asked(&scope(Some("CC"), None)), None);
    assert_eq!(asked(&scope(None, Some("851660"))), Some(Reach::Full));
    assert_eq!(asked(&scope(None, Some("8544"))), None);
    // Part of the chapter of the HS is covered: a person has to read which.
    assert_eq!(asked(&scope(None, Some("85"))), Some(Reach::Unclear));
}

#[test]
fn whose_policy_excludes_an_arrangement_sees_no_cell_of_it() {
    let mut trade = Trade::new();
    let record = trade.arrangement.record.as_ref().unwrap();
    let comity_model::record::Subject::Arrangement(of) = &record.subject else {
        panic!("an arrangement was published");
    };
    trade.world.policy = format!(
        "[[arrangement]]\nauthority = \"{}\"\nname = \"{}\"\nrule = \"exclude\"\n",
        record.comity.authority, of.id
    );
    assert_eq!(reach(&trade.world, "SE", "JP"), None);
}
