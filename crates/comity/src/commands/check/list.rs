//! `comity check LIST.csv`: a question in each row, the same list with the answers, and what
//! changed since an earlier one.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

#[cfg(test)]
mod tests;

use anyhow::Result;
use comity_model::notice::NoticeSort;
use comity_model::text::projected;
use comity_node::list::{
    Asked, Change, Changes, Column as ListColumn, Defaults, Limits, List, ListError, Row,
    RowAnswer, sentences,
};
use comity_node::remote::Remote;
use comity_recognition::wording::Language;
use serde_json::{Value, json};

use super::batch::{MAX_BATCH, answers};
use super::{Options, Question, decisive, exit_of, extras, read_drafts, with};
use crate::asking::{self, text};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::frame;
use crate::input::{STDIN, read_whole};
use crate::output::{self, Column, Format, text_of};

/// Bytes of a file looked at to find out whether it is a list.
const LOOKED_AT: u64 = 16 * 1024;

/// Columns by the names that their headings have in the frame.
const COLUMNS: [(&str, Column); 7] = [
    ("line", ("Line", "/line")),
    ("verdict", ("Verdict", "/said")),
    ("number", ("Number", "/number")),
    ("in", ("In", "/answer/in")),
    ("why", ("Why", "/answer/reason")),
    ("before", ("Before", "/before")),
    ("reference", ("Reference", "/answer/reference")),
];

/// Columns of what was answered before, with `--changed-since`.
const BEFORE: [&str; 2] = ["comity_result_before", "comity_reason_before"];

/// Whether `name` is a list: a file called `.csv` or `.tsv`, or one whose first line names a
/// column of numbers and another one.
pub(super) fn is_list(name: &str) -> bool {
    let path = Path::new(name);
    if name == STDIN || !path.is_file() {
        return false;
    }
    let extension = path.extension().and_then(|extension| extension.to_str());
    let called = |known: &str| extension.is_some_and(|one| one.eq_ignore_ascii_case(known));
    if called("csv") || called("tsv") {
        return true;
    }
    let mut first = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LOOKED_AT).read_to_end(&mut first));
    read.is_ok() && List::is_like(&first)
}

/// A row, and what became of it.
struct Line<'a> {
    row: &'a Row,
    answer: RowAnswer,
    /// The answer as the node gave it, or why there is none.
    whole: Value,
    change: Option<Change>,
}

/// Checks the list `name`.
pub(super) async fn run(
    remote: &Remote,
    name: &str,
    options: &Options,
    context: &Context,
) -> Result<Exit> {
    if options.explain {
        let what = "--explain lists the steps of one verdict";
        return Err(Failure::usage(what)
            .help("check the number of the row by itself")
            .into());
    }
    let list = read(name)?;
    let earlier = options.changed_since.as_deref();
    let mut changes = earlier.map(changes_since).transpose()?;
    let format = match (context.chosen, context.format) {
        (Some(format), _) | (None, format @ Format::Table) => format,
        // In a pipe a list goes on as a list.
        (None, _) => Format::Csv,
    };
    let defaults = Defaults {
        in_economy: options.destination.clone(),
        on: options.on,
        issuer: options.issuer.clone(),
        product: options.product.facts()?,
    };
    let extras = extras(options, &read_drafts(&options.assume)?);
    let bar = context.bar(list.rows().len() as u64, "rows");
    let mut kept = Vec::new();
    let (mut exit, mut count) = (Exit::Done, 0_usize);
    if format == Format::Csv {
        output::bytes(head(&list, changes.is_some()).as_bytes())?;
    }
    for portion in list.rows().chunks(MAX_BATCH) {
        let lines = answered(remote, &list, portion, &defaults, &extras, context.language);
        for mut line in lines.await? {
            let ends = exit_of_row(&line);
            if let Some(changes) = &mut changes {
                let change = changes.of(&list, line.row, &defaults, &line.answer);
                // What got no answer is no change to rely on: the run ends by it.
                if !line.answer.is_verdict() {
                    exit = exit.worst(ends);
                }
                if change == Change::Same {
                    continue;
                }
                count += 1;
                line.change = Some(change);
            } else {
                exit = exit.worst(ends);
            }
            match format {
                Format::Csv => {
                    bar.suspend(|| output::bytes(csv_line(&list, &line).as_bytes()))?;
                }
                Format::Ndjson => bar.suspend(|| output::line(&json_of(&line).to_string()))?,
                Format::Table | Format::Json => kept.push(line),
            }
        }
        bar.inc(portion.len() as u64);
    }
    bar.finish_and_clear();
    let columns: Vec<&str> = list.not_compared().collect();
    if !columns.is_empty() {
        let columns = projected(&columns.join(", "));
        context.tell("list-columns", &[("columns", &columns)]);
    }
    if matches!(format, Format::Table | Format::Json) {
        show(format, &list, kept, context)?;
    }
    if let Some(changes) = &changes {
        say_changes(context, count, changes.left());
        return Ok(exit.worst(if count > 0 { Exit::No } else { Exit::Done }));
    }
    Ok(exit)
}

