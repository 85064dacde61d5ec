//! Messages of one language, read from Fluent files.
//!
//! The design decision: a message is a whole sentence in its own language. Where the choice
//! between sentences depends on a number, Fluent makes it by the plural rules of the language.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement};

use super::language::{Direction, Language};

/// Opens an isolate whose direction is that of its first strong character (Unicode, U+2068).
const FIRST_STRONG_ISOLATE: char = '\u{2068}';
/// Closes it (U+2069).
const POP_DIRECTIONAL_ISOLATE: char = '\u{2069}';

/// What stands in the place of a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument<'a> {
    /// A text; isolated where the language runs from right to left.
    Text(Cow<'a, str>),
    /// A number, which may choose a plural form.
    Number(i64),
}

/// The messages of a language.
pub struct Catalogue {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    /// What is read where a variable has no value.
    missing: String,
    /// What each message needs, by its name as [`Catalogue::text`] takes it.
    variables: BTreeMap<String, BTreeSet<String>>,
    faults: Vec<String>,
}

impl Catalogue {
    /// Reads the messages of Fluent files. What cannot be read is left out and named by
    /// [`Catalogue::faults`].
    pub fn read(language: Language, sources: &[&str]) -> Self {
        let tag = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Texts are isolated here, so that numbers and words of the language itself are not.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::Fr => |value, _| grouped(value, '\u{202F}'),
            Language::Ru => |value, _| grouped(value, '\u{A0}'),
            Language::En | Language::ZhHans | Language::Ar => |value, _| grouped(value, ','),
        }));
        let mut faults = Vec::new();
        let mut names = Vec::new();
        for source in sources {
            let resource = match FluentResource::try_new((*source).to_owned()) {
                Ok(resource) => resource,
                Err((resource, errors)) => {
                    faults.extend(errors.iter().map(ToString::to_string));
                    resource
                }
            };
            names.extend(names_in(&resource));
            if let Err(errors) = bundle.add_resource(resource) {
                faults.extend(errors.iter().map(ToString::to_string));
            }
        }
        let mut catalogue = Self {
            language,
            bundle,
            missing: String::new(),
            variables: BTreeMap::new(),
            faults,
        };
        for name in names {
            let mut found = BTreeSet::new();
            if let Some(pattern) = catalogue.pattern(&name) {
                variables_of(pattern, &mut found);
            }
            catalogue.variables.insert(name, found);
        }
        catalogue.missing = catalogue.text("not-said", &[]).into_owned();
        catalogue
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// What could not be read.
    pub fn faults(&self) -> &[String] {
        &self.faults
    }

    /// The names of all messages and of their attributes (`message.attribute`), in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.variables.keys().map(String::as_str)
    }

    /// The variables that a message needs; nothing of a message that is not there.
    pub fn variables(&self, name: &str) -> impl Iterator<Item = &str> {
        let found = self.variables.get(name);
        found.into_iter().flatten().map(String::as_str)
    }

    /// Whether there is such a message.
    pub fn has(&self, name: &str) -> bool {
        self.variables.contains_key(name)
    }

    /// The text of the message `name`, or of `message.attribute`; nothing where it is not there.
    /// A variable without a value reads *not said*.
    pub fn text(&self, name: &str, arguments: &[(&str, Argument<'_>)]) -> Cow<'_, str> {
        let Some(pattern) = self.pattern(name) else {
            return Cow::Borrowed("");
        };
        let mut filled = FluentArgs::new();
        for wanted in self.variables(name) {
            let given = arguments.iter().find(|(name, _)| *name == wanted);
            let value = match given {
                None => FluentValue::from(self.missing.clone()),
                Some((_, Argument::Number(number))) => FluentValue::from(*number),
                Some((_, Argument::Text(text))) => FluentValue::from(self.isolated(text)),
            };
            filled.set(wanted.to_owned(), value);
        }
        if self.variables(name).next().is_none() {
            return self.bundle.format_pattern(pattern, None, &mut Vec::new());
        }
        let mut errors = Vec::new();
        let text = self
            .bundle
            .format_pattern(pattern, Some(&filled), &mut errors);
        Cow::Owned(match self.language {
            // The stop of `2026 г.` is that of the sentence which it ends.
            Language::Ru => text.replace(" г..", " г."),
            _ => text.into_owned(),
        })
    }

    fn isolated(&self, text: &str) -> String {
        match self.language.direction() {
            Direction::LeftToRight => text.to_owned(),
            Direction::RightToLeft => {
                format!("{FIRST_STRONG_ISOLATE}{text}{POP_DIRECTIONAL_ISOLATE}")
            }
        }
    }

    fn pattern(&self, name: &str) -> Option<&Pattern<&str>> {
        match name.split_once('.') {
            None => self.bundle.get_message(name)?.value(),
            Some((message, attribute)) => {
                let attribute = self.bundle.get_message(message)?.get_attribute(attribute)?;
                Some(attribute.value())
            }
        }
    }
}

/// A number with its thousands apart, from five digits on, so that a year is none; digits are Latin
/// in every language.
fn grouped(value: &FluentValue<'_>, separator: char) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let plain = number.as_string();
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", plain.as_ref()),
    };
    let mut text = String::from(sign);
    for (at, digit) in digits.char_indices() {
        let left = digits.len() - at;
        if digits.len() > 4 && at > 0 && left.is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    Some(text)
}

fn names_in(resource: &FluentResource) -> Vec<String> {
    use fluent_syntax::ast::Entry;
    let mut names = Vec::new();
    for entry in resource.entries() {
        let Entry::Message(message) = entry else {
            continue;
        };
        let id = message.id.name;
        if message.value.is_some() {
            names.push(id.to_owned());
        }
        let attributes = message.attributes.iter();
        names.extend(attributes.map(|attribute| format!("{id}.{}", attribute.id.name)));
    }
    names
}

fn variables_of(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else {
            continue;
        };
        match expression {
            Expression::Inline(inline) => variable_of(inline, found),
            Expression::Select { selector, variants } => {
                variable_of(selector, found);
                for variant in variants {
                    variables_of(&variant.value, found);
                }
            }
        }
    }
}

fn variable_of(inline: &InlineExpression<&str>, found: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                variable_of(argument, found);
            }
        }
        _ => {}
    }
}
