use std::collections::BTreeSet;

use comity_model::arrangement::Degree;
use comity_model::attestation::AttestationKind;
use comity_model::date::Day;
use comity_model::import_rule::{AttestationFilter, Requirement, RequirementSort};
use comity_model::party::PartyReference;
use comity_model::record::Kind;
use comity_model::status::{Action, Capacity, ReasonCode};
use comity_model::text::LangString;
use expect_test::expect;

use super::{
    Argument, Catalogue, Direction, Language, RequirementsFound, RulesSaid, Style, arguments, ask,
    came_to, catalogue, day, economy, economy_in_text, language_name, outcome, party, requirement,
    requirements, sentence,
};
use crate::code::{Code, Outcome, StepName};
use crate::evidence::NoStatement;
use crate::paper::{Field, Mark};
use crate::standing_now::RecordState;
use crate::verdict::{Basis, Facts, Name, Names, Step, Texts, VerdictResult, Who};

/// The words of a closed list, as JSON writes them.
fn words_of<T: serde::Serialize>(list: &str, values: &[T]) -> Vec<String> {
    let words = values.iter().map(super::word_of);
    words.map(|word| format!("{list}-{word}")).collect()
}

/// The words of a closed list of the model, from its own JSON Schema.
pub(super) fn listed<T: schemars::JsonSchema>(list: &str) -> Vec<String> {
    let schema = schemars::schema_for!(T).to_value();
    let plain = schema["enum"].as_array().cloned().unwrap_or_default();
    let described = schema["oneOf"].as_array().cloned().unwrap_or_default();
    let described = described.iter().map(|one| match one["enum"].as_array() {
        Some(values) => values.clone(),
        None => vec![one["const"].clone()],
    });
    let words: Vec<_> = plain.into_iter().chain(described.flatten()).collect();
    assert!(!words.is_empty(), "{schema}");
    let words = words.iter().map(|word| word.as_str().unwrap());
    words.map(|word| format!("{list}-{word}")).collect()
}

/// Messages that are asked for by one name.
const OTHERS: [&str; 55] = [
    "between",
    "counting-judged",
    "counting-noneHeld",
    "counting-noneHeldFor",
    "counting-nonePublished",
    "counting-nonePublishedFor",
    "counting-unclear",
    "day",
    "differs",
    "differs.more",
    "hypothetical",
    "impact-none",
    "impact-unknown",
    "list-or",
    "list-separator",
    "later",
    "later.undated",
    "looks-like",
    "looks-like.warned",
    "moment",
    "no-log-pinned",
    "not-said",
    "outcome-asked",
    "party",
    "plain-as-of",
    "plain-computed-by",
    "plain-contact",
    "plain-demo",
    "plain-record",
    "plain-reference",
    "plain-why",
    "requirement",
    "requirement-any-edition",
    "requirement-between",
    "requirement-deviation",
    "requirement-economies",
    "requirement-grants",
    "requirement-issued-from",
    "requirement-issuers",
    "requirement-kinds",
    "requirement-languages",
    "requirement-regulations",
    "requirement-schemes",
    "requirement-standards",
    "requirements-asks",
    "requirements-asksOfJudged",
    "requirements-judged",
    "requirements-noneHeld",
    "requirements-nonePublished",
    "requirements-nothing",
    "warned-forgedCertificate",
    "warned-misuse",
    "status-active.past",
    "status-partiallySuspended.past",
    "status-suspended.past",
];

