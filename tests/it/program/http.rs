//! Asking a node over HTTP from a test that waits for the answer.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock};

use comity_node::error::Error;
use comity_node::remote::{Answer, Remote};
use serde_json::Value;
use tokio::runtime::Runtime;

/// Runs a future on threads that all tests of this kind share.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    let runtime = RUNTIME.get_or_init(|| Runtime::new().unwrap());
    runtime.block_on(future)
}

/// `GET` of a whole URL.
pub(crate) fn get(url: &str) -> Result<Answer, Error> {
    // Beyond the scheme, the first slash begins the path.
    let at = url
        .get(8..)
        .and_then(|rest| rest.find('/'))
        .map(|at| at + 8);
    let (base, path) = url.split_at(at.unwrap_or(url.len()));
    block_on(remote(base).get(path))
}

/// The node at `base`, with the connections that are open to it.
fn remote(base: &str) -> Remote {
    static REMOTES: Mutex<BTreeMap<String, Remote>> = Mutex::new(BTreeMap::new());
    let mut remotes = REMOTES.lock().unwrap();
    let make = || Remote::new(base).unwrap();
    remotes.entry(base.to_owned()).or_insert_with(make).clone()
}

/// `GET` of what must be there.
#[track_caller]
pub(crate) fn bytes(url: &str) -> Vec<u8> {
    let answer = get(url).unwrap();
    let said = String::from_utf8_lossy(&answer.body);
    assert!(
        answer.is_success(),
        "{url} answers {}: {said}",
        answer.status
    );
    answer.body
}

/// `GET` of what must be there, as JSON.
#[track_caller]
pub(crate) fn json(url: &str) -> Value {
    serde_json::from_slice(&bytes(url)).unwrap()
}
