//! A paper beside the record: every value by itself, and all that differs told.

use comity_model::attestation::{Attestation, AttestationDetails, Quantity};
use comity_model::party::NamedParty;
use comity_model::product::ProductCode;
use comity_model::record::Subject;
use comity_model::text::LangString;

use super::Trade;
use super::world::{authority, date, day};
use crate::code::{Code, Outcome, StepName};
use crate::paper::{Compared, Field, MAX_MODELS, MAX_VALUES, Mark, compare};
use crate::question::{ProductFacts, Question};
use crate::verdict::{Verdict, VerdictResult};
use crate::wording::{self, Language, MAX_PLAIN_BYTES, Style};

pub(super) fn attestation(change: impl FnOnce(&mut AttestationDetails)) -> Attestation {
    let mut trade = Trade::new();
    let lab = trade.lab.clone();
    match trade.world.attest_draft(&lab, change).subject {
        Subject::Attestation(attestation) => *attestation,
        _ => panic!("an attestation"),
    }
}

pub(super) fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn hs(codes: &[&str]) -> Vec<ProductCode> {
    let codes = codes.iter();
    codes
        .map(|code| ProductCode::hs(code, None).unwrap())
        .collect()
}

/// The one line of a comparison.
#[track_caller]
pub(super) fn line(facts: &ProductFacts, attestation: &Attestation) -> Compared {
    let mut lines = compare(facts, attestation);
    assert_eq!(lines.len(), 1, "{lines:?}");
    lines.remove(0)
}

#[test]
fn numbers_compare_in_their_normalised_form_and_whole() {
    let of =
        |number: &str| attestation(|details| number.clone_into(&mut details.certificate_number));
    let long = "9".repeat(300);
    let longer = format!("{}8", "9".repeat(299));
    for (stated, typed, mark) in [
        ("C-100", "C-100", Mark::Same),
        ("C-100", " c 100", Mark::Same),
        ("C-100", "Ｃ１００", Mark::Same),
        ("DX-18/440", "dx-18 440", Mark::Same),
        ("1/23", "12/3", Mark::Reading),
        ("1/23", "123", Mark::Same),
        ("C-100", "C-١٠٠", Mark::Same),
        ("ش-١٠٠", "ش-100", Mark::Same),
        ("C-100", "C-1O0", Mark::Differs),
        ("C-100", "С-100", Mark::Differs), // the first letter is Cyrillic
        ("C-100", "C-10", Mark::Differs),
        ("C-100", "", Mark::Differs),
        ("---", "//", Mark::Differs),
        ("C-100", "<b>C-100</b>", Mark::Differs),
        (&long, &long, Mark::Same),
        (&long, &longer, Mark::Differs),
    ] {
        let facts = ProductFacts {
            number: Some(typed.to_owned()),
            ..ProductFacts::default()
        };
        assert_eq!(line(&facts, &of(stated)).mark, mark, "{stated} {typed}");
    }
}

