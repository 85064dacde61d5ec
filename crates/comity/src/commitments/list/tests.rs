use comity_signature::digest::to_hex;

use super::*;

/// Numbers, days and first digest bytes of the lines, or why a line is no report.
fn check(list: &str, expected: &[Result<(&str, &str, u8), &str>]) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("one.pdf"), "one").unwrap();
    std::fs::write(folder.path().join("empty.pdf"), "").unwrap();
    let path = folder.path().join("list");
    std::fs::write(&path, list).unwrap();
    let items = of_list(&path.to_string_lossy(), None).unwrap();
    assert_eq!(items.len(), expected.len(), "{items:?}");
    for (item, expected) in items.iter().zip(expected) {
        match (&item.report, expected) {
            (Ok(report), Ok((number, day, first))) => {
                assert_eq!(report.number, *number);
                assert_eq!(report.issued_on.to_string(), *day);
                assert_eq!(report.content_digest[0], *first);
            }
            (Err(why), Err(words)) => assert!(why.contains(words), "{why}"),
            (read, expected) => panic!("{read:?} and not {expected:?}"),
        }
    }
}

/// SHA-256 of `one`, by sha256sum.
const ONE: &str = "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed";

#[test]
fn csv_and_ndjson_say_the_same() {
    let csv = format!(
        "number,issuedOn,file,contentDigest\n\
         TR-1,2026-11-20,one.pdf,\n\
         \"TR/2, part 1\",2026-11-21,,{}\n\
         ,2026-11-22,one.pdf,{ONE}\n",
        ONE.to_uppercase()
    );
    let ndjson = format!(
        "{{\"number\":\"TR-1\",\"issuedOn\":\"2026-11-20\",\"file\":\"one.pdf\"}}\n\n\
         {{\"number\":\"TR/2, part 1\",\"issuedOn\":\"2026-11-21\",\"contentDigest\":\"{ONE}\"}}\n\
         {{\"issuedOn\":\"2026-11-22\",\"file\":\"one.pdf\",\"contentDigest\":\"{ONE}\"}}\n"
    );
    for list in [csv, ndjson] {
        check(
            &list,
            &[
                Ok(("TR-1", "2026-11-20", 0x76)),
                Ok(("TR/2, part 1", "2026-11-21", 0x76)),
                Ok(("one", "2026-11-22", 0x76)),
            ],
        );
    }
}

#[test]
fn a_line_that_is_no_report_says_why_and_the_others_count() {
    let list = format!(
        "number,issuedOn,file,contentDigest\n\
         TR-1,2026-11-20,,{ONE}\n\
         TR-2,2026-11-20,,\n\
         TR-3,2026-11-20,gone.pdf,\n\
         TR-4,2026-11-20,empty.pdf,\n\
         --,2026-11-20,one.pdf,\n\
         TR-6,2026-11-31,one.pdf,\n\
         TR-7,,,{ONE}\n\
         TR-8,2026-11-20,,abcd\n\
         TR-9,2026-11-20,one.pdf,{}\n",
        "00".repeat(32)
    );
    check(
        &list,
        &[
            Ok(("TR-1", "2026-11-20", 0x76)),
            Err("neither a file nor a contentDigest"),
            Err("gone.pdf cannot be read"),
            Err("is empty"),
            Err("1 to 200 letters and digits"),
            Err("expected a calendar date"),
            Err("the day of issue is not given"),
            Err("64 hex digits of sha256sum"),
            Err("has another digest than contentDigest says"),
        ],
    );
}

#[test]
fn a_list_with_other_columns_is_none() {
    for (list, words) in [
        (
            "number,issued_on\nTR-1,2026-11-20\n",
            "\"issued_on\" is not known",
        ),
        ("issuedOn,contentDigest\n", "has no column number"),
    ] {
        let said = rows("list.csv", list.as_bytes()).unwrap_err().to_string();
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn a_file_is_numbered_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("TR-1.2.pdf");
    std::fs::write(&path, "one").unwrap();
    let day = "2026-11-20".parse().unwrap();
    let report = of_file(&path, Some(day)).report.unwrap();
    assert_eq!((report.number.as_str(), report.issued_on), ("TR-1.2", day));
    assert_eq!(to_hex(&report.content_digest), ONE);
}
