//! The verdict panel: the answer in words, every check in order, and who can settle what is open.

use comity_model::date::Day;
use comity_model::product::ProductCode;
use comity_node::recognise::{self, Ask, selector};
use comity_recognition::code::Outcome;
use comity_recognition::question::{ProductFacts, Selector};
use comity_recognition::verdict::{Extent, Gap, Next, Step, Verdict, VerdictResult};
use comity_recognition::wording::{self, Language, Style};

use crate::asked::Asked;
use crate::icon::{self, Tone};
use crate::rows::Office;
use crate::site::Site;

/// The parameters of a question, as addresses name them.
pub(crate) const QUESTION: [&str; 12] = [
    "in",
    "on",
    "hs",
    "model",
    "gtin",
    "serial",
    "lot",
    "holder",
    "manufacturer",
    "factory",
    "issuedOn",
    "standard",
];

/// A verdict as pages show it.
#[derive(Debug)]
pub(crate) struct Panel {
    pub(crate) tone: Tone,
    pub(crate) icon: String,
    /// The result in one word.
    pub(crate) word: String,
    /// The whole verdict in one sentence.
    pub(crate) sentence: String,
    /// On whose word it rests.
    pub(crate) basis: String,
    /// Until when the same evidence gives the same answer.
    pub(crate) valid_until: Option<String>,
    /// As known when.
    pub(crate) as_of: String,
    pub(crate) reference: String,
    pub(crate) computed_by: String,
    pub(crate) legal_notice: String,
    pub(crate) hypothetical: bool,
    pub(crate) steps: Vec<StepRow>,
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
}

/// Something that the destination still asks for.
#[derive(Debug)]
pub(crate) struct GapRow {
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
    pub(crate) name: Option<String>,
    pub(crate) office: Office,
    pub(crate) ask: String,
}

/// What is asked of the record, read from the address.
pub(crate) fn question(
    asked: &Asked,
    record: Selector,
    destination: &str,
) -> Result<Ask, (&'static str, String)> {
    let text = |name: &str| asked.one(name).map(str::to_owned);
    let mut codes = Vec::new();
    for code in asked.many("hs") {
        let digits: String = code.chars().filter(char::is_ascii_digit).collect();
        let read = ProductCode::hs(&digits, asked.one("hsEdition"));
        codes.push(read.ok_or(("hs", code.to_owned()))?);
    }
    let mut ask = Ask::new(record, destination);
    ask.on = asked.read::<Day>("on").map_err(|value| ("on", value))?;
    ask.product = ProductFacts {
        codes,
        model: text("model"),
        gtin: text("gtin"),
        serial: text("serial"),
        lot: text("lot"),
        quantity: None,
        holder: text("holder"),
        manufacturer: text("manufacturer"),
        factory: text("factory"),
        issued_on: asked
            .read::<Day>("issuedOn")
            .map_err(|value| ("issuedOn", value))?,
        standard: asked
            .read("standard")
            .map_err(|value| ("standard", value))?,
    };
    Ok(ask)
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
            word: wording::result(verdict.result, site.language).to_owned(),
            sentence: wording::summary(verdict, site.language, Style::Names),
            basis: wording::basis(verdict.basis, site.language).to_owned(),
            valid_until: verdict.valid_until.map(|day| site.day(day)),
            as_of: verdict.question.known_at.to_string(),
            reference: verdict.reference(),
            computed_by: answer.computed_by.clone(),
            legal_notice: answer.legal_notice.clone(),
            hypothetical: verdict.hypothetical,
            steps: verdict
                .steps
                .iter()
                .map(|step| row(site, verdict, step))
                .collect(),
            conditions: conditions(site, verdict),
            gaps: verdict.gaps.iter().map(|gap| gap_row(site, gap)).collect(),
            settle: decisive
                .filter(|_| !yes)
                .and_then(|step| settle(site, step)),
        }
    }
}

fn row(site: &Site, verdict: &Verdict, step: &Step) -> StepRow {
    let (tone, icon) = icon::of_outcome(step.outcome);
    StepRow {
        name: step.step.name(),
        tone,
        icon: icon.svg(),
        question: wording::question(step.step, site.language).to_owned(),
        word: wording::outcome(step.outcome, site.language).to_owned(),
        sentence: wording::sentence(step, site.language, Style::Names),
        code: step.code.as_str(),
        decisive: step.step == verdict.decisive_step,
        evidence: step.evidence.iter().map(hex::encode).collect(),
        settle: (!matches!(step.outcome, Outcome::Pass | Outcome::NotApplicable))
            .then(|| settle(site, step))
            .flatten(),
    }
}

fn settle(site: &Site, step: &Step) -> Option<Settle> {
    let Next {
        who,
        did: _,
        name,
        contact,
        ask: _,
    } = step.next.as_ref()?;
    Some(Settle {
        who: wording::who(*who, site.language).to_owned(),
        name: name.clone(),
        office: contact.as_ref().map(Office::new).unwrap_or_default(),
        ask: wording::ask(step.code, &step.facts, site.language, Style::Names),
    })
}

/// The conditions in the reader's language where there are any, without what the gaps say already.
fn conditions(site: &Site, verdict: &Verdict) -> Vec<(String, String)> {
    let said = |text: &String| {
        let mut texts = verdict.gaps.iter().flat_map(|gap| &gap.text.0);
        texts.any(|gap| gap.value == *text)
    };
    let open = verdict.conditions.iter().filter(|(_, text)| !said(text));
    let open: Vec<_> = open.cloned().collect();
    let own: Vec<_> = (open.iter())
        .filter(|(lang, _)| Language::of_tag(lang) == Some(site.language))
        .cloned()
        .collect();
    if own.is_empty() { open } else { own }
}

fn gap_row(site: &Site, gap: &Gap) -> GapRow {
    let (lang, text) = site.worded(&gap.text);
    GapRow {
        lang,
        text,
        legal_basis: gap.legal_basis.clone(),
        rule: hex::encode(gap.rule),
    }
}
