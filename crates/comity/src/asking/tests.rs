use serde_json::json;

use super::*;

#[test]
fn a_problem_is_told_with_each_fault_once() {
    let problem = json!({
        "title": "The record breaks a rule",
        "detail": "2 members are wrong",
        "errors": [
            {"pointer": "/issuer/id", "code": "did", "detail": "expected a DID"},
            {"pointer": "", "code": "tooLarge", "detail": "at most 10 bytes"},
        ],
    });
    assert_eq!(
        describe(&problem),
        "The record breaks a rule: 2 members are wrong\n  /issuer/id: expected a DID\n  \
         the document: at most 10 bytes"
    );
    assert_eq!(describe(&json!({"detail": "no"})), "no");
    assert_eq!(describe(&Value::Null), "");
}

#[test]
fn statuses_have_exits() {
    let exits: Vec<u8> = [200, 400, 404, 403, 422, 500, 502, 503]
        .map(|status| exit_of_status(status).code())
        .into();
    assert_eq!(exits, [0, 2, 1, 5, 5, 4, 4, 5]);
}
