//! The notices as an Atom feed (RFC 4287).

use std::fmt::Write as _;

use comity_model::date::Instant;
use comity_model::notice::NoticeSort;
use comity_model::text::projected;

use crate::notices::NoticeItem;

/// Media type of a feed.
pub(super) const MEDIA_TYPE: &str = "application/atom+xml; charset=utf-8";

/// The feed of a node's host at `path`.
pub(super) fn feed(host: &str, name: &str, path: &str, items: &[NoticeItem]) -> String {
    let base = format!("https://{host}");
    let newest = items.iter().map(updated).max();
    let updated = newest.map_or("1970-01-01T00:00:00Z".to_owned(), |at| at.to_string());
    let mut feed = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ = write!(
        feed,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
         <id>{0}{1}</id>\n<title>Notices held by {2}</title>\n<updated>{updated}</updated>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{0}{1}\"/>\n",
        escaped(&base),
        escaped(path),
        escaped(name),
    );
    for item in items {
        entry(&mut feed, &base, item);
    }
    feed.push_str("</feed>\n");
    feed
}

fn entry(feed: &mut String, base: &str, item: &NoticeItem) {
    let link = format!("{base}/v1/records/{}", item.record_digest);
    let sort = words(item.sort);
    let title = match item.state {
        "active" => format!("{sort}: {}", item.name),
        state => format!("{sort} ({state}): {}", item.name),
    };
    let _ = write!(
        feed,
        "<entry>\n<id>{link}</id>\n<title>{}</title>\n<updated>{}</updated>\n\
         <published>{}</published>\n<author><name>{}</name></author>\n\
         <category term=\"{}\"/>\n<link rel=\"alternate\" type=\"application/json\" href=\"{link}\"/>\n",
        escaped(&title),
        updated(item),
        item.known_since,
        escaped(&item.by.name),
        escaped(sort),
        link = escaped(&link),
    );
    if let Some(terms) = &item.terms {
        let _ = writeln!(feed, "<rights>{}</rights>", escaped(terms));
    }
    let _ = write!(
        feed,
        "<content type=\"text\">{}</content>\n</entry>\n",
        escaped(&content(item))
    );
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

/// Text as it stands in XML, in content and in attributes: its five characters escaped, and what
/// XML 1.0 knows no character for left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\t' | '\n' => escaped.push(c),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_strangers_write_stays_text() {
        let said = "<b a=\"1\">&'\u{0}\u{1b}\r\n\u{ffff}я</b>";
        let expected = "&lt;b a=&quot;1&quot;&gt;&amp;&apos;\nя&lt;/b&gt;";
        assert_eq!(escaped(said), expected);
    }
}
