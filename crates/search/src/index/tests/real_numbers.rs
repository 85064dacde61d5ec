//! Real certificate numbers are found as people write them, and never mistaken for each other.
//!
//! Asked are the numbers of the Common Criteria and CMVP registers that stand beside the repository,
//! in these forms: as printed; with a space for every separator; without separators; in lower case;
//! and by an *unambiguous suffix*: the fewest last groups of letters and digits that are together at
//! least four characters, have a digit, and stand in no other number, as the whole of it or as
//! neighbouring groups. Where one digit is changed so that no number has it, nothing may be a hit,
//! unless a record says just that word in a text of its own.

#![expect(
    clippy::disallowed_methods,
    reason = "it reads the registers beside the repository"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

use super::{document, filled, query, text};
use crate::code;
use crate::document::{Document, Weight};
use crate::index::Index;

/// Begins a packed file (RFC 1952).
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Rows of a table, by the names of its columns; nothing where it is absent.
fn table(file: &str) -> Option<Vec<BTreeMap<String, String>>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let Ok(bytes) = std::fs::read(folder.join(file)) else {
        eprintln!("skipped: {file} is not beside this repository");
        return None;
    };
    let is_packed = bytes.starts_with(&GZIP);
    let packed = flate2::read::GzDecoder::new(bytes.as_slice());
    let text: Box<dyn Read> = if is_packed {
        Box::new(packed)
    } else {
        Box::new(bytes.as_slice())
    };
    let rows = csv::Reader::from_reader(text)
        .into_deserialize()
        .collect::<Result<_, _>>();
    Some(rows.unwrap())
}

/// What an importer makes of a row.
fn certificate(number: &str, title: &str, holder: &str, said: &[&str]) -> Document {
    let mut title = text("en", title);
    title.weight = Weight::Title;
    let texts = std::iter::once(title).chain(said.iter().map(|said| text("en", said)));
    Document {
        numbers: vec![number.to_owned()],
        texts: texts.filter(|text| !text.value.is_empty()).collect(),
        parties: vec![text("en", holder)],
        ..Document::default()
    }
}

fn common_criteria() -> Option<Vec<Document>> {
    let mut seen = BTreeSet::new();
    let mut documents = Vec::new();
    for row in table("cc-seccerts-2023/cc_certificates.csv.gz")? {
        let cell = |name: &str| row[name].as_str();
        seen.insert(row["cert_id"].clone());
        let standard = vec!["ISO/IEC 15408".to_owned()];
        documents.push(Document {
            standards: standard,
            ..certificate(
                cell("cert_id"),
                cell("name"),
                cell("manufacturer"),
                &[cell("cert_lab"), cell("category")],
            )
        });
    }
    for file in [
        "cc-seccerts-2023/cc_scheme_refs.csv.gz",
        "cc-seccerts-2023/cert_id_examples.csv",
    ] {
        for row in table(file)? {
            let number = row.get("cert_id").or(row.get("example_id")).unwrap();
            // Remarks between the examples are no numbers.
            let number = number.split("  ").next().unwrap_or_default();
            let remark = number.starts_with("XXX") || !number.contains(|c: char| c.is_numeric());
            if !remark && seen.insert(number.to_owned()) {
                documents.push(certificate(number, "", "", &[]));
            }
        }
    }
    Some(documents)
}

fn modules() -> Option<Vec<Document>> {
    let rows = table("fips-cmvp-2025-12/cmvp_certificates_2025-12-08.csv.gz")?;
    let documents = rows.iter().map(|row| {
        let cell = |name: &str| row[name].as_str();
        Document {
            standards: vec![row["standard"].clone()],
            ..certificate(
                cell("certificate_number"),
                cell("module_name"),
                cell("vendor_name"),
                &[cell("caveat")],
            )
        }
    });
    Some(documents.collect())
}

/// An index of some documents, and what of their numbers is known.
struct Register {
    index: Index,
    numbers: Vec<String>,
    /// Each key of a number or of neighbouring groups of one, and the keys of the numbers it is of.
    known: BTreeMap<String, BTreeSet<String>>,
    /// Words that stand in texts.
    words: BTreeSet<String>,
}

