//! The newest head, noted in the node's folder beside the keys: a database that has forgotten
//! entries is not signed on, for that would be another history under the same key.
//!
//! The note is written after the commit and may lag; it never leads. A folder and its database
//! restored together from one backup are not caught here: only other nodes can know (format.md
//! 3.7); where there are mirrors they are asked, and what was forgotten is taken back from them.

use std::path::{Path, PathBuf};

use comity_store::Head;
use comity_tlog::Hash;
use comity_tlog::tree::EMPTY_ROOT;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::error::Error;

/// Name of the note in a node's folder.
const HEAD_FILE: &str = "head";

/// What the folder says was signed, where the database holds less or something else.
///
/// # Errors
/// [`Error::Setup`] if the note cannot be read, [`Error::File`].
pub(crate) fn check(
    dir: &Path,
    origin: &str,
    held: Option<&Head>,
) -> Result<Option<(u64, Hash)>, Error> {
    let path = dir.join(HEAD_FILE);
    let noted = match std::fs::read_to_string(&path) {
        Ok(noted) => noted,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::file(&path, error)),
    };
    let mut lines = noted.lines();
    let (of, size, root) = (lines.next(), lines.next(), lines.next());
    let mut noted_root: Hash = [0; 32];
    let root = root.is_some_and(|root| hex::decode_to_slice(root, &mut noted_root).is_ok());
    let Some(size) = size
        .and_then(|size| size.parse::<u64>().ok())
        .filter(|_| root)
    else {
        return Err(Error::Setup(format!(
            "{} cannot be read; if the database is whole, delete that file",
            path.display()
        )));
    };
    let (held_size, held_root) = held.map_or((0, EMPTY_ROOT), |head| (head.size, head.root));
    let other_root = held_size == size && noted_root != held_root;
    let forgot = held_size < size || (other_root && size > 0);
    Ok((of == Some(origin) && forgot).then_some((size, noted_root)))
}

/// The refusal to sign on a database that has forgotten, where no mirror can be asked.
pub(crate) fn refusal(dir: &Path, origin: &str, noted: u64, held: u64) -> Error {
    Error::Setup(format!(
        "the log {origin} was signed at {noted} entries, and the database holds {held}: going on would \
         be a second history under the same key. Restore the database; only if nobody has ever seen this log, \
         delete {}",
        dir.join(HEAD_FILE).display()
    ))
}

/// Notes every head that is committed, from that size on.
pub(crate) fn follow(
    dir: PathBuf,
    from_size: u64,
    mut heads: watch::Receiver<Head>,
) -> JoinHandle<()> {
    tokio::spawn(async move {
        loop {
            let head = heads.borrow_and_update().clone();
            if head.size < from_size {
                if heads.changed().await.is_err() {
                    break;
                }
                continue;
            }
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
