//! The table of `docs/questions-made-up.md`: its situations built, its questions asked, compared
//! with the answers worked out by hand.

mod evidence;
mod places;
mod records;
mod sides;

use std::collections::{BTreeMap, BTreeSet};

use comity_model::attestation::Quantity;
use comity_model::date::{Day, Instant};
use comity_model::product::ProductCode;

use super::world::{Shared, World, day, noon};
use crate::code::{Code, StepName};
use crate::question::{ProductFacts, Question, Selector};
use crate::verdict::{Basis, Extent, Verdict, VerdictResult};
use crate::wording::{self, Language, Style};

/// Asks a situation that is not a [`World`] by itself.
type Answers = Box<dyn Fn(&Question) -> Verdict>;

/// A small world and the names under which the document asks about its records.
struct Situation {
    records: BTreeMap<&'static str, Selector>,
    answers: Answers,
}

impl Situation {
    fn new(world: World, records: Vec<(&'static str, Selector)>) -> Self {
        Self {
            records: records.into_iter().collect(),
            answers: Box::new(move |question| world.answer(question)),
        }
    }
}

/// A record by its full name.
fn named(record: &Shared) -> Selector {
    Selector::Identity(record.identity().unwrap())
}

/// A record by its bytes.
fn exactly(record: &Shared) -> Selector {
    Selector::RecordDigest(hex::encode(record.record_digest))
}

/// A printed number of an issuer.
fn number(text: &str, issuer: Option<&str>) -> Selector {
    Selector::Number {
        number: text.to_owned(),
        issuer: issuer.map(str::to_owned),
    }
}

/// Builds the situation of that name.
fn situation(name: &str) -> Option<Situation> {
    Some(match name {
        "reports" => evidence::reports(),
        "standards" => evidence::standards(),
        "rules" => evidence::rules(),
        "promises" => evidence::promises(),
        "goods" => records::goods(),
        "events" => records::events(),
        "bytes" => records::bytes(),
        "signers" => records::signers(),
        "grants" => records::grants(),
        "chapters" => sides::chapters(),
        "texts" => sides::texts(),
        "accreditation" => sides::accreditation(),
        "left" => sides::left(),
        "excluded" => sides::by_policy("exclude", "mra"),
        "not accepted" => sides::by_policy("accept", "other"),
        "transcribed" => sides::transcribed(),
        "no importer" => sides::imported(""),
        "no imports" => sides::imported("accept_imported = false\n"),
        "stale at home" => places::stale("SE"),
        "stale abroad" => places::stale("JP"),
        "no log" => places::no_log(),
        "no statement" => places::no_statement(),
        "no statement of rules" => places::no_statement_of_rules(),
        "no statement of editions" => places::no_statement_of_editions(),
        "kept in part" => places::kept_in_part(),
        "revised often" => places::revised_often(),
        "many reports" => places::many_reports(),
        "much published" => places::much_published(),
        "places" => places::places(),
        "two histories" => places::two_histories(),
        "quorum" => places::quorum(),
        "federation" => places::federation(),
        _ => return None,
    })
}

/// One row.
struct Row {
    number: u32,
    situation: String,
    asked: String,
    in_economy: String,
    on: Day,
    known_at: Instant,
    product: ProductFacts,
    answer: String,
    codes: Vec<String>,
}

struct Document {
    situations: Vec<String>,
    rows: Vec<Row>,
}

fn cells(row: &str) -> Vec<String> {
    let inner = row.trim().trim_matches('|');
    inner
        .split('|')
        .map(|cell| cell.trim().to_owned())
        .collect()
}

fn read() -> Document {
    let text = include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../docs/questions-made-up.md"
    ));
    let rows_below = |heading: &str| -> Vec<Vec<String>> {
        let mut sections = text.split("\n## ");
        let section = sections.find(|section| section.starts_with(heading));
        let rows = section
            .unwrap()
            .lines()
            .filter(|line| line.starts_with('|'));
        rows.skip(2).map(cells).collect()
    };
    Document {
        situations: rows_below("Situations")
            .into_iter()
            .map(|mut row| row.swap_remove(0))
            .collect(),
        rows: rows_below("Questions").into_iter().map(Row::of).collect(),
    }
}