#[test]
fn models_are_a_set_and_nothing_similar_is_the_same() {
    for (listed, typed, mark, outcome) in [
        (&["X-1"][..], "x-1", Mark::Same, Outcome::Pass),
        (&["X-1", "X-2"], "X-2", Mark::Covered, Outcome::Pass),
        (&["X-1", "X-2"], "X-2; X-1", Mark::Same, Outcome::Pass),
        (&["X-1", "X-2"], "X-2、X-1", Mark::Same, Outcome::Pass),
        (
            &["X-1", "X-2", "X-3"],
            "X-3, X-1",
            Mark::Covered,
            Outcome::Pass,
        ),
        (&["X-1", "X-2"], "X-1, X-9", Mark::Differs, Outcome::Fail),
        (&["X-*"], "X-7", Mark::Covered, Outcome::Pass),
        (&["X-*"], "X-*", Mark::Same, Outcome::Pass),
        // One with a separator after it is one, and none counts twice.
        (&["X-1"], "X-1,", Mark::Same, Outcome::Pass),
        (&["X-1", "X-2"], "X-2；", Mark::Covered, Outcome::Pass),
        (&["X-1"], "X1;", Mark::Reading, Outcome::Unknown),
        (&["X-1"], "X-9,", Mark::Differs, Outcome::Fail),
        (&["X-1"], "X-1, x-1", Mark::Same, Outcome::Pass),
        // A star reaches over what only looks like one model.
        (&["X-*"], "X-7, Y-1", Mark::Reading, Outcome::Unknown),
        (&["A,B"], "A,B", Mark::Same, Outcome::Pass),
        (&["A, B"], "A,B", Mark::Reading, Outcome::Unknown),
        (&["X-1"], "X1", Mark::Reading, Outcome::Unknown),
        // No paper shows what is hidden in what was typed.
        (&["X-1"], "X-1\u{202E}", Mark::Same, Outcome::Pass),
        // A star reaches over one word.
        (&["DX-18*"], "DX-18-440b", Mark::Covered, Outcome::Pass),
        (&["DX-18*"], "DX-18", Mark::Covered, Outcome::Pass),
        (&["DX-18*"], "DX-18/440", Mark::Reading, Outcome::Unknown),
        (
            &["DX-18*"],
            "DX-18 and all others",
            Mark::Reading,
            Outcome::Unknown,
        ),
        (&["DX-18*"], "DX-18, DX-19", Mark::Reading, Outcome::Unknown),
        (&["DX-18*"], "DX-19", Mark::Differs, Outcome::Fail),
        // The record's own list in one text.
        (&["DX-18, DX-20"], "DX-20", Mark::Reading, Outcome::Unknown),
        (
            &["DX-18, DX-20"],
            "DX-20, DX-18",
            Mark::Reading,
            Outcome::Unknown,
        ),
        (
            &["DX-18*; DX-20*"],
            "DX-201",
            Mark::Reading,
            Outcome::Unknown,
        ),
        (&["DX-18, DX-20"], "DX-21", Mark::Differs, Outcome::Fail),
        (&["X-1"], "X-l", Mark::Differs, Outcome::Fail),
        (&["*"], " ", Mark::Differs, Outcome::Fail),
        (&["X-1"], ";", Mark::Differs, Outcome::Fail),
        (&[], "X-1", Mark::NotSaid, Outcome::Unknown),
    ] {
        let record = attestation(|details| details.objects[0].model_numbers = texts(listed));
        let facts = ProductFacts {
            model: Some(typed.to_owned()),
            ..ProductFacts::default()
        };
        let line = line(&facts, &record);
        assert_eq!(
            (line.mark, line.outcome),
            (mark, outcome),
            "{listed:?} {typed}"
        );
    }
}

#[test]
fn codes_are_a_set_whatever_their_order() {
    for (listed, typed, mark, outcome) in [
        (&["851672"][..], &["8516.72"][..], Mark::Same, Outcome::Pass),
        (
            &["851672", "850940"],
            &["850940", "851672"],
            Mark::Same,
            Outcome::Pass,
        ),
        (
            &["851672", "850940"],
            &["850940"],
            Mark::Covered,
            Outcome::Pass,
        ),
        (&["8516"], &["851672"], Mark::Covered, Outcome::Pass),
        (&["851672"], &["8516"], Mark::Reading, Outcome::Unknown),
        (&["851672", "8516"], &["8516"], Mark::Covered, Outcome::Pass),
        (
            &["851672"],
            &["8516", "851672"],
            Mark::Covered,
            Outcome::Pass,
        ),
        (
            &["851672"],
            &["851672", "8516"],
            Mark::Covered,
            Outcome::Pass,
        ),
        (&["851672"], &["851650"], Mark::Differs, Outcome::Fail),
        // One is covered and the other is not, in either order.
        (
            &["851672"],
            &["851672", "851650"],
            Mark::Differs,
            Outcome::Unknown,
        ),
        (
            &["851672"],
            &["851650", "851672"],
            Mark::Differs,
            Outcome::Unknown,
        ),
        (&[], &["851672"], Mark::NotSaid, Outcome::Unknown),
    ] {
        is_compared(listed, typed, mark, outcome);
    }
}

#[test]
fn nobody_can_tell_by_codes_of_which_one_may_be_covered() {
    for (listed, typed, mark, outcome) in [
        // A heading that may hold the goods, and a code that is listed nowhere: nobody can tell.
        (
            &["851672"][..],
            &["8516", "9999"][..],
            Mark::Differs,
            Outcome::Unknown,
        ),
        (
            &["851672"],
            &["9999", "8516"],
            Mark::Differs,
            Outcome::Unknown,
        ),
        (
            &["851672"],
            &["8516", "851672", "9999"],
            Mark::Differs,
            Outcome::Unknown,
        ),
        // Listed nowhere, one or all of them.
        (&["851672"], &["9999"], Mark::Differs, Outcome::Fail),
        (&["851672"], &["9999", "9401"], Mark::Differs, Outcome::Fail),
        // A heading of other goods than the covered code is not read away by that.
        (
            &["851672", "850940"],
            &["851672", "8509"],
            Mark::Reading,
            Outcome::Unknown,
        ),
        (
            &["851672", "850940"],
            &["851672", "8509", "8516"],
            Mark::Reading,
            Outcome::Unknown,
        ),
    ] {
        is_compared(listed, typed, mark, outcome);
    }
}

