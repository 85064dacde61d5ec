//! Whatever counts is admitted by the ways of its destination: [`hold`] stands behind every
//! verdict of these tests, and worlds are made up here besides.

use std::cell::Cell;

use comity_model::arrangement::{Chapter, Degree, DirectedPair, DirectionMode, Phase};
use comity_model::attestation::{AttestationDetails, AttestationKind};
use comity_model::date::Day;
use comity_model::grant::GrantType;
use comity_model::import_rule::{AttestationFilter, ImportRule, RuleEffect};
use comity_model::participation::Declaration;
use comity_model::product::{CodeSelector, ProductCode};
use comity_model::record::{ImportedFrom, Record, Subject};
use comity_model::reference::{Reference, SourceReference};
use comity_model::standard::Correspondence;
use proptest::prelude::*;

use super::world::{Shared, World, adopts, authority, date, relies_on};
use super::{Trade, world};
use crate::evidence::Evidence;
use crate::policy::Policy;
use crate::trust_graph::TrustGraph;
use crate::verdict::{Verdict, VerdictResult};
use crate::ways::{Traits, Ways, ways};

thread_local! {
    /// Verdicts of this thread that were held against the ways.
    static HELD: Cell<usize> = const { Cell::new(0) };
}

/// Asserts that what counts by a verdict is admitted.
pub(super) fn hold(verdict: &Verdict, evidence: &Evidence<'_>, policy: &Policy) {
    let Some(judged) = &verdict.judged else {
        return;
    };
    if verdict.result > VerdictResult::ResultsOnly {
        return;
    }
    let question = &verdict.question;
    let found = ways(
        (&question.in_economy, &question.product.codes),
        (question.on, question.known_at),
        evidence,
        policy,
    );
    let mut candidates = evidence.candidates.iter();
    let record = candidates.find(|held| held.record_digest == judged.record_digest);
    let traits = Traits::of(record.unwrap().record.as_ref().unwrap()).unwrap();
    assert!(
        found.admit(&traits),
        "{:?} in {}, and not admitted: {traits:#?}\n{found:#?}",
        verdict.result,
        question.in_economy
    );
    HELD.set(HELD.get() + 1);
}

fn ways_of(world: &World, economy: &str, codes: &[ProductCode]) -> Ways {
    let trust = TrustGraph::build(world.records.iter().cloned());
    let evidence = Evidence {
        candidates: Vec::new(),
        revisions: Vec::new(),
        events: Vec::new(),
        trust: &trust,
        heads: &world.heads_at(world.now),
        taken_down: Vec::new(),
        held_of_issuer: None,
        reports: Vec::new(),
        issued: Vec::new(),
        unread: world.unread.clone(),
        no_statement: None,
    };
    let at = (world.now.day(), world.now);
    ways((economy, codes), at, &evidence, &world.policy())
}

fn traits(record: &Shared) -> Traits {
    Traits::of(record.record.as_ref().unwrap()).unwrap()
}

fn admits(world: &World, economy: &str, record: &Shared) -> bool {
    ways_of(world, economy, &[]).admit(&traits(record))
}

#[test]
fn what_no_chapter_and_no_rule_reaches_is_left_out() {
    let mut trade = Trade::new();
    let certificate = trade.certificate();
    let report = trade.world.attest(&trade.lab.clone(), |details| {
        details.comity_kind = AttestationKind::TestReport;
    });
    let other = trade.world.body("KZ", "other");
    let of_kz = trade.world.attest(&other, |_| {});
    let world = &trade.world;
    assert!(admits(world, "JP", &certificate));
    assert!(!admits(world, "JP", &report), "the chapter is not about it");
    assert!(!admits(world, "JP", &of_kz), "KZ is in nothing");
    // KZ has no arrangement: its own bodies only.
    assert!(admits(world, "KZ", &of_kz));
    assert!(!admits(world, "KZ", &certificate));
    assert!(admits(world, "SE", &certificate));
}

#[test]
fn a_chapter_that_does_not_work_or_is_not_accepted_is_no_way() {
    for change in [
        Box::new(|c: &mut Chapter| c.phase = Phase::Suspended) as Box<dyn FnOnce(&mut Chapter)>,
        Box::new(|c| c.period = world::period("2020-01-01", None)),
        Box::new(|c| c.period = world::period("2018-01-01", Some("2018-12-31"))),
        Box::new(|c| c.acceptor.declaration_required = true),
        Box::new(|c| c.coverage.schemes = vec!["CB".to_owned()]),
        Box::new(|c| c.coverage.standards = vec!["ISO 9001".parse().unwrap()]),
        Box::new(|c| c.coverage.products = vec![selector("HS", "8544")]),
        Box::new(|c| {
            c.direction.mode = DirectionMode::OneWay;
            c.direction.pairs = vec![pair("JP", "SE")];
        }),
    ] {
        let mut trade = Trade::with(change);
        let certificate = trade.certificate();
        assert!(!admits(&trade.world, "JP", &certificate));
    }
}

