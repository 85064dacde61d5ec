use comity_model::notice::NoticeSort;
use comity_recognition::wording::Language;

use super::columns::fold;
use super::*;

fn list(text: &str) -> List {
    List::read(text.as_bytes(), Limits::UPLOAD).unwrap()
}

fn refused(bytes: &[u8]) -> ListError {
    List::read(bytes, Limits::UPLOAD).unwrap_err()
}

fn in_kazakhstan() -> Defaults {
    Defaults {
        in_economy: Some("KZ".to_owned()),
        ..Defaults::default()
    }
}

fn asked(text: &str) -> Asked {
    let list = list(text);
    list.asked(&list.rows()[0], &in_kazakhstan()).unwrap()
}

fn fault(text: &str) -> RowFault {
    let list = list(text);
    let defaults = Defaults::default();
    list.asked(&list.rows()[0], &defaults).unwrap_err()
}

fn no() -> RowAnswer {
    RowAnswer {
        result: "notRecognised".to_owned(),
        reason: "Withdrawn on 2026-05-03.".to_owned(),
        code: "status.withdrawn".to_owned(),
        in_economy: "KZ".to_owned(),
        on: "2026-11-23".to_owned(),
        as_of: "2026-11-23T08:00:00Z".to_owned(),
        reference: "0123456789abcdef0123".to_owned(),
        warning: String::new(),
    }
}

#[test]
fn columns_are_known_in_five_languages() {
    for first in [
        "number,issuer,product,place,day",
        "Certificate No.;Issued by;Goods;Country;On",
        "N° du certificat;Émetteur;Produit;Pays;Jour",
        "№ сертификата;Орган по сертификации;Продукция;Страна;На дату",
        "证书编号,发证机构,产品,国家,使用日期",
        "رقم الشهادة;جهة الإصدار;المنتج;البلد;اليوم",
        "\"NUMBER\"\t\"ISSUER\"\t\"PRODUCT\"\t\"PLACE\"\t\"DAY\"",
    ] {
        let delimiter = ['\t', ';', ',']
            .into_iter()
            .find(|one| first.contains(*one));
        let delimiter = delimiter.unwrap().to_string();
        let row = ["A-1", "Lab", "8544.49", "JP", "2026-11-23"].join(&delimiter);
        let asked = asked(&format!("{first}\r\n{row}\r\n"));
        assert_eq!(asked.record, "A-1", "{first}");
        assert_eq!(asked.issuer.as_deref(), Some("Lab"), "{first}");
        assert_eq!(asked.product.codes[0].code, "854449", "{first}");
        assert_eq!(asked.in_economy, "JP", "{first}");
        assert_eq!(asked.on.unwrap().to_string(), "2026-11-23", "{first}");
    }
}

#[test]
fn every_spelling_is_folded_and_means_one_column() {
    let mut seen = std::collections::BTreeMap::new();
    for column in Column::ALL {
        for spelling in column.spellings() {
            assert_eq!(&fold(spelling), spelling);
            let before = seen.insert(*spelling, column);
            assert!(before.is_none(), "{spelling}: {before:?} and {column:?}");
        }
    }
    // A date may be the day of issue.
    assert!(
        Column::ALL
            .iter()
            .all(|column| column.rank("date").is_none())
    );
}

#[test]
fn the_surest_spelling_is_the_column() {
    let list = list("id,No,Certificate number\nrow 1,1,SE-1\n");
    assert_eq!(list.cell(&list.rows()[0], Column::Number), Some("SE-1"));
    let error = refused(b"number,issuer,NUMBER\n1,2,3\n");
    assert!(matches!(error, ListError::Twice { .. }), "{error}");
}

#[test]
fn a_list_of_numbers_needs_no_first_line() {
    let list = list("SE-1\n\nSE-2\n");
    assert_eq!(list.rows().len(), 2);
    assert_eq!(list.rows()[1].line, 3);
    assert!(
        list.head_of_answers(&[])
            .starts_with("number,comity_result,")
    );
    // Several columns that nothing names are not guessed.
    let error = refused("Zertifikat;Land\nSE-1;JP\n".as_bytes());
    assert!(error.to_string().contains("Zertifikat, Land"), "{error}");
}

