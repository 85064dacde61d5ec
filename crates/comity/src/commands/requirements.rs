//! `comity requirements`: what a destination asks for a product, and what already answers it.

use anyhow::Result;
use clap::Args;
use comity_model::date::Day;
use comity_recognition::wording::{self, Language};
use serde_json::Value;

use crate::asking::{self, text};
use crate::context::Context;
use crate::exit::Exit;
use crate::frame;
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
    output::value(context.format, &answer, || words(&answer, context.language))?;
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

fn words(answer: &Value, language: Language) -> String {
    let mut words = text(answer, "/summary").to_owned();
    for rule in list(answer, "/rules") {
        let reading = rule.get("needsReading") == Some(&Value::Bool(true));
        let name = if reading { "rule.reading" } else { "rule" };
        let title = in_language(rule.get("title"), language);
        let about = [
            ("title", title.as_str()),
            ("basis", text(rule, "/legalBasis")),
        ];
        let said = frame::said(language, name, &about);
        add(&mut words, format_args!("\n\n{said}"));
        for asked in list(rule, "/requirements") {
            let what = in_language(asked.get("text"), language);
            let state = frame::said(language, state_of(answer, rule, asked), &[]);
            add(&mut words, format_args!("\n  {state}: {what}"));
        }
    }
    for counting in list(answer, "/answers") {
        let record = counting.get("record").unwrap_or(&Value::Null);
        let open = list(counting, "/gaps").len().to_string();
        let verdict = result(text(counting, "/verdict"), language);
        let about = [
            ("number", text(record, "/certificateNumber")),
            ("name", text(record, "/name")),
            ("issuer", text(record, "/issuer/name")),
            ("verdict", &verdict),
            ("open", &open),
        ];
        let said = frame::said(language, "counting", &about);
        let id = text(record, "/id");
        add(&mut words, format_args!("\n\n{said}\n  {id}"));
    }
    if !is_anything_left(answer) {
        return words;
    }
    let authority = [text(answer, "/ask/name"), text(answer, "/ask/authority")];
    let authority: Vec<&str> = authority
        .into_iter()
        .filter(|one| !one.is_empty())
        .collect();
    if !authority.is_empty() {
        let said = frame::said(language, "ask-whom", &[("whom", &authority.join(", "))]);
        add(&mut words, format_args!("\n\n{said}"));
    }
    for contact in list(answer, "/ask/contacts") {
        let ways = ["/office", "/telephone", "/email", "/url"].map(|way| text(contact, way));
        let ways: Vec<&str> = ways.into_iter().filter(|way| !way.is_empty()).collect();
        let whom = ways.join(" ");
        let said = frame::said(language, "ask-whom", &[("whom", &whom)]);
        add(&mut words, format_args!("\n{said}"));
    }
    words
}

/// Whether anything is left to be done or to be asked: no rule is held, one has to be read or
/// refuses, or something is asked that no published certificate answers.
fn is_anything_left(answer: &Value) -> bool {
    let rules = list(answer, "/rules");
    rules.is_empty()
        || rules.iter().any(|rule| {
            let mut asked = list(rule, "/requirements").iter();
            rule.get("needsReading") == Some(&Value::Bool(true))
                || text(rule, "/effect") == "refused"
                || asked.any(|asked| state_of(answer, rule, asked) != "requirement-answered")
        })
}

/// The name of the line that says whether a published certificate answers it, none does or was found
/// among those judged, or none can.
fn state_of(answer: &Value, rule: &Value, asked: &Value) -> &'static str {
    let (digest, id) = (text(rule, "/recordDigest"), text(asked, "/id"));
    let among = |pointer| {
        list(answer, pointer)
            .iter()
            .any(|open| text(open, "/rule") == digest && text(open, "/requirement") == id)
    };
    match text(asked, "/sort") {
        "attestation" | "deviation" if among("/missing") => "requirement-missing",
        "attestation" | "deviation" if among("/notAmongJudged") => "requirement-not-judged",
        "attestation" | "deviation" => "requirement-answered",
        _ => "requirement-to-do",
    }
}

/// A verdict in a word or two.
fn result(verdict: &str, language: Language) -> String {
    let words = wording::catalogue(language);
    words.text(&format!("result-{verdict}"), &[]).into_owned()
}

/// A text in that language, else in English, else in the first language there is.
fn in_language(texts: Option<&Value>, language: Language) -> String {
    let texts = texts.and_then(Value::as_array);
    let texts = texts.map_or(&[][..], Vec::as_slice);
    let own = (texts.iter()).find(|one| Language::of_tag(text(one, "/lang")) == Some(language));
    let english = texts.iter().find(|one| text(one, "/lang") == "en");
    let chosen = own.or(english).or(texts.first());
    chosen.map_or_else(String::new, |one| text(one, "/value").to_owned())
}
