//! What a destination asks for a product, and what was judged of a search for what counts there, in
//! one sentence each.

use std::borrow::Cow;

use comity_model::date::Day;

use crate::import_rule::RulesInForce;

use super::{Argument, Language, Style, between_sentences, catalogue, day, economy_in_text};

/// What was found of what a destination asks for a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequirementsFound<'a> {
    /// The destination's code.
    pub economy: &'a str,
    /// The product's code.
    pub code: &'a str,
    /// The legal day.
    pub on: Day,
    /// What its rules say.
    pub rules: RulesSaid,
    /// Published attestations that count there for the product.
    pub counting: usize,
    /// How many were judged, out of how many found, where not all of them were.
    pub judged: Option<(usize, u64)>,
}

/// What the rules of a destination say of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RulesSaid {
    /// None is in force, and all that the destination has published is held.
    NonePublished,
    /// None is held, and more may have been published.
    NoneHeld,
    /// Nothing is asked.
    Nothing,
    /// So many things are asked, so many of which an attestation could answer and none judged does.
    Asks {
        /// Things asked.
        things: usize,
        /// Those that no attestation judged answers.
        missing: usize,
    },
}

/// What is asked in one sentence; where no rule is held, that is said first. Where not all that
/// was found was judged nothing is called missing, and a second sentence says how many were.
pub fn requirements(found: &RequirementsFound<'_>, language: Language, style: Style) -> String {
    let number = |number: usize| Argument::Number(i64::try_from(number).unwrap_or(i64::MAX));
    let (name, things, missing) = match found.rules {
        RulesSaid::NonePublished => ("requirements-nonePublished", 0, 0),
        RulesSaid::NoneHeld => ("requirements-noneHeld", 0, 0),
        RulesSaid::Nothing => ("requirements-nothing", 0, 0),
        RulesSaid::Asks { things, missing } if found.judged.is_some() => {
            ("requirements-asksOfJudged", things, missing)
        }
        RulesSaid::Asks { things, missing } => ("requirements-asks", things, missing),
    };
    let (economy, on) = match style {
        Style::Codes => (Cow::Borrowed(found.economy), found.on.to_string()),
        Style::Names => (
            economy_in_text(found.economy, language),
            day(found.on, language),
        ),
    };
    let (judged, of) = found.judged.unwrap_or_default();
    let of = Argument::Number(i64::try_from(of).unwrap_or(i64::MAX));
    let arguments = [
        ("economy", Argument::Text(economy)),
        ("code", Argument::Text(Cow::Borrowed(found.code))),
        ("day", Argument::Text(Cow::Owned(on))),
        ("counting", number(found.counting)),
        ("things", number(things)),
        ("missing", number(missing)),
        ("judged", number(judged)),
        ("found", of),
    ];
    let catalogue = catalogue(language);
    let mut said = catalogue.text(name, &arguments).into_owned();
    if found.judged.is_some() && found.rules != RulesSaid::Nothing {
        said.push_str(between_sentences(language));
        said.push_str(&catalogue.text("requirements-judged", &arguments));
    }
    said
}

/// Of a search for what counts in a destination: where no rule of it is in force for the product,
/// that first, and whom to ask. `None` where one is.
pub fn no_rule(
    (economy, code): (&str, Option<&str>),
    on: Day,
    rules: &RulesInForce,
    language: Language,
    style: Style,
) -> Option<String> {
    if !rules.rules.is_empty() {
        return None;
    }
    let name = match (rules.complete, code) {
        (true, None) => "counting-nonePublished",
        (true, Some(_)) => "counting-nonePublishedFor",
        (false, None) => "counting-noneHeld",
        (false, Some(_)) => "counting-noneHeldFor",
    };
    let (economy, on) = match style {
        Style::Codes => (Cow::Borrowed(economy), on.to_string()),
        Style::Names => (economy_in_text(economy, language), day(on, language)),
    };
    let arguments = [
        ("economy", Argument::Text(economy)),
        (
            "code",
            Argument::Text(Cow::Borrowed(code.unwrap_or_default())),
        ),
        ("day", Argument::Text(Cow::Owned(on))),
    ];
    Some(catalogue(language).text(name, &arguments).into_owned())
}

/// How many candidates were judged out of how many, and of how many of those judged it cannot be
/// told whether they count.
pub fn judged(judged: usize, found: u64, unclear: usize, language: Language) -> String {
    let number = |number: u64| Argument::Number(i64::try_from(number).unwrap_or(i64::MAX));
    let arguments = [
        ("judged", number(judged as u64)),
        ("found", number(found)),
        ("unclear", number(unclear as u64)),
    ];
    let catalogue = catalogue(language);
    let mut said = catalogue.text("counting-judged", &arguments).into_owned();
    if unclear > 0 {
        said.push_str(between_sentences(language));
        said.push_str(&catalogue.text("counting-unclear", &arguments));
    }
    said
}
