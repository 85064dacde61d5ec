use super::Cursor;
use crate::error::Error;
use crate::query::{Matching, Query, Sort};

#[test]
fn a_cursor_is_read_back_only_with_its_query() {
    let query = Query {
        text: "cable".to_owned(),
        ..Query::default()
    };
    let cursor = Cursor {
        matching: Matching::Some,
        key: 77,
        tie: u128::MAX - 5,
    };
    let text = cursor.encode(&query);
    assert_eq!(Cursor::decode(&text, &query).unwrap(), cursor);
    let smaller = Query {
        limit: 5,
        ..query.clone()
    };
    assert_eq!(Cursor::decode(&text, &smaller).unwrap(), cursor);
    let other = Query {
        sort: Sort::Newest,
        ..query.clone()
    };
    assert!(matches!(Cursor::decode(&text, &other), Err(Error::Cursor)));
    for forged in ["", "AAAA", "%%%", &text[1..], &"A".repeat(5000)] {
        assert!(matches!(Cursor::decode(forged, &query), Err(Error::Cursor)));
    }
}
