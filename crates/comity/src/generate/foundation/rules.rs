//! What each destination asks for some families of goods, and which bodies promise that all they
//! issue is published here.

use anyhow::Result;
use comity_model::attestation::AttestationKind;
use comity_model::coverage::CoverageStatement;
use comity_model::date::Period;
use comity_model::grant::GrantType;
use comity_model::import_rule::{
    AttestationFilter, ImportRule, Requirement, RequirementSort, RuleEffect,
};
use comity_model::record::{Kind, Subject};
use comity_model::standard::StandardReference;

use super::{Foundation, headings, hs};
use crate::generate::cast::{Body, Cast, ECONOMIES, Sort};
use crate::generate::tables::{LANGUAGES, Tables, Words};
use crate::generate::words::PROMISE;

/// Families for which a destination has a rule, at most.
const RULES: u64 = 7;
/// Hours within which a body that promises so publishes.
const WITHIN_HOURS: u64 = 72;

const TITLE: Words = [
    "DEMO import rule: {}",
    "演示进口规定：{}",
    "ДЕМО-правило ввоза: {}",
    "قاعدة استيراد، تجريبي: {}",
    "Règle d’importation DÉMO : {}",
];
const CERTIFICATE: Words = [
    "DEMO: a certificate of conformity",
    "演示：合格证书",
    "ДЕМО: сертификат соответствия",
    "تجريبي: شهادة مطابقة",
    "DÉMO : un certificat de conformité",
];
const MARK: Words = [
    "DEMO: the mark on the product",
    "演示：产品上的标志",
    "ДЕМО: знак на изделии",
    "تجريبي: العلامة على المنتج",
    "DÉMO : la marque sur le produit",
];
const INSTRUCTIONS: Words = [
    "DEMO: instructions in the language of the country",
    "演示：本国文字说明书",
    "ДЕМО: инструкция на языке страны",
    "تجريبي: تعليمات بلغة البلد",
    "DÉMO : notice dans la langue du pays",
];
const REPRESENTATIVE: Words = [
    "DEMO: an authorised representative",
    "演示：境内授权代表",
    "ДЕМО: уполномоченный представитель",
    "تجريبي: ممثل معتمد",
    "DÉMO : un mandataire",
];

/// Adds the rules and the promises.
pub(super) fn lay_down(foundation: &mut Foundation, cast: &Cast, tables: &Tables) -> Result<()> {
    for authority in &cast.authorities {
        let count = foundation.chance.between(3, RULES);
        for number in 0..count {
            let family = foundation.chance.place(tables.families.len());
            let rule = rule(foundation, authority, tables, family, number)?;
            let name = tables.families[family].names[authority.language];
            let title = authority.say(&TITLE).replace("{}", name);
            let subject = Subject::ImportRule(Box::new(rule));
            foundation.add(authority, foundation.begun, title, subject)?;
        }
    }
    for (economy, _) in ECONOMIES.iter().enumerate() {
        let mut bodies = cast.bodies.iter();
        let first =
            bodies.find(|body| body.economy == economy && body.sort == Some(Sort::Certifier));
        if let Some(body) = first {
            promise(foundation, body)?;
        }
    }
    Ok(())
}

/// A destination's rules: most ask for something, one asks nothing, one accepts, one refuses.
fn rule(
    foundation: &mut Foundation,
    authority: &Body,
    tables: &Tables,
    family: usize,
    number: u64,
) -> Result<ImportRule> {
    let known = &tables.families[family];
    let standards = known
        .goods
        .iter()
        .map(|place| tables.goods[*place].standard);
    let mut standards: Vec<usize> = standards.collect();
    standards.sort_unstable();
    standards.dedup();
    let cited = standards
        .iter()
        .map(|place| tables.norms[*place].any_edition());
    let cited: Vec<StandardReference> = cited.collect::<Result<_>>()?;
    let other = foundation
        .chance
        .one_of(&cast_codes())
        .copied()
        .unwrap_or("GB");
    let chosen = AttestationFilter {
        kinds: vec![AttestationKind::ProductCertificate],
        issuer_economies: vec![other.to_owned()],
        ..AttestationFilter::default()
    };
    let (effect, attestations) = match number {
        0 => (RuleEffect::NothingRequired, None),
        1 => (
            RuleEffect::Accepted,
            Some(AttestationFilter {
                standards: cited.clone(),
                grant_types: vec![GrantType::Accreditation],
                ..chosen
            }),
        ),
        2 => (RuleEffect::Refused, Some(chosen)),
        _ => (RuleEffect::Required, None),
    };
    let requirements = match effect {
        RuleEffect::Required => requirements(authority, cited),
        _ => Vec::new(),
    };
    let title: Words<String> =
        TITLE.map(|words| words.replace("{}", known.names[authority.language]));
    let own = title.get(authority.language).cloned().unwrap_or_default();
    Ok(ImportRule {
        economy: authority.code().to_owned(),
        title: comity_model::text::LangString::of(authority.tag(), &own),
        products: hs(headings(tables, family)),
        effect,
        requirements,
        attestations,
        legal_basis: format!("DEMO regulation {}/{}", number + 1, foundation.date.year()),
        contact: Some(authority.office()),
        period: foundation.since(),
    })
}

fn cast_codes() -> [&'static str; 12] {
    std::array::from_fn(|place| ECONOMIES[place].code)
}

fn requirements(authority: &Body, standards: Vec<StandardReference>) -> Vec<Requirement> {
    let words = |id: &str, sort, text: &Words| Requirement {
        id: id.to_owned(),
        sort,
        text: authority.both(text),
        attestation: None,
        deviation: None,
        languages: Vec::new(),
    };
    vec![
        Requirement {
            attestation: Some(AttestationFilter {
                kinds: vec![
                    AttestationKind::ProductCertificate,
                    AttestationKind::TypeExamination,
                ],
                standards,
                ..AttestationFilter::default()
            }),
            ..words("safety", RequirementSort::Attestation, &CERTIFICATE)
        },
        words("mark", RequirementSort::Marking, &MARK),
        Requirement {
            languages: vec![LANGUAGES[authority.language].to_owned()],
            ..words("language", RequirementSort::Language, &INSTRUCTIONS)
        },
        words(
            "representative",
            RequirementSort::LocalRepresentative,
            &REPRESENTATIVE,
        ),
    ]
}

/// That all that `body` certifies from the base day on is published. Nothing of this world is
/// issued then, so that the promise is kept.
fn promise(foundation: &mut Foundation, body: &Body) -> Result<()> {
    let statement = CoverageStatement {
        kinds: vec![Kind::Attestation],
        issuers: vec![body.reference()],
        since: foundation.date,
        within_hours: WITHIN_HOURS,
        period: Period::new(foundation.date, None),
    };
    let subject = Subject::CoverageStatement(Box::new(statement));
    foundation.add(
        body,
        foundation.date,
        body.say(&PROMISE).to_owned(),
        subject,
    )?;
    Ok(())
}
