use comity_recognition::paper::Mark;
use comity_recognition::wording::{self, Language};

use crate::icon::{Tone, of_mark};
use crate::testing::{Tested, filled};

const RECORD: &str = "records/01935fa0-0000-7000-8000-000000000003";

async fn page(tested: &Tested, language: Language, asked: &str) -> String {
    let path = format!("/{}/{RECORD}?{asked}", language.tag());
    let reply = tested.get(&path).await;
    assert_eq!(reply.status, 200, "{path}: {}", reply.text);
    reply.text
}

/// The table in which paper and record stand side by side.
fn table(page: &str) -> &str {
    let table = page.split("class=\"paper\">").nth(1);
    let table = table.and_then(|rest| rest.split("</table>").next());
    table.unwrap_or_else(|| panic!("no comparison: {page}"))
}

/// The line of that name.
#[track_caller]
fn line<'a>(page: &'a str, label: &str) -> &'a str {
    let head = format!("<th scope=\"row\">{label}</th>");
    let mut lines = table(page).split("<tr>");
    let line = lines.find(|line| line.starts_with(&head));
    line.unwrap_or_else(|| panic!("no line {label}: {}", table(page)))
}

#[tokio::test]
async fn every_typed_value_stands_beside_the_record_with_its_mark() {
    let tested = filled().await;
    let asked = "in=SE&number=se%200003&model=EDIT-OTHER&manufacturer=edit%20MANUFACTURER&serial=S-1\
                 &standard=EDIT%201234&issuedOn=2026-11-22&hs=0000.00";
    let page = page(&tested, Language::En, asked).await;
    for (label, typed, stated, mark) in [
        ("Number", "se 0003", "SE-0003", "The same"),
        ("Models", "EDIT-OTHER", "EDIT-MODEL", "Not the same"),
        (
            "Manufacturer",
            "edit MANUFACTURER",
            "EDIT manufacturer",
            "The same",
        ),
        (
            "Standard and edition",
            "EDIT 1234<",
            "EDIT 1234:2000",
            "Covered",
        ),
        ("Issued on", "2026-11-22", "2026-11-23", "Not the same"),
        (
            "Product codes",
            "HS 0000.00<",
            "HS 0000.00 (2022)",
            "Covered",
        ),
    ] {
        let line = line(&page, label);
        for part in [typed, stated, &format!("</svg> {mark}</span>")] {
            assert!(line.contains(part), "{label} lacks {part}: {line}");
        }
    }
    // The record lists no serial numbers, and a line is there nevertheless.
    let silent = line(&page, "Serial numbers");
    assert!(
        silent.contains("S-1") && silent.contains("The record does not say"),
        "{silent}"
    );
    assert!(
        !silent.contains("The same") && !silent.contains("Covered"),
        "{silent}"
    );
    // What was not typed is compared with a pen.
    let factory = line(&page, "Factory");
    assert!(
        factory.contains("class=\"box\"") && !factory.contains("class=\"tag"),
        "{factory}"
    );
    // Both differences are told in the sentence, and nothing is green that is less than a full yes.
    let lead = page.split("<p class=\"lead\">").nth(1).unwrap();
    let lead = lead.split("</p>").next().unwrap();
    assert!(lead.contains("differ in: model, day of issue."), "{lead}");
    assert!(
        !page.contains("tag green") && !page.contains("verdict green"),
        "{page}"
    );
    // The sheet is printed with it, and the form keeps what was typed.
    assert!(page.contains("<section aria-labelledby=\"paper\" class=\"paper\">"));
    for kept in [
        "name=\"model\" dir=\"auto\" value=\"EDIT-OTHER\"",
        "name=\"serial\" dir=\"auto\" value=\"S-1\"",
        "name=\"issuedOn\" dir=\"auto\" value=\"2026-11-22\"",
        "name=\"hs\" dir=\"ltr\" value=\"0000.00\"",
        "name=\"validUntil\" dir=\"auto\" value=\"\" autocomplete=\"off\" type=\"date\"",
        "<details open>",
    ] {
        assert!(page.contains(kept), "{kept} is not kept: {page}");
    }
    tested.node.close().await;
}