impl Row {
    fn of(row: Vec<String>) -> Self {
        let whole = row.join(" | ");
        let [
            number,
            situation,
            asked,
            in_economy,
            on,
            besides,
            answer,
            codes,
            why,
        ] = <[String; 9]>::try_from(row).unwrap_or_else(|_| panic!("nine cells: {whole}"));
        assert!(!why.is_empty(), "question {number} says why");
        let on: Day = on.parse().unwrap();
        let mut row = Self {
            number: number.parse().unwrap(),
            situation,
            asked,
            in_economy,
            on,
            known_at: noon(&on.to_string()),
            product: ProductFacts::default(),
            answer,
            codes: codes
                .split('`')
                .skip(1)
                .step_by(2)
                .map(str::to_owned)
                .collect(),
        };
        for fact in besides.split(';').map(str::trim).filter(|f| !f.is_empty()) {
            row.besides(fact);
        }
        row
    }

    fn besides(&mut self, fact: &str) {
        let (word, said) = fact.split_once(' ').unwrap_or((fact, ""));
        let text = || Some(said.to_owned());
        let product = &mut self.product;
        match word {
            "known" => self.known_at = noon(said),
            "printed" => product.issued_on = Some(day(said)),
            "model" => product.model = text(),
            "gtin" => product.gtin = text(),
            "serial" => product.serial = text(),
            "lot" => product.lot = text(),
            "tonnes" => {
                product.quantity = Some(Quantity {
                    value: said.to_owned(),
                    unit: "t".to_owned(),
                });
            }
            "hs" => product.codes.extend(ProductCode::hs(said, None)),
            "standard" => product.standard = Some(said.parse().unwrap()),
            "holder" => product.holder = text(),
            "manufacturer" => product.manufacturer = text(),
            "factory" => product.factory = text(),
            "number" => product.number = text(),
            "until" => product.valid_until = Some(day(said)),
            "scope" => product.scope = text(),
            word => panic!("question {}: {word}?", self.number),
        }
    }

    fn ask(&self, situation: &Situation) -> Verdict {
        let record = situation.records.get(self.asked.as_str());
        let record = record.unwrap_or_else(|| {
            panic!(
                "question {}: there is no {} in {}",
                self.number, self.asked, self.situation
            )
        });
        (situation.answers)(&Question {
            record: record.clone(),
            in_economy: self.in_economy.clone(),
            on: self.on,
            known_at: self.known_at,
            product: self.product.clone(),
            file_number: None,
        })
    }

    /// What differs between the row and the verdict.
    fn fault(&self, verdict: &Verdict) -> Option<String> {
        let of = |step: StepName| verdict.step(step).map_or("", |step| step.code.as_str());
        let decisive = of(verdict.decisive_step);
        let first = self.codes.first().map_or("", String::as_str);
        let further = self.codes.iter().all(|code| stands(code, verdict));
        let answer = words(verdict);
        if answer == self.answer && decisive == first && further {
            return None;
        }
        let steps = verdict.steps.iter().map(|step| step.code.as_str());
        Some(format!(
            "question {}: {} of {} in {} on {}\n  by hand: {}, {}\n  asked:   {answer}, {decisive}\n  \
             steps: {}",
            self.number,
            self.asked,
            self.situation,
            self.in_economy,
            self.on,
            self.answer,
            self.codes.join(" "),
            steps.collect::<Vec<_>>().join(" "),
        ))
    }
}

/// Whether a code stands in a step of the verdict. Of a step that is listed only where it has
/// something to say, `notAsked` is that it is not listed.
fn stands(code: &str, verdict: &Verdict) -> bool {
    let unlisted = StepName::ALL.into_iter().any(|step| {
        step.is_listed_if_asked()
            && code == format!("{}.notAsked", step.name())
            && verdict.step(step).is_none()
    });
    unlisted || verdict.steps.iter().any(|step| step.code.as_str() == code)
}

