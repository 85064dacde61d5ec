//! Notices that touch a record, a number or a party: read by key, judged by the registrations that
//! every other signature is judged by, with what was answered under what it answers. They stand
//! beside a verdict and never in it.
//!
//! A notice whose signer is not registered for notices is nobody's word: it is counted where all
//! are listed and shown under nothing, so that nobody smears anybody.

mod touch;

use std::collections::BTreeSet;
use std::sync::Arc;

use comity_model::date::Day;
use comity_model::notice::{Notice, NoticeSort};
use comity_model::record::{Kind, Record, Subject};
use comity_recognition::evidence::EvidenceRecord;
use comity_recognition::notice::{
    Heard, RequestState, answerers, last_day, may_answer, request_state,
};
use comity_recognition::signers::Signers;
use comity_signature::digest::from_hex;
use comity_store::RecordRow;

pub use self::touch::{Touch, Touched};
use crate::error::Error;
use crate::look_up::{Found, LoggedAt, places};
use crate::projection::notices as keys;
use crate::recognise::identity_of;
use crate::{Node, Shared};

/// Most notices listed under one key that are looked at by their dates; what an own log holds
/// comes first.
pub const MAX_LISTED: usize = 4_096;
/// Most notices of one answer whose signers are judged; beyond it an answer says that it is cut.
pub const MAX_JUDGED: usize = 256;
/// Most answers shown under one notice, and looked at of one key.
pub const MAX_ANSWERS: usize = 64;
/// Most answers to answers followed from one notice.
pub const MAX_DEPTH: usize = 3;
/// Most notices on one page.
pub const MAX_PAGE: usize = 100;

/// Which notices are asked for. What is left open restricts nothing.
#[derive(Clone, Debug)]
pub struct NoticeQuery {
    /// What they touch.
    pub of: Option<Touched>,
    /// DID of the signer.
    pub by: Option<String>,
    /// First held here on this day or later.
    pub since: Option<Day>,
    /// The day as of which states are told; today if absent.
    pub on: Option<Day>,
    /// Notices on the page, 1 to [`MAX_PAGE`].
    pub limit: usize,
    /// [`NoticePage::next`] of the page before.
    pub cursor: Option<String>,
}

/// A page of notices.
#[derive(Clone, Debug, Default)]
pub struct NoticePage {
    /// The notices; of a record the standing and most serious first, else the newest first.
    pub items: Vec<NoticeFound>,
    /// How many there are.
    pub total: usize,
    /// There are more than were looked at.
    pub cut: bool,
    /// Notices that fit, whose signers are not registered for notices.
    pub left_out: usize,
    /// Where to go on.
    pub next: Option<String>,
}

/// How many notices touch something, and how grave they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoticeCount {
    /// How many stand.
    pub count: usize,
    /// The gravest of them.
    pub most_serious: NoticeSort,
}

/// A notice that counts as its signer's word.
#[derive(Clone, Debug)]
pub struct NoticeFound {
    /// Under which names it is held.
    pub row: RecordRow,
    /// The notice.
    pub evidence: Arc<EvidenceRecord>,
    /// Where it was logged.
    pub places: Vec<LoggedAt>,
    /// Whose word it is.
    pub heard: Heard,
    /// By what it touches what was asked about.
    pub touches: Vec<Touch>,
    /// Where it stands, of a request.
    pub request: Option<RequestFacts>,
    /// What was answered by those who may, the oldest first.
    pub answers: Vec<NoticeFound>,
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestFacts {
    /// On the day asked about.
    pub state: RequestState,
    /// The day of the first answer that stands.
    pub answered_on: Option<Day>,
    /// That day was after the last one for an answer.
    pub late: bool,
}

impl NoticeFound {
    /// The record and what it says.
    pub fn read(&self) -> Option<(&Record, &Notice)> {
        read(&self.evidence)
    }

