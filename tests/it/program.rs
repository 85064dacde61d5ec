//! The program as people use it: folders, command lines, a node that serves, and what was said.
//!
//! A test reads `lab.does("comity sign draft.json --key lab.pem > signed.json").exits(0)`. Lines
//! go to a shell, so that they can be copied from the documents word for word.

pub(crate) mod database;
pub(crate) mod federation;
pub(crate) mod history;
pub(crate) mod http;
pub(crate) mod proxy;

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;

/// Longest time for which a condition is waited for: much longer than anything takes.
const DEADLINE: Duration = Duration::from_mins(4);

/// Waits until `holds`, looking every few milliseconds.
pub(crate) fn wait_until(what: &str, holds: impl FnMut() -> bool) {
    wait_until_or(holds, || what.to_owned());
}

/// Waits until `holds`; says at the end what was waited for, as it is then.
pub(crate) fn wait_until_or(mut holds: impl FnMut() -> bool, what: impl Fn() -> String) {
    let begun = Instant::now();
    while !holds() {
        assert!(
            begun.elapsed() < DEADLINE,
            "in vain was waited until {}",
            what()
        );
        std::thread::sleep(Duration::from_millis(4));
    }
}

/// A port that nobody listens on now. Ports below those that the system gives away by itself.
pub(crate) fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = 10_000 + u16::try_from(std::process::id() % 9_000).unwrap();
    loop {
        let port = first + NEXT.fetch_add(1, Ordering::Relaxed);
        if std::net::TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

/// Somebody at a folder of their own.
pub(crate) struct Person {
    folder: tempfile::TempDir,
    /// `COMITY_NODE` of their shell.
    node: Option<String>,
}

impl Person {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            node: None,
        }
    }

    /// Asks the node at `url` from now on.
    pub(crate) fn asks(mut self, url: &str) -> Self {
        self.node = Some(url.to_owned());
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn reads(&self, name: &str) -> Vec<u8> {
        let path = self.path(name);
        std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    pub(crate) fn reads_json(&self, name: &str) -> Value {
        serde_json::from_slice(&self.reads(name)).unwrap()
    }

    pub(crate) fn writes(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    /// Changes a JSON file as with an editor: the value at each pointer, `null` removes it.
    pub(crate) fn edits(&self, name: &str, changes: &[(&str, Value)]) {
        let mut document = self.reads_json(name);
        for (pointer, value) in changes {
            change(&mut document, pointer, value.clone());
        }
        self.writes(name, serde_json::to_vec_pretty(&document).unwrap());
    }

    /// Sends a file to somebody, under the same name.
    pub(crate) fn sends(&self, name: &str, to: &Self) {
        to.writes(name, self.reads(name));
    }

    /// Runs a line of a shell in the folder.
    pub(crate) fn does(&self, line: &str) -> Said {
        let output = self.shell(line).output().unwrap();
        Said {
            line: line.to_owned(),
            code: output.status.code(),
            out: output.stdout,
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Begins a line of a shell that is not waited for; its process takes the place of the shell.
    pub(crate) fn begins(&self, line: &str) -> Child {
        self.shell(&format!("exec {line}"))
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap()
    }

    fn shell(&self, line: &str) -> Command {
        let program = Path::new(env!("CARGO_BIN_EXE_comity")).parent().unwrap();
        let mut path = vec![program.to_owned()];
        path.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap()));
        let mut command = Command::new("sh");
        command
            .args(["-c", line])
            .current_dir(self.folder.path())
            .env("PATH", std::env::join_paths(path).unwrap())
            .env_remove("COMITY_NODE")
            .env("COMITY_LANG", "en")
            .env_remove("RUST_LOG")
            .stdin(Stdio::null());
        if let Some(node) = &self.node {
            command.env("COMITY_NODE", node);
        }
        command
    }
}

/// Puts `value` at a JSON pointer whose parent is there; `null` removes.
fn change(document: &mut Value, pointer: &str, value: Value) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = document
        .pointer_mut(parent)
        .unwrap_or_else(|| panic!("the draft has no {parent}"));
    match parent {
        Value::Object(members) if value.is_null() => {
            members.remove(name);
        }
        Value::Object(members) => {
            members.insert(name.to_owned(), value);
        }
        Value::Array(items) => items[name.parse::<usize>().unwrap()] = value,
        _ => panic!("{pointer} lies in no object"),
    }
}

/// What a command said, and how it ended.
pub(crate) struct Said {
    line: String,
    code: Option<i32>,
    pub(crate) out: Vec<u8>,
    pub(crate) err: String,
}

impl Said {
    /// Whether it ended with code 0.
    pub(crate) fn is_done(&self) -> bool {
        self.code == Some(0)
    }

    /// It must have ended with this code.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}", self.in_full());
        self
    }

    /// It must have said this on stdout.
    #[track_caller]
    pub(crate) fn says(self, words: &str) -> Self {
        assert!(
            self.text().contains(words),
            "no {words:?} in {}",
            self.in_full()
        );
        self
    }

    /// It must have said this on stderr.
    #[track_caller]
    pub(crate) fn warns(self, words: &str) -> Self {
        assert!(
            self.err.contains(words),
            "no {words:?} in {}",
            self.in_full()
        );
        self
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.out).into_owned()
    }

    /// Stdout as one JSON document.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.out)
            .unwrap_or_else(|error| panic!("{error} in {}", self.in_full()))
    }

    /// Stdout as one JSON document a line.
    #[track_caller]
    pub(crate) fn lines(&self) -> Vec<Value> {
        let text = self.text();
        let lines = text.lines().map(|line| {
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
        });
        lines.collect()
    }

    /// For a failing test to show.
    pub(crate) fn in_full(&self) -> String {
        let (line, code) = (&self.line, self.code);
        format!(
            "`{line}` ended with {code:?}\n{}\n{}",
            self.text(),
            self.err
        )
    }
}

