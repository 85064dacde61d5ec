//! One record as lists show it.

use comity_model::date::LegalDate;
use comity_model::participation::Participant;
use comity_model::record::{Record, Subject};
use comity_model::text::{LangString, projected};
use comity_node::goods;
use comity_recognition::evidence::EvidenceRecord;
use comity_recognition::verdict::{Extent, Verdict};
use comity_recognition::wording::{self, Style};

use crate::icon;
use crate::site::Site;
use crate::texts::text;

/// One result.
pub(crate) struct Hit {
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) number: Option<String>,
    pub(crate) kind: String,
    pub(crate) holder: Option<String>,
    pub(crate) product: Option<String>,
    pub(crate) issuer: String,
    pub(crate) economies: Vec<String>,
    pub(crate) standards: Vec<String>,
    pub(crate) dates: Option<String>,
    pub(crate) state: (String, &'static str, String),
    /// Tone, icon, word, sentence.
    pub(crate) verdict: Option<(&'static str, String, String, String)>,
    pub(crate) lang: String,
    /// Language of `product`.
    pub(crate) product_lang: String,
    /// A code that its name leads to where it declares none, as printed.
    pub(crate) derived: Option<String>,
}

impl Hit {
    /// A record as lists show it, without a verdict.
    pub(crate) fn new(site: &Site, evidence: &EvidenceRecord, state: &str) -> Self {
        let digest = hex::encode(evidence.record_digest);
        let record = evidence.record.as_ref().ok();
        let (tone, icon) = icon::of_state(state);
        let language = record.map(|record| record.comity.language.clone());
        let kind = record.map(|record| wording::kind(record.kind(), site.language));
        let issuer = record.map(|record| projected(&record.issuer.name));
        let mut hit = Self {
            href: site.href(&format!("records/{digest}")),
            name: record.map_or_else(|| digest.clone(), |record| projected(&record.name)),
            number: None,
            kind: kind.unwrap_or_default().to_owned(),
            holder: None,
            product: None,
            issuer: issuer.unwrap_or_default(),
            economies: Vec::new(),
            standards: Vec::new(),
            dates: None,
            state: (site.state(state), tone.class(), icon.svg()),
            verdict: None,
            lang: language.unwrap_or_default(),
            product_lang: String::new(),
            derived: None,
        };
        if let Some(record) = record {
            describe(site, record, &mut hit);
        }
        hit
    }

    /// Its verdict beside it.
    pub(crate) fn judged(&mut self, site: &Site, verdict: &Verdict) {
        let capped = matches!(verdict.extent, Extent::CappedAt(_));
        let (tone, icon) = icon::of_result(verdict.result, capped);
        let word = wording::result(verdict.result, site.language).to_owned();
        let sentence = wording::summary(verdict, site.language, Style::Names);
        self.verdict = Some((tone.class(), icon.svg(), word, sentence));
    }

    /// Its title in the reader's language, or else in the record's.
    fn titled(&mut self, site: &Site, text: &LangString) {
        if let Some(own) = site.of(text) {
            self.product = Some(projected(own));
            site.language.tag().clone_into(&mut self.product_lang);
        } else if let Some(text) = text.chosen(&self.lang) {
            self.product = Some(projected(&text.value));
            self.product_lang.clone_from(&text.lang);
        }
    }
}

fn describe(site: &Site, record: &Record, hit: &mut Hit) {
    match &record.subject {
        Subject::Attestation(attestation) => {
            let details = &attestation.comity;
            hit.number = Some(projected(&details.certificate_number));
            hit.holder = Some(projected(&attestation.issued_to_party.name));
            if let Some(object) = details.objects.first() {
                hit.titled(site, &object.names);
            }
            hit.standards = details.standards.iter().map(ToString::to_string).collect();
            hit.derived = goods::derived(record).map(|code| goods::printed(&code));
            let dates = &details.legal_dates;
            hit.dates = Some(period(
                site,
                dates.valid_from.as_ref().unwrap_or(&dates.issued_on),
                dates.valid_until.as_ref(),
            ));
        }
        Subject::CompetenceGrant(grant) => {
            hit.number = Some(projected(&grant.number));
            hit.holder = Some(projected(&grant.grantee.name));
            hit.economies = grant
                .economies
                .iter()
                .map(|code| site.economy(code))
                .collect();
            hit.standards = grant.criteria.iter().map(ToString::to_string).collect();
            hit.dates = Some(period(
                site,
                &grant.period.from,
                grant.period.until.as_ref(),
            ));
        }
        Subject::Standard(edition) => {
            hit.number = Some(edition.standard.to_string());
            hit.titled(site, &edition.title);
        }
        Subject::ImportRule(rule) => {
            hit.economies = vec![site.economy(&rule.economy)];
            hit.titled(site, &rule.title);
            hit.dates = Some(period(site, &rule.period.from, rule.period.until.as_ref()));
        }
        Subject::Registration(registration) => {
            hit.number = Some(projected(&registration.id));
            hit.titled(site, &registration.names);
            let period_of = &registration.period;
            hit.dates = Some(period(site, &period_of.from, period_of.until.as_ref()));
        }
        Subject::Arrangement(arrangement) => {
            hit.titled(site, &arrangement.title);
            hit.economies = arrangement
                .parties
                .iter()
                .map(|code| site.economy(code))
                .collect();
        }
        Subject::Participation(participation) => {
            // By the one title of the arrangement, whatever the signer calls its record.
            let named = site
                .node()
                .arrangements_named(std::slice::from_ref(&participation.arrangement));
            if let Some(held) = named.get(&participation.arrangement) {
                hit.titled(site, &held.title);
            }
            if let Participant::Economy(code) = &participation.participant {
                hit.economies = vec![site.economy(code)];
            }
        }
        _ => {}
    }
}

/// From a day to a day, as the language writes it.
pub(crate) fn period(site: &Site, from: &LegalDate, until: Option<&LegalDate>) -> String {
    let from = site.day(from.earliest());
    match until {
        Some(until) => site.texts.put(
            "period",
            &[
                ("from", text(from)),
                ("until", text(site.day(until.latest()))),
            ],
        ),
        None => site.texts.put("period-open", &[("from", text(from))]),
    }
}
