//! Papers from China, Kazakhstan, Saudi Arabia and Japan, all made up.

use anyhow::Result;
use comity_model::attestation::{AttestationKind, BasedOn, EvidenceRole, ObjectType, Quantity};
use comity_model::text::LangString;

use super::{Paper, add, add_with};
use crate::demo::arrangements::{MLA, MRA};
use crate::demo::cast::{
    CN_CERTIFIER, CN_LABORATORY, JP_CERTIFIER, KZ_CERTIFIER, KZ_LABORATORY, SA_CERTIFIER,
    SA_INSPECTOR,
};
use crate::demo::ledger::{Ledger, on, texts};
use crate::demo::stories::TODAY;

pub(super) fn issue(ledger: &mut Ledger) -> Result<()> {
    chinese_reports(ledger)?;
    chinese_certificates(ledger)?;
    kazakh_certificates(ledger)?;
    kazakh_systems(ledger)?;
    kazakh_reports(ledger)?;
    saudi_papers(ledger)?;
    japanese_certificates(ledger)
}

/// Ovens, cookers, rice cookers.
const COOKER: &[&str] = &["8516.60"];
/// Kettles: of the heading, what is not named by itself.
const KETTLE: &[&str] = &["8516.79"];
/// Space heaters without storage.
const HEATER: &[&str] = &["8516.29"];

/// A grant that its laboratory loses on a day between the second and the third report.
fn chinese_reports(ledger: &mut Ledger) -> Result<()> {
    for (number, issued, english, hs) in [
        (
            "DEMO-CN-L-2024-0061",
            "2024-09-09",
            "DEMO rice cooker",
            COOKER,
        ),
        ("DEMO-CN-L-2025-0117", "2025-06-10", "DEMO kettle", KETTLE),
        (
            "DEMO-CN-L-2025-0302",
            "2025-12-03",
            "DEMO fan heater",
            HEATER,
        ),
    ] {
        add(
            ledger,
            &Paper {
                issued,
                holder: "演示小家电有限公司",
                object: LangString::of("zh-Hans", "演示家用电热器具").and("en", english),
                standards: &["GB 4706.1-2005", "IEC 60335-1:2010"],
                hs,
                models: &["DX-1700"],
                grant: Some(("DEMO-CN-LAB-1", &["appliances"])),
                ..Paper::report(&CN_LABORATORY, number, "演示检测报告")
            },
        )?;
    }
    Ok(())
}

/// Number, day of issue, name in two languages, HS codes.
type Appliance = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

/// One appliance to each way in which a certificate may end, or not.
const APPLIANCES: [Appliance; 7] = [
    (
        "DEMO-CN-2024-0310",
        "2024-11-18",
        "演示暖风机",
        "DEMO fan heater",
        HEATER,
    ),
    (
        "DEMO-CN-2024-0377",
        "2024-12-02",
        "演示电吹风",
        "DEMO hair dryer",
        &["8516.31"],
    ),
    (
        "DEMO-CN-2024-0402/1",
        "2024-12-16",
        "演示电烤箱",
        "DEMO oven",
        COOKER,
    ),
    (
        "DEMO-CN-2025-0020",
        "2025-02-03",
        "演示面包机",
        "DEMO toaster",
        &["8516.72"],
    ),
    (
        "DEMO-CN-2025-0133",
        "2025-07-07",
        "演示电熨斗",
        "DEMO iron",
        &["8516.40"],
    ),
    (
        "DEMO-CN-2025-0150",
        "2025-07-14",
        "演示咖啡机",
        "DEMO coffee maker",
        &["8516.71"],
    ),
    // The newest record of all: its head is what the demo opens with.
    (
        "DEMO-CN-2026-0077",
        TODAY,
        "演示电热水壶二型",
        "DEMO kettle, second model",
        KETTLE,
    ),
];

fn chinese_certificates(ledger: &mut Ledger) -> Result<()> {
    for (number, issued, zh, en, hs) in APPLIANCES {
        let paper = Paper {
            hs,
            ..appliance(number, issued, zh, en)
        };
        add(ledger, &paper)?;
    }
    let successor = Paper {
        replaces: Some("DEMO-CN-2024-0402/1"),
        hs: COOKER,
        ..appliance(
            "DEMO-CN-2024-0402/2",
            "2026-02-02",
            "演示电烤箱",
            "DEMO oven",
        )
    };
    add(ledger, &successor)?;
    let boiler = Paper {
        standards: &["GB/T 10180-2017"],
        hs: &["8403.10"],
        models: &["DB-50"],
        ..appliance(
            "DEMO-CN-2025-0091",
            "2025-05-12",
            "演示热水锅炉",
            "DEMO boiler",
        )
    };
    add(ledger, &boiler)?;
    rice_cooker(ledger)?;
    kettle(ledger)
}

