//! Situations of the two sides of an arrangement: chapters, participations, transcriptions.

use comity_model::arrangement::{
    AfterEnd, Chapter, DirectedPair, DirectionMode, ExistingAttestations, Phase,
};
use comity_model::attestation::AttestationDetails;
use comity_model::grant::GrantType;
use comity_model::level::{AboveCap, Level, LevelMode, LevelRule};
use comity_model::participation::{Declaration, Participant, ParticipationRole};

use super::super::Trade;
use super::super::arrangements::of_a_member_that_left;
use super::super::imported;
use super::super::world::{World, authority, date, period, relies_on};
use super::{Situation, named};

/// A chapter for the scheme of its own name.
fn chapter(id: &str, change: impl FnOnce(&mut Chapter)) -> Chapter {
    let mut chapter = World::chapter(id);
    chapter.coverage.schemes = vec![id.to_owned()];
    change(&mut chapter);
    chapter
}

fn after_end(rule: ExistingAttestations, window: Option<&str>) -> AfterEnd {
    AfterEnd {
        existing_attestations: rule,
        date: None,
        procedures_under_way_until: window.map(date),
    }
}

fn pairs(from: &str, to: &str, since: &str) -> impl FnOnce(&mut Chapter) {
    let pair = DirectedPair {
        from: vec![from.to_owned()],
        to: vec![to.to_owned()],
        period: Some(period(since, None)),
    };
    move |chapter| {
        chapter.direction.mode = DirectionMode::OneWay;
        chapter.direction.pairs = vec![pair];
    }
}

fn cap(above_cap: AboveCap) -> impl FnOnce(&mut Chapter) {
    move |chapter| {
        chapter.level = Some(LevelRule {
            scale: "EAL".to_owned(),
            mode: LevelMode::Cap,
            rank: 2,
            within: Vec::new(),
            above_cap,
        });
    }
}

