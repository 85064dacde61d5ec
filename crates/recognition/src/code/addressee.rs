//! Whom the advice of each code sends the asker to: one table, so that who can settle a step and
//! what to ask never speak of two.

use super::Code;
use crate::verdict::Who;

impl Code {
    /// Who can settle a step with this code: the one that its advice (`.ask` of the sentence) speaks
    /// of; the asker, where the advice is something to do.
    pub fn addressee(self) -> Who {
        let step = self.as_str().split('.').next().unwrap_or_default();
        let usual = match step {
            "registration" => Who::Authority,
            "territory" | "arrangement" | "importRule" => Who::Destination,
            "competence" => Who::Grantor,
            "accreditor" => Who::Secretariat,
            "evidenceChain" => Who::Laboratory,
            "log" => Who::LogOperator,
            "standard" => Who::StandardsBody,
            _ => Who::Issuer,
        };
        let mut exceptions = EXCEPTIONS.iter();
        let found = exceptions.find(|(_, codes)| codes.contains(&self));
        found.map_or(usual, |(who, _)| *who)
    }
}

/// Whom another than the step's usual one can settle.
const EXCEPTIONS: &[(Who, &[Code])] = &[
    (Who::Asker, OF_ASKER),
    (
        Who::PolicyKeeper,
        &[
            Code::RegistrationImporterNotNamed,
            Code::RegistrationImportedNotAccepted,
            Code::RegistrationAuthorityNotPinned,
            Code::RegistrationKeyNotAuthoritys,
            Code::RegistrationNoLogPinned,
            Code::LogNotPinned,
            Code::StatusNoLogPinned,
            Code::CompetenceNoLogPinned,
            Code::AccreditorNoLogPinned,
            Code::ArrangementExcludedByPolicy,
            Code::ArrangementNotAcceptedByPolicy,
        ],
    ),
    (Who::Issuer, OF_ISSUER),
    (
        Who::Holder,
        &[
            Code::StatusWithdrawn,
            Code::StatusAnnulled,
            Code::DatesExpired,
        ],
    ),
    (
        Who::Successor,
        &[Code::StatusTransferred, Code::StatusTransferEnded],
    ),
    (
        Who::Importer,
        &[Code::StatusObservedEarlier, Code::StatusStaleObservation],
    ),
    (
        Who::Authority,
        &[Code::RecordTakenDown, Code::ArrangementNotDesignated],
    ),
    (Who::Keyholders, &[Code::RegistrationFederationExpired]),
    (Who::Grantor, &[Code::ArrangementGrantUnclear]),
    (Who::Destination, &[Code::StandardDeclaredByIssuersSide]),
    (
        Who::LogOperator,
        &[
            Code::RegistrationRevocationUnordered,
            Code::RegistrationStaleLog,
            Code::StatusStaleLog,
            Code::TerritoryStaleLog,
            Code::CompetenceStaleLog,
            Code::AccreditorStaleLog,
            Code::ArrangementStaleLog,
        ],
    ),
    (
        Who::Secretariat,
        &[
            Code::ArrangementNotOperational,
            Code::ArrangementNotInForce,
            Code::ArrangementInForceUnclear,
            Code::ArrangementAfterEndUnstated,
            Code::ArrangementDirection,
            Code::ArrangementDirectionUnclear,
            Code::ArrangementIssuerSideNotIn,
            Code::ArrangementIssuerSideUnclear,
            Code::ArrangementIssuerRole,
            Code::ArrangementVersionFork,
            Code::ArrangementLoggedLater,
        ],
    ),
];

/// What the asker does: says more, waits, brings something.
const OF_ASKER: &[Code] = &[
    Code::IntegrityHypothetical,
    Code::IntegrityUnknownKind,
    Code::IntegrityNotAnAttestation,
    Code::RecordAmbiguous,
    Code::RecordIssueDayNeeded,
    Code::RecordPromiseStale,
    Code::RegistrationNoStatement,
    Code::LogSelfDated,
    Code::LogFewMirrors,
    Code::LogHypothetical,
    Code::LogNotYetLogged,
    Code::StatusSuperseded,
    Code::StatusNoStatement,
    Code::TerritoryNoStatement,
    Code::DatesNotYetValid,
    Code::CompetenceNoStatement,
    Code::AccreditorNoStatement,
    Code::EvidenceChainReportNotHeld,
    Code::EvidenceChainNoStatement,
    Code::ArrangementNoStatement,
    Code::StandardDeviates,
    Code::StandardNoStatement,
    Code::ImportRuleStillAsked,
    Code::ImportRuleProductNotSaid,
    Code::ImportRuleNoStatement,
];

/// What the issuer knows, in steps that ask another as a rule.
const OF_ISSUER: &[Code] = &[
    Code::RegistrationAttributedByRegistry,
    Code::RegistrationNotYetLogged,
    Code::RegistrationKeyRevoked,
    Code::RegistrationNotSignedByIssuer,
    Code::LogNotLogged,
    Code::CompetenceOtherDocument,
    Code::CompetenceActivityNotGranted,
    Code::AccreditorNoGrant,
    Code::EvidenceChainDisowned,
    Code::EvidenceChainNotTraceable,
    Code::EvidenceChainOtherDocument,
    Code::EvidenceChainComponentEnded,
    Code::ArrangementIssueDateUnclear,
    Code::ArrangementTransitionUnclear,
    Code::ArrangementLevelUnsaid,
    Code::ArrangementGrantTypeMissing,
    Code::StandardNotEquivalent,
    Code::StandardPastCoexistence,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::{self, Language, Style};

    /// Whom the English advice of a code names, by the word that each part has in it.
    fn named(ask: &str) -> Option<Who> {
        let words = [
            ("Ask the issuer which", Who::Issuer),
            ("issuer of that record", Who::Laboratory),
            ("destination's authority", Who::Destination),
            ("issuer's authority", Who::Authority),
            ("secretariat", Who::Secretariat),
            ("grantor", Who::Grantor),
            ("laboratory", Who::Laboratory),
            ("standards body", Who::StandardsBody),
            ("keyholders", Who::Keyholders),
            ("importer for", Who::Importer),
            ("keeps the policy", Who::PolicyKeeper),
            ("whether the policy", Who::PolicyKeeper),
            ("the holder for", Who::Holder),
            ("Ask the authority", Who::Authority),
            ("Ask the issuer", Who::Issuer),
        ];
        let found = words.iter().find(|(word, _)| ask.contains(word));
        found.map(|(_, who)| *who)
    }

    #[test]
    fn the_advice_of_every_code_speaks_of_the_one_who_can_settle_it() {
        let mut compared = 0;
        for code in Code::ALL {
            let facts = crate::verdict::Facts::new();
            let ask = wording::ask(*code, &facts, Language::En, Style::Codes);
            let Some(named) = named(&ask) else {
                continue;
            };
            compared += 1;
            assert_eq!(code.addressee(), named, "{}: {ask}", code.as_str());
        }
        assert!(compared > 90, "only {compared} name somebody");
    }

    #[test]
    fn no_code_is_an_exception_twice() {
        let mut codes: Vec<Code> = EXCEPTIONS
            .iter()
            .flat_map(|(_, codes)| *codes)
            .copied()
            .collect();
        let all = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all);
    }
}