#[track_caller]
fn is_compared(listed: &[&str], typed: &[&str], mark: Mark, outcome: Outcome) {
    let record = attestation(|details| details.objects[0].product_codes = hs(listed));
    let facts = ProductFacts {
        codes: hs(typed),
        ..ProductFacts::default()
    };
    let line = line(&facts, &record);
    assert_eq!(
        (line.mark, line.outcome),
        (mark, outcome),
        "{listed:?} {typed:?}"
    );
}

#[test]
fn a_code_of_another_classification_is_read_beside_one_that_is_covered() {
    let record = attestation(|details| details.objects[0].product_codes = hs(&["851672"]));
    let other = ProductCode {
        scheme: "UNSPSC".to_owned(),
        edition: None,
        code: "52141500".to_owned(),
    };
    let facts = ProductFacts {
        codes: [hs(&["851672"]), vec![other]].concat(),
        ..ProductFacts::default()
    };
    let line = line(&facts, &record);
    assert_eq!((line.mark, line.outcome), (Mark::Reading, Outcome::Unknown));
}

#[test]
fn more_models_than_are_compared_are_read_by_a_person() {
    let models = |count: usize| {
        let models = (0..count).map(|at| format!("M{at}"));
        models.collect::<Vec<_>>()
    };
    let many = models(MAX_MODELS + 1);
    let record = attestation(|details| details.objects[0].model_numbers = many.clone());
    let mark = |asked: &[String]| {
        let facts = ProductFacts {
            model: Some(asked.join(", ")),
            ..ProductFacts::default()
        };
        line(&facts, &record).mark
    };
    assert_eq!(mark(&models(MAX_MODELS)), Mark::Covered);
    assert_eq!(mark(&many), Mark::Reading);
    // What stands there twice counts once.
    let twice = [models(MAX_MODELS), models(MAX_MODELS)].concat();
    assert_eq!(mark(&twice), Mark::Covered);
}

#[test]
fn a_long_paper_beside_a_long_record_is_compared() {
    let listed: Vec<String> = (0..20_000).map(|at| format!("Model-{at}")).collect();
    let record = attestation(|details| {
        details.objects[0].model_numbers.clone_from(&listed);
        details.objects[0].lots = listed;
    });
    let asked: Vec<String> = (0..MAX_MODELS).map(|at| format!("x-{at}")).collect();
    let facts = ProductFacts {
        model: Some(asked.join(",")),
        lot: Some("x".repeat(2_000)),
        ..ProductFacts::default()
    };
    // With each part against the whole record, and each value against all before it, a minute.
    let lines = compare(&facts, &record);
    assert_eq!(lines.len(), 2);
    for line in lines {
        assert_eq!(line.more, 20_000 - MAX_VALUES, "{:?}", line.field);
    }
}

#[test]
fn nothing_is_the_same_where_the_record_is_silent() {
    let everything = ProductFacts {
        codes: hs(&["851672"]),
        model: Some("X-1".to_owned()),
        gtin: Some("04006381333931".to_owned()),
        serial: Some("S-1".to_owned()),
        lot: Some("L-1".to_owned()),
        quantity: Some(Quantity {
            value: "1".to_owned(),
            unit: "t".to_owned(),
        }),
        manufacturer: Some("Maker".to_owned()),
        factory: Some("Works".to_owned()),
        standard: Some("IEC 60335-1:2020".parse().unwrap()),
        valid_until: Some(day("2019-04-30")),
        scope: Some("Toasters".to_owned()),
        ..ProductFacts::default()
    };
    let bare = |objects: bool| {
        attestation(|details| {
            details.standards.clear();
            details.objects[0].model_numbers.clear();
            details.objects[0].product_codes.clear();
            if !objects {
                details.objects.clear();
            }
        })
    };
    for objects in [true, false] {
        let lines = compare(&everything, &bare(objects));
        assert_eq!(lines.len(), 11);
        for line in &lines {
            assert_eq!(line.mark, Mark::NotSaid, "{line:?}");
            assert!(line.record.is_empty(), "{line:?}");
            // A certificate of goods that lists no lots is not limited to any.
            let unlimited = matches!(line.field, Field::Serial | Field::Lot | Field::Quantity);
            let passes = line.outcome == Outcome::Pass;
            assert_eq!(passes, unlimited && objects, "{line:?}");
        }
    }
}

