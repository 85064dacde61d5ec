//! Publishing lines.

use std::convert::Infallible;

use axum::body::{Body, Bytes};
use axum::http::Request;
use comity_signature::canonical::to_canonical;
use futures::StreamExt as _;
use futures::channel::mpsc;
use serde_json::Value;
use tower::ServiceExt as _;

use crate::body::MAX_RECORD_BYTES;
use crate::lines::MAX_STREAM_LINES;
use crate::problem::MAX_LINE_FAULTS;
use crate::testing::{empty, grant, signed, signed_with};
use crate::unread::MAX_UNREAD_BYTES;
use crate::{MAX_BATCHES, MAX_STREAMS};

const NDJSON: &str = "application/x-ndjson";

fn outcomes(lines: &[Value]) -> Vec<(u64, &str)> {
    let outcome = |line: &Value| line["line"].as_u64().unwrap();
    lines
        .iter()
        .map(|line| (outcome(line), line["outcome"].as_str().unwrap()))
        .collect()
}

#[tokio::test]
async fn every_line_is_answered_in_order() {
    let tested = empty().await;
    let mut body = signed(&grant(1));
    body.extend_from_slice(b"\n\n{\"bad\": 1}\r\n");
    body.extend_from_slice(&vec![b'x'; MAX_RECORD_BYTES + 1]);
    body.push(b'\n');
    body.extend_from_slice(&signed(&grant(1)));
    body.extend_from_slice(b"\r\n");
    body.extend_from_slice(&signed_with(&grant(2), &[9; 32]));
    body.push(b'\n');
    body.extend_from_slice(&signed(&grant(3)));
    let reply = tested.post("/v1/records", NDJSON, body).await;
    assert_eq!(reply.header("content-type"), NDJSON);
    let lines = reply.lines();
    assert_eq!(
        outcomes(&lines),
        [
            (1, "logged"),
            (3, "refused"),
            (4, "refused"),
            (5, "alreadyLogged"),
            (6, "refused"),
            (7, "logged"),
        ]
    );
    let types = lines
        .iter()
        .filter_map(|line| line["problem"]["type"].as_str());
    let expected = [
        "/problems/not-canonical",
        "/problems/too-large",
        "/problems/not-entitled",
    ];
    assert!(types.eq(expected));
    assert!(lines.iter().all(|line| line["problem"]["requestId"] != ""));
    assert_eq!(lines[5]["log"]["index"], 1);
}

#[tokio::test]
async fn an_empty_stream_has_an_empty_answer() {
    let tested = empty().await;
    for body in ["", "\n", "\n \r\n\n"] {
        let reply = tested.post("/v1/records", NDJSON, body).await;
        assert_eq!((reply.status.as_u16(), reply.body.len()), (200, 0));
    }
}

#[tokio::test]
async fn more_than_a_batch_is_answered_whole() {
    let tested = empty().await;
    let mut body = Vec::new();
    for number in 0..1_050 {
        body.extend_from_slice(&signed(&grant(number)));
        body.push(b'\n');
    }
    let lines = tested.post("/v1/records", NDJSON, body).await.lines();
    assert_eq!(lines.len(), 1_050);
    let numbered = lines.iter().zip(1u64..);
    assert!(
        numbered
            .into_iter()
            .all(|(line, number)| line["line"] == number)
    );
    assert!(lines.iter().all(|line| line["outcome"] == "logged"));
}

#[tokio::test]
async fn who_sends_line_by_line_gets_answers() {
    let tested = empty().await;
    let (sender, receiver) = mpsc::unbounded::<Result<Bytes, Infallible>>();
    let request = Request::post("/v1/records").header("content-type", NDJSON);
    let request = request.body(Body::from_stream(receiver)).unwrap();
    let response = tested.router.clone().oneshot(request).await.unwrap();
    let mut answers = response.into_body().into_data_stream();
    for number in 1..4 {
        let mut line = signed(&grant(number));
        line.push(b'\n');
        sender.unbounded_send(Ok(line.into())).unwrap();
        let answer: Value =
            serde_json::from_slice(&answers.next().await.unwrap().unwrap()).unwrap();
        assert_eq!(answer["line"], number);
        assert_eq!(answer["outcome"], "logged");
    }
    drop(sender);
    assert!(answers.next().await.is_none());
}

