//! One feature of the mapping language after the other, on a few rows.

use comity_model::date::LegalDate;
use comity_model::record::Subject;
use comity_model::reference::Reference;

use super::{
    BASE, attestation, day, documented, faults, map, map_text, read_on, read_text, source,
};
use crate::import::{
    ImportedFile, Map, Standing, imported_id, read, subject_digest, transcription,
};

fn file(rest: &str, csv: &str) -> ImportedFile {
    read_text(&map(rest), csv).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_row_becomes_a_record_of_the_register() {
    let file = file(BASE, "Holder,Issued,No\nGizmo,2024-02-01,A-1\n");
    let record = &file.rows[0].record;
    let imported = record
        .comity
        .imported_from
        .as_ref()
        .expect("imported records say so");
    assert_eq!(
        (imported.system.as_str(), imported.source_id.as_str()),
        ("test", "A-1")
    );
    assert_eq!(imported.fetched_on, day("2025-01-31"));
    assert!(!imported.source_signed);
    assert_eq!(imported.attributed_to.economies, ["SE"]);
    assert_eq!(record.issuer.id, "did:web:import.example");
    assert_eq!(attestation(record).comity.certificate_number, "A-1");
    assert_eq!(record.valid_from.to_string(), "2024-02-01T00:00:00Z");
    let digest = subject_digest(record);
    assert_eq!(
        record.id,
        imported_id("did:web:import.example", "test", "A-1", &digest, None)
    );
}

#[test]
fn the_id_is_the_formats() {
    // SHA-256 of `comity.import/v1\n["s","y","i","00"]`, first 16 bytes, version 8, variant 10.
    let id = imported_id("s", "y", "i", "00", None);
    let digest = comity_signature::digest::sha256(b"comity.import/v1\n[\"s\",\"y\",\"i\",\"00\"]");
    let hex: String = hex::encode(digest).chars().take(32).collect();
    let plain: String = id.trim_start_matches("urn:uuid:").replace('-', "");
    assert_eq!(plain.get(12..13), Some("8"));
    assert!(matches!(plain.get(16..17), Some("8" | "9" | "a" | "b")));
    assert_eq!(
        (plain.get(..12), plain.get(13..16), plain.get(17..)),
        (hex.get(..12), hex.get(13..16), hex.get(17..))
    );
    assert_ne!(id, imported_id("s", "y", "i", "00", Some("u")));
}

#[test]
fn wrong_rows_are_reported_with_line_and_column_and_left_out() {
    let file = file(
        BASE,
        "No,Holder,Issued\nA-1,Gizmo,2024-02-01\nA-2,Gizmo,2024-02-31\n,Gizmo,2024-02-01\n\
         A-4,,2024-02-01\nA-5,\"Two\nlines\",2024-02-01\nA-6,Gizmo\nA-7,Gizmo,\n",
    );
    assert_eq!(
        faults(&file),
        "line 3, Issued: `2024-02-31` is no date in any of the formats %Y-%m-%d\n\
         line 4, No: this field is required and the row says nothing\n\
         line 5, Holder: this field is required and the row says nothing\n\
         line 8, the row: this row has 2 cells, the header 3\n\
         line 9, Issued: this date is required and the row says nothing"
    );
    assert_eq!(
        (file.counts.rows, file.counts.records, file.counts.refused),
        (7, 2, 5)
    );
    assert!(file.refused_ids.contains("A-2"));
}

#[test]
fn columns_are_found_in_any_order_case_and_spacing() {
    let one = file(BASE, "No,Holder,Issued\nA-1,Gizmo,2024-02-01\n");
    let other = file(
        BASE,
        "\u{feff}ISSUED, h_older ,x,no\n2024-02-01,Gizmo,y,A-1\n",
    );
    assert_eq!(one.rows[0].record, other.rows[0].record);
}

#[test]
fn constants_templates_lookups_splits_and_wraps() {
    let rest = format!(
        "{BASE}title = {{ template = \"{{Holder}}: {{No}}\" }}\n\
         uri = {{ template = \"https://r.example/{{No:url}}\" }}\n\
         standards = {{ column = \"S\", split = \";\", lookup = \"std\", otherwise = \"keep\" }}\n\
         origin = {{ column = \"Country\", lookup = \"country\" }}\n\
         categories = {{ column = \"Cat\", lookup = \"cat\", keep = true, otherwise = \"drop\" }}\n\
         conditions = {{ column = \"Caveat\", wrap = \"Note: {{}}\" }}\n\
         hs = {{ column = \"HS\", split = \",\", edition = \"2022\" }}\n\
         [codes.std]\n\"nine thousand one\" = \"ISO 9001:2015\"\n\"pair\" = [\"ISO 1\", \"ISO 2\"]\n\
         [codes.country]\nSverige = \"SE\"\n\"Tai*\" = \"TW\"\n\"Taipei\" = \"\"\n\
         [codes.cat]\nCards = \"smartCards\"\n"
    );
    let csv = "No,Holder,Issued,S,Country,Cat,Caveat,HS\n\
        A/1,Gizmo,2024-02-01,Nine  Thousand One; pair ;EN 50,SVERIGE,Cards,use with care,\"8516.79,8517\"\n\
        A-2,Gizmo,2024-02-01,,Taiwan R.O.C.,Boxes,,\nA-3,Gizmo,2024-02-01,,Narnia,,,\nA-4,Gizmo,2024-02-01,,Taipei,,,\n";
    let file = file(&rest, csv);
    let subject = attestation(&file.rows[0].record);
    assert_eq!(subject.name, "Gizmo: A/1");
    assert_eq!(subject.id, "https://r.example/A%2F1");
    let standards: Vec<String> = subject
        .comity
        .standards
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(standards, ["ISO 9001:2015", "ISO 1", "ISO 2", "EN 50"]);
    let object = &subject.comity.objects[0];
    assert_eq!(object.origin.as_deref(), Some("SE"));
    assert_eq!(object.categories, ["Cards", "smartCards"]);
    assert_eq!(object.product_codes[0].code, "851679");
    assert_eq!(
        subject.comity.conditions_of_use[0].in_language("en"),
        Some("Note: use with care")
    );
    let second = &attestation(&file.rows[1].record).comity.objects[0];
    assert_eq!(
        (second.origin.as_deref(), second.categories.len()),
        (Some("TW"), 1)
    );
    assert_eq!(
        attestation(&file.rows[2].record).comity.objects[0].origin,
        None
    );
    assert_eq!(
        faults(&file),
        "line 4, Country: [codes.country] has no `Narnia`: add it with its meaning"
    );
}

#[test]
fn several_values_for_one_field_need_a_choice() {
    let issued = BASE.replace("\"Issued\"", "{ column = \"Issued\", split = \",\" }");
    let csv = "No,Holder,Issued\nA-1,Gizmo,\"2024-02-01,2023-01-01\"\n";
    let refused = file(&issued, csv);
    assert!(
        faults(&refused).contains("one date is wanted but 2024-02-01 and 2023-01-01 stand here")
    );
    let earliest = BASE.replace(
        "\"Issued\"",
        "{ column = \"Issued\", split = \",\", take = \"earliest\" }",
    );
    let taken = file(&earliest, csv);
    assert_eq!(
        attestation(&taken.rows[0].record)
            .comity
            .legal_dates
            .issued_on,
        LegalDate::Day(day("2023-01-01"))
    );
}

#[test]
fn bytes_in_another_encoding_are_a_fault_unless_declared() {
    let bytes = b"No,Holder,Issued\nA-1,NetIQ\xAE,2024-02-01\n".to_vec();
    let strict = map(BASE);
    let file = read(&strict, &mut |_| Ok(bytes.clone()), &source("2025-01-31"));
    let file = file.unwrap_or_else(|error| panic!("{error}"));
    assert!(faults(&file).starts_with("line 2, Holder: these bytes are no text"));
    let lenient = map(&format!(
        "encoding = \"utf-8 or windows-1252\"\nhtml_entities = true\n{BASE}"
    ));
    let file = read(&lenient, &mut |_| Ok(bytes.clone()), &source("2025-01-31"));
    let file = file.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        attestation(&file.rows[0].record).issued_to_party.name,
        "NetIQ®"
    );
}

