use std::io::Cursor;

use super::*;

fn documents(text: &'static str) -> Vec<(u64, String)> {
    let documents = Documents::read("test", Box::new(Cursor::new(text))).unwrap();
    documents
        .map(|document| {
            let document = document.unwrap();
            (document.line, String::from_utf8(document.bytes).unwrap())
        })
        .collect()
}

#[test]
fn one_document_may_have_many_lines() {
    assert_eq!(
        documents("\n{\n  \"a\": 1\n}\n\n"),
        [(2, "{\n  \"a\": 1\n}".to_owned())]
    );
}

#[test]
fn a_stream_has_one_document_a_line_and_blank_lines_count() {
    assert_eq!(
        documents("{\"a\":1}\n\n{\"a\":2}"),
        [(1, "{\"a\":1}".to_owned()), (3, "{\"a\":2}".to_owned())]
    );
    assert_eq!(documents(""), []);
}

#[test]
fn a_line_has_a_limit() {
    let longest = format!("\"{}\"\n", "x".repeat(MAX_LINE_BYTES - 3));
    let read = |text: String| {
        let documents = Documents::read("test", Box::new(Cursor::new(text)))?;
        documents.collect::<Result<Vec<_>>>()
    };
    assert_eq!(read(longest.clone()).unwrap().len(), 1);
    assert!(read(format!(" {longest}")).is_err());
}

#[test]
fn a_did_is_checked() {
    assert!(check_did("did:web:lab.example").is_ok());
    assert!(check_did("lab.example").is_err());
}
