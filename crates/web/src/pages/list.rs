//! A list of certificates: pasted or uploaded, answered row by row, and not kept.

mod answers;
mod sent;
#[cfg(test)]
mod tests;
mod words;

use askama::Template;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use comity_model::text::projected;
use comity_node::csv::CSV;
use comity_node::list::{Column, Limits, List};
use comity_recognition::wording::{self, Style};

use self::answers::{Answered, answered};
use self::sent::Sent;
use crate::asked::Asked;
use crate::frame::{Frame, page};
use crate::pages::home::{Choice, economies};
use crate::site::{Answer, Site};
use crate::texts::{number, text};

/// Lists that are answered at the same time; each is up to a thousand questions.
pub(crate) const MAX_LISTS: usize = 4;
/// Most columns that are named as not compared.
const MAX_NAMED: usize = 10;

#[derive(Template)]
#[template(path = "list.html")]
struct ListPage {
    frame: Frame,
    economies: Vec<Choice>,
    on: String,
    /// The list as it was sent, so that it can be mended, and sent once more for its answers as a
    /// file.
    list: String,
    most: String,
    /// What is wrong with the whole list: title and sentence.
    trouble: Option<(String, String)>,
    /// How many rows were answered; none before there is a list.
    count: Option<String>,
    /// Columns of which nothing was compared.
    not_compared: Option<String>,
    rows: Vec<ShownRow>,
}

/// A row of the table.
struct ShownRow {
    tone: &'static str,
    icon: String,
    word: String,
    /// A warning about its number is in force.
    warned: bool,
    number: String,
    href: Option<String>,
    place: String,
    why: String,
    as_of: String,
    reference: String,
    line: u64,
}

/// The form, with nothing in it.
pub(crate) async fn form(State(site): State<Site>, asked: Asked) -> Answer {
    let own = &site.node().config().economy;
    let destination = site.place_in(&asked)?.unwrap_or(own);
    let on = site.only(&asked, "on")?.unwrap_or_default();
    Ok(page(StatusCode::OK, &list_page(&site, destination, on)))
}

/// The answers to a list, as a page or as the same list with the answers beside.
pub(crate) async fn check(State(site): State<Site>, request: Request) -> Answer {
    let sent = match Sent::read(&site, request).await {
        Ok(sent) => sent,
        Err(wrong) => return Ok(refused(&site, &Sent::default(), &wrong)),
    };
    let list = match List::read(&sent.list, Limits::UPLOAD) {
        Ok(list) => list,
        Err(error) => {
            let wrong = words::of_list(&site, &error);
            return Ok(refused(&site, &sent, &wrong));
        }
    };
    let _place = site.place()?;
    let style = if sent.as_file {
        Style::Codes
    } else {
        Style::Names
    };
    let answers = answered(&site, &list, &sent.defaults, style).await;
    if sent.as_file {
        return Ok(as_file(&list, &answers));
    }
    let mut shown = filled(&site, &sent);
    let count = u64::try_from(answers.len()).unwrap_or(u64::MAX);
    shown.count = Some(site.texts.put("list-count", &[("count", number(count))]));
    shown.not_compared = not_compared(&site, &list);
    shown.rows = rows(&site, &list, answers);
    Ok(page(StatusCode::OK, &shown))
}

/// Which columns were passed over: who sees green must know that they were.
fn not_compared(site: &Site, list: &List) -> Option<String> {
    let columns: Vec<String> = list.not_compared().take(MAX_NAMED).map(projected).collect();
    let columns = text(columns.join(", "));
    let said = || site.texts.put("list-not-compared", &[("columns", columns)]);
    list.not_compared().next().map(|_| said())
}

/// The rows of the table, the worst first.
fn rows(site: &Site, list: &List, mut answers: Vec<Answered<'_>>) -> Vec<ShownRow> {
    answers.sort_by_key(|one| std::cmp::Reverse(one.answer.severity()));
    let rows = answers.into_iter().map(|one| {
        let cell = list.cell(one.row, Column::Number).unwrap_or_default();
        let place = match one.on {
            Some(on) => {
                let economy = site.economy(&one.answer.in_economy);
                format!("{economy}, {}", site.day(on))
            }
            None => String::new(),
        };
        ShownRow {
            tone: one.tone.class(),
            icon: one.icon.svg(),
            word: one.word,
            warned: !one.answer.warning.is_empty(),
            number: projected(cell),
            href: one.href,
            place,
            why: one.answer.reason,
            as_of: match one.answer.as_of.parse() {
                Ok(at) => wording::moment(at, site.language),
                Err(_) => one.answer.as_of,
            },
            reference: one.answer.reference,
            line: one.row.line,
        }
    });
    rows.collect()
}

/// The list with its answers, in its own order, to be kept by whoever asked.
fn as_file(list: &List, answers: &[Answered<'_>]) -> Response {
    let mut text = list.head_of_answers(&[]);
    for one in answers {
        text.push_str(&list.line_of_answer(one.row, &one.answer, &[]));
    }
    let mut response = Response::new(Body::from(text));
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, CSV),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"comity-answers.csv\"",
        ),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// The form again, with what is wrong.
fn refused(site: &Site, sent: &Sent, wrong: &str) -> Response {
    let mut shown = filled(site, sent);
    let title = site.texts.say("list-trouble");
    shown.trouble = Some((title, wrong.to_owned()));
    page(StatusCode::BAD_REQUEST, &shown)
}

fn filled(site: &Site, sent: &Sent) -> ListPage {
    let own = &site.node().config().economy;
    let destination = sent.defaults.in_economy.as_ref().unwrap_or(own);
    let on = sent.defaults.on.map(|day| day.to_string());
    let mut shown = list_page(site, destination, &on.unwrap_or_default());
    shown.list = String::from_utf8_lossy(&sent.list).into_owned();
    shown
}

fn list_page(site: &Site, destination: &str, on: &str) -> ListPage {
    let megabytes = Limits::UPLOAD.bytes / (1024 * 1024);
    let figure = |value: usize| number(u64::try_from(value).unwrap_or(u64::MAX));
    let most = [
        ("rows", figure(Limits::UPLOAD.rows)),
        ("size", figure(megabytes)),
    ];
    ListPage {
        frame: Frame::new(site, site.texts.say("list-title"), "list"),
        economies: economies(site, destination),
        on: on.to_owned(),
        list: String::new(),
        most: site.texts.put("list-most", &most),
        trouble: None,
        count: None,
        not_compared: None,
        rows: Vec::new(),
    }
}
