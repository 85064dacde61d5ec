//! `Notice`: warnings, requests for confirmation and their replies. Shown wherever they touch;
//! they never decide a verdict.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Day;
use crate::party::{NamedParty, PartyReference};
use crate::reference::RecordReference;
use crate::text::LangString;

/// Most things that one notice is about.
pub const MAX_NOTICE_SUBJECTS: usize = 100;

/// The subject of a `Notice` record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    /// What sort of notice.
    pub sort: NoticeSort,
    /// What it is about.
    pub about: Vec<NoticeSubject>,
    /// In words.
    pub text: LangString,
    /// Who is asked, with `confirmationRequest`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addressee: Option<PartyReference>,
    /// The last day for an answer, with `confirmationRequest`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_by: Option<Day>,
    /// The notice answered, with `confirmationReply` and `response`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_reply_to: Option<RecordReference>,
    /// The answer, with `confirmationReply`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<ConfirmationAnswer>,
    /// On which terms the content may be used, where it is restricted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<String>,
    /// The law it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<String>,
}

/// Sort of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum NoticeSort {
    /// A mark, a name or a certificate is misused.
    Misuse,
    /// A certificate of this number or form is forged.
    ForgedCertificate,
    /// Another authority or body is asked to confirm something.
    ConfirmationRequest,
    /// The answer to such a request.
    ConfirmationReply,
    /// What a holder or a body named in a notice says to it.
    Response,
}

/// What a notice is about: a record, a number that an issuer is said to have given, or a party.
/// Exactly one of the three.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct NoticeSubject {
    /// A record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordReference>,
    /// A number, whether or not a record has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<PrintedNumber>,
    /// A party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<NamedParty>,
}

/// A number as it stands on a paper, and who is said to have given it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct PrintedNumber {
    /// Number as printed.
    pub number: String,
    /// Who is said to have given it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<NamedParty>,
}

/// An answer to a request for confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ConfirmationAnswer {
    /// It is as stated.
    Confirmed,
    /// It is not as stated.
    NotConfirmed,
    /// It cannot be said.
    CannotSay,
}
