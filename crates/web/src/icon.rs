//! The icons: shapes that tell apart without their colour, drawn in the line of the text.

use comity_recognition::code::Outcome;
use comity_recognition::paper::Mark;
use comity_recognition::verdict::VerdictResult;

/// The colour of a panel or a word. Never the only sign: an icon and a word stand with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// A full "recognised", and what is active.
    Green,
    /// With something still to know or to do.
    Amber,
    /// Results only; not yet.
    Blue,
    /// No.
    Red,
    /// It cannot be told; over.
    Grey,
}

impl Tone {
    /// The class of the style sheet.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Blue => "blue",
            Self::Red => "red",
            Self::Grey => "grey",
        }
    }
}

/// A shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    Tick,
    Disc,
    HalfDisc,
    Lines,
    Cross,
    Question,
    Pause,
    Hourglass,
    Turn,
    Clock,
    Dash,
    Warning,
}

impl Icon {
    /// As inline SVG, hidden from screen readers: the word stands beside it.
    pub(crate) fn svg(self) -> String {
        let shape = match self {
            Self::Tick => r#"<path d="M3 10.5 8 15.5 17 5"/>"#,
            Self::Disc => r#"<circle class="full" cx="10" cy="10" r="4"/>"#,
            Self::HalfDisc => {
                r#"<circle cx="10" cy="10" r="7.5"/><path class="full" d="M10 2.5a7.5 7.5 0 0 1 0 15z"/>"#
            }
            Self::Lines => r#"<path d="M3 5.5h14M3 10h14M3 14.5h14"/>"#,
            Self::Cross => r#"<path d="M4.5 4.5l11 11m0-11-11 11"/>"#,
            Self::Question => {
                r#"<path d="M6.5 7a3.5 3.5 0 1 1 5.3 3c-1.2.7-1.8 1.3-1.8 2.7M10 16.2v.6"/>"#
            }
            Self::Pause => r#"<path d="M7 4v12m6-12v12"/>"#,
            Self::Hourglass => {
                r#"<path d="M5 3h10M5 17h10M6 3c0 4 8 10 8 14M14 3c0 4-8 10-8 14"/>"#
            }
            Self::Turn => r#"<path d="M4 16V9a3 3 0 0 1 3-3h9m-4-3.5L16 6l-4 3.5"/>"#,
            Self::Clock => r#"<circle cx="10" cy="10" r="7.5"/><path d="M10 5.5V10l3 2"/>"#,
            Self::Dash => r#"<path d="M4 10h12"/>"#,
            Self::Warning => r#"<path d="M10 3 18 17H2zM10 8v4.5M10 14.5v.5"/>"#,
        };
        format!(
            r#"<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">{shape}</svg>"#
        )
    }
}

/// How a result looks. Only a full "recognised" is green.
pub(crate) fn of_result(result: VerdictResult, capped: bool) -> (Tone, Icon) {
    match result {
        VerdictResult::Recognised if capped => (Tone::Amber, Icon::HalfDisc),
        VerdictResult::Recognised => (Tone::Green, Icon::Tick),
        VerdictResult::RecognisedWithConditions => (Tone::Amber, Icon::HalfDisc),
        VerdictResult::ResultsOnly => (Tone::Blue, Icon::Lines),
        VerdictResult::NotRecognised => (Tone::Red, Icon::Cross),
        VerdictResult::CannotTell => (Tone::Grey, Icon::Question),
    }
}

/// How the outcome of a step looks. A step that holds is no "recognised": it is not green.
pub(crate) fn of_outcome(outcome: Outcome) -> (Tone, Icon) {
    match outcome {
        Outcome::Pass => (Tone::Blue, Icon::Tick),
        Outcome::Warn => (Tone::Amber, Icon::Warning),
        Outcome::Unknown => (Tone::Grey, Icon::Question),
        Outcome::Fail => (Tone::Red, Icon::Cross),
        Outcome::NotApplicable => (Tone::Grey, Icon::Dash),
    }
}

/// How a value of a paper beside the record's looks. That one value is the same is no "recognised":
/// it is never green.
pub(crate) fn of_mark(mark: Mark) -> (Tone, Icon) {
    match mark {
        Mark::Same => (Tone::Blue, Icon::Tick),
        Mark::Covered => (Tone::Blue, Icon::Lines),
        Mark::Differs => (Tone::Red, Icon::Cross),
        Mark::Reading => (Tone::Amber, Icon::Question),
        Mark::NotSaid => (Tone::Grey, Icon::Dash),
    }
}

/// How the state of a record looks, by its word.
pub(crate) fn of_state(state: &str) -> (Tone, Icon) {
    match state {
        // No tick: that a record stands is not that it counts anywhere.
        "active" => (Tone::Blue, Icon::Disc),
        "suspended" | "partiallySuspended" => (Tone::Amber, Icon::Pause),
        "withdrawn" | "annulled" => (Tone::Red, Icon::Cross),
        "expired" => (Tone::Grey, Icon::Hourglass),
        "superseded" | "transferred" => (Tone::Grey, Icon::Turn),
        "pending" => (Tone::Blue, Icon::Clock),
        _ => (Tone::Grey, Icon::Question),
    }
}
