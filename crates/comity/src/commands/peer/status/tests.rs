use super::*;

#[test]
fn a_log_without_a_number_of_lines_cannot_have_enough() {
    let log = |needed: Value| {
        let mut log = json!({"mode": "mirror", "ageSeconds": 3_600, "quorum": false});
        if !needed.is_null() {
            log["needed"] = needed;
        }
        lacks_quorum(&log)
    };
    assert!(log(json!(2)));
    assert!(log(Value::Null), "nobody is named who could date it");
    assert!(!log(json!(0)), "it dates itself");
}
