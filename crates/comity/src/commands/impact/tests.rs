use serde_json::json;

use super::*;
use crate::context::test_context;

#[test]
fn an_unknown_name_ends_as_what_cannot_be_told_and_an_untouched_one_as_no() {
    let context = test_context();
    let one = [json!({"depth": 1})];
    for (known, found, exit) in [
        (json!(true), &one[..], Exit::Done),
        (json!(true), &[][..], Exit::No),
        (json!(false), &[][..], Exit::CannotTell),
        // Of an older node.
        (Value::Null, &[][..], Exit::No),
    ] {
        let answer = json!({"items": found, "known": known});
        assert_eq!(ended(&answer, found, &context), exit, "{answer}");
    }
}
