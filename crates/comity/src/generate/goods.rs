//! The objects of certificates: their names in the languages of the issuer, models, codes.

use comity_model::attestation::{ConformityObject, ObjectType, Quantity};
use comity_model::product::ProductCode;
use comity_model::text::LangString;

use super::cast::{Body, in_both};
use super::chance::Chance;
use super::numbers::{gtin, model};
use super::shares::{ALL_LANGUAGES, GTIN};
use super::tables::{Good, LANGUAGES, Says, Tables, Words};
use super::world::Holder;

/// The edition of the Harmonized System that the codes are of.
const HS_EDITION: &str = "2022";
/// Models of one certificate, at most.
const MOST_MODELS: u64 = 8;

/// A product with its models.
pub(super) fn product(
    chance: &mut Chance,
    tables: &Tables,
    good: &Good,
    holder: &Holder,
    by: &Body,
) -> ConformityObject {
    let says = tables
        .families
        .get(good.family)
        .map_or(Says::Nothing, |family| family.says);
    let names = specified(chance, tables, good, says);
    let names = in_languages(chance, by.language, &names);
    let mut models: Vec<String> = (0..chance.between(1, MOST_MODELS))
        .map(|_| model(chance, &holder.brand))
        .collect();
    models.sort_unstable();
    models.dedup();
    let gtins = chance.is(GTIN).then(|| gtin(chance));
    ConformityObject {
        brand: Some(holder.brand.clone()),
        model_numbers: models,
        gtins: gtins.into_iter().collect(),
        product_codes: ProductCode::hs(good.hs, Some(HS_EDITION))
            .into_iter()
            .collect(),
        ..ConformityObject::named(ObjectType::Product, names)
    }
}

/// A consignment: lots and a quantity instead of models.
pub(super) fn consignment(chance: &mut Chance, good: &Good, by: &Body) -> ConformityObject {
    let names = in_languages(chance, by.language, &good.names.map(str::to_owned));
    let lots =
        (0..chance.between(1, 3)).map(|lot| format!("L{}{lot}", chance.between(1_000, 9_999)));
    let lots = lots.collect();
    ConformityObject {
        lots,
        quantity: Some(Quantity {
            value: (chance.between(1, 480) * 50).to_string(),
            unit: "kg".to_owned(),
        }),
        product_codes: ProductCode::hs(good.hs, Some(HS_EDITION))
            .into_iter()
            .collect(),
        origin: Some(by.code().to_owned()),
        ..ConformityObject::named(ObjectType::Consignment, names)
    }
}

/// A single instrument, by its serial number.
pub(super) fn instrument(
    chance: &mut Chance,
    good: &Good,
    holder: &Holder,
    by: &Body,
) -> ConformityObject {
    let names = in_languages(chance, by.language, &good.names.map(str::to_owned));
    ConformityObject {
        brand: Some(holder.brand.clone()),
        model_numbers: vec![model(chance, &holder.brand)],
        serial_numbers: vec![format!("{:08}", chance.below(100_000_000))],
        product_codes: ProductCode::hs(good.hs, Some(HS_EDITION))
            .into_iter()
            .collect(),
        ..ConformityObject::named(ObjectType::Product, names)
    }
}

/// What a management system is for.
pub(super) fn system(by: &Body, sentence: &Words, family: &Words) -> ConformityObject {
    let [english, ..] = *sentence;
    let own = by.say(sentence).replace("{}", by.say(family));
    let mut names = LangString::of(by.tag(), &own);
    if by.language > 0 {
        names = names.and("en", &english.replace("{}", family[0]));
    }
    ConformityObject::named(ObjectType::System, names)
}

/// A product's name and what it says besides, in every language.
fn specified(chance: &mut Chance, tables: &Tables, good: &Good, says: Says) -> Words<String> {
    let same = |text: String| [text.clone(), text.clone(), text.clone(), text.clone(), text];
    let units = |text: &str, units: [&str; 2]| {
        let [latin, cyrillic] = units;
        let mut all = same(format!("{text} {latin}"));
        all[2] = format!("{text} {cyrillic}");
        all
    };
    let more: Words<String> = match says {
        Says::Nothing => return good.names.map(str::to_owned),
        Says::Mains => units(
            &format!("220–240 V~, {}", chance.between(1, 60) * 50),
            ["W", "Вт"],
        ),
        Says::Rated => units(&format!("400 V, {}", chance.between(1, 40) * 5), ["A", "А"]),
        Says::Bore => {
            let bore = chance.word(&["15", "20", "25", "32", "40", "50", "80", "100", "150"]);
            same(format!(
                "DN {bore}, PN {}",
                chance.word(&["10", "16", "25", "40"])
            ))
        }
        Says::Pack => {
            let size = chance.word(&["0.25", "0.5", "1", "2", "5", "10", "25"]);
            units(size, ["kg", "кг"])
        }
        Says::Soft | Says::Hard => {
            let materials = if says == Says::Soft {
                &tables.soft
            } else {
                &tables.hard
            };
            match chance.one_of(materials) {
                Some(material) => material.map(str::to_owned),
                None => return good.names.map(str::to_owned),
            }
        }
    };
    let commas = [", ", "，", ", ", "، ", ", "];
    std::array::from_fn(|place| format!("{}{}{}", good.names[place], commas[place], more[place]))
}

/// Names in the issuer's language and in English, or in every language.
fn in_languages(chance: &mut Chance, language: usize, names: &Words<String>) -> LangString {
    if chance.is(ALL_LANGUAGES) {
        let texts = LANGUAGES.iter().zip(names);
        return texts.fold(LangString::default(), |all, (tag, name)| all.and(tag, name));
    }
    let [english, ..] = names;
    match (names.get(language), LANGUAGES.get(language)) {
        (Some(own), Some(tag)) if language > 0 => LangString::of(tag, own).and("en", english),
        _ => LangString::of("en", english),
    }
}

/// The name of a component of a product.
pub(super) fn component(by: &Body, sentence: &Words, good: &Good) -> LangString {
    let words: Words = *sentence;
    let mut text = in_both(by.language, &words);
    for (text, name) in text.0.iter_mut().zip([by.say(&good.names), good.names[0]]) {
        text.value = text.value.replace("{}", name);
    }
    text
}
