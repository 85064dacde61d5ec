use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use comity_recognition::wording::Language;

use super::{number, sources, texts};

/// The arguments of each message, by its key, in the order of the files.
fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages = BTreeMap::new();
    let mut key = String::new();
    for line in sources(language).iter().flat_map(|source| source.lines()) {
        if let Some((name, _)) = line.split_once(" =")
            && name.starts_with(|c: char| c.is_ascii_lowercase())
        {
            name.clone_into(&mut key);
            let before = messages.insert(key.clone(), BTreeSet::new());
            assert!(before.is_none(), "{key} stands twice in {}", language.tag());
        }
        for part in line.split('$').skip(1) {
            let name = part.split(|c: char| !c.is_ascii_alphanumeric());
            let name = name.into_iter().next().unwrap_or_default().to_owned();
            messages.entry(key.clone()).or_default().insert(name);
        }
    }
    messages
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|one| one == extension) {
            found.push(path);
        }
    }
    found
}

#[test]
fn every_file_of_every_language_is_read_without_a_fault() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    for language in Language::ALL {
        let files = files(&folder.join(language.tag()), "ftl");
        assert_eq!(files.len(), super::FILES, "{}", language.tag());
        let faults = texts(language).0.faults();
        assert!(faults.is_empty(), "{}: {faults:?}", language.tag());
    }
}

#[test]
fn every_language_has_the_same_keys_with_the_same_arguments() {
    let english = messages(Language::En);
    assert!(english.len() > 50);
    for language in Language::ALL {
        let other = messages(language);
        let keys: BTreeSet<_> = english.keys().collect();
        let others: BTreeSet<_> = other.keys().collect();
        let missing: Vec<_> = keys.difference(&others).collect();
        let extra: Vec<_> = others.difference(&keys).collect();
        assert!(missing.is_empty(), "{} lacks {missing:?}", language.tag());
        assert!(extra.is_empty(), "{} has besides {extra:?}", language.tag());
        for (key, arguments) in &english {
            assert_eq!(&other[key], arguments, "{key} in {}", language.tag());
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test reads the sources of its crate"
)]
#[test]
fn every_key_is_used_and_every_used_key_is_there() {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut used = String::new();
    for (folder, extension) in [("src", "rs"), ("templates", "html")] {
        for path in files(&crate_folder.join(folder), extension) {
            used.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
    let english = messages(Language::En);
    let unused: Vec<_> = (english.keys())
        .filter(|key| !used.contains(&format!("\"{key}\"")))
        .collect();
    assert!(unused.is_empty(), "no page says {unused:?}");
    for (at, _) in used
        .match_indices("say(\"")
        .chain(used.match_indices("put(\""))
    {
        let key = used[at + 5..].split('"').next().unwrap_or_default();
        assert!(english.contains_key(key), "no language has {key}");
    }
}

#[test]
fn numbers_are_grouped_as_each_language_does_and_keep_latin_digits() {
    for (language, written) in [
        (Language::En, "12,345"),
        (Language::Fr, "12\u{202F}345"),
        (Language::Ru, "12\u{A0}345"),
        (Language::ZhHans, "12,345"),
        (Language::Ar, "12,345"),
    ] {
        let said = texts(language).put("search-count", &[("count", number(12_345))]);
        assert!(said.contains(written), "{said}");
    }
}

#[test]
fn russian_and_arabic_count_as_they_do() {
    let said = |language, count| texts(language).put("search-count", &[("count", number(count))]);
    let russian: BTreeSet<_> = [1, 2, 5]
        .map(|count| ending(&said(Language::Ru, count)))
        .into();
    assert_eq!(russian.len(), 3, "{russian:?}");
    let arabic: BTreeSet<_> = [0, 1, 2, 3, 11, 100]
        .map(|count| ending(&said(Language::Ar, count)))
        .into();
    assert!(arabic.len() >= 4, "{arabic:?}");
}

fn ending(said: &str) -> String {
    said.chars().filter(|c| c.is_alphabetic()).collect()
}

/// French puts a space that does not break before a double sign.
#[test]
fn french_keeps_double_signs_with_their_words() {
    for line in sources(Language::Fr)
        .iter()
        .flat_map(|source| source.lines())
    {
        let text = line.trim_start();
        if text.starts_with('#') {
            continue;
        }
        for sign in [" :", " ;", " !"] {
            assert!(!text.contains(sign), "{text}");
        }
    }
}
