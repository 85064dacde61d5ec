//! Samples of `Standard`: an international edition, its adoptions, a regulation.

use crate::record::{Record, Subject};
use crate::standard::{
    Adoption, Correspondence, Deviation, DeviationSort, ReplacedEdition, Standard, StandardSort,
};
use crate::text::LangString;

use super::world::{
    AUTHORITY_CN, AUTHORITY_EG, AUTHORITY_FR, AUTHORITY_KZ, Body, SECRETARIAT, from, on, record,
    span, standard, texts,
};

pub(super) fn all() -> Vec<Record> {
    vec![
        international(),
        modified(),
        identical(),
        regional(),
        regulation(),
    ]
}

fn edition(reference: &str, title: LangString) -> Standard {
    Standard {
        standard: standard(reference),
        sort: StandardSort::Standard,
        title,
        economies: Vec::new(),
        period: from("2020-01-01"),
        replaces: Vec::new(),
        amends: Vec::new(),
        adopts: Vec::new(),
        ics: Vec::new(),
    }
}

fn signed(serial: u32, body: &Body, name: &str, subject: Standard) -> Record {
    record(serial, body, name, Subject::Standard(Box::new(subject)))
}

/// The third edition, beside which the second counted for two years.
fn international() -> Record {
    let title = LangString::of(
        "en",
        "Audio/video, information and communication technology equipment: safety requirements",
    );
    let mut subject = edition("IEC 62368-1:2018", title);
    subject.period = from("2018-10-04");
    subject.replaces = vec![ReplacedEdition {
        standard: standard("IEC 62368-1:2014"),
        coexists_until: Some(on("2020-12-20")),
    }];
    subject.ics = texts(&["33.160.01", "35.020"]);
    signed(
        0x921,
        &SECRETARIAT,
        "IEC 62368-1:2018, third edition",
        subject,
    )
}

/// A modified adoption in Chinese, with deviations of two sorts.
fn modified() -> Record {
    let title = LangString::of(
        "zh-Hans",
        "音视频、信息技术和通信技术设备 第1部分：安全要求",
    );
    let mut subject = edition("GB 4943.1-2022", title);
    subject.economies = texts(&["CN"]);
    subject.period = from("2023-08-01");
    subject.adopts = vec![Adoption {
        standard: standard("IEC 62368-1:2018"),
        correspondence: Correspondence::Modified,
        deviations: vec![
            Deviation {
                clause: "5.4.2".to_owned(),
                sort: DeviationSort::More,
                text: LangString::of("zh-Hans", "海拔5000 m以下使用的电气间隙要求")
                    .and("en", "Clearances for use at altitudes up to 5000 m"),
            },
            Deviation {
                clause: "4.1.15".to_owned(),
                sort: DeviationSort::Other,
                text: LangString::of("zh-Hans", "警告标志使用中文")
                    .and("en", "Warnings in Chinese"),
            },
        ],
    }];
    signed(0x922, &AUTHORITY_CN, "GB 4943.1-2022", subject)
}

/// An identical adoption in Russian.
fn identical() -> Record {
    let title = LangString::of(
        "ru",
        "Аудио-, видеоаппаратура, оборудование информационных технологий. Требования безопасности",
    );
    let mut subject = edition("СТ РК IEC 62368-1-2020", title);
    subject.economies = texts(&["KZ"]);
    subject.adopts = vec![Adoption {
        standard: standard("IEC 62368-1:2018"),
        correspondence: Correspondence::Identical,
        deviations: Vec::new(),
    }];
    signed(0x923, &AUTHORITY_KZ, "СТ РК IEC 62368-1-2020", subject)
}

/// A French edition that was withdrawn, and what is not equivalent to what.
fn regional() -> Record {
    let title = LangString::of("fr", "Équipements audio et vidéo : exigences de sécurité");
    let mut subject = edition("NF EN 60065:2014", title);
    subject.economies = texts(&["FR"]);
    subject.period = span("2014-12-01", "2020-12-20");
    subject.adopts = vec![Adoption {
        standard: standard("IEC 62368-1:2014"),
        correspondence: Correspondence::NotEquivalent,
        deviations: Vec::new(),
    }];
    signed(0x924, &AUTHORITY_FR, "NF EN 60065:2014", subject)
}

/// A regulation in Arabic that amends an earlier one.
fn regulation() -> Record {
    let title = LangString::of("ar", "اللائحة الفنية للأجهزة الكهربائية المنزلية، تعديل 1");
    let mut subject = edition("EOS 9999/A1:2026", title);
    subject.sort = StandardSort::TechnicalRegulation;
    subject.economies = texts(&["EG"]);
    subject.period = from("2026-03-01");
    subject.amends = vec![standard("EOS 9999:2021")];
    signed(0x925, &AUTHORITY_EG, "EOS 9999/A1:2026", subject)
}
