//! The folder: which files are whole and not done, and what is put beside them.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::Result;
use comity_signature::digest::{sha256, to_hex};
use serde_json::Value;

use crate::commitments::list::{MAX_REPORT_BYTES, Row, rows};
use crate::exit::Failure;
use crate::input::{read_whole, unreadable};

/// What the program keeps in the folder: salts, signed records.
const STATE: &str = ".comity";
/// Says of files what their names do not.
const INDEX: &str = "index.csv";
/// Largest such list.
const MAX_INDEX_BYTES: u64 = 16 * 1024 * 1024;
/// What is put beside a file.
const RECEIPT: &str = ".receipt.json";
const OPENING: &str = ".opening.json";
const ERROR: &str = ".error.txt";
/// Who may read what is put there: what opens a report its owner alone, the rest whoever may be
/// the laboratory's system, as the umask has it.
const PRIVATE: u32 = 0o600;
const READABLE: u32 = 0o644;
/// How the names of files end that somebody else is still writing.
const UNFINISHED: [&str; 5] = [".part", ".tmp", ".crdownload", ".swp", "~"];
/// Most files of one look; the next one takes the others.
const MAX_LOOK_FILES: usize = 10_000;

/// Longest name of a file: what is put beside it has a longer one, and on the usual disks a name
/// has at most 255 bytes.
const MAX_FILE_NAME_BYTES: usize = 255 - RECEIPT.len() - NEW.len();
/// How the name of a file ends that is not whole yet.
const NEW: &str = ".new";

/// What is said of a file that is another one than when it was taken.
pub(super) const CHANGED: &str = "it was changed after it was taken; what was taken stands. Give \
    the new one a name, and a number or id, of its own";

/// What is said of a file whose name the number of a report cannot be read from.
const NOT_UTF8: &str = "its name is not UTF-8; give it another one";

/// Size and time of each file, by name.
type Files = BTreeMap<String, (u64, SystemTime)>;

/// A folder that is emptied.
#[derive(Debug)]
pub(super) struct Folder {
    dir: PathBuf,
    /// Size and time of each file at the last look.
    seen: HashMap<String, (u64, SystemTime)>,
    /// Files of which it was said that their names are too long: nothing can be put beside them.
    told: HashSet<String>,
}

/// What a look found.
#[derive(Debug, Default)]
pub(super) struct Look {
    /// Files to take, by name.
    pub(super) ready: Vec<Ready>,
    /// How many are still being written.
    pub(super) changing: usize,
    /// Files that cannot be taken as they are, and why.
    pub(super) faults: Vec<(String, String)>,
    /// How many have an error beside them from earlier.
    pub(super) left: usize,
    /// Files that `index.csv` names and that are not there.
    pub(super) absent: Vec<String>,
}

/// A file to take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ready {
    /// Its name in the folder.
    pub(super) name: String,
    /// What the index says of it.
    pub(super) row: Option<Row>,
}

impl Ready {
    /// Whether it is a record to publish rather than a report to commit to.
    pub(super) fn is_record(&self) -> bool {
        self.row.is_none() && ends_with(&self.name, ".json")
    }
}

impl Folder {
    /// Opens a folder that is there.
    pub(super) fn open(dir: &Path) -> Result<Self> {
        if !dir.is_dir() {
            let what = format!("{} is no folder", dir.display());
            return Err(Failure::unreadable(what)
                .help("make it, or name another one")
                .into());
        }
        let folder = Self {
            dir: dir.to_owned(),
            seen: HashMap::new(),
            told: HashSet::new(),
        };
        for path in [dir.join(STATE), dir.join(STATE).join("signed")] {
            make_private(&path).map_err(|error| unwritable(&path, &error))?;
        }
        Ok(folder)
    }

    /// The file with the salts.
    pub(super) fn openings(&self) -> String {
        let path = self.dir.join(STATE).join("openings.ndjson");
        path.to_string_lossy().into_owned()
    }

    /// Where a record is kept as it was signed.
    pub(super) fn signed(&self, name: &str) -> PathBuf {
        self.dir.join(STATE).join("signed").join(name)
    }