/// A node that serves; killed when this goes.
pub(crate) struct Serving {
    child: Child,
    pub(crate) url: String,
    errors: Arc<Mutex<String>>,
}

impl Serving {
    /// Runs a line of a shell that begins with `comity node serve`, and waits until the node at
    /// that port is ready.
    pub(crate) fn begin(person: &Person, line: &str, port: u16) -> Self {
        let mut serving = Self::launch(person, line, port);
        serving.is_ready();
        serving
    }

    /// Runs such a line, and waits for nothing.
    pub(crate) fn launch(person: &Person, line: &str, port: u16) -> Self {
        let mut child = person.begins(line);
        let errors = Arc::new(Mutex::new(String::new()));
        let kept = Arc::clone(&errors);
        let stderr = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                let mut kept = kept.lock().unwrap();
                kept.push_str(&line);
                kept.push('\n');
            }
        });
        Self {
            child,
            url: format!("http://127.0.0.1:{port}"),
            errors,
        }
    }

    /// Waits until it does all of its work.
    pub(crate) fn is_ready(&mut self) {
        self.answers("/health/ready");
    }

    /// Waits until it answers at all; it may be read-only.
    pub(crate) fn is_live(&mut self) {
        self.answers("/health/live");
    }

    fn answers(&mut self, path: &str) {
        let url = format!("{}{path}", self.url);
        wait_until(&format!("{url} answers"), || {
            let ended = self.child.try_wait().unwrap();
            assert!(ended.is_none(), "{url} ended: {}", self.diagnostics());
            http::get(&url).is_ok_and(|answer| answer.is_success())
        });
    }

    /// What it wrote to stderr so far.
    pub(crate) fn diagnostics(&self) -> String {
        self.errors.lock().unwrap().clone()
    }

    /// Sends SIGTERM; the process goes on until it has ended by itself.
    pub(crate) fn terminate(&self) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &id]).status().unwrap();
        assert!(sent.success());
    }

    /// Waits for the end, which must be one with exit code 0.
    pub(crate) fn ends_well(mut self) {
        let mut ended = None;
        wait_until("the node has stopped", || {
            ended = self.child.try_wait().unwrap();
            ended.is_some()
        });
        let code = ended.unwrap().code();
        assert_eq!(code, Some(0), "{}", self.diagnostics());
    }

    /// Stops it as an operator does.
    pub(crate) fn stop(self) {
        self.terminate();
        self.ends_well();
    }

    /// Ends the process between two of its instructions (SIGKILL).
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            eprintln!("the node at {} said:\n{}", self.url, self.diagnostics());
        }
    }
}
