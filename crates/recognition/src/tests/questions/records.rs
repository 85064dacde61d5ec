//! Situations of the record itself: goods, events, bytes, signers, grants.

use comity_model::attestation::{AttestationDetails, Quantity};
use comity_model::grant::{Activity, CompetenceGrant};
use comity_model::party::NamedParty;
use comity_model::record::{Kind, Subject};
use comity_model::registration::Registration;
use comity_model::revocation::RevocationReason;
use comity_model::status::{Action, Capacity, StatusEvent};
use comity_signature::canonical::{Limits, to_canonical};
use comity_signature::data_integrity::sign;

use super::super::Trade;
use super::super::acts::unread;
use super::super::world::{Body, Shared, World, authority, date, period, relies_on};
use super::{Situation, exactly, named, number};
use crate::evidence::EvidenceRecord;

pub(super) fn goods() -> Situation {
    let mut trade = Trade::new();
    let lab = trade.lab.clone();
    let grants = relies_on(&trade.grant);
    let mut of = |change: &dyn Fn(&mut AttestationDetails)| {
        named(&trade.world.attest(&lab, |details| {
            details.grants.clone_from(&grants);
            change(details);
        }))
    };
    let text = |text: &str| vec![text.to_owned()];
    let records = vec![
        ("plain", of(&|_| {})),
        (
            "detailed",
            of(&|details| {
                let object = &mut details.objects[0];
                object.gtins = text("04006381333931");
                object.serial_numbers = text("S-1");
                object.lots = [text("L-7"), text("L-5\u{200B}")].concat();
                object.quantity = Some(Quantity {
                    value: "100".to_owned(),
                    unit: "t".to_owned(),
                });
                details.manufacturer = Some(NamedParty::named("Maker"));
                details.factories = vec![NamedParty::named("Works")];
            }),
        ),
        (
            "claiming mra",
            of(&|details| details.claimed_arrangements = text("mra")),
        ),
        (
            "claiming another",
            of(&|details| details.claimed_arrangements = text("other")),
        ),
        (
            "valid in April",
            of(&|details| {
                details.legal_dates.valid_from = Some(date("2019-04-01"));
                details.legal_dates.valid_until = Some(date("2019-04-30"));
            }),
        ),
        (
            "ending roughly",
            of(&|details| {
                details.legal_dates.valid_until = Some(date("2019-04-01..2019-06-01"));
            }),
        ),
        (
            "issued earlier",
            of(&|details| details.legal_dates.issued_on = date("2018-12-01")),
        ),
    ];
    Situation::new(trade.world, records)
}

/// Certificates, each with what became of it on 2019-04-01.
pub(super) fn events() -> Situation {
    let mut trade = Trade::new();
    let (lab, jp) = (trade.lab.clone(), authority("JP"));
    let mut records = Vec::new();
    let mut acted =
        |name: &'static str, by: &Body, action: Action, change: &dyn Fn(&mut StatusEvent)| {
            trade.world.on("2019-03-01");
            let certificate = trade.certificate();
            trade.world.on("2019-04-01");
            trade.world.event(by, &certificate, action, change);
            records.push((name, named(&certificate)));
        };
    acted("suspended", &lab, Action::Suspend, &|event| {
        event.effective_until = Some(date("2019-04-30"));
    });
    acted("withdrawn", &lab, Action::Withdraw, &|_| {});
    acted("annulled", &lab, Action::Annul, &|_| {});
    acted("superseded", &lab, Action::Supersede, &|_| {});
    acted("suspended in part", &lab, Action::Suspend, &|event| {
        event.scope_items = vec!["1".to_owned()];
    });
    acted("reduced", &lab, Action::ReduceScope, &|event| {
        event.scope_items = vec!["1".to_owned()];
    });
    acted("with a gap", &lab, Action::Amend, &|event| {
        event.subjects[0].sequence = 2;
    });
    acted("seen withdrawn", &lab, Action::Withdraw, &|event| {
        event.effective_from = date("2019-03-15..2019-04-01");
    });
    let territorial = |event: &mut StatusEvent| {
        event.capacity = Capacity::DestinationAuthority;
        event.territory = vec!["JP".to_owned()];
    };
    let refuse = Action::RefuseRecognition;
    acted("refused", &jp, refuse, &territorial);
    acted("refused roughly", &jp, refuse, &|event| {
        territorial(event);
        event.effective_from = date("2019-03-15..2019-04-01");
    });
    acted(
        "restored out of order",
        &jp,
        Action::RestoreRecognition,
        &|event| {
            territorial(event);
            event.subjects[0].sequence = 2;
        },
    );
    acted("handed over", &lab, Action::Transfer, &|event| {
        event.transferred_to = Some(authority("JP").reference());
        event.grace_until = Some(super::super::world::day("2019-04-30"));
    });
    acted("amended twice", &lab, Action::Amend, &|_| {});
    let twice = trade.world.records.iter().rev().nth(1).unwrap().clone();
    trade.world.event(&lab, &twice, Action::Suspend, |_| {});
    for (name, signer, capacity) in [
        ("acted on unread", &lab, Capacity::Issuer),
        ("refused unread", &jp, Capacity::DestinationAuthority),
    ] {
        trade.world.on("2019-03-01");
        let certificate = trade.certificate();
        trade.world.on("2019-04-01");
        unread(&mut trade.world, signer, &certificate, capacity);
        records.push((name, named(&certificate)));
    }
    Situation::new(trade.world, records)
}

