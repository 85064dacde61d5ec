//! A dossier: a certificate with the report and the component it rests on, the revision that took
//! its place, what happened to it, and what authorities wrote about it. Each is made of the world
//! and its own number alone, so that every core makes its own.

use anyhow::{Context as _, Result};
use comity_model::attestation::{AttestationKind, BasedOn, EvidenceRole};
use comity_model::date::{Day, LegalDate};
use comity_model::standard::StandardReference;

use super::cast::{Body, Sort};
use super::chance::{Chance, Odds};
use super::events::{self, Certificate};
use super::foundation::SYSTEMS;
use super::goods;
use super::numbers;
use super::others;
use super::papers::{Issue, cited, issue};
use super::shares::{
    ABROAD, CHANGED, CHANGES, COMPONENT, DOSSIERS, EXPIRED, NOTICED, REPORT_NAMED,
    REPORT_PUBLISHED, SPREAD_DAYS, SUPERSEDED, TAKEN_DOWN_OF_100_000,
};
use super::sign::Signed;
use super::tables::Good;
use super::words;
use super::world::{Holder, World};

/// A year, in days.
const YEAR: u32 = 365;
/// Days before a certificate on which the report it rests on was issued, at most.
const REPORT_DAYS: u32 = 60;
/// The same of a component's certificate.
const COMPONENT_DAYS: u32 = 300;

/// The records of dossier `number`, in the order in which they can be published.
///
/// # Errors
/// If one cannot be signed.
pub(super) fn dossier(world: &World, number: u64) -> Result<Vec<Signed>> {
    let mut chance = Chance::of(world.seed, "dossier", number);
    let place = Odds::of(DOSSIERS.map(|(_, weight)| weight)).draw(&mut chance);
    let (kind, _) = DOSSIERS.get(place).context("dossiers are drawn by place")?;
    let mut file = File::open(world, chance, number, *kind)?;
    file.fill()?;
    Ok(file.records)
}

/// A dossier that is being made.
struct File<'a> {
    world: &'a World,
    chance: Chance,
    number: u64,
    kind: AttestationKind,
    holder: Holder,
    good: &'a Good,
    /// Place of the family of goods.
    family: usize,
    by: &'a Body,
    issued: Day,
    until: Option<Day>,
    records: Vec<Signed>,
}

impl<'a> File<'a> {
    fn open(
        world: &'a World,
        mut chance: Chance,
        number: u64,
        kind: AttestationKind,
    ) -> Result<Self> {
        let holder = world.holder(&mut chance)?;
        let tables = &world.tables;
        let of_family = |key: &str, chance: &mut Chance| {
            let family = tables.families.iter().find(|family| family.key == key);
            let goods = family.map(|family| &family.goods);
            let place = goods.and_then(|goods| chance.one_of(goods).copied());
            place.and_then(|place| tables.goods.get(place))
        };
        let good = match kind {
            AttestationKind::ConsignmentCertificate => of_family("food", &mut chance),
            AttestationKind::CalibrationCertificate => of_family("instruments", &mut chance),
            _ => Some(world.good(&mut chance, &holder)?),
        };
        let good = good.context("the tables have food and instruments")?;
        let economy = if chance.is(ABROAD) {
            world.cast.economies.draw(&mut chance)
        } else {
            holder.economy
        };
        let by = world
            .cast
            .ask(&mut chance, economy, Sort::of(kind), good.family)?;
        let (issued, until) = dates(&mut chance, world.date, kind);
        Ok(Self {
            world,
            chance,
            number,
            kind,
            holder,
            good,
            family: good.family,
            by,
            issued,
            until,
            records: Vec::new(),
        })
    }

    fn fill(&mut self) -> Result<()> {
        let based_on = self.grounds()?;
        let year = self.issued.year();
        let style = self.by.style;
        let number = match self.kind {
            AttestationKind::TestReport | AttestationKind::CalibrationCertificate => {
                numbers::report(&mut self.chance, style, self.number, year)
            }
            _ => {
                let economy = self.by.economy;
                numbers::certificate(&mut self.chance, economy, style, self.number, year)
            }
        };
        let item = self.item();
        let main = Issue {
            by: self.by,
            kind: self.kind,
            number,
            revision: None,
            issued: self.issued,
            until: self.until,
            holder: &self.holder,
            item,
            standards: standards(
                &mut self.chance,
                self.world,
                self.kind,
                self.good,
                self.by,
                self.issued,
            )?,
            object: object(
                &mut self.chance,
                self.world,
                self.kind,
                self.good,
                &self.holder,
                self.by,
            ),
            based_on,
            replaces: None,
        };
        let signed = issue(&mut self.chance, main, self.world.date)?;
        self.records.push(signed);
        self.afterwards()
    }

