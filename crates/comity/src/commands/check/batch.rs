//! Many questions: sent a portion at a time, answered in their order.

use anyhow::Result;
use comity_node::remote::Remote;
use comity_recognition::wording::Language;
use serde_json::{Value, json};

use super::{COLUMNS, Question, exit_of, with, words};
use crate::asking;
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::frame;
use crate::output::{self, Format};

/// Questions of one request.
pub(super) const MAX_BATCH: usize = 500;

/// Asks each question, and shows the answers.
pub(super) async fn batch(
    remote: &Remote,
    questions: &[Question],
    context: &Context,
) -> Result<Exit> {
    let bar = context.bar(questions.len() as u64, "questions");
    let mut exit = Exit::Done;
    let mut kept = Vec::new();
    let mut line = 0_u64;
    for portion in questions.chunks(MAX_BATCH) {
        for answer in answers(remote, portion).await? {
            line += 1;
            let answer = with(&answer, "line", json!(line));
            exit = exit.worst(exit_of(&answer));
            match context.format {
                Format::Ndjson => bar.suspend(|| output::line(&answer.to_string()))?,
                _ => kept.push(answer),
            }
        }
        bar.inc(portion.len() as u64);
    }
    bar.finish_and_clear();
    if context.format != Format::Ndjson {
        let whole = json!({"items": kept});
        // Only a table is read in a language.
        let language = match context.format {
            Format::Table => context.language,
            _ => Language::En,
        };
        let rows: Vec<Value> = kept
            .iter()
            .map(|answer| words::marked(answer, language))
            .collect();
        frame::rows(context, &whole, &rows, &COLUMNS)?;
    }
    Ok(exit)
}

/// The answers to the questions of one request, in their order: a verdict, or a problem.
pub(super) async fn answers(remote: &Remote, questions: &[Question]) -> Result<Vec<Value>> {
    let lines: Vec<String> = (questions.iter())
        .map(Question::line)
        .collect::<Result<_>>()?;
    let body = format!("{}\n", lines.join("\n")).into_bytes();
    let path = "/v1/recognition/batch";
    let answer = remote.post(path, "application/x-ndjson", body).await?;
    if !answer.is_success() {
        return Err(asking::problem(remote, path, &answer).into());
    }
    let lines = answer.body.split(|&byte| byte == b'\n');
    let answers = lines.filter(|line| !line.is_empty()).map(|line| {
        serde_json::from_slice(line).map_err(|error| {
            Failure::unreadable(format!("the node's answer is no JSON: {error}")).into()
        })
    });
    let answers: Vec<Value> = answers.collect::<Result<_>>()?;
    if answers.len() != questions.len() {
        let (found, asked) = (answers.len(), questions.len());
        let what = format!("the node answered {found} of {asked} questions");
        return Err(Failure::unreadable(what).into());
    }
    Ok(answers)
}