#[test]
fn products_are_codes_models_or_words() {
    let product = |cell: &str| asked(&format!("number,product\nA-1,{cell}\n"));
    assert_eq!(product("85 16 60").product.codes[0].code, "851660");
    assert_eq!(
        product("4006381333931").product.gtin.as_deref(),
        Some("4006381333931")
    );
    assert_eq!(product("EK-601").product.model.as_deref(), Some("EK-601"));
    let words = product("electric kettle");
    assert!(words.product_in_words && words.product.is_empty());
    assert!(!product("").product_in_words);
    let own = asked("number,hs,model,gtin\nA-1,8516,M,4006381333931\n").product;
    assert_eq!((own.codes.len(), own.model.as_deref()), (1, Some("M")));
    assert_eq!(
        fault("number,hs,place\nA-1,kettle,JP\n"),
        RowFault::UnreadableCode("kettle".to_owned())
    );
}

#[test]
fn places_are_codes_or_names() {
    for place in [
        "JP",
        "jp",
        "Japan",
        "Япония",
        "日本",
        "اليابان",
        "Japon",
        "JAPAN",
    ] {
        assert_eq!(economy(place).as_deref(), Some("JP"), "{place}");
    }
    for (place, code) in [
        ("السعودية", "SA"),
        ("Россия", "RU"),
        ("韩国", "KR"),
        ("Côte d'Ivoire", "CI"),
        ("Белоруссия", "BY"),
        ("Émirats", "AE"),
        ("الإمارات", "AE"),
        ("台湾", "TW"),
        ("中国台湾", "TW"),
        ("香港", "HK"),
        ("U.S.A.", "US"),
    ] {
        assert_eq!(economy(place).as_deref(), Some(code), "{place}");
    }
    // A name of two economies is no name of one.
    assert_eq!(economy("Congo"), None);
    assert_eq!(economy("Korea"), None);
    assert_eq!(economy("the United States").as_deref(), Some("US"));
    assert_eq!(economy("Côte d’Ivoire").as_deref(), Some("CI"));
    assert_eq!(
        fault("number,place\nA-1,Atlantis\n"),
        RowFault::UnknownPlace("Atlantis".to_owned())
    );
    assert_eq!(fault("number\nA-1\n"), RowFault::NoPlace);
    assert_eq!(fault("number,place\n,JP\n"), RowFault::NoNumber);
}

#[test]
fn days_are_read_in_one_way_only() {
    let day = |cell: &str| {
        let list = list(&format!("number\tday\nA-1\t{cell}\n"));
        list.asked(&list.rows()[0], &in_kazakhstan())
    };
    for cell in [
        "2026-11-03",
        "2026/11/3",
        "2026.11.03",
        "03.11.2026",
        "2026年11月3日",
    ] {
        assert_eq!(
            day(cell).unwrap().on.unwrap().to_string(),
            "2026-11-03",
            "{cell}"
        );
    }
    for cell in [
        "03/11/2026",
        "11-03-2026",
        "3.11.26",
        "2026-13-03",
        "tomorrow",
        "2026-11",
    ] {
        let fault = day(cell).unwrap_err();
        assert_eq!(fault, RowFault::UnreadableDay(cell.to_owned()));
    }
}

#[test]
fn a_faulty_row_leaves_the_others_alone() {
    let long = "1".repeat(MAX_ASKED_CHARS + 1);
    let list = list(&format!(
        "number,place\n{long},JP\nA\u{7}1,JP\nA-2,JP,of,\nA-3,JP,,\nA-4\n"
    ));
    let asked = list
        .rows()
        .iter()
        .map(|row| list.asked(row, &in_kazakhstan()));
    let asked: Vec<_> = asked.collect();
    assert_eq!(asked[0], Err(RowFault::Illegible(Column::Number)));
    assert_eq!(asked[1], Err(RowFault::Illegible(Column::Number)));
    assert_eq!(
        asked[2],
        Err(RowFault::TooManyCells {
            found: 3,
            columns: 2
        })
    );
    assert_eq!(asked[3].as_ref().unwrap().in_economy, "JP");
    assert_eq!(asked[4].as_ref().unwrap().in_economy, "KZ");
}

