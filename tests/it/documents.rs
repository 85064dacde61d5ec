//! The documents keep what they say: links lead somewhere, files, types and commands exist,
//! examples are those of the vectors.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::format_vectors::frozen;
use crate::root;

/// Folders that hold nothing of ours.
fn is_foreign(name: &str) -> bool {
    name == ".git" || name == "node_modules" || name.starts_with("target")
}

/// Every file below the root with one of these extensions, by path below the root.
fn files(extensions: &[&str]) -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path
                .file_name()
                .unwrap()
                .to_str()
                .unwrap_or_default()
                .to_owned();
            if path.is_dir() && !is_foreign(&name) {
                walk(&path, found);
            } else if path.is_file() {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root(), &mut found);
    let has_extension = |path: &PathBuf| {
        let extension = path.extension().and_then(|extension| extension.to_str());
        extension.is_some_and(|extension| extensions.contains(&extension))
    };
    let found = found.into_iter().filter(has_extension);
    let mut found: Vec<_> = found
        .map(|path| path.strip_prefix(root()).unwrap().to_owned())
        .collect();
    found.sort();
    found
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// A document in its parts: what stands in fences, and in single backticks outside of them.
#[derive(Default)]
struct Parts {
    fenced_lines: Vec<String>,
    quoted: Vec<String>,
    prose: String,
}

fn parts(text: &str) -> Parts {
    let mut parts = Parts::default();
    let mut fenced = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if fenced {
            parts.fenced_lines.push(line.to_owned());
        } else {
            parts
                .quoted
                .extend(line.split('`').skip(1).step_by(2).map(str::to_owned));
            parts.prose.push_str(line);
            parts.prose.push('\n');
        }
    }
    parts
}

#[test]
fn every_relative_link_leads_somewhere() {
    let mut faults = Vec::new();
    for document in files(&["md"]) {
        let text = parts(&read(&document)).prose;
        let targets = text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next());
        for target in targets {
            let path = target.split('#').next().unwrap_or_default();
            let absolute = ["https:", "http:", "mailto:"]
                .iter()
                .any(|scheme| path.starts_with(scheme));
            if path.is_empty() || absolute {
                continue;
            }
            let folder = root().join(&document).parent().unwrap().to_owned();
            if !folder.join(path).exists() {
                faults.push(format!("{}: {target} is not there", document.display()));
            }
        }
    }
    assert_none(&faults);
}

/// Folders of the repository: what begins with one of them in backticks is a path.
const FOLDERS: [&str; 8] = [
    "crates/",
    "docs/",
    "tests/",
    "migrations/",
    "schemas/",
    "demo/",
    ".ci/",
    "benches/",
];

#[test]
fn every_path_named_exists() {
    let mut faults = Vec::new();
    for document in files(&["md"]) {
        for quoted in parts(&read(&document)).quoted {
            let path = quoted.split_whitespace().next().unwrap_or_default();
            let is_path = FOLDERS.iter().any(|folder| path.starts_with(folder));
            // `schemas/<kind>.json` and `crates/*/src` name a pattern; their folder must exist.
            let known = path.split(['*', '<', '{', '…']).next().unwrap_or_default();
            let known = if known == path {
                path
            } else {
                known.rsplit_once('/').map_or("", |(folder, _)| folder)
            };
            if is_path && !root().join(known).exists() {
                faults.push(format!("{}: {path} is not there", document.display()));
            }
        }
    }
    assert_none(&faults);
}

/// A test that a table names: its document, the file, the function.
fn tests_named(document: &str) -> Vec<(String, String)> {
    let mut named = Vec::new();
    for row in read(Path::new(document)).lines() {
        let mut file = None;
        for quoted in row.split('`').skip(1).step_by(2) {
            if has_ending(quoted, "rs") {
                file = Some(quoted.to_owned());
            } else if let Some(file) = &file {
                named.push((file.clone(), quoted.to_owned()));
            }
        }
    }
    named
}

fn has_ending(path: &str, ending: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|found| found == ending)
}

/// The functions of a file that are tests.
fn tests_in(file: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string(root().join(file)).unwrap_or_default();
    let mut tests = BTreeSet::new();
    let mut marked = false;
    for line in text.lines().map(str::trim) {
        if line == "#[test]" || line.starts_with("#[tokio::test") {
            marked = true;
        } else if let Some((_, rest)) = line.split_once("fn ") {
            if marked {
                tests.extend(rest.split(['(', '<']).next().map(str::to_owned));
            }
            marked = false;
        }
    }
    tests
}