#[tokio::test]
async fn a_stream_that_breaks_off_keeps_what_was_acknowledged() {
    let tested = empty().await;
    let (sender, receiver) = mpsc::unbounded::<Result<Bytes, std::io::Error>>();
    let request = Request::post("/v1/records").header("content-type", NDJSON);
    let request = request.body(Body::from_stream(receiver)).unwrap();
    let response = tested.router.clone().oneshot(request).await.unwrap();
    let mut answers = response.into_body().into_data_stream();
    let mut line = signed(&grant(1));
    line.push(b'\n');
    sender.unbounded_send(Ok(line.into())).unwrap();
    assert!(answers.next().await.is_some());
    sender
        .unbounded_send(Ok(Bytes::from_static(b"{\"half")))
        .unwrap();
    let broken = std::io::Error::other("gone");
    sender.unbounded_send(Err(broken)).unwrap();
    assert!(answers.next().await.is_none());
    assert_eq!(tested.node.head().size, 1);
}

#[tokio::test]
async fn a_node_that_stops_says_so_for_every_line_left() {
    let tested = empty().await;
    tested.node.close().await;
    let mut body = signed(&grant(1));
    body.extend_from_slice(b"\n");
    body.extend_from_slice(&signed(&grant(2)));
    let lines = tested.post("/v1/records", NDJSON, body).await.lines();
    assert_eq!(outcomes(&lines), [(1, "notTaken"), (2, "notTaken")]);
    assert_eq!(lines[0]["problem"]["type"], "/problems/read-only");
}

#[tokio::test]
async fn the_number_of_lines_is_limited() {
    let tested = empty().await;
    // Blank lines count and cost nothing.
    let blank = "\n".repeat(usize::try_from(MAX_STREAM_LINES).unwrap() - 1);
    let lines = tested
        .post("/v1/records", NDJSON, format!("{blank}{{}}\n"))
        .await
        .lines();
    assert_eq!(outcomes(&lines), [(MAX_STREAM_LINES, "refused")]);
    let lines = tested
        .post("/v1/records", NDJSON, format!("{blank}{{}}\n{{}}\n"))
        .await
        .lines();
    let last = lines.last().unwrap();
    assert_eq!(last["outcome"], "notTaken");
    assert_eq!(last["line"], MAX_STREAM_LINES + 1);
    assert_eq!(last["problem"]["type"], "/problems/too-large");
}

#[tokio::test]
async fn a_line_lists_its_first_faults_only() {
    let tested = empty().await;
    let mut grant = grant(1).to_value();
    let members = grant["credentialSubject"].as_object_mut().unwrap();
    for number in 0..MAX_LINE_FAULTS + 5 {
        members.insert(format!("unknown{number:02}"), Value::Null);
    }
    let line = to_canonical(&grant).unwrap();
    let whole = tested
        .post("/v1/records", "application/vc", line.clone())
        .await;
    let whole = whole.problem("record-rules");
    assert!(whole["errors"].as_array().unwrap().len() > MAX_LINE_FAULTS);
    let lines = tested.post("/v1/records", NDJSON, line).await.lines();
    let problem = &lines[0]["problem"];
    assert_eq!(problem["errors"].as_array().unwrap().len(), MAX_LINE_FAULTS);
    assert_eq!(problem["detail"], whole["detail"]);
}

#[tokio::test]
async fn who_sends_everything_before_reading_is_held_back_and_then_answered() {
    let tested = empty().await;
    // More answers than may wait: the rest of the body is read as they are read.
    let count = 40_000_u64;
    let body = "{}\n".repeat(usize::try_from(count).unwrap());
    let lines = tested.post("/v1/records", NDJSON, body).await;
    assert!(lines.body.len() > usize::try_from(MAX_UNREAD_BYTES).unwrap());
    let lines = lines.lines();
    assert_eq!(lines.last().unwrap()["line"], count);
    assert!(
        lines
            .iter()
            .zip(1..)
            .all(|(line, number)| line["line"] == number)
    );
}

#[tokio::test]
async fn streams_of_questions_take_no_room_from_records() {
    let tested = empty().await;
    let mut held = Vec::new();
    let start = async |path: &str| {
        let (sender, receiver) = mpsc::unbounded::<Result<Bytes, Infallible>>();
        let request = Request::post(path).header("content-type", NDJSON);
        let request = request.body(Body::from_stream(receiver)).unwrap();
        let response = tested.router.clone().oneshot(request).await.unwrap();
        (response.status().as_u16(), sender, response)
    };
    for _ in 0..MAX_BATCHES {
        held.push(start("/v1/recognition/batch").await);
    }
    assert!(held.iter().all(|(status, ..)| *status == 200));
    assert_eq!(start("/v1/recognition/batch").await.0, 503);
    for _ in 0..MAX_STREAMS {
        held.push(start("/v1/records").await);
    }
    assert!(held.iter().all(|(status, ..)| *status == 200));
    assert_eq!(start("/v1/records").await.0, 503);
}