    /// A file of the folder.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// Looks what is there. A file is ready when it is as it was at the last look, or at once.
    pub(super) fn look(&mut self, at_once: bool) -> Result<Look> {
        let mut look = Look::default();
        let (files, unnamed) = self.files()?;
        for name in unnamed {
            if is_too_long(&name) {
                self.say_too_long(&name, &mut look);
            } else if self.written(&format!("{name}{ERROR}")).is_some() {
                look.left += 1;
            } else {
                look.faults.push((name, NOT_UTF8.to_owned()));
            }
        }
        let index = self.index(&files);
        let mut seen = HashMap::new();
        let broken = index.is_err();
        let index = match index {
            Ok(index) => {
                self.forget_error(INDEX)?;
                let absent = index.keys().filter(|name| !files.contains_key(*name));
                look.absent = absent.cloned().collect();
                look.absent.sort();
                index
            }
            Err(why) => {
                look.faults.push((INDEX.to_owned(), why));
                HashMap::new()
            }
        };
        for (name, (size, written)) in &files {
            // Without a list that can be read nobody knows what is a report, and its number.
            if broken || !is_input(name) || look.ready.len() >= MAX_LOOK_FILES {
                continue;
            }
            if is_too_long(name) {
                self.say_too_long(name, &mut look);
                continue;
            }
            if self.is_left(name, *written) {
                look.left += 1;
                continue;
            }
            let ready = Ready {
                name: name.clone(),
                row: index.get(name).cloned(),
            };
            match self.is_done(name, *written) {
                Ok(true) => continue,
                Ok(false) => {}
                Err(why) => {
                    look.faults.push((name.clone(), why));
                    continue;
                }
            }
            let state = (*size, *written);
            if at_once || self.seen.get(name) == Some(&state) {
                look.ready.push(ready);
            } else {
                look.changing += 1;
            }
            seen.insert(name.clone(), state);
        }
        // What has an error already is not said at every look.
        let mut left = 0;
        look.faults.retain(|(name, _)| {
            let written = files.get(name).map(|(_, written)| *written);
            let known = written.is_some_and(|written| self.is_left(name, written));
            left += usize::from(known);
            !known
        });
        look.left += left;
        self.seen = seen;
        Ok(look)
    }

    /// A file beside which nothing can be put is a fault at the first look, and left after it.
    fn say_too_long(&mut self, name: &str, look: &mut Look) {
        if self.told.insert(name.to_owned()) {
            let why = format!(
                "its name has more than {MAX_FILE_NAME_BYTES} bytes, and no receipt can be put beside it; rename it"
            );
            look.faults.push((name.to_owned(), why));
        } else {
            look.left += 1;
        }
    }

    /// Every plain file with its size and the time it was last written, in the order of names; and
    /// those whose names are no text, as far as they can be read.
    fn files(&self) -> Result<(Files, Vec<String>)> {
        let dir = self.dir.to_string_lossy();
        let mut files = BTreeMap::new();
        let mut unnamed = Vec::new();
        for entry in fs::read_dir(&self.dir).map_err(|error| unreadable(&dir, &error))? {
            let entry = entry.map_err(|error| unreadable(&dir, &error))?;
            // A file that is gone meanwhile is nobody's.
            let Ok(metadata) = entry.metadata() else {
                continue;
            };
            let name = match entry.file_name().into_string() {
                Ok(name) => name,
                Err(name) => {
                    if metadata.is_file() {
                        unnamed.push(name.to_string_lossy().into_owned());
                    }
                    continue;
                }
            };
            let written = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            if metadata.is_file() {
                files.insert(name, (metadata.len(), written));
            }
        }
        Ok((files, unnamed))
    }

    /// Whether the file has an error beside it and was not written since.
    fn is_left(&self, name: &str, written: SystemTime) -> bool {
        self.written(&format!("{name}{ERROR}"))
            .is_some_and(|error| error >= written)
    }

    /// Whether the file has its receipt.
    fn is_done(&self, name: &str, written: SystemTime) -> Result<bool, String> {
        let receipt = format!("{name}{RECEIPT}");
        let Some(done) = self.written(&receipt) else {
            return Ok(false);
        };
        if done >= written {
            return Ok(true);
        }
        let receipt = fs::read(self.path(&receipt)).unwrap_or_default();
        let receipt: Value = serde_json::from_slice(&receipt).unwrap_or(Value::Null);
        let digest = self.digest(name).map_err(|error| error.to_string())?;
        if receipt.get("file").and_then(Value::as_str) == Some(&digest) {
            return Ok(true);
        }
        Err(CHANGED.to_owned())
    }

