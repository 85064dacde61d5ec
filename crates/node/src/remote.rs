//! Asking another node: the program's `--node URL`, mirrors, audits from outside. Over HTTP, or
//! of a node in the same process.

use std::fmt;
use std::sync::{Arc, Once, OnceLock};
use std::time::Duration;

use futures::StreamExt as _;
use futures::future::BoxFuture;

use crate::error::Error;

/// Largest answer read into memory, in bytes: a page of record bodies and some room.
pub const MAX_ANSWER_BYTES: usize = 64 * 1024 * 1024;
/// Seconds without a connection after which a node counts as not reachable.
pub const CONNECT_SECONDS: u64 = 10;
/// Seconds within which an answer must be complete.
pub const ANSWER_SECONDS: u64 = 300;
/// Seconds within which an answer of a few kilobytes must be, on which others wait.
pub const SMALL_ANSWER_SECONDS: u64 = 10;

/// A node at a URL.
#[derive(Clone, Debug)]
pub struct Remote {
    base: String,
    transport: Transport,
    max_answer_bytes: usize,
    deadline: Duration,
    /// The language asked for.
    language: Option<&'static str>,
}

/// A request to a node in the same process.
#[derive(Clone, Debug)]
pub struct Request {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Path and query, beginning with `/`.
    pub path: String,
    /// `Content-Type` of the body, where there is one.
    pub content_type: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// Answers requests in the place of a network.
pub type Handler = Arc<dyn Fn(Request) -> BoxFuture<'static, Result<Answer, Error>> + Send + Sync>;

/// Makes the way to a node from its URL; a world in one process gives its own.
pub type Connect = Arc<dyn Fn(&str) -> Result<Remote, Error> + Send + Sync>;

/// A [`Connect`] that can be shown.
#[derive(Clone)]
pub(crate) struct Connecting(pub(crate) Connect);

impl fmt::Debug for Connecting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connect")
    }
}

impl std::ops::Deref for Connecting {
    type Target = Connect;

    fn deref(&self) -> &Connect {
        &self.0
    }
}

/// The way over HTTP to whatever URL; connections are kept and used again. No redirection is
/// followed: it would send what is asked of a peer to wherever that peer likes.
pub fn over_http() -> Connect {
    let shared = OnceLock::new();
    Arc::new(move |base| {
        let base = checked(base)?;
        let held = if let Some(held) = shared.get() {
            held
        } else {
            let made = client(reqwest::redirect::Policy::none())?;
            shared.get_or_init(|| made)
        };
        Ok(Remote::over(base, held.clone()))
    })
}

fn checked(base: &str) -> Result<String, Error> {
    let base = base.trim_end_matches('/').to_owned();
    if base.starts_with("http://") || base.starts_with("https://") {
        return Ok(base);
    }
    Err(Error::Remote(format!(
        "{base:?} is no node's address; expected http:// or https:// and a host"
    )))
}

fn client(redirects: reqwest::redirect::Policy) -> Result<reqwest::Client, Error> {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // A provider that somebody installed before is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    reqwest::Client::builder()
        .user_agent(concat!("comity/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(Duration::from_secs(CONNECT_SECONDS))
        .redirect(redirects)
        .build()
        .map_err(|error| Error::Remote(format!("no HTTP client: {error}")))
}

#[derive(Clone)]
enum Transport {
    Http(reqwest::Client),
    InProcess(Handler),
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Http(_) => "Http",
            Self::InProcess(_) => "InProcess",
        })
    }
}

/// An answer with its status, whatever that is.
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status code.
    pub status: u16,
    /// `Content-Type`, if any.
    pub content_type: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// Whether the status is 2xx.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// [`Error::Remote`] if it is none.
    pub fn json(&self) -> Result<serde_json::Value, Error> {
        serde_json::from_slice(&self.body)
            .map_err(|error| Error::Remote(format!("the node's answer is no JSON: {error}")))
    }
}

impl Remote {
    /// The node at `base`, such as `https://nqi.example.se` or `http://127.0.0.1:8080`.
    ///
    /// # Errors
    /// [`Error::Remote`] if the URL is none of HTTP.
    pub fn new(base: &str) -> Result<Self, Error> {
        let client = client(reqwest::redirect::Policy::default())?;
        Ok(Self::over(checked(base)?, client))
    }

    fn over(base: String, client: reqwest::Client) -> Self {
        Self {
            base,
            transport: Transport::Http(client),
            max_answer_bytes: MAX_ANSWER_BYTES,
            deadline: Duration::from_secs(ANSWER_SECONDS),
            language: None,
        }
    }

    /// A node in the same process, known to others as `base`.
    pub fn in_process(base: &str, handler: Handler) -> Self {
        Self {
            base: base.trim_end_matches('/').to_owned(),
            transport: Transport::InProcess(handler),
            max_answer_bytes: MAX_ANSWER_BYTES,
            deadline: Duration::from_secs(ANSWER_SECONDS),
            language: None,
        }
    }

    /// The same node, of which no answer larger than `bytes` is read.
    #[must_use]
    pub fn limited(&self, bytes: usize) -> Self {
        Self {
            max_answer_bytes: bytes,
            ..self.clone()
        }
    }