/// The messages that the code asks for, besides the names of economies.
fn asked_for() -> BTreeSet<String> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    names.extend(Code::ALL.iter().map(|code| super::name_of(*code)));
    names.extend(StepName::ALL.map(|step| format!("step-{}", step.name())));
    names.extend(Kind::ALL.map(|kind| format!("kind-{}", kind.name())));
    names.extend(RecordState::ALL.map(|state| format!("state-{}", state.word())));
    names.extend(NoStatement::ALL.map(|why| format!("statement-{}", why.name())));
    names.extend(listed::<AttestationKind>("attestation"));
    names.extend(listed::<Action>("action"));
    names.extend(listed::<Capacity>("capacity"));
    names.extend(listed::<ReasonCode>("reason"));
    names.extend(listed::<Degree>("degree"));
    names.extend(words_of("result", &RESULTS));
    names.extend(words_of("summary", &RESULTS));
    for yes in ["recognised", "recognisedWithConditions", "resultsOnly"] {
        for variant in ["capped", "transcribed", "cappedTranscribed"] {
            names.insert(format!("summary-{yes}.{variant}"));
        }
    }
    names.extend(words_of("outcome", &OUTCOMES));
    names.extend(words_of("who", &WHO));
    names.extend(words_of("basis", &BASES));
    names.extend(
        Field::ALL
            .iter()
            .map(|field| format!("paper-{}", field.name())),
    );
    names.extend(Mark::ALL.iter().map(|mark| format!("mark-{}", mark.name())));
    names.extend(super::terms::names());
    names.extend(RELATIONS.map(|relation| format!("relation-{relation}")));
    names.extend(OTHERS.map(str::to_owned));
    names
}

const RELATIONS: [&str; 7] = [
    "issuedBy",
    "standard",
    "grant",
    "testReport",
    "inspection",
    "audit",
    "componentCertificate",
];
const RESULTS: [VerdictResult; 5] = [
    VerdictResult::Recognised,
    VerdictResult::RecognisedWithConditions,
    VerdictResult::ResultsOnly,
    VerdictResult::CannotTell,
    VerdictResult::NotRecognised,
];
const OUTCOMES: [Outcome; 5] = [
    Outcome::Pass,
    Outcome::Warn,
    Outcome::Unknown,
    Outcome::Fail,
    Outcome::NotApplicable,
];
const BASES: [Basis; 4] = [
    Basis::DestinationSigned,
    Basis::PartiesSigned,
    Basis::Transcribed,
    Basis::None,
];
const WHO: [Who; 14] = [
    Who::Issuer,
    Who::Authority,
    Who::Grantor,
    Who::Laboratory,
    Who::StandardsBody,
    Who::Destination,
    Who::Successor,
    Who::Importer,
    Who::LogOperator,
    Who::Secretariat,
    Who::PolicyKeeper,
    Who::Asker,
    Who::Holder,
    Who::Keyholders,
];

fn is_economy(name: &str) -> bool {
    name.starts_with("economy-")
}

fn is_language(name: &str) -> bool {
    name.starts_with("language-")
}

/// Whether a message is what to ask about a code.
fn is_ask(name: &str) -> bool {
    name.split_once('.')
        .is_some_and(|(_, attribute)| attribute == "ask")
}

/// Whether a message is the name of an economy as it stands within a sentence.
fn is_within_text(name: &str) -> bool {
    name.split_once('.')
        .is_some_and(|(_, attribute)| attribute == "text")
}

#[test]
fn every_file_is_read_whole() {
    for language in Language::ALL {
        assert_eq!(catalogue(language).faults(), [""; 0], "{language}");
    }
}

#[test]
fn everything_is_worded_once_in_every_language_and_nothing_besides() {
    let wanted = asked_for();
    for language in Language::ALL {
        let words = catalogue(language).names();
        let words: BTreeSet<String> = words
            .filter(|name| !is_economy(name) && !is_language(name) && !is_ask(name))
            .map(str::to_owned)
            .collect();
        let missing: Vec<_> = wanted.difference(&words).collect();
        let unused: Vec<_> = words.difference(&wanted).collect();
        assert!(missing.is_empty(), "{language} lacks {missing:?}");
        assert!(unused.is_empty(), "{language} has unused {unused:?}");
    }
}

#[test]
fn what_to_ask_is_said_for_the_same_codes_in_every_language() {
    let english: BTreeSet<&str> = asks(Language::En);
    for language in Language::ALL {
        assert_eq!(asks(language), english, "{language}");
    }
    for name in english {
        let code = name.trim_end_matches(".ask");
        assert!(Code::ALL.iter().any(|one| super::name_of(*one) == code));
    }
}

fn asks(language: Language) -> BTreeSet<&'static str> {
    let names = catalogue(language).names();
    names.filter(|name| is_ask(name)).collect()
}