    /// Whether it is in force and warns of a forged or misused paper with the record or the number
    /// that was asked about.
    pub fn warns(&self) -> bool {
        let of_papers = self.read().is_some_and(|(_, notice)| {
            matches!(
                notice.sort,
                NoticeSort::ForgedCertificate | NoticeSort::Misuse
            )
        });
        let mut touches = self.touches.iter();
        let named = touches.any(|touch| matches!(touch, Touch::Record | Touch::Number));
        of_papers && named && self.heard.stands()
    }
}

impl Default for NoticeQuery {
    fn default() -> Self {
        Self {
            of: None,
            by: None,
            since: None,
            on: None,
            limit: MAX_PAGE,
            cursor: None,
        }
    }
}

impl Node {
    /// The notices that fit, a page of them.
    ///
    /// # Errors
    /// [`Error::Question`] for a cursor of another list, [`Error::Store`].
    pub async fn notices(&self, query: &NoticeQuery) -> Result<NoticePage, Error> {
        let node = &self.shared;
        if node.has_no_notices().await? {
            return Ok(NoticePage::default());
        }
        let on = query.on.unwrap_or_else(|| node.clock.now().day());
        let (rows, mut cut) = node.notice_rows(query).await?;
        let mut page = NoticePage::default();
        for row in rows {
            if page.items.len() + page.left_out >= MAX_JUDGED {
                cut = true;
                break;
            }
            let Some((evidence, touches)) = node.fits(&row, query).await? else {
                continue;
            };
            match node.heard(&evidence, on).await? {
                Some(heard) => page.items.push(found(row, evidence, heard, touches)),
                None => page.left_out += 1,
            }
        }
        if query.of.is_some() {
            page.items
                .sort_by_key(|item| (!item.heard.stands(), std::cmp::Reverse(item.gravity())));
        }
        page.total = page.items.len();
        page.cut = cut;
        turn(&mut page, query)?;
        for item in &mut page.items {
            node.tell(item, on, 0).await?;
        }
        Ok(page)
    }

    /// How many notices that stand touch something, and the gravest; `None` where there is none.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn notice_count(&self, of: Touched) -> Result<Option<NoticeCount>, Error> {
        let node = &self.shared;
        if node.has_no_notices().await? {
            return Ok(None);
        }
        let today = node.clock.now().day();
        let query = NoticeQuery {
            of: Some(of),
            ..NoticeQuery::default()
        };
        let (rows, _) = node.notice_rows(&query).await?;
        let mut sorts = Vec::new();
        for row in rows.into_iter().take(MAX_JUDGED) {
            if let Some((evidence, _)) = node.fits(&row, &query).await?
                && let Some((_, notice)) = read(&evidence)
                && let Some(heard) = node.heard(&evidence, today).await?
                && heard.stands()
            {
                sorts.push(notice.sort);
            }
        }
        let gravest = sorts.iter().copied().max_by_key(|sort| gravity(*sort));
        Ok(gravest.map(|most_serious| NoticeCount {
            count: sorts.len(),
            most_serious,
        }))
    }

    /// What of a record notices touch: itself, its number, its signer and its holder.
    pub fn touched_of(found: &Found) -> Touched {
        match &found.evidence.record {
            Ok(record) => Touched::of(record),
            Err(_) => Touched::record(identity_of(&found.row)),
        }
    }
}

impl Shared {
    /// Whether no notice is held at all: then nothing needs looking up.
    async fn has_no_notices(&self) -> Result<bool, Error> {
        let kind = Kind::Notice.name();
        Ok(self.store.records_by_kind(kind, None, 1).await?.is_empty())
    }

    /// The rows that may fit, the own log's first and the newest first, and whether there are more.
    async fn notice_rows(&self, query: &NoticeQuery) -> Result<(Vec<RecordRow>, bool), Error> {
        let mut digests = Vec::new();
        let mut cut = false;
        let sought = match (&query.of, &query.by) {
            (Some(of), _) => of.keys(),
            (None, Some(by)) => vec![keys::by(by)],
            (None, None) => Vec::new(),
        };
        for key in &sought {
            let found = self.store.by_reference(key, MAX_LISTED).await?;
            cut |= found.len() == MAX_LISTED;
            digests.extend(found);
        }
        let distinct: BTreeSet<_> = digests.into_iter().collect();
        let digests: Vec<_> = distinct.into_iter().collect();
        let mut rows = self.store.records(&digests).await?;
        if sought.is_empty() {
            (rows, cut) = self.all_notices().await?;
        } else if let Some(own) = query.of.as_ref().and_then(Touched::itself) {
            rows.extend(self.documents_of(own).await?);
        }
        let own = self.config.origin();
        rows.retain(|row| row.kind == Kind::Notice.name());
        rows.sort_by_key(|row| (std::cmp::Reverse(row.received_at), row.digest));
        if query.of.is_some() {
            // Whoever floods another log does not crowd out what was logged here.
            rows.sort_by_key(|row| row.origin != own);
        }
        Ok((rows, cut))
    }

