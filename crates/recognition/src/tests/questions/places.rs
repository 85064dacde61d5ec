//! Situations of the logs: fresh and stale ones, unpinned, forked, dated by others, and bundles.

use std::fmt::Write as _;
use std::sync::Arc;

use comity_model::import_rule::{AttestationFilter, RuleEffect};
use comity_model::record::Kind;
use comity_model::standard::Correspondence;
use comity_model::status::Action;
use comity_tlog::note::NoteSigner;

use super::super::federation::{Federal, remove};
use super::super::reports::{component, report};
use super::super::takedowns::{publish, takedown};
use super::super::world::{Body, World, adopts, authority, log_signer, noon, relies_on, seed};
use super::super::{Shared, Trade};
use super::sides::accredited;
use super::{Situation, named};
use crate::evidence::{CheckpointEvidence, CosignatureTime, EvidenceRecord, NoStatement};

/// The log of an economy was last seen on 2019-02-27.
pub(super) fn stale(economy: &str) -> Situation {
    let mut trade = accredited();
    let certificate = trade.certificate();
    trade.world.stale(economy, "2019-02-27");
    Situation::new(trade.world, vec![("the certificate", named(&certificate))])
}

/// The authority of KZ is pinned and no log of KZ; what it signs stands in the log of SE.
pub(super) fn no_log() -> Situation {
    let mut world = World::new();
    world.unpinned = vec!["KZ"];
    let kz = Body {
        economy: "SE".to_owned(),
        ..authority("KZ")
    };
    world.policy = format!(
        "[[authority]]\neconomy = \"KZ\"\ndid = \"{}\"\nkeys = [{{ key = \"{}\" }}]\n",
        kz.did,
        kz.multikey()
    );
    let [int, jp] = ["INT", "JP"].map(authority);
    let lab = Body {
        did: "did:web:kz-lab.example".to_owned(),
        ..kz.with_key("kz-lab")
    };
    let mut registration = world.registration(&lab, 1);
    registration.economies = vec!["KZ".to_owned()];
    let record = world.draft(
        &kz,
        comity_model::record::Subject::Registration(Box::new(registration)),
    );
    world.publish(&[&kz], &record);
    let grant = world.grant(&kz, &lab, |grant| grant.economies = vec!["KZ".to_owned()]);
    let mut chapter = World::chapter("appliances");
    chapter.issuer_eligibility.grantor_in = Some("did:web:int.example#mla/product".to_owned());
    let mra = world.arrangement("mra", &[&int], vec![chapter]);
    let mla = world.arrangement("mla", &[&int], vec![World::chapter("product")]);
    world.join(&mra, "KZ", &int, |_| {});
    world.join(&mra, "JP", &jp, |_| {});
    world.join(&mla, "KZ", &int, |participation| {
        let party = comity_model::participation::Participant::Party(kz.reference());
        participation.participant = party;
    });
    world.on("2019-03-01");
    let grants = relies_on(&grant);
    let certificate = world.attest(&lab, |details| details.grants = grants);
    Situation::new(world, vec![("the certificate", named(&certificate))])
}

/// A bundle without its status statement.
pub(super) fn no_statement() -> Situation {
    let mut trade = accredited();
    let prompt = trade.world.body("SE", "prompt");
    trade.world.promise(&prompt, &prompt, "2019-03-01", |_| {});
    let certificate = trade.certificate();
    let mut dated = report(&prompt, "P-9");
    dated.issued_on = Some(super::super::world::date("2019-03-01"));
    let absent = trade.resting_on(vec![dated]);
    trade.world.no_statement = Some(NoStatement::Missing);
    let records = vec![
        ("the certificate", named(&certificate)),
        ("on P-9", named(&absent)),
    ];
    Situation::new(trade.world, records)
}

/// The log of SE is held without its attestations.
pub(super) fn kept_in_part() -> Situation {
    let mut trade = Trade::new();
    let lab = trade.lab.clone();
    let prompt = trade.world.body("SE", "prompt");
    trade.world.promise(&prompt, &prompt, "2019-03-01", |_| {});
    trade.world.promise(&lab, &lab, "2019-03-01", |_| {});
    trade.world.on("2019-03-02");
    let mut dated = report(&prompt, "P-9");
    dated.issued_on = Some(super::super::world::date("2019-03-02"));
    let on_p9 = trade.resting_on(vec![dated]);
    trade.world.stale("SE", "2019-03-10");
    trade.world.heads[0].lacks = vec![Kind::Attestation];
    let records = vec![
        ("on P-9", named(&on_p9)),
        ("C-999 of lab", super::number("C-999", Some(&lab.did))),
    ];
    Situation::new(trade.world, records)
}

