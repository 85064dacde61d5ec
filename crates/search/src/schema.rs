//! What the index holds of a document.

use std::collections::BTreeSet;

use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, SchemaBuilder, TextFieldIndexing,
    TextOptions,
};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::code;
use crate::document::{
    Document, MAX_CODE_CHARS, MAX_DOCUMENT_CHARS, MAX_LIST_ENTRIES, MAX_TEXT_CHARS, Text, Weight,
};
use crate::names;
use crate::plan::derived;
use crate::suggest;
use crate::text::{
    Stems, accented, beginnings, clean, fold, grams, is_vietnamese, latin, pairs, prepare, words,
};
use crate::thesaurus::LANGUAGES;

/// Raised with every change of fields *or of analysis*; an index of another version is rebuilt.
pub(crate) const VERSION: u32 = 7;
/// Name of the tokenizer that reads terms joined by [`SEPARATOR`].
pub(crate) const JOINED: &str = "joined";
/// U+001F cannot stand in a cleaned text, so it separates terms safely.
const SEPARATOR: char = '\u{1f}';

/// A day or second for what has none, outside every real one: before all for starts and issues, after all
/// for ends.
pub(crate) const NO_START: i64 = i64::MIN / 2;
/// See [`NO_START`].
pub(crate) const NO_END: i64 = i64::MAX / 2;

/// Term of a list that was cut: what was left out may be anything.
pub(crate) const ANY: &str = "*";
/// Mentions of numbers after which no further text of a document is read for more.
const MAX_MENTIONS: usize = 1_000;
/// Most names of goods from which codes are derived.
const MAX_GOODS: usize = 4;

/// Names of the columns that hold the digest as four big-endian integers; the first two order
/// hits that are otherwise equal.
pub(crate) const DIGEST_COLUMNS: [&str; 4] = ["digest_0", "digest_1", "digest_2", "digest_3"];

/// The fields, by what they are for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    /// Record digest, the key.
    pub(crate) digest: Field,
    digest_parts: [Field; 4],
    /// The whole document, for changes of status.
    pub(crate) source: Field,
    pub(crate) id: Field,
    /// Folded words of titles, of other texts, of parties' names.
    pub(crate) title: Field,
    pub(crate) body: Field,
    pub(crate) party: Field,
    /// Stems of all of them.
    pub(crate) stem: Field,
    /// Words of other scripts in Latin letters.
    pub(crate) latin: Field,
    /// How the words of parties' names sound.
    pub(crate) sound: Field,
    /// Pairs of ideographs.
    pub(crate) gram: Field,
    /// Completions.
    pub(crate) suggest: Field,
    pub(crate) number: Field,
    pub(crate) number_part: Field,
    /// Numbers and models that texts mention, and their parts.
    pub(crate) mention: Field,
    pub(crate) standard: Field,
    pub(crate) standard_family: Field,
    pub(crate) hs: Field,
    pub(crate) hs_whole: Field,
    /// Codes that nobody declared: what the names of the goods lead to.
    pub(crate) hs_derived: Field,
    /// Languages of the thesaurus in which no title is.
    pub(crate) untitled: Field,
    pub(crate) kind: Field,
    pub(crate) status: Field,
    pub(crate) issuer: Field,
    pub(crate) holder: Field,
    pub(crate) grantor: Field,
    pub(crate) economy: Field,
    pub(crate) issuer_economy: Field,
    pub(crate) scheme: Field,
    pub(crate) attestation: Field,
    pub(crate) sides: Field,
    pub(crate) scheme_names: Field,
    pub(crate) designation: Field,
    pub(crate) year: Field,
    standard_name: Field,
    hs_chapter: Field,
    pub(crate) valid_from: Field,
    pub(crate) valid_until: Field,
    pub(crate) issued_on: Field,
    pub(crate) status_until: Field,
    logged_at: Field,
}