#[test]
fn a_sentence_names_the_same_facts_in_every_language() {
    for language in Language::ALL {
        for name in catalogue(Language::En).names() {
            if is_within_text(name) {
                continue;
            }
            let facts: Vec<_> = catalogue(language).variables(name).collect();
            let english: Vec<_> = catalogue(Language::En).variables(name).collect();
            assert_eq!(facts, english, "{name} in {language}");
        }
    }
}

#[test]
fn every_economy_has_its_name_in_every_language() {
    let codes = |language: Language| -> BTreeSet<&str> {
        let names = catalogue(language).names();
        let names = names.filter(|name| is_economy(name) && !is_within_text(name));
        names.map(|name| &name[8..]).collect()
    };
    let english = codes(Language::En);
    assert_eq!(english.len(), 250, "ISO 3166-1 and EU");
    for language in Language::ALL {
        assert_eq!(codes(language), english, "{language}");
        for code in &english {
            assert!(comity_model::party::is_economy(code));
            assert_ne!(economy(code, language), *code);
        }
        assert_eq!(economy("XX", language), "XX");
    }
    assert_eq!(economy("US", Language::En), "United States");
    assert_eq!(economy_in_text("US", Language::En), "the United States");
    assert_eq!(economy_in_text("US", Language::Fr), "États-Unis");
}

#[test]
fn every_language_has_its_name_in_every_language() {
    let names = |language: Language| -> BTreeSet<&str> {
        let names = catalogue(language).names();
        names.filter(|name| is_language(name)).collect()
    };
    let english = names(Language::En);
    assert_eq!(
        english.len(),
        183 + 2,
        "ISO 639-1 and two scripts of Chinese"
    );
    for language in Language::ALL {
        assert_eq!(names(language), english, "{language}");
    }
    let said = |tag, language| language_name(tag, language).into_owned();
    assert_eq!(said("kk", Language::En), "Kazakh");
    assert_eq!(said("ru", Language::Fr), "russe");
    assert_eq!(said("KK", Language::ZhHans), "哈萨克语");
    assert_eq!(
        said("zh-Hans", Language::Ru),
        "китайский, упрощенное письмо"
    );
    assert_eq!(said("pt-BR", Language::En), "Portuguese (pt-BR)");
    assert_eq!(said("qaa", Language::Ar), "qaa");
}

#[test]
fn a_requirement_is_worded_by_its_parts() {
    let mut asked = Requirement {
        id: "emc".to_owned(),
        sort: RequirementSort::Attestation,
        text: LangString::of("kk", "Сертификат"),
        attestation: Some(AttestationFilter {
            kinds: vec![
                AttestationKind::ProductCertificate,
                AttestationKind::TestReport,
            ],
            standards: vec![
                "IEC 60335-1:2020".parse().unwrap(),
                "CISPR 14-1".parse().unwrap(),
            ],
            issuer_economies: vec!["KZ".to_owned()],
            ..AttestationFilter::default()
        }),
        deviation: None,
        languages: Vec::new(),
    };
    let said = |asked: &Requirement, language| {
        requirement(asked, language, &|party| format!("<{}>", party.id))
    };
    assert_eq!(
        said(&asked, Language::En),
        "certificate or report: product certificate or test report; to IEC 60335-1:2020 or CISPR \
         14-1 (any edition); by an issuer of Kazakhstan"
    );
    // Half-width spaces and signs of a language are its own.
    let chinese = said(&asked, Language::ZhHans);
    assert!(
        chinese.starts_with("证书或报告：产品认证证书或"),
        "{chinese}"
    );
    assert!(chinese.contains("CISPR 14-1（任何版本）；"), "{chinese}");
    asked.attestation = None;
    assert_eq!(said(&asked, Language::En), "certificate or report");
    asked.sort = RequirementSort::Language;
    asked.languages = vec!["kk".to_owned(), "ru".to_owned()];
    assert_eq!(
        said(&asked, Language::En),
        "language of labels and instructions: Kazakh or Russian"
    );
    assert_eq!(
        said(&asked, Language::Fr),
        "langue des étiquettes et des notices\u{A0}: kazakh ou russe"
    );
    asked.languages.clear();
    asked.sort = RequirementSort::Attestation;
    asked.attestation = Some(AttestationFilter {
        issuers: vec![PartyReference {
            id: "did:web:lab.example.kz".to_owned(),
            registered_by: "did:web:nqi.example.kz".to_owned(),
        }],
        ..AttestationFilter::default()
    });
    assert_eq!(
        said(&asked, Language::En),
        "certificate or report: issued by <did:web:lab.example.kz>"
    );
}

