//! The newest head, noted in the node's folder beside the keys: a database that has forgotten
//! entries is not signed on, for that would be another history under the same key.
//!
//! The note is written after the commit and may lag; it never leads. A folder and its database
//! restored together from one backup tell nothing of what was signed since: only other nodes can
//! know (format.md 3.7); where there are mirrors they are asked, and what was forgotten is taken
//! back from them. But a copy of a folder is told from the folder itself, and then every mirror
//! must answer: any one of them may be the only one that holds the last that was signed.

use std::path::{Path, PathBuf};

use comity_store::Head;
use comity_tlog::Hash;
use comity_tlog::tree::EMPTY_ROOT;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::error::Error;

/// Name of the note in a node's folder.
const HEAD_FILE: &str = "head";
/// Name of the file that knows its place.
const PLACE_FILE: &str = "place";

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

/// Whether this folder is a copy, as one that came out of a backup is: a file in it says where it
/// was written on the disk, and is elsewhere. Where files have no such place, nothing is told.
pub(crate) fn is_copy(dir: &Path) -> bool {
    let path = dir.join(PLACE_FILE);
    let noted = std::fs::read_to_string(&path).ok();
    let noted = noted.and_then(|noted| noted.trim().parse::<u64>().ok());
    noted.is_some_and(|noted| place_of(&path) != Some(noted))
}

/// Notes that the folder, as it is, holds all that was signed.
///
/// # Errors
/// [`Error::File`].
pub(crate) fn settle(dir: &Path) -> Result<(), Error> {
    let path = dir.join(PLACE_FILE);
    let written = |bytes: &str| {
        // In place: it is the file that is recognised.
        std::fs::write(&path, bytes).map_err(|error| Error::file(&path, error))
    };
    if !path.exists() {
        written("")?;
    }
    match place_of(&path) {
        Some(place) => written(&format!("{place}\n")),
        None => Ok(()),
    }
}

#[cfg(unix)]
fn place_of(path: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt as _;
    Some(std::fs::metadata(path).ok()?.ino())
}

#[cfg(not(unix))]
fn place_of(_path: &Path) -> Option<u64> {
    None
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