    async fn all_notices(&self) -> Result<(Vec<RecordRow>, bool), Error> {
        let kind = Kind::Notice.name();
        let mut rows: Vec<RecordRow> = Vec::new();
        while rows.len() < MAX_LISTED {
            let after = rows.last().map(|row| (row.origin.as_str(), row.position));
            let page = self.store.records_by_kind(kind, after, 512).await?;
            if page.is_empty() {
                return Ok((rows, false));
            }
            rows.extend(page);
        }
        Ok((rows, true))
    }

    /// The notice of a row and by what it touches what is asked about, where it does and is no
    /// answer: an answer is shown under what it answers only.
    async fn fits(
        &self,
        row: &RecordRow,
        query: &NoticeQuery,
    ) -> Result<Option<(Arc<EvidenceRecord>, Vec<Touch>)>, Error> {
        let day = |seconds| comity_model::date::Instant::from_seconds(seconds);
        let received = day(row.received_at).map(comity_model::date::Instant::day);
        let early = query.since.is_some_and(|since| received < Some(since));
        if early || query.by.as_ref().is_some_and(|by| row.issuer != *by) {
            return Ok(None);
        }
        let evidence = self.examined(std::slice::from_ref(row)).await?;
        let Some(evidence) = evidence.into_iter().next() else {
            return Ok(None);
        };
        let Some((_, notice)) = read(&evidence) else {
            return Ok(None);
        };
        let Some(of) = &query.of else {
            let shown = notice.in_reply_to.is_none();
            return Ok(shown.then(|| (evidence, Vec::new())));
        };
        let touches = of.by(&identity_of(row), notice);
        let shown = !touches.is_empty()
            && (notice.in_reply_to.is_none() || touches.contains(&Touch::Itself));
        Ok(shown.then_some((evidence, touches)))
    }

    /// Adds what was answered to a notice, and where it stands if it is a request.
    async fn tell(&self, item: &mut NoticeFound, on: Day, depth: usize) -> Result<(), Error> {
        let mut cut = false;
        if depth < MAX_DEPTH {
            (item.answers, cut) = self.answers_to(item, on).await?;
            for answer in &mut item.answers {
                Box::pin(self.tell(answer, on, depth + 1)).await?;
            }
        }
        let Some((record, notice)) = read(&item.evidence) else {
            return Ok(());
        };
        let Some(answer_by) = notice.answer_by else {
            return Ok(());
        };
        let replies = item.answers.iter().filter(|answer| {
            let reply = answer.read().map(|(_, notice)| notice.sort);
            reply == Some(NoticeSort::ConfirmationReply) && answer.heard.stands()
        });
        let answered_on = replies.map(|answer| answer.heard.known.day()).min();
        let asked = record.valid_from.day();
        let last = last_day(answer_by, asked, item.heard.known.day());
        let state = match request_state(last, answered_on, on) {
            // Among what was not looked at there may be an answer.
            RequestState::NoAnswerByTheDay if cut => RequestState::Open,
            state => state,
        };
        item.request = Some(RequestFacts {
            state,
            answered_on,
            late: answered_on.is_some_and(|day| day > last),
        });
        Ok(())
    }

