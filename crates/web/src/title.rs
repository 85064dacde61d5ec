//! What a record is called, in parts that each keep their own direction of writing.

use comity_model::record::{Record, Subject};
use comity_model::text::projected;
use comity_node::named::Pointed;

use crate::site::Site;
use crate::texts::is_leftward;

#[cfg(test)]
mod tests;

/// The title of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Title {
    /// The number that the title begins with.
    pub(crate) number: Option<String>,
    /// Language tag of the words.
    pub(crate) lang: String,
    pub(crate) words: String,
}

impl Title {
    /// A title without a number of its own.
    pub(crate) fn plain((lang, words): (String, String)) -> Self {
        Self {
            number: None,
            lang,
            words,
        }
    }

    /// What a record is called by its signer, the number apart.
    pub(crate) fn called(named: &Pointed) -> Self {
        let name = projected(&named.name);
        let number = named.number.as_deref().map(projected);
        let rest = number.as_deref().and_then(|number| after(number, &name));
        let words = rest.map(str::to_owned);
        Self {
            number: number.filter(|_| words.is_some()),
            lang: named.lang.clone(),
            words: words.unwrap_or(name),
        }
    }

    /// What a record is called: an arrangement and a rule by the one title that stands in all
    /// lists, a certificate in another language by its goods, a grant with its holder as the reader
    /// calls it, another record as its signer does.
    pub(crate) fn of(site: &Site, record: &Record) -> Self {
        let titled = match &record.subject {
            Subject::Attestation(attestation) if !site.is_read(&record.comity.language) => {
                let goods = attestation.comity.objects.first();
                let goods = goods.map(|goods| site.worded_or(&goods.names, "", ""));
                let signed = &record.comity.language;
                goods.filter(|(lang, _)| lang != signed).unwrap_or_default()
            }
            Subject::Arrangement(arrangement) => site.worded(&arrangement.title),
            Subject::ImportRule(rule) => site.worded(&rule.title),
            _ => Default::default(),
        };
        if !titled.1.is_empty() {
            return Self::plain(titled);
        }
        let title = Self::called(&Pointed::new(record));
        match &record.subject {
            Subject::CompetenceGrant(grant) if title.words == projected(&grant.grantee.name) => {
                let (lang, words) = site.party(&grant.grantee, &record.comity.language);
                Self {
                    lang,
                    words,
                    ..title
                }
            }
            _ => title,
        }
    }

    /// Whether its words run from right to left, whatever they begin with.
    pub(crate) fn is_leftward(&self) -> bool {
        is_leftward(&self.lang, &self.words)
    }

    /// In one line, for the bar of the browser and for citations.
    pub(crate) fn in_line(&self, site: &Site) -> String {
        match &self.number {
            Some(number) if self.words.is_empty() => number.clone(),
            Some(number) => site.labelled(number, &self.words),
            None => self.words.clone(),
        }
    }
}

/// What follows a number in a title that begins with it.
pub(crate) fn after<'t>(number: &str, title: &'t str) -> Option<&'t str> {
    let rest = title.strip_prefix(number).filter(|_| !number.is_empty())?;
    let apart =
        |c: char| c.is_whitespace() || matches!(c, ':' | '：' | '-' | '–' | '—' | ',' | '·');
    let is_whole = !rest.starts_with(char::is_alphanumeric);
    is_whole.then(|| rest.trim_start_matches(apart))
}