#[test]
fn side_tables_give_further_values() {
    let rest = format!(
        "{}[side.h]\nfile = \"history.csv\"\nkey = \"cert\"\non = \"No\"\n[amendments]\n\
         dates = {{ side = \"h\", column = \"day\", where = {{ what = \"Update\" }} }}\n",
        BASE.replace(
            "\"Issued\"",
            "[{ side = \"h\", column = \"day\", where = { what = \"initial\" } }, \"Issued\"]"
        )
    );
    let map = map(&rest);
    let main = "No,Holder,Issued\nA-1,Gizmo,2000-01-01\nA-2,Gizmo,2001-01-01\n";
    let side =
        "cert,day,what\na-1,1999-05-05,Initial\nA-1,2010-01-02,Update\nA-1,2030-01-01,Update\n";
    let mut tables = |name: &str| match name {
        "" => Ok(main.as_bytes().to_vec()),
        "history.csv" => Ok(side.as_bytes().to_vec()),
        other => Err(format!("no {other}")),
    };
    let file =
        read(&map, &mut tables, &source("2025-01-31")).unwrap_or_else(|error| panic!("{error}"));
    let issued = |at: usize| {
        attestation(&file.rows[at].record)
            .comity
            .legal_dates
            .issued_on
    };
    assert_eq!(issued(0), LegalDate::Day(day("1999-05-05")));
    assert_eq!(issued(1), LegalDate::Day(day("2001-01-01")));
    // An update after the day of the fetch has not happened yet.
    assert_eq!(
        file.rows[0].amended_on.iter().copied().collect::<Vec<_>>(),
        [day("2010-01-02")]
    );
    let missing = read(
        &map,
        &mut |name| {
            if name.is_empty() {
                Ok(main.into())
            } else {
                Err("gone".into())
            }
        },
        &source("2025-01-31"),
    );
    assert!(missing.is_err());
}

