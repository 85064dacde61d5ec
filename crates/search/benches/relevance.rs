//! How well the search finds what people judged to be right, and how fast, in one run:
//! `cargo bench --workspace --bench relevance`.
//!
//! The `XQuAD` set (Artetxe et al. 2020) as retrieval: 1,190 questions in each of twelve languages, and the
//! passage of 240 that answers each. Documents and questions go through the very analysis and
//! scoring of the product; nothing is set for this data.

#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use comity_search::{Document, Index, Query, Text, Weight};
use serde::Deserialize;

/// Languages with the share of questions whose passage must stand first, and what BM25 reaches that
/// knows no language.
const LANGUAGES: [(&str, f64, f64); 12] = [
    ("en", 0.93, 0.927),
    ("zh", 0.94, 0.932),
    ("es", 0.92, 0.909),
    ("vi", 0.92, 0.919),
    ("de", 0.88, 0.864),
    ("ro", 0.88, 0.868),
    ("el", 0.87, 0.854),
    ("th", 0.87, 0.845),
    ("tr", 0.85, 0.826),
    ("ar", 0.86, 0.816),
    ("ru", 0.86, 0.801),
    ("hi", 0.75, 0.677),
];
/// How deep a right answer is looked for.
const DEPTH: usize = 10;

#[derive(Deserialize)]
struct Judged {
    passages: Vec<Passage>,
    queries: Vec<Question>,
}

#[derive(Deserialize)]
struct Passage {
    pid: String,
    title: String,
    text: String,
}

#[derive(Deserialize)]
struct Question {
    question: String,
    pid: String,
}

/// What came of the questions of one language.
#[derive(Default)]
struct Reached {
    first: usize,
    among_ten: usize,
    reciprocal: f64,
    asked: usize,
    took: Vec<Duration>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/xquad-retrieval");
    if !folder.is_dir() {
        println!("skipped: no XQuAD beside the repository");
        return Ok(());
    }
    println!("XQuAD    R@1   asked  BM25   R@10   MRR    median   longest");
    for (language, wanted, plain) in LANGUAGES {
        let judged = read(&folder.join(format!("xquad.{language}.json.xz")))?;
        let reached = ask(language, &judged)?;
        println!("{}", line(language, &reached, (wanted, plain)));
    }
    Ok(())
}

fn read(path: &Path) -> Result<Judged, Box<dyn Error>> {
    let unpacked = Command::new("xz").arg("-dc").arg(path).output()?;
    if !unpacked.status.success() {
        return Err(format!("xz cannot unpack {}", path.display()).into());
    }
    Ok(serde_json::from_slice(&unpacked.stdout)?)
}

fn ask(language: &str, judged: &Judged) -> Result<Reached, Box<dyn Error>> {
    let folder = std::env::temp_dir().join(format!("comity-relevance-{}", std::process::id()));
    let index = Index::open(&folder)?;
    let passages = (0_u32..).zip(&judged.passages);
    let documents: Vec<Document> = passages
        .map(|(number, passage)| document(language, number, passage))
        .collect();
    index.apply(&documents, &[])?;
    index.commit(&BTreeMap::new())?;
    let mut reached = Reached::default();
    for question in &judged.queries {
        let query = Query {
            text: question.question.clone(),
            limit: DEPTH,
            ..Query::default()
        };
        let started = Instant::now();
        let page = index.search(&query)?;
        reached.took.push(started.elapsed());
        let place = page.hits.iter().position(|hit| hit.id == question.pid);
        reached.add(place);
    }
    drop(index);
    std::fs::remove_dir_all(&folder)?;
    Ok(reached)
}

fn document(language: &str, number: u32, passage: &Passage) -> Document {
    let text = |value: &str, weight| Text {
        language: Some(language.to_owned()),
        value: value.to_owned(),
        weight,
    };
    let mut digest = [0; 32];
    digest[..4].copy_from_slice(&number.to_be_bytes());
    Document {
        digest,
        id: passage.pid.clone(),
        kind: "Attestation".to_owned(),
        status: "active".to_owned(),
        texts: vec![
            text(&passage.title, Weight::Body),
            text(&passage.text, Weight::Body),
        ],
        ..Document::default()
    }
}

impl Reached {
    fn add(&mut self, place: Option<usize>) {
        self.asked += 1;
        if let Some(place) = place {
            self.first += usize::from(place == 0);
            self.among_ten += 1;
            #[expect(clippy::cast_precision_loss, reason = "it is less than ten")]
            let place = place as f64;
            self.reciprocal += 1.0 / (place + 1.0);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "questions are few")]
fn line(language: &str, reached: &Reached, (wanted, plain): (f64, f64)) -> String {
    let share = |count: usize| count as f64 / reached.asked as f64;
    let mut took = reached.took.clone();
    took.sort_unstable();
    let middle = took.get(took.len() / 2).copied().unwrap_or_default();
    let longest = took.last().copied().unwrap_or_default();
    let first = share(reached.first);
    let mark = if first >= wanted { ' ' } else { '!' };
    format!(
        "{language:<8} {first:.3}{mark} {wanted:.2}   {plain:.3}  {:.3}  {:.3}  {middle:>8.2?} {longest:>8.2?}",
        share(reached.among_ten),
        reached.reciprocal / reached.asked as f64,
    )
}
