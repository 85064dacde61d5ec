use super::{MAX_DID_BYTES, check, split_verification_method};

#[test]
fn names_that_records_use() {
    for did in [
        "did:web:lab.example",
        "did:web:node.example:cab:atl",
        "did:web:xn--fiqs8s.example:a-1:2",
        "did:web:localhost",
        "did:web:1a.2b:-",
    ] {
        assert_eq!(check(did), Ok(()), "{did}");
    }
}

#[test]
fn names_that_records_do_not_use() {
    for did in [
        "",
        "did:web:",
        "did:key:z6Mk",
        "DID:web:lab.example",
        "did:web:Lab.example",
        "did:web:lab.example%3A8080",
        "did:web:lab.example:",
        "did:web:lab.example::a",
        "did:web:lab.example:A",
        "did:web:lab.example:a_b",
        "did:web:lab.example:a.b",
        "did:web:lab..example",
        "did:web:.example",
        "did:web:lab.example.",
        "did:web:-lab.example",
        "did:web:lab-.example",
        "did:web:läb.example",
        "did:web:127.0.0.1",
        "did:web:lab.example/path",
        "did:web:lab.example#key",
        "did:web:lab.example\n",
    ] {
        assert!(check(did).is_err(), "{did}");
    }
}

#[test]
fn length_at_the_limit_and_one_beyond() {
    let head = "did:web:lab.example:";
    let at_limit = format!("{head}{}", "a".repeat(MAX_DID_BYTES - head.len()));
    assert_eq!(check(&at_limit), Ok(()));
    assert!(check(&format!("{at_limit}a")).is_err());

    assert!(check(&format!("did:web:{}.example", "a".repeat(63))).is_ok());
    assert!(check(&format!("did:web:{}.example", "a".repeat(64))).is_err());
}

#[test]
fn verification_methods_divide_at_their_one_hash() {
    let divided = split_verification_method("did:web:lab.example#z6Mk");
    assert_eq!(divided, Some(("did:web:lab.example", "z6Mk")));
    for method in ["did:web:lab.example", "#z6Mk", "did:web:a#", "a#b#c", ""] {
        assert_eq!(split_verification_method(method), None, "{method}");
    }
}