#[tokio::test]
async fn why_a_number_has_to_be_read_is_told_beside_its_mark() {
    let tested = filled().await;
    for language in Language::ALL {
        let page = page(&tested, language, "number=SE0-003").await;
        let mark = wording::mark(Mark::Reading, language);
        let told = table(&page).split("<div class=\"small\">").nth(1);
        let told = told.unwrap_or_else(|| panic!("{language} does not say why: {page}"));
        let why = wording::catalogue(language).text("product-numberDivided", &[]);
        assert!(told.starts_with(&*why), "{told}");
        assert!(
            table(&page).contains(&format!("</svg> {mark}</span>")),
            "{page}"
        );
    }
    let same = page(&tested, Language::En, "number=SE0003").await;
    assert!(!table(&same).contains("<div class=\"small\">"), "{same}");
    tested.node.close().await;
}

#[tokio::test]
async fn marks_are_told_in_every_language_and_without_a_destination() {
    let tested = filled().await;
    for language in Language::ALL {
        let asked = "model=EDIT-MODEL&holder=Somebody&lot=L-1&scope=Kettles";
        let page = page(&tested, language, asked).await;
        for mark in [Mark::Same, Mark::Differs, Mark::NotSaid] {
            let word = format!("</svg> {}</span>", wording::mark(mark, language));
            assert!(table(&page).contains(&word), "{word}: {}", table(&page));
        }
        assert!(!page.contains("class=\"verdict green"), "{language}");
    }
    let plain = page(&tested, Language::En, "").await;
    assert!(!table(&plain).contains("class=\"tag"), "{plain}");
    assert!(!table(&plain).contains("Your paper says"), "{plain}");
    tested.node.close().await;
}

#[tokio::test]
async fn several_codes_in_one_field_are_a_set_and_kept() {
    let tested = filled().await;
    let page = page(&tested, Language::En, "in=SE&hs=8516.60,%200000.00").await;
    assert!(
        page.contains("name=\"hs\" dir=\"ltr\" value=\"8516.60, 0000.00\""),
        "{page}"
    );
    let line = line(&page, "Product codes");
    assert!(
        line.contains("HS 8516.60") && line.contains("Not the same"),
        "{line}"
    );
    tested.node.close().await;
}

#[tokio::test]
async fn hostile_values_are_escaped_short_and_do_not_turn_the_text() {
    let tested = filled().await;
    let markup = "%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%20onclick%3D%22x()";
    let bidi = "%E2%80%AE%E2%81%A6abc%E2%80%8F";
    let long = "A".repeat(1_900);
    for field in [
        "number",
        "holder",
        "manufacturer",
        "factory",
        "model",
        "gtin",
        "serial",
        "lot",
        "scope",
    ] {
        for hostile in [markup, bidi, &long, "%00x", "%E2%80%AE", "%20"] {
            let page = page(&tested, Language::Ar, &format!("in=SE&{field}={hostile}")).await;
            assert!(!page.contains("<script>alert"), "{field}");
            assert!(!page.contains("\" onclick=\"x()"), "{field}");
            assert!(
                !page.contains('\u{202E}'),
                "{field} {hostile} turns the text"
            );
            assert!(page.len() < 200_000, "{field}: {}", page.len());
            let same = format!("</svg> {}</span>", wording::mark(Mark::Same, Language::Ar));
            assert!(
                !table(&page).contains(&same),
                "{field} {hostile}: {}",
                table(&page)
            );
        }
    }
    for wrong in ["issuedOn=x", "validUntil=2026-02-30", "standard=x"] {
        let reply = tested.get(&format!("/en/{RECORD}?{wrong}")).await;
        assert_eq!(reply.status, 400, "{wrong}");
    }
    tested.node.close().await;
}

#[test]
fn no_mark_is_green_and_each_has_a_shape_of_its_own() {
    let shapes: std::collections::BTreeSet<String> = Mark::ALL
        .iter()
        .map(|mark| {
            let (tone, icon) = of_mark(*mark);
            assert_ne!(tone, Tone::Green, "{mark:?}");
            icon.svg()
        })
        .collect();
    assert_eq!(shapes.len(), Mark::ALL.len());
}
