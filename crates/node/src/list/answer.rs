//! The answer beside each row, and what changed since an earlier one.

use std::collections::BTreeMap;

use comity_model::notice::NoticeSort;
use comity_model::text::projected;
use comity_recognition::verdict::VerdictResult;
use comity_recognition::wording::{self, Language};

use super::ask::{Defaults, RowFault};
use super::read::{List, Row};
use crate::csv::{guarded, quoted};

/// The columns that are added to a list.
pub const ANSWER_COLUMNS: [&str; 8] = [
    "comity_result",
    "comity_reason",
    "comity_code",
    "comity_in",
    "comity_on",
    "comity_as_of",
    "comity_reference",
    "comity_warning",
];

/// Result of a row that could not be asked about.
const NOT_ASKED: &str = "notAsked";
/// Result of a row that the node could not answer.
const FAILED: &str = "failed";
/// Warning of a row whose number only looks like one that is warned of.
const LOOKS_LIKE: &str = "looksLike";

/// The answer to a row, in words of one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowAnswer {
    /// A verdict in one word (format.md 4.2), `notAsked` or `failed`.
    pub result: String,
    /// Why, in a sentence.
    pub reason: String,
    /// Why, from the closed list.
    pub code: String,
    /// Where it is to count.
    pub in_economy: String,
    /// The legal day.
    pub on: String,
    /// As known at.
    pub as_of: String,
    /// Twenty letters that name the answer.
    pub reference: String,
    /// The sort of a warning in force about the number, `looksLike` where it only looks like a number
    /// that is warned of; else empty.
    pub warning: String,
}

impl RowAnswer {
    /// The answer to a row that asks nothing, with the reason in the reader's language.
    pub fn not_asked(fault: &RowFault, reason: String) -> Self {
        Self {
            result: NOT_ASKED.to_owned(),
            reason,
            code: fault.word().to_owned(),
            ..Self::default()
        }
    }

    /// The answer to a row that the node could not answer.
    pub fn failed(code: &str, reason: String) -> Self {
        Self {
            result: FAILED.to_owned(),
            reason,
            code: code.to_owned(),
            ..Self::default()
        }
    }

    /// The answer with what is told beside it: a warning first, then what the number looks like, both
    /// before the reason.
    #[must_use]
    pub fn beside(
        mut self,
        warning: Option<NoticeSort>,
        looks_like: &[(&str, bool)],
        language: Language,
    ) -> Self {
        let warned = warning.map(|sort| wording::warned(sort, language));
        let alike = looks_like.iter();
        let alike: Vec<String> = alike
            .map(|(number, warned)| wording::looks_like(number, *warned, language))
            .collect();
        let said = warned.into_iter().chain(alike.iter().map(String::as_str));
        self.reason = sentences(said.chain([self.reason.as_str()]), language);
        let word = match warning {
            Some(NoticeSort::ForgedCertificate) => "forgedCertificate",
            Some(NoticeSort::Misuse) => "misuse",
            _ if looks_like.iter().any(|(_, warned)| *warned) => LOOKS_LIKE,
            _ => "",
        };
        word.clone_into(&mut self.warning);
        self
    }

    /// How bad it is: what is warned of first, then a no, what cannot be told, what got no answer, and the degrees of
    /// a yes. Lists are shown by it, the worst first.
    pub fn severity(&self) -> u8 {
        if !self.warning.is_empty() {
            return 6;
        }
        let result = [
            VerdictResult::Recognised,
            VerdictResult::RecognisedWithConditions,
            VerdictResult::ResultsOnly,
            VerdictResult::CannotTell,
            VerdictResult::NotRecognised,
        ]
        .map(result_word);
        match result.iter().position(|word| *word == self.result) {
            Some(4) => 5,
            Some(3) => 4,
            Some(at) => u8::try_from(at).unwrap_or(0),
            None => 3,
        }
    }

    /// Whether there is a verdict.
    pub fn is_verdict(&self) -> bool {
        self.result != NOT_ASKED && self.result != FAILED
    }

    fn cells(&self) -> [&str; ANSWER_COLUMNS.len()] {
        [
            &self.result,
            &self.reason,
            &self.code,
            &self.in_economy,
            &self.on,
            &self.as_of,
            &self.reference,
            &self.warning,
        ]
    }
}

/// Sentences one after the other, without those that say nothing.
pub fn sentences<'s>(said: impl IntoIterator<Item = &'s str>, language: Language) -> String {
    let said = said.into_iter().filter(|sentence| !sentence.is_empty());
    let said: Vec<&str> = said.collect();
    said.join(wording::between_sentences(language))
}

