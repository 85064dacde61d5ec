//! Help in plain words: what an answer means and does not, and what is kept of who asks.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use comity_recognition::verdict::VerdictResult;
use comity_recognition::wording;

use crate::frame::{Frame, page};
use crate::icon;
use crate::site::{Answer, Site};

#[derive(Template)]
#[template(path = "help.html")]
struct Help {
    frame: Frame,
    /// Tone, icon, word, what it means.
    results: Vec<(&'static str, String, String, String)>,
}

/// The page.
pub(crate) async fn help(State(site): State<Site>) -> Answer {
    let results = [
        (VerdictResult::Recognised, "help-recognised"),
        (VerdictResult::RecognisedWithConditions, "help-conditions"),
        (VerdictResult::ResultsOnly, "help-results"),
        (VerdictResult::NotRecognised, "help-not"),
        (VerdictResult::CannotTell, "help-cannot-tell"),
    ];
    let results = results.map(|(result, key)| {
        let (tone, icon) = icon::of_result(result, false);
        let word = wording::result(result, site.language).to_owned();
        (tone.class(), icon.svg(), word, site.texts.say(key))
    });
    let help = Help {
        frame: Frame::new(&site, site.texts.say("help-title"), "help"),
        results: results.into(),
    };
    Ok(page(StatusCode::OK, &help))
}