#[test]
fn names_days_standards_and_scope() {
    let record = attestation(|details| {
        details.holder_names = LangString::of("ru", "Изготовитель").and("ar", "الصانع");
        details.factories = vec![NamedParty::named("Works"), NamedParty::named("Mill")];
        details.legal_dates.valid_until = Some(date("2019-04-01..2019-06-01"));
        details.scope_statement = LangString::of("en", "Toasters\nfor households");
    });
    let facts = |change: &dyn Fn(&mut ProductFacts)| {
        let mut facts = ProductFacts::default();
        change(&mut facts);
        line(&facts, &record).mark
    };
    let holder = |name: &str| facts(&|facts| facts.holder = Some(name.to_owned()));
    assert_eq!(holder("MAKER"), Mark::Same);
    assert_eq!(holder("изготовитель"), Mark::Same);
    assert_eq!(holder("Maker Ltd"), Mark::Differs);
    assert_eq!(holder("Maker\u{202E}"), Mark::Same);
    assert_eq!(holder(""), Mark::Differs);
    assert_eq!(
        facts(&|facts| facts.factory = Some("mill".to_owned())),
        Mark::Covered
    );
    let standard = |text: &str| facts(&|facts| facts.standard = Some(text.parse().unwrap()));
    assert_eq!(standard("IEC 60335-1:2020"), Mark::Same);
    assert_eq!(standard("IEC 60335-1"), Mark::Covered);
    assert_eq!(standard("IEC 60335-1:2010"), Mark::Differs);
    let issued = |text: &str| facts(&|facts| facts.issued_on = Some(day(text)));
    assert_eq!(issued("2019-03-01"), Mark::Same);
    assert_eq!(issued("2019-03-02"), Mark::Differs);
    // The record knows its end only roughly.
    let until = |text: &str| facts(&|facts| facts.valid_until = Some(day(text)));
    assert_eq!(until("2019-05-01"), Mark::Covered);
    assert_eq!(until("2019-06-02"), Mark::Differs);
    let scope = |text: &str| facts(&|facts| facts.scope = Some(text.to_owned()));
    assert_eq!(scope("toasters for  households"), Mark::Same);
    assert_eq!(scope("Toasters"), Mark::Reading);
}

#[test]
fn what_is_said_of_the_goods_fits_one_and_the_same_object() {
    let record = attestation(|details| {
        let mut other = details.objects[0].clone();
        details.objects[0].gtins = texts(&["04006381333931"]);
        other.model_numbers = texts(&["X-2"]);
        other.gtins = texts(&["04006381333948"]);
        details.objects.push(other);
    });
    let facts = ProductFacts {
        model: Some("X-2".to_owned()),
        gtin: Some("04006381333931".to_owned()),
        ..ProductFacts::default()
    };
    let differing = |facts: &ProductFacts| -> Vec<_> {
        let lines = compare(facts, &record).into_iter();
        let lines = lines.filter(|line| line.mark == Mark::Differs);
        lines.map(|line| (line.field, line.record)).collect()
    };
    // The first object has that GTIN and another model.
    assert_eq!(differing(&facts), [(Field::Model, texts(&["X-1"]))]);
    let neither = ProductFacts {
        gtin: Some("04006381333955".to_owned()),
        ..facts
    };
    assert_eq!(
        differing(&neither),
        [(Field::Gtin, texts(&["04006381333948"]))]
    );
}

#[test]
fn what_a_line_repeats_is_safe_to_show_and_short() {
    let mut many: Vec<String> = (0..1_000).map(|at| format!("M{at}")).collect();
    // What is shown the same is one.
    many.insert(1, "M0\u{202E}".to_owned());
    let record = attestation(|details| details.objects[0].model_numbers = many);
    let facts = ProductFacts {
        model: Some(format!(
            "a\u{202E}\u{2066}\u{1b}[31m{}",
            "x".repeat(100_000)
        )),
        ..ProductFacts::default()
    };
    let line = line(&facts, &record);
    assert_eq!((line.record.len(), line.more), (MAX_VALUES, 980));
    assert!(line.paper[0].starts_with("a[31mxxx"), "{:?}", line.paper);
    assert!(line.paper[0].len() < 5_000);
    let json = serde_json::to_value(&line).unwrap();
    assert_eq!(
        (&json["field"], &json["mark"]),
        (&"model".into(), &"differs".into())
    );
    assert!(json.get("outcome").is_none() && json.get("code").is_none());
}