#[expect(clippy::too_many_lines, reason = "one situation, thing by thing")]
pub(super) fn chapters() -> Situation {
    let of_2018 = |chapter: &mut Chapter| {
        chapter.period = period("2018-01-01", Some("2018-12-31"));
    };
    let of_2019 = |chapter: &mut Chapter| {
        chapter.period = period("2018-01-01", Some("2019-12-31"));
    };
    let all = vec![
        chapter("plain", |_| {}),
        chapter("suspended", |c| c.phase = Phase::Suspended),
        chapter("later", |c| c.period = period("2019-06-01", None)),
        chapter("roughly", |c| {
            c.period = period("2019-02-01..2019-04-01", None);
        }),
        chapter("for-later", |c| c.issued_from = Some(date("2019-03-02"))),
        chapter("for-some-day", |c| {
            c.issued_from = Some(date("2019-02-01..2019-04-01"));
        }),
        chapter("silent", of_2019),
        chapter("ceasing", |c| {
            of_2019(c);
            c.after_end = Some(after_end(ExistingAttestations::CeaseImmediately, None));
        }),
        chapter("over", of_2018),
        chapter("window", |c| {
            of_2018(c);
            c.after_end = Some(after_end(
                ExistingAttestations::UntilExpiry,
                Some("2019-12-31"),
            ));
        }),
        chapter("to-se", pairs("JP", "SE", "2018-01-01")),
        chapter("some-day", pairs("SE", "JP", "2019-02-01..2019-04-01")),
        chapter("cap", cap(AboveCap::AcceptedUpToCap)),
        chapter("limit", cap(AboveCap::NotAccepted)),
        chapter("designation", |c| {
            c.issuer_eligibility.grant_types = vec![GrantType::Designation];
        }),
        chapter("designated", |c| {
            c.issuer_eligibility.designated_under_chapter = true;
        }),
        chapter("regulation", |c| {
            c.coverage.regulations = vec!["R 1".to_owned()];
        }),
        chapter("role", |c| {
            c.issuer_eligibility.participant_roles = vec![ParticipationRole::Authorising];
        }),
        chapter("declared", |c| c.acceptor.declaration_required = true),
        chapter("declined", |_| {}),
        chapter("accepting", |c| {
            c.acceptor.roles = vec![ParticipationRole::Authorising];
        }),
    ];
    let ids: Vec<String> = all.iter().map(|chapter| chapter.id.clone()).collect();
    let mut world = World::new();
    let [int, jp, kz] = ["INT", "JP", "KZ"].map(authority);
    let lab = world.body("SE", "lab");
    let kz_lab = world.body("KZ", "kz-lab");
    let grant = world.grant(&authority("SE"), &lab, |_| {});
    let text = world.arrangement("mra", &[&int], all);
    world.join(&text, "SE", &int, |_| {});
    world.join(&text, "JP", &jp, |p| {
        p.chapters = ids.iter().filter(|id| *id != "declined").cloned().collect();
    });
    world.join(&text, "JP", &jp, |p| {
        p.chapters = vec!["declined".to_owned()];
        p.declaration = Some(Declaration::NotAccept);
    });
    world.join(&text, "KZ", &kz, |p| {
        p.period = period("2019-02-01..2019-04-01", None);
    });
    world.on("2019-03-01");
    let mut of = |scheme: &str, change: &dyn Fn(&mut AttestationDetails)| {
        let grants = relies_on(&grant);
        named(&world.attest(&lab, |details| {
            details.scheme = Some(scheme.to_owned());
            details.grants = grants;
            change(details);
        }))
    };
    let began = |text: &'static str| {
        move |details: &mut AttestationDetails| {
            details.legal_dates.procedure_began_on = Some(date(text));
        }
    };
    let eal4 = |details: &mut AttestationDetails| details.level = Some(Level::plain("EAL", 4));
    let unheld = |details: &mut AttestationDetails| {
        if let comity_model::reference::Reference::Record(record) = &mut details.grants[0].grant {
            record.id = "urn:uuid:018f0000-0000-7000-8000-00000000dead".to_owned();
        }
    };
    let same: &dyn Fn(&mut AttestationDetails) = &|_| {};
    let mut records = vec![
        ("window, begun in 2018", of("window", &began("2018-12-31"))),
        ("window, begun in 2019", of("window", &began("2019-01-01"))),
        ("window, begun some day", of("window", same)),
        ("cap at EAL4", of("cap", &eal4)),
        ("limit at EAL4", of("limit", &eal4)),
        ("designation not held", of("designation", &unheld)),
    ];
    for id in [
        "plain",
        "suspended",
        "later",
        "roughly",
        "for-later",
        "for-some-day",
        "silent",
        "ceasing",
        "over",
        "to-se",
        "some-day",
        "cap",
        "designation",
        "designated",
        "regulation",
        "role",
        "declared",
        "declined",
        "accepting",
        "nowhere",
    ] {
        records.push((id, of(id, same)));
    }
    let of_kz = world.attest(&kz_lab, |details| details.scheme = Some("plain".to_owned()));
    records.push(("plain of KZ", named(&of_kz)));
    Situation::new(world, records)
}

/// Texts that are not what they should be: unsigned by JP, twice version 1, accepted late.
pub(super) fn texts() -> Situation {
    let mut world = World::new();
    let [int, jp] = ["INT", "JP"].map(authority);
    let lab = world.body("SE", "lab");
    let unsigned = world.arrangement("unsigned", &[&int], vec![chapter("unsigned", |_| {})]);
    let late = world.arrangement("late", &[&int], vec![chapter("late", |_| {})]);
    let forked = world.arrangement("forked", &[&int], vec![chapter("forked", |_| {})]);
    world.arrangement(
        "forked",
        &[&int],
        vec![chapter("forked", |c| c.period = period("2018-02-01", None))],
    );
    for text in [&unsigned, &late, &forked] {
        world.join(text, "SE", &int, |_| {});
    }
    world.join(&unsigned, "JP", &int, |_| {});
    world.join(&forked, "JP", &jp, |_| {});
    world.on("2019-03-01");
    world.join(&late, "JP", &jp, |_| {});
    let mut of = |scheme: &'static str| {
        let record = world.attest(&lab, |details| details.scheme = Some(scheme.to_owned()));
        (scheme, named(&record))
    };
    let records = vec![of("unsigned"), of("late"), of("forked")];
    Situation::new(world, records)
}

