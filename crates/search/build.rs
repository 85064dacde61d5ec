//! Compiles the thesaurus of traded goods with the analysis of the search, so that no process does
//! it again: the words take seconds to analyse, and a look-up in what is compiled takes none.

#![expect(
    clippy::disallowed_methods,
    reason = "a build reads and writes files where it is told to"
)]
#![expect(dead_code, reason = "half of the analysis serves what is typed")]

use std::error::Error;
use std::path::Path;

/// The analysis of words, without the parts that need a dictionary.
#[path = "src/text"]
mod text {
    mod fold;
    mod ideographs;
    mod plain;
    mod spaced;
    mod stem;

    pub(crate) use fold::{fold, prepare};
    pub(crate) use ideographs::{grams, runs};
    pub(crate) use spaced::spaced_words;
    pub(crate) use stem::{Stems, is_stop_word};
}

/// Reading and compiling.
#[path = "src/thesaurus"]
mod thesaurus {
    mod compile;
    mod layout;
    mod pieces;
    mod read;
    mod simplified;

    /// The compiled bytes of the chapters.
    pub(crate) fn compiled(chapters: &[(&str, &str)]) -> Result<Vec<u8>, String> {
        compile::compile(chapters)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    for used in ["build.rs", "thesaurus", "src/text", "src/thesaurus"] {
        println!("cargo::rerun-if-changed={used}");
    }
    let mut files = Vec::new();
    for file in Path::new("thesaurus").read_dir()? {
        let path = file?.path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            files.push(path);
        }
    }
    files.sort();
    let mut chapters = Vec::new();
    for path in &files {
        let chapter = path.file_stem().and_then(|name| name.to_str());
        let chapter =
            chapter.ok_or_else(|| format!("{} is no number of a chapter", path.display()))?;
        chapters.push((chapter, std::fs::read_to_string(path)?));
    }
    let chapters: Vec<(&str, &str)> = chapters
        .iter()
        .map(|(chapter, text)| (*chapter, text.as_str()))
        .collect();
    let folder = std::env::var("OUT_DIR")?;
    let bytes = thesaurus::compiled(&chapters)?;
    std::fs::write(Path::new(&folder).join("thesaurus.bin"), bytes)?;
    Ok(())
}