/// A verdict in the words of the table.
fn words(verdict: &Verdict) -> String {
    let mut words = match verdict.result {
        VerdictResult::Recognised => "recognised".to_owned(),
        VerdictResult::RecognisedWithConditions => "recognised with conditions".to_owned(),
        VerdictResult::ResultsOnly => "results only".to_owned(),
        VerdictResult::CannotTell => return "cannot tell".to_owned(),
        VerdictResult::NotRecognised => return "not recognised".to_owned(),
    };
    if let Extent::CappedAt(level) = &verdict.extent {
        words = format!("{words}, up to {level}");
    }
    match verdict.basis {
        Basis::DestinationSigned => {}
        Basis::PartiesSigned => words += ", parties signed",
        Basis::Transcribed => words += ", transcribed",
        Basis::None => words += ", on nobody's word",
    }
    words
}

#[test]
fn the_answers_worked_out_by_hand_are_given() {
    let document = read();
    let mut faults = Vec::new();
    for name in &document.situations {
        let built = situation(name).unwrap_or_else(|| panic!("{name} is not built"));
        let mut rows = document.rows.iter().filter(|row| row.situation == *name);
        let mut asked = BTreeSet::new();
        for row in rows.by_ref() {
            asked.insert(row.asked.as_str());
            faults.extend(row.fault(&row.ask(&built)));
        }
        let unasked: Vec<_> = (built.records.keys())
            .filter(|record| !asked.contains(*record))
            .collect();
        if !unasked.is_empty() {
            faults.push(format!("nothing is asked about {unasked:?} of {name}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_row_is_about_a_situation_that_is_described() {
    let document = read();
    let numbers = document.rows.iter().map(|row| row.number);
    assert!(numbers.eq(1..=u32::try_from(document.rows.len()).unwrap()));
    for row in &document.rows {
        assert!(
            document.situations.contains(&row.situation),
            "question {}: {} is not described",
            row.number,
            row.situation
        );
    }
    let mut names = document.situations.clone();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), document.situations.len(), "described once");
}

/// Together with the test above, which finds each code of a row in the verdict.
#[test]
fn every_code_is_reached_by_some_question() {
    let document = read();
    let named: BTreeSet<&str> = (document.rows.iter())
        .flat_map(|row| row.codes.iter().map(String::as_str))
        .collect();
    let all: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    let missing: Vec<_> = all.difference(&named).collect();
    assert!(missing.is_empty(), "no question reaches {missing:?}");
    let unknown: Vec<_> = named.difference(&all).collect();
    assert!(unknown.is_empty(), "no such code: {unknown:?}");
}

/// Whatever a verdict says, it says in every language, and no fact that holds economies is shown
/// by its codes where names are asked for.
#[test]
fn every_answer_is_worded_in_every_language() {
    let document = read();
    for name in &document.situations {
        let built = situation(name).unwrap_or_else(|| panic!("{name} is not built"));
        for row in document.rows.iter().filter(|row| row.situation == *name) {
            let verdict = row.ask(&built);
            for step in &verdict.steps {
                for (fact, value) in step.facts.iter().filter(|(_, value)| !value.is_empty()) {
                    let codes = value.split(", ").all(comity_model::party::is_economy);
                    let economies = wording::arguments::ECONOMIES.contains(fact);
                    assert_eq!(
                        codes,
                        economies,
                        "{fact} of {}: {value}",
                        step.code.as_str()
                    );
                }
            }
            said_in_every_language(&verdict);
        }
    }
}

fn said_in_every_language(verdict: &Verdict) {
    let bytes = verdict.canonical_bytes();
    let mut summaries = BTreeSet::new();
    for language in Language::ALL {
        for style in [Style::Codes, Style::Names] {
            summaries.insert(wording::summary(verdict, language, style));
            for step in &verdict.steps {
                let said = wording::sentence(step, language, style);
                assert!(!said.is_empty() && !said.contains(['{', '}']), "{said}");
            }
        }
    }
    assert_eq!(summaries.len(), 2 * Language::ALL.len());
    assert_eq!(verdict.canonical_bytes(), bytes);
}
