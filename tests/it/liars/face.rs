//! A face of a node: a server that passes everything on to the node behind it, but for what the
//! test lets it say instead. Each mirror may be shown another face.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use comity_node::remote::{Answer, Remote};

use crate::program::history::History;
use crate::program::http::block_on;

/// Most bytes of a request's body.
const MAX_BODY_BYTES: usize = 16 * 1024 * 1024;

/// What somebody asked.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) method: String,
    /// The path with its query.
    pub(super) target: String,
    pub(super) body: Vec<u8>,
    content_type: String,
}

/// What the face answers, given the way to the truth; without an answer it closes.
type Lie = Arc<dyn Fn(&Asked, Truth<'_>) -> Option<Answer> + Send + Sync>;

/// Asks the node behind the face; `None` while it is down.
pub(super) type Truth<'a> = &'a dyn Fn() -> Option<Answer>;

/// A server before one node.
pub(super) struct Face {
    pub(super) url: String,
    lie: Arc<Mutex<Lie>>,
}

impl Face {
    /// An honest face of the node at `node`. Its threads end with the test.
    pub(super) fn before(node: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let honest: Lie = Arc::new(|_, truth| truth());
        let face = Self {
            url,
            lie: Arc::new(Mutex::new(honest)),
        };
        let lie = Arc::clone(&face.lie);
        let node = Remote::new(node).unwrap();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let lie = Arc::clone(&lie);
                let node = node.clone();
                std::thread::spawn(move || answer(&stream, &node, &lie));
            }
        });
        face
    }

    /// From now on it says what `lie` gives.
    pub(super) fn says(
        &self,
        lie: impl Fn(&Asked, Truth<'_>) -> Option<Answer> + Send + Sync + 'static,
    ) {
        *self.lie.lock().unwrap() = Arc::new(lie);
    }

    /// It tells the truth again.
    pub(super) fn is_honest(&self) {
        self.says(|_, truth| truth());
    }

    /// Shows this history in the place of the node's own log.
    pub(super) fn shows(&self, history: &History) {
        let history = history.clone();
        let (_, name) = history.origin().split_once("/log/").unwrap();
        let prefix = format!("/log/{name}/");
        self.says(move |asked, truth| {
            let Some(path) = asked.target.strip_prefix(&prefix) else {
                return truth();
            };
            let shown = history.answers(path);
            Some(shown.map_or_else(
                || says(404, "text/plain", "no such thing"),
                |bytes| says(200, "application/octet-stream", bytes),
            ))
        });
    }

    /// Shows for ever what the node's own log is now: its head to the byte.
    pub(super) fn freezes(&self, history: &History, note: &[u8]) {
        let (history, note) = (history.clone(), note.to_vec());
        let (_, name) = history.origin().split_once("/log/").unwrap();
        let prefix = format!("/log/{name}/");
        self.says(
            move |asked, truth| match asked.target.strip_prefix(&prefix) {
                None => truth(),
                Some("checkpoint") => Some(says(200, "text/plain; charset=utf-8", note.clone())),
                Some(path) => history
                    .answers(path)
                    .map(|bytes| says(200, "application/octet-stream", bytes)),
            },
        );
    }
}

/// An answer with that status.
pub(super) fn says(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Answer {
    Answer {
        status,
        content_type: Some(content_type.to_owned()),
        body: body.into(),
    }
}

/// Answers one request and closes.
fn answer(stream: &TcpStream, node: &Remote, lie: &Mutex<Lie>) {
    let Some(asked) = read(stream) else { return };
    // The lock is not held while the node is asked.
    let lie = Arc::clone(&lie.lock().unwrap());
    let answer = lie(&asked, &|| pass(node, &asked));
    // A node that is down closes without a word.
    let Some(answer) = answer else { return };
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

fn pass(node: &Remote, asked: &Asked) -> Option<Answer> {
    let (target, content_type) = (&asked.target, &asked.content_type);
    let answer = if asked.method == "POST" {
        block_on(node.post(target, content_type, asked.body.clone()))
    } else {
        block_on(node.get(target))
    };
    answer.ok()
}

fn read(stream: &TcpStream) -> Option<Asked> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let (mut length, mut content_type) = (0, String::new());
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().ok()?,
            "content-type" => value.trim().clone_into(&mut content_type),
            _ => {}
        }
    }
    assert!(length <= MAX_BODY_BYTES, "{target}: a body of {length}");
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Asked {
        method,
        target,
        body,
        content_type,
    })
}
