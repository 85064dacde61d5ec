use comity_model::attestation::AttestationKind;
use comity_model::status::ReasonCode;

use super::*;

#[test]
fn words_may_have_hyphens() {
    assert_eq!(word("test-report"), Ok(AttestationKind::TestReport));
    assert_eq!(word("testReport"), Ok(AttestationKind::TestReport));
    assert_eq!(word("non-payment"), Ok(ReasonCode::NonPayment));
}

#[test]
fn a_wrong_word_is_answered_with_the_list() {
    let error = word::<ReasonCode>("because").unwrap_err();
    assert!(
        error.starts_with("expected one of surveillanceNotPermitted, "),
        "{error}"
    );
}

#[test]
fn kinds_have_several_names() {
    for name in [
        "CompetenceGrant",
        "competence-grant",
        "grant",
        "competencegrant",
    ] {
        assert_eq!(kind(name), Ok(Kind::CompetenceGrant), "{name}");
    }
    assert_eq!(kind("Attestation"), Ok(Kind::Attestation));
    assert!(kind("certificate").is_err());
}

#[test]
fn texts_may_name_their_language() {
    assert_eq!(text_in_language("sv=Provlab"), (Some("sv"), "Provlab"));
    assert_eq!(text_in_language("Provlab"), (None, "Provlab"));
    assert_eq!(text_in_language("not a tag=x"), (None, "not a tag=x"));
}

#[test]
fn identifiers_have_a_scheme() {
    assert!(identifier("lei:1").is_ok());
    assert!(identifier("lei").is_err());
    assert!(economy("SE").is_ok() && economy("se").is_err());
}

#[test]
fn codes_and_quantities_have_their_form() {
    assert_eq!(product_code("HS@2017:8544.49").unwrap().code, "854449");
    assert!(product_code("8544.49").is_err());
    assert_eq!(quantity("40 kg").unwrap().value, "40");
    assert!(quantity("40kg").is_err());
}