#[test]
fn rows_of_one_id_are_alike_or_grouped_or_refused() {
    let csv = "No,Holder,Issued,M\nA-1,Gizmo,2024-02-01,X1\nA-1,Gizmo,2024-02-01,X2\n\
               A-2,Gizmo,2024-02-01,Y\nA-2,Gizmo,2024-02-01,Y\n";
    let rest = format!("{BASE}models = \"M\"\n");
    let apart = file(&rest, csv);
    assert_eq!(
        (
            apart.counts.records,
            apart.counts.refused,
            apart.counts.merged
        ),
        (1, 2, 1)
    );
    assert!(faults(&apart).starts_with("line 3, the row: line 2 has the same source id `A-1`"));
    let grouped = file(&format!("group_by = [\"No\"]\n{rest}"), csv);
    assert_eq!(
        (
            grouped.counts.records,
            grouped.counts.refused,
            grouped.counts.merged
        ),
        (2, 0, 2)
    );
    let objects = &attestation(&grouped.rows[0].record).comity.objects;
    assert_eq!(objects.len(), 2);
    let disagreeing = "No,Holder,Issued,M\nA-1,Gizmo,2024-02-01,X1\nA-1,Other,2024-02-01,X2\n";
    let refused = file(&format!("group_by = [\"No\"]\n{rest}"), disagreeing);
    assert!(faults(&refused).contains("one value is wanted but `Gizmo` and `Other` stand here"));
}

const GRANT: &str = "[source]\nsystem = \"test\"\nkind = \"grant\"\ndates = [\"%Y-%m-%d\"]\ngroup_by = [\"No\"]\n\
    [attribution]\nid = \"AB\"\nname = \"Accreditation body\"\neconomies = [\"SE\"]\n[columns]\nnumber = \"No\"\n\
    grant_type = { value = \"accreditation\" }\ngrantor = { value = \"Accreditation body\" }\ngrantee = \"Lab\"\n\
    activities = { value = \"testing\" }\nfrom = \"From\"\nuntil = \"Until\"\nscope = \"Text\"\n\
    scope_standards = { column = \"Std\", split = \";\" }\nscope_hs = \"HS\"\n";

