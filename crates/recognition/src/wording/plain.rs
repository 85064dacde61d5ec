//! A verdict in a few lines of plain text, for a message on a telephone or a line that carries
//! little.
//!
//! What is cut when there is no room is a rule, so that nobody has to guess it: result, place, day,
//! what became of the record since a past day, moment and reference always stand in full; then come the reason, the contact, the record and who
//! computed it, each up to its own limit, and the last of them is left out first.

use std::borrow::Cow;

use comity_model::text::projected;

use super::{
    Argument, Language, Style, bare_sentence, between_sentences, catalogue, differing, headline,
    later, text_of,
};
use crate::question::Selector;
use crate::verdict::{Next, Verdict};

/// A verdict as plain text has fewer bytes of UTF-8 than this.
pub const MAX_PLAIN_BYTES: usize = 700;

/// The reason gets at least so many bytes, before anything else but the fixed lines stands.
const REASON_BYTES: usize = 140;
/// Most bytes of the contact's line, of the record's, and of who computed it.
const CONTACT_BYTES: usize = 140;
const RECORD_BYTES: usize = 100;
const COMPUTED_BY_BYTES: usize = 100;
/// Most bytes of a level in the first line.
const LEVEL_BYTES: usize = 40;
/// A contact is cut to no less: a telephone number stands in it.
const LEAST_CONTACT_BYTES: usize = 60;

/// What stands where a text was cut.
const CUT: char = '…';

/// The verdict as plain text of less than [`MAX_PLAIN_BYTES`], each part on a line of its own:
/// result, what came later, record, reason, contact, moment, reference, and the authority that computed it.
pub fn plain(verdict: &Verdict, computed_by: &str, demo: bool, language: Language) -> String {
    let line = |name: &str, argument: &'static str, value: &str| {
        let value = Argument::Text(Cow::Owned(projected(value)));
        catalogue(language)
            .text(name, &[(argument, value)])
            .into_owned()
    };
    let mut first = headline(verdict, language, Style::Codes, &|level| {
        cut(&projected(level), LEVEL_BYTES)
    });
    if demo {
        first = format!("{} {first}", text_of("plain-demo", language));
    }
    let known_at = verdict.question.known_at.to_string();
    let as_of = line("plain-as-of", "instant", &known_at);
    let reference = line("plain-reference", "reference", &verdict.reference());
    let later = Some(later(verdict, language, Style::Codes)).filter(|later| !later.is_empty());
    let later_bytes = later.as_ref().map_or(0, |later| later.len() + 1);
    // Every line has its end; the reason is not counted yet.
    let fixed = first.len() + later_bytes + as_of.len() + reference.len() + 3;
    let mut left = (MAX_PLAIN_BYTES - 1).saturating_sub(fixed);

    let step = verdict.step(verdict.decisive_step);
    let bare = step.map_or_else(String::new, |step| {
        bare_sentence(step, language, Style::Codes)
    });
    let reason = Reason {
        bare: projected(&bare),
        differing: differing::beside_decisive(verdict),
        language,
    };
    // What came later takes its room from the reason, and not from whom to ask.
    let for_reason = REASON_BYTES.saturating_sub(later_bytes);
    let kept_free = for_reason.min(reason.whole().len()) + 1;
    let mut optional = |text: String, most: usize, least: usize| {
        let text = cut(&text, most);
        let room = left.saturating_sub(kept_free + 1);
        let text = cut(&text, room.max(least.min(text.len())));
        let fits = !text.is_empty() && text.len() <= room;
        left -= if fits { text.len() + 1 } else { 0 };
        fits.then_some(text)
    };
    let contact = step
        .and_then(|step| step.next.as_ref())
        .map(|next| reach(next, language));
    let contact = contact.filter(|contact| !contact.is_empty());
    let contact = contact.map_or_else(String::new, |contact| {
        line("plain-contact", "contact", &contact)
    });
    let contact = optional(contact, CONTACT_BYTES, LEAST_CONTACT_BYTES);
    let record = line("plain-record", "record", &name_of(verdict));
    let record = optional(record, RECORD_BYTES, RECORD_BYTES);
    let by = line("plain-computed-by", "did", computed_by);
    let by = optional(by, COMPUTED_BY_BYTES, COMPUTED_BY_BYTES);
    let reason = reason.within(left.saturating_sub(1));
    let reason = Some(reason).filter(|reason| !reason.is_empty());

    let lines = [
        Some(first),
        later,
        record,
        reason,
        contact,
        Some(as_of),
        Some(reference),
        by,
    ];
    let mut text = String::with_capacity(MAX_PLAIN_BYTES);
    for line in lines.into_iter().flatten() {
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// The reason, and what of the paper differs.
struct Reason<'a> {
    bare: String,
    differing: Vec<&'a str>,
    language: Language,
}

impl Reason<'_> {
    fn line(&self, bare: &str, shown: usize) -> String {
        let mut why = bare.to_owned();
        differing::add(&mut why, &self.differing, shown, self.language);
        let why = Argument::Text(Cow::Owned(why));
        let why = catalogue(self.language).text("plain-why", &[("why", why)]);
        why.into_owned()
    }

    fn whole(&self) -> String {
        self.line(&self.bare, usize::MAX)
    }

    /// At most `room` bytes. Of what differs fewer are named, and how many more there are; then the
    /// sentence before is cut, so that it is never silent that something differs.
    fn within(&self, room: usize) -> String {
        let all = self.differing.len();
        let mut ways = (1..=all).rev().map(|shown| self.line(&self.bare, shown));
        if let Some(fits) = ways.find(|line| line.len() <= room) {
            return fits;
        }
        if all == 0 {
            return cut(&self.whole(), room);
        }
        let without = self.line("", 1).len();
        let most = room.saturating_sub(without + between_sentences(self.language).len());
        cut(&self.line(&cut(&self.bare, most), 1), room)
    }
}

/// The number of the record, or else its identifier, or how it was asked about.
fn name_of(verdict: &Verdict) -> String {
    let judged = verdict.judged.as_ref();
    if let Some(number) = judged.and_then(|judged| judged.number.as_ref()) {
        return number.clone();
    }
    if let Some(identity) = judged.and_then(|judged| judged.identity.as_ref()) {
        return identity.id.clone();
    }
    match &verdict.question.record {
        Selector::Identity(identity) => identity.id.clone(),
        Selector::Id(id) => id.clone(),
        Selector::RecordDigest(digest) => digest.clone(),
        Selector::Number { number, .. } => number.clone(),
    }
}

/// Who can settle it, and by what they are reached: the shortest ways first.
fn reach(next: &Next, language: Language) -> String {
    let contact = next.contact.as_ref();
    let own = next.names.in_language(language.tag());
    let ways = [
        contact.and_then(|contact| contact.telephone.clone()),
        contact.and_then(|contact| contact.email.clone()),
        own.map(projected).or_else(|| next.name.clone()),
        contact.map(|contact| contact.office.clone()),
        contact.and_then(|contact| contact.url.clone()),
        next.did.clone(),
    ];
    let ways: Vec<String> = ways.into_iter().flatten().collect();
    ways.join(", ")
}

/// At most `most` bytes of a text, with a sign where it was cut.
fn cut(text: &str, most: usize) -> String {
    if text.len() <= most {
        return text.to_owned();
    }
    let Some(room) = most.checked_sub(CUT.len_utf8()) else {
        return String::new();
    };
    let mut end = room;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let kept = text.get(..end).unwrap_or_default().trim_end();
    format!("{kept}{CUT}")
}

#[cfg(test)]
mod tests;