#[test]
fn every_attack_names_a_test_that_exists_or_says_why_not() {
    let document = "docs/security.md";
    let mut faults = Vec::new();
    let named = tests_named(document);
    assert!(named.len() >= 40, "the table names {} tests", named.len());
    for (file, test) in named {
        if !tests_in(&file).contains(&test) {
            faults.push(format!("{document}: {file} has no test {test}"));
        }
    }
    let text = read(Path::new(document));
    let rows = text
        .lines()
        .filter(|line| line.starts_with("| ") && line.ends_with(" |"));
    for row in rows {
        let held_by = row.trim_end_matches(" |").rsplit(" | ").next();
        let held_by = held_by.unwrap_or_default();
        // The heading; a test; or a whole sentence.
        if held_by != "held by" && !held_by.contains('`') && !held_by.ends_with('.') {
            faults.push(format!("{document}: nothing holds {row}"));
        }
    }
    assert_none(&faults);
}

/// Documents about the source, whose backticks name things in it.
fn about_the_source() -> Vec<PathBuf> {
    let mut documents = files(&["md"]);
    documents.retain(|path| {
        let name = path.to_str().unwrap_or_default();
        name == "ARCHITECTURE.md"
            || name.starts_with("docs/adding-")
            || name.starts_with("docs/decisions/")
    });
    documents
}

#[test]
fn every_type_and_function_named_exists() {
    let defined = definitions();
    let mut faults = Vec::new();
    for document in about_the_source() {
        for quoted in parts(&read(&document)).quoted {
            let Some(name) = source_name(&quoted) else {
                continue;
            };
            if !defined.contains(name) {
                faults.push(format!(
                    "{}: {quoted} is defined nowhere",
                    document.display()
                ));
            }
        }
    }
    assert_none(&faults);
}

/// The last name of `Record`, `Record::check` or `decide()`; `None` for what is no such name.
fn source_name(quoted: &str) -> Option<&str> {
    let path = quoted.strip_suffix("()").unwrap_or(quoted);
    let is_name = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    if !path.split("::").all(is_name) {
        return None;
    }
    let last = path.rsplit("::").next()?;
    let camel = last.starts_with(|first: char| first.is_ascii_uppercase())
        && last.contains(|letter: char| letter.is_ascii_lowercase());
    let is_source = camel || path.contains("::") || path != quoted;
    let of_others = ["std::", "tokio::", "axum::", "serde::"];
    (is_source && !of_others.iter().any(|other| path.starts_with(other))).then_some(last)
}

/// Every name that some source of ours defines.
fn definitions() -> BTreeSet<String> {
    let keywords = [
        "struct",
        "enum",
        "trait",
        "type",
        "fn",
        "mod",
        "const",
        "static",
        "macro_rules!",
    ];
    let mut defined = BTreeSet::new();
    for path in files(&["rs"]) {
        let text = read(&path);
        let mut words = text
            .split(|letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == '!'));
        while let Some(word) = words.next() {
            if keywords.contains(&word) {
                let name = words.clone().find(|word| !word.is_empty());
                defined.extend(name.map(str::to_owned));
            }
        }
        // Variants and members stand alone at the start of a line.
        let lines = text
            .lines()
            .map(|line| line.trim().trim_start_matches("pub "));
        let members = lines.filter_map(|line| line.split([' ', ',', '{', '(', ':']).next());
        defined.extend(members.map(str::to_owned));
    }
    defined
}

/// Command lines of the program in a document, without prompt, comment and redirection.
fn command_lines(text: &str) -> Vec<String> {
    let parts = parts(text);
    let mut lines = Vec::new();
    for line in parts.fenced_lines.iter().chain(&parts.quoted) {
        let line = line.trim().trim_start_matches("$ ");
        let begins = ["comity ", "target/release/comity ", "./comity "];
        let Some(rest) = begins.iter().find_map(|begin| line.strip_prefix(begin)) else {
            continue;
        };
        let ends = [" #", " > ", " | ", " && ", "; ", " \\", " &"];
        let end = ends
            .iter()
            .filter_map(|end| rest.find(end))
            .min()
            .unwrap_or(rest.len());
        lines.push(rest[..end].to_owned());
    }
    lines
}

