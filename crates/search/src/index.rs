//! The index: files, writer and reader.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use tantivy::directory::MmapDirectory;
use tantivy::query::EnableScoring;
use tantivy::schema::{IndexRecordOption, Term, Value};
use tantivy::{
    DocAddress, DocSet, IndexReader, IndexWriter, ReloadPolicy, Searcher, TERMINATED,
    TantivyDocument,
};

use crate::alike;
use crate::code;
use crate::dictionary::knows;
use crate::document::{Document, MAX_CODE_CHARS, Status};
use crate::error::Error;
use crate::query::{Page, Query};
use crate::schema::{self, Fields, JOINED, JoinedTokenizer, VERSION};
use crate::search;
use crate::suggest::{self, MAX_SUGGESTIONS, Suggestion, SuggestionKind};
use crate::text::{Stems, clean};

/// How much of the machine the writer may use.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Memory for documents not yet written, over all threads. The engine asks for at least 15 MB
    /// a thread; less is raised to that.
    pub writer_heap_bytes: usize,
    /// Threads that write; each makes segments of its own. Merging has threads of its own.
    pub writer_threads: usize,
}

impl Default for Options {
    /// 64 MB and one thread: an index of a million records is built in minutes on a small machine.
    fn default() -> Options {
        Options {
            writer_heap_bytes: 64 * 1024 * 1024,
            writer_threads: 1,
        }
    }
}

/// The search index of one node.
///
/// Any number of threads may search while one applies. What is applied becomes visible and durable
/// together, by [`Index::commit`], with the positions up to which the logs were followed: after a
/// crash the follower goes on from [`Index::positions`] and nothing is missing or double.
pub struct Index {
    engine: tantivy::Index,
    fields: Fields,
    reader: IndexReader,
    /// Owned by whoever applies or commits.
    writing: Mutex<Writing>,
}

struct Writing {
    writer: IndexWriter,
    stems: Stems,
    /// Sources applied since the last commit (`None`: removed), which the reader cannot see yet.
    pending: HashMap<[u8; 32], Option<Vec<u8>>>,
}

/// What is committed beside the documents.
#[derive(Serialize, Deserialize)]
struct Payload {
    version: u32,
    positions: BTreeMap<String, u64>,
}

impl fmt::Debug for Index {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Index").finish_non_exhaustive()
    }
}

impl Index {
    /// Opens the index in a folder, or creates it there.
    ///
    /// # Errors
    /// [`Error::Rebuild`] for another version or damaged files: delete the folder and open again;
    /// [`Error::Locked`] if another process writes to it; [`Error::Failed`] otherwise.
    pub fn open(path: &Path) -> Result<Index, Error> {
        Index::open_with(path, Options::default())
    }

    /// [`Index::open`] with other limits for the writer.
    ///
    /// # Errors
    /// As [`Index::open`].
    pub fn open_with(path: &Path, options: Options) -> Result<Index, Error> {
        std::fs::create_dir_all(path)?;
        let directory = MmapDirectory::open(path).map_err(tantivy::TantivyError::from)?;
        let exists = tantivy::Index::exists(&directory)
            .map_err(|error| Error::opening(tantivy::TantivyError::from(error)))?;
        if !exists {
            let (schema, fields) = schema::build();
            let settings = tantivy::IndexSettings::default();
            let index = tantivy::Index::create(directory, schema, settings)?;
            return Index::start(index, fields, options, true);
        }
        let index = tantivy::Index::open(directory).map_err(Error::opening)?;
        let (schema, fields) = schema::build();
        if index.schema() != schema {
            return Err(Error::Rebuild {
                reason: "its fields are those of another version".to_owned(),
            });
        }
        payload(&index)?;
        Index::start(index, fields, options, false)
    }

    /// An index that is gone with the process.
    ///
    /// # Errors
    /// [`Error::Failed`] if threads or memory are refused.
    pub fn in_memory() -> Result<Index, Error> {
        let (schema, fields) = schema::build();
        let index = tantivy::Index::create_in_ram(schema);
        Index::start(index, fields, Options::default(), true)
    }

    fn start(
        index: tantivy::Index,
        fields: Fields,
        options: Options,
        is_new: bool,
    ) -> Result<Index, Error> {
        index
            .tokenizers()
            .register(JOINED, JoinedTokenizer::default());
        let threads = options.writer_threads.max(1);
        let heap = options
            .writer_heap_bytes
            .max(threads * MIN_THREAD_HEAP_BYTES);
        let writer = index
            .writer_with_num_threads(threads, heap)
            .map_err(Error::opening)?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(Error::opening)?;
        let opened = Index {
            engine: index,
            fields,
            reader,
            writing: Mutex::new(Writing {
                writer,
                stems: Stems::default(),
                pending: HashMap::new(),
            }),
        };
        if is_new {
            opened.commit(&BTreeMap::new())?;
        }
        Ok(opened)
    }