/// The certificate that is asked about in Kazakhstan, where a rule asks for more.
fn rice_cooker(ledger: &mut Ledger) -> Result<()> {
    let rice_cooker = Paper {
        hs: COOKER,
        models: &["DF-3"],
        ..appliance(
            "DEMO-CN-2026-0021",
            "2026-03-09",
            "演示电饭煲",
            "DEMO rice cooker",
        )
    };
    add(ledger, &rice_cooker)
}

/// The certificate of a kettle, which rests on a report.
fn kettle(ledger: &mut Ledger) -> Result<()> {
    let kettle = Paper {
        hs: KETTLE,
        ..appliance(
            "DEMO-CN-2025-0044",
            "2025-06-16",
            "演示电热水壶",
            "DEMO electric kettle",
        )
    };
    let report = ledger.reference("DEMO-CN-L-2025-0117")?;
    add_with(ledger, &kettle, |details| {
        details.based_on = vec![BasedOn {
            role: EvidenceRole::TestReport,
            record: Some(report),
            issuer: Some(CN_LABORATORY.party()),
            number: Some("DEMO-CN-L-2025-0117".to_owned()),
            issued_on: Some(on("2025-06-10")?),
        }];
        Ok(())
    })
}

fn appliance(
    number: &'static str,
    issued: &'static str,
    zh: &'static str,
    en: &'static str,
) -> Paper {
    Paper {
        issued,
        until: Some("2028-12-31"),
        holder: "演示小家电有限公司",
        object: LangString::of("zh-Hans", zh).and("en", en),
        standards: &["GB 4706.1-2005"],
        models: &["DX-1700", "DX-18*"],
        grant: Some(("DEMO-CN-CB-1", &["appliances"])),
        ..Paper::product(&CN_CERTIFIER, number, "演示产品认证证书")
    }
}

fn kazakh_certificates(ledger: &mut Ledger) -> Result<()> {
    let pump = |number, issued| Paper {
        issued,
        until: Some("2028-09-30"),
        holder: "АО «ДЕМО-Насос»",
        object: LangString::of("ru", "ДЕМО-насос центробежный").and("en", "DEMO centrifugal pump"),
        standards: &["ГОСТ 31839-2012"],
        hs: &["8413.70"],
        models: &["ДН-40"],
        grant: Some(("DEMO-KZ-CB-1", &["machines"])),
        ..Paper::product(&KZ_CERTIFIER, number, "ДЕМО-сертификат соответствия")
    };
    add_with(
        ledger,
        &pump("DEMO-KZ-2025-0007", "2025-03-24"),
        |details| {
            details.claimed_arrangements = vec![MLA.id(), MRA.id()];
            Ok(())
        },
    )?;
    let twin = Paper {
        key: Some("DEMO-2025-100 of Kazakhstan"),
        ..pump("DEMO-2025-100", "2025-09-22")
    };
    add(ledger, &twin)
}

/// One under a scope that names the standard, one under a scope in words.
fn kazakh_systems(ledger: &mut Ledger) -> Result<()> {
    for (number, standard, item, ru, en) in [
        (
            "DEMO-KZ-MS-2024-0015",
            &["ISO 9001:2015"],
            &["quality"],
            "ДЕМО-система менеджмента качества",
            "DEMO quality management system",
        ),
        (
            "DEMO-KZ-MS-2025-0021",
            &["ISO 22000:2018"],
            &["food"],
            "ДЕМО-система пищевой безопасности",
            "DEMO food safety management system",
        ),
    ] {
        add(
            ledger,
            &Paper {
                kind: AttestationKind::MsCertificate,
                object_type: ObjectType::System,
                issued: if item == &["quality"] {
                    "2024-10-14"
                } else {
                    "2025-04-21"
                },
                until: Some("2028-04-20"),
                holder: "ТОО «ДЕМО-Завод»",
                object: LangString::of("ru", ru).and("en", en),
                standards: standard,
                grant: Some(("DEMO-KZ-CB-1", item)),
                ..Paper::product(&KZ_CERTIFIER, number, "ДЕМО-сертификат системы менеджмента")
            },
        )?;
    }
    Ok(())
}

