//! Judges the search by queries whose right answers were written down before it was asked
//! (`benches/judgements/README.md`): `cargo bench --workspace --bench judge`.
//!
//! The program itself is run: the demo world, and a node for each register that stands beside the
//! repository. `COMITY_JUDGE_WORLDS=demo` asks of one world only; `COMITY_JUDGE_FAULTS=1` prints
//! each query that was not answered by its rule; `COMITY_JUDGE_PROGRAM` is another build of the
//! program to judge.
//!
//! `COMITY_JUDGE_NODE=http://127.0.0.1:8080` asks a running node of a generated world instead: for each
//! of its goods by name, how much of the first ten is the same in two languages.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    clippy::print_stdout,
    reason = "a bench measures time, fails loudly and prints"
)]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use comity_node::remote::Remote;
use serde_json::Value;

/// Goods of the generated world, with their names in five languages.
const GOODS: &str = include_str!("../src/generate/tables/goods.tsv");
const QUERIES: &str = include_str!("judgements/queries.tsv");
/// The last line that the demo prints before it only serves.
const DEMO_IS_READY: &str = "How programs ask";
/// How deep a right answer is looked for.
const DEPTH: usize = 10;
/// Results asked for: as many as the longest list of right ones.
const RESULTS: &str = "20";

/// A register beside the repository: its world, its folder and file, its map, its day.
const REGISTERS: [(&str, &str, &str, &str); 2] = [
    (
        "cc",
        "cc-seccerts-2023/cc_certificates.csv.gz",
        "cc.toml",
        "2023-11-30",
    ),
    (
        "cmvp",
        "fips-cmvp-2025-12/cmvp_certificates_2025-12-08.csv.gz",
        "cmvp.toml",
        "2025-12-08",
    ),
];

/// One line of the judgements.
struct Judged {
    world: &'static str,
    language: &'static str,
    class: &'static str,
    query: &'static str,
    right: Vec<&'static str>,
    rule: &'static str,
}

/// What came of some queries.
#[derive(Default)]
struct Reached {
    asked: usize,
    by_rule: usize,
    reciprocal: f64,
    among_ten: f64,
    took: Vec<Duration>,
}

/// A program that is stopped when nobody asks it any more.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::main]
async fn main() {
    if let Ok(url) = std::env::var("COMITY_JUDGE_NODE") {
        overlap(&url).await;
        return;
    }
    let only = std::env::var("COMITY_JUDGE_WORLDS").ok();
    let faults = std::env::var("COMITY_JUDGE_FAULTS").is_ok();
    let wanted = |world: &str| {
        only.as_deref()
            .is_none_or(|only| only.split(',').any(|one| one == world))
    };
    let judged = judged();
    let mut tables: BTreeMap<(usize, &str), Reached> = BTreeMap::new();
    let mut ask = async |world: &'static str, url: &str| {
        let remote = Remote::new(url).unwrap();
        for one in judged.iter().filter(|one| one.world == world) {
            let (found, took) = answered(&remote, one.query).await;
            if faults && !one.holds(&found) {
                println!(
                    "{world} {} {} {}: {:?} for {:?}",
                    one.language, one.class, one.query, found, one.right
                );
            }
            for group in [(0, one.world), (1, one.language), (2, one.class)] {
                tables.entry(group).or_default().add(one, &found, took);
            }
        }
    };
    if wanted("demo") {
        let (running, url) = demo();
        ask("demo", &url).await;
        drop(running);
    }
    for (world, file, map, day) in REGISTERS {
        let file = root().join("../shared/data").join(file);
        if !wanted(world) {
            continue;
        }
        if !file.is_file() {
            println!(
                "skipped {world}: no {} beside the repository",
                file.display()
            );
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        let (running, url) = imported(folder.path(), &file, map, day);
        indexed(&url).await;
        ask(world, &url).await;
        drop(running);
    }
    println!("\n             asked  by rule    MRR  R@10    median");
    for ((_, group), reached) in &tables {
        println!("{}", reached.line(group));
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn judged() -> Vec<Judged> {
    let lines = QUERIES.lines().filter(|line| !line.starts_with("# "));
    let read = |line: &'static str| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [world, language, class, query, right, rule] = columns[..] else {
            panic!("not six columns: {line}");
        };
        Judged {
            world,
            language,
            class,
            query,
            right: right.split(" | ").collect(),
            rule,
        }
    };
    lines.map(read).collect()
}

fn comity() -> Command {
    let other = std::env::var("COMITY_JUDGE_PROGRAM");
    Command::new(other.as_deref().unwrap_or(env!("CARGO_BIN_EXE_comity")))
}

/// The demo world and the address of its first node, once all is told to all.
fn demo() -> (Running, String) {
    // What it says goes to either stream.
    let (said, saying) = std::io::pipe().unwrap();
    let mut demo = comity();
    demo.args(["demo", "--listen", "127.0.0.1:0"]);
    demo.stdout(saying.try_clone().unwrap()).stderr(saying);
    let running = Running(demo.spawn().unwrap());
    drop(demo);
    let mut url = None;
    for line in BufReader::new(said).lines() {
        let line = line.unwrap();
        let named = line
            .split_whitespace()
            .find(|word| word.starts_with("http://127.0.0.1:"));
        url = url.or(named.map(str::to_owned));
        if line.contains(DEMO_IS_READY) {
            return (running, url.unwrap());
        }
    }
    panic!("the demo ended before it was ready");
}

