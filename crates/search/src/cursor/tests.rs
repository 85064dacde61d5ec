use super::{Cursor, Walk};
use crate::error::Error;
use crate::query::{Adopted, Matching, Query, Sort, Way, Ways};

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
    let text = cursor.encode(Walk::of(&query));
    assert_eq!(Cursor::decode(&text, Walk::of(&query)).unwrap(), cursor);
    let smaller = Query {
        limit: 5,
        ..query.clone()
    };
    assert_eq!(Cursor::decode(&text, Walk::of(&smaller)).unwrap(), cursor);
    let other = Query {
        sort: Sort::Newest,
        ..query.clone()
    };
    assert!(matches!(
        Cursor::decode(&text, Walk::of(&other)),
        Err(Error::Cursor)
    ));
    for forged in ["", "AAAA", "%%%", &text[1..], &"A".repeat(5000)] {
        assert!(matches!(
            Cursor::decode(forged, Walk::of(&query)),
            Err(Error::Cursor)
        ));
    }
}

#[test]
fn the_values_of_a_filter_are_a_set() {
    let under = |codes: &[&str]| {
        let mut query = Query::default();
        query.filters.hs.any_of = codes.iter().map(|code| (*code).to_owned()).collect();
        Walk::of(&query)
    };
    assert_eq!(under(&["8516", "8544"]), under(&["8544", "8516", "8544"]));
    assert_ne!(under(&["8516", "8544"]), under(&["8516"]));
}

#[test]
fn a_walk_goes_on_though_the_ways_have_changed_and_not_under_another_name() {
    let named = |name: &str, any_of: Vec<Way>| Query {
        ways: Some(Ways {
            name: name.to_owned(),
            any_of,
            ..Ways::default()
        }),
        ..Query::default()
    };
    let (kz, jp) = (named("KZ", Vec::new()), named("JP", Vec::new()));
    assert_eq!(Walk::of(&kz), Walk::of(&named("KZ", vec![Way::default()])));
    assert_ne!(Walk::of(&kz), Walk::of(&jp));
    assert_ne!(Walk::of(&kz), Walk::of(&Query::default()));
}

#[test]
fn a_walk_ends_where_a_standard_stands_for_others() {
    let standing_for = |others: &[&str]| Query {
        text: "ISO 9001".to_owned(),
        adopted: vec![Adopted {
            typed: "ISO 9001".to_owned(),
            others: others.iter().map(|other| (*other).to_owned()).collect(),
        }],
        ..Query::default()
    };
    let one = Walk::of(&standing_for(&["GB/T 19001"]));
    assert_eq!(one, Walk::of(&standing_for(&["GB/T 19001"])));
    assert_ne!(one, Walk::of(&standing_for(&["GB/T 19001", "EN ISO 9001"])));
}