#[test]
fn what_is_no_list_is_refused_with_its_line() {
    assert_eq!(refused(b""), ListError::Empty);
    assert_eq!(refused(b" \r\n;;\r\n"), ListError::Empty);
    assert_eq!(refused(b"number\r\n"), ListError::Empty);
    // Windows-1251, UTF-16.
    assert_eq!(
        refused(b"number,place\nA-1,JP\n\xcf,JP\n"),
        ListError::NotUtf8 { line: 3 }
    );
    assert_eq!(
        refused(b"\xff\xfen\0u\0m\0"),
        ListError::NotUtf8 { line: 1 }
    );
    let open = refused(b"number,place\nA-1,JP\n\"A-2,JP\nA-3,JP\n");
    assert_eq!(open, ListError::OpenQuote { line: 3 });
    // An inch mark within a cell is no quotation.
    assert_eq!(list("number,model\nA-1,3/4\" pipe\n").rows().len(), 1);
}

#[test]
fn lists_have_limits() {
    let rows = |count: usize| format!("number\n{}", "A-1\n".repeat(count));
    assert_eq!(list(&rows(1_000)).rows().len(), 1_000);
    assert_eq!(list(&"A-1\n".repeat(1_000)).rows().len(), 1_000);
    let most = Limits::UPLOAD.rows;
    for text in [rows(1_001), "A-1\n".repeat(1_001), "A-1\n".repeat(5_000)] {
        assert_eq!(refused(text.as_bytes()), ListError::TooManyRows { most });
    }
    let wide = format!("number{}\nA-1\n", ",".repeat(MAX_LIST_COLUMNS));
    let most = MAX_LIST_COLUMNS;
    assert_eq!(refused(wide.as_bytes()), ListError::TooManyColumns { most });
    let most = Limits::UPLOAD.bytes;
    let large = vec![b'1'; most + 1];
    assert_eq!(refused(&large), ListError::TooLarge { most });
}

#[test]
fn cells_are_kept_as_given_and_ours_start_no_formula() {
    let text = "\u{feff}number;=note\r\n\"=A;\"\"1\"\"\";@x\r\n";
    let list = list(text);
    assert_eq!(
        list.head_of_answers(&[]),
        "\u{feff}number;=note;comity_result;comity_reason;comity_code;comity_in;comity_on;\
         comity_as_of;comity_reference;comity_warning\r\n"
    );
    let answer = RowAnswer {
        reason: "=HYPERLINK(\"x\";1)\u{202e}\n".to_owned(),
        code: "-cmd".to_owned(),
        ..no()
    };
    assert_eq!(
        list.line_of_answer(&list.rows()[0], &answer, &["@before"]),
        "\"=A;\"\"1\"\"\";@x;notRecognised;\"'=HYPERLINK(\"\"x\"\";1) \";'-cmd;KZ;2026-11-23;\
         2026-11-23T08:00:00Z;0123456789abcdef0123;;'@before\r\n"
    );
}

/// A list and its answers, written and read again.
fn answer_file(list: &List, answer: &RowAnswer) -> String {
    let rows = list.rows().iter();
    let lines = rows.map(|row| list.line_of_answer(row, answer, &[]));
    list.head_of_answers(&[]) + &lines.collect::<String>()
}

#[test]
fn an_answer_file_is_a_list_again() {
    let asked = list("number,place\nA-1,JP\nshort\n");
    let answered = answer_file(&asked, &no());
    let again = list(&answered);
    assert_eq!(again.earlier(&again.rows()[0]), Some(no()));
    assert_eq!(again.rows()[1].cells[1], "");
    // Its old answers give way.
    assert_eq!(answer_file(&again, &no()), answered);
    assert_eq!(asked.earlier(&asked.rows()[0]), None);
}