/// A trade whose grantor must be in the accreditation arrangement `mla`, which is held or not.
fn under_mla(is_in: bool, grantor_from: &str) -> Trade {
    let mut trade = Trade::with(|chapter| {
        chapter.issuer_eligibility.grantor_in = Some("did:web:int.example#mla/product".to_owned());
    });
    trade.world.on("2018-06-05");
    let int = authority("INT");
    let mla = trade
        .world
        .arrangement("mla", &[&int], vec![World::chapter("product")]);
    if is_in {
        trade.world.join(&mla, "SE", &int, |participation| {
            participation.participant = Participant::Party(authority("SE").reference());
            participation.period = period(grantor_from, None);
        });
    }
    trade.world.on("2019-03-01");
    trade
}

/// The trade under `mla`, for the situations about freshness and bundles.
pub(super) fn accredited() -> Trade {
    under_mla(true, "2018-05-15")
}

pub(super) fn accreditation() -> Situation {
    let mut world = World::new();
    let [int, jp, se] = ["INT", "JP", "SE"].map(authority);
    let lab = world.body("SE", "lab");
    let grant = world.grant(&se, &lab, |_| {});
    let wants = |id: &str, wanted: &str| {
        chapter(id, |c| {
            c.issuer_eligibility.grantor_in = Some(format!("did:web:int.example#{wanted}"));
        })
    };
    let all = vec![
        wants("in", "mla/product"),
        wants("out", "mla/inspection"),
        wants("perhaps", "mla/persons"),
        wants("unheld", "other/product"),
    ];
    let text = world.arrangement("mra", &[&int], all);
    world.join(&text, "SE", &int, |_| {});
    world.join(&text, "JP", &jp, |_| {});
    let chapters = ["product", "inspection", "persons"].map(World::chapter);
    let mla = world.arrangement("mla", &[&int], chapters.into());
    for (chapter, from) in [
        ("product", "2018-05-15"),
        ("persons", "2019-02-01..2019-04-01"),
    ] {
        world.join(&mla, "SE", &int, |participation| {
            participation.participant = Participant::Party(se.reference());
            participation.chapters = vec![chapter.to_owned()];
            participation.period = period(from, None);
        });
    }
    world.on("2019-03-01");
    let mut of = |scheme: &'static str, relies: bool| {
        let grants = if relies {
            relies_on(&grant)
        } else {
            Vec::new()
        };
        named(&world.attest(&lab, |details| {
            details.scheme = Some(scheme.to_owned());
            details.grants = grants;
        }))
    };
    let records = vec![
        ("in", of("in", true)),
        ("out", of("out", true)),
        ("perhaps", of("perhaps", true)),
        ("unheld", of("unheld", true)),
        ("without a grant", of("in", false)),
    ];
    Situation::new(world, records)
}

pub(super) fn left() -> Situation {
    let (world, question) = of_a_member_that_left(None);
    Situation::new(world, vec![("the certificate", question.record)])
}

pub(super) fn by_policy(rule: &str, slug: &str) -> Situation {
    let mut trade = Trade::new();
    let certificate = trade.certificate();
    trade.world.policy = format!(
        "[[arrangement]]\nauthority = \"did:web:int.example\"\n\
         name = \"did:web:int.example#{slug}\"\nrule = \"{rule}\"\n"
    );
    Situation::new(trade.world, vec![("the certificate", named(&certificate))])
}

pub(super) fn transcribed() -> Situation {
    let mut world = imported::world();
    let ccra = world.transcribe("ccra", vec![chapter("CC", |_| {})]);
    let se = authority("SE");
    world.join(&ccra, "US", &se, |p| {
        p.period = period("2000-05-01..2000-05-31", None);
    });
    world.join(&ccra, "JP", &se, |p| {
        p.period = period("2003-11-01", None);
    });
    world.on("2019-03-01");
    let certificate = world.import(&["US"], "1", |_| {});
    let early = world.import(&["US"], "2", |details| {
        details.legal_dates.issued_on = date("2000-05-10");
    });
    let other = world.import(&["US"], "3", |details| {
        details.scheme = Some("X".to_owned());
    });
    let records = vec![
        ("the certificate", named(&certificate)),
        ("of May 2000", named(&early)),
        ("of another scheme", named(&other)),
    ];
    Situation::new(world, records)
}

pub(super) fn imported(policy_head: &str) -> Situation {
    let mut world = World::new();
    if !policy_head.is_empty() {
        world.policy = imported::IMPORTERS.to_owned();
    }
    world.policy_head = policy_head.to_owned();
    world.on("2019-03-01");
    let certificate = world.import(&["SE"], "1", |_| {});
    Situation::new(world, vec![("the certificate", named(&certificate))])
}
