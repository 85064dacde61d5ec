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

#[test]
fn numbers_that_begin_so_come_first_and_goods_as_far_as_there_are_any() {
    let index = Index::in_memory().unwrap();
    let document = |number: u8, printed: &str, hs: &str| Document {
        digest: [number; 32],
        numbers: vec![printed.to_owned()],
        hs: vec![hs.to_owned()],
        parties: vec![Text {
            value: "Riceland".to_owned(),
            ..Text::default()
        }],
        ..Document::default()
    };
    let documents = [
        document(1, "DEMO-JP-2025/11", "8516.60"),
        document(2, "DEMO-JP-2025/12", "8516.60"),
        document(3, "DEMO-KZ-7", "8413.70"),
    ];
    index.apply(&documents, &[]).unwrap();
    index.commit(&BTreeMap::new()).unwrap();
    assert_eq!(
        texts(&index, "demo-jp"),
        ["DEMO-JP-2025/11", "DEMO-JP-2025/12"]
    );
    assert_eq!(texts(&index, "DEMO-JP-2025/12"), ["DEMO-JP-2025/12"]);
    assert!(texts(&index, "demo").is_empty(), "a word like any other");
    let goods = |typed: &str| {
        let found = index.suggest(typed, 10).unwrap();
        let goods = found
            .into_iter()
            .filter(|one| one.kind == SuggestionKind::Goods);
        goods.map(|one| (one.text, one.count)).collect::<Vec<_>>()
    };
    assert!(goods("rice c").contains(&("rice cooker".to_owned(), 2)));
    assert!(goods("рисов").contains(&("рисоварка".to_owned(), 2)));
    assert!(goods("电饭").contains(&("电饭锅".to_owned(), 2)));
    assert!(goods("電飯").contains(&("电饭锅".to_owned(), 2)));
    assert!(goods("центробежный н").contains(&("центробежный насос".to_owned(), 1)));
    assert!(goods("laptop").is_empty(), "no record is of it");
    assert_eq!(texts(&index, "rice").first().unwrap(), "Riceland");
}
