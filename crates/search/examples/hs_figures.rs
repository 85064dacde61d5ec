//! How well descriptions of goods lead to headings: `cargo run --release --example hs_figures --
//! FILE.tsv`. A line is `language<TAB>heading<TAB>description`; for each language the share whose
//! heading is first, and among the first ten codes, is printed, with the time of one look-up.

#![expect(clippy::print_stdout, reason = "it prints its figures")]
#![expect(clippy::disallowed_methods, reason = "it reads a file and measures")]

use std::collections::BTreeMap;
use std::time::Instant;

use comity_search::thesaurus::thesaurus;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("give a file of lines")?;
    let misses: usize = std::env::args().nth(2).map_or(Ok(0), |text| text.parse())?;
    let text = std::fs::read_to_string(path)?;
    let begun = Instant::now();
    println!(
        "{} codes, read in {:?}",
        thesaurus().codes().count(),
        begun.elapsed()
    );
    let mut figures: BTreeMap<&str, (u32, u32, u32)> = BTreeMap::new();
    let mut told = 0;
    let begun = Instant::now();
    for line in text.lines() {
        let mut columns = line.splitn(3, '\t');
        let (Some(language), Some(heading), Some(words)) =
            (columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        let found = thesaurus().candidates(words, Some(language), 10);
        let fits = |code: &str| code.starts_with(heading);
        let figure = figures.entry(language).or_default();
        figure.0 += 1;
        figure.1 += u32::from(found.first().is_some_and(|one| fits(&one.code)));
        let hit = found.iter().any(|one| fits(&one.code));
        figure.2 += u32::from(hit);
        if !hit && told < misses {
            told += 1;
            let codes: Vec<_> = found
                .iter()
                .map(|one| format!("{} {:?}", one.code, one.words.first()))
                .collect();
            println!("{language} {heading} {words}\n    {}", codes.join("; "));
        }
    }
    let lines: u32 = figures.values().map(|(all, ..)| all).sum();
    for (language, (all, one, ten)) in &figures {
        let share = |part: &u32| f64::from(*part) / f64::from(*all);
        println!(
            "{language}: {all} descriptions, first {:.3}, among ten {:.3}",
            share(one),
            share(ten)
        );
    }
    println!("{:?} for one", begun.elapsed() / lines.max(1));
    Ok(())
}
