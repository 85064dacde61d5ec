use super::{MAX_VALUE_BYTES, projected};

#[test]
fn text_is_cut_between_characters() {
    let exact = "x".repeat(MAX_VALUE_BYTES);
    assert_eq!(projected(&exact, MAX_VALUE_BYTES), exact);
    let longer = format!("{exact}x");
    assert_eq!(projected(&longer, MAX_VALUE_BYTES), exact);
    // Three bytes a character: the cut falls before the limit.
    assert_eq!(projected("語語", 5), "語");
    assert_eq!(projected("a\0b", 5), "ab");
    assert_eq!(projected("\0\0\0abc", 2), "ab");
    assert_eq!(projected("", 5), "");
}