    /// The id of the scope's item that covers it.
    fn item(&self) -> &'static str {
        if self.kind == AttestationKind::MsCertificate {
            return "systems";
        }
        let families = &self.world.tables.families;
        families
            .get(self.family)
            .map_or("systems", |family| family.key)
    }

    /// What a product certificate rests on; some of it is published before it.
    fn grounds(&mut self) -> Result<Vec<BasedOn>> {
        let certificate = matches!(
            self.kind,
            AttestationKind::ProductCertificate | AttestationKind::TypeExamination
        );
        if !certificate {
            return Ok(Vec::new());
        }
        let mut grounds = Vec::new();
        let drawn = self.chance.below(1_000);
        if drawn < REPORT_PUBLISHED + REPORT_NAMED {
            grounds.push(self.report(drawn < REPORT_PUBLISHED)?);
        }
        if self.chance.is(COMPONENT) {
            grounds.push(self.component()?);
        }
        Ok(grounds)
    }

    fn report(&mut self, published: bool) -> Result<BasedOn> {
        let world = self.world;
        let sort = Sort::Laboratory;
        let by = world
            .cast
            .ask(&mut self.chance, self.by.economy, sort, self.family)?;
        let issued = self.issued.plus_days(-self.chance.days(3, REPORT_DAYS));
        let number = numbers::report(&mut self.chance, by.style, self.number, issued.year());
        let mut ground = BasedOn {
            role: EvidenceRole::TestReport,
            record: None,
            issuer: Some(by.party()),
            number: Some(number.clone()),
            issued_on: Some(LegalDate::from(issued)),
        };
        if by.commits {
            // Its contents stay private: what is published is that it exists.
            let commitment = others::commitment(&mut self.chance, by, number, issued)?;
            self.records.push(commitment);
        } else if published {
            let kind = AttestationKind::TestReport;
            let report = Issue {
                by,
                kind,
                number,
                revision: None,
                issued,
                until: None,
                holder: &self.holder,
                item: self.item(),
                standards: standards(&mut self.chance, world, kind, self.good, by, issued)?,
                object: object(&mut self.chance, world, kind, self.good, &self.holder, by),
                based_on: Vec::new(),
                replaces: None,
            };
            let signed = issue(&mut self.chance, report, world.date)?;
            ground.record = Some(signed.reference.clone());
            self.records.push(signed);
        }
        Ok(ground)
    }

    fn component(&mut self) -> Result<BasedOn> {
        let world = self.world;
        let issued = self.issued.plus_days(-self.chance.days(30, COMPONENT_DAYS));
        let economy = world.cast.economies.draw(&mut self.chance);
        let by = world
            .cast
            .ask(&mut self.chance, economy, Sort::Certifier, self.family)?;
        let kind = AttestationKind::ProductCertificate;
        let number = numbers::certificate(
            &mut self.chance,
            economy,
            by.style,
            self.number,
            issued.year(),
        );
        let mut object = object(&mut self.chance, world, kind, self.good, &self.holder, by);
        object.names = goods::component(by, &words::COMPONENT, self.good);
        let component = Issue {
            by,
            kind,
            number: format!("{number}-C"),
            revision: None,
            issued,
            until: Some(issued.plus_days(i32::try_from(5 * YEAR)?)),
            holder: &self.holder,
            item: self.item(),
            standards: standards(&mut self.chance, world, kind, self.good, by, issued)?,
            object,
            based_on: Vec::new(),
            replaces: None,
        };
        let signed = issue(&mut self.chance, component, world.date)?;
        let ground = BasedOn {
            role: EvidenceRole::ComponentCertificate,
            record: Some(signed.reference.clone()),
            issuer: None,
            number: None,
            issued_on: None,
        };
        self.records.push(signed);
        Ok(ground)
    }

    /// What became of the last record.
    fn afterwards(&mut self) -> Result<()> {
        let place = self.records.len() - 1;
        let record = self.records[place].reference.clone();
        let yesterday = self.world.date.plus_days(-1);
        let certificate = Certificate {
            record: &record,
            by: self.by,
            issued: self.issued,
            last: self.until.map_or(yesterday, |until| until.min(yesterday)),
            family: self.family,
        };
        let drawn = self.chance.below(1_000);
        if self.until.is_some() && drawn < SUPERSEDED {
            self.revise(&certificate, place)?;
        } else if self.until.is_some() && drawn < SUPERSEDED + CHANGED {
            let change = Odds::of(CHANGES.map(|(_, weight)| weight)).draw(&mut self.chance);
            let (change, _) = CHANGES.get(change).context("changes are drawn by place")?;
            let (events, state) =
                events::change(self.world, &mut self.chance, &certificate, *change)?;
            self.records.extend(events);
            self.put_state(place, state);
        }
        if self.chance.is(NOTICED) {
            let about = self.records[place].clone();
            let notices = others::notices(self.world, &mut self.chance, &about, self.by)?;
            self.records.extend(notices);
        } else if self.chance.below(100_000) < TAKEN_DOWN_OF_100_000 {
            let about = self.records[place].clone();
            let authority = &self.world.cast.authorities[self.by.economy];
            let takedown = others::takedown(&mut self.chance, &about, authority, yesterday)?;
            self.records.push(takedown);
            self.put_state(place, Some("takenDown"));
        }
        Ok(())
    }

    /// A second revision takes the place of the record at `place`.
    fn revise(&mut self, certificate: &Certificate<'_>, place: usize) -> Result<()> {
        let days = events::days(&mut self.chance, certificate.issued, certificate.last);
        let Some([on, _]) = days else { return Ok(()) };
        let paper = self.records[place].paper.as_ref();
        let number = paper.map(|paper| paper.number.clone()).unwrap_or_default();
        let revision = Issue {
            by: self.by,
            kind: self.kind,
            number,
            revision: Some("2"),
            issued: on,
            until: self.until,
            holder: &self.holder,
            item: self.item(),
            standards: standards(
                &mut self.chance,
                self.world,
                self.kind,
                self.good,
                self.by,
                on,
            )?,
            object: object(
                &mut self.chance,
                self.world,
                self.kind,
                self.good,
                &self.holder,
                self.by,
            ),
            based_on: Vec::new(),
            replaces: Some(certificate.record.clone()),
        };
        let signed = issue(&mut self.chance, revision, self.world.date)?;
        let successor = signed.reference.clone();
        self.records.push(signed);
        let event = events::supersede(&mut self.chance, certificate, successor, on)?;
        self.records.push(event);
        self.put_state(place, Some("superseded"));
        Ok(())
    }

    fn put_state(&mut self, place: usize, state: Option<&'static str>) {
        let paper = self
            .records
            .get_mut(place)
            .and_then(|record| record.paper.as_mut());
        if let (Some(paper), Some(state)) = (paper, state) {
            paper.state = state;
        }
    }
}

