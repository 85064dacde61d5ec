//! The newest head, noted in the node's folder beside the keys: a database that has forgotten
//! entries is not signed on, for that would be another history under the same key.
//!
//! The note is written after the commit and may lag; it never leads. A folder and its database
//! restored together from one backup are not caught here: only other nodes can know (format.md
//! 3.7), and asking them comes with federation.

use std::path::{Path, PathBuf};

use comity_store::Head;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::error::Error;

/// Name of the note in a node's folder.
const HEAD_FILE: &str = "head";

/// Checks that the database holds at least what the folder says was signed.
///
/// # Errors
/// [`Error::Setup`] if it holds less or something else, [`Error::File`].
pub(crate) fn check(dir: &Path, origin: &str, held: Option<&Head>) -> Result<(), Error> {
    let path = dir.join(HEAD_FILE);
    let noted = match std::fs::read_to_string(&path) {
        Ok(noted) => noted,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Error::file(&path, error)),
    };
    let mut lines = noted.lines();
    let (of, size, root) = (lines.next(), lines.next(), lines.next());
    let Some(size) = size.and_then(|size| size.parse::<u64>().ok()) else {
        return Err(Error::Setup(format!(
            "{} cannot be read; if the database is whole, delete that file",
            path.display()
        )));
    };
    let (held_size, held_root) = held.map_or((0, String::new()), |head| {
        (head.size, hex::encode(head.root))
    });
    let other_root = held_size == size && root.is_some_and(|root| root != held_root);
    if of == Some(origin) && (held_size < size || (other_root && size > 0)) {
        return Err(Error::Setup(format!(
            "the log {origin} was signed at {size} entries, and the database holds {held_size}: going on would \
             be a second history under the same key. Restore the database; only if nobody has ever seen this log, \
             delete {}",
            path.display()
        )));
    }
    Ok(())
}

/// Notes every head that is committed.
pub(crate) fn follow(dir: PathBuf, mut heads: watch::Receiver<Head>) -> JoinHandle<()> {
    tokio::spawn(async move {
        loop {
            let head = heads.borrow_and_update().clone();
            let noted = format!(
                "{}\n{}\n{}\n",
                head.origin,
                head.size,
                hex::encode(head.root)
            );
            let (path, draft) = (dir.join(HEAD_FILE), dir.join("head.new"));
            let written = tokio::fs::write(&draft, noted).await;
            let renamed = match written {
                Ok(()) => tokio::fs::rename(&draft, &path).await,
                Err(error) => Err(error),
            };
            if let Err(error) = renamed {
                tracing::warn!(%error, "the newest head was not noted in the folder");
            }
            if heads.changed().await.is_err() {
                break;
            }
        }
    })
}
