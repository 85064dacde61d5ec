//! The search beside others, on the same documents, with the same questions, in one run:
//! `COMITY_BESIDE_INDEX=world/index cargo bench --workspace --bench beside`.
//!
//! The documents are those of an index that a node has made (`comity generate world --records N
//! --publish` makes one); they are indexed anew, one engine after the other, by this search, by
//! bare tantivy, by FTS5 of `SQLite` and, where `COMITY_TEST_POSTGRES` names a server, by the full
//! text of `PostgreSQL`. Then each class of questions is asked of each engine in turns.
//!
//! Every answer is the best ten. This search and bare tantivy count all that fit as well, which
//! the other two would need a second pass for; it also reads words as goods, stems and spellings,
//! which none of the others does. What an engine has no answer for is a dash.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    clippy::print_stdout,
    reason = "a bench measures time, fails loudly and prints"
)]

mod beside {
    pub(crate) mod bare;
    pub(crate) mod comity;
    pub(crate) mod documents;
    pub(crate) mod fts5;
    pub(crate) mod postgres;
    pub(crate) mod questions;
}

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use beside::bare::Bare;
use beside::comity::Comity;
use beside::documents::Stored;
use beside::fts5::Fts5;
use beside::postgres::Postgres;
use beside::questions::{CLASSES, Class, Question, questions};

/// Documents that are handed on together.
const BATCH: usize = 5_000;
/// Best hits of each answer.
pub(crate) const HITS: usize = 10;

/// Something that is searched.
pub(crate) trait Engine {
    fn name(&self) -> &'static str;
    /// Takes documents in.
    fn add(&mut self, documents: &[comity_search::Document]);
    /// Makes everything searchable.
    fn finish(&mut self);
    /// How many of the best hits a question has, at most [`HITS`]; nothing where the engine has no
    /// such question.
    fn ask(&mut self, question: &Question) -> Option<usize>;
    /// What it keeps on the disk.
    fn bytes(&mut self) -> u64;
}

fn main() {
    let Ok(index) = std::env::var("COMITY_BESIDE_INDEX") else {
        println!("skipped: COMITY_BESIDE_INDEX names no index of a node");
        return;
    };
    let stored = Stored::open(Path::new(&index));
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let mut engines: Vec<Box<dyn Engine>> = vec![
        Box::new(Comity::new(at("comity"))),
        Box::new(Bare::new(at("bare"))),
        Box::new(Fts5::new(at("fts5"))),
    ];
    match std::env::var("COMITY_TEST_POSTGRES") {
        Ok(url) => engines.push(Box::new(Postgres::new(&url))),
        Err(_) => println!("PostgreSQL is left out: COMITY_TEST_POSTGRES names no server"),
    }
    println!("{} documents\n", stored.count());
    println!("engine       index s   a second   bytes a document");
    for engine in &mut engines {
        let taken = build(engine.as_mut(), &stored);
        let count = stored.count() as f64;
        println!(
            "{:12} {:>7.1} {:>10.0} {:>18.0}",
            engine.name(),
            taken.as_secs_f64(),
            count / taken.as_secs_f64(),
            engine.bytes() as f64 / count
        );
    }
    println!("\nmedian and 99th of a hundred, microseconds");
    let names: Vec<String> = engines
        .iter()
        .map(|engine| format!("{:>22}", engine.name()))
        .collect();
    println!("{:12} {}", "class", names.join(" "));
    let asked = questions(&stored);
    for class in CLASSES {
        let of_class: Vec<&Question> = asked.iter().filter(|one| one.class == class).collect();
        println!("{}", line(class, &of_class, &mut engines));
    }
}

/// Time spent in the engine, not in reading what it is given.
fn build(engine: &mut dyn Engine, stored: &Stored) -> Duration {
    let mut taken = Duration::ZERO;
    stored.batches(BATCH, |documents| {
        let started = Instant::now();
        engine.add(documents);
        taken += started.elapsed();
    });
    let started = Instant::now();
    engine.finish();
    taken + started.elapsed()
}

/// Asks every question of every engine in turns, once to warm up and once for the clock.
fn line(class: Class, questions: &[&Question], engines: &mut [Box<dyn Engine>]) -> String {
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); engines.len()];
    for round in 0..2 {
        for question in questions {
            for (engine, times) in engines.iter_mut().zip(&mut times) {
                let started = Instant::now();
                let found = engine.ask(question);
                let took = started.elapsed();
                if round == 1 && found.is_some() {
                    times.push(took);
                }
            }
        }
    }
    let cells: Vec<String> = times.iter_mut().map(|times| cell(times)).collect();
    format!("{:12} {}", class.name(), cells.join(" "))
}

fn cell(times: &mut [Duration]) -> String {
    if times.is_empty() {
        return format!("{:>22}", "-");
    }
    times.sort_unstable();
    let micros = |time: Duration| time.as_secs_f64() * 1e6;
    let late = (times.len() * 99).div_ceil(100) - 1;
    format!(
        "{:>22}",
        format!(
            "{:.0} / {:.0}",
            micros(times[times.len() / 2]),
            micros(times[late])
        )
    )
}

/// Bytes of the files under a folder.
pub(crate) fn folder_bytes(folder: &PathBuf) -> u64 {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        bytes += entry.unwrap().metadata().unwrap().len();
    }
    bytes
}
