//! Who is competent for what: an accreditation of every body, designations under agreements, and
//! what became of some of them.

use anyhow::Result;
use comity_model::date::{LegalDate, Period};
use comity_model::grant::{CompetenceGrant, Flexibility, GrantType, ScopeItem};
use comity_model::record::Subject;
use comity_model::standard::StandardReference;
use comity_model::status::{Action, Capacity, StatusEvent};

use super::arrangements::Concluded;
use super::{Foundation, GRANTED_DAYS, headings, hs};
use crate::generate::cast::{Body, Cast, Granted, Sort};
use crate::generate::events;
use crate::generate::shares::{GRANTS_SUSPENDED, GRANTS_WITHDRAWN};
use crate::generate::sign::subject_of;
use crate::generate::tables::{Tables, Words, standard};
use crate::generate::words::{EVENT, REASONS};

/// Certifiers of an economy that are designated under an agreement.
const DESIGNATED: usize = 3;
/// Days before the base day within which a grant was suspended or withdrawn.
const CHANGED_DAYS: u32 = 400;

const TITLE: Words = [
    "DEMO accreditation {}",
    "演示认可证书 {}",
    "ДЕМО-аттестат аккредитации {}",
    "شهادة اعتماد، تجريبي {}",
    "Accréditation DÉMO {}",
];
/// The standards of management systems that certifiers certify.
pub(in crate::generate) const SYSTEMS: [&str; 6] = [
    "ISO 9001",
    "ISO 14001",
    "ISO 45001",
    "ISO 22000",
    "ISO/IEC 27001",
    "ISO 50001",
];
const SYSTEMS_NAME: Words = [
    "management systems",
    "管理体系",
    "системы менеджмента",
    "أنظمة الإدارة",
    "systèmes de management",
];

/// Adds every grant; the bodies learn theirs.
pub(super) fn grant(
    foundation: &mut Foundation,
    cast: &mut Cast,
    tables: &Tables,
    concluded: &Concluded,
) -> Result<()> {
    let Cast {
        accreditors,
        authorities,
        bodies,
        ..
    } = cast;
    for (place, body) in bodies.iter_mut().enumerate() {
        let Some(sort) = body.sort else { continue };
        let accreditor = &accreditors[body.economy];
        let mut grant = granted(foundation, accreditor, body, sort)?;
        grant.number = format!("DEMO-{}-{place:03}", body.code());
        for family in &body.families {
            grant.scope.push(item(body, tables, *family)?);
        }
        if sort == Sort::Certifier {
            let standards = SYSTEMS.iter().map(|text| standard(text));
            grant.scope.push(ScopeItem {
                id: "systems".to_owned(),
                description: body.both(&SYSTEMS_NAME),
                standards: standards.collect::<Result<_>>()?,
                ..ScopeItem::default()
            });
        }
        let items = ids(&grant);
        let made = publish(foundation, accreditor, grant)?;
        change(foundation, accreditor, made)?;
        let reference = foundation.made[made].reference.clone();
        body.grants.push(Granted { reference, items });
    }
    for authority in authorities.iter() {
        designate(foundation, authority, bodies, tables, concluded)?;
    }
    Ok(())
}

/// An authority designates some of its certifiers under the chapters that need it.
fn designate(
    foundation: &mut Foundation,
    authority: &Body,
    bodies: &mut [Body],
    tables: &Tables,
    concluded: &Concluded,
) -> Result<()> {
    let chapters = concluded.designated.iter();
    let chapters: Vec<_> = chapters
        .filter(|chapter| chapter.economies.contains(&authority.code()))
        .collect();
    if chapters.is_empty() {
        return Ok(());
    }
    let certifiers = bodies
        .iter_mut()
        .filter(|body| body.economy == authority.economy && body.sort == Some(Sort::Certifier));
    for (place, body) in certifiers.take(DESIGNATED).enumerate() {
        let mut grant = granted(foundation, authority, body, Sort::Certifier)?;
        grant.grant_type = GrantType::Designation;
        grant.number = format!("DEMO-{}-D{place}", body.code());
        for chapter in &chapters {
            grant.under_chapters.push(chapter.chapter.clone());
            if !grant
                .scope
                .iter()
                .any(|item| item.id == tables.families[chapter.family].key)
            {
                grant.scope.push(item(body, tables, chapter.family)?);
            }
        }
        let items = ids(&grant);
        let made = publish(foundation, authority, grant)?;
        let reference = foundation.made[made].reference.clone();
        body.grants.push(Granted { reference, items });
    }
    Ok(())
}

fn granted(
    foundation: &Foundation,
    grantor: &Body,
    body: &Body,
    sort: Sort,
) -> Result<CompetenceGrant> {
    let criteria = sort.criteria().iter().map(|text| standard(text));
    let until = foundation.date.plus_days(GRANTED_DAYS);
    Ok(CompetenceGrant {
        grant_type: GrantType::Accreditation,
        grantor: grantor.party(),
        grantee: body.party(),
        economies: vec![body.code().to_owned()],
        number: String::new(),
        criteria: criteria.collect::<Result<_>>()?,
        activities: sort.activities().to_vec(),
        period: Period::new(foundation.begun, Some(LegalDate::from(until))),
        period_inferred: false,
        initial_on: None,
        flexibility: Flexibility::Fixed,
        scope: Vec::new(),
        under_chapters: Vec::new(),
    })
}

/// A family of goods as an item of a scope: its headings and its standards in any edition.
fn item(body: &Body, tables: &Tables, family: usize) -> Result<ScopeItem> {
    let known = &tables.families[family];
    let mut standards: Vec<StandardReference> = Vec::new();
    for good in known.goods.iter().map(|place| &tables.goods[*place]) {
        let norm = &tables.norms[good.standard];
        let national = norm.national(body.tag());
        let national = national
            .map(|standard_| standard(standard_.designation()))
            .transpose()?;
        for cited in [Some(norm.any_edition()?), national].into_iter().flatten() {
            if !standards.contains(&cited) {
                standards.push(cited);
            }
        }
    }
    Ok(ScopeItem {
        id: known.key.to_owned(),
        description: body.both(&known.names),
        standards,
        products: hs(headings(tables, family)),
        ..ScopeItem::default()
    })
}

fn ids(grant: &CompetenceGrant) -> Vec<String> {
    grant.scope.iter().map(|item| item.id.clone()).collect()
}

fn publish(foundation: &mut Foundation, by: &Body, grant: CompetenceGrant) -> Result<usize> {
    let title = by.say(&TITLE).replace("{}", &grant.number);
    let subject = Subject::CompetenceGrant(Box::new(grant));
    foundation.add(by, foundation.begun, title, subject)
}

/// Some grants were suspended or withdrawn.
fn change(foundation: &mut Foundation, by: &Body, made: usize) -> Result<()> {
    let chance = &mut foundation.chance;
    let action = match chance.below(1_000) {
        drawn if drawn < GRANTS_SUSPENDED => Action::Suspend,
        drawn if drawn < GRANTS_SUSPENDED + GRANTS_WITHDRAWN => Action::Withdraw,
        _ => return Ok(()),
    };
    let on = foundation.date.plus_days(-chance.days(1, CHANGED_DAYS));
    let [_, (code, words), ..] = &REASONS;
    let event = StatusEvent {
        capacity: Capacity::Issuer,
        reason_code: Some(*code),
        reason: by.both(words),
        ..events::plain(
            action,
            subject_of(&foundation.made[made].reference, None),
            on,
        )
    };
    let subject = Subject::StatusEvent(Box::new(event));
    foundation.add(by, on, by.say(&EVENT).to_owned(), subject)?;
    Ok(())
}
