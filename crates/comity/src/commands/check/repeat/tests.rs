use super::*;

fn answer() -> Value {
    json!({
        "verdict": "recognised",
        "extent": "full",
        "basis": "destinationSigned",
        "question": {"record": {"id": "urn:uuid:1"}, "in": "JP", "on": "2024-05-01",
                     "knownAt": "2026-01-01T00:00:00Z", "fileNumber": "A"},
        "steps": [
            {"n": 1, "step": "integrity", "outcome": "pass", "code": "integrity.ok",
             "evidence": [{"digest": "bb"}, {"digest": "aa"}]},
        ],
        "heads": [{"origin": "nqi.example/log/2026", "size": 7, "root": "cc"}],
        "decisiveStep": 1,
        "policyDigest": "dd",
    })
}

#[test]
fn the_digest_leaves_out_file_number_links_and_sentences() {
    let digest = digest_of(&answer()).unwrap();
    let mut other = answer();
    other["question"]["fileNumber"] = json!("B");
    other["summary"] = json!("words");
    other["steps"][0]["evidence"] = json!([{"digest": "aa", "href": "/x"}, {"digest": "bb"}]);
    assert_eq!(digest_of(&other).unwrap(), digest);
    other["verdict"] = json!("notRecognised");
    assert_ne!(digest_of(&other).unwrap(), digest);
}

#[test]
fn a_question_is_bound_to_the_sizes_of_then() {
    let question = question_of(&answer(), &[], false).unwrap();
    assert_eq!(
        question.pointer("/upTo/nqi.example~1log~12026"),
        Some(&json!(7))
    );
    assert_eq!(
        question.pointer("/knownAt"),
        Some(&json!("2026-01-01T00:00:00Z"))
    );
    let question = question_of(&answer(), &[], true).unwrap();
    assert_eq!(
        (question.get("upTo"), question.get("knownAt")),
        (None, None)
    );
}

#[test]
fn a_number_is_asked_again_with_its_issuer() {
    let mut then = answer();
    then["question"]["record"] =
        json!({"number": {"number": "A-1", "issuer": "did:web:lab.example"}});
    let question = question_of(&then, &[], true).unwrap();
    assert_eq!(question.get("record"), Some(&json!("A-1")));
    assert_eq!(question.get("issuer"), Some(&json!("did:web:lab.example")));
}

#[test]
fn the_step_that_differs_is_named() {
    let mut now = answer();
    now["steps"][0]["code"] = json!("integrity.signature");
    now["verdict"] = json!("notRecognised");
    let told = words(
        &answer(),
        &now,
        None,
        &differing(&answer(), &now),
        Language::En,
    );
    assert!(
        told.contains("step integrity: integrity.ok then, integrity.signature now"),
        "{told}"
    );
    assert!(differing(&answer(), &answer()).is_empty());
}
