//! A proxy that changes one byte of what it passes on: a node that lies, or a bad line.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use super::http;

/// A proxy before one node, for `GET` only.
pub(crate) struct Proxy {
    pub(crate) url: String,
    flipped: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    /// Flips one bit in the middle of every answer whose path contains `path`, in none if it is
    /// empty. Its threads end with the test.
    pub(crate) fn before(node: &str, path: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let flipped = Arc::default();
        let (node, path, noted) = (node.to_owned(), path.to_owned(), Arc::clone(&flipped));
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                pass(&stream, &node, &path, &noted);
            }
        });
        Self { url, flipped }
    }

    /// The paths whose answers were changed.
    pub(crate) fn flipped(&self) -> Vec<String> {
        self.flipped.lock().unwrap().clone()
    }
}

/// Answers one request and closes.
fn pass(stream: &TcpStream, node: &str, path: &str, flipped: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let Some(request) = lines.next() else { return };
    let target = request.split(' ').nth(1).unwrap().to_owned();
    // The rest of the request says nothing that matters here.
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    let mut answer = http::get(&format!("{node}{target}")).unwrap();
    let middle = answer.body.len() / 2;
    if !path.is_empty()
        && target.contains(path)
        && let Some(byte) = answer.body.get_mut(middle)
    {
        *byte ^= 1;
        flipped.lock().unwrap().push(target);
    }
    let head = format!(
        "HTTP/1.1 {} -\r\ncontent-type: {}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        answer.status,
        answer.content_type.unwrap_or_default(),
        answer.body.len()
    );
    let mut out = stream;
    // Whoever asked may have gone.
    let _ = out.write_all(head.as_bytes());
    let _ = out.write_all(&answer.body);
}
