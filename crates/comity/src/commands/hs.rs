//! `comity hs`: from words for goods to codes of the Harmonized System.

use anyhow::Result;
use clap::Args;
use comity_node::goods;
use serde_json::{Value, json};

use crate::asking;
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::output::{self, Column};

const COLUMNS: [Column; 4] = [
    ("Code", "/code"),
    ("Name", "/name"),
    ("By the words", "/words"),
    ("Declared by", "/declared"),
];

/// Which goods.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    comity hs \"stainless steel vacuum flask 0.5 l\"\n  \
    comity hs 电饭煲 --lang zh-Hans\n  \
    comity hs \"câble électrique\" --lang fr --node https://nqi.example.se\n\n\
    Without --node the program answers from its own thesaurus; a node adds what its records declare. What is answered is \
    probable and no ruling of a customs authority. Exit code 1 if nothing fits.")]
pub(crate) struct Options {
    /// Words for the goods, in English, Chinese, Russian, Arabic or French
    #[arg(required = true)]
    words: Vec<String>,
    /// Codes at most
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=50))]
    limit: u64,
}

pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    let words = options.words.join(" ");
    if words.chars().count() > goods::MAX_DESCRIPTION_CHARS {
        let most = goods::MAX_DESCRIPTION_CHARS;
        return Err(
            Failure::usage(format!("the words are longer than {most} characters"))
                .help("name the goods in a few words")
                .into(),
        );
    }
    let limit = options.limit.to_string();
    let answer = if context.node.is_some() {
        let query = [("q", words.as_str()), ("limit", limit.as_str())];
        asking::get(&context.remote()?, "/v1/hs", &query).await?
    } else {
        own(&words, context.language.tag(), options.limit)
    };
    let rows = rows(&answer);
    output::rows(context.format, &answer, &rows, &COLUMNS)?;
    if rows.is_empty() {
        context.say("No code fits these words. Try a plainer name of the goods.");
        return Ok(Exit::No);
    }
    Ok(Exit::Done)
}

/// The answer of the program's own thesaurus, in the shape of a node's.
fn own(words: &str, language: &str, limit: u64) -> Value {
    let limit = usize::try_from(limit).unwrap_or(goods::MAX_CANDIDATES);
    let found = goods::of_thesaurus(words, language);
    let items = found.into_iter().take(limit).map(|goods| {
        json!({
            "code": goods.code, "name": goods.name, "words": goods.words,
            "score": goods.score, "declared": goods.declared,
        })
    });
    json!({"edition": goods::edition(), "items": items.collect::<Vec<_>>()})
}

/// As a table shows them: the code as it is printed, the words in one cell.
fn rows(answer: &Value) -> Vec<Value> {
    let items = asking::items(answer).into_iter();
    let rows = items.map(|mut item| {
        let printed = goods::printed(asking::text(&item, "/code"));
        let words = item["words"].as_array().into_iter().flatten();
        let words: Vec<_> = words.filter_map(Value::as_str).collect();
        let words = words.join(", ");
        item["code"] = printed.into();
        item["words"] = words.into();
        item
    });
    rows.collect()
}