fn say_changes(context: &Context, changed: usize, left: usize) {
    context.say(&frame::counted(context.language, "list-changed", changed));
    if left > 0 {
        context.say(&frame::counted(context.language, "list-left", left));
    }
}

fn read(name: &str) -> Result<List> {
    let bytes = read_whole(name, Limits::FILE.bytes as u64)?;
    List::read(&bytes, Limits::FILE).map_err(|error| {
        let failure = Failure::unreadable(format!("{name}: {error}"));
        let failure = match error {
            ListError::NoNumber { .. } => failure.help(format!(
                "name the columns in the first line: {}",
                ListColumn::ALL.map(ListColumn::name).join(", ")
            )),
            ListError::TooManyRows { .. } | ListError::TooLarge { .. } => {
                failure.help("divide the list")
            }
            _ => failure,
        };
        failure.into()
    })
}

fn changes_since(name: &str) -> Result<Changes> {
    Changes::since(&read(name)?).ok_or_else(|| {
        Failure::usage(format!("{name} holds no answers of an earlier check"))
            .help("give what an earlier check wrote: comity check LIST.csv -o csv > OLD.csv")
            .into()
    })
}

/// The rows with their answers, in their order.
async fn answered<'a>(
    remote: &Remote,
    list: &List,
    rows: &'a [Row],
    defaults: &Defaults,
    extras: &Value,
    language: Language,
) -> Result<Vec<Line<'a>>> {
    let asked: Vec<_> = rows.iter().map(|row| list.asked(row, defaults)).collect();
    let questions = asked.iter().flatten();
    let questions: Vec<Question> = questions
        .map(|asked| question(asked, extras))
        .collect::<Result<_>>()?;
    let mut found = if questions.is_empty() {
        Vec::new()
    } else {
        answers(remote, &questions).await?
    }
    .into_iter();
    let lines = rows.iter().zip(&asked).map(|(row, asked)| {
        let (answer, whole) = match asked {
            Ok(asked) => {
                let whole = found.next().unwrap_or_default();
                (answer_of(asked, &whole, language), whole)
            }
            Err(fault) => {
                let detail = fault.to_string();
                let problem = json!({"code": fault.word(), "detail": detail});
                let answer = RowAnswer::not_asked(fault, detail);
                (answer, json!({"problem": problem}))
            }
        };
        Line {
            row,
            answer,
            whole: with(&whole, "line", json!(row.line)),
            change: None,
        }
    });
    Ok(lines.collect())
}

/// The question of a row as it is sent.
fn question(asked: &Asked, extras: &Value) -> Result<Question> {
    let mut question = with(extras, "record", json!(asked.record));
    question = with(&question, "in", json!(asked.in_economy));
    if let Some(issuer) = &asked.issuer {
        question = with(&question, "issuer", json!(issuer));
    }
    if let Some(on) = asked.on {
        question = with(&question, "on", json!(on));
    }
    if !asked.product.is_empty() {
        question = with(&question, "product", serde_json::to_value(&asked.product)?);
    }
    Question::of(&question)
}

/// The node's answer in a row.
fn answer_of(asked: &Asked, whole: &Value, language: Language) -> RowAnswer {
    let result = text(whole, "/verdict");
    if result.is_empty() {
        let problem = whole.get("problem").unwrap_or(&Value::Null);
        let code = text(problem, "/type")
            .rsplit('/')
            .next()
            .unwrap_or_default();
        return RowAnswer::failed(code, asking::describe(problem).replace('\n', " "));
    }
    let decisive = decisive(whole);
    let steps = whole.get("steps").and_then(Value::as_array);
    let mut steps = steps.into_iter().flatten();
    let step = steps.find(|step| text(step, "/step") == decisive);
    let step = step.unwrap_or(&Value::Null);
    let in_words = if asked.product_in_words {
        frame::said(language, "list-product-in-words", &[])
    } else {
        String::new()
    };
    let (because, later) = (text(whole, "/because"), text(whole, "/laterInWords"));
    let alike = whole.get("looksLike").and_then(Value::as_array);
    let alike: Vec<(&str, bool)> = (alike.into_iter().flatten())
        .map(|one| {
            (
                text(one, "/number"),
                one.get("warned") == Some(&json!(true)),
            )
        })
        .collect();
    let answer = RowAnswer {
        result: result.to_owned(),
        reason: sentences([because, later, &in_words], language),
        code: text(step, "/code").to_owned(),
        in_economy: text(whole, "/question/in").to_owned(),
        on: text(whole, "/question/on").to_owned(),
        as_of: text(whole, "/question/knownAt").to_owned(),
        reference: text(whole, "/reference").to_owned(),
        warning: String::new(),
    };
    answer.beside(warning(whole), &alike, language)
}