/// A node that holds one register.
fn imported(folder: &Path, file: &Path, map: &str, day: &str) -> (Running, String) {
    let place = folder.join("node");
    let begun = comity()
        .args(["node", "init"])
        .arg(&place)
        .args([
            "--economy",
            "XN",
            "--host",
            "nqi.norda.example",
            "--name",
            "Norda",
        ])
        .output()
        .unwrap();
    assert!(begun.status.success(), "{begun:?}");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    let url = format!("http://{address}");
    let mut serve = comity();
    serve
        .args(["node", "serve", "-q"])
        .arg(&place)
        .args(["--listen", &address]);
    serve.stdout(Stdio::null()).stderr(Stdio::null());
    let running = Running(serve.spawn().unwrap());
    while std::net::TcpStream::connect(&address).is_err() {
        std::thread::sleep(Duration::from_millis(50));
    }
    let imported = comity()
        .args([
            "import",
            "csv",
            "-q",
            "--yes",
            "--node",
            &url,
            "--fetched-on",
            day,
            "--key",
        ])
        .arg(place.join("keys/authority.pem"))
        .arg("--map")
        .arg(root().join("docs/import").join(map))
        .arg(file)
        .output()
        .unwrap();
    assert!(
        imported.status.success(),
        "{}",
        String::from_utf8_lossy(&imported.stderr)
    );
    (running, url)
}

/// Waits until a search finds all that the node has logged.
async fn indexed(url: &str) {
    let remote = Remote::new(url).unwrap();
    loop {
        let logs: Value = remote.get("/v1/logs").await.unwrap().json().unwrap();
        let log = &logs["items"][0];
        if log["size"].as_u64() > Some(0) && log["indexed"].as_u64() >= log["size"].as_u64() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// Numbers of the attestations found, best first.
async fn answered(remote: &Remote, query: &str) -> (Vec<String>, Duration) {
    let parameters = [("q", query), ("type", "Attestation"), ("limit", RESULTS)];
    let started = Instant::now();
    let answer = remote.get_with("/v1/records", &parameters).await.unwrap();
    let took = started.elapsed();
    let page: Value = answer.json().unwrap();
    let items = page["items"].as_array();
    let numbers = items.into_iter().flatten().map(|item| {
        let number = item["certificateNumber"].as_str();
        number.unwrap_or_default().to_owned()
    });
    (numbers.collect(), took)
}

/// How much of the first ten is the same for one name in two languages, over all names.
async fn overlap(url: &str) {
    let remote = Remote::new(url).unwrap();
    let (mut shares, mut took, mut least) = (Vec::new(), Vec::new(), Vec::new());
    for line in GOODS.lines().filter(|line| !line.starts_with('#')) {
        let names: Vec<&str> = line.split('\t').skip(3).collect();
        let mut pages = Vec::new();
        for name in &names {
            let (mut numbers, time) = answered(&remote, name).await;
            numbers.truncate(DEPTH);
            pages.push(numbers);
            took.push(time);
        }
        let mut of_name = Vec::new();
        for (place, one) in pages.iter().enumerate() {
            for other in pages.iter().skip(place + 1) {
                let same = one.iter().filter(|number| other.contains(number)).count();
                let most = one.len().max(other.len());
                of_name.push(if most == 0 {
                    1.0
                } else {
                    same as f64 / most as f64
                });
            }
        }
        let mean = of_name.iter().sum::<f64>() / of_name.len() as f64;
        least.push((mean, names[0]));
        shares.extend(of_name);
    }
    least.sort_by(|one, other| one.0.total_cmp(&other.0));
    took.sort_unstable();
    let enough = shares.iter().filter(|share| **share >= 0.8).count();
    println!(
        "{} names in two languages: mean overlap of the first ten {:.3}; 0.8 or more for {:.3}; median {:.2?}",
        shares.len(),
        shares.iter().sum::<f64>() / shares.len() as f64,
        enough as f64 / shares.len() as f64,
        took[took.len() / 2],
    );
    for (mean, name) in least.iter().take(12) {
        println!("  {mean:.2} {name}");
    }
}

impl Judged {
    fn is_right(&self, number: &str) -> bool {
        self.right.contains(&number)
    }

    /// Whether the answer keeps the rule of the query.
    fn holds(&self, found: &[String]) -> bool {
        match self.rule {
            "any" => found.first().is_some_and(|first| self.is_right(first)),
            "all" => self.right.iter().all(|right| {
                let mut first = found.iter().take(self.count_of(found));
                first.any(|number| number == right)
            }),
            "among" => self.right.iter().all(|right| {
                let mut first = found.iter().take(DEPTH);
                first.any(|number| number == right)
            }),
            other => panic!("no rule: {other}"),
        }
    }

    /// How many records carry the right numbers; several may carry one.
    fn count_of(&self, found: &[String]) -> usize {
        let right = found.iter().filter(|number| self.is_right(number)).count();
        right.max(self.right.len())
    }
}

impl Reached {
    fn add(&mut self, judged: &Judged, found: &[String], took: Duration) {
        self.asked += 1;
        self.by_rule += usize::from(judged.holds(found));
        let place = found.iter().position(|number| judged.is_right(number));
        self.reciprocal += place.map_or(0.0, |place| 1.0 / (place as f64 + 1.0));
        let reached = judged.right.iter().filter(|right| {
            let mut first = found.iter().take(DEPTH);
            first.any(|number| number == *right)
        });
        self.among_ten += reached.count() as f64 / judged.right.len().min(DEPTH) as f64;
        self.took.push(took);
    }

    fn line(&self, group: &str) -> String {
        let asked = self.asked as f64;
        let mut took = self.took.clone();
        took.sort_unstable();
        format!(
            "{group:<12} {:>5}  {:>7.3}  {:>5.3} {:>5.3}  {:>7.2?}",
            self.asked,
            self.by_rule as f64 / asked,
            self.reciprocal / asked,
            self.among_ten / asked,
            took[took.len() / 2],
        )
    }
}