/// A result as JSON and answer files write it.
pub fn result_word(result: VerdictResult) -> &'static str {
    match result {
        VerdictResult::Recognised => "recognised",
        VerdictResult::RecognisedWithConditions => "recognisedWithConditions",
        VerdictResult::ResultsOnly => "resultsOnly",
        VerdictResult::CannotTell => "cannotTell",
        VerdictResult::NotRecognised => "notRecognised",
    }
}

impl List {
    /// The first line of the answer file: the headings as given, those of the answers, and `more`.
    pub fn head_of_answers(&self, more: &[&str]) -> String {
        let headings = match &self.headings {
            Some(headings) => headings.clone(),
            None => vec!["number".to_owned()],
        };
        let mark = if self.marked { "\u{feff}" } else { "" };
        let added: Vec<&str> = ANSWER_COLUMNS.iter().chain(more).copied().collect();
        let line = self.line_with(&headings, &added);
        format!("{mark}{line}")
    }

    /// A line of the answer file: the cells as given, the answer, and `more`. Columns of an earlier
    /// answer give way to it.
    pub fn line_of_answer(&self, row: &Row, answer: &RowAnswer, more: &[&str]) -> String {
        let cells = answer.cells();
        let cells = cells.iter().chain(more);
        let cells: Vec<String> = cells.map(|cell| guarded(projected(cell))).collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        self.line_with(&row.cells, &cells)
    }

    fn line_with(&self, given: &[String], added: &[&str]) -> String {
        let columns = 0..self.width;
        let kept = columns.filter(|at| !self.ours.contains(at));
        let kept = kept.map(|at| given.get(at).map_or("", String::as_str));
        let cells = kept.chain(added.iter().copied());
        let cells: Vec<String> = cells.map(|cell| quoted(cell, self.delimiter)).collect();
        let mut line = cells.join(&self.delimiter.to_string());
        line.push_str(self.line_end);
        line
    }

    /// The answer that stands in a row of an earlier answer file.
    pub fn earlier(&self, row: &Row) -> Option<RowAnswer> {
        let cells = self.answers.iter().map(|at| {
            let cell = at.and_then(|at| row.cells.get(at));
            cell.cloned().unwrap_or_default()
        });
        let cells: Vec<String> = cells.collect();
        let [
            result,
            reason,
            code,
            in_economy,
            on,
            as_of,
            reference,
            warning,
        ] = <[String; ANSWER_COLUMNS.len()]>::try_from(cells).ok()?;
        (!result.is_empty()).then_some(RowAnswer {
            result,
            reason,
            code,
            in_economy,
            on,
            as_of,
            reference,
            warning,
        })
    }
}

/// The answers of an earlier answer file, by what their rows ask about.
#[derive(Clone, Debug)]
pub struct Changes {
    earlier: BTreeMap<String, Vec<RowAnswer>>,
}

/// What became of a row since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Result, code and warning are the same.
    Same,
    /// Another result, another reason for it, or a warning that came or went.
    Changed(RowAnswer),
    /// The earlier file holds no answer to it.
    New,
}

impl Changes {
    /// Reads the answers of an earlier file; `None` where it holds none.
    pub fn since(earlier: &List) -> Option<Self> {
        let mut answers: BTreeMap<String, Vec<RowAnswer>> = BTreeMap::new();
        // In reverse, so that of rows that ask the same the first is taken first.
        for row in earlier.rows().iter().rev() {
            let Some(answer) = earlier.earlier(row) else {
                continue;
            };
            let place = Some(answer.in_economy.as_str()).filter(|place| !place.is_empty());
            let key = earlier.key(row, place);
            answers.entry(key).or_default().push(answer);
        }
        (!answers.is_empty()).then_some(Self { earlier: answers })
    }

    /// What became of a row. Each earlier answer is compared once.
    pub fn of(&mut self, list: &List, row: &Row, defaults: &Defaults, now: &RowAnswer) -> Change {
        let key = list.key(row, defaults.in_economy.as_deref());
        let Some(before) = self.earlier.get_mut(&key).and_then(Vec::pop) else {
            return Change::New;
        };
        let told =
            |answer: &RowAnswer| [&answer.result, &answer.code, &answer.warning].map(Clone::clone);
        if told(&before) == told(now) {
            Change::Same
        } else {
            Change::Changed(before)
        }
    }

    /// Earlier answers to rows that are no longer asked about.
    pub fn left(&self) -> usize {
        self.earlier.values().map(Vec::len).sum()
    }
}
