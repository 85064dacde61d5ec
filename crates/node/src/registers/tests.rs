use comity_recognition::question::Selector;

use super::*;
use crate::recognise::selector;

#[test]
fn the_table_can_be_read_and_says_where_it_is_from() {
    let table: Table = toml::from_str(include_str!("../../registers.toml")).unwrap();
    assert!(table.register.len() >= 9);
    for register in &table.register {
        assert!(!register.source.is_empty(), "{}", register.name);
        assert!(!register.example.is_empty(), "{}", register.name);
        for host in &register.hosts {
            let formed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-".contains(c);
            assert!(host.chars().all(formed) && host.contains('.'), "{host}");
        }
        for path in &register.paths {
            let places = path.matches("{number}").count();
            let expected = usize::from(register.query.is_none());
            assert_eq!(places, expected, "{path}");
            assert!(path.starts_with('/'), "{path}");
        }
    }
}

#[test]
fn the_example_of_each_row_is_read() {
    for register in registers() {
        for (address, number) in &register.example {
            let read = read(address).unwrap_or_else(|| panic!("{address}"));
            assert_eq!(
                (&read.register.name, &read.number),
                (&register.name, number)
            );
            // Plain HTTP, a slash behind, spaces around, no scheme: the same certificate.
            let typed = address.split_once("://").unwrap().1;
            for other in [
                format!("http://{typed}"),
                format!("  https://{typed}\n"),
                typed.to_owned(),
                format!("https://{typed}#page=2"),
            ] {
                let again = super::read(&other).unwrap_or_else(|| panic!("{other}"));
                assert_eq!(again.number, *number);
            }
            let issuer = register.issuer.clone();
            let expected = Selector::Number {
                number: number.clone(),
                issuer,
            };
            assert_eq!(selector(address, None), expected);
        }
    }
}

#[test]
fn an_issuer_that_is_said_goes_before_that_of_the_table() {
    let address =
        "https://csrc.nist.gov/projects/cryptographic-module-validation-program/certificate/4282";
    let expected = |issuer: &str| Selector::Number {
        number: "4282".to_owned(),
        issuer: Some(issuer.to_owned()),
    };
    assert_eq!(selector(address, None), expected("CMVP"));
    assert_eq!(
        selector(address, Some("did:web:a.example")),
        expected("did:web:a.example")
    );
}

#[test]
fn an_address_that_only_looks_like_a_registers_is_none() {
    let path = "/projects/cryptographic-module-validation-program/certificate/";
    for address in [
        // Other hosts.
        format!("https://csrc.nist.gov.evil.example{path}4282"),
        format!("https://csrc-nist.gov{path}4282"),
        format!("https://evilcsrc.nist.gov{path}4282"),
        format!("https://csrc.nist.gov.{path}4282"),
        format!("https://evil.example{path}4282?csrc.nist.gov"),
        format!("https://evil.example/csrc.nist.gov{path}4282"),
        // A Cyrillic letter, and a full-width dot that becomes another host name.
        format!("https://\u{441}src.nist.gov{path}4282"),
        format!("https://csrc.nist.gov\u{ff0e}evil.example{path}4282"),
        // User names, passwords, ports.
        format!("https://csrc.nist.gov@evil.example{path}4282"),
        format!("https://someone@csrc.nist.gov{path}4282"),
        format!("https://a:b@csrc.nist.gov{path}4282"),
        format!("https://csrc.nist.gov:8443{path}4282"),
        format!("https://evil.example\\@csrc.nist.gov{path}4282"),
        // Other schemes.
        format!("ftp://csrc.nist.gov{path}4282"),
        format!("javascript://csrc.nist.gov{path}4282"),
        // No number, something else, more behind it.
        format!("https://csrc.nist.gov{path}"),
        format!("https://csrc.nist.gov{path}42x2"),
        format!("https://csrc.nist.gov{path}4282/more"),
        format!("https://csrc.nist.gov{path}../4282"),
        "https://csrc.nist.gov/projects/cryptographic-module-validation-program".to_owned(),
        "https://www.safetykorea.kr/release/certDetail".to_owned(),
        "https://www.safetykorea.kr/release/certDetail?certNum=".to_owned(),
        "https://www.safetykorea.kr/release/recall?certNum=SU072854-22002C".to_owned(),
        // What would be shown otherwise than it is written, or not at all.
        "https://www.safetykorea.kr/release/certDetail?certNum=A%E2%80%AE1".to_owned(),
        "https://www.safetykorea.kr/release/certDetail?certNum=A%001".to_owned(),
        "https://www.commoncriteriaportal.org/files/epfiles/%FF.pdf".to_owned(),
        "https://www.commoncriteriaportal.org/files/epfiles/%0A1.pdf".to_owned(),
        "https://www.commoncriteriaportal.org/files/epfiles/--.pdf".to_owned(),
        format!(
            "https://www.safetykorea.kr/release/certDetail?certNum={}",
            "1".repeat(MAX_READ_CHARS + 1)
        ),
        format!(
            "https://www.safetykorea.kr/release/certDetail?certNum=1&more={}",
            "1".repeat(MAX_ADDRESS_BYTES)
        ),
        "4282".to_owned(),
        String::new(),
    ] {
        assert!(read(&address).is_none(), "{address}");
    }
    let longest = "1".repeat(MAX_READ_CHARS);
    let address = format!("https://www.safetykorea.kr/release/certDetail?certNum={longest}");
    assert_eq!(read(&address).unwrap().number, longest);
}

#[test]
fn a_gs1_link_names_a_product() {
    for (address, expected) in [
        (
            "https://id.gs1.org/01/09506000134352/10/LOT-ABC?17=271231",
            Some("9506000134352"),
        ),
        (
            "https://brand.example/p/01/09506000134376/21/1234",
            Some("9506000134376"),
        ),
        // Another check digit, another length, no link.
        ("https://id.gs1.org/01/09506000134353", None),
        ("https://id.gs1.org/01/9506000134352", None),
        ("https://id.gs1.org/01/0950600013435x", None),
        ("ftp://id.gs1.org/01/09506000134352", None),
        ("09506000134352", None),
    ] {
        assert_eq!(gtin(address).as_deref(), expected, "{address}");
    }
}
