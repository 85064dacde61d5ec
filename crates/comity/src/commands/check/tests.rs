use super::*;

fn base() -> Value {
    json!({"in": "JP", "on": "2024-05-01"})
}

#[test]
fn verdicts_have_exits() {
    let exit = |verdict: &str| exit_of(&json!({"verdict": verdict})).code();
    assert_eq!(
        [
            "recognised",
            "recognisedWithConditions",
            "resultsOnly",
            "notRecognised",
            "cannotTell"
        ]
        .map(exit),
        [0, 0, 1, 1, 3]
    );
    assert_eq!(exit_of(&json!({"problem": {"status": 400}})), Exit::Usage);
    assert_eq!(exit_of(&json!({})), Exit::Unreachable);
}

#[test]
fn a_line_may_be_a_question_of_its_own() {
    let document = Document {
        line: 3,
        bytes: br#"{"record":"A-1","in":"KR"}"#.to_vec(),
    };
    let question = of_line("-", &document, &base()).unwrap();
    assert_eq!(
        question,
        json!({"record": "A-1", "in": "KR", "on": "2024-05-01"})
    );
}

#[test]
fn a_record_is_sent_with_the_question_as_it_was_signed() {
    let record = br#"{"credentialSubject":{},"id":"urn:uuid:1"}"#;
    let document = |bytes: &[u8]| Document {
        line: 1,
        bytes: bytes.to_vec(),
    };
    let question = of_line("f", &document(record), &base()).unwrap();
    assert_eq!(question.pointer("/record"), Some(&json!("urn:uuid:1")));
    assert!(question.pointer("/document/credentialSubject").is_some());
    let pretty = br#"{ "credentialSubject":{},"id":"urn:uuid:1"}"#;
    assert!(of_line("f", &document(pretty), &base()).is_err());
}

#[test]
fn without_a_name_the_assumed_attestation_is_asked_about() {
    let types = Kind::Attestation.types();
    let draft = json!({"id": "urn:uuid:1", "type": types});
    assert_eq!(
        assumed_record(&[json!({"type": ["x"]}), draft]).unwrap(),
        "urn:uuid:1"
    );
    assert!(assumed_record(&[]).is_err());
}