    /// Puts documents in, replacing those of the same digest, and takes others out. Visible after
    /// [`Index::commit`]. Where a digest stands in both, the document is kept.
    ///
    /// # Errors
    /// [`Error::Failed`] if the disk refuses; never because of what a document holds.
    pub fn apply(&self, documents: &[Document], remove: &[[u8; 32]]) -> Result<(), Error> {
        let mut writing = self.writing();
        for digest in remove {
            writing.writer.delete_term(self.key(digest));
            writing.pending.insert(*digest, None);
        }
        for document in documents {
            self.put(&mut writing, document)?;
        }
        Ok(())
    }

    /// Changes the projected status of documents and answers how many of them were found, among
    /// those committed and those only applied. The others are for the caller to apply in full.
    ///
    /// # Errors
    /// [`Error::Rebuild`] if a stored document cannot be read, [`Error::Failed`] if the disk
    /// refuses.
    pub fn set_status(&self, changes: &[([u8; 32], Status)]) -> Result<usize, Error> {
        let mut writing = self.writing();
        let searcher = self.reader.searcher();
        let mut found = 0;
        for (digest, status) in changes {
            let source = match writing.pending.get(digest) {
                Some(pending) => pending.clone(),
                None => self.stored(&searcher, digest)?,
            };
            let Some(source) = source else {
                continue;
            };
            let mut document: Document =
                serde_json::from_slice(&source).map_err(|error| Error::Rebuild {
                    reason: format!("a stored document cannot be read: {error}"),
                })?;
            found += 1;
            if (&document.status, document.status_until) != (&status.word, status.until) {
                document.status.clone_from(&status.word);
                document.status_until = status.until;
                self.put(&mut writing, &document)?;
            }
        }
        Ok(found)
    }

    /// Makes everything applied durable and visible, together with the positions up to which each
    /// log (by origin) was followed. Positions replace those of the commit before.
    ///
    /// # Errors
    /// [`Error::Failed`] if the disk refuses; nothing of the batch counts then.
    pub fn commit(&self, positions: &BTreeMap<String, u64>) -> Result<(), Error> {
        let payload = serde_json::to_string(&Payload {
            version: VERSION,
            positions: positions.clone(),
        })
        .map_err(|error| Error::Failed(Box::new(error)))?;
        let mut writing = self.writing();
        let mut prepared = writing.writer.prepare_commit()?;
        prepared.set_payload(&payload);
        prepared.commit()?;
        writing.pending.clear();
        self.reader.reload()?;
        Ok(())
    }

    /// Positions of the last commit, by origin.
    ///
    /// # Errors
    /// [`Error::Rebuild`] if they cannot be read.
    pub fn positions(&self) -> Result<BTreeMap<String, u64>, Error> {
        Ok(payload(&self.engine)?.positions)
    }

    /// Answers a query from what is committed.
    ///
    /// # Errors
    /// [`Error::Limit`] or [`Error::Cursor`] for a query that cannot be asked, [`Error::Failed`]
    /// if the disk refuses.
    pub fn search(&self, query: &Query) -> Result<Page, Error> {
        let searcher = self.reader.searcher();
        search::search(&searcher, &self.fields, &mut Stems::default(), query)
    }

    /// Completes a prefix: with the numbers that begin so, then with names and standards of the
    /// records and words for their goods, most frequent first. A limit beyond
    /// [`crate::MAX_SUGGESTIONS`] is lowered to it.
    ///
    /// # Errors
    /// [`Error::Failed`] if the disk refuses.
    pub fn suggest(&self, prefix: &str, limit: usize) -> Result<Vec<Suggestion>, Error> {
        let searcher = self.reader.searcher();
        let limit = limit.min(MAX_SUGGESTIONS);
        let others = suggest::suggest(&searcher, &self.fields, prefix, limit)?;
        // Of a long list of numbers half the room is enough, where there is something else.
        let room = (limit - others.len()).max(limit / 2);
        let mut suggestions = Vec::new();
        for (key, count) in suggest::numbers(&searcher, &self.fields, prefix, room)? {
            let printed = self.printed(&searcher, &key)?;
            suggestions.extend(printed.map(|text| Suggestion {
                text,
                kind: SuggestionKind::Number,
                count,
            }));
        }
        suggestions.extend(others);
        suggestions.truncate(limit);
        Ok(suggestions)
    }

