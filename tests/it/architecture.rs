//! The layers of the workspace: which crate may use which, and what may stand in whose sources.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::root;

/// What each crate of ours may use of ours. A new edge is a decision: say why in its commit.
const LAYERS: [(&str, &[&str]); 10] = [
    ("model", &[]),
    ("signature", &[]),
    ("tlog", &[]),
    ("recognition", &["model", "signature", "tlog"]),
    ("store", &["model", "tlog"]),
    ("search", &["model"]),
    (
        "node",
        &[
            "model",
            "signature",
            "tlog",
            "recognition",
            "store",
            "search",
        ],
    ),
    ("api", &["model", "recognition", "node"]),
    ("web", &["model", "recognition", "node"]),
    (
        "comity",
        &[
            "model",
            "signature",
            "tlog",
            "recognition",
            "node",
            "api",
            "web",
        ],
    ),
];

/// Crates that read no clock, file, network, environment or random source.
const PURE: [&str; 4] = ["model", "signature", "tlog", "recognition"];

/// What would make a crate impure.
const IMPURE: [&str; 9] = [
    "std::fs",
    "std::env",
    "std::net",
    "SystemTime",
    "time::Instant",
    "Timestamp::now",
    "getrandom",
    "rand::",
    "tokio",
];

/// Packages of others that one idea is kept behind, and the crates that hold it.
const KEPT_TO: [(&str, &[&str]); 4] = [
    ("sqlx", &["store"]),
    ("tantivy", &["search"]),
    ("axum", &["api", "web"]),
    ("reqwest", &["node"]),
];

/// A module without a question collects dust.
const NAMES_WITHOUT_A_QUESTION: [&str; 7] = [
    "common", "util", "utils", "types", "errors", "client", "helpers",
];

/// Most lines of one source file.
const MAX_LINES: usize = 500;

/// The crates by name, each with its manifest.
fn crates() -> BTreeMap<String, toml::Table> {
    let folders = std::fs::read_dir(root().join("crates")).unwrap();
    let manifests = folders
        .map(|folder| folder.unwrap().path())
        .filter_map(|folder| {
            let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
            let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).ok()?;
            Some((name, manifest.parse().unwrap()))
        });
    manifests.collect()
}

/// The names under one table of a manifest.
fn names<'a>(manifest: &'a toml::Table, table: &str) -> Vec<&'a str> {
    let table = manifest.get(table).and_then(toml::Value::as_table);
    table
        .into_iter()
        .flat_map(|table| table.keys().map(String::as_str))
        .collect()
}

/// Every source file of a crate with its path below the crate; without tests unless asked for.
fn sources(name: &str, with_tests: bool) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        let Ok(entries) = std::fs::read_dir(folder) else {
            return;
        };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let folder = root().join("crates").join(name);
    let mut found = Vec::new();
    walk(&folder.join("src"), &mut found);
    found.sort();
    let files = found.into_iter().map(|path| {
        let text = std::fs::read_to_string(&path).unwrap();
        (path.strip_prefix(&folder).unwrap().to_owned(), text)
    });
    files
        .filter(|(path, _)| with_tests || !is_test(path))
        .collect()
}

/// Whether a source belongs to tests: `tests.rs`, `testing.rs`, or a folder of such a name.
fn is_test(path: &Path) -> bool {
    path.components().any(|part| {
        let part = part.as_os_str().to_str().unwrap_or_default();
        matches!(
            part.trim_end_matches(".rs"),
            "tests" | "testing" | "vectors"
        )
    })
}

