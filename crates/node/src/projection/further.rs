//! The search document of standards, import rules, commitments, notices and coverage statements.

use comity_model::notice::NoticeSubject;
use comity_model::record::{Record, Subject};
use comity_search::{Document, Weight};

use super::{MAX_IDENTIFIERS, text, texts};

pub(super) fn describe(document: &mut Document, record: &Record) {
    match &record.subject {
        Subject::Standard(edition) => {
            let replaced = edition.replaces.iter().map(|replaced| &replaced.standard);
            let adopted = edition.adopts.iter().map(|adoption| &adoption.standard);
            let named = std::iter::once(&edition.standard)
                .chain(replaced)
                .chain(&edition.amends)
                .chain(adopted);
            document.standards.extend(named.map(ToString::to_string));
            texts(&mut document.texts, &edition.title, Weight::Title);
            document.economies.extend(edition.economies.iter().cloned());
        }
        Subject::ImportRule(rule) => {
            texts(&mut document.texts, &rule.title, Weight::Title);
            document
                .texts
                .push(text(None, &rule.legal_basis, Weight::Body));
            document.economies.push(rule.economy.clone());
            for products in &rule.products {
                document.hs.extend(products.include.iter().cloned());
            }
            for requirement in &rule.requirements {
                texts(&mut document.texts, &requirement.text, Weight::Body);
                let filters = requirement.attestation.iter();
                let standards = filters.flat_map(|filter| &filter.standards);
                document
                    .standards
                    .extend(standards.map(ToString::to_string));
            }
        }
        Subject::Commitment(commitment) => {
            let reports = commitment.reports.iter().take(MAX_IDENTIFIERS);
            document
                .numbers
                .extend(reports.map(|report| report.number.clone()));
        }
        Subject::Notice(notice) => {
            texts(&mut document.texts, &notice.text, Weight::Body);
            for about in &notice.about {
                describe_about(document, about);
            }
        }
        Subject::CoverageStatement(statement) => {
            let issuers = statement.issuers.iter().take(MAX_IDENTIFIERS);
            document
                .numbers
                .extend(issuers.map(|issuer| issuer.id.clone()));
        }
        _ => {}
    }
}

fn describe_about(document: &mut Document, about: &NoticeSubject) {
    if let Some(record) = &about.record {
        document.numbers.push(record.id.clone());
    }
    if let Some(number) = &about.number {
        document.numbers.push(number.number.clone());
        if let Some(issuer) = &number.issuer {
            document
                .parties
                .push(text(None, &issuer.name, Weight::Body));
        }
    }
    if let Some(party) = &about.party {
        document
            .parties
            .push(text(None, &party.name, Weight::Title));
        texts(&mut document.parties, &party.names, Weight::Title);
    }
}
