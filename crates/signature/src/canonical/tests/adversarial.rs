//! Things that somebody would try.

use super::super::{Limits, RefusalCode, canonicalise, check};
use super::{accepted, refusal};

/// A document, the code of its refusal and the pointer of the offender.
type Case = (&'static str, RefusalCode, &'static str);

#[test]
fn refused_for_its_form() {
    let cases: [Case; 25] = [
        ("", RefusalCode::UnexpectedEnd, ""),
        ("{", RefusalCode::UnexpectedEnd, ""),
        (r#"{"a""#, RefusalCode::UnexpectedEnd, ""),
        (r#"{"a":"x"#, RefusalCode::UnexpectedEnd, "/a"),
        (r#"{"a":"x\"#, RefusalCode::UnexpectedEnd, "/a"),
        (r#"{"a":tru"#, RefusalCode::UnexpectedEnd, "/a"),
        ("\u{FEFF}{}", RefusalCode::ByteOrderMark, ""),
        ("{}\n", RefusalCode::Whitespace, ""),
        ("{}{}", RefusalCode::TrailingBytes, ""),
        (" {}", RefusalCode::Whitespace, ""),
        ("{ }", RefusalCode::Whitespace, ""),
        (r#"{"a": 1}"#, RefusalCode::Whitespace, "/a"),
        (r#"{"a":1 }"#, RefusalCode::Whitespace, ""),
        (r#"{"a":[1, 2]}"#, RefusalCode::Whitespace, "/a/1"),
        (r#"{"a":1,}"#, RefusalCode::UnexpectedByte, ""),
        (r#"{"a":[1,]}"#, RefusalCode::UnexpectedByte, "/a/1"),
        (r#"{"a":[,1]}"#, RefusalCode::UnexpectedByte, "/a/0"),
        (r#"{,"a":1}"#, RefusalCode::UnexpectedByte, ""),
        (r"{a:1}", RefusalCode::UnexpectedByte, ""),
        (r#"{"a":True}"#, RefusalCode::UnexpectedByte, "/a"),
        (r#"{"a":nul1}"#, RefusalCode::UnexpectedByte, "/a"),
        (r#"{"a":NaN}"#, RefusalCode::UnexpectedByte, "/a"),
        (r#"{"a":1/**/}"#, RefusalCode::UnexpectedByte, ""),
        ("[]", RefusalCode::NotAnObject, ""),
        (r#""a""#, RefusalCode::NotAnObject, ""),
    ];
    assert_refused(&cases);
}

#[test]
fn refused_for_its_names() {
    let cases: [Case; 7] = [
        (r#"{"b":1,"a":2}"#, RefusalCode::NamesOutOfOrder, "/a"),
        (r#"{"a":1,"a":1}"#, RefusalCode::DuplicateName, "/a"),
        (r#"{"é":1,"é":1}"#, RefusalCode::DuplicateName, "/é"),
        (
            r#"{"x":{"aa":1,"a":2}}"#,
            RefusalCode::NamesOutOfOrder,
            "/x/a",
        ),
        (r#"{"pr\u006fof":1}"#, RefusalCode::EscapeNotMinimal, ""),
        // An escape that sorts by what it means, not by its backslash.
        (r#"{"!":1,"\n":2}"#, RefusalCode::NamesOutOfOrder, "/\n"),
        (r#"{"a\"":1,"a!":1}"#, RefusalCode::NamesOutOfOrder, "/a!"),
    ];
    // The last case: `"` is U+0022 and `!` is U+0021.
    assert_refused(&cases);
    assert!(accepted(
        r#"{"":0,"\t":1,"\n":2,"!":3,"a!":4,"a\"":5,"a\\":6}"#
    ));
}

/// A character beyond U+FFFF sorts by its surrogates, before U+E000 to U+FFFF,
/// though its UTF-8 bytes and its code point are greater.
#[test]
fn surrogate_pairs_sort_before_the_end_of_the_first_plane() {
    assert!(accepted(
        "{\"\u{20AC}\":1,\"\u{1F602}\":1,\"\u{E000}\":1,\"\u{FB33}\":1,\"\u{FFFD}\":1}"
    ));
    for (first, second) in [
        ("\u{FB33}", "\u{1F602}"),
        ("\u{FFFD}", "\u{10000}"),
        ("\u{E000}", "\u{10FFFD}"),
        ("a\u{FF01}", "a\u{1F602}"),
    ] {
        let right = format!(r#"{{"{second}":1,"{first}":1}}"#);
        assert!(accepted(&right), "{right}");
        let by_code_point = format!(r#"{{"{first}":1,"{second}":1}}"#);
        assert_eq!(refusal(&by_code_point).code, RefusalCode::NamesOutOfOrder);
        let made = canonicalise(by_code_point.as_bytes(), &Limits::default());
        assert_eq!(made.unwrap(), right.as_bytes());
    }
}

#[test]
fn refused_for_its_text() {
    let cases: [Case; 26] = [
        (r#"{"a":"\/"}"#, RefusalCode::EscapeNotMinimal, "/a"),
        (r#"{"a":"\u00ab"}"#, RefusalCode::EscapeNotMinimal, "/a"),
        (r#"{"a":"\u00AB"}"#, RefusalCode::EscapeNotMinimal, "/a"),
        (r#"{"a":"\u000a"}"#, RefusalCode::EscapeNotMinimal, "/a"),
        (r#"{"a":"\u0009"}"#, RefusalCode::EscapeNotMinimal, "/a"),
        (r#"{"a":"\u0022"}"#, RefusalCode::EscapeNotMinimal, "/a"),
        (
            r#"{"a":"\ud83d\ude02"}"#,
            RefusalCode::EscapeNotMinimal,
            "/a",
        ),
        (r#"{"a":"\u0000"}"#, RefusalCode::ControlCharacter, "/a"),
        (r#"{"a":"\u001f"}"#, RefusalCode::ControlCharacter, "/a"),
        (r#"{"a":"\u001F"}"#, RefusalCode::ControlCharacter, "/a"),
        (r#"{"a":"\b"}"#, RefusalCode::ControlCharacter, "/a"),
        (r#"{"a":"\f"}"#, RefusalCode::ControlCharacter, "/a"),
        (r#"{"a":"\r"}"#, RefusalCode::ControlCharacter, "/a"),
        ("{\"a\":\"\n\"}", RefusalCode::ControlCharacter, "/a"),
        (
            "{\"a\":\"12345678\t\"}",
            RefusalCode::ControlCharacter,
            "/a",
        ),
        ("{\"a\":\"\0\"}", RefusalCode::ControlCharacter, "/a"),
        (r#"{"a":"\ud800"}"#, RefusalCode::LoneSurrogate, "/a"),
        (r#"{"a":"\udc00\ud800"}"#, RefusalCode::LoneSurrogate, "/a"),
        (r#"{"a":"\ud800\u0041"}"#, RefusalCode::LoneSurrogate, "/a"),
        (r#"{"a":"\ud8"}"#, RefusalCode::InvalidEscape, "/a"),
        (r#"{"a":"\x41"}"#, RefusalCode::InvalidEscape, "/a"),
        (r#"{"a":"\U0041"}"#, RefusalCode::InvalidEscape, "/a"),
        ("{\"a\":\"\u{FFFE}\"}", RefusalCode::Noncharacter, "/a"),
        ("{\"a\":\"\u{FDD0}\"}", RefusalCode::Noncharacter, "/a"),
        ("{\"a\":\"\u{10FFFF}\"}", RefusalCode::Noncharacter, "/a"),
        (r#"{"a":"\uffff"}"#, RefusalCode::Noncharacter, "/a"),
    ];
    assert_refused(&cases);
    assert!(accepted(
        "{\"a\":\"\\n\\t\\\"\\\\/\u{7F}\u{80}\u{FDCF}\u{FDF0}\u{FEFF}\u{FFFD}\u{1FFFD}\u{202E}\"}"
    ));
}

#[test]
fn refused_for_its_bytes() {
    // Overlong slash, encoded surrogate, cut sequence, beyond U+10FFFF,
    // Latin-1.
    let sequences: [&[u8]; 5] = [
        b"\xC0\xAF",
        b"\xED\xA0\x80",
        b"\xE2\x82",
        b"\xF4\x90\x80\x80",
        b"\xE9",
    ];
    for sequence in sequences {
        let bytes = [br#"{"a":["x","#.as_slice(), b"\"", sequence, b"\"]}"].concat();
        let refusal = check(&bytes, &Limits::default()).unwrap_err();
        assert_eq!(refusal.code, RefusalCode::NotUtf8);
        assert_eq!((refusal.offset, refusal.pointer.as_str()), (11, "/a/1"));
        let made = canonicalise(&bytes, &Limits::default()).unwrap_err();
        assert_eq!((made.code, made.offset), (RefusalCode::NotUtf8, 11));
    }
    // An earlier fault is the one that is told.
    let refusal = check(b"{ \"\xFF\":1}", &Limits::default()).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::Whitespace);
    let refusal = check(b"{}\xFF", &Limits::default()).unwrap_err();
    assert_eq!((refusal.code, refusal.offset), (RefusalCode::NotUtf8, 2));
}

#[test]
fn refused_for_its_numbers() {
    let spelling = [
        "-0",
        "01",
        "-01",
        "1.0",
        "1.10",
        "1e2",
        "1E+30",
        "1e30",
        "0.0",
        "-0.0",
        "+1",
        ".5",
        "1.",
        "-",
        "1e",
        "1e+",
        "--1",
        "1-1",
        "0.0000001",
        "1e-06",
        "100e-2",
        "333333333.33333329",
        "00",
    ];
    for token in spelling {
        let refusal = refusal(&format!(r#"{{"a":{token}}}"#));
        let is_number = token.starts_with(['-', '0', '1', '3']);
        let code = if is_number {
            RefusalCode::NumberSpelling
        } else {
            RefusalCode::UnexpectedByte
        };
        assert_eq!((refusal.code, refusal.offset), (code, 5), "{token}");
    }
    for token in [
        "9007199254740992",
        "-9007199254740992",
        "9007199254740993",
        "1424953923781206200000",
    ] {
        let refusal = refusal(&format!(r#"{{"a":{token}}}"#));
        assert_eq!(refusal.code, RefusalCode::IntegerTooLarge, "{token}");
    }
    for token in ["1e400", "-1e400", "1e-400"] {
        let refusal = refusal(&format!(r#"{{"a":{token}}}"#));
        assert_eq!(refusal.code, RefusalCode::NumberOutOfRange, "{token}");
    }
    for token in [
        "0",
        "-1",
        "9007199254740991",
        "-9007199254740991",
        "1e+30",
        "1.5",
        "5e-324",
        "1e-7",
        "0.000001",
    ] {
        assert!(accepted(&format!(r#"{{"a":{token}}}"#)), "{token}");
    }
}

#[test]
fn drafts_may_be_written_freely_but_not_lossily() {
    let made = |text: &str| canonicalise(text.as_bytes(), &Limits::default());
    let free = "\r\n\t{ \"b\" : [ ] , \"a\" : [ 1.50 , -0 , 1E2,{ } ,null, true,false , \"\\/\\u00AB\\ud83d\\ude02\" ] }\n";
    let expected = "{\"a\":[1.5,0,100,{},null,true,false,\"/«😂\"],\"b\":[]}";
    assert_eq!(made(free).unwrap(), expected.as_bytes());

    let cases: [Case; 19] = [
        (
            r#"{"a":1,"b":{"c":1,"c":1}}"#,
            RefusalCode::DuplicateName,
            "/b/c",
        ),
        (r#"{"a":1,"\u0061":1}"#, RefusalCode::DuplicateName, "/a"),
        (
            r#"{"a":9007199254740993}"#,
            RefusalCode::IntegerTooLarge,
            "/a",
        ),
        (
            r#"{"a":9007199254740992.0}"#,
            RefusalCode::IntegerTooLarge,
            "/a",
        ),
        (r#"{"a":1e20}"#, RefusalCode::IntegerTooLarge, "/a"),
        (
            r#"{"a":0.1000000000000000001}"#,
            RefusalCode::NumberLossy,
            "/a",
        ),
        (
            r#"{"a":[3.14159265358979323846]}"#,
            RefusalCode::NumberLossy,
            "/a/0",
        ),
        (r#"{"a":1e400}"#, RefusalCode::NumberOutOfRange, "/a"),
        (r#"{"a":1e-400}"#, RefusalCode::NumberOutOfRange, "/a"),
        (r#"{"a":01}"#, RefusalCode::NumberSpelling, "/a"),
        (r#"{"a":"\u0000"}"#, RefusalCode::ControlCharacter, "/a"),
        (r#"{"a":"\r"}"#, RefusalCode::ControlCharacter, "/a"),
        ("{\"a\":\"\n\"}", RefusalCode::ControlCharacter, "/a"),
        (r#"{"a":"\ud800"}"#, RefusalCode::LoneSurrogate, "/a"),
        (r#"{"a":"\ufffe"}"#, RefusalCode::Noncharacter, "/a"),
        (r#"{"a":"\q"}"#, RefusalCode::InvalidEscape, "/a"),
        (r#"{"a":1} x"#, RefusalCode::TrailingBytes, ""),
        (r#"{"a":1,}"#, RefusalCode::UnexpectedByte, ""),
        ("[1]", RefusalCode::NotAnObject, ""),
    ];
    for (text, code, pointer) in cases {
        let refusal = made(text).unwrap_err();
        assert_eq!(
            (refusal.code, refusal.pointer.as_str()),
            (code, pointer),
            "{text}"
        );
    }
    // Many digits are welcome where they say nothing new.
    assert_eq!(
        made(r#"{"a":0.50000000000000000000}"#).unwrap(),
        br#"{"a":0.5}"#
    );
    assert_eq!(
        made(r#"{"a":1500000000000000000000e-19}"#).unwrap(),
        br#"{"a":150}"#
    );
}

fn assert_refused(cases: &[Case]) {
    for (text, code, pointer) in cases {
        let refusal = refusal(text);
        assert_eq!(
            (refusal.code, refusal.pointer.as_str()),
            (*code, *pointer),
            "{text}"
        );
    }
}
