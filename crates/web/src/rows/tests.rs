use comity_model::attestation::Quantity;
use comity_model::product::ProductCode;
use comity_recognition::question::{ProductFacts, Question, Selector};

use super::{letters_to, question_query};

fn about(product: ProductFacts) -> Question {
    Question {
        record: Selector::RecordDigest("0".repeat(64)),
        in_economy: "SE".to_owned(),
        on: "2026-11-23".parse().unwrap(),
        known_at: "2026-11-23T00:00:00Z".parse().unwrap(),
        product,
        file_number: None,
    }
}

fn code(scheme: &str, edition: Option<&str>, code: &str) -> ProductCode {
    ProductCode {
        scheme: scheme.to_owned(),
        edition: edition.map(str::to_owned),
        code: code.to_owned(),
    }
}

#[test]
fn a_link_asks_the_whole_question_or_none() {
    let codes = |codes: &[ProductCode]| {
        question_query(&about(ProductFacts {
            codes: codes.to_vec(),
            ..ProductFacts::default()
        }))
    };
    let (own, other) = (Some("2022"), Some("2017"));
    let said = codes(&[code("HS", own, "8516"), code("HS", own, "8544")]);
    let whole = "in=SE&on=2026-11-23&hs=8516&hs=8544&hsEdition=2022";
    assert_eq!(said.as_deref(), Some(whole));
    let each = |codes: &str| Some(format!("in=SE&on=2026-11-23&{codes}"));
    for (asked, said) in [
        (
            [code("HS", own, "8516"), code("HS", other, "8544")],
            "code=HS%402022%3A8516&code=HS%402017%3A8544",
        ),
        (
            [code("HS", None, "8516"), code("HS", own, "8544")],
            "code=HS%3A8516&code=HS%402022%3A8544",
        ),
        (
            [code("HS", None, "8516"), code("UNSPSC", None, "52141500")],
            "code=HS%3A8516&code=UNSPSC%3A52141500",
        ),
        (
            [
                code("CN", Some("2026"), "85167020"),
                code("HS", Some("new"), "8516"),
            ],
            "code=CN%402026%3A85167020&code=HS%40new%3A8516",
        ),
    ] {
        assert_eq!(codes(&asked), each(said), "{asked:?}");
    }
    let many: Vec<_> = (0..21)
        .map(|at| code("HS", None, &format!("85{at:02}")))
        .collect();
    for unsaid in [
        &[code("HS", None, "8516.60")][..],
        &[code("A:B", None, "1")],
        &many,
    ] {
        assert_eq!(codes(unsaid), None, "{unsaid:?}");
    }
    let quantity = |value: &str, unit: &str| {
        question_query(&about(ProductFacts {
            quantity: Some(Quantity {
                value: value.to_owned(),
                unit: unit.to_owned(),
            }),
            gtin: Some("9506000134352".to_owned()),
            ..ProductFacts::default()
        }))
    };
    let said = each("gtin=9506000134352&quantity=0.5+t");
    assert_eq!(quantity("0.5", "t"), said);
    assert_eq!(quantity("0,5", "t"), None);
}

#[test]
fn a_link_says_only_texts_that_are_read_as_they_stand() {
    let model = |model: &str| {
        question_query(&about(ProductFacts {
            model: Some(model.to_owned()),
            ..ProductFacts::default()
        }))
    };
    let said = model("X-1, X-2");
    assert_eq!(
        said.as_deref(),
        Some("in=SE&on=2026-11-23&model=X-1%2C+X-2")
    );
    let long = "x".repeat(2_001);
    for unsaid in ["X-1\nX-2", " X-1", "X-١", "X\u{202E}1", "", &long] {
        assert_eq!(model(unsaid), None, "{unsaid}");
    }
}

#[test]
fn a_letter_goes_to_one_address_and_to_nobody_besides() {
    for plain in [
        "office@nqi.example.se",
        "first.last+trade@nqi-1.example.se",
        "buero@prüfstelle.example",
    ] {
        let link = format!("mailto:{plain}");
        assert_eq!(letters_to(plain), Some(link), "{plain}");
    }
    for more in [
        "a@b.example?cc=c@d.example",
        "a@b.example&bcc=c@d.example",
        "a@b.example,c@d.example",
        "a@b.example;c@d.example",
        "a@b.example%0Abcc:c@d.example",
        "a%2Cc@b.example",
        "a@b.example c@d.example",
        "a@b@c.example",
        "\"a\"@b.example",
        "a@localhost",
        "@b.example",
        "a@",
        "a@b.example/",
        "javascript:alert(1)",
        "",
    ] {
        assert_eq!(letters_to(more), None, "{more}");
    }
}
