//! What a caller can do about a failure.

use std::io;

use tantivy::TantivyError;

/// Why the index could not do what was asked. The variants are what a caller can *do*.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The files are of another version or damaged: delete the folder and follow the logs again.
    #[error("the search index must be deleted and rebuilt: {reason}")]
    Rebuild {
        /// What was found, for the operator.
        reason: String,
    },
    /// Another process writes to this index.
    #[error("the search index is in use by another process")]
    Locked,
    /// The question is beyond a named limit; `parameter` says which part of it.
    #[error("`{parameter}` is beyond its limit of {max}")]
    Limit {
        /// The part of the query.
        parameter: &'static str,
        /// The largest allowed value.
        max: usize,
    },
    /// The cursor is not one of ours, or belongs to another query.
    #[error("the cursor does not belong to this query")]
    Cursor,
    /// The disk, the memory or the engine failed; asking again later may help.
    #[error("the search index failed: {0}")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// Judges an error met while files are opened, where a missing or unreadable part of an
    /// existing index means that it must be rebuilt.
    pub(crate) fn opening(error: TantivyError) -> Error {
        match error {
            TantivyError::OpenReadError(_)
            | TantivyError::OpenWriteError(_)
            | TantivyError::DeserializeError(_)
            | TantivyError::SchemaError(_)
            | TantivyError::InternalError(_) => Error::Rebuild {
                reason: error.to_string(),
            },
            TantivyError::IoError(ref cause)
                if matches!(
                    cause.kind(),
                    io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData
                ) =>
            {
                Error::Rebuild {
                    reason: error.to_string(),
                }
            }
            other => Error::from(other),
        }
    }
}

impl From<TantivyError> for Error {
    fn from(error: TantivyError) -> Error {
        match error {
            TantivyError::DataCorruption(_) | TantivyError::IncompatibleIndex(_) => {
                Error::Rebuild {
                    reason: error.to_string(),
                }
            }
            TantivyError::LockFailure(..) => Error::Locked,
            other => Error::Failed(Box::new(other)),
        }
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Error {
        Error::Failed(Box::new(error))
    }
}
