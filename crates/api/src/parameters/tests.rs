use super::{distance, nearest};

#[test]
fn the_nearest_name_is_within_a_third() {
    let known = ["issuer", "holder", "on", "hs"];
    assert_eq!(nearest("isuer", &known), Some("issuer"));
    assert_eq!(nearest("HOLDER", &known), Some("holder"));
    assert_eq!(nearest("colour", &known), None);
    assert_eq!(nearest("hsx", &known), Some("hs"));
}

#[test]
fn distances_are_counted_in_letters() {
    for (left, right, edits) in [
        ("", "", 0),
        ("", "ab", 2),
        ("ab", "", 2),
        ("kitten", "sitting", 3),
        ("ab", "ba", 2),
    ] {
        assert_eq!(distance(left, right), edits, "{left} {right}");
    }
}