/// The lines of a source that are not comments, with their numbers.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text
        .lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line.trim_start()));
    lines.filter(|(_, line)| !line.starts_with("//"))
}

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// What a crate may use, and what that may use, and so on.
fn below<'a>(layers: &BTreeMap<&str, &'a [&'a str]>, name: &str) -> Vec<&'a str> {
    let direct = layers
        .get(name)
        .into_iter()
        .flat_map(|used| used.iter().copied());
    direct
        .flat_map(|used| std::iter::once(used).chain(below(layers, used)))
        .collect()
}

#[test]
fn crates_use_only_those_below_them() {
    let layers = BTreeMap::from(LAYERS);
    let mut faults = Vec::new();
    for (name, manifest) in crates() {
        let Some(allowed) = layers.get(name.as_str()) else {
            faults.push(format!("crates/{name} has no place in the table of layers"));
            continue;
        };
        let package = manifest["package"]["name"].as_str().unwrap();
        let wanted = if name == "comity" {
            name.clone()
        } else {
            format!("comity-{name}")
        };
        if package != wanted {
            faults.push(format!("crates/{name} holds {package} instead of {wanted}"));
        }
        for (table, allowed) in [
            ("dependencies", allowed.to_vec()),
            ("build-dependencies", allowed.to_vec()),
            // Tests may make records and logs with what stands anywhere below.
            ("dev-dependencies", below(&layers, &name)),
        ] {
            for used in names(&manifest, table) {
                let ours = used.strip_prefix("comity-");
                if ours.is_some_and(|ours| !allowed.contains(&ours)) {
                    faults.push(format!("crates/{name} may not use {used} in {table}"));
                }
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn packages_of_others_stay_behind_the_crate_that_owns_the_idea() {
    let mut faults = Vec::new();
    for (name, manifest) in crates() {
        for (package, holders) in KEPT_TO {
            let used = names(&manifest, "dependencies").contains(&package);
            if used && !holders.contains(&name.as_str()) {
                faults.push(format!(
                    "crates/{name} uses {package}, which is for {holders:?}"
                ));
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn every_crate_inherits_the_lints_and_the_dependencies() {
    let mut faults = Vec::new();
    for (name, manifest) in crates() {
        let inherits = |value: Option<&toml::Value>| {
            value.and_then(|value| value.get("workspace")) == Some(&toml::Value::Boolean(true))
        };
        if !inherits(manifest.get("lints")) {
            faults.push(format!(
                "crates/{name} does not inherit the lints of the workspace"
            ));
        }
        for table in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let table = manifest.get(table).and_then(toml::Value::as_table);
            for (package, value) in table.into_iter().flatten() {
                if !inherits(Some(value)) {
                    faults.push(format!(
                        "crates/{name} sets {package} by itself, not in the root"
                    ));
                }
            }
        }
        if root()
            .join("crates")
            .join(&name)
            .join("clippy.toml")
            .exists()
        {
            faults.push(format!(
                "crates/{name}/clippy.toml would replace the root's"
            ));
        }
    }
    assert_none(&faults);
}

#[test]
fn pure_crates_are_pure() {
    let mut faults = Vec::new();
    for name in PURE {
        for (path, text) in sources(name, false) {
            for (at, line) in code(&text) {
                for word in IMPURE.into_iter().filter(|word| line.contains(word)) {
                    faults.push(format!("crates/{name}/{}:{at} has {word}", path.display()));
                }
            }
        }
    }
    assert_none(&faults);
}

/// Where it is measured how long something takes, and what for. No fact depends on it.
const STOPWATCHES: [(&str, &str); 7] = [
    ("crates/api/src/layers.rs", "metrics of answers"),
    ("crates/api/src/unread.rs", "how long a stream may take"),
    (
        "crates/comity/src/demo/processes.rs",
        "how long an end is waited for",
    ),
    (
        "crates/node/src/collect.rs",
        "pauses between two rounds of asking",
    ),
    (
        "crates/node/src/publish/writer.rs",
        "how long mirrors are waited for at the start",
    ),
    (
        "crates/node/src/receipts.rs",
        "how long a receipt is waited for",
    ),
    ("crates/node/src/rounds.rs", "how long a head was shown"),
];

#[test]
fn the_clock_is_read_in_the_node_only() {
    let mut faults = Vec::new();
    for (name, _) in crates() {
        for (path, text) in sources(&name, false) {
            let reads = |line: &str| {
                ["SystemTime::now", "Instant::now", "Timestamp::now"]
                    .iter()
                    .any(|word| line.contains(word))
            };
            let path = format!("crates/{name}/{}", path.display());
            for (at, _) in code(&text).filter(|(_, line)| reads(line)) {
                let measures = STOPWATCHES.iter().any(|(file, _)| *file == path);
                if path != "crates/node/src/clock.rs" && !measures {
                    faults.push(format!(
                        "{path}:{at} reads the clock; take the time as an argument"
                    ));
                }
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn modules_are_named_after_a_question() {
    let mut faults = Vec::new();
    for (name, _) in crates() {
        for (path, _) in sources(&name, true) {
            let parts = path
                .components()
                .map(|part| part.as_os_str().to_str().unwrap());
            for part in parts {
                if NAMES_WITHOUT_A_QUESTION.contains(&part.trim_end_matches(".rs")) {
                    faults.push(format!(
                        "crates/{name}/{}: name what it answers",
                        path.display()
                    ));
                }
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn files_are_short_enough_to_read() {
    let mut faults = Vec::new();
    for (name, _) in crates() {
        for (path, text) in sources(&name, false) {
            let path = format!("crates/{name}/{}", path.display());
            let lines = text.lines().count();
            if lines > MAX_LINES {
                faults.push(format!("{path} has {lines} lines; split it by idea"));
            }
        }
    }
    assert_none(&faults);
}
