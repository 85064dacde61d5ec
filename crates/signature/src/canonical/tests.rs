//! Canonical or refused, and why.

mod adversarial;
mod limits;
mod properties;
mod rfc8785;

use super::{Limits, Refusal, RefusalCode, check, items, members, plain_string, to_canonical};

fn refusal(text: &str) -> Refusal {
    match check(text.as_bytes(), &Limits::default()) {
        Ok(_) => panic!("accepted: {text}"),
        Err(refusal) => refusal,
    }
}

fn accepted(text: &str) -> bool {
    check(text.as_bytes(), &Limits::default()).is_ok()
}

#[test]
fn refusals_name_place_and_remedy() {
    let refusal = refusal(r#"{"a":[{"b/c~":[0,1.0]}]}"#);
    assert_eq!(refusal.pointer, "/a/0/b~1c~0/1");
    assert_eq!(refusal.offset, 17);
    assert_eq!(refusal.code, RefusalCode::NumberSpelling);
    assert_eq!(refusal.code.as_str(), "numberSpelling");
    let sentence = "a number not spelled as RFC 8785 has it at byte 17, in /a/0/b~1c~0/1: \
                    write the document in canonical form (RFC 8785)";
    assert_eq!(refusal.to_string(), sentence);
}

#[test]
fn the_root_is_named_in_words() {
    let sentence = refusal("[]").to_string();
    assert!(sentence.contains("in the document itself"), "{sentence}");
}

#[test]
fn documents_know_their_context_and_proof() {
    let text = r#"{"@context":["x"],"a":{"proof":1},"proof":{"b":"\"}"},"z":0}"#;
    let document = check(text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(document.bytes(), text.as_bytes());
    assert_eq!(document.context(), Some(br#"["x"]"#.as_slice()));
    assert_eq!(document.proof(), Some(br#"{"b":"\"}"}"#.as_slice()));

    let bare = check(b"{}", &Limits::default()).unwrap();
    assert_eq!((bare.context(), bare.proof()), (None, None));
    assert_eq!(bare.without_proof(), b"{}");
}

#[test]
fn members_and_items_are_slices_of_the_bytes() {
    let object = br#"{"a":[1,{"x":"]}"}],"b":"q\"","c":{},"d":-1.5e-7}"#;
    let found: Vec<_> = members(object)
        .map(|member| (member.name, member.value))
        .collect();
    assert_eq!(
        found,
        [
            (b"a".as_slice(), br#"[1,{"x":"]}"}]"#.as_slice()),
            (b"b", br#""q\"""#),
            (b"c", b"{}"),
            (b"d", b"-1.5e-7"),
        ]
    );
    let array = br#"[1,{"x":"]}"},[],null,"a,b"]"#;
    let expected: [&[u8]; 5] = [b"1", br#"{"x":"]}"}"#, b"[]", b"null", br#""a,b""#];
    assert_eq!(items(array).collect::<Vec<_>>(), expected);
    assert_eq!(items(b"[]").count(), 0);
    assert_eq!(items(b"{}").count(), 0);
    assert_eq!(members(b"{}").count(), 0);
    assert_eq!(members(b"[1]").count(), 0);
    assert_eq!(plain_string(br#""abc""#), Some("abc"));
    assert_eq!(plain_string(br#""a\nc""#), None);
    assert_eq!(plain_string(b"1"), None);
}

#[test]
fn walking_over_other_bytes_ends_quietly() {
    for bytes in [
        "{\"a", "{\"a\":", "{\"a\":[", "[", "[1", "[\"\\", "[}", "{\"a\"}", "",
    ] {
        let _ = members(bytes.as_bytes()).count();
        let _ = items(bytes.as_bytes()).count();
    }
}

#[test]
fn our_own_values_are_written_canonically() {
    let value = serde_json::json!({"b": 1, "a": ["\u{e9}", 1.50]});
    assert_eq!(
        to_canonical(&value).unwrap(),
        r#"{"a":["é",1.5],"b":1}"#.as_bytes()
    );
    let keyed_by_pairs = std::collections::BTreeMap::from([((1, 2), 3)]);
    assert!(to_canonical(&keyed_by_pairs).is_err());
}
