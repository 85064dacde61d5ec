//! The verdict panel: the answer in words, every check in order, and who can settle what is open.

use comity_model::attestation::Quantity;
use comity_model::date::Day;
use comity_model::import_rule::Requirement;
use comity_model::party::is_did;
use comity_model::product::ProductCode;
use comity_model::text::{projected, several};
use comity_node::config::{DEMO_LEGAL_NOTICE, LEGAL_NOTICE};
use comity_node::goods;
use comity_node::named::Pointed;
use comity_node::recognise::{self, Ask, selector};
use comity_recognition::code::Outcome;
use comity_recognition::paper::Compared;
use comity_recognition::question::{ProductFacts, Question, Selector, is_hs_edition};
use comity_recognition::verdict::{Extent, Gap, Next, Step, Verdict, VerdictResult, Who};
use comity_recognition::wording::{self, Language, Style};

use crate::asked::Asked;
use crate::diagram::Link;
use crate::icon::{self, Tone};
use crate::rows::{Named, Office, named as named_parties, party_href};
use crate::site::Site;
use crate::trouble::Trouble;

/// Most product codes that are asked about at once.
pub(crate) const MAX_CODES: usize = 20;

/// A verdict as pages show it.
#[derive(Debug)]
pub(crate) struct Panel {
    pub(crate) tone: Tone,
    pub(crate) icon: String,
    /// The result in one word.
    pub(crate) word: String,
    /// The whole verdict in one sentence.
    pub(crate) sentence: String,
    /// Of a past day: that the record has ended or been suspended since.
    pub(crate) later: String,
    /// What was asked.
    pub(crate) asked: Question,
    /// What was asked of the paper, each beside what the record says.
    pub(crate) paper: Vec<Compared>,
    /// The product codes that were asked about, each with the plain name of what it stands for.
    pub(crate) codes: Vec<(String, &'static str)>,
    /// On whose word it rests.
    pub(crate) basis: String,
    /// Until when the same evidence gives the same answer.
    pub(crate) valid_until: Option<String>,
    /// As known when: for programs, and as the language writes it.
    pub(crate) as_of: (String, String),
    pub(crate) reference: String,
    /// The node that computed it.
    pub(crate) computed_by: Named,
    pub(crate) legal_notice: String,
    pub(crate) hypothetical: bool,
    pub(crate) steps: Vec<StepRow>,
    /// The chain as a drawing, where it is drawn.
    pub(crate) links: Vec<Link>,
    /// What is still to be done, in the words of the chapter or the destination: tag and text.
    pub(crate) conditions: Vec<(String, String)>,
    /// What the destination still asks for.
    pub(crate) gaps: Vec<GapRow>,
    /// Who can settle the step that decided, unless it is a yes.
    pub(crate) settle: Option<Settle>,
}

/// One check.
#[derive(Debug)]
pub(crate) struct StepRow {
    pub(crate) name: &'static str,
    pub(crate) tone: Tone,
    pub(crate) icon: String,
    pub(crate) question: String,
    /// The outcome in one word.
    pub(crate) word: String,
    pub(crate) sentence: String,
    pub(crate) code: &'static str,
    /// It decided.
    pub(crate) decisive: bool,
    /// Record digests in hex.
    pub(crate) evidence: Vec<String>,
    pub(crate) settle: Option<Settle>,
    /// The record that takes the place of the one asked about: its number or title, and its page.
    pub(crate) successor: Option<(String, String)>,
}

/// Something that the destination still asks for.
#[derive(Debug)]
pub(crate) struct GapRow {
    /// What is asked by its parts, in the language of the page.
    pub(crate) asked: String,
    pub(crate) lang: String,
    pub(crate) text: String,
    pub(crate) legal_basis: String,
    /// Record digest of the rule, in hex.
    pub(crate) rule: String,
}

/// Who can settle something, and what to ask.
#[derive(Debug)]
pub(crate) struct Settle {
    pub(crate) who: String,
    /// Language and text.
    pub(crate) name: Option<(String, String)>,
    /// Its page.
    pub(crate) href: Option<String>,
    pub(crate) office: Office,
    pub(crate) ask: String,
}

/// What is asked of the record, read from the address.
pub(crate) fn question(
    site: &Site,
    asked: &Asked,
    record: Selector,
    destination: &str,
) -> Result<Ask, Trouble> {
    let mut ask = Ask::new(record, destination);
    let on = asked.read::<Day>("on");
    ask.on = on.map_err(|value| site.cannot_read("on", &value))?;
    ask.product = product(site, asked)?;
    Ok(ask)
}

/// What is asked of the product and of the paper, read from the address.
pub(crate) fn product(site: &Site, asked: &Asked) -> Result<ProductFacts, Trouble> {
    // What steers the direction of a text is seen on no paper.
    let text = |name: &str| {
        let text = site.only(asked, name)?.map(projected);
        Ok(text.filter(|text| !text.trim().is_empty()))
    };
    let day = |name: &str| {
        let day = asked.read::<Day>(name);
        day.map_err(|value| site.cannot_read(name, &value))
    };
    let standard = asked.read("standard");
    Ok(ProductFacts {
        codes: codes(site, asked)?,
        model: text("model")?,
        gtin: text("gtin")?,
        serial: text("serial")?,
        lot: text("lot")?,
        quantity: quantity(site, asked)?,
        holder: text("holder")?,
        manufacturer: text("manufacturer")?,
        factory: text("factory")?,
        issued_on: day("issuedOn")?,
        standard: standard.map_err(|value| site.cannot_read("standard", &value))?,
        number: text("number")?,
        valid_until: day("validUntil")?,
        scope: text("scope")?,
    })
}

fn codes(site: &Site, asked: &Asked) -> Result<Vec<ProductCode>, Trouble> {
    let edition = site.only(asked, "hsEdition")?;
    if let Some(edition) = edition.filter(|edition| !is_hs_edition(edition)) {
        return Err(site.cannot_read("hsEdition", edition));
    }
    let written = || asked.many("code");
    if typed_codes(asked).chain(written()).nth(MAX_CODES).is_some() {
        return Err(site.too_many_codes(MAX_CODES));
    }
    let codes = typed_codes(asked).map(|code| {
        let read = ProductCode::hs(code, edition);
        read.ok_or_else(|| site.cannot_read("hs", code))
    });
    let written = written().map(|code| {
        let read = ProductCode::of_parameter(code);
        read.ok_or_else(|| site.cannot_read("code", code))
    });
    codes.chain(written).collect()
}

fn quantity(site: &Site, asked: &Asked) -> Result<Option<Quantity>, Trouble> {
    let quantity = site.only(asked, "quantity")?.map(|written| {
        let read = Quantity::of_parameter(written);
        read.ok_or_else(|| site.cannot_read("quantity", written))
    });
    quantity.transpose()
}

/// The product codes as they were typed: several in one field, or a field each.
pub(crate) fn typed_codes(asked: &Asked) -> impl Iterator<Item = &str> {
    asked.many("hs").flat_map(several)
}

/// What a person calls a record.
pub(crate) fn named(text: &str) -> Selector {
    selector(text, None)
}

impl Panel {
    /// The panel of an answer.
    pub(crate) fn new(site: &Site, answer: &recognise::Answer) -> Self {
        let verdict = &answer.verdict;
        let capped = matches!(verdict.extent, Extent::CappedAt(_));
        let (tone, icon) = icon::of_result(verdict.result, capped);
        let decisive = verdict.step(verdict.decisive_step);
        let yes = verdict.result < VerdictResult::CannotTell;
        Self {
            tone,
            icon: icon.svg(),
            word: site.came_to(verdict),
            sentence: wording::summary(verdict, site.language, Style::Names),
            later: wording::later(verdict, site.language, Style::Names),
            asked: verdict.question.clone(),
            paper: verdict.paper.clone(),
            codes: verdict
                .question
                .product
                .codes
                .iter()
                .map(|code| {
                    let name = goods::name(&code.code, site.language.tag());
                    (goods::printed(&code.code), name.unwrap_or_default())
                })
                .collect(),
            basis: wording::basis(verdict.basis, site.language).to_owned(),
            valid_until: verdict.valid_until.map(|day| site.day(day)),
            as_of: (
                verdict.question.known_at.to_string(),
                wording::moment(verdict.question.known_at, site.language),
            ),
            reference: verdict.reference(),
            computed_by: node(site, &answer.computed_by),
            legal_notice: legal_notice(site, &answer.legal_notice),
            hypothetical: verdict.hypothetical,
            steps: verdict
                .steps
                .iter()
                .map(|step| row(site, verdict, step))
                .collect(),
            links: Vec::new(),
            conditions: conditions(site, verdict),
            gaps: gaps(site, verdict),
            settle: decisive
                .filter(|_| !yes)
                .and_then(|step| settle(site, verdict, step)),
        }
    }
}

/// A node, by its name as far as it is known here.
fn node(site: &Site, did: &str) -> Named {
    let known = named_parties(site, [did]).pop();
    known.unwrap_or_else(|| Named {
        did: projected(did),
        href: party_href(site, did),
        name: None,
    })
}

/// The fact of a step that names the record in the place of the one asked about.
const SUCCESSOR: &str = "successor";

impl Panel {
    /// Leads to the record that takes its place.
    pub(crate) async fn link_successor(
        &mut self,
        site: &Site,
        verdict: &Verdict,
    ) -> Result<(), Trouble> {
        let named = verdict.steps.iter().zip(&mut self.steps);
        for (step, row) in named {
            let Some(id) = step.facts.get(SUCCESSOR) else {
                continue;
            };
            let found = site.node().look_up(&Selector::Id(id.clone())).await;
            let found = found.map_err(|error| site.failed(&error))?;
            // Of several under one identifier none is the one that is meant.
            let [found] = found.as_slice() else {
                continue;
            };
            let Ok(record) = &found.evidence.record else {
                continue;
            };
            let pointed = Pointed::new(record);
            let name = projected(&pointed.number.unwrap_or(pointed.name));
            let digest = hex::encode(found.row.digest);
            row.successor = Some((name, site.href(&format!("records/{digest}"))));
        }
        Ok(())
    }
}

/// What a verdict is: in the reader's language where the node says it in the words of the program.
fn legal_notice(site: &Site, said: &str) -> String {
    match said {
        LEGAL_NOTICE => site.texts.say("verdict-legal"),
        DEMO_LEGAL_NOTICE => site.texts.say("verdict-legal-demo"),
        own => own.to_owned(),
    }
}

fn row(site: &Site, verdict: &Verdict, step: &Step) -> StepRow {
    let (tone, icon) = icon::of_outcome(step.outcome);
    StepRow {
        name: step.step.name(),
        tone,
        icon: icon.svg(),
        question: wording::question(step.step, site.language).to_owned(),
        word: wording::came_to(step, site.language).to_owned(),
        sentence: wording::sentence(step, site.language, Style::Names),
        code: step.code.as_str(),
        decisive: step.step == verdict.decisive_step,
        evidence: step.evidence.iter().map(hex::encode).collect(),
        settle: (!matches!(step.outcome, Outcome::Pass | Outcome::NotApplicable))
            .then(|| settle(site, verdict, step))
            .flatten(),
        successor: None,
    }
}

fn settle(site: &Site, verdict: &Verdict, step: &Step) -> Option<Settle> {
    let Next {
        who,
        did,
        name: _,
        names,
        contact,
        ask: _,
    } = step.next.as_ref()?;
    let did = did.as_deref().filter(|did| is_did(did));
    let named = Some(site.worded(names)).filter(|(_, name)| !name.is_empty());
    let unnamed = || did.map(|did| (String::new(), projected(did)));
    // Of an authority that nobody here knows at least where it is.
    let place = &verdict.question.in_economy;
    let there = (*who == Who::Destination).then(|| (String::new(), site.economy(place)));
    let to_place = there
        .as_ref()
        .map(|_| site.href(&format!("economies/{place}")));
    Some(Settle {
        who: wording::who(*who, site.language).to_owned(),
        name: named.or_else(unnamed).or(there),
        href: did.map(|did| party_href(site, did)).or(to_place),
        office: contact.as_ref().map(Office::new).unwrap_or_default(),
        ask: wording::ask(step.code, &step.facts, site.language, Style::Names),
    })
}

/// The conditions in the reader's language where there are any, else in English, without what the gaps say already.
pub(crate) fn conditions(site: &Site, verdict: &Verdict) -> Vec<(String, String)> {
    let said = |text: &String| {
        let mut texts = verdict.gaps.iter().flat_map(|gap| &gap.text.0);
        texts.any(|gap| gap.value == *text)
    };
    let open = verdict.conditions.iter().filter(|(_, text)| !said(text));
    let open: Vec<_> = open.cloned().collect();
    let said = |language: Language| -> Vec<_> {
        let own = open
            .iter()
            .filter(|(lang, _)| Language::of_tag(lang) == Some(language));
        own.cloned().collect()
    };
    let mut ways = [said(site.language), said(Language::En), open.clone()].into_iter();
    ways.find(|conditions| !conditions.is_empty())
        .unwrap_or_default()
}

/// What a requirement asks for by its parts, in the language of the page.
pub(crate) fn asked_for(site: &Site, requirement: &Requirement) -> String {
    let filter = requirement.attestation.as_ref();
    let issuers = filter.map(|filter| filter.issuers.as_slice());
    let offices = site.node().offices(issuers.unwrap_or_default());
    wording::requirement(requirement, site.language, &|party| {
        let names = offices.get(party).map(|office| office.names.clone());
        wording::party(&party.id, &names.unwrap_or_default(), site.language)
    })
}

/// What is still missing; under a no nothing that could be brought would make it count.
fn gaps(site: &Site, verdict: &Verdict) -> Vec<GapRow> {
    if verdict.result == VerdictResult::NotRecognised {
        return Vec::new();
    }
    verdict.gaps.iter().map(|gap| gap_row(site, gap)).collect()
}

fn gap_row(site: &Site, gap: &Gap) -> GapRow {
    let (lang, text) = site.worded(&gap.text);
    GapRow {
        asked: asked_for(site, &gap.asked),
        lang,
        text,
        legal_basis: gap.legal_basis.clone(),
        rule: hex::encode(gap.rule),
    }
}
