//! What a chapter and the destination's participation leave to the importer.

use comity_model::arrangement::Chapter;
use comity_model::participation::Declaration;

use super::participation::Side;

/// Language and text of each.
pub(super) fn conditions(chapter: &Chapter, here: &Side<'_>) -> Vec<(String, String)> {
    let of_chapter = chapter.conditions.iter().flat_map(|condition| &condition.0);
    let mut all: Vec<(String, String)> = of_chapter
        .map(|text| {
            (
                text.lang.clone(),
                comity_model::text::projected(&text.value),
            )
        })
        .collect();
    all.extend(here.requirements.iter().cloned());
    if all.is_empty()
        && here
            .declarations
            .contains(&Declaration::AcceptWithConditions)
    {
        let words = "The destination accepts with conditions that it does not state here.";
        all.push(("en".to_owned(), words.to_owned()));
    }
    all
}
