//! Who is hit by a Common Criteria certificate, beside the graph of references as it was published.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::time::Instant;

use comity_model::record::Subject;
use comity_node::impact::{Ground, MAX_RESTING};
use comity_node::recognise::selector;
use comity_recognition::evidence::EvidenceRecord;

use super::world::{COMMON_CRITERIA, World};

/// The certificate on which most rest: 26 directly and 3 more over others, counted apart from this.
const MOST: (&str, usize, usize) = ("BSI-DSZ-CC-0555-2009", 26, 29);

/// Which certificates name which others.
type Graph = BTreeMap<String, BTreeSet<String>>;

/// Asks of every certificate that another rests on.
pub(crate) async fn of_components(world: &World) -> Vec<String> {
    let graph = graph();
    let mut faults = missing_in_study(&graph);
    let started = Instant::now();
    for number in graph.keys() {
        let ground = Ground::Record(selector(number, None));
        let found = world.node().impact(&ground, MAX_RESTING).await.unwrap();
        let resting = found.resting.iter();
        let got: Vec<(String, usize)> = resting
            .map(|one| (number_of(&one.record.evidence), one.depth))
            .collect();
        let expected = reached(&graph, number);
        let got: BTreeMap<String, usize> = got.into_iter().collect();
        if got != expected || found.cut {
            faults.push(format!(
                "who is hit by {number}: expected {expected:?}, got {got:?}"
            ));
        }
        if *number == MOST.0 {
            let direct = got.values().filter(|depth| **depth == 1).count();
            assert_eq!((direct, got.len()), (MOST.1, MOST.2), "{number}");
        }
    }
    eprintln!(
        "who is hit by each of {} certificates: {:?}",
        graph.len(),
        started.elapsed()
    );
    faults
}

fn number_of(record: &EvidenceRecord) -> String {
    match record.record.as_ref().map(|record| &record.subject) {
        Ok(Subject::Attestation(attestation)) => attestation.comity.certificate_number.clone(),
        _ => String::new(),
    }
}

/// For each certificate those whose own row names it.
fn graph() -> Graph {
    let mut graph = Graph::new();
    for row in table("cc_certificates.csv.gz") {
        let (number, named) = (&row["cert_id"], &row["refs"]);
        for of in named.split('|').map(str::trim).filter(|of| !of.is_empty()) {
            graph
                .entry(of.to_owned())
                .or_default()
                .insert(number.clone());
        }
    }
    graph
}

/// Edges that the published study of references does not have; it has more, from elsewhere.
fn missing_in_study(graph: &Graph) -> Vec<String> {
    let pairs = table("cc_references.csv.gz").into_iter();
    let pairs: BTreeSet<(String, String)> = pairs
        .map(|row| (row["references_cert_id"].clone(), row["cert_id"].clone()))
        .collect();
    let edges = graph
        .iter()
        .flat_map(|(of, named)| named.iter().map(move |by| (of.clone(), by.clone())));
    let missing = edges.filter(|edge| !pairs.contains(edge));
    missing
        .map(|(of, by)| format!("{by} rests on {of}: not in the study"))
        .collect()
}

/// The rows of a packed table, by the names of the columns.
fn table(file: &str) -> Vec<BTreeMap<String, String>> {
    let bytes = COMMON_CRITERIA.bytes(file);
    let mut text = String::new();
    let mut unpacked = flate2::read::GzDecoder::new(bytes.as_slice());
    unpacked.read_to_string(&mut text).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

/// Whatever can be reached from a certificate, with the fewest steps to it.
fn reached(graph: &Graph, from: &str) -> BTreeMap<String, usize> {
    let mut reached: BTreeMap<String, usize> = BTreeMap::new();
    let mut ring = BTreeSet::from([from.to_owned()]);
    for depth in 1.. {
        let named: BTreeSet<String> = ring
            .iter()
            .flat_map(|number| graph.get(number).into_iter().flatten())
            .filter(|number| *number != from && !reached.contains_key(*number))
            .cloned()
            .collect();
        if named.is_empty() {
            return reached;
        }
        reached.extend(named.iter().map(|number| (number.clone(), depth)));
        ring = named;
    }
    reached
}
