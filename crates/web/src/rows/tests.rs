use super::letters_to;

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
