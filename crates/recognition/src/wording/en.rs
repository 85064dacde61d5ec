//! The words in English.

use super::Words;
use crate::code::{Code, StepName};

/// The question a step answers.
pub(super) fn question(step: StepName) -> &'static str {
    match step {
        StepName::Integrity => "Is the signature genuine?",
        StepName::Identity => "Is it one document?",
        StepName::Registration => "Was the signer allowed to sign it?",
        StepName::Log => "Was it published, and when?",
        StepName::Status => "Does it still stand?",
        StepName::Territory => "Has the destination refused it?",
        StepName::Dates => "Is it valid on that day?",
        StepName::Product => "Is it for this product?",
        StepName::Competence => "Was the issuer competent for it?",
        StepName::Accreditor => "Was whoever granted the competence in good standing?",
        StepName::EvidenceChain => "Did what it rests on exist before it?",
        StepName::Arrangement => "Does an arrangement make it count there?",
        StepName::Standard => "Is it the standard that is meant?",
        StepName::ImportRule => "What does the destination ask for this product?",
        StepName::Claims => "Is what it claims of arrangements so?",
    }
}

macro_rules! words {
    ($($code:ident: $sentence:literal => $ask:literal;)*) => {
        /// Every code, in the order of [`Code::ALL`]: the sentence, and what to ask.
        pub(super) const WORDS: &[Words] = &[$(Words {
            code: Code::$code,
            sentence: $sentence,
            ask: $ask,
        },)*];
    };
}

