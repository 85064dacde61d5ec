use comity_model::party::Contact;
use comity_model::reference::Identity;
use comity_model::text::LangString;

use super::*;
use crate::code::{Code, Outcome, StepName};
use crate::question::{ProductFacts, Question};
use crate::standing_now::RecordState;
use crate::verdict::{Basis, Extent, Facts, Later, Names, Step, Texts, VerdictResult, Who};
use crate::wording::{name_of as message_of, sentence};

fn suspended() -> Later {
    Later {
        state: RecordState::PartiallySuspended,
        from: Some("2026-11-24".parse().unwrap()),
    }
}

/// A verdict decided by `code`, with every fact of its sentence in `words`.
fn verdict(code: Code, words: &str, language: Language) -> Verdict {
    let message = message_of(code);
    let variables = catalogue(language).variables(&message);
    let facts: Facts = variables
        .map(|name| {
            (
                &*Box::leak(name.to_owned().into_boxed_str()),
                words.to_owned(),
            )
        })
        .collect();
    let known_at = "2026-11-23T08:00:00Z".parse().unwrap();
    let contact = Contact {
        office: words.to_owned(),
        url: Some(words.to_owned()),
        email: Some(words.to_owned()),
        telephone: Some("+46 8 000 000 00".to_owned()),
    };
    let next = Next {
        who: Who::Issuer,
        did: Some(words.to_owned()),
        name: Some(words.to_owned()),
        names: LangString::default(),
        contact: Some(contact),
        ask: words.to_owned(),
    };
    let step = Step {
        step: StepName::Status,
        outcome: Outcome::Warn,
        code,
        evidence: Vec::new(),
        facts,
        texts: Texts::new(),
        names: Names::new(),
        next: Some(next),
        as_of: known_at,
        past: false,
    };
    Verdict {
        question: Question {
            record: Selector::Number {
                number: words.to_owned(),
                issuer: None,
            },
            in_economy: "SE".to_owned(),
            on: "2026-11-23".parse().unwrap(),
            known_at,
            product: ProductFacts::default(),
            file_number: None,
        },
        policy_digest: [0; 32],
        result: VerdictResult::RecognisedWithConditions,
        extent: Extent::CappedAt(words.to_owned()),
        degree: None,
        basis: Basis::Transcribed,
        steps: vec![step],
        decisive_step: StepName::Status,
        paper: Vec::new(),
        valid_until: None,
        later: Some(suspended()),
        heads: Vec::new(),
        judged: None,
        paths: Vec::new(),
        conditions: Vec::new(),
        gaps: Vec::new(),
        policy_notes: Vec::new(),
        ignored: Vec::new(),
        candidates: Vec::new(),
        held_of_issuer: None,
        hypothetical: true,
    }
}

#[test]
fn the_longest_words_of_every_code_fit_in_every_language() {
    let results = [
        VerdictResult::Recognised,
        VerdictResult::RecognisedWithConditions,
        VerdictResult::ResultsOnly,
        VerdictResult::CannotTell,
        VerdictResult::NotRecognised,
    ];
    // One, two, three and four bytes a character; bidi controls and line ends.
    for words in ["a", "я", "检", "🜁", "\u{202e}x\n", "ل"] {
        let words = words.repeat(800);
        for language in Language::ALL {
            for code in Code::ALL.iter().copied() {
                fits(&verdict(code, &words, language), &words, language);
            }
            let mut verdict = verdict(Code::ALL[0], &words, language);
            for result in results {
                verdict.result = result;
                fits(&verdict, &words, language);
            }
        }
    }
}

fn fits(verdict: &Verdict, computed_by: &str, language: Language) {
    let text = plain(verdict, computed_by, true, language);
    let about = format!("{language:?} {text}");
    assert!(text.len() < MAX_PLAIN_BYTES, "{} {about}", text.len());
    assert!(text.contains("2026-11-23T08:00:00Z"), "{about}");
    assert!(text.contains(&verdict.reference()), "{about}");
    let since = later(verdict, language, Style::Codes);
    assert!(
        since.contains("2026-11-24") && text.contains(&since),
        "{about}"
    );
    assert!(text.contains("+46 8 000 000 00"), "{about}");
    assert!(text.ends_with('\n') && text.lines().count() <= 8, "{about}");
    let unsafe_to_show = |c: char| c == '\u{202e}' || (c.is_control() && c != '\n');
    assert!(!text.contains(unsafe_to_show), "{about}");
}

#[test]
fn an_answer_stands_in_a_few_lines() {
    let language = Language::En;
    let mut verdict = verdict(Code::ALL[0], "words", language);
    verdict.hypothetical = false;
    verdict.later = None;
    verdict.extent = Extent::Full;
    verdict.question.record = Selector::Identity(Identity {
        authority: "did:web:nqi.example.se".to_owned(),
        issuer: "did:web:lab.example.se".to_owned(),
        id: "urn:uuid:01935fa0-0000-7000-8000-000000000002".to_owned(),
    });
    let because = sentence(&verdict.steps[0], language, Style::Codes);
    let expected = format!(
        "Recognised in SE on 2026-11-23, with conditions still to be met, as transcribed from public texts.\n\
         Record: urn:uuid:01935fa0-0000-7000-8000-000000000002\n\
         Why: {because}\n\
         Ask: +46 8 000 000 00, words, words, words, words, words\n\
         As of: 2026-11-23T08:00:00Z\n\
         Reference: {}\n\
         Computed by: did:web:nqi.example.se\n",
        verdict.reference()
    );
    assert_eq!(
        plain(&verdict, "did:web:nqi.example.se", false, language),
        expected
    );
    let demo = plain(&verdict, "did:web:nqi.example.se", true, language);
    assert!(
        demo.starts_with("DEMO, nothing is real. Recognised"),
        "{demo}"
    );
}

#[test]
fn a_text_is_cut_between_characters() {
    assert_eq!(cut("abcdef", 6), "abcdef");
    assert_eq!(cut("abcdefg", 6), "abc…");
    assert_eq!(cut("яяяя", 7), "яя…");
    assert_eq!(cut("abcd", 2), "");
}
