//! The guide for those who publish: six steps with their commands.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;

use crate::frame::{Frame, page};
use crate::guide;
use crate::site::{Answer, Site};

#[derive(Template)]
#[template(path = "guide.html")]
struct Guide {
    frame: Frame,
    steps: Vec<StepShown>,
}

struct StepShown {
    name: &'static str,
    title: String,
    how: String,
    commands: String,
}

/// The page.
pub(crate) async fn guide(State(site): State<Site>) -> Answer {
    let config = site.node().config();
    let url = site.public_url();
    let steps = guide::steps(&url, &config.authority(), &config.economy);
    let steps = steps.into_iter().map(|step| {
        let (title, how) = match step.name {
            "key" => ("guide-key", "guide-key-how"),
            "listed" => ("guide-listed", "guide-listed-how"),
            "write" => ("guide-write", "guide-write-how"),
            "lint" => ("guide-lint", "guide-lint-how"),
            "publish" => ("guide-publish", "guide-publish-how"),
            _ => ("guide-status", "guide-status-how"),
        };
        StepShown {
            name: step.name,
            title: site.texts.say(title),
            how: site.texts.say(how),
            commands: step.commands.join("\n"),
        }
    });
    let mut frame = Frame::new(&site, site.texts.say("guide-title"), "guide");
    frame.twin = String::from("/v1/openapi.json");
    let guide = Guide {
        steps: steps.collect(),
        frame,
    };
    Ok(page(StatusCode::OK, &guide))
}
