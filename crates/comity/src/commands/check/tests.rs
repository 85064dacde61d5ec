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
        serde_json::to_value(question).unwrap(),
        json!({"record": "A-1", "in": "KR", "on": "2024-05-01"})
    );
}

#[test]
fn a_record_is_sent_with_the_question_as_it_was_signed() {
    let record = br#"{"credentialSubject":{"a":0.00001,"b":"\""},"id":"urn:uuid:1"}"#;
    let document = |bytes: &[u8]| Document {
        line: 1,
        bytes: bytes.to_vec(),
    };
    let question = of_line("f", &document(record), &base()).unwrap();
    let line = question.line().unwrap();
    let sent = std::str::from_utf8(record).unwrap();
    assert!(line.contains(&format!("\"document\":{sent},")), "{line}");
    assert!(line.contains("\"record\":\"urn:uuid:1\""), "{line}");
    // So does a record inside a question of its own, and the question stays one line.
    let own = format!("{{\n\"in\": \"KR\",\r\n\"document\": {sent}}}");
    let line = of_line("f", &document(own.as_bytes()), &base());
    let line = line.unwrap().line().unwrap();
    assert!(
        line.contains(sent) && !line.contains(['\n', '\r']),
        "{line}"
    );
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