    /// The same node, asked for something of at most so many bytes that is soon answered.
    #[must_use]
    pub fn small(&self, bytes: usize) -> Self {
        Self {
            deadline: Duration::from_secs(SMALL_ANSWER_SECONDS),
            ..self.limited(bytes)
        }
    }

    /// The same node, asked over HTTP to word its sentences in the language of that tag (BCP 47).
    #[must_use]
    pub fn in_language(&self, tag: &'static str) -> Self {
        Self {
            language: Some(tag),
            ..self.clone()
        }
    }

    /// The node's address.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// `GET path`, where `path` begins with `/`.
    ///
    /// # Errors
    /// [`Error::Remote`] if the node cannot be reached or answers too much.
    pub async fn get(&self, path: &str) -> Result<Answer, Error> {
        self.in_time(async {
            match &self.transport {
                Transport::Http(client) => {
                    self.send(client.get(format!("{}{path}", self.base))).await
                }
                Transport::InProcess(handler) => {
                    let request = Request {
                        method: "GET",
                        path: path.to_owned(),
                        content_type: None,
                        body: Vec::new(),
                    };
                    self.within_limit(handler(request).await?)
                }
            }
        })
        .await
    }

    async fn in_time(
        &self,
        asking: impl Future<Output = Result<Answer, Error>>,
    ) -> Result<Answer, Error> {
        let answered = tokio::time::timeout(self.deadline, asking).await;
        answered.unwrap_or_else(|_| {
            let seconds = self.deadline.as_secs();
            let base = &self.base;
            Err(Error::Remote(format!(
                "{base} has not answered within {seconds} seconds"
            )))
        })
    }

    /// `GET path` with query parameters, percent-encoded here.
    ///
    /// # Errors
    /// As [`Remote::get`].
    pub async fn get_with(&self, path: &str, query: &[(&str, &str)]) -> Result<Answer, Error> {
        let mut target = path.to_owned();
        for (index, (name, value)) in query.iter().enumerate() {
            target.push(if index == 0 { '?' } else { '&' });
            target.push_str(&percent_encoded(name));
            target.push('=');
            target.push_str(&percent_encoded(value));
        }
        self.get(&target).await
    }

    /// `POST path` with a body of that media type.
    ///
    /// # Errors
    /// As [`Remote::get`].
    pub async fn post(
        &self,
        path: &str,
        content_type: &str,
        body: Vec<u8>,
    ) -> Result<Answer, Error> {
        self.in_time(async {
            match &self.transport {
                Transport::Http(client) => {
                    let request = client
                        .post(format!("{}{path}", self.base))
                        .header("content-type", content_type)
                        .body(body);
                    self.send(request).await
                }
                Transport::InProcess(handler) => {
                    let request = Request {
                        method: "POST",
                        path: path.to_owned(),
                        content_type: Some(content_type.to_owned()),
                        body,
                    };
                    self.within_limit(handler(request).await?)
                }
            }
        })
        .await
    }

    fn within_limit(&self, answer: Answer) -> Result<Answer, Error> {
        if answer.body.len() > self.max_answer_bytes {
            return Err(self.too_much());
        }
        Ok(answer)
    }

    fn too_much(&self) -> Error {
        Error::Remote(format!(
            "{} answers more than {} bytes",
            self.base, self.max_answer_bytes
        ))
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Result<Answer, Error> {
        let unreachable = |error: reqwest::Error| {
            let mut why = error.to_string();
            let mut cause = std::error::Error::source(&error);
            while let Some(deeper) = cause {
                why = format!("{why}: {deeper}");
                cause = deeper.source();
            }
            Error::Remote(format!("{} does not answer: {why}", self.base))
        };
        let request = match self.language {
            Some(tag) => request.header("accept-language", tag),
            None => request,
        };
        let response = request.send().await.map_err(unreachable)?;
        let status = response.status().as_u16();
        let content_type = response
            .headers()
            .get("content-type")
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned);
        let mut body = Vec::new();
        let mut chunks = response.bytes_stream();
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(unreachable)?;
            if body.len() + chunk.len() > self.max_answer_bytes {
                return Err(self.too_much());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer {
            status,
            content_type,
            body,
        })
    }
}

/// `text` with everything but unreserved characters (RFC 3986, 2.3) percent-encoded.
pub fn percent_encoded(text: &str) -> String {
    use std::fmt::Write as _;
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use futures::future::BoxFuture;

    use super::{Remote, Request};

    /// A peer that trickles keeps nobody waiting for long.
    #[tokio::test]
    async fn a_question_is_given_up_in_time() {
        let never = |_: Request| -> BoxFuture<'static, _> { Box::pin(std::future::pending()) };
        let remote = Remote::in_process("http://slow.example", Arc::new(never));
        let hasty = Remote {
            deadline: Duration::from_millis(20),
            ..remote
        };
        let error = hasty.get("/log/2026/checkpoint").await.unwrap_err();
        let expected = "http://slow.example has not answered within 0 seconds";
        assert!(error.to_string().contains(expected), "{error}");
        assert!(
            hasty.small(100).deadline
                < Remote::in_process("http://a.example", Arc::new(never)).deadline
        );
    }
}
