use super::*;

#[test]
fn the_reason_in_a_list_is_the_one_that_the_node_gives() {
    let list = List::read(b"number,in\nA-1,JP\n", Limits::FILE).unwrap();
    let row = list.rows().first().unwrap();
    let asked = list.asked(row, &Defaults::default()).unwrap();
    let whole = json!({
        "verdict": "notRecognised",
        "because": "已撤销。纸面与记录不一致：编号。",
        "decisiveStep": 1,
        "steps": [
            {"n": 1, "step": "status", "code": "status.withdrawn", "because": "已撤销。"},
            {"n": 2, "step": "product", "code": "product.numberDiffers", "because": "编号不同。",
             "facts": {"differs": "number"}},
        ],
    });
    let answer = answer_of(&asked, &whole, Language::ZhHans);
    assert_eq!(answer.reason, "已撤销。纸面与记录不一致：编号。");
    assert_eq!(answer.code, "status.withdrawn");
}

#[test]
fn a_row_tells_a_warning_in_force_what_came_later_and_look_alikes() {
    let list = List::read(b"number,in\nA-1,JP\n", Limits::FILE).unwrap();
    let asked = list.asked(list.rows().first().unwrap(), &Defaults::default());
    let whole = |state: &str, touch: &str| {
        json!({
            "verdict": "cannotTell", "because": "Not held.", "laterInWords": "Since: withdrawn.",
            "looksLike": [{"number": "A-2", "warned": false}],
            "notices": {"items": [
                {"sort": "confirmationRequest", "state": "active", "touches": ["number"]},
                {"sort": "forgedCertificate", "state": state, "touches": [touch]},
            ]},
        })
    };
    let asked = asked.unwrap();
    let answer = answer_of(&asked, &whole("active", "number"), Language::En);
    assert_eq!(
        answer.reason,
        "A warning about this number is in force: forged certificate. This number looks like A-2, \
         with letters of another alphabet. Not held. Since: withdrawn."
    );
    assert_eq!(
        (answer.warning.as_str(), answer.severity()),
        ("forgedCertificate", 6)
    );
    for (state, touch) in [("withdrawn", "number"), ("active", "issuer")] {
        let answer = answer_of(&asked, &whole(state, touch), Language::En);
        assert_eq!(answer.warning, "", "{state} {touch}");
    }
}
