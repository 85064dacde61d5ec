//! What of a record and a paper is not seen, and what stands in several objects.

use comity_model::attestation::{Attestation, AttestationDetails};
use comity_model::party::NamedParty;
use comity_model::text::LangString;

use super::papers::{attestation, line, texts};
use crate::code::{Code, Outcome};
use crate::paper::{Field, Mark, compare};
use crate::question::ProductFacts;
use crate::wording::{self, Language};

fn number(text: &str) -> ProductFacts {
    ProductFacts {
        number: Some(text.to_owned()),
        ..ProductFacts::default()
    }
}

fn model(text: &str) -> ProductFacts {
    ProductFacts {
        model: Some(text.to_owned()),
        ..ProductFacts::default()
    }
}

fn numbered(stated: &str) -> Attestation {
    attestation(|details: &mut AttestationDetails| {
        stated.clone_into(&mut details.certificate_number);
    })
}

#[test]
fn a_number_divided_at_other_places_is_read_by_a_person_who_is_told_why() {
    let found = line(&number("12/3"), &numbered("1/23"));
    assert_eq!(
        (found.mark, found.outcome),
        (Mark::Reading, Outcome::Unknown)
    );
    assert_eq!(found.why, Some(Code::ProductNumberDivided));
    let said = wording::why_to_read(&found, Language::En);
    assert!(said.contains("divided at other places"), "{said}");
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!(json["why"], "product.numberDivided");
    // Of a mark that says it all nothing is added.
    let other = line(&number("13"), &numbered("1/23"));
    assert_eq!((other.mark, other.why), (Mark::Differs, None));
    assert_eq!(wording::why_to_read(&other, Language::En), "");
    assert!(serde_json::to_value(&other).unwrap().get("why").is_none());
}

#[test]
fn serials_and_lots_are_divided_as_numbers_are() {
    let record = attestation(|details| {
        details.objects[0].lots = texts(&["1/23", "L-9"]);
        details.objects[0].serial_numbers = texts(&["1/23", "12-3"]);
    });
    let lot = |text: &str| {
        let facts = ProductFacts {
            lot: Some(text.to_owned()),
            ..ProductFacts::default()
        };
        line(&facts, &record)
    };
    assert_eq!(lot("12/3").mark, Mark::Reading);
    assert_eq!(lot("1 23").mark, Mark::Covered);
    assert_eq!(lot("1/24").outcome, Outcome::Fail);
    // Another number of the list is divided as the one typed.
    let facts = ProductFacts {
        serial: Some("12/3".to_owned()),
        ..ProductFacts::default()
    };
    assert_eq!(line(&facts, &record).mark, Mark::Covered);
}

#[test]
fn what_is_hidden_in_the_record_is_told_and_never_the_same() {
    for (stated, typed, mark) in [
        ("C-\u{202E}100", "C-100", Mark::Reading),
        ("C-1\u{200B}00", "C-100", Mark::Reading),
        ("C-1\u{200B}00", "C-101", Mark::Differs),
        ("C-100", "C-1\u{200B}0\u{200F}0", Mark::Same),
        ("\u{200B}", "C-100", Mark::NotSaid),
    ] {
        let found = line(&number(typed), &numbered(stated));
        assert_eq!(found.mark, mark, "{stated:?} {typed:?}");
        let why = (mark == Mark::Reading).then_some(Code::ProductHiddenCharacters);
        assert_eq!(found.why, why, "{stated:?} {typed:?}");
    }
    for (listed, typed, mark) in [
        (&["X-1\u{202E}"][..], "X-1", Mark::Reading),
        (&["X-1\u{202E}", "X-1"], "X-1", Mark::Same),
        (&["X-1\u{202E}", "X-2"], "X-2", Mark::Covered),
        (&["X-1", "X-2\u{2060}"], "X-1, X-2", Mark::Reading),
        (&["X-1\u{202E}"], "X-9", Mark::Differs),
        (&["X-\u{200B}*"], "X-9", Mark::Reading),
    ] {
        let record = attestation(|details| details.objects[0].model_numbers = texts(listed));
        assert_eq!(
            line(&model(typed), &record).mark,
            mark,
            "{listed:?} {typed}"
        );
    }
}

