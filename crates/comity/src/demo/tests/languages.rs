//! The same question in five languages finds the same certificates.

use std::collections::BTreeSet;

use comity_model::record::Kind;
use comity_node::Node;
use comity_node::search::{Condition, Property, SearchRequest};

use super::asking;

/// Goods that the demo has papers of, as people of five languages call them.
const QUESTIONS: [[&str; 5]; 10] = [
    [
        "rice cooker",
        "电饭煲",
        "рисоварка",
        "طباخة أرز",
        "cuiseur à riz",
    ],
    [
        "electric kettle",
        "电热水壶",
        "электрочайник",
        "غلاية كهربائية",
        "bouilloire électrique",
    ],
    [
        "fan heater",
        "暖风机",
        "тепловентилятор",
        "مدفأة كهربائية",
        "radiateur soufflant",
    ],
    ["hair dryer", "电吹风", "фен", "مجفف شعر", "sèche-cheveux"],
    ["toaster", "烤面包机", "тостер", "محمصة خبز", "grille-pain"],
    ["electric iron", "电熨斗", "утюг", "مكواة", "fer à repasser"],
    [
        "centrifugal pump",
        "离心泵",
        "центробежный насос",
        "مضخة طرد مركزي",
        "pompe centrifuge",
    ],
    ["toy", "玩具", "игрушка", "لعبة", "jouet"],
    [
        "air conditioner",
        "空调",
        "кондиционер",
        "مكيف هواء",
        "climatiseur",
    ],
    [
        "coffee maker",
        "咖啡机",
        "кофеварка",
        "صانعة قهوة",
        "cafetière électrique",
    ],
];
/// How many hits are compared.
const FIRST: usize = 10;
/// Least share of the hits of one language that every other one finds too, in percent.
const LEAST_SHARED: usize = 80;

async fn found(node: &Node, text: &str) -> BTreeSet<[u8; 32]> {
    let request = SearchRequest {
        text: text.to_owned(),
        conditions: vec![Condition {
            property: Property::Kind,
            value: Kind::Attestation.name().to_owned(),
            unwanted: false,
        }],
        limit: FIRST,
        ..SearchRequest::default()
    };
    let page = node.find(request).await.unwrap();
    page.hits.into_iter().map(|hit| hit.row.digest).collect()
}

#[test]
fn the_same_question_in_five_languages_finds_the_same_certificates() {
    asking(async |world| {
        let node = &world.nodes().first().unwrap().node;
        let mut answered = 0;
        let mut faults = Vec::new();
        for question in QUESTIONS {
            let mut answers = Vec::new();
            for text in question {
                answers.push(found(node, text).await);
            }
            let counts: Vec<_> = answers.iter().map(BTreeSet::len).collect();
            eprintln!("{}: {counts:?} certificates", question[0]);
            answered += usize::from(counts.iter().any(|count| *count > 0));
            for (text, one) in question.iter().zip(&answers) {
                for (other_text, other) in question.iter().zip(&answers) {
                    let shared = one.intersection(other).count();
                    if shared * 100 < LEAST_SHARED * one.len().max(other.len()) {
                        let (own, others) = (one.len(), other.len());
                        faults.push(format!(
                            "{text}: {own}, {other_text}: {others}, both: {shared}"
                        ));
                    }
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        assert_eq!(answered, QUESTIONS.len(), "the demo has papers of each");
    });
}