#[test]
fn only_what_changed_is_told() {
    let old = list("number,issuer\nA-1,\nA-2,\nA-2,\nA-3,\n");
    let mut changes = Changes::since(&list(&answer_file(&old, &no()))).unwrap();
    let new = list("number,issuer\na 2,\nA-1,\nA-4,\nA-2,Lab\n");
    let defaults = in_kazakhstan();
    let later = RowAnswer {
        reason: "In other words.".to_owned(),
        reference: "other".to_owned(),
        ..no()
    };
    let suspended = RowAnswer {
        code: "status.suspended".to_owned(),
        ..no()
    };
    let rows = new.rows();
    assert_eq!(changes.of(&new, &rows[0], &defaults, &later), Change::Same);
    assert_eq!(
        changes.of(&new, &rows[1], &defaults, &suspended),
        Change::Changed(no())
    );
    assert_eq!(changes.of(&new, &rows[2], &defaults, &later), Change::New);
    // Another issuer is another question; the second are no longer asked about.
    assert_eq!(changes.of(&new, &rows[3], &defaults, &later), Change::New);
    assert_eq!(changes.left(), 2);
    // So is another place.
    let elsewhere = Defaults {
        in_economy: Some("JP".to_owned()),
        ..Defaults::default()
    };
    assert_eq!(changes.of(&new, &rows[0], &elsewhere, &later), Change::New);
    assert!(Changes::since(&new).is_none());
}

#[test]
fn the_worst_comes_first() {
    let severity = |result: &str| {
        let answer = RowAnswer {
            result: result.to_owned(),
            ..RowAnswer::default()
        };
        answer.severity()
    };
    let order = [
        "notRecognised",
        "cannotTell",
        "notAsked",
        "resultsOnly",
        "recognisedWithConditions",
        "recognised",
    ];
    let ranked = order.map(severity);
    assert!(ranked.is_sorted_by(|one, next| one > next), "{ranked:?}");
    assert_eq!(severity("failed"), severity("notAsked"));
}

#[test]
fn a_list_is_known_by_its_look() {
    assert!(List::is_like("№;Страна\n1;KZ\n".as_bytes()));
    assert!(List::is_like(b"number,issuer"));
    for other in [
        &b"number\nA-1"[..],
        b"{\"number\": 1, \"issuer\": 2}",
        b"A-1,JP",
        b"\xff\xfe",
        b"",
    ] {
        assert!(!List::is_like(other));
    }
}

#[test]
fn digits_of_arabic_and_persian_keyboards_are_read() {
    let read = asked("number,hs,place,day\nA-١٢٣,٨٥١٦٦٠,السعودية,٢٠٢٦-١١-٢٨\n");
    assert_eq!(read.record, "A-123");
    assert_eq!(read.product.codes[0].code, "851660");
    assert_eq!(read.in_economy, "SA");
    assert_eq!(read.on, Some("2026-11-28".parse().unwrap()));
    let persian = asked("number,product\nA-1,۴۰۰۶۳۸۱۳۳۳۹۳۱\n").product;
    assert_eq!(persian.gtin.as_deref(), Some("4006381333931"));
}

#[test]
fn what_is_warned_of_stands_first_and_a_new_warning_is_a_change() {
    let forged = Some(NoticeSort::ForgedCertificate);
    let warned = RowAnswer {
        result: "recognised".to_owned(),
        ..no()
    };
    let warned = warned.beside(forged, &[], Language::En);
    assert_eq!(warned.warning, "forgedCertificate");
    assert!(
        warned
            .reason
            .starts_with("A warning about this number is in force")
    );
    assert!(warned.severity() > no().severity());
    let alike = no().beside(None, &[("C-1", false)], Language::En);
    let said = "This number looks like C-1, with letters of another alphabet. ";
    assert_eq!(alike.reason, format!("{said}{}", no().reason));
    assert_eq!(
        (alike.warning.as_str(), alike.severity()),
        ("", no().severity())
    );
    let alike = no().beside(None, &[("C-1", true)], Language::En);
    assert_eq!(alike.warning, "looksLike");
    let old = list("number\nA-1\n");
    let mut changes = Changes::since(&list(&answer_file(&old, &no()))).unwrap();
    let now = no().beside(forged, &[], Language::En);
    let change = changes.of(&old, &old.rows()[0], &in_kazakhstan(), &now);
    assert_eq!(change, Change::Changed(no()));
}