#[test]
fn what_is_still_asked_for_does_not_read_as_done() {
    let mut step = Step {
        step: StepName::ImportRule,
        outcome: Outcome::Warn,
        code: Code::ImportRuleStillAsked,
        evidence: Vec::new(),
        facts: Facts::new(),
        texts: Texts::new(),
        names: Names::new(),
        next: None,
        as_of: "2026-11-23T08:00:00Z".parse().unwrap(),
        past: false,
    };
    for language in Language::ALL {
        step.code = Code::ImportRuleStillAsked;
        let asked = came_to(&step, language);
        assert_ne!(asked, outcome(Outcome::Warn, language), "{language}");
        step.code = Code::ImportRuleNeedsReading;
        let warned = came_to(&step, language);
        assert_eq!(warned, outcome(Outcome::Warn, language), "{language}");
    }
}

#[test]
fn a_party_is_shown_by_its_name_with_its_identifier_after_it() {
    let did = "did:web:lab.example";
    let names = LangString::of("fr", "Laboratoire").and("zh-Hans", "实验室");
    assert_eq!(
        party(did, &names, Language::En),
        "Laboratoire (did:web:lab.example)"
    );
    assert_eq!(
        party(did, &names, Language::ZhHans),
        "实验室（did:web:lab.example）"
    );
    assert_eq!(party(did, &LangString::default(), Language::En), did);
    let step = Step {
        step: StepName::Status,
        outcome: Outcome::Fail,
        code: Code::StatusSuperseded,
        evidence: Vec::new(),
        facts: Facts::from([
            ("effectiveFrom", "2026-01-02".to_owned()),
            ("successor", "urn:uuid:1".to_owned()),
        ]),
        texts: Texts::new(),
        names: Names::from([("successor", Name::Record("CERT-2".to_owned()))]),
        next: None,
        as_of: "2026-11-23T08:00:00Z".parse().unwrap(),
        past: false,
    };
    assert_eq!(
        sentence(&step, Language::En, Style::Codes),
        "It was replaced from 2026-01-02 by CERT-2."
    );
}

#[test]
fn what_has_no_variable_stands_in_one_piece() {
    for language in Language::ALL {
        let catalogue: &'static Catalogue = catalogue(language);
        for name in catalogue.names() {
            // Spaces at an end stand in a placeable.
            let between = ["list-or", "list-separator", "requirement-between"].contains(&name);
            if catalogue.variables(name).next().is_none() && !between {
                assert!(
                    !super::text_of(name, language).is_empty(),
                    "{language} {name}"
                );
            }
        }
    }
}

/// Sentences end as sentences of their language do, questions as questions; names do not.
#[test]
fn sentences_end() {
    for language in Language::ALL {
        let (stop, mark) = match language {
            Language::ZhHans => ('。', '？'),
            Language::Ar => ('.', '؟'),
            _ => ('.', '?'),
        };
        let codes = Code::ALL.iter().map(|code| super::name_of(*code));
        for name in codes.chain(["no-log-pinned".to_owned()]) {
            let said = catalogue(language).text(&name, &[]);
            assert!(said.ends_with(stop), "{language} {name}: {said}");
            let asked = catalogue(language).text(&format!("{name}.ask"), &[]);
            assert!(
                asked.is_empty() || asked.ends_with(stop),
                "{language} {name}: {asked}"
            );
        }
        for step in StepName::ALL {
            assert!(
                super::question(step, language).ends_with(mark),
                "{language} {step:?}"
            );
        }
        for name in catalogue(language).names() {
            let sentences = ["summary-", "requirements-", "counting-"];
            if sentences.iter().any(|of| name.starts_with(of)) {
                let said = catalogue(language).text(name, &[]);
                assert!(said.ends_with(stop), "{language} {name}: {said}");
            }
        }
    }
}

