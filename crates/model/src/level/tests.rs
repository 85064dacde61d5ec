#![expect(clippy::disallowed_methods, reason = "tests read vectors")]

use std::io::Read as _;

use proptest::prelude::{any, proptest};

use super::{AboveCap, Level, LevelFit, LevelMode, LevelRule, component, components};

fn read(text: &str) -> Option<String> {
    Level::common_criteria(text).map(|level| level.to_string())
}

#[test]
fn levels_are_read_in_the_spellings_in_use() {
    for (text, level) in [
        ("EAL4", Some("EAL4")),
        ("eal2", Some("EAL2")),
        ("EAL-3", Some("EAL3")),
        ("EAL 7", Some("EAL7")),
        ("EAL4+", Some("EAL4+")),
        ("EAL 4 +", Some("EAL4+")),
        ("EAL4 augmented", Some("EAL4+")),
        ("EAL 4+ (ALC_FLR.2)", Some("EAL4 + ALC_FLR.2")),
        ("EAL4 augmented with ALC_FLR.2", Some("EAL4 + ALC_FLR.2")),
        ("EAL4+,ALC_FLR.2", Some("EAL4 + ALC_FLR.2")),
        ("EAL4+ALC_FLR.2", Some("EAL4 + ALC_FLR.2")),
        ("eal4+alc_flr.2", Some("EAL4 + ALC_FLR.2")),
        (
            "EAL5+, AVA_VAN.5 and ALC_DVS.2.",
            Some("EAL5 + ALC_DVS.2 + AVA_VAN.5"),
        ),
        (
            "ALC_DVS.2 | AVA_VAN.5 | EAL5+",
            Some("EAL5 + ALC_DVS.2 + AVA_VAN.5"),
        ),
        ("ＥＡＬ４＋", Some("EAL4+")),
        ("EAL2 (EAL2)", Some("EAL2")),
        ("EAL2 / EAL4", None),
        ("None", None),
        ("US Standard Protection Profile", None),
        ("", None),
        ("EAL", None),
        ("EAL8", None),
        ("EAL0", None),
        ("EAL44", None),
        ("ITSEC E3", None),
    ] {
        assert_eq!(read(text).as_deref(), level, "{text}");
    }
}

#[test]
fn components_are_a_family_and_a_number() {
    assert_eq!(component("ALC_FLR.2"), Some(("ALC_FLR", 2)));
    for word in [
        "ALC_FLR",
        "ALC_FLR.",
        "ALCFLR.2",
        "ALC_FLR.2.1",
        "alc_flr.2",
        "AL_FLR.2",
        "",
    ] {
        assert_eq!(component(word), None, "{word}");
    }
    assert_eq!(
        components("AVA_VAN.5, ALC_FLR.2; AVA_VAN.5"),
        ["ALC_FLR.2", "AVA_VAN.5"]
    );
}

#[test]
fn levels_of_real_certificates_agree_with_the_column_beside_them() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/cc-seccerts-2023/cc_certificates.csv.gz"
    );
    let Ok(packed) = std::fs::read(path) else {
        eprintln!("skipped: the certificates are not beside this repository");
        return;
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed.as_slice())
        .read_to_string(&mut text)
        .unwrap();
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let headers = rows.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let (written, short) = (column("security_level"), column("eal"));
    let mut count = 0;
    for row in rows.records() {
        let row = row.unwrap();
        let level = Level::common_criteria(&row[written]).unwrap();
        // The short form has the sign where the source wrote it, not wherever components are.
        let bare = format!("EAL{}", level.rank);
        assert_eq!(bare, row[short].trim_end_matches('+'), "{}", &row[written]);
        let beyond = level.augmented || !level.augmentations.is_empty();
        assert!(beyond || !row[short].ends_with('+'), "{}", &row[written]);
        // Every component written is kept.
        let named = row[written].matches('_').count();
        assert_eq!(level.augmentations.len(), named, "{}", &row[written]);
        count += 1;
    }
    assert_eq!(count, 719);
}

fn cap(rank: u32, above_cap: AboveCap) -> LevelRule {
    LevelRule {
        scale: "EAL".to_owned(),
        mode: LevelMode::Cap,
        rank,
        within: vec!["ALC_FLR".to_owned(), "AVA_VAN.3".to_owned()],
        above_cap,
    }
}

#[test]
fn a_cap_recognises_up_to_its_rank() {
    let rule = cap(2, AboveCap::AcceptedUpToCap);
    let strict = cap(2, AboveCap::NotAccepted);
    for (level, fit) in [
        ("EAL1", LevelFit::Full),
        ("EAL2", LevelFit::Full),
        ("EAL2 + ALC_FLR.3", LevelFit::Full),
        ("EAL2 + AVA_VAN.3", LevelFit::Full),
        ("EAL2 + AVA_VAN.4", LevelFit::Capped),
        ("EAL2+", LevelFit::Capped),
        ("EAL4 + ALC_FLR.1", LevelFit::Capped),
    ] {
        let level = Level::common_criteria(level);
        assert_eq!(rule.fit(level.as_ref()), fit, "{level:?}");
        let refused = if fit == LevelFit::Capped {
            LevelFit::Outside
        } else {
            fit
        };
        assert_eq!(strict.fit(level.as_ref()), refused, "{level:?}");
    }
    assert_eq!(rule.fit(None), LevelFit::Unknown);
    assert_eq!(rule.fit(Some(&Level::plain("ITSEC", 1))), LevelFit::Unknown);
}

#[test]
fn exact_and_least_levels() {
    let rule = |mode| LevelRule {
        mode,
        ..cap(3, AboveCap::NotAccepted)
    };
    for (rank, exact, least) in [
        (2, LevelFit::Outside, LevelFit::Outside),
        (3, LevelFit::Full, LevelFit::Full),
        (4, LevelFit::Outside, LevelFit::Full),
    ] {
        let level = Level::plain("EAL", rank);
        assert_eq!(rule(LevelMode::Exact).fit(Some(&level)), exact);
        assert_eq!(rule(LevelMode::Min).fit(Some(&level)), least);
    }
}

#[test]
fn levels_read_as_people_write_them() {
    assert_eq!(Level::plain("FIPS140", 3).to_string(), "level 3");
    assert_eq!(Level::plain("SIL", 2).to_string(), "SIL 2");
}

proptest! {
    #[test]
    fn no_text_makes_reading_panic(text in any::<String>()) {
        let _ = Level::common_criteria(&text);
        let _ = component(&text);
    }

    #[test]
    fn what_is_read_is_read_again(text in "EAL ?[0-9]\\+?[ ,](A[A-Z]{2}_[A-Z]{3}\\.[0-9] ?){0,3}") {
        if let Some(level) = Level::common_criteria(&text) {
            assert_eq!(Level::common_criteria(&level.to_string()), Some(level));
        }
    }
}