/// Builds the schema; the same on every call.
pub(crate) fn build() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let fields = Fields {
        digest: schema.add_bytes_field("digest", INDEXED),
        digest_parts: DIGEST_COLUMNS.map(|name| schema.add_u64_field(name, FAST)),
        source: schema.add_bytes_field("source", STORED),
        id: fact(&mut schema, "id"),
        title: terms(&mut schema, "title", true),
        body: terms(&mut schema, "body", true),
        party: terms(&mut schema, "party", true),
        stem: terms(&mut schema, "stem", true),
        latin: terms(&mut schema, "latin", true),
        sound: terms(&mut schema, "sound", true),
        gram: terms(&mut schema, "gram", true),
        suggest: terms(&mut schema, "suggest", false),
        number: terms(&mut schema, "number", false),
        number_part: terms(&mut schema, "number_part", false),
        mention: terms(&mut schema, "mention", false),
        standard: terms(&mut schema, "standard", false),
        standard_family: terms(&mut schema, "standard_family", false),
        hs: terms(&mut schema, "hs", false),
        hs_whole: terms(&mut schema, "hs_whole", false),
        hs_derived: terms(&mut schema, "hs_derived", false),
        untitled: terms(&mut schema, "untitled", false),
        kind: fact(&mut schema, "kind"),
        status: fact(&mut schema, "status"),
        issuer: fact(&mut schema, "issuer"),
        holder: fact(&mut schema, "holder"),
        grantor: fact(&mut schema, "grantor"),
        economy: fact(&mut schema, "economy"),
        issuer_economy: fact(&mut schema, "issuer_economy"),
        scheme: fact(&mut schema, "scheme"),
        attestation: fact(&mut schema, "attestation"),
        sides: terms(&mut schema, "sides", false),
        scheme_names: terms(&mut schema, "scheme_names", false),
        designation: terms(&mut schema, "designation", false),
        year: fact(&mut schema, "year"),
        standard_name: column(&mut schema, "standard_name"),
        hs_chapter: column(&mut schema, "hs_chapter"),
        valid_from: schema.add_i64_field("valid_from", FAST),
        valid_until: schema.add_i64_field("valid_until", FAST),
        issued_on: schema.add_i64_field("issued_on", FAST),
        status_until: schema.add_i64_field("status_until", FAST),
        logged_at: schema.add_i64_field("logged_at", FAST),
    };
    (schema.build(), fields)
}

/// A field of terms. Lengths count for words (`scored`), not for codes.
fn terms(schema: &mut SchemaBuilder, name: &str, scored: bool) -> Field {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(JOINED)
        .set_fieldnorms(scored)
        .set_index_option(if scored {
            IndexRecordOption::WithFreqs
        } else {
            IndexRecordOption::Basic
        });
    schema.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}

/// A field that is filtered by its whole value and counted.
fn fact(schema: &mut SchemaBuilder, name: &str) -> Field {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    let options = TextOptions::default()
        .set_indexing_options(indexing)
        .set_fast("raw");
    schema.add_text_field(name, options)
}

/// A field that is only counted.
fn column(schema: &mut SchemaBuilder, name: &str) -> Field {
    schema.add_text_field(name, TextOptions::default().set_fast("raw"))
}

/// A value that is compared as a whole, cut to its limit.
pub(crate) fn whole(value: &str) -> String {
    clean(value.trim(), MAX_CODE_CHARS)
}

impl Fields {
    /// Flattens a document into terms and columns; `source` is what [`Fields::source`] will hold.
    pub(crate) fn document(
        &self,
        document: &Document,
        source: &[u8],
        stems: &mut Stems,
    ) -> TantivyDocument {
        let mut flat = TantivyDocument::with_capacity(4096);
        flat.add_bytes(self.digest, &document.digest);
        for (field, bytes) in self
            .digest_parts
            .iter()
            .zip(document.digest.chunks_exact(8))
        {
            let part = bytes
                .iter()
                .fold(0_u64, |part, byte| part << 8 | u64::from(*byte));
            flat.add_u64(*field, part);
        }
        flat.add_bytes(self.source, source);
        self.add_texts(&mut flat, document, stems);
        self.add_codes(&mut flat, document);
        self.add_ways(&mut flat, document);
        self.add_facts(&mut flat, document);
        flat
    }

    fn add_texts(&self, flat: &mut TantivyDocument, document: &Document, stems: &mut Stems) {
        let mut words = Words::default();
        let issuer_name = document.issuer_name.as_ref().map(|name| Text {
            value: name.clone(),
            ..Text::default()
        });
        let parties = document.parties.iter().take(MAX_LIST_ENTRIES);
        for text in parties.clone().chain(&issuer_name) {
            let exact = words.analyse(text, stems);
            words.parties.extend(exact);
            words.listen(&text.value, stems);
        }
        for text in document.texts.iter().take(MAX_LIST_ENTRIES) {
            let exact = words.analyse(text, stems);
            match text.weight {
                Weight::Title => words.titles.extend(exact),
                Weight::Body => words.bodies.extend(exact),
            }
        }
        for standard in document.standards.iter().take(MAX_LIST_ENTRIES) {
            let text = Text {
                value: clean(standard, MAX_CODE_CHARS),
                ..Text::default()
            };
            let exact = words.analyse(&text, stems);
            words.bodies.extend(exact);
        }
        add(flat, self.title, &words.titles);
        add(flat, self.body, &words.bodies);
        add(flat, self.party, &words.parties);
        add(flat, self.stem, &words.stems);
        add(flat, self.latin, &words.latin);
        add(flat, self.mention, &words.mentions);
        add(flat, self.sound, &words.sounds);
        add(flat, self.gram, &words.grams);
        let names = parties.chain(&issuer_name).map(|text| text.value.as_str());
        let standards = document.standards.iter().take(MAX_LIST_ENTRIES);
        let completions = suggest::terms(names, standards.map(|text| code::without_edition(text)));
        add(flat, self.suggest, &completions);
    }