#[test]
fn a_fact_that_is_missing_is_not_said() {
    let said = |language: Language| {
        let facts = Facts::from([("by", "did:web:a.example".to_owned())]);
        let filled = arguments::arguments(&facts, language, Style::Codes);
        catalogue(language)
            .text("status-suspended-by", &filled)
            .into_owned()
    };
    assert_eq!(said(Language::En), "", "no such message");
    let facts = Facts::from([("by", "did:web:a.example".to_owned())]);
    let filled = arguments::arguments(&facts, Language::En, Style::Codes);
    let name = super::name_of(Code::StatusWithdrawn);
    assert_eq!(
        catalogue(Language::En).text(&name, &filled),
        "It was withdrawn from not said by did:web:a.example."
    );
    let asked = ask(
        Code::StandardDeviates,
        &Facts::new(),
        Language::En,
        Style::Codes,
    );
    assert_eq!(
        asked,
        "Show that the product fulfils these clauses of not said as well."
    );
}

/// Texts of records stand in a text that runs from right to left without disturbing its order.
#[test]
fn what_is_filled_in_is_isolated_in_arabic_only() {
    let facts = Facts::from([("log", "log.example/2026".to_owned())]);
    for language in Language::ALL {
        let filled = arguments::arguments(&facts, language, Style::Codes);
        let name = super::name_of(Code::LogForked);
        let said = catalogue(language).text(&name, &filled);
        let isolated = said.contains("\u{2068}log.example/2026\u{2069}");
        assert_eq!(isolated, language == Language::Ar, "{said}");
        assert!(said.contains("log.example/2026"), "{said}");
    }
}

