//! Dates, levels, encodings, entities.

use std::borrow::Cow;

use comity_model::level::Level;

use crate::import::ImportError;
use crate::import::dates::{self, Format};
use crate::import::levels;
use crate::import::table::{Form, MAX_CELL_BYTES, MAX_COLUMNS, MAX_ROWS, Table, inflate, nearest};
use crate::import::text::{Encoding, clean, decode_entities, file_stem, percent_encode};

fn formats(texts: &[&str]) -> Vec<Format> {
    let parse = |text: &&str| text.parse().unwrap_or_else(|reason| panic!("{reason}"));
    texts.iter().map(parse).collect()
}

fn date(text: &str, by: &[&str]) -> String {
    match dates::read(text, &formats(by)) {
        Ok(date) => date.to_string(),
        Err(reason) => reason,
    }
}

#[test]
fn dates_are_read_by_the_formats_named() {
    assert_eq!(date("2019-06-01", &["%Y-%m-%d"]), "2019-06-01");
    assert_eq!(date("6/1/2019", &["%m/%d/%Y"]), "2019-06-01");
    assert_eq!(date("20190601", &["%Y%m%d"]), "2019-06-01");
    assert_eq!(date("1 Jun 2019", &["%d %b %Y"]), "2019-06-01");
    assert_eq!(date("June 1, 2019", &["%B %d, %Y"]), "2019-06-01");
    assert_eq!(date("2019-06-01T10:11:12Z", &["%Y-%m-%dT%*"]), "2019-06-01");
    assert_eq!(date("01.06.98", &["%d.%m.%y"]), "1998-06-01");
    assert_eq!(
        date("2000-02", &["%Y-%m"]),
        "between 2000-02-01 and 2000-02-29"
    );
    assert_eq!(
        date("2012-12", &["%Y-%m"]),
        "between 2012-12-01 and 2012-12-31"
    );
    assert_eq!(date("2001", &["%Y"]), "between 2001-01-01 and 2001-12-31");
    assert_eq!(
        date("2019-02-30", &["%Y-%m-%d", "%m/%d/%Y"]),
        "`2019-02-30` is no date in any of the formats %Y-%m-%d, %m/%d/%Y"
    );
    assert!(date("2019-06-01x", &["%Y-%m-%d"]).contains("is no date"));
}

#[test]
fn ambiguous_dates_are_refused_and_clear_ones_are_not() {
    let both = ["%d/%m/%Y", "%m/%d/%Y"];
    assert_eq!(
        date("03/04/2024", &both),
        "`03/04/2024` is ambiguous: 2024-04-03 by %d/%m/%Y, 2024-03-04 by %m/%d/%Y; \
         keep one of the two formats for this column"
    );
    assert_eq!(date("25/04/2024", &both), "2024-04-25");
    assert_eq!(date("04/04/2024", &both), "2024-04-04");
}

#[test]
fn formats_without_a_year_are_refused() {
    assert!("%d/%m".parse::<Format>().is_err());
    assert!("%Y-%d".parse::<Format>().is_err());
    assert!("%Q".parse::<Format>().is_err());
}

#[test]
fn levels_of_fips_140_in_many_spellings() {
    for text in [
        "3",
        "Level 3",
        "level: 3",
        "L3",
        "Overall level: 3",
        "Security Level III",
        "FIPS 140-2 Level 3",
        "Overall Level 3 (Physical Security: Level 4)",
        "three",
        "Level3",
        "3 (overall)",
        "Overall: 3",
        "OVERALL SECURITY LEVEL - 3",
        "3.0",
    ] {
        let read = levels::read("fips140", None, text);
        assert_eq!(read, Ok(Some(Level::plain("FIPS140", 3))), "{text}");
    }
    for text in ["5", "0", "Level 2 and Level 3", "high", "FIPS 140-2"] {
        assert!(levels::read("fips140", None, text).is_err(), "{text}");
    }
}

fn cc(text: &str) -> String {
    match levels::read("common-criteria", None, text) {
        Ok(Some(level)) => level.to_string(),
        Ok(None) => "none".to_owned(),
        Err(_) => "fault".to_owned(),
    }
}