#[test]
fn the_product_asked_about_must_be_covered() {
    let mut trade = Trade::new();
    let lab = trade.lab.clone();
    let mut of = |codes: &[(&str, &str)]| {
        let codes = codes.iter().map(|(scheme, code)| ProductCode {
            scheme: (*scheme).to_owned(),
            edition: None,
            code: (*code).to_owned(),
        });
        let codes: Vec<_> = codes.collect();
        trade.world.attest(&lab, |details| {
            details.objects[0].product_codes = codes;
        })
    };
    let heading = of(&[("HS", "8516")]);
    let extended = of(&[("CN", "85167200")]);
    let none = of(&[("ICS", "97.040")]);
    let asked = |code: &str| {
        ways_of(
            &trade.world,
            "SE",
            &ProductCode::hs(code, None).map_or(vec![], |c| vec![c]),
        )
    };
    let six = asked("8516.72");
    assert!(six.admit(&traits(&heading)) && six.admit(&traits(&extended)));
    assert!(!six.admit(&traits(&none)));
    assert!(!asked("8516.71").admit(&traits(&extended)));
    // Who asks about a heading gets what covers all of it.
    assert!(asked("8516").admit(&traits(&heading)));
    assert!(!asked("8516").admit(&traits(&extended)));
}

fn selector(scheme: &str, prefix: &str) -> CodeSelector {
    CodeSelector {
        scheme: scheme.to_owned(),
        edition: None,
        include: vec![prefix.to_owned()],
        exclude: Vec::new(),
    }
}

fn pair(from: &str, to: &str) -> DirectedPair {
    let of = |economy: &str| match economy {
        "" => Vec::new(),
        economy => vec![economy.to_owned()],
    };
    DirectedPair {
        from: of(from),
        to: of(to),
        period: None,
    }
}

/// What a made-up world is made of: a number chooses each.
#[derive(Clone, Debug)]
struct Made {
    chapter: [usize; 8],
    details: [usize; 7],
    rule: [usize; 5],
    world: [usize; 6],
}

fn made() -> impl Strategy<Value = Made> {
    let numbers = (
        prop::array::uniform8(0..12_usize),
        prop::array::uniform7(0..12_usize),
        prop::array::uniform5(0..12_usize),
        prop::array::uniform6(0..12_usize),
    );
    numbers.prop_map(|(chapter, details, rule, world)| Made {
        chapter,
        details,
        rule,
        world,
    })
}

/// Chooses the likely first value for most numbers.
fn one_of<T: Clone>(number: usize, values: &[T]) -> T {
    let place = number.saturating_sub(6).min(values.len() - 1);
    values[place].clone()
}

fn change_chapter(chapter: &mut Chapter, made: &Made) {
    let [
        direction,
        end,
        products,
        standards,
        schemes,
        degree,
        from,
        kinds,
    ] = made.chapter;
    let group = format!("{}#union", authority("INT").did);
    (chapter.direction.mode, chapter.direction.pairs) = one_of(
        direction,
        &[
            (DirectionMode::Mutual, vec![]),
            (DirectionMode::OneWay, vec![pair("SE", "JP")]),
            (
                DirectionMode::DeclaredPairs,
                vec![pair("", "JP"), pair("KZ", "")],
            ),
            (DirectionMode::OneWay, vec![pair(&group, "")]),
            (DirectionMode::DeclaredPairs, vec![pair("SE", &group)]),
            (DirectionMode::ProducerToAll, vec![]),
        ],
    );
    let ends = [
        None,
        Some("2019-06-30"),
        Some("2018-12-31"),
        Some("2018-10-01..2018-12-31"),
    ];
    chapter.period = world::period("2018-01-01", one_of(end, &ends));
    chapter.after_end = one_of(end, &[None, Some(World::until_expiry())]);
    if end % 2 == 1 {
        chapter.phase = one_of(end, &[Phase::Operational, Phase::Lapsed]);
        chapter.after_end = Some(World::until_expiry());
    }
    let selectors = [
        vec![],
        vec![selector("HS", "8516")],
        vec![selector("CN", "85167200")],
        vec![selector("ICS", "97"), selector("HS", "85")],
        vec![selector("HS", "851")],
    ];
    chapter.coverage.products = one_of(products, &selectors);
    let listed = [
        vec![],
        vec!["IEC 60335-1"],
        vec!["EN 60335-1:2012"],
        vec!["JIS C 9335-1"],
    ];
    let listed = one_of(standards, &listed);
    chapter.coverage.standards = listed.iter().map(|one| one.parse().unwrap()).collect();
    let named = [
        vec![],
        vec!["cc"],
        vec!["https://scheme.example/1"],
        vec!["Scheme", "x"],
    ];
    let named = one_of(schemes, &named);
    chapter.coverage.schemes = named.into_iter().map(str::to_owned).collect();
    chapter.degree = one_of(
        degree,
        &[Degree::Certificates, Degree::Results, Degree::Bodies],
    );
    chapter.issued_from = one_of(from, &[None, Some(date("2018-07-01"))]);
    if kinds > 9 {
        chapter.coverage.attestation_kinds = vec![AttestationKind::TestReport];
    }
}

