//! The steps of a verdict, and the closed list of codes that explain their outcomes.

use serde::{Serialize, Serializer};

mod addressee;

/// A check, in the order in which verdicts list them (format.md 4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum StepName {
    /// Bytes and signature.
    Integrity,
    /// One record, one document.
    Identity,
    /// Signer, mandate, key at the known time.
    Registration,
    /// Inclusion and dating.
    Log,
    /// The issuer's side, on the legal day, as known then.
    Status,
    /// The destination's own acts.
    Territory,
    /// The legal days.
    Dates,
    /// The product as asked.
    Product,
    /// The grant relied on.
    Competence,
    /// The grantor's standing.
    Accreditor,
    /// What it rests on existed before.
    EvidenceChain,
    /// The chapter that joins the two sides.
    Arrangement,
    /// The edition and what it adopts.
    Standard,
    /// What the destination asks.
    ImportRule,
    /// What is claimed against what was found; only warns.
    Claims,
}

impl StepName {
    /// Every step that this version knows, in order.
    pub const ALL: [Self; 15] = [
        Self::Integrity,
        Self::Identity,
        Self::Registration,
        Self::Log,
        Self::Status,
        Self::Territory,
        Self::Dates,
        Self::Product,
        Self::Competence,
        Self::Accreditor,
        Self::EvidenceChain,
        Self::Arrangement,
        Self::Standard,
        Self::ImportRule,
        Self::Claims,
    ];

    /// Its name, as codes begin.
    pub fn name(self) -> &'static str {
        match self {
            Self::Integrity => "integrity",
            Self::Identity => "identity",
            Self::Registration => "registration",
            Self::Log => "log",
            Self::Status => "status",
            Self::Territory => "territory",
            Self::Dates => "dates",
            Self::Product => "product",
            Self::Competence => "competence",
            Self::Accreditor => "accreditor",
            Self::EvidenceChain => "evidenceChain",
            Self::Arrangement => "arrangement",
            Self::Standard => "standard",
            Self::ImportRule => "importRule",
            Self::Claims => "claims",
        }
    }

    /// Whether verdicts list it only where it has something to say. Verdicts from before it was
    /// known then stay as they are, byte for byte (format.md 4.3).
    pub fn is_listed_if_asked(self) -> bool {
        matches!(
            self,
            Self::EvidenceChain | Self::Standard | Self::ImportRule
        )
    }
}

/// What a check came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// It holds.
    Pass,
    /// It holds, with something to know; never changes a result.
    Warn,
    /// It cannot be told from what is held.
    Unknown,
    /// It does not hold.
    Fail,
    /// Neither the record nor the chapter asks for it.
    NotApplicable,
}