    fn written(&self, name: &str) -> Option<SystemTime> {
        let metadata = fs::symlink_metadata(self.path(name)).ok()?;
        metadata.modified().ok()
    }

    /// SHA-256 of a file, in hex.
    pub(super) fn digest(&self, name: &str) -> Result<String> {
        let path = self.path(name);
        let bytes = read_whole(&path.to_string_lossy(), MAX_REPORT_BYTES)?;
        Ok(to_hex(&sha256(&bytes)))
    }

    /// What `index.csv` says, by file.
    fn index(&self, files: &Files) -> Result<HashMap<String, Row>, String> {
        if !files.contains_key(INDEX) {
            return Ok(HashMap::new());
        }
        let path = self.path(INDEX);
        let bytes = read_whole(&path.to_string_lossy(), MAX_INDEX_BYTES)
            .map_err(|error| error.to_string())?;
        let mut index = HashMap::new();
        for (line, row) in rows(INDEX, &bytes).map_err(|error| error.to_string())? {
            let row = row.map_err(|why| format!("line {line}: {why}"))?;
            let file = row.file.clone().filter(|file| !file.is_empty());
            let file = file.ok_or_else(|| format!("line {line} names no file"))?;
            if index.insert(file.clone(), row).is_some() {
                return Err(format!("line {line}: {file} stands twice"));
            }
        }
        Ok(index)
    }

    /// Keeps a record as it was signed.
    pub(super) fn keep_signed(&self, name: &str, text: &str) -> Result<()> {
        self.put(&self.signed(name), text, PRIVATE)
    }

    /// Puts the opening of a report beside it.
    pub(super) fn open_beside(&self, name: &str, text: &str) -> Result<()> {
        self.put(&self.path(&format!("{name}{OPENING}")), text, PRIVATE)
    }

    /// Puts the receipt beside a file, which is done then.
    pub(super) fn finish(&self, name: &str, receipt: &Value) -> Result<()> {
        self.forget_error(name)?;
        let path = self.path(&format!("{name}{RECEIPT}"));
        self.put(&path, &format!("{receipt}\n"), READABLE)
    }

    fn forget_error(&self, name: &str) -> Result<()> {
        let error = self.path(&format!("{name}{ERROR}"));
        match fs::remove_file(&error) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                Err(unwritable(&error, &cause).into())
            }
            _ => Ok(()),
        }
    }

    /// Puts the reason beside a file that cannot be taken.
    pub(super) fn fail(&self, name: &str, why: &str) -> Result<()> {
        if is_too_long(name) {
            return Ok(());
        }
        let path = self.path(&format!("{name}{ERROR}"));
        self.put(&path, &format!("{why}\n"), READABLE)
    }

    /// Writes a file whole or not at all, with that mode.
    fn put(&self, path: &Path, text: &str, mode: u32) -> Result<()> {
        let name = path.file_name().map(|name| name.to_string_lossy());
        let name = name.unwrap_or_default();
        let new = self.dir.join(STATE).join(format!("{name}{NEW}"));
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(mode);
        }
        #[cfg(not(unix))]
        let _ = mode;
        let written = options.open(&new).and_then(|mut file: File| {
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            fs::rename(&new, path)
        });
        written.map_err(|error| unwritable(path, &error))?;
        Ok(())
    }
}

/// Whether a file of that name is meant to be taken.
fn is_input(name: &str) -> bool {
    let ours = [RECEIPT, OPENING, ERROR]
        .iter()
        .any(|end| name.ends_with(end));
    let unfinished = UNFINISHED.iter().any(|end| ends_with(name, end));
    !(name.starts_with('.') || name == INDEX || ours || unfinished)
}

fn is_too_long(name: &str) -> bool {
    name.len() > MAX_FILE_NAME_BYTES
}

fn ends_with(name: &str, end: &str) -> bool {
    name.to_ascii_lowercase().ends_with(end)
}

fn make_private(path: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path)
}

fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::unreadable(format!("{} cannot be written: {error}", path.display()))
        .help("make room, or let this user write there")
}