#[test]
fn several_rows_make_one_grant() {
    let map = Map::parse(GRANT).unwrap_or_else(|error| panic!("{error}"));
    let csv = "No,Lab,From,Until,Text,Std,HS\n7,Lab,2020-01-01,2030-01-01,Cables,IEC 60227,8544\n\
               7,Lab,2020-01-01,2030-01-01,Toys,EN 71-1;EN 71-2,9503\n7,Lab,2020-01-01,2030-01-01,Toys,EN 71-1;EN 71-2,9503\n";
    let file = read_text(&map, csv).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(faults(&file), "");
    let Subject::CompetenceGrant(grant) = &file.rows[0].record.subject else {
        panic!("expected a grant");
    };
    let ids: Vec<&str> = grant.scope.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, ["1", "2"]);
    assert_eq!(grant.scope[1].standards.len(), 2);
    assert_eq!(grant.scope[0].products[0].include, ["8544"]);
    assert_eq!(grant.economies, ["SE"]);
}

const STATUS: &str = "[status]\nword = \"State\"\nsince = { column = \"Since\", optional = true }\nalive = \"Seen\"\n[status.words]\n\
    active = \"active\"\nhistorical = \"expired\"\nrevoked = \"withdrawn\"\nhidden = \"leave-out\"\n";

#[test]
fn an_expiry_without_a_date_is_observed() {
    let rest = format!("{BASE}valid_until = \"End\"\n{STATUS}");
    let csv = "No,Holder,Issued,End,State,Seen\nA-1,G,2010-01-01,,Historical,2014-05-28\n\
        A-2,G,2010-01-01,2015-01-01,Historical,2014-05-28\nA-3,G,2010-01-01,2030-01-01,historical,2026-01-01\n\
        A-4,G,2010-01-01,2030-01-01,active,\nA-5,G,2010-01-01,,gone,\nA-6,G,2010-01-01,,hidden,\n";
    let file = file(&rest, csv);
    let end = |at: usize| {
        attestation(&file.rows[at].record)
            .comity
            .legal_dates
            .valid_until
            .map(|end| end.to_string())
    };
    assert_eq!(end(0).as_deref(), Some("between 2014-05-28 and 2025-01-31"));
    assert_eq!(end(1).as_deref(), Some("2015-01-01"));
    // A sign of life after the fetch is none yet; the end it was to have is no longer true.
    assert_eq!(end(2).as_deref(), Some("between 2010-01-01 and 2025-01-31"));
    assert_eq!(end(3).as_deref(), Some("2030-01-01"));
    assert_eq!(
        faults(&file),
        "line 6, State: [status.words] has no `gone`: add it with its meaning"
    );
    assert_eq!(file.counts.left_out, 1);
    assert!(file.rows[0].end_observed && !file.rows[1].end_observed);
}

#[test]
fn certsearch_words_and_the_two_facts() {
    let map = documented("certsearch.toml");
    let head = "Certification Identity Number,Certificate Number,Certified Entity Name,Certified Entity English Name,\
        Standard / Scheme,Certification Scope,Certification Issue Date,Certification Expiry Date,Certification Status,\
        Certificate Accreditation Status\n";
    let words = [
        "Active",
        "inactive",
        "SUSPENDED",
        "cancelled",
        "hidden",
        "withdrawn",
        "expired",
        "CB withdrawn",
        "pending",
        "deleted",
    ];
    let mut csv = head.to_owned();
    for (at, word) in words.iter().enumerate() {
        use std::fmt::Write as _;
        writeln!(csv, "C{at},N-{at},有限公司,Company Ltd,ISO 9001:2015,Making things,20230401,20260331,{word},accredited")
            .expect("a String takes text");
    }
    let file = read_on(&map, &csv, "2025-01-31").unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(faults(&file), "");
    let standings: Vec<Standing> = file
        .rows
        .iter()
        .filter_map(|row| Some(row.state.as_ref()?.standing))
        .collect();
    assert_eq!(
        standings,
        [
            Standing::Active,
            Standing::Suspended,
            Standing::Suspended,
            Standing::Withdrawn,
            Standing::Withdrawn,
            Standing::Expired,
            Standing::Withdrawn
        ]
    );
    assert_eq!(file.counts.left_out, 3);
    let subject = attestation(&file.rows[0].record);
    assert_eq!(subject.assessment_level, "authority-peer");
    assert_eq!(subject.comity.source_status.as_deref(), Some("Active"));
    assert_eq!(
        subject.comity.holder_names.in_language("en"),
        Some("Company Ltd")
    );
    assert_eq!(
        subject.comity.legal_dates.valid_until,
        Some(LegalDate::Day(day("2026-03-31")))
    );
}