fn altered() -> ProductFacts {
    ProductFacts {
        model: Some("X-2".to_owned()),
        holder: Some("Somebody else".to_owned()),
        number: Some("C-101".to_owned()),
        issued_on: Some(day("2019-03-01")),
        ..ProductFacts::default()
    }
}

fn judged(refused: bool, product: ProductFacts) -> Verdict {
    let mut trade = Trade::new();
    let certificate = trade.certificate();
    if refused {
        let jp = authority("JP");
        let refuse = comity_model::status::Action::RefuseRecognition;
        trade.world.event(&jp, &certificate, refuse, |event| {
            event.capacity = comity_model::status::Capacity::DestinationAuthority;
            event.territory = vec!["JP".to_owned()];
        });
    }
    let asked = trade.world.ask(&certificate, "JP");
    trade.world.answer(&Question { product, ..asked })
}

#[test]
fn all_that_differs_is_told_and_the_worst_decides() {
    let verdict = judged(false, altered());
    assert_eq!(verdict.result, VerdictResult::NotRecognised);
    let step = verdict.step(StepName::Product).unwrap();
    assert_eq!(step.code, Code::ProductModelNotListed);
    let told = "The model asked about is not among those it covers: X-1. \
                The paper and the record differ in: number, holder, model.";
    assert_eq!(wording::sentence(step, Language::En, Style::Codes), told);
    let summary = wording::summary(&verdict, Language::En, Style::Codes);
    assert!(summary.ends_with(told), "{summary}");
    let marks: Vec<_> = verdict
        .paper
        .iter()
        .map(|line| (line.field, line.mark))
        .collect();
    let expected = [
        (Field::Number, Mark::Differs),
        (Field::Holder, Mark::Differs),
        (Field::Model, Mark::Differs),
        (Field::IssuedOn, Mark::Same),
    ];
    assert_eq!(marks, expected);
    // Of one difference the sentence of the step is enough.
    let one = ProductFacts {
        holder: None,
        number: None,
        ..altered()
    };
    let said = wording::summary(&judged(false, one), Language::En, Style::Codes);
    assert!(!said.contains("differ in"), "{said}");
}

#[test]
fn what_differs_is_told_where_another_step_decides() {
    let verdict = judged(true, altered());
    assert_eq!(verdict.decisive_step, StepName::Territory);
    for language in Language::ALL {
        let summary = wording::summary(&verdict, language, Style::Names);
        for field in [Field::Number, Field::Holder, Field::Model] {
            let name = wording::field(field, language);
            assert!(!name.is_empty() && summary.contains(name), "{summary}");
        }
    }
    let one = ProductFacts {
        model: Some("X-2".to_owned()),
        ..ProductFacts::default()
    };
    let summary = wording::summary(&judged(true, one), Language::En, Style::Codes);
    assert!(
        summary.ends_with("The paper and the record differ in: model."),
        "{summary}"
    );
}

#[test]
fn in_a_few_lines_it_is_never_silent_that_something_differs() {
    let everything = ProductFacts {
        codes: hs(&["851650"]),
        gtin: Some("04006381333931".to_owned()),
        manufacturer: Some("Somebody else".to_owned()),
        factory: Some("Elsewhere".to_owned()),
        standard: Some("IEC 60950-1".parse().unwrap()),
        valid_until: Some(day("2019-04-30")),
        ..altered()
    };
    for refused in [false, true] {
        let verdict = judged(refused, everything.clone());
        for language in Language::ALL {
            let long = format!("did:web:{}.example", "a".repeat(60));
            let text = wording::plain(&verdict, &long, true, language);
            assert!(text.len() < MAX_PLAIN_BYTES, "{text}");
            let number = wording::field(Field::Number, language);
            assert!(text.contains(number), "{text}");
        }
    }
    let text = wording::plain(
        &judged(true, altered()),
        "did:web:a.example",
        false,
        Language::En,
    );
    assert!(
        text.contains("differ in: number, holder, model.\n"),
        "{text}"
    );
}

#[test]
fn bytes_of_a_verdict_hold_nothing_of_the_comparison() {
    let verdict = judged(false, altered());
    let mut without = verdict.clone();
    without.paper.clear();
    assert_eq!(verdict.canonical_bytes(), without.canonical_bytes());
    assert_eq!(verdict.reference(), without.reference());
    // A question that names none of it is spelled as before.
    let asked = serde_json::to_value(ProductFacts::default()).unwrap();
    assert_eq!(asked, serde_json::json!({}));
}
