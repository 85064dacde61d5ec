use super::marked;

#[test]
fn numbers_and_identifiers_are_marked_and_nothing_else_is() {
    let code = |text: &str| format!("<bdi dir=\"ltr\" class=\"code\">{text}</bdi>");
    let did = |text: &str| format!("<bdi dir=\"ltr\" class=\"code did\">{text}</bdi>");
    for (sentence, expected) in [
        (
            "The grant DEMO-CN-LAB-1 was suspended.",
            format!("The grant {} was suspended.", code("DEMO-CN-LAB-1")),
        ),
        // No space stands around it in Chinese.
        (
            "授予DEMO-CN-LAB-1已暂停",
            format!("授予{}已暂停", code("DEMO-CN-LAB-1")),
        ),
        (
            "Lab (did:web:lab.example.se), 2024-0402/2.",
            format!(
                "Lab ({}), {}.",
                did("did:web:lab.example.se"),
                code("2024-0402/2")
            ),
        ),
        // Words with a hyphen, figures and codes without one break nowhere anyhow.
        (
            "co-signed on 15 June 2026, 8516.60 and/or EAL2",
            "co-signed on 15 June 2026, 8516.60 and/or EAL2".to_owned(),
        ),
    ] {
        assert_eq!(marked(sentence), expected);
    }
}

#[test]
fn markup_in_a_sentence_stays_text() {
    let hostile = "<b onclick='x'>\"A-1\" & </b>";
    let expected = "&#60;b onclick=&#39;x&#39;&#62;&#34;<bdi dir=\"ltr\" class=\"code\">A-1</bdi>&#34; &#38; &#60;/b&#62;";
    assert_eq!(marked(hostile), expected);
    assert_eq!(marked(""), "");
    assert_eq!(marked("-- /1/"), "-- /1/");
}
