//! What RFC 8785 publishes: its examples and the number table of Appendix B.

use super::super::{Limits, RefusalCode, canonicalise, check, number};

/// Inputs and outputs of the reference test data, and of the RFC's text.
const EXAMPLES: [(&str, &str); 4] = [
    // The file "arrays", set under a name because a record is an object.
    (
        r#"{"root": [ 56, { "d": true, "10": null, "1": [ ] } ]}"#,
        r#"{"root":[56,{"1":[],"10":null,"d":true}]}"#,
    ),
    (
        r#"{ "peach": "This sorting order", "péché": "is wrong according to French",
             "pêche": "but canonicalization MUST", "sin": "ignore locale" }"#,
        r#"{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ignore locale"}"#,
    ),
    (
        r#"{ "1": {"f": {"f": "hi","F": 5} ,"\n": 56.0}, "10": { }, "": "empty", "a": { },
             "111": [ {"e": "yes","E": "no" } ], "A": { } }"#,
        r#"{"":"empty","1":{"\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{"E":"no","e":"yes"}],"A":{},"a":{}}"#,
    ),
    (
        r#"{ "Unnormalized Unicode":"A\u030a" }"#,
        "{\"Unnormalized Unicode\":\"A\u{30a}\"}",
    ),
];

#[test]
fn reference_examples() {
    for (input, output) in EXAMPLES {
        let made = canonicalise(input.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(String::from_utf8(made).unwrap(), output);
        assert!(check(output.as_bytes(), &Limits::default()).is_ok());
    }
}

/// "values" and "weird" carry U+000F and a carriage return, which the profile
/// refuses; with those two replaced they give what the RFC gives.
#[test]
fn reference_examples_with_control_characters() {
    let values = r#"{ "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false] }"#;
    let weird = r#"{ "\u20ac": "Euro Sign", "\r": "Carriage Return", "\u000a": "Newline", "1": "One",
        "\u0080": "Control\u007f", "\ud83d\ude02": "Smiley",
        "\u00f6": "Latin Small Letter O With Diaeresis",
        "\ufb33": "Hebrew Letter Dalet With Dagesh", "</script>": "Browser Challenge" }"#;
    for text in [values, weird] {
        let refusal = canonicalise(text.as_bytes(), &Limits::default()).unwrap_err();
        assert_eq!(refusal.code, RefusalCode::ControlCharacter);
    }
    let values_out = r#"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$_\nA'B\"\\\\\"/"}"#;
    let weird_out = "{\"\\n\":\"Newline\",\" \":\"Carriage Return\",\"1\":\"One\",\"</script>\":\"Browser Challenge\",\"\u{80}\":\"Control\u{7f}\",\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😂\":\"Smiley\",\"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}";
    for (text, output) in [
        (values.replace(r"\u000F", "_"), values_out),
        (weird.replace(r"\r", " "), weird_out),
    ] {
        let made = canonicalise(text.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(String::from_utf8(made).unwrap(), output);
        assert!(check(output.as_bytes(), &Limits::default()).is_ok());
    }
}

/// Appendix B: the bits of a double and how it is written.
const NUMBERS: [(u64, &str); 24] = [
    (0x0000_0000_0000_0000, "0"),
    (0x8000_0000_0000_0000, "0"),
    (0x0000_0000_0000_0001, "5e-324"),
    (0x8000_0000_0000_0001, "-5e-324"),
    (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
    (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
    (0x4340_0000_0000_0000, "9007199254740992"),
    (0xc340_0000_0000_0000, "-9007199254740992"),
    (0x4430_0000_0000_0000, "295147905179352830000"),
    (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
    (0x44b5_2d02_c7e1_4af6, "1e+23"),
    (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
    (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
    (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
    (0x444b_1ae4_d6e2_ef50, "1e+21"),
    (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
    (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
    (0x41b3_de43_5555_5553, "333333333.3333332"),
    (0x41b3_de43_5555_5554, "333333333.33333325"),
    (0x41b3_de43_5555_5555, "333333333.3333333"),
    (0x41b3_de43_5555_5556, "333333333.3333334"),
    (0x41b3_de43_5555_5557, "333333333.33333343"),
    (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
    (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
];

#[test]
fn numbers_of_appendix_b() {
    for (bits, spelled) in NUMBERS {
        let value = f64::from_bits(bits);
        assert_eq!(number::es6(value), spelled, "{bits:016x}");
        let integer = spelled
            .trim_start_matches('-')
            .bytes()
            .all(|byte| byte.is_ascii_digit());
        let expected = if integer && value.abs() > 9_007_199_254_740_991.0 {
            // RFC 8785 spells these; the profile does not let them in.
            Err(RefusalCode::IntegerTooLarge)
        } else {
            Ok(())
        };
        assert_eq!(number::check(spelled), expected, "{spelled}");
    }
    // The table ends with what cannot be written at all.
    assert!(serde_json_canonicalizer::to_string(&f64::INFINITY).is_err());
}
