//! Why a document is not signed as it claims.

use crate::key;

use super::MAX_PROOFS;

/// The reason why a proof does not hold. `proof` is its place, from 0.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    /// There is no member `proof`, or an empty array in it.
    #[error("the document has no proof; sign it")]
    NoProof,
    /// All proofs are of suites that are not known here.
    #[error("no proof is of the suite eddsa-jcs-2022; sign with that suite")]
    NoCountedProof,
    /// More proofs than anyone needs.
    #[error("the document has more than {MAX_PROOFS} proofs; remove those that nobody asks for")]
    TooManyProofs,
    /// A proof is not an object.
    #[error("proof {proof} is not an object; sign the document again")]
    ProofNotAnObject {
        /// Which proof.
        proof: usize,
    },
    /// A member is missing, or is not the kind of text it must be.
    #[error("proof {proof} has no proper {member}; sign the document again")]
    MemberMalformed {
        /// Which proof.
        proof: usize,
        /// Which member.
        member: &'static str,
    },
    /// A member beyond the seven that the profile knows.
    #[error("proof {proof} has a member that eddsa-jcs-2022 proofs do not have here; sign again")]
    MemberUnknown {
        /// Which proof.
        proof: usize,
    },
    /// `proofPurpose` is not `assertionMethod`.
    #[error("proof {proof} was made for another purpose than assertionMethod")]
    PurposeWrong {
        /// Which proof.
        proof: usize,
    },
    /// `created` is not an instant in whole seconds of UTC.
    #[error("proof {proof} has a created that is not YYYY-MM-DDThh:mm:ssZ; sign again")]
    CreatedMalformed {
        /// Which proof.
        proof: usize,
    },
    /// The proof's `@context` is not the document's, byte for byte.
    #[error("proof {proof} carries another @context than the document; sign again")]
    ContextDiffers {
        /// Which proof.
        proof: usize,
    },
    /// `verificationMethod` is not `<DID>#<multikey>`.
    #[error("proof {proof} names no verification method of the form DID#multikey")]
    MethodMalformed {
        /// Which proof.
        proof: usize,
    },
    /// The key of the verification method is not admissible.
    #[error("proof {proof} names a key that does not count: {reason}")]
    KeyNotAdmissible {
        /// Which proof.
        proof: usize,
        /// Which part of the rule it breaks.
        reason: key::Error,
    },
    /// `proofValue` is not `z` and base58btc of 64 bytes.
    #[error("proof {proof} has a proofValue that is no signature; sign again")]
    ProofValueMalformed {
        /// Which proof.
        proof: usize,
    },
    /// The signature is not the key's over this document.
    #[error("proof {proof} does not fit: the document was changed, or another key signed")]
    SignatureWrong {
        /// Which proof.
        proof: usize,
    },
    /// Published form: one proof stands in an array.
    #[error("a single proof stands in an array; publish it as an object")]
    ProofAloneInArray,
    /// Published form: not sorted, or one verification method twice.
    #[error("proof {proof} is not in order of verificationMethod, or repeats one; sort them")]
    ProofsOutOfOrder {
        /// Which proof.
        proof: usize,
    },
    /// Published form: a proof of another suite stands among ours.
    #[error("proof {proof} is of another suite than eddsa-jcs-2022; publish without it")]
    SuiteUnknown {
        /// Which proof.
        proof: usize,
    },
    /// Published form: the verification method names no usable `did:web`.
    #[error("proof {proof} names a signer that records may not use: {reason}")]
    DidMalformed {
        /// Which proof.
        proof: usize,
        /// What to correct.
        reason: &'static str,
    },
}

impl Invalid {
    /// The stable camelCase name of this reason.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoProof => "noProof",
            Self::NoCountedProof => "noCountedProof",
            Self::TooManyProofs => "tooManyProofs",
            Self::ProofNotAnObject { .. } => "proofNotAnObject",
            Self::MemberMalformed { .. } => "memberMalformed",
            Self::MemberUnknown { .. } => "memberUnknown",
            Self::PurposeWrong { .. } => "purposeWrong",
            Self::CreatedMalformed { .. } => "createdMalformed",
            Self::ContextDiffers { .. } => "contextDiffers",
            Self::MethodMalformed { .. } => "methodMalformed",
            Self::KeyNotAdmissible { .. } => "keyNotAdmissible",
            Self::ProofValueMalformed { .. } => "proofValueMalformed",
            Self::SignatureWrong { .. } => "signatureWrong",
            Self::ProofAloneInArray => "proofAloneInArray",
            Self::ProofsOutOfOrder { .. } => "proofsOutOfOrder",
            Self::SuiteUnknown { .. } => "suiteUnknown",
            Self::DidMalformed { .. } => "didMalformed",
        }
    }
}
