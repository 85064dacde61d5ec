use std::collections::BTreeMap;

use super::{MAX_SUGGESTIONS, SuggestionKind};
use crate::document::{Document, Text};
use crate::index::Index;

fn index() -> Index {
    let index = Index::in_memory().unwrap();
    let document = |number: u8, name: &str, standard: &str| Document {
        digest: [number; 32],
        parties: vec![Text {
            value: name.to_owned(),
            ..Text::default()
        }],
        standards: vec![standard.to_owned()],
        ..Document::default()
    };
    let documents = [
        document(1, "Änder Cable Works", "ISO 9001:2015"),
        document(2, "Änder Cable Works", "ISO 9001:2008"),
        document(3, "Кабельный завод", "ISO/IEC 17025:2017"),
    ];
    index.apply(&documents, &[]).unwrap();
    index.commit(&BTreeMap::new()).unwrap();
    index
}

fn texts(index: &Index, prefix: &str) -> Vec<String> {
    let suggestions = index.suggest(prefix, 10).unwrap();
    suggestions.into_iter().map(|found| found.text).collect()
}

#[test]
fn names_and_standards_are_completed() {
    let index = index();
    assert_eq!(texts(&index, "and"), ["Änder Cable Works"]);
    assert_eq!(texts(&index, "cable w"), ["Änder Cable Works"]);
    assert_eq!(texts(&index, "КАБ"), ["Кабельный завод"]);
    assert_eq!(texts(&index, "iso"), ["ISO 9001", "ISO/IEC 17025"]);
    assert_eq!(texts(&index, "170"), ["ISO/IEC 17025"]);
    let best = index.suggest("iso 9", MAX_SUGGESTIONS + 1).unwrap();
    assert_eq!(best.len(), 1);
    assert_eq!(best[0].kind, SuggestionKind::Standard);
    assert_eq!(best[0].count, 2);
    assert!(texts(&index, "").is_empty());
    assert!(texts(&index, "\u{1}\u{1f}p").is_empty());
    assert_eq!(index.suggest("iso", 1).unwrap().len(), 1);
}
