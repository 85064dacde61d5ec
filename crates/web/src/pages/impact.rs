//! Who is hit: what rests on a party, a record, a report or a standard, and over which path.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use comity_model::text::projected;
use comity_node::impact::{Ground, Impact, MAX_RESTING, Resting};
use comity_node::look_up::Found;
use comity_node::named::Pointed;
use comity_recognition::wording;

use crate::asked::{Asked, query_string};
use crate::frame::{Frame, page};
use crate::pages::record::revoked;
use crate::pages::search::Hit;
use crate::pages::standard::standard_href;
use crate::pages::taken_down::{self, TakenDownRow};
use crate::rows::{Named, Said, named, said_by};
use crate::site::{Answer, Site};
use crate::texts::number;
use crate::trouble::Trouble;

/// Records of a page; a file has up to [`MAX_RESTING`].
const SHOWN: usize = 200;
/// What names what is asked about, as the interface for programs does.
const NAMES: [&str; 4] = ["of", "party", "issuer", "standard"];

#[derive(Template)]
#[template(path = "impact.html")]
struct ImpactPage {
    frame: Frame,
    /// Values of the fields.
    of: String,
    issuer: String,
    standard: String,
    shown: Option<Shown>,
}

/// What was asked, and what rests on it.
struct Shown {
    subject: Subject,
    /// When.
    as_of: String,
    counts: String,
    /// Where nothing rests on it, or nothing is known of it: that.
    nothing: Option<String>,
    known: bool,
    /// Where it was taken down: that.
    taken_down: Vec<TakenDownRow>,
    /// That not all are shown.
    cut: Option<String>,
    grounds: Vec<Row>,
    direct: Vec<Row>,
    over: Vec<Row>,
    csv: String,
}

/// What was asked about.
enum Subject {
    Party(Named),
    /// A number or id, and who gave it.
    Record(String, Option<String>),
    /// As it was typed, and the address of its page.
    Standard(String, String),
}

/// A record that is hit, or that was asked about.
struct Row {
    hit: Hit,
    /// How it rests on it.
    relation: &'static str,
    /// Over which records, the nearest to what was asked about first: address and number.
    path: Vec<(String, String)>,
    by_number_alone: bool,
    /// That a key that signed it has been revoked, and since when.
    revoked: Option<String>,
    /// It is signed with a key that is registered for whom it names as its issuer.
    own: bool,
}

impl Row {
    fn new(site: &Site, found: &Found, said: Said) -> Self {
        Self {
            own: said.own,
            hit: Hit::new(site, &found.evidence, &found.state, said),
            relation: "",
            path: Vec::new(),
            by_number_alone: false,
            revoked: revoked(site, found),
        }
    }

    fn resting(site: &Site, one: &Resting, all: &[Resting], said: Said) -> Self {
        Self {
            relation: wording::relation(one.relation.word(), site.language),
            path: path(site, one, all),
            by_number_alone: one.by_number_alone,
            ..Self::new(site, &one.record, said)
        }
    }
}

/// The records between what was asked about and one that rests on it.
fn path(site: &Site, one: &Resting, all: &[Resting]) -> Vec<(String, String)> {
    let place = |place: Option<usize>| place.and_then(|place| all.get(place));
    let over = std::iter::successors(place(one.through), |one| place(one.through));
    let mut over: Vec<_> = over
        .map(|one| {
            let evidence = &one.record.evidence;
            let digest = hex::encode(evidence.record_digest);
            let href = site.href(&format!("records/{digest}"));
            let called = evidence.record.as_ref().map(Pointed::new);
            let called = called.map(|of| projected(&of.number.unwrap_or(of.name)));
            (href, called.unwrap_or(digest))
        })
        .collect();
    over.reverse();
    over
}

/// The address of the page of who is hit by something.
pub(crate) fn impact_href(site: &Site, name: &str, value: &str) -> String {
    site.href(&format!("impact?{}", query_string([(name, value)])))
}

/// Shows who is hit.
pub(crate) async fn impact(State(site): State<Site>, asked: Asked) -> Answer {
    let field = |name: &str| asked.one(name).map(projected).unwrap_or_default();
    let title = site.texts.say("impact-title");
    let (title, shown, twin) = match ground(&site, &asked)? {
        None => (title, None, None),
        Some((ground, subject)) => {
            let query = NAMES.map(|name| Some((name, asked.one(name)?)));
            let query = query_string(query.into_iter().flatten());
            let _place = site.place()?;
            let found = site.node().impact(&ground, SHOWN).await;
            let found = found.map_err(|error| site.failed(&error))?;
            let taken_down = taken_down_of(&site, &ground).await?;
            let subject = subject.read_in(&found);
            let title = site.labelled(&title, subject.name());
            let csv = format!("/v1/impact.csv?{query}");
            let shown = Shown::new(&site, subject, &found, taken_down, csv);
            (title, Some(shown), Some(format!("/v1/impact?{query}")))
        }
    };
    let mut frame = Frame::new(&site, title, &asked.here);
    frame.listed = shown.is_none();
    frame.twin = twin.unwrap_or(frame.twin);
    let impact = ImpactPage {
        of: match field("of") {
            of if of.is_empty() => field("party"),
            of => of,
        },
        issuer: field("issuer"),
        standard: field("standard"),
        shown,
        frame,
    };
    Ok(page(StatusCode::OK, &impact))
}