#[test]
fn names_with_joiners_are_the_same_letter_by_letter() {
    let joined = "نامه\u{200C}ها";
    let record = attestation(|details| {
        details.holder_names = LangString::of("fa", joined);
        details.factories = vec![NamedParty::named("Wor\u{AD}ks"), NamedParty::named("Mill")];
        details.scope_statement = LangString::of("en", "Toast\u{200B}ers");
    });
    let mark = |change: &dyn Fn(&mut ProductFacts)| {
        let mut facts = ProductFacts::default();
        change(&mut facts);
        let found = line(&facts, &record);
        (found.mark, found.why)
    };
    let hidden = (Mark::Reading, Some(Code::ProductHiddenCharacters));
    let holder = |name: &str| mark(&|facts| facts.holder = Some(name.to_owned()));
    assert_eq!(holder(joined), (Mark::Same, None));
    assert_eq!(holder("نامهها"), hidden);
    assert_eq!(holder("MAKER"), (Mark::Same, None));
    let factory = |name: &str| mark(&|facts| facts.factory = Some(name.to_owned()));
    assert_eq!(factory("Works"), hidden);
    assert_eq!(factory("Mill"), (Mark::Covered, None));
    assert_eq!(factory("Other"), (Mark::Differs, None));
    assert_eq!(
        mark(&|facts| facts.scope = Some("Toasters".to_owned())),
        hidden
    );
}

#[test]
fn several_models_may_each_be_of_another_object() {
    let record = |first: &[&str], second: &[&str]| {
        attestation(|details| {
            let mut other = details.objects[0].clone();
            details.objects[0].model_numbers = texts(first);
            details.objects[0].gtins = texts(&["04006381333931"]);
            other.model_numbers = texts(second);
            details.objects.push(other);
        })
    };
    let two = record(&["DX-18*"], &["DX-20"]);
    let found = line(&model("DX-18a, DX-20"), &two);
    assert_eq!((found.mark, found.outcome), (Mark::Covered, Outcome::Pass));
    assert_eq!(found.record, texts(&["DX-18*", "DX-20"]));
    // One that no object covers excludes, and one model has to fit one object.
    for typed in ["DX-20, DX-21", "DX-21"] {
        let found = line(&model(typed), &two);
        assert_eq!(
            (found.mark, found.outcome),
            (Mark::Differs, Outcome::Fail),
            "{typed}"
        );
    }
    // Nobody can tell of which of them the GTIN is.
    let facts = ProductFacts {
        gtin: Some("04006381333931".to_owned()),
        ..model("DX-18, DX-20")
    };
    let marks: Vec<_> = compare(&facts, &two)
        .into_iter()
        .map(|line| (line.field, line.mark))
        .collect();
    assert_eq!(
        marks,
        [(Field::Model, Mark::Reading), (Field::Gtin, Mark::Same)]
    );
    let hidden = record(&["DX-18"], &["DX-20\u{200B}"]);
    let found = line(&model("DX-18, DX-20"), &hidden);
    assert_eq!(found.why, Some(Code::ProductHiddenCharacters));
}

#[test]
fn letters_of_another_alphabet_are_not_the_same_and_that_is_told() {
    let why = Some(Code::ProductOtherAlphabet);
    for (typed, stated) in [("\u{421}-100", "C-100"), ("C-100", "\u{421}-100")] {
        let found = line(&number(typed), &numbered(stated));
        assert_eq!((found.mark, found.why), (Mark::Differs, why), "{typed}");
        let said = wording::why_to_read(&found, Language::En);
        assert!(said.contains("letters of another alphabet"), "{said}");
    }
    let other = line(&number("\u{421}-101"), &numbered("C-100"));
    assert_eq!((other.mark, other.why), (Mark::Differs, None));
}
