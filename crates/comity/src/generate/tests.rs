use std::collections::HashSet;

use comity_model::record::{Kind, Record, Subject};

use super::chance::{Chance, Odds};
use super::tables::{LANGUAGES, Tables};
use super::world::World;
use super::{BASE_DAY, chunk, dossier, folder, foundation, numbers};

fn world(seed: u64) -> (World, Vec<super::sign::Signed>) {
    let date = BASE_DAY.parse().unwrap();
    let config = folder::config(date, None).unwrap();
    let mut world = World::of(seed, date, 20_000, config.origin()).unwrap();
    let keys = folder::keys(seed, &config).unwrap();
    let records = foundation::lay(&mut world, &keys).unwrap();
    (world, records)
}

#[test]
fn every_record_keeps_the_rules_and_every_kind_is_there() {
    let (world, mut records) = world(1);
    for number in 0..4 {
        records.extend(chunk(&world, number).unwrap());
    }
    // Rare enough that few dossiers have one.
    let rare = Kind::Takedown;
    let mut number = 1_000;
    while !records.iter().any(|record| record.kind == rare) {
        records.extend(dossier::dossier(&world, number).unwrap());
        number += 1;
    }
    let mut ids = HashSet::new();
    for record in &records {
        let read = Record::check(&record.body).unwrap();
        assert_eq!(read.kind(), record.kind);
        assert!(read.comity.authority.ends_with(".example"));
        assert!(ids.insert(read.id.clone()), "{} twice", read.id);
        if let Subject::Attestation(attestation) = &read.subject {
            let issued = attestation.comity.legal_dates.issued_on.latest();
            assert!(issued < world.date, "issued {issued}");
        }
    }
    for kind in Kind::ALL {
        assert!(
            records.iter().any(|record| record.kind == kind),
            "no {kind}"
        );
    }
    for (language, tag) in LANGUAGES.iter().enumerate() {
        let of_language = records.iter().filter(|record| record.language == language);
        assert!(of_language.count() > records.len() / 20, "{tag}");
    }
}

#[test]
fn a_dossier_follows_from_the_seed_and_its_number_alone() {
    let (first, foundation) = world(5);
    let (second, again) = world(5);
    let (other, elsewhere) = world(6);
    let bodies = |records: &[super::sign::Signed]| -> Vec<Vec<u8>> {
        records.iter().map(|record| record.body.clone()).collect()
    };
    assert_eq!(bodies(&foundation), bodies(&again));
    assert_ne!(bodies(&foundation), bodies(&elsewhere));
    let one = dossier::dossier(&first, 700).unwrap();
    dossier::dossier(&second, 3).unwrap();
    assert_eq!(
        bodies(&one),
        bodies(&dossier::dossier(&second, 700).unwrap())
    );
    assert_ne!(
        bodies(&one),
        bodies(&dossier::dossier(&other, 700).unwrap())
    );
}

#[test]
fn the_shares_are_as_they_are_said_to_be() {
    let (world, _) = world(1);
    let mut states = Vec::new();
    for number in 0..12 {
        let papers = chunk(&world, number).unwrap().into_iter();
        states.extend(papers.filter_map(|record| record.paper.map(|paper| paper.state)));
    }
    let share = |state: &str| {
        let count = states.iter().filter(|known| **known == state).count();
        count * 1_000 / states.len()
    };
    assert!(
        (160..240).contains(&share("expired")),
        "{}",
        share("expired")
    );
    assert!(
        (15..45).contains(&share("superseded")),
        "{}",
        share("superseded")
    );
    assert!(
        (5..25).contains(&share("suspended")),
        "{}",
        share("suspended")
    );
    assert!(
        (4..20).contains(&share("withdrawn")),
        "{}",
        share("withdrawn")
    );
}

#[test]
fn chance_is_the_same_everywhere() {
    // SplitMix64 from the seed 1234567, as published with its authors' code.
    let mut chance = Chance::raw(1_234_567);
    let drawn: Vec<u64> = (0..3).map(|_| chance.bits()).collect();
    assert_eq!(
        drawn,
        [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423
        ]
    );
    let mut ranks = [0_u32; 4];
    let odds = Odds::zipf(4);
    for _ in 0..25_000 {
        ranks[odds.draw(&mut chance)] += 1;
    }
    // 12, 6, 4 and 3 parts of 25.
    for (rank, expected) in ranks.into_iter().zip([12_000, 6_000, 4_000, 3_000]) {
        assert!(rank.abs_diff(expected) < 400, "{ranks:?}");
    }
}

#[test]
fn tables_are_whole_and_numbers_have_their_form() {
    let tables = Tables::read().unwrap();
    assert!(tables.goods.len() > 150 && tables.norms.len() > 80);
    for family in &tables.families {
        assert!(!family.goods.is_empty(), "{}", family.key);
    }
    for good in &tables.goods {
        assert!(good.hs.len() == 6 && good.names.iter().all(|name| !name.is_empty()));
    }
    let mut chance = Chance::of(1, "test", 1);
    let mut seen = HashSet::new();
    for dossier in 0..5_000 {
        let gtin = numbers::gtin(&mut chance);
        let weighted = gtin
            .bytes()
            .rev()
            .enumerate()
            .map(|(at, digit)| u32::from(digit - b'0') * if at % 2 == 0 { 1 } else { 3 });
        assert!(
            gtin.len() == 13 && weighted.sum::<u32>() % 10 == 0,
            "{gtin}"
        );
        let number = numbers::certificate(&mut chance, 3, 0, dossier, 2024);
        assert!(seen.insert(number.clone()), "{number} twice");
    }
}
