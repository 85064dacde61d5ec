use super::{draft, samples};
use crate::fault::Fault;
use crate::record::{Kind, Record};

fn check(record: &Record) -> Result<Record, Vec<Fault>> {
    Record::check(&serde_json::to_vec(&record.to_value()).unwrap())
}

#[test]
fn every_sample_passes_every_check_and_reads_back_equal() {
    for kind in Kind::ALL {
        let samples = samples(kind);
        assert!(samples.len() >= 2, "{kind}");
        for sample in samples {
            assert_eq!(sample.kind(), kind);
            match check(&sample) {
                Ok(read) => assert_eq!(read, sample),
                Err(faults) => panic!("{} {}: {faults:#?}", kind, sample.id),
            }
        }
    }
}

#[test]
fn samples_have_ids_of_their_own_and_speak_several_languages() {
    let all: Vec<Record> = Kind::ALL.into_iter().flat_map(samples).collect();
    let mut ids: Vec<&str> = all.iter().map(|record| record.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all.len());
    for language in ["ar", "en", "fr", "ru", "th", "zh-Hans"] {
        assert!(all.iter().any(|record| record.comity.language == language));
    }
}

/// Whether a letter belongs to the script in which a language is written.
fn is_of_script(language: &str, c: char) -> bool {
    match language {
        "en" | "fr" => c.is_alphabetic() && c <= '\u{24F}',
        "zh-Hans" => ('\u{4E00}'..='\u{9FFF}').contains(&c),
        "ru" => ('\u{400}'..='\u{4FF}').contains(&c),
        "ar" => ('\u{600}'..='\u{6FF}').contains(&c),
        _ => panic!("{language}"),
    }
}

#[test]
fn every_kind_speaks_five_languages_in_their_scripts() {
    for kind in Kind::ALL {
        let samples = samples(kind);
        for language in ["en", "zh-Hans", "ru", "ar", "fr"] {
            let mut spoken = samples
                .iter()
                .filter(|record| record.comity.language == language);
            let found = spoken.any(|record| {
                // Names of standards are Latin everywhere; their titles are not.
                let said = record.to_value()["credentialSubject"].to_string() + &record.name;
                [&record.issuer.name, &said]
                    .into_iter()
                    .all(|text| text.chars().any(|c| is_of_script(language, c)))
            });
            assert!(found, "no {kind} in {language}");
        }
    }
}

#[test]
fn every_body_of_the_samples_is_on_an_example_host() {
    for record in Kind::ALL.into_iter().flat_map(samples) {
        let text = record.to_value().to_string();
        for did in text.split("did:web:").skip(1) {
            let host = did.split(['"', '#', ':']).next().unwrap();
            assert!(host.ends_with(".example"), "{host}");
        }
    }
}

#[test]
fn drafts_of_every_kind_are_valid_and_plainly_to_be_edited() {
    let today = "2028-02-29".parse().unwrap();
    let id = "urn:uuid:01936c00-0000-7000-8000-0000000000aa";
    for kind in Kind::ALL {
        let draft = draft(kind, "did:web:lab.example:testing", id, today);
        assert_eq!(draft.id, id);
        assert_eq!(draft.issuer.id, "did:web:lab.example:testing");
        assert!(draft.name.starts_with("EDIT"));
        if let Err(faults) = check(&draft) {
            panic!("{kind}: {faults:#?}");
        }
    }
}

#[test]
fn a_draft_shows_a_wrong_issuer_as_a_fault() {
    let today = "2026-11-23".parse().unwrap();
    let id = "urn:uuid:01936c00-0000-7000-8000-0000000000aa";
    let faults = draft(Kind::Attestation, "lab.example", id, today).validate();
    let places: Vec<&str> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
    assert_eq!(places, ["/issuer/id"]);
}
