use super::{MAX_TRIED, keys};

#[test]
fn characters_printed_alike_are_told_from_each_other() {
    for (typed, printed) in [
        ("LAB2O26OO1", "LAB2026001"),
        ("LAB20260O1", "LAB2026001"),
        ("CBSE48I1", "CBSE4811"),
        ("CBSE481L", "CBSE4811"),
        ("SE5B", "5E58"),
        // Typed on a Cyrillic or Greek keyboard.
        ("\u{421}\u{412}SE4811", "CBSE4811"),
        ("\u{395}\u{39d}1234", "EN1234"),
        // Printed in Cyrillic, typed in Latin.
        ("PTC1234", "\u{420}\u{422}\u{421}1234"),
    ] {
        let found = keys(typed);
        assert!(found.iter().any(|key| key == printed), "{typed}: {found:?}");
    }
}

#[test]
fn one_digit_may_differ_and_two_may_not() {
    let found = keys("LAB2026001");
    assert!(found.iter().any(|key| key == "LAB2027001"));
    assert!(!found.iter().any(|key| key == "LAB2027002"));
    assert!(!found.iter().any(|key| key == "LAB2026001"));
}

#[test]
fn the_work_is_bounded() {
    assert!(keys("O0O").is_empty());
    assert!(keys(&"0".repeat(41)).is_empty());
    for key in ["O0".repeat(20), "\u{41e}I".repeat(20), "0".repeat(40)] {
        let found = keys(&key);
        assert!(!found.is_empty() && found.len() <= MAX_TRIED, "{key}");
    }
}
