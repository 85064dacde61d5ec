//! What holds for any JSON, tried on many.

use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::{prop_assert, prop_assert_eq, proptest};
use serde_json::{Map, Value};

use super::super::text::objection;
use super::super::{Limits, canonicalise, check, to_canonical};

const MAX_INTEGER: f64 = 9_007_199_254_740_991.0;

/// Letters that matter: escapes, both sides of every border, all planes.
fn letter() -> impl Strategy<Value = char> {
    let interesting = [
        '"',
        '\\',
        '/',
        '\n',
        '\t',
        'a',
        'b',
        ' ',
        '\u{7f}',
        '\u{80}',
        'é',
        '\u{7ff}',
        '\u{800}',
        '认',
        '\u{d7ff}',
        '\u{e000}',
        '\u{fb33}',
        '\u{fffd}',
        '\u{10000}',
        '😂',
        '\u{10fffd}',
    ];
    prop_oneof![
        proptest::sample::select(interesting.to_vec()),
        any::<char>().prop_filter("text that records may hold", |letter| {
            objection(u32::from(*letter)).is_none()
        }),
    ]
}

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(letter(), 0..12).prop_map(String::from_iter)
}

/// Doubles whose canonical spelling the profile lets in.
fn double() -> impl Strategy<Value = f64> {
    any::<f64>().prop_filter("a spelling that records may hold", |value| {
        value.is_finite() && (value.abs() <= MAX_INTEGER || value.abs() >= 1e21)
    })
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-9_007_199_254_740_991_i64..=9_007_199_254_740_991).prop_map(Value::from),
        (-1000_i32..1000).prop_map(Value::from),
        double().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::hash_map(text(), inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn object() -> impl Strategy<Value = Value> {
    proptest::collection::hash_map(text(), json(), 0..6)
        .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>()))
}

/// One small change somewhere in the bytes.
#[derive(Clone, Debug)]
enum Change {
    Replace(u8),
    Insert(u8),
    Remove,
    Repeat(usize),
    SwapWithNext,
}

fn change() -> impl Strategy<Value = Change> {
    let byte = || {
        prop_oneof![
            proptest::sample::select(
                b"\"\\{}[],: \n0123456789-+.eEuntf/abc\xC0\xED\xEF\xF4\x80".to_vec()
            ),
            any::<u8>(),
        ]
    };
    prop_oneof![
        byte().prop_map(Change::Replace),
        byte().prop_map(Change::Insert),
        Just(Change::Remove),
        (1_usize..20).prop_map(Change::Repeat),
        Just(Change::SwapWithNext),
    ]
}

fn apply(bytes: &mut Vec<u8>, place: usize, change: &Change) {
    let at = place % bytes.len().max(1);
    match change {
        Change::Replace(byte) => {
            if let Some(here) = bytes.get_mut(at) {
                *here = *byte;
            }
        }
        Change::Insert(byte) => bytes.insert(at, *byte),
        Change::Remove => {
            bytes.remove(at);
        }
        Change::Repeat(length) => {
            let end = (at + length).min(bytes.len());
            let again = bytes[at..end].to_vec();
            bytes.splice(end..end, again);
        }
        Change::SwapWithNext => {
            if at + 1 < bytes.len() {
                bytes.swap(at, at + 1);
            }
        }
    }
}

/// What another parser and another writer say: canonical exactly if the round
/// trip gives the same bytes and the profile lets every value in. `None` where
/// that parser's own rounding of long decimals makes it no judge.
fn oracle(bytes: &[u8]) -> Option<bool> {
    let Ok(value) = serde_json::from_slice::<Value>(bytes) else {
        return Some(false);
    };
    let round_trip = serde_json_canonicalizer::to_vec(&value).is_ok_and(|again| again == bytes);
    let verdict = value.is_object() && round_trip;
    let profile = within_profile(&value)?;
    Some(verdict && profile)
}

fn within_profile(value: &Value) -> Option<bool> {
    let fine = |text: &str| {
        text.chars()
            .all(|letter| objection(u32::from(letter)).is_none())
    };
    match value {
        Value::Null | Value::Bool(_) => Some(true),
        Value::String(text) => Some(fine(text)),
        Value::Number(number) => {
            let double = number.as_f64()?;
            let spelled = number.to_string();
            let digits = spelled.bytes().filter(u8::is_ascii_digit).count();
            if number.is_f64() && digits > 15 {
                return None;
            }
            Some(double.abs() <= MAX_INTEGER || double.abs() >= 1e21)
        }
        Value::Array(values) => values
            .iter()
            .try_fold(true, |all, value| Some(all && within_profile(value)?)),
        Value::Object(members) => members.iter().try_fold(true, |all, (name, value)| {
            Some(all && fine(name) && within_profile(value)?)
        }),
    }
}

proptest! {
    #[test]
    fn what_is_made_canonical_passes(value in object()) {
        let expected = to_canonical(&value).unwrap();
        let compact = serde_json::to_vec(&value).unwrap();
        let pretty = serde_json::to_vec_pretty(&value).unwrap();
        for text in [&compact, &pretty, &expected] {
            let made = canonicalise(text, &Limits::default());
            prop_assert_eq!(made.as_ref(), Ok(&expected));
        }
        prop_assert!(check(&expected, &Limits::default()).is_ok());
    }

    #[test]
    fn check_agrees_with_a_round_trip(
        value in object(),
        changes in proptest::collection::vec((any::<usize>(), change()), 1..3),
    ) {
        let mut bytes = to_canonical(&value).unwrap();
        for (place, change) in &changes {
            if !bytes.is_empty() {
                apply(&mut bytes, *place, change);
            }
        }
        let checked = check(&bytes, &Limits::default());
        if let Some(expected) = oracle(&bytes) {
            prop_assert_eq!(checked.is_ok(), expected, "{}: {:?}", String::from_utf8_lossy(&bytes), checked.err());
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = check(&bytes, &Limits::default());
        let _ = canonicalise(&bytes, &Limits::default());
    }

    #[test]
    fn the_document_without_proof_is_the_document_made_without_it(value in object(), proof in json()) {
        let Value::Object(mut members) = value else { unreachable!("objects only") };
        members.remove("proof");
        let without = to_canonical(&members).unwrap();
        members.insert("proof".to_owned(), proof.clone());
        let with = to_canonical(&members).unwrap();
        let document = check(&with, &Limits::default()).unwrap();
        prop_assert_eq!(document.without_proof(), without);
        let proof = to_canonical(&proof).unwrap();
        prop_assert_eq!(document.proof(), Some(proof.as_slice()));
    }
}
