//! What others say about a record, a number or a party, with what was answered; and of that, what
//! warns of it.

use comity_model::notice::{Notice, NoticeSort};
use comity_model::text::projected;
use comity_node::Node;
use comity_node::look_up::Found;
use comity_node::notices::{NoticeFound, NoticeQuery, Touch, Touched};
use comity_recognition::notice::RequestState;
use comity_recognition::wording::{self, terms};

use crate::icon::Tone;
use crate::rows::{named, said_by};
use crate::site::Site;
use crate::texts::{number, text};
use crate::trouble::Trouble;

/// Most notices under a verdict; the rest are at the interface for programs.
const NOTICES: usize = 20;

/// A notice in a list.
#[derive(Clone, Debug)]
pub(crate) struct NoticeRow {
    pub(crate) sort: String,
    pub(crate) text: String,
    pub(crate) lang: String,
    pub(crate) by: String,
    pub(crate) day: String,
    pub(crate) href: String,
    /// What became of it, where it stands no more.
    pub(crate) state: Option<String>,
    /// What it replies to a request for confirmation.
    pub(crate) answer: Option<String>,
    /// Of a request for confirmation: who is asked, by which day, and whether it was answered.
    pub(crate) asked: Option<String>,
    /// What was answered to it and to its answers.
    pub(crate) answers: Vec<NoticeRow>,
    /// It is in force, and warns of this record or this number.
    warns: bool,
    /// It is the notice asked about.
    is_itself: bool,
}

/// The notices on the page of a record.
pub(crate) struct OfRecord {
    /// Of a notice: that one, where something was asked or answered.
    pub(crate) itself: Option<NoticeRow>,
    /// What others say about it.
    pub(crate) rows: Vec<NoticeRow>,
    /// Those of them that warn of it or of its number.
    pub(crate) warnings: Vec<NoticeRow>,
}

/// The notices on the page of a record; a notice is none about itself.
pub(crate) async fn of_record(site: &Site, found: &Found) -> Result<OfRecord, Trouble> {
    let all = notices(site, Node::touched_of(found)).await?;
    let (itself, rows): (Vec<_>, Vec<_>) = all.into_iter().partition(|row| row.is_itself);
    let mut itself = itself.into_iter();
    Ok(OfRecord {
        itself: itself.find(|row| row.asked.is_some() || !row.answers.is_empty()),
        warnings: warnings(&rows),
        rows,
    })
}

/// What marks a record in a list on which notices stand: colour and sentence.
pub(crate) async fn noticed(
    site: &Site,
    found: &Found,
) -> Result<Option<(&'static str, String)>, Trouble> {
    let counted = site.node().notice_count(Node::touched_of(found)).await;
    let counted = counted.map_err(|error| site.failed(&error))?;
    Ok(counted.map(|counted| {
        let tone = if is_of_papers(counted.most_serious) {
            Tone::Amber
        } else {
            Tone::Grey
        };
        let said = [
            ("count", number(counted.count as u64)),
            ("sort", text(notice_sort(site, counted.most_serious))),
        ];
        (tone.class(), site.texts.put("search-noticed", &said))
    }))
}

/// The newest notices that touch something.
pub(crate) async fn notices(site: &Site, of: Touched) -> Result<Vec<NoticeRow>, Trouble> {
    let query = NoticeQuery {
        of: Some(of),
        limit: NOTICES,
        ..NoticeQuery::default()
    };
    let notices = site.node().notices(&query).await;
    let notices = notices.map_err(|error| site.failed(&error))?;
    Ok(rows(site, &notices.items))
}

fn rows(site: &Site, notices: &[NoticeFound]) -> Vec<NoticeRow> {
    let said = said_by(site, notices.iter().map(|notice| &*notice.evidence));
    let rows = notices.iter().zip(said).filter_map(|(notice, said)| {
        let (_, content) = notice.read()?;
        let (lang, text) = site.worded(&content.text);
        let stands = notice.heard.stands();
        let answer = content.answer;
        Some(NoticeRow {
            sort: notice_sort(site, content.sort),
            text,
            lang,
            by: said
                .by
                .name
                .map_or_else(|| projected(&notice.heard.name), |(_, name)| name),
            day: site.day(notice.heard.known.day()),
            href: site.href(&format!("records/{}", hex::encode(notice.row.digest))),
            state: (!stands).then(|| site.state(notice.heard.state.word())),
            answer: answer.map(|answer| terms::answer(answer, site.language).to_owned()),
            asked: asked(site, notice, content),
            answers: answers(site, notice),
            warns: notice.warns(),
            is_itself: notice.touches.contains(&Touch::Itself),
        })
    });
    rows.collect()
}

/// What was answered to a notice, each followed by what was answered to it.
fn answers(site: &Site, notice: &NoticeFound) -> Vec<NoticeRow> {
    let answers = rows(site, &notice.answers).into_iter();
    let answers = answers.flat_map(|mut answer| {
        let deeper = std::mem::take(&mut answer.answers);
        std::iter::once(answer).chain(deeper)
    });
    answers.collect()
}

/// Who is asked to confirm, by which day, and whether that was answered.
fn asked(site: &Site, notice: &NoticeFound, content: &Notice) -> Option<String> {
    let (request, due) = (notice.request?, content.answer_by?);
    let whom = content.addressee.as_ref().map(|party| {
        let known = named(site, [party.id.as_str()]).pop();
        let name = known.and_then(|party| party.name).map(|(_, name)| name);
        name.unwrap_or_else(|| projected(&party.id))
    });
    let asked = [
        ("whom", text(whom.unwrap_or_default())),
        ("day", text(site.day(due))),
    ];
    let day = request.answered_on.map(|day| site.day(day));
    let day = [("day", text(day.unwrap_or_default()))];
    let answered = match (request.state, request.late) {
        (RequestState::Open, _) => site.texts.say("notice-open"),
        (RequestState::NoAnswerByTheDay, _) => site.texts.say("notice-unanswered"),
        (RequestState::Answered, false) => site.texts.put("notice-answered", &day),
        (RequestState::Answered, true) => site.texts.put("notice-answered-late", &day),
    };
    let asked = site.texts.put("notice-asked", &asked);
    let between = wording::between_sentences(site.language);
    Some(format!("{asked}{between}{answered}"))
}

/// Whether a notice warns of papers.
fn is_of_papers(sort: NoticeSort) -> bool {
    matches!(sort, NoticeSort::ForgedCertificate | NoticeSort::Misuse)
}

/// Those that warn of a forged or misused paper, as long as they are in force: what stands in red
/// above everything else.
pub(crate) fn warnings(notices: &[NoticeRow]) -> Vec<NoticeRow> {
    let warnings = notices.iter().filter(|notice| notice.warns);
    warnings.cloned().collect()
}

pub(crate) fn notice_sort(site: &Site, sort: NoticeSort) -> String {
    site.texts.say(match sort {
        NoticeSort::Misuse => "notice-misuse",
        NoticeSort::ForgedCertificate => "notice-forged",
        NoticeSort::ConfirmationRequest => "notice-request",
        NoticeSort::ConfirmationReply => "notice-reply",
        NoticeSort::Response => "notice-response",
    })
}
