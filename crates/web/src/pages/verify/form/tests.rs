use super::{MAX_FIELDS, fields};

const KIND: &str = "multipart/form-data; boundary=----x1";

fn part(name: &str, content: &str) -> String {
    format!("------x1\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n")
}

fn read(body: &str) -> Option<Vec<(String, String)>> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let fields = fields(KIND, body.as_bytes())?;
    Some(
        fields
            .into_iter()
            .map(|(name, content)| (name, text(content)))
            .collect(),
    )
}

#[test]
fn a_form_of_a_browser_is_read() {
    let file = "------x1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a \u{e9}.json\"\r\n\
                Content-Type: application/json\r\n\r\n{\"a\":\"\r\n--x\"}\r\n";
    let body = format!("{file}{}------x1--\r\n", part("in", "SE"));
    let expected = [
        ("file".to_owned(), "{\"a\":\"\r\n--x\"}".to_owned()),
        ("in".to_owned(), "SE".to_owned()),
    ];
    assert_eq!(read(&body).unwrap(), expected);
    assert_eq!(read("------x1--\r\n").unwrap(), []);
}

#[test]
fn other_bodies_are_no_form() {
    let body = format!("{}------x1--\r\n", part("in", "SE"));
    for (kind, body) in [
        ("application/json", body.as_str()),
        ("multipart/form-data", &body),
        ("multipart/form-data; boundary=", &body),
        ("multipart/form-data; boundary=y", &body),
        (KIND, ""),
        (KIND, "------x1"),
        (KIND, &body[..body.len() - 4]),
        (KIND, &body.replace("name=", "nome=")),
        (KIND, &body.replace("\r\n\r\n", "\r\n")),
    ] {
        assert_eq!(fields(kind, body.as_bytes()), None, "{kind} {body:?}");
    }
    let full = |count| format!("{}------x1--\r\n", part("in", "SE").repeat(count));
    assert!(read(&full(MAX_FIELDS)).is_some());
    assert!(read(&full(MAX_FIELDS + 1)).is_none());
}
