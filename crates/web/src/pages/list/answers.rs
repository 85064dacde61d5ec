//! Each row's answer.

use std::time::Duration;

use comity_model::date::Day;
use comity_model::text::projected;
use comity_node::beside::Beside;
use comity_node::error::Error;
use comity_node::list::{Asked, Defaults, List, Row, RowAnswer, result_word, sentences};
use comity_node::recognise;
use comity_recognition::verdict::{Extent, VerdictResult};
use comity_recognition::wording::{self, Style};
use futures::{StreamExt as _, stream};

use super::words;
use crate::asked::query_string;
use crate::icon::{self, Icon, Tone};
use crate::rows::judged_href;
use crate::site::Site;
use crate::texts::text;
use crate::verdict::conditions;

/// Rows that are asked about at the same time.
const AT_ONCE: usize = 4;
/// How long rows are asked about: less than a request may take. The rest gets no answer, and says
/// so.
const LONGEST: Duration = Duration::from_secs(20);

/// A row with its answer.
pub(super) struct Answered<'a> {
    pub(super) row: &'a Row,
    pub(super) answer: RowAnswer,
    pub(super) tone: Tone,
    pub(super) icon: Icon,
    /// The result in a word or two.
    pub(super) word: String,
    /// The legal day, where there is a verdict.
    pub(super) on: Option<Day>,
    /// The page of the record judged, with the same question.
    pub(super) href: Option<String>,
}

/// The answers to all rows, in their order.
pub(super) async fn answered<'a>(
    site: &Site,
    list: &'a List,
    defaults: &Defaults,
    style: Style,
) -> Vec<Answered<'a>> {
    let rows = list.rows().iter();
    let asked: Vec<_> = rows
        .map(|row| one(site, list, row, defaults, style))
        .collect();
    let mut asked = std::pin::pin!(stream::iter(asked).buffered(AT_ONCE));
    let mut over = std::pin::pin!(tokio::time::sleep(LONGEST));
    let mut found = Vec::with_capacity(list.rows().len());
    loop {
        tokio::select! {
            biased;
            () = &mut over => break,
            next = asked.next() => match next {
                Some(answer) => found.push(answer),
                None => break,
            },
        }
    }
    let rest = list.rows().iter().skip(found.len());
    found.extend(rest.map(|row| {
        let answer = RowAnswer::failed("timeout", site.texts.say("list-failed-why"));
        without_verdict(site, row, answer)
    }));
    found
}

async fn one<'a>(
    site: &Site,
    list: &List,
    row: &'a Row,
    defaults: &Defaults,
    style: Style,
) -> Answered<'a> {
    let asked = match list.asked(row, defaults) {
        Ok(asked) => asked,
        Err(fault) => {
            let answer = RowAnswer::not_asked(&fault, words::of_row(site, &fault));
            return without_verdict(site, row, answer);
        }
    };
    let ask = asked.ask();
    let record = ask.record.clone();
    let answered = async {
        let answer = site.node().recognise(ask).await?;
        let beside = site.node().beside(&record, &answer.verdict).await?;
        Ok((answer, beside))
    };
    match answered.await {
        Ok((answer, beside)) => {
            let answered = with_verdict(site, row, &asked, &answer, style);
            told_beside(site, answered, &asked, &beside)
        }
        Err(Error::Question { parameter, .. }) => {
            let detail = site.beyond(parameter);
            without_verdict(site, row, RowAnswer::failed("invalid-parameter", detail))
        }
        Err(error) => {
            tracing::error!(%error, "a row of a list could not be answered");
            let detail = site.texts.say("trouble-failed-detail");
            without_verdict(site, row, RowAnswer::failed("internal", detail))
        }
    }
}

fn with_verdict<'a>(
    site: &Site,
    row: &'a Row,
    asked: &Asked,
    answer: &recognise::Answer,
    style: Style,
) -> Answered<'a> {
    let verdict = &answer.verdict;
    let language = site.language;
    let step = verdict.step(verdict.decisive_step);
    let later = wording::later(verdict, language, style);
    let because = wording::because(verdict, language, style);
    let mut reason = sentences([because.as_str(), &later], language);
    if verdict.result == VerdictResult::RecognisedWithConditions {
        let open = conditions(site, verdict).into_iter().map(|(_, text)| text);
        let gaps = verdict.gaps.iter().map(|gap| site.worded(&gap.text).1);
        for open in open.chain(gaps) {
            reason.push_str(wording::between_sentences(language));
            let open = [("condition", text(projected(&open)))];
            reason.push_str(&site.texts.put("list-condition", &open));
        }
    }
    if asked.product_in_words {
        reason.push_str(wording::between_sentences(language));
        reason.push_str(&site.texts.say("list-words"));
    }
    let capped = matches!(verdict.extent, Extent::CappedAt(_));
    let (tone, icon) = icon::of_result(verdict.result, capped);
    let question = &verdict.question;
    let judged = verdict.judged.as_ref();
    Answered {
        row,
        tone,
        icon,
        word: wording::result(verdict.result, language).to_owned(),
        on: Some(question.on),
        href: judged
            .and_then(|judged| judged_href(site, &hex::encode(judged.record_digest), question)),
        answer: RowAnswer {
            result: result_word(verdict.result).to_owned(),
            reason,
            code: step.map_or("", |step| step.code.as_str()).to_owned(),
            in_economy: question.in_economy.clone(),
            on: question.on.to_string(),
            as_of: question.known_at.to_string(),
            reference: verdict.reference(),
            warning: String::new(),
        },
    }
}

/// A row with what is told beside its answer; where no record was judged, that leads to what is known
/// of the number.
fn told_beside<'a>(
    site: &Site,
    mut answered: Answered<'a>,
    asked: &Asked,
    beside: &Beside,
) -> Answered<'a> {
    let alike = beside.looks_like.iter();
    let alike: Vec<_> = alike.map(|one| (one.number.as_str(), one.warned)).collect();
    let told = beside.warning.is_some() || !alike.is_empty();
    if told && answered.href.is_none() {
        let number = query_string([("number", asked.record.as_str())]);
        answered.href = Some(site.href(&format!("search?{number}")));
    }
    answered.answer = (answered.answer).beside(beside.warning, &alike, site.language);
    answered
}

fn without_verdict<'a>(site: &Site, row: &'a Row, answer: RowAnswer) -> Answered<'a> {
    let word = if answer.result == "failed" {
        "list-failed"
    } else {
        "list-not-asked"
    };
    Answered {
        row,
        answer,
        tone: Tone::Grey,
        icon: Icon::Warning,
        word: site.texts.say(word),
        on: None,
        href: None,
    }
}