/// The day of issue and the last day, so that the share that has expired is as it is to be.
fn dates(chance: &mut Chance, date: Day, kind: AttestationKind) -> (Day, Option<Day>) {
    let term = match kind {
        AttestationKind::TestReport | AttestationKind::CalibrationCertificate => {
            let issued = date.plus_days(-chance.days(1, SPREAD_DAYS));
            return (issued, None);
        }
        AttestationKind::MsCertificate => 3 * YEAR,
        AttestationKind::ConsignmentCertificate => YEAR / 2,
        AttestationKind::InspectionCertificate => YEAR,
        _ => [3 * YEAR, 5 * YEAR, 5 * YEAR, 8 * YEAR][chance.place(4)],
    };
    let age = if chance.is(EXPIRED) {
        chance.days(term + 1, SPREAD_DAYS)
    } else {
        chance.days(1, term - 1)
    };
    let issued = date.plus_days(-age);
    let last = issued.plus_days(i32::try_from(term).unwrap_or_default() - 1);
    (issued, Some(last))
}

fn standards(
    chance: &mut Chance,
    world: &World,
    kind: AttestationKind,
    good: &Good,
    by: &Body,
    on: Day,
) -> Result<Vec<StandardReference>> {
    let norm = if kind == AttestationKind::MsCertificate {
        world.tables.norm(chance.word(&SYSTEMS))?
    } else {
        world
            .tables
            .norms
            .get(good.standard)
            .context("goods name their standard")?
    };
    cited(chance, norm, by.tag(), on)
}

fn object(
    chance: &mut Chance,
    world: &World,
    kind: AttestationKind,
    good: &Good,
    holder: &Holder,
    by: &Body,
) -> comity_model::attestation::ConformityObject {
    match kind {
        AttestationKind::MsCertificate => {
            let family = world.tables.families.get(holder.family);
            let names = family.map_or(&words::SYSTEM, |family| &family.names);
            goods::system(by, &words::SYSTEM, names)
        }
        AttestationKind::ConsignmentCertificate => goods::consignment(chance, good, by),
        AttestationKind::CalibrationCertificate => goods::instrument(chance, good, holder, by),
        _ => goods::product(chance, &world.tables, good, holder, by),
    }
}