words! {
    IntegrityVerified: "The bytes are as they were signed." => "";
    IntegrityHypothetical: "HYPOTHETICAL: this is an unsigned draft, taken as if its issuer had signed it." =>
        "Have it signed and published.";
    IntegrityNotCanonical: "The document is not in the form that is signed: {reason}." =>
        "Ask for the document exactly as it was signed.";
    IntegrityNotSigned: "The document carries no signature that counts: {reason}." =>
        "Ask the issuer for the signed record.";
    IntegritySignatureInvalid: "The signature does not fit the document: {reason}." =>
        "Ask the issuer for the record as signed.";
    IntegrityUnreadable: "The record cannot be read: {reason}." => "Ask the issuer to correct and reissue it.";
    IntegrityUnknownKind: "The record is of a kind this version does not know: {reason}." =>
        "Use a newer version.";
    IntegrityNotAnAttestation: "The record is a {kind}; only attestations are recognised." =>
        "Ask about the attestation.";
    IntegrityNotAsked: "There is no record to examine." => "";
    RecordNotHeld: "No record held here fits what was asked." =>
        "Ask the issuer to publish it, or give the number exactly as printed.";
    RecordTakenDown: "The record was taken down by {by}, on this ground: {legalBasis}." =>
        "Ask whoever took it down whether another record takes its place.";
    RecordAmbiguous: "{count} records fit; say which one is meant." =>
        "Name the issuer, or choose one of the candidates.";
    RecordProvedAbsent: "No record fits. The publisher promises that all that {issuer} issued from {since} on is published within {withinHours} hours; up to {completeUntil} all of it is here, and this is not." =>
        "Ask the issuer whether it issued this paper; it may be forged.";
    RecordIssueDayNeeded: "No record fits. All that {issuer} issued from {since} to {completeUntil} is here: whether the paper is of that time is not said." =>
        "Give the day of issue that the paper prints.";
    RecordOutsidePromise: "No record fits, and the paper's day of issue is not among those for which all is here, {since} to {completeUntil}." =>
        "Ask the issuer to publish it, or wait until the promised time has passed.";
    RecordPromiseBroken: "No record fits. The publisher promised that all of {issuer} is here, and has published some of it late." =>
        "Ask the issuer whether it issued this paper.";
    RecordPromiseStale: "No record fits. All of {issuer} is promised to be here, but the logs that would show it are not fresh." =>
        "Ask again when the node has caught up with the logs of the issuer's economy.";
    RecordTooMany: "No record fits. All of {issuer} is promised to be here, but it has more records than are looked through, so that nobody can say that none came late." =>
        "Ask the issuer whether it issued this paper.";
    IdentityOne: "There is one document of this name." => "";
    IdentityTwoDocuments: "Two different documents carry this name: {one} and {other}." =>
        "Ask the issuer which of them is its own.";
    IdentityNotAsked: "No record was singled out." => "";
    RegistrationValid: "The signer {issuer} was registered under {authority} and might sign this with this key." =>
        "";
    RegistrationAuthority: "The signer is the authority {authority} itself, with a key pinned in the policy." => "";
    RegistrationAttributedByRegistry: "The record is attested by the registry {issuer}, which attributes it to {attributedTo}; the issuer itself did not sign it." =>
        "Ask for the issuer's own signed record.";
    RegistrationImporterNotNamed: "The policy does not name {issuer} as importer of {system}." =>
        "Decide whether the policy should name this importer.";
    RegistrationImportedNotAccepted: "The policy accepts no imported records." =>
        "Decide whether the policy should accept imported records.";
    RegistrationAuthorityNotPinned: "The policy does not name the authority {authority}, so nothing is known of who registered the signer." =>
        "Decide whether the policy should name this authority, after comparing its keys.";
    RegistrationKeyNotAuthoritys: "The key is not one of those pinned for the authority {authority} at that time." =>
        "Compare the authority's keys with those in the policy.";
    RegistrationNotMember: "The authority {authority} was not in the federation at that time." =>
        "Ask the authority when it joined or left, or pin its keys in the policy.";
    RegistrationMemberKeysNotLogged: "No version of the keys of {authority} had been logged by then." =>
        "Ask the authority to publish its keys in a log of the federation.";
    RegistrationFederationExpired: "The federation list expired {expiredDays} days ago; after {graceDays} days nothing that rests on it can be told." =>
        "Ask the keyholders of the federation for a new list.";
    RegistrationNotHeld: "No registration of {issuer} under {authority} is held." =>
        "Ask the authority to publish the registration.";
    RegistrationNotYetLogged: "The registration of {issuer} was logged only after the record." =>
        "Ask the issuer to publish the record again.";
    RegistrationOtherParent: "The key of {issuer} was registered by another parent than the one that counts." =>
        "Ask the authority which parent registers this body.";
    RegistrationParentNotEntitled: "Whoever registered {issuer} was not entitled to register it under {authority}." =>
        "Ask the authority whether it registers this body.";
    RegistrationVersionGap: "A version of the registration of {issuer} is missing." =>
        "Ask the authority for the missing version.";
    RegistrationVersionFork: "Two versions of the registration of {issuer} carry one number." =>
        "Ask the authority which of them holds.";
    RegistrationNotInForce: "The registration of {issuer} was not in force when the record was signed." =>
        "Ask the authority about the registration.";
    RegistrationInForceUnclear: "It is not known exactly when the registration of {issuer} was in force." =>
        "Ask the authority for the exact days.";
    RegistrationKeyNotRegistered: "The key that signed is not registered for {issuer} at that time." =>
        "Ask the authority which keys are registered.";
    RegistrationKeyRevoked: "The key that signed had been revoked." =>
        "Ask the issuer to sign again with a valid key.";
    RegistrationRevocationUnordered: "The key was revoked in another log, and which came first cannot be told." =>
        "Ask for a checkpoint that dates the record before the revocation.";
    RegistrationOutsideMandate: "The signer {issuer} has no mandate to sign a record of this kind." =>
        "Ask the authority about the mandate.";
    RegistrationNotSignedByIssuer: "The record names {issuer} as its issuer, who did not sign it." =>
        "Ask the issuer whether the record is its own.";
    RegistrationLoggedLater: "The registration of {issuer} starts over 30 days before it was logged." =>
        "Ask the authority why it was logged later.";
    RegistrationStaleLog: "The newest head of {log} is too old to tell that the registration still stands." =>
        "Fetch a newer head of the log.";
    RegistrationNoLogPinned: "The policy pins no log of {economiesWithoutLog}, so a revocation there would not be seen." =>
        "Decide whether the policy should pin a log of that economy.";
    RegistrationNoStatement: "Nobody entitled states that nothing more is known of the registration: {statement}." =>
        "Ask a node that the policy believes for a bundle of this very question.";
    RegistrationNotAsked: "The signer was not examined." => "";
    LogDated: "It was logged in {log} at index {index} on {loggedAt}." => "";
    LogSelfDated: "It was logged in {log} at index {index} on {loggedAt}, as dated by the log itself." =>
        "Wait for mirrors to date the log.";
    LogFewMirrors: "It was logged in {log} at index {index} on {loggedAt}, as dated by three mirrors or fewer." =>
        "Wait for more mirrors to date the log.";
    LogHypothetical: "HYPOTHETICAL: taken as if it had been logged." => "Have it published.";
    LogForked: "There is proof that {log} has shown two histories." =>
        "Compare the evidence file with the operator of the log; nothing in it counts until that is settled.";
    LogNotLogged: "It has not been logged anywhere." => "Ask the issuer to publish it.";
    LogNotPinned: "It was logged in {log}, which the policy does not pin." =>
        "Decide whether the policy should pin this log.";
    LogNotDated: "Too few cosigners date its entry in {log}." => "Fetch newer cosignatures of the log.";
    LogNotYetLogged: "It was logged only on {loggedAt}, after the moment asked about." =>
        "Ask as of a later moment.";
    LogNotAsked: "Publication was not examined." => "";
    StatusActive: "It is in force; nothing to the contrary is known." => "";
    StatusSuspended: "It is suspended since {effectiveFrom} by {by}." =>
        "Ask the issuer when the suspension ends.";
    StatusPartiallySuspended: "Part of it is suspended since {effectiveFrom}: {scopeItems}." =>
        "Ask the issuer whether this use is affected.";
    StatusScopeReduced: "Its scope was reduced from {effectiveFrom}." =>
        "Ask the issuer whether this use is still in scope.";
    StatusWithdrawn: "It was withdrawn from {effectiveFrom} by {by}." => "Ask the holder for a valid record.";
    StatusAnnulled: "It was annulled and is void from the start." => "Ask the holder for a valid record.";
    StatusSuperseded: "It was replaced from {effectiveFrom} by {successor}." =>
        "Ask about the record that replaces it.";
    StatusTransferred: "{by} has handed it over to {transferredTo}; it counts until {graceUntil}." =>
        "Ask the body that takes it over for its own record before that day.";
    StatusTransferEnded: "{by} has handed it over to {transferredTo}; it counted until {graceUntil}." =>
        "Ask the body that has taken it over for its own record.";
    StatusObservedOnly: "A change was observed whose day is known only as {effectiveFrom}; the day asked about lies in between." =>
        "Ask the issuer for the exact day.";
    StatusObservedEarlier: "The register was last seen on {observedOn}, {ageDays} days before the day asked about." =>
        "Ask the importer for a newer fetch.";
    StatusStaleObservation: "The register was last seen on {observedOn}, {ageDays} days before the day asked about: too long ago." =>
        "Ask the importer for a newer fetch.";
    StatusSequenceGap: "An event of the issuer's side is missing." => "Ask the issuer for the missing event.";
    StatusSequenceFork: "The issuer's side published two events with one number." =>
        "Ask the issuer which event holds.";
    StatusUnreadAction: "The issuer's side published an act that this version cannot read." =>
        "Ask with a newer version, or ask the issuer what it did.";
    StatusTooMany: "The record has more revisions than are looked at." =>
        "Ask the issuer which revision holds.";
    StatusStaleLog: "The newest head of {log} is too old to tell that nothing has happened." =>
        "Fetch a newer head of the log.";
    StatusNoLogPinned: "Nothing to the contrary is known; the policy pins no log of {economiesWithoutLog}." =>
        "Decide whether the policy should pin a log of that economy.";
    StatusNoStatement: "Nobody entitled states that nothing more happened to it: {statement}." =>
        "Ask a node that the policy believes for a bundle of this very question.";
    StatusNotAsked: "Status was not examined." => "";
    TerritoryNoObjection: "The authority of {economy} has not refused it." => "";
    TerritoryRefused: "The authority of {economy} refuses it in its territory since {effectiveFrom}, because: {reason}. Legal basis: {legalBasis}." =>
        "Ask the destination's authority what it would take to restore recognition.";
    TerritoryObservedOnly: "The day of the refusal in {economy} is known only as {effectiveFrom}." =>
        "Ask the destination's authority for the exact day.";
    TerritorySequenceGap: "An act of the authority of {economy} on this record is missing." =>
        "Ask the destination's authority for the missing act.";
    TerritoryUnreadAction: "The authority of {economy} published an act on it that this version cannot read." =>
        "Ask with a newer version, or ask the destination's authority what it did.";
    TerritoryStaleLog: "The newest head of {log} is too old to tell that it was not refused." =>
        "Fetch a newer head of the log.";
    TerritoryNoLogPinned: "No refusal is known; the policy pins no log of {economiesWithoutLog}." =>
        "Ask the destination's authority whether it refuses it.";
    TerritoryNoStatement: "Nobody entitled states that the destination has said nothing more: {statement}." =>
        "Ask a node that the policy believes for a bundle of this very question.";
    TerritoryNotAsked: "The destination's acts were not examined." => "";
    DatesInForce: "Issued {issuedOn}, valid on the day asked about." => "";
    DatesNotYetValid: "It is valid only from {validFrom}." => "Ask about a later day.";
    DatesExpired: "It was valid until {validUntil}." => "Ask the holder for its renewal.";
    DatesObservedOnly: "Its days are known only roughly (from {validFrom}, until {validUntil}), and the day asked about lies in between." =>
        "Ask the issuer for the exact days.";
    DatesIssueNotProven: "Its day of issue, {issuedOn}, is claimed and not proven: it was logged on {loggedOn}." =>
        "Ask the issuer for proof of the day of issue.";
    DatesNotAsked: "Dates were not examined." => "";
    ProductMatches: "The product asked about is one it covers." => "";
    ProductNothingAsked: "The question names no product." => "";
    ProductModelNotListed: "The model asked about is not among those it covers: {models}." =>
        "Ask the issuer whether the model is covered.";
    ProductGtinNotListed: "The GTIN asked about is not among those it covers." =>
        "Ask the issuer whether the item is covered.";
    ProductSerialNotListed: "The serial number asked about is not among those it covers." =>
        "Ask the issuer whether the item is covered.";
    ProductLotNotListed: "The lot asked about is not among those it covers." =>
        "Ask the issuer whether the lot is covered.";
    ProductQuantityExceeded: "It covers a smaller quantity than the one asked about." =>
        "Ask the issuer about the rest of the consignment.";
    ProductCodeNotListed: "The classification code asked about is not among those it covers." =>
        "Ask the issuer whether the product is covered.";
    ProductStandardNotListed: "It does not state the standard asked about." =>
        "Ask the issuer for a record that states it.";
    ProductIssueDayDiffers: "The paper prints another day of issue than the record." =>
        "Compare the paper with the record; ask the issuer which is right.";
    ProductHolderDiffers: "It was issued to another name than the one asked about." =>
        "Ask the issuer whether both names are one holder.";
    ProductManufacturerDiffers: "It names another manufacturer than the one asked about." =>
        "Ask the issuer whether both names are one manufacturer.";
    ProductFactoryNotListed: "The factory asked about is not among those it lists." =>
        "Ask the issuer whether the factory is covered.";
    ProductNotSaid: "It does not say what was asked of the product." =>
        "Ask the issuer whether the product is covered.";
    ProductNeedsReading: "Whether it covers the product has to be read: {objects}." =>
        "Ask the issuer whether the product is covered.";
    ProductNotAsked: "The product was not examined." => "";
    CompetenceCovers: "The grant {grant} of {grantor} covers it." => "";
    CompetenceNoGrantReliedOn: "It relies on no grant." => "";
    CompetenceGrantNotHeld: "The grant it relies on, {grant}, is not held." =>
        "Ask the grantor to publish the grant.";
    CompetenceOtherDocument: "The grant held under the name {grant} is another document than the one relied on." =>
        "Ask the issuer which grant it relies on.";
    CompetenceGrantNotCounted: "The grant {grant} does not count: {reason}." =>
        "Ask the grantor about its registration.";
    CompetenceGrantNotYetLogged: "The grant {grant} had not been logged by the moment asked about." =>
        "Ask the grantor to publish the grant.";
    CompetenceOtherParty: "The grant {grant} was given to another party than the issuer." =>
        "Ask the grantor whom the grant was given to.";
    CompetenceNotInForce: "The grant {grant} was not in force on the day of issue, {issuedOn}." =>
        "Ask the grantor for which days the grant held.";
    CompetenceObservedOnly: "The days of the grant {grant} are known only roughly." =>
        "Ask the grantor for the exact days.";
    CompetenceSuspended: "The grant {grant} was suspended, in whole or for what was relied on." =>
        "Ask the grantor about the suspension.";
    CompetenceEnded: "The grant {grant} was withdrawn or annulled." =>
        "Ask the grantor what became of work done under it.";
    CompetenceStatusUnclear: "The standing of the grant {grant} cannot be told." =>
        "Ask the grantor for its events on the grant.";
    CompetenceActivityNotGranted: "The grant {grant} is not for this activity." =>
        "Ask the issuer for the grant that covers it.";
    CompetenceOutsideScope: "The scope of the grant {grant} excludes it." => "Ask the grantor about the scope.";
    CompetenceScopeNeedsReading: "Whether the scope of the grant {grant} covers it has to be read: {scope}." =>
        "Ask the grantor whether its scope covers this.";
    CompetenceInferredPeriod: "The grant {grant} covers it; its days were inferred from its source, not stated there." =>
        "Ask the grantor for the exact days.";
    CompetenceLoggedLater: "The grant {grant} covers it; it was logged over 30 days after it starts." =>
        "Ask the grantor why it was logged later.";
    CompetenceStaleLog: "The newest head of {log} is too old to tell that the grant has not fallen." =>
        "Fetch a newer head of the log.";
    CompetenceNoLogPinned: "The grant {grant} covers it; the policy pins no log of {economiesWithoutLog}." =>
        "Decide whether the policy should pin a log of that economy.";
    CompetenceNoStatement: "Nobody entitled states that nothing more happened to the grant: {statement}." =>
        "Ask a node that the policy believes for a bundle of this very question.";
    CompetenceNotAsked: "Competence was not examined." => "";
    AccreditorInStanding: "The grantor {grantor} was in {chapter} on the day of issue." => "";
    AccreditorNotAsked: "Nothing is asked of a grantor." => "";
    AccreditorChapterNotHeld: "The arrangement of grantors {chapter} is not held." =>
        "Ask its secretariat to publish it.";
    AccreditorNotParticipant: "The grantor {grantor} was not in {chapter} on the day of issue." =>
        "Ask the secretariat since when the grantor is in.";
    AccreditorParticipationUnclear: "Whether the grantor {grantor} was in {chapter} on the day of issue cannot be told." =>
        "Ask the secretariat for the exact days.";
    AccreditorNoGrant: "The chapter asks for a grant by a participant of {chapter}; none is relied on that is held." =>
        "Ask the issuer for the grant it relies on.";
    AccreditorStaleLog: "The newest head of {log} is too old to tell that the grantor is in good standing." =>
        "Fetch a newer head of the log.";
    AccreditorNoLogPinned: "The grantor was in {chapter}; the policy pins no log of {economiesWithoutLog}." =>
        "Decide whether the policy should pin a log of that economy.";
    AccreditorNoStatement: "Nobody entitled states that nothing more is known of the grantor: {statement}." =>
        "Ask a node that the policy believes for a bundle of this very question.";
    EvidenceChainExistedBefore: "Every report it rests on existed before it: {number} since {since}." => "";
    EvidenceChainCommittedLater: "Report {number} of {laboratory} is known only since {since}, after the certificate ({certifiedAt}): nothing shows that it existed before." =>
        "Ask the laboratory when it made the report, and why it was committed to so late.";
    EvidenceChainDisowned: "A laboratory does not stand by a report that this rests on." =>
        "Ask the issuer for another report, or to withdraw the certificate.";
    EvidenceChainNotCommitted: "{laboratory} commits to its reports, and {number} is not among them." =>
        "Ask the laboratory whether it made this report.";
    EvidenceChainProvedAbsent: "{laboratory} promised that all its reports up to {completeUntil} are here, and {number} is not." =>
        "Ask the laboratory whether it made this report; it may be invented.";
    EvidenceChainLaboratoryCommitsNothing: "{laboratory} commits to none of its reports here, so that nothing can be said of {number}." =>
        "Ask the laboratory to confirm the report.";
    EvidenceChainNotTraceable: "A report it rests on is named without its laboratory's DID and number." =>
        "Ask the issuer which report of which laboratory is meant.";
    EvidenceChainReportNotHeld: "A record it rests on is not held here." =>
        "Ask a node that holds the log of its issuer.";
    EvidenceChainReportNotCounted: "A record it rests on is held, and does not count: it is not dated, or its signature is not its issuer's." =>
        "Ask the issuer of that record.";
    EvidenceChainOtherDocument: "A record it rests on is held as another document than the one meant." =>
        "Ask the issuer which document is meant.";
    EvidenceChainComponentEnded: "The certificate of a component has ended or is suspended." =>
        "Ask the issuer whether the whole still holds.";
    EvidenceChainTooMany: "It names more reports, or {laboratory} has more commitments, than are looked at: what there is of {number} cannot be told." =>
        "Ask the laboratory to confirm the report.";
    EvidenceChainNoStatement: "Whether a report is missing cannot be told: {statement}." =>
        "Ask a node for a bundle with a status statement.";
    EvidenceChainNotAsked: "It names no report that it rests on." => "";
    ArrangementCovers: "{title} covers it: what {issuedIn} issues counts in {economy}." => "";
    ArrangementAcceptedByRule: "{economy} accepts it by a rule of its own: {title}." => "";
    ArrangementCapped: "{title} covers it up to {cappedAt}; it states {level}." => "";
    ArrangementDomestic: "It was issued for {economy} itself." => "";
    ArrangementNone: "No arrangement by which {economy} recognises what {issuedIn} issues covers it." =>
        "Ask the destination's authority whether it recognises this.";
    ArrangementNotHeld: "No arrangement is held by which {economy} recognises it, and not everything {economy} signed is held." =>
        "Ask the destination's authority which arrangement applies.";
    ArrangementExcludedByPolicy: "The policy that was applied excludes {chapter}." => "Ask whoever keeps the policy.";
    ArrangementNotAcceptedByPolicy: "The policy that was applied accepts other arrangements by name, and {chapter} is not among them." =>
        "Ask whoever keeps the policy.";
    ArrangementNotOperational: "{title} is not in operation." => "Ask the secretariat when it will be.";
    ArrangementNotInForce: "{title} is not in force on that day." => "Ask the secretariat since when it holds.";
    ArrangementInForceUnclear: "The days of {title} are known only roughly." =>
        "Ask the secretariat for the exact days.";
    ArrangementIssuedBefore: "{title} covers only what was issued later." =>
        "Ask the destination's authority what applies to earlier ones.";
    ArrangementIssuedAfterEnd: "{title} had ended when it was issued." =>
        "Ask the destination's authority what applies now.";
    ArrangementIssueDateUnclear: "Whether it was issued in time for {title} cannot be told." =>
        "Ask the issuer for the exact day of issue.";
    ArrangementTransitionUnclear: "{title} had ended; whether the procedure had begun before is not said." =>
        "Ask the issuer when the procedure began.";
    ArrangementProcedureBeganLater: "{title} had ended before the procedure began." =>
        "Ask the destination's authority what applies now.";
    ArrangementEnded: "{title} has ended, and with it what was issued under it." =>
        "Ask the destination's authority what applies now.";
    ArrangementAfterEndUnstated: "{title} has ended without saying what becomes of what was issued under it." =>
        "Ask the secretariat what applies after its end.";
    ArrangementDirection: "{title} does not work in the direction from {issuedIn} to {economy}." =>
        "Ask the secretariat whose results count where.";
    ArrangementDirectionUnclear: "Whether {title} works from {issuedIn} to {economy} on that day is known only roughly." =>
        "Ask the secretariat for the exact days.";
    ArrangementIssuerSideNotIn: "{issuedIn} was not in {title} on the day of issue." =>
        "Ask the secretariat since when it is in.";
    ArrangementIssuerSideUnclear: "Whether {issuedIn} was in {title} on the day of issue cannot be told." =>
        "Ask the secretariat for the exact days.";
    ArrangementIssuerSideLeft: "{issuedIn} was in {title} on the day of issue and has left since." =>
        "Ask the destination's authority what becomes of what was issued before.";
    ArrangementIssuerRole: "{issuedIn} is in {title}, and not in a role whose results are recognised." =>
        "Ask the secretariat about its role.";
    ArrangementDestinationNotIn: "{economy} is not in {title} on that day, or not in a role that recognises." =>
        "Ask the destination's authority whether it takes part.";
    ArrangementDestinationUnclear: "Whether {economy} is in {title} on that day is known only roughly." =>
        "Ask the destination's authority for the exact days.";
    ArrangementDestinationNotSigned: "Others say that {economy} is in {title}; its own authority has not signed it." =>
        "Ask the destination's authority to sign its participation.";
    ArrangementDeclarationMissing: "{title} asks for a declaration of {economy} that it accepts; none is held." =>
        "Ask the destination's authority for its declaration.";
    ArrangementDestinationDeclines: "{economy} declares that it does not accept results under {title}." =>
        "Ask the destination's authority for the reason.";
    ArrangementLevelOutside: "{title} does not recognise the level {level}." =>
        "Ask the destination's authority which levels it recognises.";
    ArrangementLevelUnsaid: "{title} recognises certain levels; the record says none that can be compared." =>
        "Ask the issuer for the level.";
    ArrangementCoverageNeedsReading: "Whether {title} covers it has to be read." =>
        "Ask the destination's authority whether it covers this.";
    ArrangementGrantTypeMissing: "{title} asks for a grant of another kind than those relied on." =>
        "Ask the issuer for the grant that the chapter asks for.";
    ArrangementNotDesignated: "{title} asks for a body designated under it; the issuer is not." =>
        "Ask the issuer's authority for the designation.";
    ArrangementGrantUnclear: "Whether the issuer has the grant that {title} asks for cannot be told." =>
        "Ask the grantor for the grant.";
    ArrangementVersionFork: "Two documents claim to be one version of {title}." =>
        "Ask the secretariat which of them holds.";
    ArrangementLoggedLater: "{title} covers it; a participation was logged over 30 days after it starts." =>
        "Ask the secretariat why it was logged later.";
    ArrangementStaleLog: "The newest head of {log} is too old to tell that {title} still applies." =>
        "Fetch a newer head of the log.";
    ArrangementNoLogPinned: "{title} covers it: what {issuedIn} issues counts in {economy}. No log of {economiesWithoutLog} is pinned in the policy." =>
        "Ask the destination's authority whether it applies.";
    ArrangementNoStatement: "Nobody entitled states that nothing more is known of the arrangement: {statement}." =>
        "Ask a node that the policy believes for a bundle of this very question.";
    ArrangementNotAsked: "Arrangements were not examined." => "";
    StandardIdentical: "{stated} is, as {declaredBy} states, the same as {listed}." => "";
    StandardDeviationsCovered: "{stated} corresponds to {listed} with deviations that do not stand in the way." => "";
    StandardDeviates: "{stated} differs from {listed} in clause {clauses}." =>
        "Show that the product fulfils these clauses of {listed} as well.";
    StandardDeviationsUnsaid: "{stated} is a modified adoption of {listed}, and where it differs is not said." =>
        "Ask the standards body for its list of technical deviations.";
    StandardNotEquivalent: "{stated} is declared as not equivalent to {listed}." =>
        "Ask for an assessment to {listed}.";
    StandardCoexists: "{stated} still counts beside the newer {listed}, until {coexistsUntil}." => "";
    StandardPastCoexistence: "{stated} no longer counts: {listed} took its place, and both counted until {coexistsUntil}." =>
        "Ask for an assessment to {listed}.";
    StandardCoexistenceUnclear: "Whether {stated} still counts beside {listed} on that day is not known exactly." =>
        "Ask the standards body until when both editions count.";
    StandardDeclaredByIssuersSide: "{stated} corresponds to {listed} by the word of the issuer's side, {declaredBy}; the destination has not said so." =>
        "Ask the destination's authority whether it agrees.";
    StandardNoStatement: "Whether another word on the standard is missing cannot be told: {statement}." =>
        "Ask a node for a bundle with a status statement.";
    StandardNotAsked: "The standard is the one that is named, or none is." => "";
    ImportRuleNothingRequired: "{economy} asks nothing for this product: {title}." => "";
    ImportRuleAnswered: "It answers what {economy} asks for this product: {title}." => "";
    ImportRuleStillAsked: "{economy} asks for more for this product: {missing} ({title})." =>
        "Meet what is still asked; each item names its rule.";
    ImportRuleAccepted: "{economy} accepts it by its own rule: {title}." => "";
    ImportRuleRefused: "{economy} refuses it by its own rule: {title}, on the ground of {legalBasis}." =>
        "Ask the destination's authority which certificates it accepts.";
    ImportRuleProductNotSaid: "{economy} has rules for some products; which of them apply cannot be told without the product's code." =>
        "Say the HS code of the product.";
    ImportRuleNeedsReading: "Whether a rule of {economy} is about this product has to be read: {title}." =>
        "Compare the product with the text of the rule.";
    ImportRuleInForceUnclear: "Whether a rule of {economy} is in force on that day is not known exactly: {title}." =>
        "Ask the destination's authority.";
    ImportRuleNoStatement: "Whether a rule of the destination, or the end of one, is missing cannot be told: {statement}." =>
        "Ask a node for a bundle with a status statement.";
    ImportRuleNotAsked: "No rule of the destination for this product is held." => "";
    ClaimsNone: "It claims no arrangement." => "";
    ClaimsConfirmed: "It claims {claimed}, as was found." => "";
    ClaimsDiffer: "It claims {claimed}; found was: {found}." => "Ask the issuer on what the claim rests.";
    ClaimsNotAsked: "Claims were not examined." => "";
}