macro_rules! codes {
    ($($(#[$about:meta])* $name:ident = $text:literal,)*) => {
        /// Why a step has its outcome: a closed list, `step.reason`. What each says to people is
        /// in [`crate::wording`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "the text of each is its documentation, see wording")]
        pub enum Code { $($(#[$about])* $name,)* }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable text, `step.reason`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

codes! {
    IntegrityVerified = "integrity.verified",
    IntegrityHypothetical = "integrity.hypothetical",
    IntegrityNotCanonical = "integrity.notCanonical",
    IntegrityNotSigned = "integrity.notSigned",
    IntegritySignatureInvalid = "integrity.signatureInvalid",
    IntegrityUnreadable = "integrity.unreadable",
    IntegrityUnknownKind = "integrity.unknownKind",
    IntegrityNotAnAttestation = "integrity.notAnAttestation",
    IntegrityNotAsked = "integrity.notAsked",

    RecordNotHeld = "record.notHeld",
    RecordTakenDown = "record.takenDown",
    RecordAmbiguous = "record.ambiguous",
    RecordProvedAbsent = "record.provedAbsent",
    RecordIssueDayNeeded = "record.issueDayNeeded",
    RecordOutsidePromise = "record.outsidePromise",
    RecordPromiseBroken = "record.promiseBroken",
    RecordPromiseStale = "record.promiseStale",
    RecordPromiseNotDue = "record.promiseNotDue",
    RecordTooMany = "record.tooMany",
    IdentityOne = "identity.one",
    IdentityTwoDocuments = "identity.twoDocuments",
    IdentityNotAsked = "identity.notAsked",

    RegistrationValid = "registration.valid",
    RegistrationAuthority = "registration.authority",
    RegistrationAttributedByRegistry = "registration.attributedByRegistry",
    RegistrationImporterNotNamed = "registration.importerNotNamed",
    RegistrationImportedNotAccepted = "registration.importedNotAccepted",
    RegistrationAuthorityNotPinned = "registration.authorityNotPinned",
    RegistrationKeyNotAuthoritys = "registration.keyNotAuthoritys",
    RegistrationNotMember = "registration.notMember",
    RegistrationMemberKeysNotLogged = "registration.memberKeysNotLogged",
    RegistrationFederationExpired = "registration.federationExpired",
    RegistrationNotHeld = "registration.notHeld",
    RegistrationNotYetLogged = "registration.notYetLogged",
    RegistrationOtherParent = "registration.otherParent",
    RegistrationParentNotEntitled = "registration.parentNotEntitled",
    RegistrationVersionGap = "registration.versionGap",
    RegistrationVersionFork = "registration.versionFork",
    RegistrationNotInForce = "registration.notInForce",
    RegistrationInForceUnclear = "registration.inForceUnclear",
    RegistrationKeyNotRegistered = "registration.keyNotRegistered",
    RegistrationKeyRevoked = "registration.keyRevoked",
    RegistrationRevocationUnordered = "registration.revocationUnordered",
    RegistrationOutsideMandate = "registration.outsideMandate",
    RegistrationNotSignedByIssuer = "registration.notSignedByIssuer",
    RegistrationLoggedLater = "registration.loggedLater",
    RegistrationStaleLog = "registration.staleLog",
    RegistrationNoLogPinned = "registration.noLogPinned",
    RegistrationNoStatement = "registration.noStatement",
    RegistrationNotAsked = "registration.notAsked",

    LogDated = "log.dated",
    LogSelfDated = "log.selfDated",
    LogFewMirrors = "log.fewMirrors",
    LogHypothetical = "log.hypothetical",
    LogForked = "log.forked",
    LogNotLogged = "log.notLogged",
    LogNotPinned = "log.notPinned",
    LogNotDated = "log.notDated",
    LogNotYetLogged = "log.notYetLogged",
    LogNotAsked = "log.notAsked",

    StatusActive = "status.active",
    StatusSuspended = "status.suspended",
    StatusPartiallySuspended = "status.partiallySuspended",
    StatusScopeReduced = "status.scopeReduced",
    StatusWithdrawn = "status.withdrawn",
    StatusAnnulled = "status.annulled",
    StatusSuperseded = "status.superseded",
    StatusTransferred = "status.transferred",
    StatusTransferEnded = "status.transferEnded",
    StatusObservedOnly = "status.observedOnly",
    StatusObservedEarlier = "status.observedEarlier",
    StatusStaleObservation = "status.staleObservation",
    StatusSequenceGap = "status.sequenceGap",
    StatusSequenceFork = "status.sequenceFork",
    StatusUnreadAction = "status.unreadAction",
    StatusTooMany = "status.tooMany",
    StatusStaleLog = "status.staleLog",
    StatusNoLogPinned = "status.noLogPinned",
    StatusNoStatement = "status.noStatement",
    StatusNotAsked = "status.notAsked",

    TerritoryNoObjection = "territory.noObjection",
    TerritoryRefused = "territory.refused",
    TerritoryObservedOnly = "territory.observedOnly",
    TerritorySequenceGap = "territory.sequenceGap",
    TerritoryUnreadAction = "territory.unreadAction",
    TerritoryStaleLog = "territory.staleLog",
    TerritoryNoLogPinned = "territory.noLogPinned",
    TerritoryNoStatement = "territory.noStatement",
    TerritoryNotAsked = "territory.notAsked",

    DatesInForce = "dates.inForce",
    DatesNotYetValid = "dates.notYetValid",
    DatesExpired = "dates.expired",
    DatesObservedOnly = "dates.observedOnly",
    DatesIssueNotProven = "dates.issueNotProven",
    DatesNotAsked = "dates.notAsked",

    ProductMatches = "product.matches",
    ProductNothingAsked = "product.nothingAsked",
    ProductModelNotListed = "product.modelNotListed",
    ProductGtinNotListed = "product.gtinNotListed",
    ProductSerialNotListed = "product.serialNotListed",
    ProductLotNotListed = "product.lotNotListed",
    ProductQuantityExceeded = "product.quantityExceeded",
    ProductCodeNotListed = "product.codeNotListed",
    ProductStandardNotListed = "product.standardNotListed",
    ProductEditionDiffers = "product.editionDiffers",
    ProductIssueDayDiffers = "product.issueDayDiffers",
    ProductHolderDiffers = "product.holderDiffers",
    ProductManufacturerDiffers = "product.manufacturerDiffers",
    ProductFactoryNotListed = "product.factoryNotListed",
    ProductValidityDiffers = "product.validityDiffers",
    ProductNumberDiffers = "product.numberDiffers",
    ProductOtherAlphabet = "product.otherAlphabet",
    ProductNotSaid = "product.notSaid",
    ProductNeedsReading = "product.needsReading",
    ProductNumberDivided = "product.numberDivided",
    ProductHiddenCharacters = "product.hiddenCharacters",
    ProductNotAsked = "product.notAsked",

    CompetenceCovers = "competence.covers",
    CompetenceNoGrantReliedOn = "competence.noGrantReliedOn",
    CompetenceGrantNotHeld = "competence.grantNotHeld",
    CompetenceOtherDocument = "competence.otherDocument",
    CompetenceGrantNotCounted = "competence.grantNotCounted",
    CompetenceGrantNotYetLogged = "competence.grantNotYetLogged",
    CompetenceOtherParty = "competence.otherParty",
    CompetenceNotInForce = "competence.notInForce",
    CompetenceObservedOnly = "competence.observedOnly",
    CompetenceSuspended = "competence.suspended",
    CompetenceEnded = "competence.ended",
    CompetenceStatusUnclear = "competence.statusUnclear",
    CompetenceActivityNotGranted = "competence.activityNotGranted",
    CompetenceOutsideScope = "competence.outsideScope",
    CompetenceScopeNeedsReading = "competence.scopeNeedsReading",
    CompetenceInferredPeriod = "competence.inferredPeriod",
    CompetenceLoggedLater = "competence.loggedLater",
    CompetenceStaleLog = "competence.staleLog",
    CompetenceNoLogPinned = "competence.noLogPinned",
    CompetenceNoStatement = "competence.noStatement",
    CompetenceNotAsked = "competence.notAsked",

    AccreditorInStanding = "accreditor.inStanding",
    AccreditorNotAsked = "accreditor.notAsked",
    AccreditorChapterNotHeld = "accreditor.chapterNotHeld",
    AccreditorNotParticipant = "accreditor.notParticipant",
    AccreditorParticipationUnclear = "accreditor.participationUnclear",
    AccreditorNoGrant = "accreditor.noGrant",
    AccreditorStaleLog = "accreditor.staleLog",
    AccreditorNoLogPinned = "accreditor.noLogPinned",
    AccreditorNoStatement = "accreditor.noStatement",

    EvidenceChainExistedBefore = "evidenceChain.existedBefore",
    EvidenceChainCommittedLater = "evidenceChain.committedLater",
    EvidenceChainDisowned = "evidenceChain.disowned",
    EvidenceChainNotCommitted = "evidenceChain.notCommitted",
    EvidenceChainProvedAbsent = "evidenceChain.provedAbsent",
    EvidenceChainLaboratoryCommitsNothing = "evidenceChain.laboratoryCommitsNothing",
    EvidenceChainNotTraceable = "evidenceChain.notTraceable",
    EvidenceChainReportNotHeld = "evidenceChain.reportNotHeld",
    EvidenceChainReportNotCounted = "evidenceChain.reportNotCounted",
    EvidenceChainOtherDocument = "evidenceChain.otherDocument",
    EvidenceChainComponentEnded = "evidenceChain.componentEnded",
    EvidenceChainTooMany = "evidenceChain.tooMany",
    EvidenceChainNoStatement = "evidenceChain.noStatement",
    EvidenceChainNotAsked = "evidenceChain.notAsked",

    ArrangementCovers = "arrangement.covers",
    ArrangementAcceptedByRule = "arrangement.acceptedByRule",
    ArrangementCapped = "arrangement.capped",
    ArrangementDomestic = "arrangement.domestic",
    ArrangementNone = "arrangement.none",
    ArrangementNotHeld = "arrangement.notHeld",
    ArrangementExcludedByPolicy = "arrangement.excludedByPolicy",
    ArrangementNotAcceptedByPolicy = "arrangement.notAcceptedByPolicy",
    ArrangementNotOperational = "arrangement.notOperational",
    ArrangementNotInForce = "arrangement.notInForce",
    ArrangementInForceUnclear = "arrangement.inForceUnclear",
    ArrangementIssuedBefore = "arrangement.issuedBefore",
    ArrangementIssuedAfterEnd = "arrangement.issuedAfterEnd",
    ArrangementIssueDateUnclear = "arrangement.issueDateUnclear",
    ArrangementTransitionUnclear = "arrangement.transitionUnclear",
    ArrangementProcedureBeganLater = "arrangement.procedureBeganLater",
    ArrangementEnded = "arrangement.ended",
    ArrangementAfterEndUnstated = "arrangement.afterEndUnstated",
    ArrangementDirection = "arrangement.direction",
    ArrangementDirectionUnclear = "arrangement.directionUnclear",
    ArrangementIssuerSideNotIn = "arrangement.issuerSideNotIn",
    ArrangementIssuerSideUnclear = "arrangement.issuerSideUnclear",
    ArrangementIssuerSideLeft = "arrangement.issuerSideLeft",
    ArrangementIssuerRole = "arrangement.issuerRole",
    ArrangementDestinationNotIn = "arrangement.destinationNotIn",
    ArrangementDestinationUnclear = "arrangement.destinationUnclear",
    ArrangementDestinationNotSigned = "arrangement.destinationNotSigned",
    ArrangementDeclarationMissing = "arrangement.declarationMissing",
    ArrangementDestinationDeclines = "arrangement.destinationDeclines",
    ArrangementLevelOutside = "arrangement.levelOutside",
    ArrangementLevelUnsaid = "arrangement.levelUnsaid",
    ArrangementCoverageNeedsReading = "arrangement.coverageNeedsReading",
    ArrangementGrantTypeMissing = "arrangement.grantTypeMissing",
    ArrangementNotDesignated = "arrangement.notDesignated",
    ArrangementGrantUnclear = "arrangement.grantUnclear",
    ArrangementVersionFork = "arrangement.versionFork",
    ArrangementLoggedLater = "arrangement.loggedLater",
    ArrangementStaleLog = "arrangement.staleLog",
    ArrangementNoLogPinned = "arrangement.noLogPinned",
    ArrangementNoStatement = "arrangement.noStatement",
    ArrangementNotAsked = "arrangement.notAsked",

    StandardIdentical = "standard.identical",
    StandardDeviationsCovered = "standard.deviationsCovered",
    StandardDeviates = "standard.deviates",
    StandardDeviationsUnsaid = "standard.deviationsUnsaid",
    StandardNotEquivalent = "standard.notEquivalent",
    StandardCoexists = "standard.coexists",
    StandardPastCoexistence = "standard.pastCoexistence",
    StandardCoexistenceUnclear = "standard.coexistenceUnclear",
    StandardDeclaredByIssuersSide = "standard.declaredByIssuersSide",
    StandardNoStatement = "standard.noStatement",
    StandardNotAsked = "standard.notAsked",

    ImportRuleNothingRequired = "importRule.nothingRequired",
    ImportRuleAnswered = "importRule.answered",
    ImportRuleStillAsked = "importRule.stillAsked",
    ImportRuleAccepted = "importRule.accepted",
    ImportRuleRefused = "importRule.refused",
    ImportRuleProductNotSaid = "importRule.productNotSaid",
    ImportRuleNeedsReading = "importRule.needsReading",
    ImportRuleInForceUnclear = "importRule.inForceUnclear",
    ImportRuleNoStatement = "importRule.noStatement",
    ImportRuleNotAsked = "importRule.notAsked",

    ClaimsNone = "claims.none",
    ClaimsConfirmed = "claims.confirmed",
    ClaimsDiffer = "claims.differ",
    ClaimsNotAsked = "claims.notAsked",
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
