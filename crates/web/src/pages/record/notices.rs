//! What others say about a record, a number or a party; and of that, what warns of it.

use comity_model::notice::NoticeSort;
use comity_model::text::projected;
use comity_node::notices::{NoticeQuery, Touch, Touched};

use crate::rows::said_by;
use crate::site::Site;
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
    /// It is in force, and warns of this record or this number.
    warns: bool,
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
    let said = said_by(site, notices.items.iter().map(|notice| &*notice.evidence));
    let rows = notices.items.iter().zip(said).filter_map(|(notice, said)| {
        let (_, content) = notice.read()?;
        let (lang, text) = site.worded(&content.text);
        let of_papers = matches!(
            content.sort,
            NoticeSort::ForgedCertificate | NoticeSort::Misuse
        );
        let mut touches = notice.touches.iter();
        let named = touches.any(|touch| matches!(touch, Touch::Record | Touch::Number));
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
            warns: of_papers && named && notice.heard.stands(),
        })
    });
    Ok(rows.collect())
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
