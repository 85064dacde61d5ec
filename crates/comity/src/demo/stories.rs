//! Questions worth asking of the demo, each with the answer worked out by hand from the rules.
//! Tests ask them all; the instructions printed at the start ask some.

mod ends;
mod limits;
mod reports;
mod unclear;

use std::fmt::Write as _;

use anyhow::{Context as _, Result};
use comity_model::attestation::Quantity;
use comity_model::product::ProductCode;
use comity_node::recognise::{Ask, selector};
use comity_recognition::question::ProductFacts;
use comity_recognition::verdict::{Extent, StepName, Verdict, VerdictResult};

use super::ledger::day;

pub(super) use ends::{LABORATORY_SUSPENDED, REINSTATED, SUCCESSOR};
pub(super) use limits::{ABOVE_CAP, ONE_WAY};
#[cfg(test)]
pub(super) use unclear::{AMBIGUOUS, FREE_TEXT_SCOPE, NOT_HELD};

/// The edition of the Harmonized System that the questions' codes are of.
const HS_EDITION: &str = "2022";

/// A question and the answer to expect.
#[derive(Clone, Copy, Debug)]
pub(super) struct Story {
    /// What it shows.
    pub(super) about: &'static str,
    /// The record, as a person would name it.
    pub(super) record: &'static str,
    /// DID of its issuer, where the number alone does not tell.
    pub(super) issuer: Option<&'static str>,
    /// The destination.
    pub(super) in_economy: &'static str,
    /// The legal day.
    pub(super) on: &'static str,
    /// As known at; now if absent.
    pub(super) known_at: Option<&'static str>,
    /// The product at hand.
    pub(super) product: Product,
    /// The answer.
    pub(super) answer: Answer,
}

/// What is known of the product at hand.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Product {
    pub(super) hs: Option<&'static str>,
    pub(super) model: Option<&'static str>,
    pub(super) lot: Option<&'static str>,
    pub(super) kilograms: Option<&'static str>,
    /// The day of issue that the paper prints.
    pub(super) issued_on: Option<&'static str>,
}

/// The answer to expect.
#[derive(Clone, Copy, Debug)]
pub(super) struct Answer {
    pub(super) result: VerdictResult,
    /// The step that decides.
    pub(super) step: StepName,
    /// Its code.
    pub(super) code: &'static str,
    /// The level it is capped at.
    pub(super) capped_at: Option<&'static str>,
    /// The code of a further step, where the story is about that one.
    pub(super) besides: Option<(StepName, &'static str)>,
}

/// The day of the demo on which most questions are asked.
pub(super) const TODAY: &str = "2026-06-15";

/// Every story.
pub(super) fn all() -> Vec<(&'static str, Story)> {
    [ends::ALL, limits::ALL, unclear::ALL, reports::ALL].concat()
}

const NO_PRODUCT: Product = Product {
    hs: None,
    model: None,
    lot: None,
    kilograms: None,
    issued_on: None,
};

/// A question asked today, of nothing but the record.
const fn story(
    about: &'static str,
    record: &'static str,
    in_economy: &'static str,
    answer: Answer,
) -> Story {
    Story {
        about,
        record,
        issuer: None,
        in_economy,
        on: TODAY,
        known_at: None,
        product: NO_PRODUCT,
        answer,
    }
}

const fn answer(result: VerdictResult, step: StepName, code: &'static str) -> Answer {
    Answer {
        result,
        step,
        code,
        capped_at: None,
        besides: None,
    }
}

const fn yes() -> Answer {
    answer(
        VerdictResult::Recognised,
        StepName::Arrangement,
        "arrangement.covers",
    )
}

/// Recognised, and the destination's rule asks for more.
const fn still_asked() -> Answer {
    Answer {
        besides: Some((StepName::ImportRule, "importRule.stillAsked")),
        ..answer(
            VerdictResult::RecognisedWithConditions,
            StepName::Arrangement,
            "arrangement.covers",
        )
    }
}

const fn results_only() -> Answer {
    answer(
        VerdictResult::ResultsOnly,
        StepName::Arrangement,
        "arrangement.covers",
    )
}

const fn no(step: StepName, code: &'static str) -> Answer {
    answer(VerdictResult::NotRecognised, step, code)
}

const fn unclear(step: StepName, code: &'static str) -> Answer {
    answer(VerdictResult::CannotTell, step, code)
}

impl Story {
    const fn on(self, on: &'static str) -> Self {
        Self { on, ..self }
    }

    /// The question as a node takes it.
    ///
    /// # Errors
    /// If a day or a code of it is written wrongly.
    pub(super) fn ask(&self) -> Result<Ask> {
        let mut ask = Ask::new(selector(self.record, self.issuer), self.in_economy);
        ask.on = Some(day(self.on)?);
        if let Some(known_at) = self.known_at {
            ask.known_at = Some(known_at.parse().ok().context("a story's instant")?);
        }
        let Product {
            hs,
            model,
            lot,
            kilograms,
            issued_on,
        } = self.product;
        let codes = hs.and_then(|code| ProductCode::hs(code, Some(HS_EDITION)));
        ask.product = ProductFacts {
            codes: codes.into_iter().collect(),
            model: model.map(str::to_owned),
            lot: lot.map(str::to_owned),
            quantity: kilograms.map(|value| Quantity {
                value: value.to_owned(),
                unit: "kg".to_owned(),
            }),
            issued_on: issued_on.map(day).transpose()?,
            ..ProductFacts::default()
        };
        Ok(ask)
    }

    /// How a verdict differs from the answer to expect, if it does.
    pub(super) fn difference(&self, verdict: &Verdict) -> Option<String> {
        let Answer {
            result,
            step,
            code,
            capped_at,
            besides,
        } = self.answer;
        let code_of = |step| verdict.step(step).map_or("", |step| step.code.as_str());
        let found = (verdict.result, verdict.decisive_step, code_of(step));
        if found != (result, step, code) {
            return Some(format!("{found:?}"));
        }
        let extent = capped_at.map_or(Extent::Full, |level| Extent::CappedAt(level.to_owned()));
        if verdict.extent != extent {
            return Some(format!("{:?}", verdict.extent));
        }
        let (step, code) = besides?;
        (code_of(step) != code).then(|| code_of(step).to_owned())
    }

    /// The question as a command, without the node's address.
    pub(super) fn command(&self) -> String {
        let mut command = format!("{} --in {} --on {}", self.record, self.in_economy, self.on);
        let Product {
            hs,
            model,
            lot,
            issued_on,
            ..
        } = self.product;
        for (flag, value) in [
            ("--issuer", self.issuer),
            ("--known-at", self.known_at),
            ("--hs", hs),
            ("--model", model),
            ("--lot", lot),
            ("--issued-on", issued_on),
        ] {
            if let Some(value) = value {
                let _ = write!(command, " {flag} {value}");
            }
        }
        command
    }
}
