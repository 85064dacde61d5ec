//! Questions to a small world, and what is answered: text in, text out.

#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

mod absence;
mod accounts;
mod acts;
mod arrangements;
mod bundle;
mod entitlement;
mod federation;
mod hostile;
mod imported;
mod key_times;
mod later;
mod matrix;
mod medical_devices;
mod notices;
mod papers;
mod papers_unseen;
mod properties;
mod questions;
mod records;
mod reports;
mod rules;
mod scopes;
mod standards;
mod takedowns;
mod ways;
mod world;

use std::fmt::Write as _;

use expect_test::Expect;

use crate::question::Question;
use crate::verdict::{Code, Extent, Outcome, Verdict};
use world::{Body, Shared, World, authority, relies_on};

/// Asks and compares: the result, then every step that has something to say. That logs date
/// themselves is true of this whole world and left out.
fn check(world: &World, question: &Question, expected: &Expect) {
    expected.assert_eq(&describe(&world.answer(question)));
}

fn describe(verdict: &Verdict) -> String {
    let mut text = format!("{:?}", verdict.result);
    if let Some(degree) = verdict.degree {
        let _ = write!(text, ", {degree:?}");
    }
    let _ = write!(text, ", {:?}", verdict.basis);
    if let Extent::CappedAt(level) = &verdict.extent {
        let _ = write!(text, ", up to {level}");
    }
    let _ = writeln!(text, ": {}", verdict.decisive_step.name());
    for step in &verdict.steps {
        let said = matches!(step.outcome, Outcome::Pass | Outcome::NotApplicable);
        if said || step.code == Code::LogSelfDated {
            continue;
        }
        let _ = writeln!(text, "{:?} {}", step.outcome, step.code.as_str());
    }
    text
}

/// A laboratory of SE with a grant, and an arrangement by which JP recognises what SE certifies:
/// signed by the secretariat, SE's participation by the secretariat, JP's by JP.
struct Trade {
    world: World,
    lab: Body,
    grant: Shared,
    arrangement: Shared,
}

impl Trade {
    fn new() -> Self {
        Self::with(|_| {})
    }

    fn with(change: impl FnOnce(&mut comity_model::arrangement::Chapter)) -> Self {
        let mut world = World::new();
        let lab = world.body("SE", "lab");
        let grant = world.grant(&authority("SE"), &lab, |_| {});
        let mut chapter = World::chapter("appliances");
        change(&mut chapter);
        let int = authority("INT");
        let arrangement = world.arrangement("mra", &[&int], vec![chapter]);
        world.join(&arrangement, "SE", &int, |_| {});
        world.join(&arrangement, "JP", &authority("JP"), |_| {});
        world.on("2019-03-01");
        Self {
            world,
            lab,
            grant,
            arrangement,
        }
    }

    /// A certificate under the grant, issued on the world's day.
    fn certificate(&mut self) -> Shared {
        let grants = relies_on(&self.grant);
        self.world
            .attest(&self.lab, |details| details.grants = grants)
    }
}
