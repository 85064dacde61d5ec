//! What can go wrong, by what a caller can do about it.

/// Why bytes, a proof or a signature of a log were refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The bytes are not of the format. Asking again will not help.
    #[error("{what} is malformed: {why}")]
    Malformed {
        /// The thing that was read.
        what: &'static str,
        /// The first rule that it breaks.
        why: &'static str,
    },
    /// The first lines of an entry are of no form this program knows. Such an
    /// entry is held and co-signed without a body.
    #[error("the entry has a form that this version does not know")]
    UnknownEntry,
    /// A named limit is exceeded.
    #[error("{what} exceeds the limit of {limit}")]
    TooLarge {
        /// The thing that was too large.
        what: &'static str,
        /// The limit, in the unit that its constant names.
        limit: u64,
    },
    /// A number lies outside of what the tree allows.
    #[error("{what} {value} is out of range (bound {bound})")]
    OutOfRange {
        /// The name of the number.
        what: &'static str,
        /// The number.
        value: u64,
        /// The bound that it breaks.
        bound: u64,
    },
    /// A Merkle proof does not prove what it was given for.
    #[error("the {what} does not hold: {why}")]
    ProofRefused {
        /// Which kind of proof.
        what: &'static str,
        /// What does not fit.
        why: &'static str,
    },
    /// A note carries no signature line of the key asked for.
    #[error("the note is not signed by {name}")]
    NotSigned {
        /// The name of the key.
        name: String,
    },
    /// A note carries a line of a known key that does not verify.
    #[error("the signature by {name} is not valid for this text")]
    BadSignature {
        /// The name of the key.
        name: String,
    },
    /// A key may not be used, or not for this.
    #[error("the key {name} is refused: {why}")]
    KeyRefused {
        /// The name of the key.
        name: String,
        /// The rule it breaks.
        why: &'static str,
    },
    /// A stored or fetched tile does not fit the tree it belongs to.
    #[error("{path} does not fit the tree: {why}")]
    Tile {
        /// The path of the tile.
        path: String,
        /// What is wrong with it.
        why: &'static str,
    },
}

impl Error {
    /// Shorthand for [`Error::Malformed`].
    pub(crate) fn malformed(what: &'static str, why: &'static str) -> Self {
        Self::Malformed { what, why }
    }
}
