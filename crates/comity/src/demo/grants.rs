//! Who is competent for what in the demo: closed lists, open lists, words, flexible scopes,
//! and designations made under a chapter of an agreement.

use anyhow::Result;
use comity_model::grant::{Activity, CompetenceGrant, Flexibility, GrantType, ScopeItem};
use comity_model::product::CodeSelector;
use comity_model::record::Subject;
use comity_model::standard::StandardReference;
use comity_model::text::LangString;

use super::arrangements::MRA;
use super::cast::{
    Body, CN_ACCREDITOR, CN_CERTIFIER, CN_LABORATORY, FR, FR_ACCREDITOR, FR_CERTIFIER,
    FR_LABORATORY, JP, JP_CERTIFIER, KZ_ACCREDITOR, KZ_CERTIFIER, KZ_LABORATORY, SA_ACCREDITOR,
    SA_CERTIFIER, SA_INSPECTOR, SE_ACCREDITOR, SE_CERTIFIER, TN, TN_CERTIFIER,
};
use super::ledger::{Draft, Ledger, span, standards, texts};

/// The day the grants are made and published.
const GRANTED: &str = "2024-06-10";
/// Their last day.
const UNTIL: &str = "2028-06-09";

/// A grant to be written: who, by whom, under which number, for what.
struct Scope {
    by: &'static Body,
    to: &'static Body,
    number: &'static str,
    criteria: &'static [&'static str],
    activities: &'static [Activity],
    items: Vec<ScopeItem>,
}

/// Adds every grant; each is remembered by its number.
///
/// # Errors
/// If one cannot be signed.
pub(super) fn grant(ledger: &mut Ledger) -> Result<()> {
    for scope in accreditations()? {
        add(ledger, scope, GrantType::Accreditation, |_| {})?;
    }
    let flexible = Scope {
        by: &FR_ACCREDITOR,
        to: &FR_LABORATORY,
        number: "DEMO-FR-LAB-1",
        criteria: &["ISO/IEC 17025:2017"],
        activities: &[Activity::Testing],
        items: vec![item(
            "cem",
            LangString::of(
                "fr",
                "DÉMO : compatibilité électromagnétique, méthodes extensibles",
            )
            .and(
                "en",
                "DEMO: electromagnetic compatibility, methods may be extended",
            ),
            &["EN 55032"],
            &["85"],
        )?],
    };
    add(ledger, flexible, GrantType::Accreditation, |grant| {
        grant.flexibility = Flexibility::FlexibleMethod;
    })?;
    for scope in designations()? {
        let chapters = match scope.to.did {
            did if did == TN_CERTIFIER.did => Vec::new(),
            _ => ["electrical", "radio", "toys"]
                .map(|id| MRA.chapter(id))
                .into(),
        };
        add(ledger, scope, GrantType::Designation, |grant| {
            grant.under_chapters = chapters;
        })?;
    }
    Ok(())
}

fn add(
    ledger: &mut Ledger,
    scope: Scope,
    grant_type: GrantType,
    change: impl FnOnce(&mut CompetenceGrant),
) -> Result<()> {
    let mut grant = CompetenceGrant {
        grant_type,
        grantor: scope.by.party(),
        grantee: scope.to.party(),
        economies: scope.by.economy.into_iter().map(str::to_owned).collect(),
        number: scope.number.to_owned(),
        criteria: standards(scope.criteria)?,
        activities: scope.activities.to_vec(),
        period: span(GRANTED, UNTIL)?,
        period_inferred: false,
        initial_on: None,
        flexibility: Flexibility::Fixed,
        scope: scope.items,
        under_chapters: Vec::new(),
    };
    change(&mut grant);
    ledger.add(Draft {
        key: scope.number,
        logged: GRANTED,
        by: scope.by,
        name: &format!("{}: {}", scope.number, scope.to.name),
        subject: Subject::CompetenceGrant(Box::new(grant)),
    })
}

/// An item that excludes nothing.
fn item(id: &str, words: LangString, standards_: &[&str], hs: &[&str]) -> Result<ScopeItem> {
    let standards: Vec<StandardReference> = standards(standards_)?;
    let selector = (!hs.is_empty()).then(|| CodeSelector {
        scheme: "HS".to_owned(),
        edition: None,
        include: texts(hs),
        exclude: Vec::new(),
    });
    Ok(ScopeItem {
        id: id.to_owned(),
        description: words,
        standards,
        products: selector.into_iter().collect(),
        ..ScopeItem::default()
    })
}

/// An item that lists all there is.
fn closed(item: ScopeItem) -> ScopeItem {
    ScopeItem {
        exhaustive: true,
        ..item
    }
}

fn accreditations() -> Result<Vec<Scope>> {
    let mut all = chinese_accreditations()?;
    all.extend(kazakh_accreditations()?);
    all.extend(saudi_accreditations()?);
    all.push(Scope {
        by: &SE_ACCREDITOR,
        to: &SE_CERTIFIER,
        number: "DEMO-SE-CB-1",
        criteria: &["ISO/IEC 17065:2012"],
        activities: &[Activity::ProductCertification],
        items: vec![
            item(
                "cooling",
                LangString::of("en", "DEMO: air conditioners"),
                &["IEC 60335-2-40"],
                &["8415"],
            )?,
            item(
                "clothing",
                LangString::of("en", "DEMO: clothing"),
                &["EN 14682"],
                &["61", "62"],
            )?,
        ],
    });
    all.push(Scope {
        by: &FR_ACCREDITOR,
        to: &FR_CERTIFIER,
        number: "DEMO-FR-CB-1",
        criteria: &["ISO/IEC 17065:2012"],
        activities: &[Activity::ProductCertification],
        items: vec![item(
            "textile",
            LangString::of("fr", "DÉMO : vêtements d’enfants")
                .and("en", "DEMO: children’s clothing"),
            &["EN 14682"],
            &["61", "62"],
        )?],
    });
    Ok(all)
}