#[test]
fn grants_are_named_by_their_row() {
    let rest = format!("{BASE}grants = {{ column = \"Lab\", split = \"|\", system = \"labs\" }}\n");
    let file = file(&rest, "No,Holder,Issued,Lab\nA-1,G,2024-02-01,One | Two\n");
    let grants = &attestation(&file.rows[0].record).comity.grants;
    let Reference::Source(second) = &grants[1].grant else {
        panic!("expected a row")
    };
    assert_eq!(
        (second.system.as_str(), second.source_id.as_str()),
        ("labs", "Two")
    );
    assert_eq!(second.signer, "did:web:import.example");
}

#[test]
fn an_unknown_body_is_a_fault() {
    let rest = format!(
        "{BASE}[attribution]\ncolumn = \"Scheme\"\n[attribution.by.GB]\nid = \"UK\"\nname = \"Body\"\n\
         economies = [\"GB\"]\naliases = [\"uk\"]\n"
    );
    assert!(!map_text(&rest).contains("id = \"B\""));
    let file = file(
        &rest,
        "No,Holder,Issued,Scheme\nA-1,G,2024-02-01,UK\nA-2,G,2024-02-01,ZZ\n",
    );
    assert_eq!(file.rows.len(), 1);
    assert_eq!(
        faults(&file),
        "line 3, Scheme: `ZZ` is none of the bodies in [attribution.by]"
    );
}

#[test]
fn transcriptions_say_where_they_were_read() {
    let text = "[transcription]\nsystem = \"t\"\nread_on = \"2025-01-01\"\n[components]\na = [\"ADV_FSP.2\"]\n\
        [[arrangement]]\nslug = \"x\"\ntitle = \"X\"\ntype = \"certificateRecognition\"\nlegal_nature = \"agreement\"\nsource = \"a text\"\n\
        [[arrangement.chapter]]\nid = \"c\"\ntitle = \"C\"\ndegree = \"certificates\"\nobligation = \"shallAccept\"\n\
        requirements_basis = \"commonStandard\"\ndirection = { mode = \"mutual\" }\nfrom = \"2000-05\"\n\
        level = { scale = \"EAL\", mode = \"cap\", rank = 2, within = [\"@a\", \"ALC_FLR\"] }\n\
        [[arrangement.participants]]\neconomies = [\"SE\", \"JP\"]\nfrom = \"2000-05..2001-02\"\n";
    let records =
        transcription::read(text, &source("2025-01-31")).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(records.len(), 3);
    let Subject::Arrangement(arrangement) = &records[0].subject else {
        panic!("expected an arrangement")
    };
    assert_eq!(arrangement.id, "did:web:import.example#x");
    assert_eq!(
        arrangement.chapters[0].period.from.to_string(),
        "between 2000-05-01 and 2000-05-31"
    );
    let within = arrangement.chapters[0]
        .level
        .as_ref()
        .map(|level| level.within.clone());
    assert_eq!(
        within,
        Some(vec!["ADV_FSP.2".to_owned(), "ALC_FLR".to_owned()])
    );
    let Subject::Participation(participation) = &records[2].subject else {
        panic!("expected a participation")
    };
    assert_eq!(
        participation.period.from.to_string(),
        "between 2000-05-01 and 2001-02-28"
    );
    for (wrong, wanted) in [
        ("@a", "@b"),
        ("mutual", "friendly"),
        ("2000-05\"", "May 2000\""),
        ("[\"SE\"", "[\"Sweden\""),
    ] {
        assert!(
            transcription::read(&text.replace(wrong, wanted), &source("2025-01-31")).is_err(),
            "{wanted}"
        );
    }
    let error = transcription::read(&text.replace("slug", "slog"), &source("2025-01-31"));
    assert_eq!(error.expect_err("the key does not exist").line, 7);
}
