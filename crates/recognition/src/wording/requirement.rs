//! What one requirement of an import rule asks for, by its parts and in the reader's language: what
//! stands beside the destination's own words.

use std::borrow::Cow;

use comity_model::import_rule::{AttestationFilter, DeviationReference, Requirement};
use comity_model::party::PartyReference;
use comity_model::standard::StandardReference;
use comity_model::text::projected;

use super::{Argument, Language, attestation, catalogue, day, economy, terms};

/// Most values of one part that are said.
const MAX_SAID: usize = 12;

/// What is asked: of which sort, and which attestations, clause or languages answer it. Parties are
/// as `named` calls them.
pub fn requirement(
    asked: &Requirement,
    language: Language,
    named: &dyn Fn(&PartyReference) -> String,
) -> String {
    let sort = terms::requirement_sort(asked.sort, language);
    let mut parts = Vec::new();
    if let Some(filter) = &asked.attestation {
        parts = attestations(filter, language, named);
    }
    parts.extend(asked.deviation.as_ref().map(|one| deviation(one, language)));
    let languages = asked.languages.iter();
    let languages: Vec<_> = languages
        .map(|tag| language_name(tag, language).into_owned())
        .collect();
    parts.extend(part("languages", &languages, language));
    if parts.is_empty() {
        return sort.to_owned();
    }
    let between = catalogue(language).text("requirement-between", &[]);
    let arguments = [
        ("sort", Argument::Text(Cow::Borrowed(sort))),
        ("parts", Argument::Text(Cow::Owned(parts.join(&between)))),
    ];
    let said = catalogue(language).text("requirement", &arguments);
    said.into_owned()
}

/// The name of a language by its BCP 47 tag (Unicode CLDR); of a tag with more than the language, the
/// tag after it; of one that has no name here the tag alone.
pub fn language_name(tag: &str, language: Language) -> Cow<'_, str> {
    let catalogue = catalogue(language);
    let whole = catalogue.text(&format!("language-{tag}"), &[]);
    if !whole.is_empty() {
        return whole;
    }
    let primary = tag.split('-').next().unwrap_or(tag).to_ascii_lowercase();
    let name = catalogue.text(&format!("language-{primary}"), &[]);
    match (name.is_empty(), primary.eq_ignore_ascii_case(tag)) {
        (true, _) => Cow::Owned(projected(tag)),
        (false, true) => name,
        (false, false) => Cow::Owned(format!("{name} ({})", projected(tag))),
    }
}

/// Which attestations are meant, each restriction a part.
fn attestations(
    filter: &AttestationFilter,
    language: Language,
    named: &dyn Fn(&PartyReference) -> String,
) -> Vec<String> {
    let words = |list: &[String]| list.iter().map(|one| projected(one)).collect::<Vec<_>>();
    let kinds = filter.kinds.iter();
    let kinds: Vec<_> = kinds
        .map(|kind| attestation(*kind, language).to_owned())
        .collect();
    let standards = filter.standards.iter();
    let standards: Vec<_> = standards.map(|one| standard(one, language)).collect();
    let issuers: Vec<_> = filter.issuers.iter().map(named).collect();
    let economies = filter.issuer_economies.iter();
    let economies: Vec<_> = economies
        .map(|code| projected(&economy(code, language)))
        .collect();
    let grants = filter.grant_types.iter();
    let grants: Vec<_> = grants
        .map(|grant| terms::grant_type(*grant, language).to_owned())
        .collect();
    let since = filter.issued_from.as_ref();
    let since: Vec<_> = since
        .map(|from| day(from.earliest(), language))
        .into_iter()
        .collect();
    let parts = [
        ("kinds", kinds),
        ("standards", standards),
        ("regulations", words(&filter.regulations)),
        ("schemes", words(&filter.schemes)),
        ("issuers", issuers),
        ("economies", economies),
        ("grants", grants),
        ("issued-from", since),
    ];
    let parts = parts.into_iter();
    parts
        .filter_map(|(name, values)| part(name, &values, language))
        .collect()
}

/// One restriction: that one of these suffices.
fn part(name: &str, values: &[String], language: Language) -> Option<String> {
    if values.is_empty() {
        return None;
    }
    let catalogue = catalogue(language);
    let (said, more) = values.split_at(values.len().min(MAX_SAID));
    let mut said = said.join(&catalogue.text("list-or", &[]));
    if !more.is_empty() {
        said.push_str(" …");
    }
    let value = [("values", Argument::Text(Cow::Owned(said)))];
    let text = catalogue.text(&format!("requirement-{name}"), &value);
    Some(text.into_owned())
}

fn standard(standard: &StandardReference, language: Language) -> String {
    if standard.edition().is_some() {
        return standard.to_string();
    }
    let standard = Argument::Text(Cow::Owned(standard.to_string()));
    let said = catalogue(language).text("requirement-any-edition", &[("standard", standard)]);
    said.into_owned()
}

fn deviation(deviation: &DeviationReference, language: Language) -> String {
    let text = |text: String| Argument::Text(Cow::Owned(text));
    let arguments = [
        ("clause", text(projected(&deviation.clause))),
        ("standard", text(deviation.standard.to_string())),
        (
            "economy",
            text(projected(&economy(&deviation.economy, language))),
        ),
    ];
    let said = catalogue(language).text("requirement-deviation", &arguments);
    said.into_owned()
}
