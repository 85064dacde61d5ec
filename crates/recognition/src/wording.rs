//! What verdicts say to people: words apart from logic, so that languages can be added.

use crate::code::Code;
use crate::verdict::Step;

/// A language in which verdicts are worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    En,
}

/// The sentence of a step.
pub fn sentence(step: &Step, _language: Language) -> String {
    step.code.as_str().to_owned()
}

/// What to ask whoever can settle a step with this code.
pub fn ask(code: Code, _language: Language) -> &'static str {
    code.as_str()
}
