use super::Uri;

const WHOLE: &str = "pkcs11:token=lab;object=signing%20key;id=%01%ab;type=private\
    ?module-path=/usr/lib/x.so&pin-source=file:/etc/comity/pin&comity-did=did:web:lab.example";

fn refusal(text: &str) -> String {
    Uri::parse(text).unwrap_err().to_string()
}

#[test]
fn every_part_is_read() {
    let expected = Uri {
        token: Some("lab".to_owned()),
        serial: None,
        object: Some("signing key".to_owned()),
        id: Some(vec![0x01, 0xab]),
        module_path: "/usr/lib/x.so".into(),
        pin_source: "/etc/comity/pin".into(),
        did: "did:web:lab.example".to_owned(),
    };
    assert_eq!(Uri::parse(WHOLE).unwrap(), expected);
}

#[test]
fn what_is_missing_or_not_understood_is_named() {
    for (from, to, words) in [
        ("token=lab;", "", "no token"),
        ("object=signing%20key;id=%01%ab;", "", "no object"),
        ("module-path=/usr/lib/x.so&", "", "no library"),
        ("/usr/lib/x.so", "x.so", "no library by its whole path"),
        (
            "pin-source=file:/etc/comity/pin&",
            "",
            "no file with the PIN",
        ),
        ("&comity-did=did:web:lab.example", "", "whose it is"),
        ("did:web:lab", "did:key:lab", "whose it is"),
        ("token=lab", "token=lab;token=other", "token stands twice"),
        (
            "type=private",
            "type=public",
            "the type of the key is not understood",
        ),
        (
            "type=private",
            "slot-id=1",
            "slot-id of the key is not understood",
        ),
        ("%20", "%2", "object in the key is not percent-encoded"),
        ("%20", "%ff", "object in the key is no text"),
        (";type=private", ";private", "no NAME=VALUE"),
    ] {
        assert!(WHOLE.contains(from), "{from}");
        let said = refusal(&WHOLE.replace(from, to));
        assert!(said.contains(words), "{to}: {said}");
    }
}

#[test]
fn a_pin_on_the_command_line_is_refused_and_not_repeated() {
    let said = refusal(&WHOLE.replace("pin-source=file:/etc/comity/pin", "pin-value=5678"));
    assert!(said.contains("read by everybody"), "{said}");
    assert!(!said.contains("5678"), "{said}");
}

#[test]
fn what_may_be_a_pin_is_never_repeated() {
    for misspelled in [
        "pin-vlaue=5678",
        "Pin-Value=5678",
        "pin-value5678",
        "5678=x",
        "pin-value%3D5678=1",
    ] {
        let said = refusal(&WHOLE.replace("pin-source=file:/etc/comity/pin", misspelled));
        assert!(!said.contains("5678"), "{misspelled}: {said}");
        assert!(said.contains("of the key is"), "{misspelled}: {said}");
    }
}
