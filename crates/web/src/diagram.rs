//! The chain as a drawing: product, body, who granted its competence, arrangement, destination,
//! each with what the check of it came to. It repeats what the questions say in words. The holder is
//! no link of it: no check is of the holder, who is compared with the paper where that was asked.

use comity_model::record::{Kind, Record, Subject};
use comity_model::text::projected;
use comity_node::look_up::Found;
use comity_recognition::code::StepName;
use comity_recognition::question::Selector;
use comity_recognition::verdict::Verdict;
use comity_recognition::wording;

use crate::icon::{self, Tone};
use crate::rows::named;
use crate::site::Site;
use crate::trouble::Trouble;

/// Most records of one step that are looked through for the one to draw.
const MAX_LOOKED_AT: usize = 8;

/// One link of the chain.
#[derive(Debug)]
pub(crate) struct Link {
    /// In which part.
    pub(crate) part: String,
    pub(crate) name: String,
    /// Language of the name.
    pub(crate) lang: String,
    pub(crate) tone: Tone,
    pub(crate) icon: String,
}

/// The links from the product to the destination; what is not known is left out.
pub(crate) async fn links(
    site: &Site,
    record: &Record,
    verdict: &Verdict,
) -> Result<Vec<Link>, Trouble> {
    let Subject::Attestation(attestation) = &record.subject else {
        return Ok(Vec::new());
    };
    let own = |name: &str| (record.comity.language.clone(), projected(name));
    let registered = named(site, [record.issuer.id.as_str()]).pop();
    let registered = registered.and_then(|party| party.name);
    let issuer = match &record.comity.imported_from {
        Some(from) => own(&from.attributed_to.name),
        None => registered.unwrap_or_else(|| own(&record.issuer.name)),
    };
    let mut links = Vec::new();
    let mut draw = |step: StepName, part: String, (lang, name): (String, String)| {
        let outcome = verdict.step(step).map(|step| step.outcome);
        links.extend(outcome.map(|outcome| {
            let (tone, icon) = icon::of_outcome(outcome);
            Link {
                part,
                name,
                lang,
                tone,
                icon: icon.svg(),
            }
        }));
    };
    let texts = site.texts;
    let product = attestation.comity.objects.first();
    let product = product.map(|object| site.worded(&object.names));
    let product = product.filter(|(_, name)| !name.is_empty());
    let product = product.unwrap_or_else(|| own(&record.name));
    draw(StepName::Product, texts.say("fact-product"), product);
    draw(StepName::Competence, texts.say("fact-issuer"), issuer);
    let grantor = |found: &Found| {
        let record = found.evidence.record.as_ref().ok()?;
        match &record.subject {
            Subject::CompetenceGrant(grant) => {
                Some(site.party(&grant.grantor, &record.comity.language))
            }
            _ => None,
        }
    };
    if let Some(grantor) = drawn(site, verdict, StepName::Competence, grantor).await? {
        draw(StepName::Accreditor, texts.say("diagram-grantor"), grantor);
    }
    let title = |found: &Found| match &found.evidence.record.as_ref().ok()?.subject {
        Subject::Arrangement(arrangement) => Some(site.worded(&arrangement.title)),
        _ => None,
    };
    if let Some(title) = drawn(site, verdict, StepName::Arrangement, title).await? {
        let part = wording::kind(Kind::Arrangement, site.language).to_owned();
        draw(StepName::Arrangement, part, title);
    }
    let destination = site.economy(&verdict.question.in_economy);
    let destination = (site.language.tag().to_owned(), destination);
    draw(StepName::ImportRule, texts.say("ask-in"), destination);
    Ok(links)
}

/// The first of the records a step rests on that has what is to be drawn.
async fn drawn<T>(
    site: &Site,
    verdict: &Verdict,
    step: StepName,
    what: impl Fn(&Found) -> Option<T>,
) -> Result<Option<T>, Trouble> {
    let evidence = verdict.step(step).map(|step| step.evidence.as_slice());
    for digest in evidence.unwrap_or_default().iter().take(MAX_LOOKED_AT) {
        let selector = Selector::RecordDigest(hex::encode(digest));
        let found = site.node().look_up(&selector).await;
        let found = found.map_err(|error| site.failed(&error))?;
        if let Some(drawn) = found.iter().find_map(&what) {
            return Ok(Some(drawn));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests;