/// Bytes that are no good certificate, or more than one.
pub(super) fn bytes() -> Situation {
    let mut trade = Trade::new();
    let lab = trade.lab.clone();
    let signed = |value: &serde_json::Value| {
        let bytes = to_canonical(value).unwrap();
        sign(&bytes, &lab.did, &lab.key, None, &Limits::default()).unwrap()
    };
    let draft = |trade: &mut Trade| trade.world.attest_draft(&lab, |_| {}).to_value();
    let value = draft(&mut trade);
    let text = String::from_utf8(signed(&value)).unwrap();
    let edited = trade.world.log(text.replace("X-1", "X-2").as_bytes(), "SE");
    let text = String::from_utf8(signed(&draft(&mut trade))).unwrap();
    let spaced = text.replacen(':', ": ", 1);
    let spaced = trade.world.log(spaced.as_bytes(), "SE");
    let unsigned = to_canonical(&draft(&mut trade)).unwrap();
    let unsigned = trade.world.log(&unsigned, "SE");
    let mut value = draft(&mut trade);
    value["credentialSubject"] = serde_json::json!({});
    let empty = trade.world.log(&signed(&value), "SE");
    let mut value = draft(&mut trade);
    value["type"] = serde_json::json!(["VerifiableCredential", "ComityUnheardOf"]);
    let unheard = trade.world.log(&signed(&value), "SE");
    let mut record = trade.world.attest_draft(&lab, |_| {});
    let one = trade.world.publish(&[&lab], &record);
    record.name = "Another".to_owned();
    trade.world.publish(&[&lab], &record);
    for name in ["first", "second"] {
        let body = trade.world.body("SE", name);
        trade.world.attest(&body, |details| {
            details.certificate_number = "577".to_owned();
        });
    }
    let laid = trade.world.attest_draft(&lab, |_| {}).to_value();
    let laid = EvidenceRecord::draft(&to_canonical(&laid).unwrap());
    let laid: Shared = laid.into();
    trade.world.records.push(laid.clone());
    let records = vec![
        ("edited", exactly(&edited)),
        ("spaced", exactly(&spaced)),
        ("unsigned", exactly(&unsigned)),
        ("empty", exactly(&empty)),
        ("unheard of", exactly(&unheard)),
        ("the grant", named(&trade.grant)),
        ("twice", named(&one)),
        ("number 577", number("577", None)),
        ("number 578", number("578", None)),
        ("a draft", named(&laid)),
    ];
    Situation::new(trade.world, records)
}

/// A body of SE with a key of its own that nobody has registered yet.
fn unregistered(name: &str) -> Body {
    Body {
        did: format!("did:web:{name}.example"),
        ..authority("SE").with_key(name)
    }
}

fn register(
    world: &mut World,
    by: &Body,
    body: &Body,
    version: u64,
    change: impl FnOnce(&mut Registration),
) -> Shared {
    let mut registration = world.registration(body, version);
    change(&mut registration);
    let record = world.draft(by, Subject::Registration(Box::new(registration)));
    world.publish(&[by], &record)
}

