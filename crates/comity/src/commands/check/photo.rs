//! `comity check photo.jpg`: what the code on a photographed certificate says, asked as if typed.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use anyhow::Result;
use comity_model::text::projected;
use comity_node::photo::{self, MAX_PHOTO_BYTES, Said, Unread};

use crate::context::Context;
use crate::exit::Failure;
use crate::input::read_whole;

/// Bytes by which a picture is known.
const LOOKED_AT: u64 = 16;

/// Whether the file of that name is a photo.
pub(super) fn is_photo(name: &str) -> bool {
    let mut first = Vec::new();
    let file = Path::new(name).is_file().then(|| File::open(name));
    let read = file.map(|file| file.and_then(|file| file.take(LOOKED_AT).read_to_end(&mut first)));
    matches!(read, Some(Ok(_))) && photo::is_photo(&first)
}

/// The text of the code in a photo.
pub(super) fn text(name: &str, offline: bool, context: &Context) -> Result<String> {
    let picture = read_whole(name, MAX_PHOTO_BYTES as u64)?;
    let texts = photo::read(&picture).map_err(|unread| unreadable(name, &unread))?;
    let text = match photo::said(texts) {
        Said::One(text) => text,
        Said::Elsewhere(text) => {
            let what = format!(
                "{name}: the code says {:?}, which is no link of a record and no address in a \
                 known register",
                projected(&text)
            );
            return Err(Failure::unreadable(what)
                .help("give the number that the paper prints")
                .into());
        }
        Said::Several(texts) => {
            let what = format!(
                "{name}: there are several codes, and none or more than one leads to a record: {}",
                list(&texts)
            );
            return Err(Failure::unreadable(what)
                .help("give one of these texts, or a photo of one code")
                .into());
        }
    };
    if offline {
        let what = format!("{name}: the code says {text:?}, and holds no evidence of it");
        return Err(Failure::usage(what)
            .help("where there is a network, fetch the evidence: comity bundle; then give its file")
            .into());
    }
    context.say(&format!("{name}: the code says {}", projected(&text)));
    Ok(text)
}

fn list(texts: &[String]) -> String {
    let quoted = texts.iter().map(|text| format!("{:?}", projected(text)));
    quoted.collect::<Vec<_>>().join(", ")
}

fn unreadable(name: &str, unread: &Unread) -> Failure {
    let failure = Failure::unreadable(format!("{name}: {unread}"));
    match unread {
        Unread::NoCode => {
            failure.help("take it nearer and straighter, or give the number that the paper prints")
        }
        Unread::TooManyBytes | Unread::TooManyPixels => {
            failure.help("make it smaller, or cut out the code")
        }
        Unread::NoPicture | Unread::Damaged(_) => failure.help("save it as JPEG or PNG"),
    }
}