fn chinese_accreditations() -> Result<Vec<Scope>> {
    let appliances = LangString::of("zh-Hans", "演示：家用电热器具")
        .and("en", "DEMO: electric heating appliances");
    Ok(vec![
        Scope {
            by: &CN_ACCREDITOR,
            to: &CN_LABORATORY,
            number: "DEMO-CN-LAB-1",
            criteria: &["ISO/IEC 17025:2017"],
            activities: &[Activity::Testing],
            items: vec![item(
                "appliances",
                appliances.clone(),
                &["GB 4706.1", "IEC 60335-1"],
                &["8516"],
            )?],
        },
        Scope {
            by: &CN_ACCREDITOR,
            to: &CN_CERTIFIER,
            number: "DEMO-CN-CB-1",
            criteria: &["ISO/IEC 17065:2012"],
            activities: &[Activity::ProductCertification],
            items: vec![closed(item(
                "appliances",
                appliances,
                &["GB 4706.1"],
                &["8516"],
            )?)],
        },
    ])
}

fn kazakh_accreditations() -> Result<Vec<Scope>> {
    let machines =
        LangString::of("ru", "ДЕМО: насосы и компрессоры").and("en", "DEMO: pumps and compressors");
    Ok(vec![
        Scope {
            by: &KZ_ACCREDITOR,
            to: &KZ_CERTIFIER,
            number: "DEMO-KZ-CB-1",
            criteria: &["ISO/IEC 17065:2012", "ISO/IEC 17021-1:2015"],
            activities: &[Activity::ProductCertification, Activity::MsCertification],
            items: vec![
                closed(item(
                    "machines",
                    machines,
                    &["ГОСТ 31839"],
                    &["8413", "8414"],
                )?),
                item(
                    "quality",
                    LangString::of("ru", "ДЕМО: системы качества"),
                    &["ISO 9001"],
                    &[],
                )?,
                item(
                    "food",
                    LangString::of("ru", "ДЕМО: пищевая безопасность, кроме детского питания")
                        .and("en", "DEMO: food safety, except food for infants"),
                    &[],
                    &[],
                )?,
            ],
        },
        Scope {
            by: &KZ_ACCREDITOR,
            to: &KZ_LABORATORY,
            number: "DEMO-KZ-LAB-1",
            criteria: &["ISO/IEC 17025:2017"],
            activities: &[Activity::Testing],
            items: vec![item(
                "electrical",
                LangString::of("ru", "ДЕМО: электрооборудование")
                    .and("en", "DEMO: electrical equipment"),
                &["ГОСТ 12.2.007.0"],
                &["85"],
            )?],
        },
    ])
}

fn saudi_accreditations() -> Result<Vec<Scope>> {
    Ok(vec![
        Scope {
            by: &SA_ACCREDITOR,
            to: &SA_INSPECTOR,
            number: "DEMO-SA-IB-1",
            criteria: &["ISO/IEC 17020:2012"],
            activities: &[Activity::Inspection],
            items: vec![item(
                "dates",
                LangString::of("ar", "تجريبي: التمور").and("en", "DEMO: dates"),
                &["CXS 143"],
                &["0804"],
            )?],
        },
        Scope {
            by: &SA_ACCREDITOR,
            to: &SA_CERTIFIER,
            number: "DEMO-SA-CB-1",
            criteria: &["ISO/IEC 17065:2012"],
            activities: &[Activity::ProductCertification],
            items: vec![item(
                "cooling",
                LangString::of("ar", "تجريبي: مكيفات الهواء").and("en", "DEMO: air conditioners"),
                &["IEC 60335-2-40"],
                &["8415"],
            )?],
        },
    ])
}

fn designations() -> Result<Vec<Scope>> {
    let items = |words: [&str; 3], language: &str| -> Result<Vec<ScopeItem>> {
        let [electrical, radio, toys] = words;
        let said = |text, english| LangString::of(language, text).and("en", english);
        Ok(vec![
            item(
                "electrical",
                said(electrical, "DEMO: household appliances"),
                &["IEC 60335-1"],
                &["8516"],
            )?,
            item(
                "radio",
                said(radio, "DEMO: radio equipment"),
                &["EN 300 328"],
                &["8517"],
            )?,
            item("toys", said(toys, "DEMO: toys"), &["EN 71-1"], &["9503"])?,
        ])
    };
    let designation = |by, to, number, items| Scope {
        by,
        to,
        number,
        criteria: &["ISO/IEC 17065:2012"],
        activities: &[Activity::ProductCertification],
        items,
    };
    Ok(vec![
        designation(
            &JP,
            &JP_CERTIFIER,
            "DEMO-JP-DES-1",
            items(
                ["デモ：家庭用電気機器", "デモ：無線機器", "デモ：玩具"],
                "ja",
            )?,
        ),
        designation(
            &FR,
            &FR_CERTIFIER,
            "DEMO-FR-DES-1",
            items(
                ["DÉMO : appareils ménagers", "DÉMO : radio", "DÉMO : jouets"],
                "fr",
            )?,
        ),
        designation(
            &TN,
            &TN_CERTIFIER,
            "DEMO-TN-DES-1",
            vec![item(
                "textile",
                LangString::of("fr", "DÉMO : vêtements")
                    .and("ar", "تجريبي: ملابس")
                    .and("en", "DEMO: clothing"),
                &["EN 14682"],
                &["61", "62"],
            )?],
        ),
    ])
}