/// More revisions than are looked at.
pub(super) fn revised_often() -> Situation {
    let mut trade = Trade::new();
    let certificate = trade.certificate();
    let lab = trade.lab.clone();
    let withdrawn = trade.certificate();
    trade
        .world
        .event(&lab, &withdrawn, Action::Withdraw, |_| {});
    trade.world.unread.revisions = true;
    let records = vec![
        ("the certificate", named(&certificate)),
        ("withdrawn", named(&withdrawn)),
    ];
    Situation::new(trade.world, records)
}

/// More reports than are looked for.
pub(super) fn many_reports() -> Situation {
    let mut trade = Trade::new();
    let tester = trade.world.body("SE", "tester");
    trade.world.commit(&tester, &["R-7"]);
    trade.world.on("2019-03-02");
    let gone = trade.certificate();
    let mut on = |item| named(&trade.resting_on(vec![item]));
    let records = vec![
        ("on R-7", on(report(&tester, "R-7"))),
        ("on R-9", on(report(&tester, "R-9"))),
        ("on a part gone", on(component(&gone))),
    ];
    let gone = gone.record_digest;
    let held = &mut trade.world.records;
    held.retain(|record| record.record_digest != gone);
    trade.world.unread.reports = true;
    Situation::new(trade.world, records)
}

/// Parties that have published more than is looked through: *lab*, which promises that all of its
/// certificates are here, and laboratories of which one promises that all of its reports are.
pub(super) fn much_published() -> Situation {
    let mut trade = Trade::new();
    let lab = trade.lab.clone();
    let world = &mut trade.world;
    let [tester, prompt, silent] =
        ["tester", "prompt", "silent"].map(|name| world.body("SE", name));
    world.commit(&tester, &["R-7"]);
    world.commit(&prompt, &["P-1"]);
    world.promise(&prompt, &prompt, "2019-03-01", |_| {});
    world.promise(&lab, &lab, "2019-03-01", |_| {});
    world.on("2019-03-02");
    let mut dated = report(&prompt, "P-9");
    dated.issued_on = Some(super::super::world::date("2019-03-02"));
    let mut on = |item| named(&trade.resting_on(vec![item]));
    let records = vec![
        ("on R-7", on(report(&tester, "R-7"))),
        ("on R-9", on(report(&tester, "R-9"))),
        ("on P-9", on(dated)),
        ("on S-1", on(report(&silent, "S-1"))),
        ("C-999 of lab", super::number("C-999", Some(&lab.did))),
    ];
    let parties = [lab, tester, prompt, silent].map(|party| party.did);
    trade.world.unread.parties.extend(parties);
    Situation::new(trade.world, records)
}

/// A bundle without its statement, and a rule that refuses: that it ended may have been left out.
pub(super) fn no_statement_of_rules() -> Situation {
    let mut trade = Trade::new();
    trade.world.rule("JP", RuleEffect::Refused, |rule| {
        rule.products[0].include = vec!["8516".to_owned()];
        rule.attestations = Some(AttestationFilter {
            issuer_economies: vec!["SE".to_owned()],
            ..AttestationFilter::default()
        });
    });
    let certificate = trade.certificate();
    trade.world.no_statement = Some(NoStatement::Missing);
    Situation::new(trade.world, vec![("the certificate", named(&certificate))])
}

/// The same of an edition: another word of the destination may have been left out.
pub(super) fn no_statement_of_editions() -> Situation {
    let mut trade = Trade::with(|chapter| {
        chapter.coverage.standards = vec!["IEC 62368-1:2018".parse().unwrap()];
    });
    let jp = authority("JP");
    trade.world.standard(&jp, "TR 62368-1:2019", |edition| {
        edition.adopts = adopts("IEC 62368-1:2018", Correspondence::NotEquivalent, &[]);
    });
    let lab = trade.lab.clone();
    let certificate = trade.world.attest(&lab, |details| {
        details.standards = vec!["TR 62368-1:2019".parse().unwrap()];
    });
    trade.world.no_statement = Some(NoStatement::Missing);
    Situation::new(trade.world, vec![("the certificate", named(&certificate))])
}

/// The record in its place, changed so.
fn changed(world: &mut World, record: &Shared, change: impl FnOnce(&mut EvidenceRecord)) {
    let mut held = world.records.iter_mut();
    let held = held.find(|held| held.record_digest == record.record_digest);
    let held = held.unwrap();
    let mut copy = (**held).clone();
    change(&mut copy);
    *held = Arc::new(copy);
}

