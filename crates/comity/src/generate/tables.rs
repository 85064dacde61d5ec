//! What the made-up world is made of: goods with their codes and names, standards with their
//! editions, families of goods, materials. The numbers and codes are real, the names are words of
//! each language; who certifies what is made up.

use anyhow::{Context as _, Result};
use comity_model::standard::StandardReference;

/// Languages of the records, in the order of every list of words.
pub(super) const LANGUAGES: [&str; 5] = ["en", "zh-Hans", "ru", "ar", "fr"];
/// A word in each of [`LANGUAGES`].
pub(super) type Words<T = &'static str> = [T; 5];

/// A family of goods; a scope has one item of each that it covers.
#[derive(Debug)]
pub(super) struct Family {
    /// Its key; also the id of the scope item.
    pub(super) key: &'static str,
    /// What a product of it says besides its name.
    pub(super) says: Says,
    /// Its name.
    pub(super) names: Words,
    /// Places of its goods in the table.
    pub(super) goods: Vec<usize>,
}

/// What a product says besides its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// Voltage, frequency, power.
    Mains,
    /// Voltage and current.
    Rated,
    /// Nominal diameter and pressure.
    Bore,
    /// What it is made of, soft.
    Soft,
    /// What it is made of, hard, and its size.
    Hard,
    /// Its packing.
    Pack,
    /// Nothing.
    Nothing,
}

/// A sort of goods.
#[derive(Debug)]
pub(super) struct Good {
    /// Code of the Harmonized System, 2022, six digits.
    pub(super) hs: &'static str,
    /// Place of its family.
    pub(super) family: usize,
    /// Place of its standard.
    pub(super) standard: usize,
    /// Its name.
    pub(super) names: Words,
}

/// A standard.
#[derive(Debug)]
pub(super) struct Norm {
    /// Publisher and number.
    pub(super) designation: &'static str,
    /// Years of its editions, the oldest first.
    pub(super) editions: Vec<u16>,
    /// What is cited beside it in China.
    pub(super) in_china: Option<StandardReference>,
    /// What is cited beside it in Kazakhstan and Kyrgyzstan.
    pub(super) in_steppe: Option<StandardReference>,
    /// What it is about.
    pub(super) title: &'static str,
}

/// All of it.
#[derive(Debug)]
pub(super) struct Tables {
    pub(super) families: Vec<Family>,
    pub(super) goods: Vec<Good>,
    pub(super) norms: Vec<Norm>,
    pub(super) soft: Vec<Words>,
    pub(super) hard: Vec<Words>,
}

impl Tables {
    /// Reads the tables of the program.
    ///
    /// # Errors
    /// If one is written wrongly, with its line.
    pub(super) fn read() -> Result<Self> {
        let mut tables = Self {
            families: rows(include_str!("tables/families.tsv"), family)?,
            goods: Vec::new(),
            norms: rows(include_str!("tables/standards.tsv"), norm)?,
            soft: Vec::new(),
            hard: Vec::new(),
        };
        let materials = rows(include_str!("tables/materials.tsv"), |cells| {
            let (sort, names) = cells.split_first()?;
            Some((*sort, words(names)?))
        })?;
        for (sort, names) in materials {
            match sort {
                "soft" => tables.soft.push(names),
                _ => tables.hard.push(names),
            }
        }
        let goods = rows(include_str!("tables/goods.tsv"), |cells| {
            good(cells, &tables)
        })?;
        for (place, good) in goods.iter().enumerate() {
            if let Some(family) = tables.families.get_mut(good.family) {
                family.goods.push(place);
            }
        }
        tables.goods = goods;
        Ok(tables)
    }

    /// The standard of that publisher and number.
    ///
    /// # Errors
    /// If the table does not have it.
    pub(super) fn norm(&self, designation: &str) -> Result<&Norm> {
        let found = self
            .norms
            .iter()
            .find(|norm| norm.designation == designation);
        found.with_context(|| format!("the table of standards lacks {designation}"))
    }
}

impl Norm {
    /// It without an edition.
    ///
    /// # Errors
    /// If it is no standard.
    pub(super) fn any_edition(&self) -> Result<StandardReference> {
        standard(self.designation)
    }

    /// It in the edition of that year.
    ///
    /// # Errors
    /// As [`Self::any_edition`].
    pub(super) fn edition(&self, year: u16) -> Result<StandardReference> {
        standard(&format!("{}:{year}", self.designation))
    }

    /// What is cited beside it in records of `language`.
    pub(super) fn national(&self, language: &str) -> Option<&StandardReference> {
        match language {
            "zh-Hans" => self.in_china.as_ref(),
            "ru" => self.in_steppe.as_ref(),
            _ => None,
        }
    }
}

/// A standard as records cite it.
///
/// # Errors
/// If it is written wrongly.
pub(super) fn standard(text: &str) -> Result<StandardReference> {
    let read = text.parse().ok();
    read.with_context(|| format!("{text} is not a standard"))
}

/// Every line that is no comment, read.
fn rows<T>(text: &'static str, read: impl Fn(&[&'static str]) -> Option<T>) -> Result<Vec<T>> {
    let lines = text.lines().enumerate();
    let rows = lines.filter(|(_, line)| !line.starts_with('#'));
    rows.map(|(at, line)| {
        let cells: Vec<&'static str> = line.split('\t').collect();
        read(&cells).with_context(|| format!("line {} of a table: {line}", at + 1))
    })
    .collect()
}

fn words(cells: &[&'static str]) -> Option<Words> {
    cells.try_into().ok()
}

fn family(cells: &[&'static str]) -> Option<Family> {
    let (key, rest) = cells.split_first()?;
    let (says, names) = rest.split_first()?;
    let says = match *says {
        "mains" => Says::Mains,
        "rated" => Says::Rated,
        "bore" => Says::Bore,
        "soft" => Says::Soft,
        "hard" => Says::Hard,
        "pack" => Says::Pack,
        "none" => Says::Nothing,
        _ => return None,
    };
    Some(Family {
        key,
        says,
        names: words(names)?,
        goods: Vec::new(),
    })
}

fn norm(cells: &[&'static str]) -> Option<Norm> {
    let [designation, editions, china, steppe, title] = cells else {
        return None;
    };
    let national = |text: &'static str| match text {
        "-" => Some(None),
        text => text.parse().ok().map(Some),
    };
    let editions: Option<Vec<u16>> = editions.split(' ').map(|year| year.parse().ok()).collect();
    Some(Norm {
        designation,
        editions: editions?,
        in_china: national(china)?,
        in_steppe: national(steppe)?,
        title,
    })
}

fn good(cells: &[&'static str], tables: &Tables) -> Option<Good> {
    let [hs, family, standard, names @ ..] = cells else {
        return None;
    };
    let mut families = tables.families.iter();
    let mut norms = tables.norms.iter();
    Some(Good {
        hs,
        family: families.position(|known| known.key == *family)?,
        standard: norms.position(|known| known.designation == *standard)?,
        names: words(names)?,
    })
}