#[test]
fn levels_of_common_criteria_in_many_spellings() {
    assert_eq!(
        cc("ALC_DVS.2 | AVA_VAN.5 | EAL5+ | EAL5+"),
        "EAL5 + ALC_DVS.2 + AVA_VAN.5"
    );
    assert_eq!(cc("EAL4+,ALC_FLR.2"), "EAL4 + ALC_FLR.2");
    assert_eq!(
        cc("EAL 4 augmented with ALC-FLR.2 and AVA_VAN 5"),
        "EAL4 + ALC_FLR.2 + AVA_VAN.5"
    );
    assert_eq!(cc("Evaluation Assurance Level 2 plus"), "EAL2+");
    assert_eq!(cc("eal4 + (alc_flr.1)"), "EAL4 + ALC_FLR.1");
    assert_eq!(cc("EAL7"), "EAL7");
    assert_eq!(cc("None"), "none");
    assert_eq!(cc("PP Compliant"), "none");
    assert_eq!(cc("EAL2 / EAL4"), "fault");
    assert_eq!(cc("EAL9"), "fault");
}

#[test]
fn entities_are_decoded_once() {
    assert_eq!(
        decode_entities("w&#x2f; &amp;lt; &reg; &#174; A&B; &#xD800; &"),
        "w/ &lt; ® ® A&B; &#xD800; &"
    );
    assert_eq!(clean(" a\u{0}b\u{a0}\u{FFFE}c\nd "), "ab c\nd");
}

#[test]
fn encodings() {
    let latin = b"NetIQ\xAE";
    assert_eq!(Encoding::Utf8.decode(latin), None);
    assert_eq!(
        Encoding::Utf8OrWindows1252.decode(latin),
        Some(Cow::from("NetIQ®"))
    );
    assert_eq!(
        Encoding::Utf8OrWindows1252.decode("é".as_bytes()),
        Some(Cow::from("é"))
    );
    assert_eq!(
        Encoding::Windows1252.decode(b"\x80\xFF"),
        Some(Cow::from("€ÿ"))
    );
}

#[test]
fn names_and_paths() {
    assert_eq!(
        file_stem("http://x.example:443/files/383-4-450 CR v1.0a.pdf"),
        "383-4-450 CR v1.0a"
    );
    assert_eq!(percent_encode("A/ß b"), "A%2F%C3%9F%20b");
    let headers = ["certificate_number", "sunset_date"];
    assert_eq!(
        nearest("Certificate No", headers.into_iter()),
        Some("certificate_number")
    );
    assert_eq!(nearest("holder", headers.into_iter()), None);
}

#[test]
fn a_gzip_bomb_stops_at_the_limit() {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder
        .write_all(&vec![b'a'; 1_000])
        .expect("a vector takes bytes");
    let bytes = encoder.finish().expect("a vector takes bytes");
    assert_eq!(inflate("t", &bytes, 1_000).map(|out| out.len()), Ok(1_000));
    assert!(matches!(
        inflate("t", &bytes, 999),
        Err(ImportError::Limit { most: 999, .. })
    ));
    assert!(matches!(
        inflate("t", &[b'a'; 4], 3),
        Err(ImportError::Limit { .. })
    ));
    assert!(matches!(
        inflate("t", &[0x1f, 0x8b, 9], 9),
        Err(ImportError::Table { .. })
    ));
}

fn table(bytes: &[u8]) -> Result<Table, ImportError> {
    let form = Form {
        encoding: Encoding::Utf8,
        delimiter: b',',
        html_entities: false,
        empty: Vec::new(),
    };
    Table::read("t", bytes, &form)
}

#[test]
fn tables_are_read_up_to_their_limits() {
    let columns = |count: usize| table(vec!["a"; count].join(",").as_bytes()).is_ok();
    assert!(columns(MAX_COLUMNS) && !columns(MAX_COLUMNS + 1));
    let cell = |length: usize| {
        let read = table(format!("a\n{}\n", "x".repeat(length)).as_bytes());
        let read = read.unwrap_or_else(|error| panic!("{error}"));
        read.rows[0].cells[0].is_some()
    };
    assert!(cell(MAX_CELL_BYTES) && !cell(MAX_CELL_BYTES + 1));
    let rows = |count: usize| table("a\n".repeat(count + 1).as_bytes()).is_ok();
    assert!(rows(MAX_ROWS) && !rows(MAX_ROWS + 1));
    assert!(table(b"").is_err());
}

#[test]
fn lines_are_counted_over_blank_lines_and_both_line_ends() {
    for text in ["a\n1\n\n2\n", "a\r\n1\r\n\r\n2\r\n"] {
        let read = table(text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
        let lines: Vec<u64> = read.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [2, 4], "{text:?}");
    }
}
