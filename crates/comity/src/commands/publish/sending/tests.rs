use super::*;

fn documents(lines: &[u64]) -> Vec<Document> {
    lines
        .iter()
        .map(|&line| Document {
            line,
            bytes: format!("{{\"n\":{line}}}").into_bytes(),
        })
        .collect()
}

#[test]
fn answers_belong_to_the_lines_of_the_file() {
    let body = b"{\"line\":1,\"outcome\":\"logged\"}\n{\"line\":2,\"outcome\":\"refused\",\"problem\":{\"detail\":\"no\"}}\n";
    let answers = read_answers(&documents(&[4, 9]), body);
    let outcomes: Vec<_> = answers
        .sent
        .iter()
        .map(|sent| (sent.line, sent.outcome))
        .collect();
    assert_eq!(outcomes, [(4, Outcome::Logged), (9, Outcome::Refused)]);
    assert_eq!(answers.sent.get(1).unwrap().refusal(), "no");
    assert!(answers.stopped.is_ok());
}

#[test]
fn an_answer_that_breaks_off_is_an_error_that_says_where() {
    let body = b"{\"line\":1,\"outcome\":\"logged\"}\n{\"line\":2,\"out";
    let answers = read_answers(&documents(&[1, 2]), body);
    assert_eq!(answers.sent.len(), 1, "what was answered counts");
    let error = answers.stopped.unwrap_err();
    assert!(error.to_string().contains("line 2"), "{error}");
}

#[test]
fn a_node_that_stops_taking_records_ends_the_run() {
    let body = b"{\"line\":1,\"outcome\":\"notTaken\",\"problem\":{\"detail\":\"read-only\"}}\n";
    let error = read_answers(&documents(&[7]), body).stopped.unwrap_err();
    assert!(error.to_string().contains("read-only"), "{error}");
}
