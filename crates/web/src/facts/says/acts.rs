//! What is done to records and keys, and what is said of them.

use comity_model::commitment::Commitment;
use comity_model::coverage::CoverageStatement;
use comity_model::notice::{Notice, NoticeSubject};
use comity_model::party::PartyReference;
use comity_model::record::{Kind, Record};
use comity_model::revocation::KeyRevocation;
use comity_model::status::{Observation, StatusEvent};
use comity_model::takedown::Takedown;
use comity_recognition::wording::{self, terms};

use super::super::{Facts, Value, pointed, worded};
use super::{Parts, grant};
use crate::pages::record::notice_sort;

pub(super) fn status(says: &mut Parts<'_>, event: &StatusEvent) {
    let facts = &mut says.facts;
    let site = facts.site;
    facts.word("says-action", event.action, wording::action);
    let subjects = event.subjects.iter();
    facts.add(
        "says-subjects",
        subjects.map(|one| pointed(site, &one.identity())),
    );
    facts.word("says-capacity", event.capacity, wording::capacity);
    facts.on_day("says-effective-from", Some(&event.effective_from));
    facts.on_day("says-effective-until", event.effective_until.as_ref());
    facts.economies("says-territory", &event.territory);
    let items = event.scope_items.iter().map(String::as_str);
    facts.codes("says-scope-items", items);
    let reasons = event.reason_code.as_slice();
    facts.words("says-reason", reasons, wording::reason);
    facts.add("says-reason-words", [worded(site, &event.reason)]);
    let law = event.legal_basis.as_deref();
    let law = law.map(|law| Value::plain(law, facts.lang));
    facts.add("product-law", law);
    let decided = event.decided_on.map(|day| Value::word(site.day(day)));
    facts.add("says-decided", decided);
    facts.records("says-successor", &event.successor);
    facts.parties("says-transferred-to", &event.transferred_to);
    let grace = event.grace_until.map(|day| Value::word(site.day(day)));
    facts.add("says-grace", grace);
    let selection = event.selection.as_deref();
    let selection = selection.map(|text| Value::plain(text, facts.lang));
    facts.add("says-selection", selection);
    observed(facts, event.observed.as_ref());
    grant::scope(says, event.resulting_scope.as_deref().unwrap_or_default());
}

/// The fetch of a register that saw it.
fn observed(facts: &mut Facts<'_>, observed: Option<&Observation>) {
    let Some(seen) = observed else {
        return;
    };
    let day = facts.site.day(seen.fetched_on);
    facts.add("says-observed", [Value::code(&seen.system).with(day)]);
    facts.codes("says-source-status", seen.source_status.as_deref());
    if let Some(document) = &seen.document {
        let issued = wording::moment(document.issued_at, facts.language());
        let operator = Value::plain(&document.operator, "").with(issued);
        facts.add("says-source-document", [operator]);
    }
    let statements = seen.statements.iter().map(|statement| {
        let since = wording::moment(statement.since, facts.language());
        Value::code(&statement.source_status).with(since)
    });
    let statements: Vec<_> = statements.collect();
    facts.add("says-statements", statements);
}

pub(super) fn revocation(facts: &mut Facts<'_>, record: &Record, revocation: &KeyRevocation) {
    let party = PartyReference {
        id: revocation.id.clone(),
        registered_by: record.comity.authority.clone(),
    };
    facts.parties("says-party", [&party]);
    facts.codes("says-key", [revocation.key.as_str()]);
    facts.word("says-reason", revocation.reason, terms::revocation_reason);
    facts.moment("says-ends", revocation.effective_from);
}

pub(super) fn commitment(facts: &mut Facts<'_>, commitment: &Commitment) {
    let site = facts.site;
    let reports = commitment.reports.iter();
    let reports = reports.map(|one| Value::code(&one.number).with(site.day(one.issued_on)));
    facts.add("says-reports", reports);
}

pub(super) fn notice(facts: &mut Facts<'_>, notice: &Notice) {
    let site = facts.site;
    facts.add("says-sort", [Value::word(notice_sort(site, notice.sort))]);
    facts.add("says-text", [worded(site, &notice.text)]);
    let about: Vec<_> = notice
        .about
        .iter()
        .filter_map(|one| subject(facts, one))
        .collect();
    facts.add("says-about", about);
    facts.parties("says-addressee", &notice.addressee);
    let by = notice.answer_by.map(|day| Value::word(site.day(day)));
    facts.add("says-answer-by", by);
    facts.records("says-in-reply-to", &notice.in_reply_to);
    facts.words("says-answer", notice.answer.as_slice(), terms::answer);
    let terms_of_use = notice.terms.as_deref();
    let terms_of_use = terms_of_use.map(|text| Value::plain(text, facts.lang));
    facts.add("says-terms", terms_of_use);
    let law = notice.legal_basis.as_deref();
    let law = law.map(|law| Value::plain(law, facts.lang));
    facts.add("product-law", law);
}

fn subject(facts: &Facts<'_>, about: &NoticeSubject) -> Option<Value> {
    if let Some(record) = &about.record {
        return Some(pointed(facts.site, &record.identity()));
    }
    if let Some(printed) = &about.number {
        let issuer = printed
            .issuer
            .as_ref()
            .map(|issuer| facts.body(issuer).text);
        return Some(Value {
            beside: issuer,
            ..Value::code(&printed.number)
        });
    }
    about.party.as_ref().map(|party| facts.body(party))
}

pub(super) fn takedown(facts: &mut Facts<'_>, takedown: &Takedown) {
    let kind = Kind::ALL
        .into_iter()
        .find(|kind| kind.name() == takedown.kind);
    facts.words("fact-kind", kind.as_slice(), wording::kind);
    facts.add("says-subjects", [pointed(facts.site, &takedown.identity())]);
    let issuer = PartyReference {
        id: takedown.issuer.clone(),
        registered_by: takedown.authority.clone(),
    };
    facts.parties("fact-issuer", [&issuer]);
    let law = Value::plain(&takedown.legal_basis, facts.lang);
    facts.add("product-law", [law]);
}

pub(super) fn coverage(facts: &mut Facts<'_>, statement: &CoverageStatement) {
    let site = facts.site;
    facts.words("says-kinds", &statement.kinds, wording::kind);
    facts.parties("says-issuers", &statement.issuers);
    facts.add("says-since", [Value::word(site.day(statement.since))]);
    let hours = [("hours", crate::texts::number(statement.within_hours))];
    let within = site.texts.put("says-hours", &hours);
    facts.add("says-within", [Value::word(within)]);
    facts.period("says-promised", &statement.period);
}
