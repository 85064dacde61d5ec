//! What a destination of the demo asks for a product, and a standard by which it is met.

use anyhow::Result;
use comity_model::attestation::AttestationKind;
use comity_model::import_rule::{
    AttestationFilter, ImportRule, Requirement, RequirementSort, RuleEffect,
};
use comity_model::party::Contact;
use comity_model::product::CodeSelector;
use comity_model::record::Subject;
use comity_model::standard::{Adoption, Correspondence, Standard, StandardSort};
use comity_model::text::LangString;

use super::cast::KZ;
use super::ledger::{Draft, Ledger, since, standards, texts};

/// The day the rule is published.
const PUBLISHED: &str = "2026-03-02";

/// Adds the rules and the standard.
///
/// # Errors
/// If one cannot be signed.
pub(super) fn lay_down(ledger: &mut Ledger) -> Result<()> {
    ledger.add(Draft {
        key: "rule of Kazakhstan for cookers",
        logged: PUBLISHED,
        by: &KZ,
        name: "ДЕМО-правило ввоза: рисоварки и плиты",
        subject: Subject::ImportRule(Box::new(cookers()?)),
    })?;
    let nothing = ImportRule {
        title: LangString::of("ru", "ДЕМО: деревянная кухонная утварь, требований нет")
            .and("en", "DEMO: wooden kitchenware, nothing is required"),
        products: hs(&["4419"]),
        effect: RuleEffect::NothingRequired,
        requirements: Vec::new(),
        ..cookers()?
    };
    ledger.add(Draft {
        key: "rule of Kazakhstan for kitchenware",
        logged: PUBLISHED,
        by: &KZ,
        name: "ДЕМО-правило ввоза: деревянная утварь",
        subject: Subject::ImportRule(Box::new(nothing)),
    })?;
    ledger.add(Draft {
        key: "GB 4706.1-2005",
        logged: PUBLISHED,
        by: &KZ,
        name: "ДЕМО-сведения о стандарте GB 4706.1-2005",
        subject: Subject::Standard(Box::new(adopted()?)),
    })
}

fn hs(prefixes: &[&str]) -> Vec<CodeSelector> {
    vec![CodeSelector {
        scheme: "HS".to_owned(),
        edition: None,
        include: texts(prefixes),
        exclude: Vec::new(),
    }]
}

fn words(id: &str, sort: RequirementSort, ru: &str, en: &str) -> Requirement {
    Requirement {
        id: id.to_owned(),
        sort,
        text: LangString::of("ru", ru).and("en", en),
        attestation: None,
        deviation: None,
        languages: Vec::new(),
    }
}

/// Cookers, ovens and rice cookers: a certificate, a report of compatibility that nobody has yet,
/// and what no paper can answer.
fn cookers() -> Result<ImportRule> {
    let certificate = Requirement {
        attestation: Some(AttestationFilter {
            kinds: vec![AttestationKind::ProductCertificate],
            standards: standards(&["IEC 60335-1"])?,
            ..AttestationFilter::default()
        }),
        ..words(
            "safety",
            RequirementSort::Attestation,
            "ДЕМО: сертификат безопасности по IEC 60335-1",
            "DEMO: a certificate of safety to IEC 60335-1",
        )
    };
    let compatibility = Requirement {
        attestation: Some(AttestationFilter {
            kinds: vec![AttestationKind::TestReport],
            standards: standards(&["CISPR 14-1"])?,
            ..AttestationFilter::default()
        }),
        ..words(
            "emc",
            RequirementSort::Attestation,
            "ДЕМО: протокол испытаний по CISPR 14-1",
            "DEMO: a test report to CISPR 14-1",
        )
    };
    let language = Requirement {
        languages: texts(&["kk", "ru"]),
        ..words(
            "language",
            RequirementSort::Language,
            "ДЕМО: инструкция на казахском или русском языке",
            "DEMO: instructions in Kazakh or Russian",
        )
    };
    Ok(ImportRule {
        economy: "KZ".to_owned(),
        title: LangString::of("ru", "ДЕМО: плиты, рисоварки и духовки")
            .and("en", "DEMO: cookers, rice cookers and ovens"),
        products: hs(&["851660"]),
        effect: RuleEffect::Required,
        requirements: vec![
            certificate,
            compatibility,
            words(
                "mark",
                RequirementSort::Marking,
                "ДЕМО: знак обращения на изделии",
                "DEMO: the mark of circulation on the product",
            ),
            language,
            words(
                "representative",
                RequirementSort::LocalRepresentative,
                "ДЕМО: уполномоченный представитель в Казахстане",
                "DEMO: an authorised representative in Kazakhstan",
            ),
        ],
        attestations: None,
        legal_basis: "DEMO technical regulation 4/2026".to_owned(),
        contact: Some(Contact {
            office: "DEMO department of technical regulation".to_owned(),
            url: Some(format!("https://{}/contact", KZ.host())),
            email: None,
            telephone: None,
        }),
        period: since(PUBLISHED)?,
    })
}

/// What the Chinese standard of the demo's appliances adopts, by the word of Kazakhstan.
fn adopted() -> Result<Standard> {
    let standard = |text: &str| standards(&[text]).map(|mut one| one.remove(0));
    Ok(Standard {
        standard: standard("GB 4706.1-2005")?,
        sort: StandardSort::Standard,
        title: LangString::of("zh-Hans", "演示：家用和类似用途电器的安全 通用要求").and(
            "en",
            "DEMO: safety of household appliances, general requirements",
        ),
        economies: texts(&["CN"]),
        period: since("2006-08-01")?,
        replaces: Vec::new(),
        amends: Vec::new(),
        adopts: vec![Adoption {
            standard: standard("IEC 60335-1:2004")?,
            correspondence: Correspondence::Identical,
            deviations: Vec::new(),
        }],
        ics: Vec::new(),
    })
}