    fn add_codes(&self, flat: &mut TantivyDocument, document: &Document) {
        let mut numbers = BTreeSet::new();
        let mut parts = BTreeSet::new();
        for number in document.numbers.iter().take(MAX_LIST_ENTRIES) {
            numbers.extend(code::number_keys(number));
            parts.extend(code::number_parts(number));
        }
        let mut standards = BTreeSet::new();
        let mut families = BTreeSet::new();
        let mut names = BTreeSet::new();
        for standard in document.standards.iter().take(MAX_LIST_ENTRIES) {
            let bare = code::without_edition(standard);
            standards.insert(code::key(standard));
            standards.insert(code::key(bare));
            names.insert(whole(bare));
            families.extend(code::family(standard).map(code::key));
        }
        let mut prefixes = BTreeSet::new();
        let mut whole_codes = BTreeSet::new();
        let mut chapters = BTreeSet::new();
        for hs in document.hs.iter().take(MAX_LIST_ENTRIES) {
            let digits = code::hs_digits(hs);
            prefixes.extend(code::hs_prefixes(&digits).into_iter().map(str::to_owned));
            chapters.extend(digits.get(..2).map(str::to_owned));
            whole_codes.insert(digits);
        }
        if document.hs.len() > MAX_LIST_ENTRIES {
            whole_codes.insert(ANY.to_owned());
        }
        add(flat, self.number, &numbers);
        add(flat, self.number_part, &parts);
        add(flat, self.standard, &standards);
        add(flat, self.standard_family, &families);
        add(flat, self.hs, &prefixes);
        add(flat, self.hs_whole, &whole_codes);
        add(flat, self.hs_derived, &derived_codes(document));
        add(flat, self.untitled, &untitled(document));
        for name in names.iter().filter(|name| !name.is_empty()) {
            flat.add_text(self.standard_name, name);
        }
        for chapter in &chapters {
            flat.add_text(self.hs_chapter, chapter);
        }
    }

    /// What ways are asked for by; a list that is cut says so.
    fn add_ways(&self, flat: &mut TantivyDocument, document: &Document) {
        for (field, values) in [
            (self.sides, &document.sides),
            (self.scheme_names, &document.schemes),
            (self.designation, &document.designations),
        ] {
            let kept = values.iter().take(MAX_LIST_ENTRIES);
            let mut terms: BTreeSet<String> = kept.map(|value| whole(value)).collect();
            if values.len() > MAX_LIST_ENTRIES {
                terms.insert(ANY.to_owned());
            }
            add(flat, field, &terms);
        }
    }

    fn add_facts(&self, flat: &mut TantivyDocument, document: &Document) {
        flat.add_text(self.id, whole(&document.id));
        flat.add_text(self.kind, whole(&document.kind));
        flat.add_text(self.status, whole(&document.status));
        let optional = [
            (self.issuer, &document.issuer),
            (self.holder, &document.holder),
            (self.grantor, &document.grantor),
            (self.scheme, &document.scheme),
            (self.attestation, &document.attestation),
        ];
        for (field, value) in optional {
            if let Some(value) = value {
                flat.add_text(field, whole(value));
            }
        }
        for (field, codes) in [
            (self.economy, &document.economies),
            (self.issuer_economy, &document.issuer_economies),
        ] {
            let codes = codes.iter().take(MAX_LIST_ENTRIES);
            let codes: BTreeSet<String> = codes.map(|code| whole(code).to_uppercase()).collect();
            for code in &codes {
                flat.add_text(field, code);
            }
        }
        if let Some(year) = document.year {
            flat.add_text(self.year, year.to_string());
        }
        let day = |day: Option<i32>, otherwise: i64| day.map_or(otherwise, i64::from);
        flat.add_i64(self.valid_from, day(document.valid_from, NO_START));
        flat.add_i64(self.valid_until, day(document.valid_until, NO_END));
        flat.add_i64(self.status_until, day(document.status_until, NO_END));
        flat.add_i64(self.issued_on, day(document.issued_on, NO_START));
        flat.add_i64(self.logged_at, document.logged_at.unwrap_or(NO_START));
    }
}