pub(super) fn places() -> Situation {
    let mut trade = Trade::new();
    let [logged, nowhere, elsewhere, taken] = [(); 4].map(|()| trade.certificate());
    let world = &mut trade.world;
    changed(world, &nowhere, |record| record.locations.clear());
    changed(world, &elsewhere, |record| {
        record.locations[0].origin = "other.example/log/2018".into();
    });
    world.on("2019-04-01");
    publish(world, &authority("SE"), takedown(&taken));
    let records = vec![
        ("logged", named(&logged)),
        ("logged nowhere", named(&nowhere)),
        ("logged elsewhere", named(&elsewhere)),
        ("taken down", named(&taken)),
    ];
    Situation::new(trade.world, records)
}

pub(super) fn two_histories() -> Situation {
    let mut trade = Trade::new();
    let certificate = trade.certificate();
    trade.world.stale("SE", "2019-03-01");
    trade.world.heads[0].forked = true;
    Situation::new(trade.world, vec![("the certificate", named(&certificate))])
}

/// The log of SE is dated by four cosigners, of whom three must sign.
pub(super) fn quorum() -> Situation {
    let mut trade = Trade::new();
    let [certificate, few] = [(); 2].map(|()| trade.certificate());
    let names = ["JP", "KZ", "BR", "IN"];
    let signers =
        names.map(|name| NoteSigner::cosigner(&format!("{name}.example"), &seed(name)).unwrap());
    let world = &mut trade.world;
    world.unpinned = vec!["SE"];
    let (se, log) = (authority("SE"), log_signer("SE"));
    let mut policy = format!(
        "[[authority]]\neconomy = \"SE\"\ndid = \"{}\"\nkeys = [{{ key = \"{}\" }}]\n\
         [[log]]\norigin = \"{}\"\nvkey = \"{}\"\neconomy = \"SE\"\ndated_by = \"quorum\"\n\
         [[cosigners]]\nfrom = \"2018-01-01T00:00:00Z\"\nmembers = [",
        se.did,
        se.multikey(),
        log.vkey().name(),
        log.vkey(),
    );
    for (name, signer) in names.iter().zip(&signers) {
        let _ = write!(
            policy,
            "{{ vkey = \"{}\", economy = \"{name}\" }}, ",
            signer.vkey()
        );
    }
    world.policy = policy + "]\n";
    let lines = |time, count: usize| -> Vec<CosignatureTime> {
        let line = |signer: &NoteSigner| CosignatureTime {
            cosigner: *signer.vkey().public_key(),
            time,
        };
        signers.iter().take(count).map(line).collect()
    };
    world.stale("SE", "2019-03-02");
    world.heads[0].lines = lines(noon("2019-03-02"), 4);
    for record in &mut world.records {
        let mut copy = (**record).clone();
        let count = if copy.record_digest == few.record_digest {
            2
        } else {
            3
        };
        for place in &mut copy.locations {
            if *place.origin != *log.vkey().name() {
                continue;
            }
            let old = &place.checkpoints[0];
            place.checkpoints = Arc::new([CheckpointEvidence {
                lines: lines(old.lines[0].time, count),
                ..old.clone()
            }]);
        }
        *record = Arc::new(copy);
    }
    let records = vec![
        ("signed by three", named(&certificate)),
        ("signed by two", named(&few)),
    ];
    Situation::new(trade.world, records)
}

/// Three economies; the keys of JP are in no log, and KZ was taken out on 2018-03-01.
pub(super) fn federation() -> Situation {
    let mut federal = Federal::new();
    let of_jp = federal.keys["JP"].1.clone();
    for record in &mut federal.world.records {
        if record.document_multibase == of_jp {
            let mut copy = (**record).clone();
            copy.locations.clear();
            *record = copy.into();
        }
    }
    federal.world.on("2018-02-01");
    let unlogged = federal.certify("JP", "JP authority");
    let of_se = federal.certify("SE", "SE authority");
    federal.world.on("2018-03-01");
    let mut next = federal.next_list();
    remove(&mut next, "KZ");
    federal.publish_list(&next, &["1", "2"]);
    federal.world.on("2018-04-01");
    let removed = federal.certify("KZ", "KZ authority");
    let held = [("by SE", of_se), ("by JP", unlogged), ("by KZ", removed)];
    let records = held.iter().map(|(name, record)| (*name, named(record)));
    Situation {
        records: records.collect(),
        answers: Box::new(move |question| {
            let asked = held
                .iter()
                .find(|(_, record)| named(record) == question.record);
            federal.answer(&asked.unwrap().1, question)
        }),
    }
}
