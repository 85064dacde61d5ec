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
