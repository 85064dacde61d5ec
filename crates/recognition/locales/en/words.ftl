# Words that stand alone: states, kinds, results, and how days are written. The term of each is that
# of ISO/IEC 17000 as far as it has one (docs/adding-a-language.md).

# In the place of a fact that a step does not have.
not-said = not said
list-separator = {", "}
# Between things of which one suffices.
list-or = {" or "}
# A party by its name, with its identifier.
party = { $name } ({ $did })

## Days

day = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
# A moment in Coordinated Universal Time: the day and hours and minutes.
moment = { $day }, { $time } UTC
# A day that is known only as lying between two, both included.
between = between { $from } and { $to }

## Results

result-recognised = recognised
result-recognisedWithConditions = recognised with conditions
result-resultsOnly = results only
result-cannotTell = cannot tell
result-notRecognised = not recognised

## Outcomes of a check

outcome-pass = holds
outcome-warn = holds, with something to know
outcome-asked = something is asked for
outcome-unknown = cannot be told
outcome-fail = does not hold
outcome-notApplicable = not asked for

## States of a record

state-active = active
state-pending = pending
state-partiallySuspended = partially suspended
state-suspended = suspended
state-superseded = superseded
state-transferred = transferred
state-withdrawn = withdrawn
state-annulled = annulled
state-expired = expired
state-unknown = unknown

## Kinds of records

kind-Attestation = attestation
kind-CompetenceGrant = competence grant
kind-Arrangement = arrangement
kind-Participation = participation
kind-StatusEvent = status event
kind-Registration = registration
kind-KeyRevocation = key revocation
kind-FederationList = federation list
kind-MemberKeys = keys of a member
kind-Standard = standard
kind-ImportRule = import rule
kind-Commitment = commitment
kind-Notice = notice
kind-Takedown = takedown
kind-CoverageStatement = coverage statement

## Kinds of attestations

attestation-productCertificate = product certificate
attestation-typeExamination = type-examination certificate
attestation-typeApproval = type approval
attestation-msCertificate = management system certificate
attestation-personCertificate = certificate of a person
attestation-testReport = test report
attestation-inspectionReport = inspection report
attestation-inspectionCertificate = inspection certificate
attestation-calibrationCertificate = calibration certificate
attestation-refMaterialCertificate = reference material certificate
attestation-ptReport = proficiency testing report
attestation-vvStatement = validation or verification statement
attestation-declaration = declaration of conformity
attestation-permit = permit
attestation-consignmentCertificate = consignment certificate
attestation-shipmentCertificate = shipment certificate

## Who can settle a step

who-issuer = the issuer
who-authority = the authority that registered the issuer
who-grantor = whoever granted the competence
who-laboratory = the laboratory
who-standardsBody = the standards body
who-destination = the destination's authority
who-successor = the body that takes it over
who-importer = the importer of the register
who-logOperator = the operator of the log
who-secretariat = the secretariat of the arrangement
who-policyKeeper = whoever keeps the policy
who-asker = you
who-holder = the holder of the certificate
who-keyholders = whoever signs the list of the federation

## On whose word a verdict rests

basis-destinationSigned = on the destination's own signature
basis-partiesSigned = on the signatures of other parties or the secretariat, not the destination's own
basis-transcribed = on a public text as somebody transcribed it, signed by none of its parties
basis-none = on nobody's word

## What a destination undertakes

degree-competence = treats the other side's accreditations as equal
degree-results = accepts the other side's results, and issues its own approval
degree-certificates = accepts the other side's certificate as its own
degree-bodies = lists the other side's bodies, who work to the destination's rules
degree-rules = what is lawful there is lawful here

## What happens to a record

action-suspend = suspended
action-reinstate = reinstated
action-reduceScope = scope reduced
action-extendScope = scope extended
action-withdraw = withdrawn
action-annul = annulled
action-amend = amended
action-supersede = superseded
action-disown = disowned by the laboratory
action-refuseRecognition = recognition refused
action-restoreRecognition = recognition restored
action-observed = seen unchanged
action-transfer = transferred to another body

## In which capacity somebody acts

capacity-issuer = issuer
capacity-grantor = grantor
capacity-authority = authority
capacity-destinationAuthority = authority of the destination
capacity-court = court
capacity-laboratory = laboratory

## Why a status changed

reason-surveillanceNotPermitted = surveillance not permitted
reason-nonconformity = nonconformity
reason-nonPayment = non-payment
reason-voluntary = at the holder's request
reason-bodyCeased = the body has ceased its activity
reason-accreditationLost = accreditation lost
reason-standardSuperseded = standard superseded
reason-fictitiousReport = fictitious report
reason-supportingReportNotConfirmed = supporting report not confirmed
reason-misuseOfMark = misuse of a mark
reason-safetyRisk = safety risk
reason-legislationReplaced = legislation replaced
reason-clericalError = clerical error
reason-courtOrder = court order
reason-sanction = sanction
reason-keyCompromise = key compromised
reason-duplicate = duplicate
reason-unknownCause = cause unknown

## Why nobody states that nothing more is known

statement-missing = the bundle has no status statement
statement-signerNotListed = the policy does not list the key of its status statement
statement-otherRecord = its status statement is about another record
statement-otherDestination = its status statement is about another destination
statement-otherDay = its status statement was made before this legal day, for another one
statement-otherMoment = its status statement was made at another moment
statement-recordMissing = a record that its status statement lists is not in the bundle
statement-recordNotListed = the bundle has a record that its status statement does not list
statement-otherHeads = its status statement names other log heads
statement-otherContents = its status statement was made for other contents

## What one requirement of an import rule asks for, by its parts

requirement = { $sort }: { $parts }
requirement-between = {"; "}
requirement-any-edition = { $standard } (any edition)
requirement-kinds = { $values }
requirement-standards = to { $values }
requirement-regulations = under { $values }
requirement-schemes = in the scheme { $values }
requirement-issuers = issued by { $values }
requirement-economies = by an issuer of { $values }
requirement-grants = by an issuer that holds { $values }
requirement-issued-from = issued on { $values } or later
requirement-deviation = clause { $clause } of { $standard }, as it differs in { $economy }
requirement-languages = { $values }

## What a paper prints, within a sentence, and how it stands to the record

paper-number = number
paper-holder = holder
paper-manufacturer = manufacturer
paper-factory = factory
paper-model = model
paper-gtin = GTIN
paper-serial = serial number
paper-lot = lot
paper-quantity = quantity
paper-codes = product code
paper-standard = standard
paper-issuedOn = day of issue
paper-validUntil = last day of validity
paper-scope = scope
mark-same = The same
mark-covered = Covered
mark-differs = Not the same
mark-reading = To be read by a person
mark-notSaid = The record does not say

## How a record rests on something, and what is said where none does

relation-issuedBy = issued by it
relation-standard = states the standard
relation-grant = relies on the grant
relation-testReport = rests on the test report
relation-inspection = rests on the inspection
relation-audit = rests on the audit
relation-componentCertificate = rests on the certificate of a component
impact-unknown = Nothing is known here under this name. That is no clearance: whether anything rests on it cannot be told from here. Look whether it is written as the record writes it, and ask where it was issued.
impact-none = Nothing that is held here rests on it.
