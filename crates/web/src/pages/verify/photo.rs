//! A photographed code, where the browser runs no scripts: the node reads it and keeps nothing.

use axum::http::StatusCode;
use comity_model::text::projected;
use comity_node::photo::{self, MAX_PHOTO_BYTES, MAX_PIXELS, Said, Unread};

use crate::asked::query_string;
use crate::site::Site;
use crate::texts::{number, text};

/// Pictures that are read at the same time; each takes up to some seconds, and 150 MB.
pub(crate) const MAX_PHOTOS: usize = 2;
/// Most of a code's text that is shown, in characters.
const MAX_SHOWN_CHARS: usize = 300;

/// Why a picture leads nowhere: status and sentence.
pub(super) type Refused = (StatusCode, String);

/// Where the code in a picture leads: the address that its text, typed into the box, leads to.
pub(super) async fn address(site: &Site, picture: &[u8]) -> Result<String, Refused> {
    let Ok(permit) = site.app.photos.clone().try_acquire_owned() else {
        let busy = site.texts.say("verify-photo-busy");
        return Err((StatusCode::SERVICE_UNAVAILABLE, busy));
    };
    let picture = picture.to_vec();
    let reading = tokio::task::spawn_blocking(move || {
        let texts = photo::read(&picture);
        drop(permit);
        texts
    });
    let texts = reading.await.unwrap_or_else(|error| {
        tracing::error!(%error, "a picture could not be read to its end");
        Err(Unread::NoCode)
    });
    let refused = |said| (StatusCode::UNPROCESSABLE_ENTITY, said);
    match texts.map(photo::said) {
        Ok(Said::One(text)) => {
            let asked = query_string([("q", text.as_str())]);
            Ok(site.href(&format!("go?{asked}")))
        }
        Ok(Said::Elsewhere(said)) => {
            let said = [("text", text(shown(&[said])))];
            Err(refused(site.texts.put("verify-photo-elsewhere", &said)))
        }
        Ok(Said::Several(said)) => {
            let said = [("text", text(shown(&said)))];
            Err(refused(site.texts.put("verify-photo-several", &said)))
        }
        Err(unread) => Err(refused(words(site, &unread))),
    }
}

/// What codes say, so that no more of it is shown than can be read.
fn shown(texts: &[String]) -> String {
    let cut = |text: &String| projected(&text.chars().take(MAX_SHOWN_CHARS).collect::<String>());
    texts.iter().map(cut).collect::<Vec<_>>().join(" · ")
}

fn words(site: &Site, unread: &Unread) -> String {
    match unread {
        Unread::NoPicture => site.texts.say("verify-photo-other"),
        Unread::Damaged(_) => site.texts.say("verify-no-picture"),
        Unread::NoCode => site.texts.say("verify-no-code"),
        Unread::TooManyBytes | Unread::TooManyPixels => too_large(site),
    }
}

/// A picture, or a form, that is larger than what is read.
pub(super) fn too_large(site: &Site) -> String {
    let figure = |value: usize| number(u64::try_from(value).unwrap_or(u64::MAX));
    let most = [
        ("size", figure(MAX_PHOTO_BYTES >> 20)),
        ("pixels", figure(MAX_PIXELS / 1_000_000)),
    ];
    site.texts.put("verify-photo-large", &most)
}