pub(super) fn signers() -> Situation {
    let mut world = World::new();
    let se = authority("SE");
    let of = unregistered;
    let [good, other] = ["good", "other"].map(|name| world.body("SE", name));
    for (name, version) in [("gap", 1), ("gap", 3), ("fork", 1), ("fork", 1)] {
        register(&mut world, &se, &of(name), version, |_| {});
    }
    register(&mut world, &se, &of("over"), 1, |registration| {
        registration.period = period("2018-06-01", Some("2019-01-01"));
    });
    register(&mut world, &se, &of("rough"), 1, |registration| {
        registration.period = period("2018-06-01", Some("2019-01-01..2019-06-01"));
    });
    register(&mut world, &se, &of("tester"), 1, |registration| {
        registration.mandate.kinds = vec![Kind::Commitment];
    });
    register(&mut world, &se, &of("late"), 1, |registration| {
        registration.period = period("2018-01-01", None);
    });
    register(&mut world, &se, &of("accreditor"), 1, |registration| {
        registration.mandate.may_register = true;
    });
    register(&mut world, &good, &of("ward"), 1, |_| {});
    let stolen = other.with_key("stolen");
    register(&mut world, &of("accreditor"), &stolen, 1, |_| {});
    for name in ["revoked", "moved"] {
        register(&mut world, &se, &of(name), 1, |_| {});
    }
    world.on("2019-02-01");
    world.revoke(&se, &of("revoked"), RevocationReason::Ceased, "2019-02-01");
    // The same act, in the log of another economy and said to be so from earlier on.
    let in_jp = Body {
        economy: "JP".to_owned(),
        ..se.clone()
    };
    let ceased = RevocationReason::Ceased;
    world.revoke(&in_jp, &of("moved"), ceased, "2019-01-01");
    world.on("2019-03-01");
    let mut records = Vec::new();
    let mut by = |name: &'static str, signer: &Body| {
        records.push((name, named(&world.attest(signer, |_| {}))));
    };
    by("by the authority", &se);
    by("in the authority's name", &se.with_key("thief"));
    by("by a stranger's body", &authority("XX"));
    by("by a body", &good);
    by("with another key", &good.with_key("thief"));
    by("with a stolen key", &stolen);
    by("by nobody", &of("nobody"));
    for (name, signer) in [
        ("after a gap", "gap"),
        ("after a fork", "fork"),
        ("after its registration", "over"),
        ("after it, perhaps", "rough"),
        ("by a tester", "tester"),
        ("registered late", "late"),
        ("by a ward", "ward"),
        ("after a revocation", "revoked"),
        ("after one in JP", "moved"),
        ("before registration", "future"),
    ] {
        by(name, &of(signer));
    }
    let swapped = world.attest_draft(&good, |_| {});
    let swapped = world.publish(&[&other], &swapped);
    records.push(("signed by another", named(&swapped)));
    world.on("2019-04-01");
    register(&mut world, &se, &of("future"), 1, |_| {});
    Situation::new(world, records)
}

#[expect(clippy::too_many_lines, reason = "one situation, thing by thing")]
pub(super) fn grants() -> Situation {
    let mut world = World::new();
    let se = authority("SE");
    let [lab, rival] = ["lab", "rival"].map(|name| world.body("SE", name));
    let council = unregistered("council");
    register(&mut world, &se, &council, 1, |registration| {
        registration.mandate.kinds = vec![Kind::Attestation];
    });
    let mut granted = Vec::new();
    let mut grant = |world: &mut World,
                     name: &'static str,
                     grantor: &Body,
                     change: &dyn Fn(&mut CompetenceGrant)| {
        let grant = world.grant(grantor, &lab, change);
        granted.push((name, grant.clone()));
        grant
    };
    grant(&mut world, "covered", &se, &|_| {});
    grant(&mut world, "by a council", &council, &|_| {});
    grant(&mut world, "ended before", &se, &|grant| {
        grant.period = period("2018-06-01", Some("2019-02-28"));
    });
    grant(&mut world, "begun roughly", &se, &|grant| {
        grant.period = period("2019-01-01..2019-06-01", None);
    });
    grant(&mut world, "for testing", &se, &|grant| {
        grant.activities = vec![Activity::Testing];
    });
    grant(&mut world, "for telephones", &se, &|grant| {
        grant.scope[0].products[0].include = vec!["8517".to_owned()];
    });
    grant(&mut world, "in words", &se, &|grant| {
        grant.scope[0].products.clear();
    });
    grant(&mut world, "inferred", &se, &|grant| {
        grant.period_inferred = true;
    });
    grant(&mut world, "published late", &se, &|grant| {
        grant.period = period("2018-01-01", None);
    });
    let suspended = grant(&mut world, "suspended later", &se, &|_| {});
    let ended = grant(&mut world, "withdrawn later", &se, &|_| {});
    let partly = grant(&mut world, "suspended in part", &se, &|_| {});
    let gone = grant(&mut world, "gone", &se, &|_| {});
    world.on("2019-03-05");
    grant(&mut world, "granted later", &se, &|grant| {
        grant.period = period("2018-06-01", None);
    });
    world.on("2019-03-01");
    let mut records = Vec::new();
    for (name, grant) in &granted {
        let grants = relies_on(grant);
        let certificate = world.attest(&lab, |details| details.grants = grants);
        records.push((*name, named(&certificate)));
    }
    let covered = relies_on(&granted[0].1);
    let of_other = world.attest(&rival, |details| details.grants.clone_from(&covered));
    let mut mistaken = covered;
    if let comity_model::reference::Reference::Record(record) = &mut mistaken[0].grant {
        record.digest_multibase = comity_signature::digest::to_multibase([9; 32]);
    }
    let mistaken = world.attest(&lab, |details| details.grants = mistaken);
    records.push(("somebody else's", named(&of_other)));
    records.push(("another document", named(&mistaken)));
    records.push(("none", named(&world.attest(&lab, |_| {}))));
    world.on("2019-04-01");
    world.event(&se, &suspended, Action::Suspend, |_| {});
    world.event(&se, &ended, Action::Withdraw, |_| {});
    world.event(&se, &partly, Action::Suspend, |event| {
        event.scope_items = vec!["2".to_owned()];
    });
    let gone = gone.record_digest;
    world.records.retain(|record| record.record_digest != gone);
    Situation::new(world, records)
}