/// The gravest warning in force among the notices of an answer, about its record or its number.
fn warning(whole: &Value) -> Option<NoticeSort> {
    let items = whole.pointer("/notices/items").and_then(Value::as_array);
    let in_force = |item: &&Value| {
        let touches = item.get("touches").and_then(Value::as_array);
        let mut touches = touches.into_iter().flatten();
        let named = touches.any(|touch| *touch == json!("record") || *touch == json!("number"));
        named && text(item, "/state") == "active"
    };
    let mut sorts = (items.into_iter().flatten())
        .filter(in_force)
        .filter_map(|item| serde_json::from_value(item.get("sort")?.clone()).ok());
    sorts.find(|sort| matches!(sort, NoticeSort::ForgedCertificate | NoticeSort::Misuse))
}

/// How a run ends by that row.
fn exit_of_row(line: &Line<'_>) -> Exit {
    // A row that asks nothing is a thing that cannot be read.
    exit_of(&line.whole)
}

/// The first line of the answer file.
fn head(list: &List, compared: bool) -> String {
    if compared {
        list.head_of_answers(&BEFORE)
    } else {
        list.head_of_answers(&[])
    }
}

fn csv_line(list: &List, line: &Line<'_>) -> String {
    let before = match &line.change {
        None => return list.line_of_answer(line.row, &line.answer, &[]),
        Some(Change::Changed(before)) => [before.result.as_str(), before.reason.as_str()],
        Some(Change::Same | Change::New) => ["", ""],
    };
    list.line_of_answer(line.row, &line.answer, &before)
}

/// The node's answer, and the earlier one beside it.
fn json_of(line: &Line<'_>) -> Value {
    match &line.change {
        None => line.whole.clone(),
        Some(Change::Changed(before)) => {
            let before = json!({
                "result": before.result, "code": before.code, "reason": before.reason,
                "asOf": before.as_of, "reference": before.reference,
            });
            with(&line.whole, "before", before)
        }
        Some(Change::Same | Change::New) => with(&line.whole, "before", Value::Null),
    }
}

/// The rows as a table, the worst first; as JSON in their order.
fn show(format: Format, list: &List, mut lines: Vec<Line<'_>>, context: &Context) -> Result<()> {
    let whole = json!({"items": lines.iter().map(json_of).collect::<Vec<_>>()});
    lines.sort_by_key(|line| std::cmp::Reverse(line.answer.severity()));
    let language = context.language;
    let rows: Vec<Value> = lines
        .iter()
        .map(|line| table_row(list, line, language))
        .collect();
    let compared = lines.iter().any(|line| line.change.is_some());
    let columns: Vec<_> = (COLUMNS.into_iter())
        .filter(|(name, _)| compared || *name != "before")
        .collect();
    let columns = frame::columns(context.language, format, &columns);
    output::rows(format, &whole, &rows, &columns)
}

fn table_row(list: &List, line: &Line<'_>, language: Language) -> Value {
    let answer = &line.answer;
    let before = match &line.change {
        None => String::new(),
        Some(Change::Changed(before)) => frame::word_at(language, "/verdict", &before.result),
        Some(Change::Same | Change::New) => frame::said(language, "list-new", &[]),
    };
    let number = list.cell(line.row, ListColumn::Number).unwrap_or_default();
    let result = frame::word_at(language, "/verdict", &answer.result);
    json!({
        "line": line.row.line,
        "said": format!("{} {result}", sign(&answer.result)),
        "number": projected(number),
        "before": before,
        "answer": {
            "in": answer.in_economy,
            "reason": text_of(&json!(answer.reason)),
            "reference": answer.reference,
        },
    })
}

/// The sign of a result, so that it is told by more than a word.
fn sign(result: &str) -> &'static str {
    match result {
        "recognised" => "✔",
        "recognisedWithConditions" => "◑",
        "resultsOnly" => "≡",
        "notRecognised" => "✖",
        "cannotTell" => "?",
        _ => "!",
    }
}