#[test]
fn days_are_written_as_letters_write_them() {
    let said = |text: &str| {
        let text: Day = text.parse().unwrap();
        Language::ALL.map(|language| day(text, language)).join("\n")
    };
    expect![[r"
        28 November 2026
        2026年11月28日
        28 ноября 2026 г.
        28 نوفمبر 2026
        28 novembre 2026"]]
    .assert_eq(&said("2026-11-28"));
    expect![[r"
        1 May 2027
        2027年5月1日
        1 мая 2027 г.
        1 مايو 2027
        1er mai 2027"]]
    .assert_eq(&said("2027-05-01"));
    for language in Language::ALL {
        let months = (1..=12).map(|month| {
            let first: Day = format!("2026-{month:02}-01").parse().unwrap();
            day(first, language)
        });
        let months: BTreeSet<String> = months.collect();
        assert_eq!(months.len(), 12, "{months:?}");
    }
}

#[test]
fn facts_are_shown_by_code_or_by_name() {
    let facts = Facts::from([
        ("economiesWithoutLog", "KZ, US".to_owned()),
        ("economy", "XX".to_owned()),
        (
            "effectiveFrom",
            "between 2026-01-01 and 2026-03-31".to_owned(),
        ),
        ("kind", "StatusEvent".to_owned()),
        ("loggedAt", "2026-11-28T10:05:09Z".to_owned()),
        ("statement", NoStatement::OtherHeads.words().to_owned()),
        ("validUntil", "2026-11-28".to_owned()),
        ("number", "KZ".to_owned()),
    ]);
    let shown = |language, style| {
        let filled = arguments::arguments(&facts, language, style);
        let lines = filled.iter().map(|(name, argument)| match argument {
            Argument::Text(text) => format!("{name}: {text}\n"),
            Argument::Number(number) => format!("{name}: {number}\n"),
        });
        lines.collect::<String>()
    };
    expect![[r"
        economiesWithoutLog: KZ, US
        economy: XX
        effectiveFrom: between 2026-01-01 and 2026-03-31
        kind: StatusEvent
        loggedAt: 2026-11-28T10:05:09Z
        number: KZ
        statement: its status statement names other log heads
        validUntil: 2026-11-28
    "]]
    .assert_eq(&shown(Language::En, Style::Codes));
    expect![[r"
        economiesWithoutLog: Kazakhstan, the United States
        economy: XX
        effectiveFrom: between 1 January 2026 and 31 March 2026
        kind: status event
        loggedAt: 28 November 2026, 10:05 UTC
        number: KZ
        statement: its status statement names other log heads
        validUntil: 28 November 2026
    "]]
    .assert_eq(&shown(Language::En, Style::Names));
}

#[test]
fn why_nobody_states_an_absence_is_worded_in_english_as_facts_are() {
    for why in NoStatement::ALL {
        let name = format!("statement-{}", why.name());
        assert_eq!(super::text_of(&name, Language::En), why.words());
    }
}

/// Each number takes the form that its language asks for.
#[test]
fn numbers_take_their_plural_forms() {
    let said = |language: Language, numbers: &[usize]| {
        let said = numbers.iter().map(|&number| {
            let facts = Facts::from([("count", number.to_string())]);
            let filled = arguments::arguments(&facts, language, Style::Codes);
            let name = super::name_of(Code::RecordAmbiguous);
            format!("{}\n", catalogue(language).text(&name, &filled))
        });
        said.collect::<String>()
    };
    expect![[r"
        2 records fit; say which one is meant.
    "]]
    .assert_eq(&said(Language::En, &[2]));
    expect![[r"
        Подходят 2 записи; укажите, какая имеется в виду.
        Подходит 5 записей; укажите, какая имеется в виду.
        Подходит 21 запись; укажите, какая имеется в виду.
    "]]
    .assert_eq(&said(Language::Ru, &[2, 5, 21]));
    expect![[r"
        يوجد قيدان مطابقان؛ حدّد المقصود.
        توجد 3 قيود مطابقة؛ حدّد المقصود.
        يوجد 11 قيدًا مطابقًا؛ حدّد المقصود.
        يوجد 100 قيد مطابق؛ حدّد المقصود.
    "]]
    .assert_eq(&said(Language::Ar, &[2, 3, 11, 100]));
}

#[test]
fn what_a_destination_asks_is_one_sentence() {
    let found = |rules, counting, judged| RequirementsFound {
        economy: "KZ",
        code: "851660",
        on: "2027-01-01".parse().unwrap(),
        rules,
        counting,
        judged,
    };
    let said = |rules, counting, judged| {
        requirements(&found(rules, counting, judged), Language::En, Style::Codes)
    };
    let asks = |things, missing| RulesSaid::Asks { things, missing };
    let some = Some((50, 1_200));
    let all = [
        said(RulesSaid::NonePublished, 2, None),
        said(RulesSaid::NoneHeld, 0, some),
        said(RulesSaid::Nothing, 2, some),
        said(asks(5, 1), 2, None),
        said(asks(1, 0), 1, None),
        said(asks(5, 2), 0, None),
        said(asks(5, 2), 2, some),
        said(asks(5, 1), 1, some),
        said(asks(1, 0), 1, some),
    ];
    expect![[r"
        KZ has published no rule for 851660 that is in force on 2027-01-01: what it asks cannot be told from here; 2 published attestations count there. Ask its authority.
        No rule of KZ for 851660 is held here for 2027-01-01: what it asks cannot be told from here; no published attestation counts there. Ask its authority. Of 1200 found, 50 were judged: those that fit the rules best, the newest first.
        KZ asks nothing for 851660 on 2027-01-01.
        KZ asks 5 things for 851660 on 2027-01-01; 2 published attestations count there, and one thing that an attestation can answer is answered by none.
        KZ asks one thing for 851660 on 2027-01-01; one published attestation counts there, and nothing that an attestation can answer is left open.
        KZ asks 5 things for 851660 on 2027-01-01; no published attestation counts there, and 2 things that an attestation can answer are answered by none.
        KZ asks 5 things for 851660 on 2027-01-01; 2 published attestations count there, and for 2 things that an attestation can answer none was found among those judged. Of 1200 found, 50 were judged: those that fit the rules best, the newest first.
        KZ asks 5 things for 851660 on 2027-01-01; one published attestation counts there, and for one thing that an attestation can answer none was found among those judged. Of 1200 found, 50 were judged: those that fit the rules best, the newest first.
        KZ asks one thing for 851660 on 2027-01-01; one published attestation counts there, and nothing that an attestation can answer is left open. Of 1200 found, 50 were judged: those that fit the rules best, the newest first."]]
    .assert_eq(&all.join("\n"));
    // Of what was not judged nothing is called missing, in any language.
    for language in Language::ALL {
        let said = |judged| requirements(&found(asks(5, 1), 2, judged), language, Style::Codes);
        assert!(!said(some).starts_with(&said(None)), "{language}");
        assert!(said(some).contains("50"), "{language}");
    }
    assert_eq!(
        requirements(
            &found(RulesSaid::Nothing, 2, None),
            Language::En,
            Style::Names
        ),
        "Kazakhstan asks nothing for 851660 on 1 January 2027."
    );
}

#[test]
fn every_code_begins_with_its_step() {
    let steps: Vec<&str> = StepName::ALL.iter().map(|step| step.name()).collect();
    for code in Code::ALL {
        let (step, reason) = code.as_str().split_once('.').unwrap();
        assert!(
            steps.contains(&step) || step == "record",
            "{}",
            code.as_str()
        );
        assert!(reason.bytes().all(|byte| byte.is_ascii_alphabetic()));
    }
}

#[test]
fn languages_are_read_from_their_tags() {
    for language in Language::ALL {
        assert_eq!(language.tag().parse(), Ok(language));
        let rtl = language.direction() == Direction::RightToLeft;
        assert_eq!(rtl, language == Language::Ar);
        assert_eq!(catalogue(language).language(), language);
    }
    for tag in [
        "zh",
        "zh-CN",
        "zh_CN",
        "ZH-hans-cn",
        "zh-Hans",
        "zh-SG",
        "zh-Hans-HK",
    ] {
        assert_eq!(tag.parse(), Ok(Language::ZhHans), "{tag}");
    }
    assert_eq!("fr-CA".parse(), Ok(Language::Fr));
    for tag in [
        "",
        "*",
        "de",
        "english",
        "zh-Hant",
        "zh-TW",
        "zh-Hant-HK",
        "-en",
    ] {
        assert_eq!(Language::of_tag(tag), None, "{tag}");
    }
    let error = "de".parse::<Language>().unwrap_err().to_string();
    assert!(error.ends_with("en, zh-Hans, ru, ar, fr"), "{error}");
}

#[test]
fn what_is_preferred_is_chosen() {
    let cases = [
        ("", Language::En),
        ("*", Language::En),
        ("fr", Language::Fr),
        ("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", Language::Fr),
        ("de, ru;q=0.8, en;q=0.5", Language::Ru),
        ("en;q=0.5, ar", Language::Ar),
        ("ru;q=0.8, fr;q=0.8", Language::Ru),
        ("ru;q=0, fr;q=0.001", Language::Fr),
        ("zh-Hant, en", Language::En),
        ("zh-TW, zh;q=0.5", Language::ZhHans),
        ("ru; q=1.000", Language::Ru),
        ("ru;q=1.5", Language::En),
        ("ru;q=0.1234", Language::En),
        ("ru;q=", Language::En),
        ("ru;level=1", Language::En),
        (",,;;=,q", Language::En),
    ];
    for (header, language) in cases {
        assert_eq!(Language::negotiate(header), language, "{header:?}");
    }
    let most = "de,".repeat(super::MAX_RANGES - 1);
    assert_eq!(Language::negotiate(&format!("{most}ru")), Language::Ru);
    assert_eq!(Language::negotiate(&format!("{most}de,ru")), Language::En);
}

/// French puts a space that does not break before a double sign.
#[test]
fn french_keeps_double_signs_with_their_words() {
    for source in super::sources(Language::Fr) {
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            for sign in [" :", " ;", " !"] {
                assert!(!line.contains(sign), "{line}");
            }
        }
    }
}
