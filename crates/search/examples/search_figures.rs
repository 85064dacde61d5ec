//! Prints how fast documents go in and queries come out, over generated documents:
//! `cargo run --release -p comity-search --example search_figures -- 100000`.

#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use comity_search::{Document, Facet, Index, Query, Sort, Text, Weight};

/// Runs of each query; the median is printed.
const RUNS: usize = 51;

const PRODUCTS: [(&str, &str); 6] = [
    ("en", "Low-voltage power cable with copper conductors"),
    ("fr", "Câble d'alimentation basse tension à âme de cuivre"),
    ("ru", "Кабель силовой низковольтный с медными жилами"),
    ("zh", "低压电力电缆铜芯认证证书"),
    ("ar", "كابلات الطاقة منخفضة الجهد بموصلات نحاسية"),
    (
        "de",
        "Prüfgerät für elektrische Sicherheit von Haushaltsgeräten",
    ),
];
const ECONOMIES: [&str; 8] = ["CN", "SA", "FR", "RU", "JP", "DE", "BR", "IN"];
const STANDARDS: [&str; 4] = [
    "IEC 60502-1:2021",
    "ISO 9001:2015",
    "GB/T 19001-2016",
    "EN 55032:2015",
];

fn main() -> Result<(), comity_search::Error> {
    let count = std::env::args().nth(1).and_then(|count| count.parse().ok());
    let count: u32 = count.unwrap_or(100_000);
    let folder = std::env::temp_dir().join(format!("comity-search-{}", std::process::id()));
    let index = Index::open(&folder)?;
    let mut taken = Duration::ZERO;
    for batch in 0..count.div_ceil(1_000) {
        let numbers = batch * 1_000..((batch + 1) * 1_000).min(count);
        let documents: Vec<Document> = numbers.map(document).collect();
        let started = Instant::now();
        index.apply(&documents, &[])?;
        if batch % 10 == 9 {
            index.commit(&BTreeMap::new())?;
        }
        taken += started.elapsed();
    }
    let started = Instant::now();
    index.commit(&BTreeMap::new())?;
    let took = (taken + started.elapsed()).as_secs_f64();
    println!(
        "{count} documents in {took:.1} s: {:.0} a second",
        f64::from(count) / took
    );
    for (name, query) in queries() {
        let mut times = Vec::with_capacity(RUNS);
        let mut total = 0;
        for _ in 0..RUNS {
            let asked = Instant::now();
            total = index.search(&query)?.total.value;
            times.push(asked.elapsed());
        }
        times.sort();
        println!(
            "{name:32} {:>9.0} µs  {total} hits",
            times[RUNS / 2].as_secs_f64() * 1e6
        );
    }
    drop(index);
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

fn queries() -> Vec<(&'static str, Query)> {
    let text = |text: &str| Query {
        text: text.to_owned(),
        limit: 20,
        ..Query::default()
    };
    let mut filtered = text("cable");
    filtered.filters.economy.any_of = vec!["FR".to_owned()];
    filtered.filters.on = Some(19_000);
    let mut facets = filtered.clone();
    facets.facets = vec![
        Facet::Economy,
        Facet::Status,
        Facet::Standard,
        Facet::HsChapter,
    ];
    let mut newest = text("");
    newest.sort = Sort::Newest;
    let mut product = text("");
    product.filters.hs.any_of = vec!["854449".to_owned()];
    vec![
        ("certificate number", text("CQC-2021-0211-004711")),
        ("rare word", text("Holder4711")),
        ("common word", text("cable")),
        ("two words", text("power cable")),
        ("Russian, inflected", text("кабелей")),
        ("Chinese part of a compound", text("电缆铜芯")),
        ("standard", text("ISO 9001")),
        ("typing error", text("conducters")),
        ("HS prefix", product),
        ("filter", filtered),
        ("filter and four facets", facets),
        ("everything, newest first", newest),
    ]
}

fn document(number: u32) -> Document {
    let pick = |from: usize, salt: u32| {
        (number.wrapping_mul(2_654_435_761).wrapping_add(salt) >> 8) as usize % from
    };
    let mut digest = [0; 32];
    for (place, bytes) in (1_u32..).zip(digest.chunks_exact_mut(4)) {
        bytes.copy_from_slice(
            &number
                .wrapping_mul(2_654_435_761)
                .wrapping_mul(place | 1)
                .to_be_bytes(),
        );
    }
    digest[28..].copy_from_slice(&number.to_be_bytes());
    let (language, product) = PRODUCTS[pick(PRODUCTS.len(), 1)];
    let text = |value: String, weight: Weight| Text {
        language: Some(language.to_owned()),
        value,
        weight,
    };
    let day = 18_000 + i32::try_from(number % 2_000).unwrap_or_default();
    Document {
        logged_at: None,
        goods: Vec::new(),
        digest,
        id: format!("https://nqi.example/r/{number:08x}"),
        kind: "Attestation".to_owned(),
        origin: "nqi.example/log/2026".to_owned(),
        position: u64::from(number),
        texts: vec![
            text(product.to_owned(), Weight::Title),
            text(
                format!("{product}; type {}, rated voltage 0.6/1 kV", number % 977),
                Weight::Body,
            ),
        ],
        parties: vec![text(
            format!("Holder{} Works", number % 20_000),
            Weight::Body,
        )],
        numbers: vec![format!("CQC-2021-{:04}-{number:06}", number % 300)],
        standards: vec![STANDARDS[pick(STANDARDS.len(), 2)].to_owned()],
        hs: vec![["8544.49", "8504.40", "9030.33"][pick(3, 3)].to_owned()],
        economies: vec![ECONOMIES[pick(ECONOMIES.len(), 4)].to_owned()],
        issuer_economies: vec![ECONOMIES[pick(ECONOMIES.len(), 4)].to_owned()],
        issuer: Some(format!("did:web:lab{}.example", number % 200)),
        issuer_name: Some(format!("Laboratory {}", number % 200)),
        holder: Some(format!("did:web:holder{}.example", number % 20_000)),
        grantor: Some(format!("did:web:accreditor{}.example", number % 20)),
        attestation: Some("productCertificate".to_owned()),
        sides: vec![format!("authority did:web:nqi{}.example", number % 8)],
        schemes: vec!["ccc".to_owned()],
        designations: vec![STANDARDS[pick(STANDARDS.len(), 2)].to_owned()],
        scheme: Some("CCC".to_owned()),
        status_until: None,
        status: ["active", "active", "active", "suspended", "withdrawn"][pick(5, 5)].to_owned(),
        valid_from: Some(day),
        valid_until: Some(day + 1_095),
        issued_on: Some(day),
        year: Some(2019 + i32::try_from(number % 6).unwrap_or_default()),
    }
}