/// Codes that the names of goods without a code lead to, each with those above it.
fn derived_codes(document: &Document) -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for name in document.goods.iter().take(MAX_GOODS) {
        for candidate in derived(&name.value, name.language.as_deref()) {
            let prefixes = code::hs_prefixes(&candidate.code);
            codes.extend(prefixes.into_iter().map(str::to_owned));
        }
    }
    codes
}

/// Languages of the thesaurus in which a document has no title.
fn untitled(document: &Document) -> BTreeSet<String> {
    let texts = document.texts.iter().take(MAX_LIST_ENTRIES);
    let titles = texts.filter(|text| text.weight == Weight::Title);
    let tags = titles.filter_map(|text| text.language.as_deref()?.split('-').next());
    let known: BTreeSet<&str> = tags.collect();
    let missing = LANGUAGES.iter().filter(|one| !known.contains(**one));
    missing.map(|one| (*one).to_owned()).collect()
}

/// Terms of all texts of one document.
#[derive(Default)]
struct Words {
    titles: Vec<String>,
    bodies: Vec<String>,
    parties: Vec<String>,
    stems: Vec<String>,
    latin: Vec<String>,
    mentions: BTreeSet<String>,
    sounds: BTreeSet<String>,
    grams: Vec<String>,
    characters: usize,
}

impl Words {
    /// Adds the derived terms of a text and answers its folded words.
    fn analyse(&mut self, text: &Text, stems: &mut Stems) -> Vec<String> {
        let room = MAX_DOCUMENT_CHARS.saturating_sub(self.characters);
        let cleaned = clean(&text.value, room.min(MAX_TEXT_CHARS));
        self.characters += cleaned.chars().count();
        let prepared = prepare(&cleaned);
        if self.mentions.len() < MAX_MENTIONS {
            self.mentions.extend(code::mentions(&cleaned));
        }
        let found = words(&prepared);
        let tag = text.language.as_deref();
        // Vietnamese words do not change their form.
        let vietnamese = tag.map_or_else(
            || is_vietnamese(&cleaned),
            |tag| tag.split('-').next() == Some("vi"),
        );
        for word in &found {
            if vietnamese {
                self.stems.push(accented(word));
            } else {
                self.stems.extend(stems.of_document(word, tag));
            }
            self.latin.extend(latin(word));
        }
        if vietnamese {
            self.grams.extend(pairs(found.iter().map(String::as_str)));
        }
        if !prepared.is_ascii() {
            self.grams.extend(grams(&prepared));
            self.grams.extend(beginnings(&prepared));
        }
        let folded = found.iter().map(|word| fold(word));
        folded.filter(|word| !word.is_empty()).collect()
    }

    /// Adds how a name sounds.
    fn listen(&mut self, name: &str, stems: &mut Stems) {
        let prepared = prepare(&clean(name, MAX_CODE_CHARS));
        self.sounds.extend(names::syllables(&prepared));
        for word in words(&prepared) {
            self.sounds.extend(names::sounds(&word));
            if !word.is_ascii() {
                for stem in stems.of_document(&word, None) {
                    self.sounds.extend(names::sounds(&stem));
                }
            }
        }
    }
}

/// Adds terms as one joined value.
fn add<'a>(flat: &mut TantivyDocument, field: Field, terms: impl IntoIterator<Item = &'a String>) {
    let mut joined = String::new();
    for term in terms {
        joined.push_str(term);
        joined.push(SEPARATOR);
    }
    if !joined.is_empty() {
        flat.add_text(field, joined);
    }
}

/// Splits what [`add`] joined: analysis happens before, because it needs the language.
#[derive(Debug, Clone, Default)]
pub(crate) struct JoinedTokenizer {
    token: Token,
}

impl Tokenizer for JoinedTokenizer {
    type TokenStream<'a> = JoinedStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> JoinedStream<'a> {
        self.token.reset();
        JoinedStream {
            terms: text.split(SEPARATOR),
            token: &mut self.token,
        }
    }
}

/// Terms between separators.
pub(crate) struct JoinedStream<'a> {
    terms: std::str::Split<'a, char>,
    token: &'a mut Token,
}

impl TokenStream for JoinedStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(term) = self.terms.by_ref().find(|term| !term.is_empty()) else {
            return false;
        };
        self.token.text.clear();
        self.token.text.push_str(term);
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
