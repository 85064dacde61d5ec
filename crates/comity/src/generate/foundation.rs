//! What stands before the first certificate: who is in and by which keys, who is registered, what
//! is recognised between whom, who is competent for what, which standards there are, and what
//! destinations ask.
//!
//! The order is one in which a node takes the records: whose signatures count is said before they
//! are made, and what registers is parted from what is registered by records of another kind. What
//! came later than the beginning stands behind it, by its day.

mod arrangements;
mod federation;
mod grants;
mod registrations;
mod rules;
mod standards;

pub(super) use arrangements::partner;
pub(super) use grants::SYSTEMS;

use anyhow::Result;
use comity_model::date::{Day, Period};
use comity_model::product::CodeSelector;
use comity_model::record::Subject;
use comity_node::config::Keys;

use super::cast::Body;
use super::chance::Chance;
use super::sign::{Draft, Signed, sign};
use super::tables::Tables;
use super::world::World;

/// Days before the base day on which everything begins: before the oldest certificate.
const BEGUN_DAYS: i32 = 4_400;
/// Days after the base day on which grants end.
const GRANTED_DAYS: i32 = 1_461;

/// Records put together.
#[derive(Debug)]
struct Foundation {
    seed: u64,
    /// The day the world begins.
    begun: Day,
    /// The base day.
    date: Day,
    /// Records made.
    made: Vec<Signed>,
    chance: Chance,
}

impl Foundation {
    fn add(&mut self, by: &Body, on: Day, name: String, subject: Subject) -> Result<usize> {
        let draft = Draft {
            by,
            on,
            name,
            replaces: None,
            subject,
        };
        let signed = sign(&mut self.chance, draft)?;
        self.made.push(signed);
        Ok(self.made.len() - 1)
    }

    /// From the beginning on.
    fn since(&self) -> Period {
        Period::new(self.begun, None)
    }
}

/// The foundation of `world`, whose node has those keys; `world` learns what it refers to. Its
/// first record is the list of members.
///
/// # Errors
/// If a record cannot be signed.
pub(super) fn lay(world: &mut World, keys: &Keys) -> Result<Vec<Signed>> {
    let mut foundation = Foundation {
        seed: world.seed,
        begun: world.date.plus_days(-BEGUN_DAYS),
        date: world.date,
        made: Vec::new(),
        chance: Chance::of(world.seed, "foundation", 0),
    };
    let (cast, tables) = (&mut world.cast, &world.tables);
    federation::list(&mut foundation, cast, &world.origin)?;
    standards::international(&mut foundation, cast, tables)?;
    federation::keys(&mut foundation, cast, keys)?;
    registrations::of_accreditors(&mut foundation, cast)?;
    standards::national(&mut foundation, cast, tables)?;
    registrations::of_bodies(&mut foundation, cast)?;
    let pairs = arrangements::conclude(&mut foundation, cast, tables)?;
    arrangements::join(&mut foundation, cast, &pairs)?;
    grants::grant(&mut foundation, cast, tables, &pairs)?;
    rules::lay_down(&mut foundation, cast, tables)?;
    // Stable: what is of one day stays in order.
    foundation.made.sort_by_key(|signed| signed.on);
    Ok(foundation.made)
}

/// The headings of the Harmonized System of the goods of a family.
fn headings(tables: &Tables, family: usize) -> Vec<String> {
    let goods = tables.families.get(family).map(|family| &family.goods);
    let goods = goods
        .into_iter()
        .flatten()
        .filter_map(|place| tables.goods.get(*place));
    let mut headings: Vec<String> = goods
        .filter_map(|good| good.hs.get(..4))
        .map(str::to_owned)
        .collect();
    headings.sort_unstable();
    headings.dedup();
    headings
}

/// Codes of the Harmonized System, of any edition.
fn hs(include: Vec<String>) -> Vec<CodeSelector> {
    vec![CodeSelector {
        scheme: "HS".to_owned(),
        edition: None,
        include,
        exclude: Vec::new(),
    }]
}
