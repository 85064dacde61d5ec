//! What is joined and cut admits no less.

use super::*;

fn way(by: Option<&str>, terms: Terms) -> Way {
    Way {
        sides: by.map(|did| BTreeSet::from([Side::Authority(did.to_owned())])),
        terms,
    }
}

fn to(scheme: &str) -> Terms {
    Terms {
        schemes: BTreeSet::from([scheme.to_owned()]),
        ..Terms::default()
    }
}

#[test]
fn ways_that_ask_the_same_are_one() {
    let all = joined([
        way(Some("did:web:a.example"), to("cc")),
        way(Some("did:web:b.example"), to("cc")),
        way(Some("did:web:a.example"), to("cb")),
        way(None, to("cb")),
    ]);
    let sides: Vec<_> = all
        .iter()
        .map(|way| way.sides.as_ref().map(BTreeSet::len))
        .collect();
    assert_eq!(sides, [None, Some(2)]);
}

#[test]
fn nobody_is_no_way() {
    let nobody = Way {
        sides: Some(BTreeSet::new()),
        terms: Terms::default(),
    };
    assert_eq!(joined([nobody]), []);
}

#[test]
fn beyond_the_limit_only_sides_are_asked() {
    let many = (0..MAX_WAYS + 10).map(|number| {
        let did = format!("did:web:a{number}.example");
        way(Some(&did), to(&format!("s{number:04}")))
    });
    let all = joined(many);
    assert_eq!(all.len(), MAX_WAYS + 1);
    let rest = all.iter().find(|way| way.terms == Terms::default());
    let sides = rest.unwrap().sides.as_ref().unwrap();
    assert_eq!(sides.len(), 10);
}

#[test]
fn a_list_that_is_too_long_restricts_nothing() {
    let schemes = (0..=MAX_VALUES).map(|number| number.to_string()).collect();
    let terms = Terms {
        schemes,
        ..to("cc")
    };
    let [only] = &joined([way(None, terms)])[..] else {
        panic!("one way was given");
    };
    assert_eq!(only.terms, Terms::default());
}