    /// The answers to a notice by those who may answer it, the oldest first, and whether there may
    /// be more. They are looked up under the keys of those who may, so that nobody else's crowd
    /// them out.
    async fn answers_to(
        &self,
        to: &NoticeFound,
        on: Day,
    ) -> Result<(Vec<NoticeFound>, bool), Error> {
        let name = keys::of_record(&identity_of(&to.row));
        if self.store.by_reference(&name, 1).await?.is_empty() {
            return Ok((Vec::new(), false));
        }
        let holders = self.holders(&to.evidence).await?;
        let snapshot = self.held.snapshot();
        let policy = self.policy.resolve(&snapshot.trust, self.now_known());
        let mut signers = Signers::new(&policy, &snapshot.trust);
        let (mut rows, mut cut) = (Vec::new(), false);
        for did in answerers(&to.evidence, &holders) {
            let found = self.pointing(&name, &signers.of(did), MAX_ANSWERS).await?;
            cut |= found.cut;
            rows.extend(found.rows);
        }
        let mut answers = Vec::new();
        for evidence in self.examined(&rows).await? {
            let answers_it = read(&evidence)
                .is_some_and(|(record, _)| may_answer(record, &to.evidence, &holders));
            let row = rows.iter().find(|row| row.digest == evidence.record_digest);
            let (true, Some(row)) = (answers_it, row) else {
                continue;
            };
            if let Some(heard) = self.heard(&evidence, on).await? {
                answers.push(found(row.clone(), evidence, heard, Vec::new()));
            }
        }
        answers.sort_by_key(|answer| (answer.heard.known, answer.row.digest));
        answers.dedup_by_key(|answer| answer.row.digest);
        cut |= answers.len() > MAX_ANSWERS;
        answers.truncate(MAX_ANSWERS);
        Ok((answers, cut))
    }

    /// The holders of the records that a notice is about, as far as they are held.
    async fn holders(&self, notice: &EvidenceRecord) -> Result<Vec<String>, Error> {
        let mut holders = Vec::new();
        let about = read(notice)
            .into_iter()
            .flat_map(|(_, notice)| &notice.about);
        for reference in about.filter_map(|about| about.record.as_ref()) {
            let rows = self.documents_of(&reference.identity()).await?;
            for evidence in self.examined(&rows).await? {
                if evidence.document_multibase == reference.digest_multibase
                    && let Ok(record) = &evidence.record
                {
                    holders.extend(touch::holder(record).map(str::to_owned));
                }
            }
        }
        Ok(holders)
    }
}

impl NoticeFound {
    fn gravity(&self) -> u8 {
        self.read().map_or(0, |(_, notice)| gravity(notice.sort))
    }
}

fn found(
    row: RecordRow,
    evidence: Arc<EvidenceRecord>,
    heard: Heard,
    touches: Vec<Touch>,
) -> NoticeFound {
    NoticeFound {
        row,
        places: places(&evidence),
        evidence,
        heard,
        touches,
        request: None,
        answers: Vec::new(),
    }
}

fn read(evidence: &EvidenceRecord) -> Option<(&Record, &Notice)> {
    let record = evidence.record.as_ref().ok()?;
    match &record.subject {
        Subject::Notice(notice) => Some((record, notice)),
        _ => None,
    }
}

/// The graver, the higher.
fn gravity(sort: NoticeSort) -> u8 {
    match sort {
        NoticeSort::ForgedCertificate => 4,
        NoticeSort::Misuse => 3,
        NoticeSort::ConfirmationRequest => 2,
        NoticeSort::ConfirmationReply => 1,
        NoticeSort::Response => 0,
    }
}

/// Leaves of the whole list the page that is asked for.
fn turn(page: &mut NoticePage, query: &NoticeQuery) -> Result<(), Error> {
    if let Some(cursor) = &query.cursor {
        let last = from_hex(cursor);
        let mut items = page.items.iter();
        let Some(at) = items.position(|item| Some(item.row.digest) == last) else {
            return Err(Error::Question {
                parameter: "cursor",
                detail: "this list has no such place (any more); ask for its first page".to_owned(),
            });
        };
        page.items.drain(..=at);
    }
    let limit = query.limit.clamp(1, MAX_PAGE);
    if page.items.len() > limit {
        page.items.truncate(limit);
        let last = page.items.last();
        page.next = last.map(|item| hex::encode(item.row.digest));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