/// The help of a subcommand; `None` if there is no such subcommand.
fn help(path: &[&str]) -> Option<String> {
    let program = env!("CARGO_BIN_EXE_comity");
    let output = Command::new(program)
        .args(path)
        .arg("--help")
        .output()
        .unwrap();
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The subcommands that a help text lists.
fn subcommands(help: &str) -> BTreeSet<String> {
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let lines = lines.take_while(|line| line.starts_with("  ") || line.is_empty());
    let names = lines.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_command_line_is_understood() {
    let top = help(&[]).unwrap_or_default();
    if !subcommands(&top).contains("node") {
        eprintln!("skipped: the program lists no commands yet");
        return;
    }
    let mut faults = BTreeSet::new();
    for document in files(&["md"]) {
        for line in command_lines(&read(&document)) {
            if let Err(fault) = understand(&line) {
                faults.insert(format!("{}: comity {line}: {fault}", document.display()));
            }
        }
    }
    assert_none(&faults.into_iter().collect::<Vec<_>>());
}

/// Follows the subcommands of a line and looks for its options in their help.
fn understand(line: &str) -> Result<(), String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut path: Vec<&str> = Vec::new();
    let mut text = help(&path).unwrap_or_default();
    for word in &words {
        let known = subcommands(&text);
        if known.is_empty() || word.starts_with('-') {
            break;
        }
        // `suspend|reinstate` names several.
        let names: Vec<&str> = word.split('|').collect();
        if let Some(unknown) = names.iter().find(|name| !known.contains(**name)) {
            return Err(format!("no command {unknown}"));
        }
        // `comity help COMMAND` is the parser's own.
        if names == ["help"] {
            break;
        }
        path.push(names[0]);
        text = help(&path).ok_or_else(|| format!("{} has no help", path.join(" ")))?;
    }
    let options = words.iter().filter_map(|word| {
        let option = word
            .trim_start_matches('[')
            .trim_end_matches([']', ',', '.']);
        option
            .starts_with("--")
            .then(|| option.split('=').next().unwrap_or(option))
    });
    let listed: BTreeSet<&str> = text
        .split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-'))
        .collect();
    for option in options.filter(|option| *option != "--") {
        if !listed.contains(option) {
            return Err(format!("no option {option}"));
        }
    }
    Ok(())
}

/// Paths of one machine, and hosts that a document has no reason to name. Put together here so
/// that this file does not have them.
fn forbidden() -> Vec<String> {
    let slashed = ["work", "root"].map(|folder| format!("/{folder}/"));
    let hosts = [
        ("crates", "io"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("pypi", "org"),
    ];
    let hosts = hosts.map(|(name, end)| format!("{name}.{end}"));
    slashed.into_iter().chain(hosts).collect()
}

#[test]
fn nothing_names_the_machine_it_was_made_on() {
    let forbidden = forbidden();
    let mut faults = Vec::new();
    for path in files(&["md", "rs", "toml", "sql", "json", "yml", "html", "txt"]) {
        let Ok(text) = std::fs::read_to_string(root().join(&path)) else {
            continue;
        };
        for word in forbidden.iter().filter(|word| text.contains(word.as_str())) {
            faults.push(format!("{} names {word}", path.display()));
        }
    }
    assert_none(&faults);
}

/// An example in a document: the vector it is from, and its text.
fn examples(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for part in text.split("<!-- vector: ").skip(1) {
        let (vector, rest) = part.split_once(" -->").unwrap();
        let fence = rest.trim_start().strip_prefix("```").unwrap();
        let (_, body) = fence.split_once('\n').unwrap();
        let (body, _) = body.split_once("```").unwrap();
        found.push((vector.to_owned(), body.to_owned()));
    }
    found
}

#[test]
fn examples_of_the_format_are_those_of_the_vectors() {
    let examples = examples(&read(Path::new("docs/format.md")));
    assert!(examples.len() >= 10);
    for (vector, text) in examples {
        let (path, pointer) = vector.split_once('#').unwrap_or((&vector, ""));
        let held = String::from_utf8(frozen(path)).unwrap();
        if let Ok(example) = serde_json::from_str::<Value>(&text) {
            let whole: Value = serde_json::from_str(&held).unwrap();
            let part = whole.pointer(pointer).unwrap();
            assert!(
                is_part_of(&example, part),
                "{vector} is\n{part:#}\nand not\n{example:#}"
            );
        } else {
            // Lines of text from the start; the last may say that more follows.
            let shown = text.strip_suffix("...\n").unwrap_or(&text);
            assert!(
                held.starts_with(shown),
                "{vector} is\n{held}\nand not\n{shown}"
            );
        }
    }
}

/// Whether every member of `example` is the same in `whole`; members may be left out.
fn is_part_of(example: &Value, whole: &Value) -> bool {
    match (example, whole) {
        (Value::Object(example), Value::Object(whole)) => example
            .iter()
            .all(|(name, value)| whole.get(name).is_some_and(|held| is_part_of(value, held))),
        _ => example == whole,
    }
}