/// That a record asked about was taken down.
async fn taken_down_of(site: &Site, ground: &Ground) -> Result<Vec<TakenDownRow>, Trouble> {
    let Ground::Record(selector) = ground else {
        return Ok(Vec::new());
    };
    let acts = site.node().taken_down_of(selector).await;
    let acts = acts.map_err(|error| site.failed(&error))?;
    Ok(taken_down::rows(site, &acts, "taken-down"))
}

/// What is asked about, if anything is.
fn ground(site: &Site, asked: &Asked) -> Result<Option<(Ground, Subject)>, Trouble> {
    let [of, party, issuer, standard] = [
        site.only(asked, "of")?,
        site.only(asked, "party")?,
        site.only(asked, "issuer")?,
        site.only(asked, "standard")?,
    ];
    let found = match (of, party, standard) {
        (None, None, None) => None,
        (Some(of), None, None) => Some(Ground::named(of, issuer)),
        (None, Some(party), None) => Some(Ground::Party(party.to_owned())),
        (None, None, Some(standard)) => Some(Ground::Standard(standard.to_owned())),
        _ => return Err(several(site)),
    };
    if issuer.is_some() && !matches!(found, Some(Ground::Record(_))) {
        return Err(several(site));
    }
    Ok(found.map(|found| {
        let subject = match &found {
            Ground::Party(party) => Subject::Party(called(site, party)),
            Ground::Standard(standard) => {
                Subject::Standard(projected(standard), standard_href(site, standard))
            }
            Ground::Record(_) => {
                let of = projected(of.unwrap_or_default());
                Subject::Record(of, issuer.map(projected))
            }
        };
        (found, subject)
    }))
}

fn several(site: &Site) -> Trouble {
    let detail = site.texts.say("impact-one");
    site.trouble(StatusCode::BAD_REQUEST, "trouble-question", detail)
}

/// A party by its name and page; by its identifier alone where it has no DID.
fn called(site: &Site, party: &str) -> Named {
    named(site, [party]).pop().unwrap_or_else(|| Named {
        did: projected(party),
        href: String::new(),
        name: None,
    })
}

impl Subject {
    /// A record that was asked about by its digest is called by its number, or by its title.
    fn read_in(self, found: &Impact) -> Self {
        let record = found.grounds.first().and_then(|one| {
            let digest = hex::encode(one.evidence.record_digest);
            let asked = matches!(&self, Self::Record(of, _) if *of == digest);
            one.evidence.record.as_ref().ok().filter(|_| asked)
        });
        match (record.map(Pointed::new), self) {
            (Some(named), Self::Record(_, issuer)) => {
                Self::Record(projected(&named.number.unwrap_or(named.name)), issuer)
            }
            (_, subject) => subject,
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Party(party) => match &party.name {
                Some((_, name)) => name,
                None => &party.did,
            },
            Self::Record(name, _) | Self::Standard(name, _) => name,
        }
    }
}

impl Shown {
    fn new(
        site: &Site,
        subject: Subject,
        found: &Impact,
        taken_down: Vec<TakenDownRow>,
        csv: String,
    ) -> Self {
        let all = &found.resting;
        let said = said_by(site, all.iter().map(|one| &*one.record.evidence));
        let (mut direct, mut over) = (Vec::new(), Vec::new());
        for (one, said) in all.iter().zip(said) {
            let rows = if one.depth == 1 {
                &mut direct
            } else {
                &mut over
            };
            rows.push(Row::resting(site, one, all, said));
        }
        let grounds = &found.grounds;
        let said = said_by(site, grounds.iter().map(|one| &*one.evidence));
        let figure = |count: usize| number(u64::try_from(count).unwrap_or(u64::MAX));
        let counts = [
            ("direct", figure(direct.len())),
            ("over", figure(over.len())),
        ];
        let nothing = match (found.known, all.is_empty()) {
            (false, _) if !taken_down.is_empty() => Some(site.texts.say("impact-taken-down")),
            (false, _) => Some(wording::nothing_known(site.language).to_owned()),
            (true, true) => Some(wording::nothing_rests(site.language).to_owned()),
            (true, false) => None,
        };
        let shown = [("shown", figure(all.len())), ("most", figure(MAX_RESTING))];
        let cut = found.cut.then(|| {
            if all.len() < SHOWN {
                site.texts.say("impact-more-of-number")
            } else {
                site.texts.put("impact-cut", &shown)
            }
        });
        Self {
            subject,
            as_of: wording::moment(site.node().clock().now(), site.language),
            counts: site.texts.put("impact-counts", &counts),
            nothing,
            known: found.known,
            taken_down,
            cut,
            grounds: grounds
                .iter()
                .zip(said)
                .map(|(one, said)| Row::new(site, one, said))
                .collect(),
            direct,
            over,
            csv,
        }
    }
}