impl Register {
    fn of(mut documents: Vec<Document>) -> Register {
        let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut words = BTreeSet::new();
        for (number, one) in (0..).zip(&mut documents) {
            let bare = document(number);
            (one.digest, one.id, one.kind) = (bare.digest, bare.id, bare.kind);
            let printed = &one.numbers[0];
            let key = code::key(printed);
            for part in code::number_parts(printed).into_iter().chain([key.clone()]) {
                known.entry(part).or_default().insert(key.clone());
            }
            for text in one.texts.iter().chain(&one.parties) {
                let folded = text.value.split(|c: char| !c.is_alphanumeric());
                words.extend(folded.map(str::to_uppercase));
            }
        }
        let numbers = documents.iter().map(|one| one.numbers[0].clone());
        let numbers = numbers.collect();
        Register {
            index: filled(&documents),
            numbers,
            known,
            words,
        }
    }

    /// The numbers of the hits, the best first.
    fn found(&self, typed: &str) -> Vec<&str> {
        let page = self.index.search(&query(typed)).unwrap();
        let place = |id: &str| id.rsplit(':').next().unwrap().parse::<usize>().unwrap();
        let hits = page.hits.iter().map(|hit| place(&hit.id));
        hits.map(|place| self.numbers[place].as_str()).collect()
    }

    fn suffix(&self, number: &str) -> Option<String> {
        let own = BTreeSet::from([code::key(number)]);
        let starts = number.char_indices().filter(|(at, c)| {
            let before = number[..*at].chars().next_back();
            c.is_alphanumeric() && before.is_some_and(|c| !c.is_alphanumeric())
        });
        let tails = starts.map(|(at, _)| &number[at..]);
        let mut tails: Vec<&str> = tails.collect();
        tails.reverse();
        let tail = tails.into_iter().find(|tail| {
            let key = code::key(tail);
            let telling = key.len() >= 4 && key.contains(|c: char| c.is_ascii_digit());
            telling && self.known.get(&key) == Some(&own)
        });
        tail.map(str::to_owned)
    }

    /// The number with one digit changed, the last that gives one nobody has.
    fn changed(&self, number: &str) -> Option<String> {
        let digits = number
            .char_indices()
            .filter(|(_, c)| c.is_ascii_digit())
            .map(|(at, _)| at);
        let digits: Vec<usize> = digits.collect();
        let others = digits.into_iter().rev().flat_map(|at| {
            ('0'..='9').map(move |digit| {
                let mut other = number.to_owned();
                other.replace_range(at..=at, digit.encode_utf8(&mut [0; 4]));
                other
            })
        });
        let mut others = others.filter(|other| {
            let key = code::key(other);
            let begun = self.known.range(key.clone()..).next();
            // With a word before it, its end may be another number.
            let mut ends = other.split(' ').map(code::key);
            !begun.is_some_and(|(known, _)| known.starts_with(&key))
                && !self.words.contains(&key)
                && !ends.any(|end| self.known.contains_key(&end))
        });
        others.next()
    }

    /// What is not as it should be.
    fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for number in &self.numbers {
            let spaced = number.replace(|c: char| !c.is_alphanumeric(), " ");
            let forms = [
                Some(number.clone()),
                Some(spaced),
                Some(code::key(number)),
                Some(number.to_lowercase()),
                self.suffix(number),
            ];
            for form in forms.into_iter().flatten() {
                let found = self.found(&form);
                let first = found.first().copied().unwrap_or("nothing");
                if code::key(first) != code::key(number) {
                    faults.push(format!("{form}: {first}, expected {number}"));
                }
            }
            let Some(changed) = self.changed(number) else {
                continue;
            };
            let found = self.found(&changed);
            if !found.is_empty() {
                faults.push(format!("{changed} is nobody's, found {found:?}"));
            }
            let like = self.index.numbers_like(&changed).unwrap();
            let key = code::key(number);
            let offered = like.iter().any(|one| code::key(one) == key);
            if key.len() >= 4 && !offered && like.len() < crate::alike::MAX_ALIKE {
                faults.push(format!("{changed}: {like:?}, expected {number} among them"));
            }
        }
        faults
    }
}

fn check(documents: Vec<Document>) {
    let faults = Register::of(documents).faults();
    let shown = &faults[..faults.len().min(40)];
    assert!(faults.is_empty(), "{}: {}", faults.len(), shown.join("\n"));
}

#[test]
fn of_common_criteria() {
    if let Some(documents) = common_criteria() {
        assert!(documents.len() > 719, "{}", documents.len());
        check(documents);
    }
}

#[test]
fn of_cryptographic_modules() {
    if let Some(documents) = modules() {
        assert!(documents.len() > 5_000, "{}", documents.len());
        check(documents);
    }
}