fn change_details(details: &mut AttestationDetails, made: &Made) {
    let [issued, until, codes, standard, scheme, kind, _] = made.details;
    let issued = one_of(
        issued,
        &[
            "2018-11-01",
            "2019-03-01",
            "2018-07-01..2018-08-01",
            "2019-01-10",
        ],
    );
    details.legal_dates.issued_on = date(issued);
    let until = one_of(
        until,
        &[
            None,
            Some("2025-01-01"),
            Some("2019-03-01"),
            Some("2019-02-28"),
        ],
    );
    details.legal_dates.valid_until = until.map(date);
    let codes = one_of(
        codes,
        &[
            vec![("HS", "851672")],
            vec![("CN", "85167200")],
            vec![("HS", "8516"), ("ICS", "97.040")],
            vec![],
            vec![("HS", "85")],
        ],
    );
    details.objects[0].product_codes = codes
        .into_iter()
        .map(|(scheme, code)| ProductCode {
            scheme: scheme.to_owned(),
            edition: None,
            code: code.to_owned(),
        })
        .collect();
    let standards = [
        "IEC 60335-1:2020",
        "EN 60335-1:2012",
        "JIS C 9335-1:2014",
        "IEC 60335-1",
    ];
    details.standards = vec![one_of(standard, &standards).parse().unwrap()];
    details.scheme = one_of(
        scheme,
        &[Some("CC".to_owned()), Some("Cc".to_owned()), None],
    );
    let kinds = [
        AttestationKind::ProductCertificate,
        AttestationKind::TestReport,
    ];
    details.comity_kind = one_of(kind, &kinds);
}

fn change_rule(rule: &mut ImportRule, made: &Made) {
    let [products, economies, schemes, standards, issuers] = made.rule;
    let selectors = [
        vec![],
        vec![selector("HS", "8516")],
        vec![selector("CN", "85167200")],
    ];
    rule.products = one_of(products, &selectors);
    let economies = one_of(economies, &[vec![], vec!["SE"], vec!["KZ", "JP"]]);
    let standards = one_of(
        standards,
        &[vec![], vec!["IEC 60335-1"], vec!["JIS C 9335-1"]],
    );
    let issuer = world::authority("SE").reference();
    let lab = comity_model::party::PartyReference {
        id: "did:web:lab.example".to_owned(),
        registered_by: issuer.id,
    };
    rule.attestations = Some(AttestationFilter {
        issuer_economies: economies.into_iter().map(str::to_owned).collect(),
        schemes: one_of(schemes, &[vec![], vec!["CC".to_owned()]]),
        standards: standards.iter().map(|one| one.parse().unwrap()).collect(),
        issuers: one_of(issuers, &[vec![], vec![lab]]),
        ..AttestationFilter::default()
    });
}

