use std::convert::Infallible;

use axum::body::Body;

use super::{End, Line, Lines, MAX_STREAM_LINES};

async fn read(pieces: &[&str], limit: usize) -> Vec<(u64, Option<String>)> {
    let pieces: Vec<_> = pieces
        .iter()
        .map(|piece| Ok::<_, Infallible>((*piece).to_owned()))
        .collect();
    let mut lines = Lines::new(Body::from_stream(futures::stream::iter(pieces)), limit);
    let mut found = Vec::new();
    while let Ok(Line { number, bytes }) = lines.next().await {
        found.push((number, bytes.map(|bytes| String::from_utf8(bytes).unwrap())));
    }
    assert_eq!(lines.next().await, Err(End::Done));
    found
}

fn some(number: u64, text: &str) -> (u64, Option<String>) {
    (number, Some(text.to_owned()))
}

#[tokio::test]
async fn lines_are_put_together_from_pieces() {
    let found = read(&["a", "b\nc", "\n", "\n", "d\r", "\ne"], 10).await;
    assert_eq!(
        found,
        [some(1, "ab"), some(2, "c"), some(4, "d"), some(5, "e")]
    );
}

#[tokio::test]
async fn the_limit_is_of_a_line_without_its_end() {
    assert_eq!(read(&["abc\r\n"], 3).await, [some(1, "abc")]);
    assert_eq!(read(&["abcd\nx"], 3).await, [(1, None), some(2, "x")]);
    assert_eq!(
        read(&["abcde", "fghi\nx\n"], 3).await,
        [(1, None), some(2, "x")]
    );
    assert_eq!(read(&["abcd"], 3).await, [(1, None)]);
}

#[tokio::test]
async fn a_line_too_many_ends_the_reading() {
    let most = usize::try_from(MAX_STREAM_LINES).unwrap();
    let mut lines = Lines::new(Body::from(format!("{}x\ny\n", "\n".repeat(most - 1))), 3);
    assert_eq!(
        lines.next().await.map(|line| line.number),
        Ok(MAX_STREAM_LINES)
    );
    assert_eq!(lines.next().await, Err(End::TooMany));
}
