//! The federation of the vectors, read as a stranger would.

use std::sync::Arc;

use comity_model::date::Instant;
use comity_model::record::Record;
use comity_recognition::evidence::EvidenceRecord;
use comity_recognition::federation::FederationView;
use comity_recognition::trust_graph::TrustGraph;
use comity_signature::canonical::{self, Limits};
use comity_signature::data_integrity;

use super::{files_below, folder, frozen};

fn files() -> Vec<String> {
    files_below(&folder().join("federation"))
}

fn examined(file: &str) -> Arc<EvidenceRecord> {
    let bytes = frozen(&format!("federation/{file}"));
    Arc::new(EvidenceRecord::examine(&bytes, Vec::new(), None))
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

#[test]
fn each_is_a_record_in_its_published_form_and_nothing_is_lost_in_reading() {
    assert_eq!(files().len(), 5);
    for file in files() {
        let bytes = frozen(&format!("federation/{file}"));
        let record = Record::check(&bytes).unwrap_or_else(|faults| panic!("{file}: {faults:?}"));
        let document = canonical::check(&bytes, &Limits::default()).unwrap();
        data_integrity::verify(&document).unwrap();
        assert_eq!(data_integrity::published_form(&document), Ok(()), "{file}");
        let mut value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        value.as_object_mut().unwrap().remove("proof");
        assert_eq!(record.to_value(), value, "{file}");
    }
}

#[test]
fn from_the_first_list_follow_the_second_and_nordas_keys() {
    let trust = TrustGraph::build(files().iter().map(|file| examined(file)));
    let pinned = examined("list-1.json").document_multibase.clone();
    let view = FederationView::walk(&pinned, &trust, at("2026-09-01T00:00:00Z"));
    assert_eq!(view.problems, Vec::<String>::new());
    assert_eq!(view.lists.len(), 2);
    assert_eq!(view.valid_until(), Some(at("2027-07-31T23:59:59Z")));
    let norda = view.economy("XN").unwrap();
    assert_eq!(norda.versions.len(), 2);
    assert_eq!(norda.origins(), ["nqi.norda.example/log/2026"]);
    assert!(norda.mirror_key(at("2026-09-01T00:00:00Z")).is_some());
    assert_eq!(norda.terms().unwrap().licence, "CC BY 4.0");
    assert!(view.economy("XS").unwrap().versions.is_empty());
    // Before the second took effect the first stood alone.
    let before = FederationView::walk(&pinned, &trust, at("2026-06-30T23:59:59Z"));
    assert_eq!(before.lists.len(), 1);
    assert_eq!(before.economy("XN").unwrap().versions.len(), 1);
}
