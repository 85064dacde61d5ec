//! A notice as an entry of a feed.

use comity_model::date::Instant;
use comity_model::notice::NoticeSort;
use comity_model::text::projected;

use crate::feed::Entry;
use crate::notices::NoticeItem;
use crate::respond::JSON;

/// The entry of a notice, on a node that is reached at `base`.
pub(super) fn entry(base: &str, item: &NoticeItem) -> Entry {
    let link = format!("{base}/v1/records/{}", item.record_digest);
    let sort = words(item.sort);
    Entry {
        title: match item.state {
            "active" => format!("{sort}: {}", item.name),
            state => format!("{sort} ({state}): {}", item.name),
        },
        id: link.clone(),
        link: (link, JSON),
        published: Some(item.known_since),
        updated: Some(updated(item)),
        author: item.by.name.clone(),
        language: None,
        categories: vec![sort.to_owned()],
        rights: item.terms.clone(),
        content: content(item),
    }
}

/// When something was last said in it: by its signer, or by one who answered.
fn updated(item: &NoticeItem) -> Instant {
    let answers = item.answers.iter().map(updated);
    answers.fold(item.known_since, Instant::max)
}

fn content(item: &NoticeItem) -> String {
    let mut lines = Vec::new();
    for about in &item.about {
        if let Some(record) = &about.record {
            lines.push(format!("About the record {}", record.id));
        }
        if let Some(number) = &about.number {
            let issuer = number.issuer.as_ref().map(|issuer| issuer.name.as_str());
            let of = issuer.map_or(String::new(), |name| format!(" of {name}"));
            lines.push(format!("About the number {}{of}", number.number));
        }
        if let Some(party) = &about.party {
            lines.push(format!("About {}", party.name));
        }
    }
    let texts = item.text.0.iter();
    lines.extend(texts.map(|text| format!("[{}] {}", text.lang, text.value)));
    if let (Some(state), Some(day)) = (item.request, item.answer_by) {
        lines.push(format!("Answer due on {day}: {state}"));
    }
    for answer in &item.answers {
        lines.push(format!("{} by {}:", words(answer.sort), answer.by.name));
        lines.extend(answer.text.0.iter().map(|text| text.value.clone()));
    }
    let lines: Vec<_> = lines.iter().map(|line| projected(line)).collect();
    lines.join("\n")
}

fn words(sort: NoticeSort) -> &'static str {
    match sort {
        NoticeSort::Misuse => "Misuse",
        NoticeSort::ForgedCertificate => "Forged certificate",
        NoticeSort::ConfirmationRequest => "Request for confirmation",
        NoticeSort::ConfirmationReply => "Reply",
        NoticeSort::Response => "Response",
    }
}