    /// Numbers of documents that look like the one in `text` or differ from it in one digit, as
    /// they are printed; none where that number itself is known.
    ///
    /// # Errors
    /// [`Error::Failed`] if the disk refuses.
    pub fn numbers_like(&self, text: &str) -> Result<Vec<String>, Error> {
        self.known_among(text, alike::keys)
    }

    /// Those of them that are like it with all its letters in one alphabet: two looks at the index,
    /// for lists of many numbers.
    ///
    /// # Errors
    /// As [`Self::numbers_like`].
    pub fn numbers_in_one_alphabet(&self, text: &str) -> Result<Vec<String>, Error> {
        self.known_among(text, alike::in_one_alphabet)
    }

    fn known_among(&self, text: &str, like: fn(&str) -> Vec<String>) -> Result<Vec<String>, Error> {
        let searcher = self.reader.searcher();
        let typed = code::key(text);
        let mut found = Vec::new();
        if knows(&searcher, self.fields.number, &typed)? {
            return Ok(found);
        }
        for key in like(&typed) {
            if found.len() == alike::MAX_ALIKE {
                break;
            }
            if knows(&searcher, self.fields.number, &key)? {
                found.extend(self.printed(&searcher, &key)?);
            }
        }
        Ok(found)
    }

    /// The number of a key as a document prints it.
    fn printed(&self, searcher: &Searcher, key: &str) -> Result<Option<String>, Error> {
        let term = Term::from_field_text(self.fields.number, key);
        let Some(source) = self.source(searcher, term)? else {
            return Ok(None);
        };
        let document: Document =
            serde_json::from_slice(&source).map_err(|error| Error::Failed(Box::new(error)))?;
        let mut numbers = document.numbers.iter();
        let printed = numbers.find(|number| code::number_keys(number).iter().any(|one| one == key));
        Ok(printed.map(|number| clean(number, MAX_CODE_CHARS)))
    }

    /// Number of committed documents.
    pub fn count(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    fn writing(&self) -> MutexGuard<'_, Writing> {
        // A panic of another thread leaves at most an uncommitted document behind.
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn key(&self, digest: &[u8; 32]) -> Term {
        Term::from_field_bytes(self.fields.digest, digest)
    }

    fn put(&self, writing: &mut Writing, document: &Document) -> Result<(), Error> {
        let source =
            serde_json::to_vec(document).map_err(|error| Error::Failed(Box::new(error)))?;
        let flat = self.fields.document(document, &source, &mut writing.stems);
        writing.writer.delete_term(self.key(&document.digest));
        writing.writer.add_document(flat)?;
        writing.pending.insert(document.digest, Some(source));
        Ok(())
    }

    /// Source of a committed document.
    fn stored(&self, searcher: &Searcher, digest: &[u8; 32]) -> Result<Option<Vec<u8>>, Error> {
        self.source(searcher, self.key(digest))
    }

    /// Source of the first committed document that has a term.
    fn source(&self, searcher: &Searcher, term: Term) -> Result<Option<Vec<u8>>, Error> {
        let query = tantivy::query::TermQuery::new(term, IndexRecordOption::Basic);
        let weight =
            tantivy::query::Query::weight(&query, EnableScoring::disabled_from_searcher(searcher))?;
        for (segment, reader) in (0_u32..).zip(searcher.segment_readers()) {
            let mut found = weight.scorer(reader, 1.0)?;
            while found.doc() != TERMINATED {
                let document = found.doc();
                if !reader.is_deleted(document) {
                    let flat: TantivyDocument = searcher.doc(DocAddress::new(segment, document))?;
                    let source = flat.get_first(self.fields.source);
                    return Ok(source.and_then(|value| value.as_bytes().map(<[u8]>::to_vec)));
                }
                found.advance();
            }
        }
        Ok(None)
    }
}

/// Least memory the engine takes for one writing thread.
const MIN_THREAD_HEAP_BYTES: usize = 16 * 1024 * 1024;

/// Reads and checks what stands beside the documents.
fn payload(index: &tantivy::Index) -> Result<Payload, Error> {
    let metas = index.load_metas().map_err(Error::opening)?;
    // Creation commits at once, so an index without a payload was cut off while being made.
    let text = metas.payload.unwrap_or_default();
    match serde_json::from_str::<Payload>(&text) {
        Ok(payload) if payload.version == VERSION => Ok(payload),
        Ok(payload) => Err(Error::Rebuild {
            reason: format!("it has version {}, not {VERSION}", payload.version),
        }),
        Err(_) => Err(Error::Rebuild {
            reason: "its positions cannot be read".to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests;