/// SE's laboratory, JP as destination, KZ in a group; an arrangement or a transcription of one; a
/// grant that is native or imported; an adoption or two; and perhaps a rule that accepts.
fn build(made: &Made) -> (World, Vec<Shared>) {
    let mut world = World::new();
    let [grants, transcribed, declared, ruled, imported, editions] = made.world;
    world.policy = "\n[[importers]]\nsigner = \"did:web:se.example\"\nsystem = \"register\"\n\
                    [[importers]]\nsigner = \"did:web:se.example\"\nsystem = \"texts\"\n"
        .to_owned();
    let (se, jp, int) = (authority("SE"), authority("JP"), authority("INT"));
    let lab = world.body("SE", "lab");
    let union = world.arrangement("union", &[&int], vec![World::chapter("rules")]);
    world.join(&union, "KZ", &int, |_| {});
    world.join(&union, "JP", &jp, |_| {});
    let mut chapter = World::chapter("appliances");
    change_chapter(&mut chapter, made);
    let arrangement = if transcribed > 7 {
        world.transcribe("mra", vec![chapter])
    } else {
        world.arrangement("mra", &[&int], vec![chapter])
    };
    let (giver, taker) = if transcribed > 7 {
        (&se, &se)
    } else {
        (&int, &jp)
    };
    world.join(&arrangement, "SE", giver, |_| {});
    world.join(&arrangement, "KZ", giver, |_| {});
    world.join(&arrangement, "JP", taker, |participation| {
        let declarations = [
            None,
            Some(Declaration::Accept),
            Some(Declaration::NotAccept),
        ];
        participation.declaration = one_of(declared, &declarations);
    });
    if editions > 5 {
        world.standard(&int, "EN 60335-1:2012", |standard| {
            standard.adopts = adopts("IEC 60335-1:2020", Correspondence::Identical, &[]);
        });
        world.standard(&int, "JIS C 9335-1:2014", |standard| {
            standard.adopts = adopts("IEC 60335-1:2020", Correspondence::Identical, &[]);
        });
    }
    if ruled > 5 {
        world.rule("JP", RuleEffect::Accepted, |rule| change_rule(rule, made));
    }
    let grant = world.grant(&se, &lab, |_| {});
    let row = imported_grant(&mut world, &grant);
    world.on("2019-03-01");
    let reliance = match grants {
        0..=6 => relies_on(&grant),
        7..=9 => vec![],
        _ => row,
    };
    let certificate = world.attest(&lab, |details| {
        details.grants = reliance;
        change_details(details, made);
    });
    let economies = one_of(imported, &[vec!["SE"], vec!["JP"], vec!["KZ", "SE"]]);
    let import = world.import(&economies, "row-1", |details| {
        change_details(details, made);
    });
    (world, vec![certificate, import])
}

/// A grant to the laboratory of SE for KZ, as a row that SE imported.
fn imported_grant(world: &mut World, of: &Shared) -> Vec<comity_model::attestation::GrantReliance> {
    let se = authority("SE");
    let Subject::CompetenceGrant(grant) = &of.record.as_ref().unwrap().subject else {
        panic!("a grant was given");
    };
    let mut grant = grant.clone();
    grant.grant_type = GrantType::Accreditation;
    grant.economies = vec!["KZ".to_owned()];
    let mut record: Record = world.draft(&se, Subject::CompetenceGrant(grant));
    record.comity.imported_from = Some(ImportedFrom {
        system: "register".to_owned(),
        source_id: "grant-1".to_owned(),
        fetched_on: world.now.day(),
        attributed_to: comity_model::record::Attribution {
            id: "https://scheme.example".to_owned(),
            name: "Scheme body".to_owned(),
            economies: vec!["KZ".to_owned()],
        },
        source_signed: false,
    });
    world.publish(&[&se], &record);
    vec![comity_model::attestation::GrantReliance {
        grant: Reference::Source(SourceReference {
            signer: se.did,
            system: "register".to_owned(),
            source_id: "grant-1".to_owned(),
        }),
        scope_items: Vec::new(),
    }]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn whatever_counts_in_a_made_up_world_is_admitted(made in made(), asked in 0..3_usize) {
        let (mut world, records) = build(&made);
        let product = ["", "8516.72", "8516"][asked];
        for on in ["2019-03-01", "2018-12-31"] {
            let today: Day = on.parse().unwrap();
            for record in &records {
                for economy in ["SE", "JP", "KZ"] {
                    let mut question = world.ask(record, economy);
                    question.on = today;
                    question.product.codes = ProductCode::hs(product, None).into_iter().collect();
                    // Holds the verdict against the ways.
                    world.answer(&question);
                }
            }
        }
        world.on("2019-03-01");
    }
}

/// The made-up worlds are worth something: much counts in them, and the ways leave much out.
#[test]
fn much_counts_in_the_made_up_worlds_and_much_is_left_out() {
    let before = HELD.get();
    let mut out = 0;
    for number in 0..144_usize {
        let at = |place: usize| (number * (place + 3) + place * place) % 12;
        let made = Made {
            chapter: std::array::from_fn(at),
            details: std::array::from_fn(|place| at(place + 1)),
            rule: std::array::from_fn(|place| at(place + 2)),
            world: std::array::from_fn(|place| at(place + 3)),
        };
        let (world, records) = build(&made);
        for record in &records {
            for economy in ["SE", "JP", "KZ"] {
                world.answer(&world.ask(record, economy));
                out += usize::from(!admits(&world, economy, record));
            }
        }
    }
    let counted = HELD.get() - before;
    assert!(counted > 150, "{counted} counted");
    assert!(out > 150, "{out} were left out");
}
