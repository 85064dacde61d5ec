//! The arrangements held, and the matrix of who recognises whom by them.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use comity_model::date::Day;
use comity_model::record::Subject;
use comity_model::text::projected;
use comity_node::browse::List;
use comity_recognition::matrix::{Cell, Matrix, MatrixPath, Reach, Scope};
use comity_recognition::wording;

use crate::asked::{Asked, query_string};
use crate::frame::{Frame, page};
use crate::icon::Tone;
use crate::pages::home::{Choice, economies as choices};
use crate::rows::Rows;
use crate::site::{Answer, Site};
use crate::texts::{number, text};

/// The marks of cells in which no arrangement stands.
const OWN: &str = "=";
const NOTHING: &str = "–";
/// Most rows of the list beside the matrix; programs read all of them.
const LISTED: usize = 500;

#[derive(Template)]
#[template(path = "arrangements.html")]
struct Arrangements {
    frame: Frame,
    on: String,
    scheme: String,
    hs: String,
    /// Where it is to count, to choose from.
    places: Vec<Choice>,
    /// Neither product nor scheme is chosen, so that a mark is of whatever a chapter covers.
    open: bool,
    /// Code and name of each economy that has a column.
    economies: Vec<(String, String)>,
    rows: Vec<MatrixRow>,
    /// Class, letter and meaning of what may stand in a cell.
    legend: Vec<(&'static str, String, String)>,
    list: Vec<ListRow>,
    more: Option<String>,
    held: Rows,
    /// That whoever stands in the list is in it on that day.
    members_on: String,
}

struct MatrixRow {
    code: String,
    name: String,
    cells: Vec<CellShown>,
}

/// What stands in a cell.
enum CellShown {
    /// An arrangement says that results count.
    Counts(Counting),
    /// The economy of issue is the destination.
    Own,
    /// Nothing held says so.
    Nothing,
}

struct Counting {
    class: &'static str,
    letter: String,
    words: String,
    href: String,
}

struct ListRow {
    from: String,
    to: String,
    class: &'static str,
    letter: String,
    words: String,
    level: Option<String>,
    degree: String,
    title: String,
    lang: String,
    /// Language and title of the chapter: one arrangement may have several for two economies.
    chapter: Option<(String, String)>,
    href: String,
}

/// Class and words of a reach. Only what counts in full is green.
fn look(site: &Site, reach: Reach) -> (&'static str, String) {
    let (tone, key) = match reach {
        Reach::Full => (Tone::Green, "matrix-full"),
        Reach::WithConditions => (Tone::Amber, "matrix-conditions"),
        Reach::ToLevel => (Tone::Amber, "matrix-level"),
        Reach::ResultsOnly => (Tone::Blue, "matrix-results"),
        Reach::Unclear => (Tone::Grey, "matrix-unclear"),
    };
    (tone.class(), site.texts.say(key))
}

/// The mark of a reach in a cell, in the reader's language: one for each, as colour is not enough.
fn mark(site: &Site, reach: Reach) -> String {
    site.texts.say(match reach {
        Reach::Full => "matrix-mark-full",
        Reach::WithConditions => "matrix-mark-conditions",
        Reach::ToLevel => "matrix-mark-level",
        Reach::ResultsOnly => "matrix-mark-results",
        Reach::Unclear => "matrix-mark-unclear",
    })
}

/// Shows the matrix of a day, and every arrangement.
pub(crate) async fn arrangements(State(site): State<Site>, asked: Asked) -> Answer {
    let on = asked.read::<Day>("on");
    let on = on.map_err(|value| site.cannot_read("on", &value))?;
    let place = site.place_in(&asked)?;
    let scope = Scope {
        scheme: site.only(&asked, "scope")?.map(str::to_owned),
        product: site.product_in(&asked)?,
    };
    let open = scope.scheme.is_none() && scope.product.is_none();
    let found = site.node().recognition_matrix(scope, on).await;
    let found = found.map_err(|error| site.failed(&error))?;
    let held = site.node().arrangements_with(None, found.on).await;
    let held = held.map_err(|error| site.failed(&error))?;
    let titles = titles(&site, &held.list);
    let kept = asked.without(&[]);
    let kept = kept.filter(|(name, _)| matches!(*name, "on" | "scope" | "hs"));
    let twin = format!("/v1/recognition-matrix?{}", query_string(kept));
    let title = site.texts.say("matrix-title");
    let mut frame = Frame::new(&site, title, &asked.here);
    frame.twin = twin;
    let matrix = &found.matrix;
    let is_there = |code: &str| place.is_none_or(|place| place == code);
    let mut list = list(&site, matrix, &titles, &is_there);
    let total = list.len();
    list.truncate(LISTED);
    let counts = [
        ("shown", number(list.len() as u64)),
        ("total", number(total as u64)),
    ];
    let mut economies = matrix.economies.clone();
    economies.sort_by_key(|code| wording::economy_rank(code, site.language));
    let columns: Vec<String> = (economies.iter())
        .filter(|code| is_there(code))
        .cloned()
        .collect();
    let shown = Arrangements {
        places: choices(&site, place.unwrap_or_default()),
        open,
        on: found.on.to_string(),
        scheme: asked.one("scope").unwrap_or_default().to_owned(),
        hs: asked.one("hs").unwrap_or_default().to_owned(),
        rows: rows(&site, matrix, &economies, &columns),
        economies: columns
            .into_iter()
            .map(|code| (code.clone(), site.economy(&code)))
            .collect(),
        legend: legend(&site),
        more: (total > list.len()).then(|| site.texts.put("browse-more", &counts)),
        list,
        members_on: members_on(&site, found.on),
        held: Rows::of_arrangements(&site, &held),
        frame,
    };
    Ok(page(StatusCode::OK, &shown))
}

/// That the economies beside an arrangement are those that are in it on a day.
pub(crate) fn members_on(site: &Site, on: Day) -> String {
    site.texts
        .put("arrangements-on", &[("day", text(site.day(on)))])
}

fn legend(site: &Site) -> Vec<(&'static str, String, String)> {
    let legend = Reach::ALL.map(|reach| {
        let (class, words) = look(site, reach);
        (class, mark(site, reach), words)
    });
    let own = ("own", OWN.to_owned(), site.texts.say("matrix-own"));
    let nothing = ("none", NOTHING.to_owned(), site.texts.say("matrix-nothing"));
    legend.into_iter().chain([own, nothing]).collect()
}

/// Titles of an arrangement and of its chapters by their ids, each with its language.
struct Titles {
    own: (String, String),
    chapters: BTreeMap<String, (String, String)>,
}

/// Titles of arrangements by record digest, in the reader's language where there is one.
fn titles(site: &Site, held: &List) -> BTreeMap<[u8; 32], Titles> {
    let titles = held.items.iter().filter_map(|one| {
        let record = one.evidence.record.as_ref().ok()?;
        let Subject::Arrangement(arrangement) = &record.subject else {
            return None;
        };
        let chapters = arrangement.chapters.iter();
        let chapters = chapters.map(|one| (one.id.clone(), site.worded(&one.title)));
        let titles = Titles {
            own: site.worded(&arrangement.title),
            chapters: chapters.collect(),
        };
        Some((one.evidence.record_digest, titles))
    });
    titles.collect()
}

fn record_href(site: &Site, path: &MatrixPath) -> String {
    site.href(&format!("records/{}", hex::encode(path.record)))
}

fn rows(site: &Site, matrix: &Matrix, economies: &[String], columns: &[String]) -> Vec<MatrixRow> {
    let cell = |from: &String, to: &String| {
        if from == to {
            return CellShown::Own;
        }
        let best = matrix.cell(from, to).and_then(|cell| cell.paths.first());
        let Some(best) = best else {
            return CellShown::Nothing;
        };
        let (class, words) = look(site, best.reach);
        CellShown::Counts(Counting {
            class,
            letter: mark(site, best.reach),
            words,
            href: record_href(site, best),
        })
    };
    let rows = economies.iter().map(|from| MatrixRow {
        code: from.clone(),
        name: site.economy(from),
        cells: columns.iter().map(|to| cell(from, to)).collect(),
    });
    if columns.is_empty() {
        return Vec::new();
    }
    rows.collect()
}

fn list(
    site: &Site,
    matrix: &Matrix,
    titles: &BTreeMap<[u8; 32], Titles>,
    is_there: &dyn Fn(&str) -> bool,
) -> Vec<ListRow> {
    let row = |cell: &Cell, path: &MatrixPath| {
        let (class, words) = look(site, path.reach);
        let unnamed = || (String::new(), projected(&path.chapter));
        let titles = titles.get(&path.record);
        let (lang, title) = titles.map_or_else(unnamed, |titles| titles.own.clone());
        let id = path.chapter.rsplit('/').next().unwrap_or_default();
        let chapter = titles.and_then(|titles| titles.chapters.get(id)).cloned();
        ListRow {
            from: site.economy(&cell.from),
            to: site.economy(&cell.to),
            class,
            letter: mark(site, path.reach),
            words,
            level: path.level.clone(),
            degree: wording::degree(path.degree, site.language).to_owned(),
            title,
            lang,
            chapter,
            href: record_href(site, path),
        }
    };
    let cells = matrix.cells.iter().filter(|cell| is_there(&cell.to));
    let rows = cells.flat_map(|cell| cell.paths.iter().map(move |path| row(cell, path)));
    rows.collect()
}
