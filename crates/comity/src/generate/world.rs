//! The made-up world: everything that a dossier is made from.

use anyhow::{Context as _, Result};
use comity_model::date::Day;

use super::cast::{Cast, ECONOMIES};
use super::chance::{Chance, Odds};
use super::names::{self, Company};
use super::shares::HOLDERS;
use super::tables::{Good, LANGUAGES, Tables};

/// Fewest holders.
const FEWEST_HOLDERS: u64 = 60;
/// Goods that one holder makes, at most.
const MOST_GOODS: u64 = 5;

/// The made-up world.
#[derive(Debug)]
pub(super) struct World {
    /// What everything follows from, with the day and the number of records.
    pub(super) seed: u64,
    /// The base day: nothing was signed after it, and states are those of that day.
    pub(super) date: Day,
    /// The log of its node.
    pub(super) origin: String,
    pub(super) tables: Tables,
    pub(super) cast: Cast,
    holders: Odds,
}

/// A holder of certificates.
#[derive(Debug)]
pub(super) struct Holder {
    /// URI.
    pub(super) id: String,
    pub(super) company: Company,
    /// What it sells under.
    pub(super) brand: String,
    /// Place of its economy.
    pub(super) economy: usize,
    /// Place of its family of goods.
    pub(super) family: usize,
    /// Places of the goods it makes.
    goods: Vec<usize>,
}

impl World {
    /// The world of that seed, day and number of records.
    ///
    /// # Errors
    /// If a table is written wrongly.
    pub(super) fn of(seed: u64, date: Day, records: u64, origin: String) -> Result<Self> {
        let tables = Tables::read()?;
        let holders = (records * HOLDERS / 1_000).max(FEWEST_HOLDERS);
        Ok(Self {
            seed,
            date,
            origin,
            cast: Cast::of(seed, records, &tables),
            tables,
            holders: Odds::zipf(usize::try_from(holders)?),
        })
    }

    /// A holder, the first ones more often than the others.
    ///
    /// # Errors
    /// If a table lacks what it must have.
    pub(super) fn holder(&self, chance: &mut Chance) -> Result<Holder> {
        let number = self.holders.draw(chance);
        let mut own = Chance::of(self.seed, "holder", number as u64);
        let economy = self.cast.economies.draw(&mut own);
        let country = ECONOMIES
            .get(economy)
            .context("economies are drawn by place")?;
        let stem = names::stem(&mut own, LANGUAGES[country.language]);
        let place = own.place(self.tables.families.len());
        let family = self
            .tables
            .families
            .get(place)
            .context("a family of goods")?;
        let company = names::company(&mut own, &stem, &family.names, country.code);
        let count = own.between(1, MOST_GOODS);
        let goods = (0..count).filter_map(|_| own.one_of(&family.goods).copied());
        Ok(Holder {
            id: format!("https://holders.made-up.example/{number}"),
            company,
            economy,
            family: place,
            goods: goods.collect(),
            brand: stem.own,
        })
    }

    /// One of the goods that a holder makes.
    ///
    /// # Errors
    /// As [`Self::holder`].
    pub(super) fn good(&self, chance: &mut Chance, holder: &Holder) -> Result<&Good> {
        let place = chance
            .one_of(&holder.goods)
            .context("every holder makes something")?;
        self.tables
            .goods
            .get(*place)
            .context("goods are drawn by place")
    }

    /// How many holders there are.
    pub(super) fn holders(&self) -> usize {
        self.holders.len()
    }
}