/// The second is signed by whoever stole the laboratory's key.
fn kazakh_reports(ledger: &mut Ledger) -> Result<()> {
    for (number, issued) in [
        ("DEMO-KZ-L-2025-0040", "2025-09-15"),
        ("DEMO-KZ-L-2026-0003", "2026-01-15"),
    ] {
        add(
            ledger,
            &Paper {
                issued,
                holder: "АО «ДЕМО-Прибор»",
                object: LangString::of("ru", "ДЕМО-трансформатор").and("en", "DEMO transformer"),
                standards: &["ГОСТ 12.2.007.0"],
                hs: &["8504.31"],
                models: &["ДТ-066"],
                grant: Some(("DEMO-KZ-LAB-1", &["electrical"])),
                ..Paper::report(&KZ_LABORATORY, number, "ДЕМО-протокол испытаний")
            },
        )?;
    }
    Ok(())
}

fn saudi_papers(ledger: &mut Ledger) -> Result<()> {
    let consignment = Paper {
        kind: AttestationKind::ConsignmentCertificate,
        object_type: ObjectType::Consignment,
        issued: "2026-04-13",
        until: Some("2026-10-12"),
        holder: "شركة التمور، عرض تجريبي",
        object: LangString::of("ar", "تمور، شحنة تجريبية").and("en", "DEMO dates, one consignment"),
        standards: &["CXS 143-1985"],
        hs: &["0804.10"],
        grant: Some(("DEMO-SA-IB-1", &["dates"])),
        ..Paper::product(
            &SA_INSPECTOR,
            "DEMO-SA-2026-0031",
            "شهادة فحص شحنة، عرض تجريبي",
        )
    };
    add_with(ledger, &consignment, |details| {
        for object in &mut details.objects {
            object.lots = texts(&["DEMO-LOT-7"]);
            object.quantity = Some(Quantity {
                value: "1200".to_owned(),
                unit: "kg".to_owned(),
            });
        }
        Ok(())
    })?;
    add(
        ledger,
        &Paper {
            issued: "2025-05-05",
            until: Some("2028-05-04"),
            holder: "شركة التكييف، عرض تجريبي",
            object: LangString::of("ar", "مكيف هواء تجريبي").and("en", "DEMO air conditioner"),
            standards: &["IEC 60335-2-40:2022"],
            hs: &["8415.10"],
            models: &["DM-12"],
            grant: Some(("DEMO-SA-CB-1", &["cooling"])),
            ..Paper::product(&SA_CERTIFIER, "DEMO-SA-2025-0002", "شهادة منتج، عرض تجريبي")
        },
    )
}

/// One under each chapter of the agreement, and one after a chapter has ended.
fn japanese_certificates(ledger: &mut Ledger) -> Result<()> {
    let electrical: (&[&str], &[&str], &[&str]) =
        (&["electrical"], &["IEC 60335-1:2020"], &["8516.60"]);
    let radio: (&[&str], &[&str], &[&str]) = (&["radio"], &["EN 300 328"], &["8517.62"]);
    let toys: (&[&str], &[&str], &[&str]) = (&["toys"], &["EN 71-1:2014"], &["9503.00"]);
    for (number, issued, said, ja, en) in [
        (
            "DEMO-JP-2025-0011",
            "2025-05-20",
            toys,
            "デモ玩具",
            "DEMO toy",
        ),
        (
            "DEMO-JP-2025-0012",
            "2025-05-21",
            radio,
            "デモ無線機",
            "DEMO radio",
        ),
        (
            "DEMO-JP-2025-0013",
            "2025-05-22",
            electrical,
            "デモ炊飯器",
            "DEMO rice cooker",
        ),
        (
            "DEMO-JP-2026-0002",
            "2026-02-10",
            radio,
            "デモ無線機二型",
            "DEMO radio, second model",
        ),
    ] {
        let (items, standards, hs) = said;
        add(
            ledger,
            &Paper {
                issued,
                until: Some("2028-05-19"),
                holder: "デモ製作所",
                object: LangString::of("ja", ja).and("en", en),
                standards,
                hs,
                models: &["DJ-1"],
                grant: Some(("DEMO-JP-DES-1", items)),
                ..Paper::product(&JP_CERTIFIER, number, "デモ製品認証書")
            },
        )?;
    }
    Ok(())
}
