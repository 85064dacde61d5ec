//! One record as lists show it.

use comity_model::attestation::Attestation;
use comity_model::date::LegalDate;
use comity_model::participation::Participant;
use comity_model::record::{Record, Subject};
use comity_model::text::{LangString, projected};
use comity_node::goods;
use comity_recognition::evidence::EvidenceRecord;
use comity_recognition::verdict::{Basis, Extent, Verdict, VerdictResult};
use comity_recognition::wording::{self, Style};

use crate::icon;
use crate::rows::{Said, said_by};
use crate::site::Site;
use crate::texts::text;
use crate::title::Title;

/// One result.
pub(crate) struct Hit {
    pub(crate) href: String,
    pub(crate) title: Title,
    pub(crate) number: Option<String>,
    pub(crate) kind: String,
    /// Language and name.
    pub(crate) holder: Option<(String, String)>,
    /// Language and name.
    pub(crate) issuer: (String, String),
    pub(crate) economies: Vec<String>,
    pub(crate) standards: Vec<String>,
    pub(crate) dates: Option<String>,
    pub(crate) state: (String, &'static str, String),
    pub(crate) verdict: Option<Judged>,
    /// That notices stand on it: colour and sentence.
    pub(crate) noticed: Option<(&'static str, String)>,
    /// What its goods are, in the reader's language.
    pub(crate) goods: Option<Goods>,
}

/// A verdict beside a result.
pub(crate) struct Judged {
    pub(crate) tone: &'static str,
    pub(crate) icon: String,
    /// The result in a word or two.
    pub(crate) word: String,
    /// Why it is so; the result itself is not said again.
    pub(crate) why: String,
    /// Of a past day: that the record has ended or been suspended since.
    pub(crate) later: String,
}

/// A code of the HS with its plain name.
pub(crate) struct Goods {
    pub(crate) code: String,
    pub(crate) name: &'static str,
    /// The name of the goods leads to it; nobody declared it.
    pub(crate) is_derived: bool,
}

impl Hit {
    /// Records as lists show them, without verdicts.
    pub(crate) fn all<'e>(
        site: &Site,
        records: impl Iterator<Item = (&'e EvidenceRecord, &'e str)> + Clone,
    ) -> Vec<Self> {
        let said = said_by(site, records.clone().map(|(evidence, _)| evidence));
        let hits = records.zip(said);
        hits.map(|((evidence, state), said)| Self::new(site, evidence, state, said))
            .collect()
    }

    /// A record as it is shown, and whose word it is.
    pub(crate) fn new(site: &Site, evidence: &EvidenceRecord, state: &str, said: Said) -> Self {
        let digest = hex::encode(evidence.record_digest);
        let (tone, icon) = icon::of_state(state);
        let mut hit = Self {
            href: site.href(&format!("records/{digest}")),
            title: Title::plain((String::new(), digest)),
            number: None,
            kind: String::new(),
            holder: None,
            issuer: Default::default(),
            economies: Vec::new(),
            standards: Vec::new(),
            dates: None,
            state: (site.state(state), tone.class(), icon.svg()),
            verdict: None,
            noticed: None,
            goods: None,
        };
        if let Ok(record) = &evidence.record {
            hit.title = Title::of(site, record);
            wording::kind(record.kind(), site.language).clone_into(&mut hit.kind);
            let signed = || {
                (
                    record.comity.language.clone(),
                    projected(&record.issuer.name),
                )
            };
            hit.issuer = said.by.name.unwrap_or_else(signed);
            describe(site, record, &mut hit);
        }
        hit
    }

    /// Its verdict beside it.
    pub(crate) fn judged(&mut self, site: &Site, verdict: &Verdict) {
        let capped = matches!(verdict.extent, Extent::CappedAt(_));
        let (tone, icon) = icon::of_result(verdict.result, capped);
        let mut why = wording::because(verdict, site.language, Style::Names);
        if verdict.result < VerdictResult::CannotTell && verdict.basis == Basis::Transcribed {
            let basis = wording::basis(verdict.basis, site.language);
            why = format!("{why} ({basis})");
        }
        self.verdict = Some(Judged {
            tone: tone.class(),
            icon: icon.svg(),
            word: site.came_to(verdict),
            why,
            later: wording::later(verdict, site.language, Style::Names),
        });
    }

    /// Its title as the reader reads it, or else what it is called.
    fn titled(&mut self, site: &Site, text: &LangString) {
        let worded = site.worded(text);
        if !worded.1.is_empty() {
            self.title = Title::plain(worded);
        }
    }
}

/// What the goods of a certificate are: by the first code of the HS that it declares, else by the
/// one that their names lead to.
pub(crate) fn goods_of(site: &Site, record: &Record) -> Option<Goods> {
    let Subject::Attestation(attestation) = &record.subject else {
        return None;
    };
    let objects = attestation.comity.objects.iter();
    let mut codes = objects.flat_map(|object| &object.product_codes);
    let declared = codes.find(|code| code.is_harmonised());
    let declared = declared.map(|code| (code.code.clone(), false));
    let derived = || goods::derived(record).map(|code| (code, true));
    let (code, is_derived) = declared.or_else(derived)?;
    Some(Goods {
        name: goods::name(&code, site.language.tag()).unwrap_or_default(),
        code: goods::printed(&code),
        is_derived,
    })
}

fn certificate(site: &Site, record: &Record, attestation: &Attestation, hit: &mut Hit) {
    let details = &attestation.comity;
    hit.number = Some(projected(&details.certificate_number));
    let holder = &attestation.issued_to_party.name;
    let lang = &record.comity.language;
    hit.holder = Some(site.worded_or(&details.holder_names, holder, lang));
    if let Some(object) = details.objects.first() {
        hit.titled(site, &object.names);
    }
    hit.goods = goods_of(site, record);
    hit.standards = details.standards.iter().map(ToString::to_string).collect();
    let dates = &details.legal_dates;
    hit.dates = Some(period(
        site,
        dates.valid_from.as_ref().unwrap_or(&dates.issued_on),
        dates.valid_until.as_ref(),
    ));
}

fn describe(site: &Site, record: &Record, hit: &mut Hit) {
    let lang = &record.comity.language;
    match &record.subject {
        Subject::Attestation(attestation) => certificate(site, record, attestation, hit),
        Subject::CompetenceGrant(grant) => {
            hit.number = Some(projected(&grant.number));
            // The number stands below it.
            hit.title = Title::plain(site.party(&grant.grantee, lang));
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
