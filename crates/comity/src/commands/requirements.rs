//! `comity requirements`: what a destination asks for a product, and what already answers it.

use anyhow::Result;
use clap::Args;
use comity_model::date::Day;
use serde_json::Value;

use crate::asking::{self, text};
use crate::context::Context;
use crate::exit::Exit;
use crate::output::{self, add};

/// Which product, and where to.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    comity requirements --node https://nqi.example.se --in KZ --hs 8516.60\n  \
    comity requirements --node https://nqi.example.se --in KZ --hs 8516.60 --on 2027-01-01 -o json\n\n\
    Lists what the destination's own rules ask for the product, which published certificates count there and what each \
    leaves open, and what nothing answers yet. Exit code 0 if a rule is held, 3 if none is: then ask the destination.")]
pub(crate) struct Options {
    /// The destination, such as KZ
    #[arg(long = "in", value_name = "ECONOMY")]
    destination: String,
    /// HS code of the product, such as 8516.60
    #[arg(long, value_name = "CODE")]
    hs: String,
    /// Edition of the HS, such as 2022
    #[arg(long, value_name = "YEAR")]
    hs_edition: Option<String>,
    /// The legal day [default: today]
    #[arg(long, value_name = "DATE")]
    on: Option<Day>,
}

pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    let remote = context.remote()?;
    let on = options.on.map(|day| day.to_string());
    let mut query = vec![("in", options.destination.as_str()), ("hs", &options.hs)];
    query.extend(
        options
            .hs_edition
            .as_deref()
            .map(|year| ("hsEdition", year)),
    );
    query.extend(on.as_deref().map(|day| ("on", day)));
    let answer = asking::get(&remote, "/v1/requirements", &query).await?;
    output::value(context.format, &answer, || words(&answer))?;
    let rules = list(&answer, "/rules");
    Ok(if rules.is_empty() {
        Exit::CannotTell
    } else {
        Exit::Done
    })
}

fn list<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    let list = value.pointer(pointer).and_then(Value::as_array);
    list.map_or(&[], Vec::as_slice)
}

fn words(answer: &Value) -> String {
    let mut words = text(answer, "/summary").to_owned();
    for rule in list(answer, "/rules") {
        let reading = rule.get("needsReading") == Some(&Value::Bool(true));
        let doubt = if reading { " (to be read)" } else { "" };
        let title = in_english(rule.get("title"));
        let basis = text(rule, "/legalBasis");
        add(
            &mut words,
            format_args!("\n\nrule: {title}{doubt}, {basis}"),
        );
        for asked in list(rule, "/requirements") {
            let what = in_english(asked.get("text"));
            let state = state_of(answer, rule, asked);
            add(&mut words, format_args!("\n  {state}: {what}"));
        }
    }
    for counting in list(answer, "/answers") {
        let record = counting.get("record").unwrap_or(&Value::Null);
        let open = list(counting, "/gaps").len();
        add(
            &mut words,
            format_args!(
                "\n\n{} {} of {}: {}, {open} still to do\n  {}",
                text(record, "/certificateNumber"),
                text(record, "/name"),
                text(record, "/issuer/name"),
                text(counting, "/verdict"),
                text(record, "/id"),
            ),
        );
    }
    let authority = text(answer, "/ask/authority");
    if !authority.is_empty() {
        add(&mut words, format_args!("\n\nask: {authority}"));
    }
    for contact in list(answer, "/ask/contacts") {
        let (office, url) = (text(contact, "/office"), text(contact, "/url"));
        add(&mut words, format_args!("\nask: {office} {url}"));
    }
    words
}

/// Whether a published certificate answers it, none does, or none can.
fn state_of(answer: &Value, rule: &Value, asked: &Value) -> &'static str {
    let (digest, id) = (text(rule, "/recordDigest"), text(asked, "/id"));
    let missing = list(answer, "/missing")
        .iter()
        .any(|missing| text(missing, "/rule") == digest && text(missing, "/requirement") == id);
    match text(asked, "/sort") {
        "attestation" | "deviation" if missing => "missing",
        "attestation" | "deviation" => "answered",
        _ => "to do",
    }
}

/// A text in English, else in the first language there is.
fn in_english(texts: Option<&Value>) -> String {
    let texts = texts.and_then(Value::as_array);
    let texts = texts.map_or(&[][..], Vec::as_slice);
    let english = texts.iter().find(|one| text(one, "/lang") == "en");
    let chosen = english.or(texts.first());
    chosen.map_or_else(String::new, |one| text(one, "/value").to_owned())
}
