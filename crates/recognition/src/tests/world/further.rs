//! Commitments, promises, standards and rules of the world.

use comity_model::commitment::{Commitment, CommittedReport};
use comity_model::coverage::CoverageStatement;
use comity_model::import_rule::{
    AttestationFilter, ImportRule, Requirement, RequirementSort, RuleEffect,
};
use comity_model::record::{Kind, Subject};
use comity_model::standard::{
    Adoption, Correspondence, Deviation, DeviationSort, ReplacedEdition, Standard, StandardSort,
};

use super::{Body, Shared, World, date, day, en, period};

impl World {
    /// A commitment to reports of these numbers, issued on the world's day.
    pub(in crate::tests) fn commit(&mut self, laboratory: &Body, numbers: &[&str]) -> Shared {
        let digest = comity_signature::digest::to_multibase([7; 32]);
        let reports = numbers.iter().map(|number| CommittedReport {
            number: (*number).to_owned(),
            issued_on: self.now.day(),
            digest: digest.clone(),
        });
        let commitment = Commitment {
            reports: reports.collect(),
        };
        let record = self.draft(laboratory, Subject::Commitment(Box::new(commitment)));
        self.publish(&[laboratory], &record)
    }

    /// A promise by `signer` that all of `issuer` since that day is here within a day.
    pub(in crate::tests) fn promise(
        &mut self,
        signer: &Body,
        issuer: &Body,
        since: &str,
        change: impl FnOnce(&mut CoverageStatement),
    ) -> Shared {
        let mut statement = CoverageStatement {
            kinds: vec![Kind::Attestation, Kind::Commitment],
            issuers: vec![issuer.reference()],
            since: day(since),
            within_hours: 24,
            period: period(since, None),
        };
        change(&mut statement);
        let mut record = self.draft(signer, Subject::CoverageStatement(Box::new(statement)));
        record.comity.authority.clone_from(&issuer.authority);
        self.publish(&[signer], &record)
    }

    /// An edition in force since 2018-01-01, declared by `signer`.
    pub(in crate::tests) fn standard(
        &mut self,
        signer: &Body,
        reference: &str,
        change: impl FnOnce(&mut Standard),
    ) -> Shared {
        let mut standard = Standard {
            standard: reference.parse().unwrap(),
            sort: StandardSort::Standard,
            title: en(reference),
            economies: Vec::new(),
            period: period("2018-01-01", None),
            replaces: Vec::new(),
            amends: Vec::new(),
            adopts: Vec::new(),
            ics: Vec::new(),
        };
        change(&mut standard);
        let record = self.draft(signer, Subject::Standard(Box::new(standard)));
        self.publish(&[signer], &record)
    }

    /// A rule of that economy since 2018-01-01, for HS 8516, on the word of its own authority.
    pub(in crate::tests) fn rule(
        &mut self,
        economy: &str,
        effect: RuleEffect,
        change: impl FnOnce(&mut ImportRule),
    ) -> Shared {
        self.rule_by(&super::authority(economy), economy, effect, change)
    }

    pub(in crate::tests) fn rule_by(
        &mut self,
        signer: &Body,
        economy: &str,
        effect: RuleEffect,
        change: impl FnOnce(&mut ImportRule),
    ) -> Shared {
        let products = comity_model::product::CodeSelector {
            scheme: "HS".to_owned(),
            edition: None,
            include: vec!["8516".to_owned()],
            exclude: Vec::new(),
        };
        let mut rule = ImportRule {
            economy: economy.to_owned(),
            title: en("Appliances"),
            products: vec![products],
            effect,
            requirements: Vec::new(),
            attestations: None,
            legal_basis: "Act 1".to_owned(),
            contact: None,
            period: period("2018-01-01", None),
        };
        change(&mut rule);
        let record = self.draft(signer, Subject::ImportRule(Box::new(rule)));
        self.publish(&[signer], &record)
    }
}

/// An adoption with deviations as clause and sort.
pub(in crate::tests) fn adopts(
    reference: &str,
    correspondence: Correspondence,
    deviations: &[(&str, DeviationSort)],
) -> Vec<Adoption> {
    let deviations = deviations.iter().map(|(clause, sort)| Deviation {
        clause: (*clause).to_owned(),
        sort: *sort,
        text: en("A national difference"),
    });
    vec![Adoption {
        standard: reference.parse().unwrap(),
        correspondence,
        deviations: deviations.collect(),
    }]
}

/// An earlier edition and until when it counts beside the newer one.
pub(in crate::tests) fn replaces(reference: &str, until: Option<&str>) -> Vec<ReplacedEdition> {
    vec![ReplacedEdition {
        standard: reference.parse().unwrap(),
        coexists_until: until.map(date),
    }]
}

/// A requirement in words.
pub(in crate::tests) fn requirement(id: &str, sort: RequirementSort) -> Requirement {
    Requirement {
        id: id.to_owned(),
        sort,
        text: en(id),
        attestation: None,
        deviation: None,
        languages: Vec::new(),
    }
}

/// A requirement of an attestation.
pub(in crate::tests) fn certificate(filter: AttestationFilter) -> Requirement {
    Requirement {
        attestation: Some(filter),
        ..requirement("certificate", RequirementSort::Attestation)
    }
}
