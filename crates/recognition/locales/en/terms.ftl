# Words of the closed lists of records, as pages show what a record says. The term of each is that of
# ISO/IEC 17000 as far as it has one (docs/adding-a-language.md).

## Kinds of grants of competence

grantType-accreditation = accreditation
grantType-designation = designation
grantType-notification = notification
grantType-cmc = calibration and measurement capability
grantType-peerAssessment = peer assessment
grantType-schemeMembership = membership in a scheme
grantType-approval = approval

## Activities of conformity assessment

activity-testing = testing
activity-calibration = calibration
activity-medicalTesting = medical testing
activity-inspection = inspection
activity-msCertification = certification of management systems
activity-productCertification = certification of products
activity-personCertification = certification of persons
activity-validation = validation
activity-verification = verification
activity-ptProvision = provision of proficiency testing
activity-rmProduction = production of reference materials
activity-biobanking = biobanking
activity-typeApproval = type approval
activity-permit = issue of permits

## Whether a scope is closed

flexibility-fixed = fixed: only what is listed
flexibility-flexibleMethod = flexible: methods may vary
flexibility-flexibleProduct = flexible: products may vary

## Sorts of arrangements

arrangementType-governmentMra = mutual recognition agreement of governments
arrangementType-accreditationMla = multilateral recognition arrangement of accreditation bodies
arrangementType-metrologyMra = mutual recognition arrangement of metrology
arrangementType-certificationSystem = certification system
arrangementType-certificateRecognition = recognition of certificates
arrangementType-harmonisedRegime = harmonised regime
arrangementType-equivalence = equivalence
arrangementType-unilateral = unilateral recognition
arrangementType-bilateralAuthority = arrangement between two authorities

## What an arrangement binds by

legalNature-treaty = treaty
legalNature-agreement = agreement
legalNature-nonBindingArrangement = arrangement without legal obligation
legalNature-privateMultilateral = multilateral arrangement of private law
legalNature-unilateralMeasure = unilateral measure

## Whether a chapter works

phase-confidenceBuilding = confidence building: not yet in operation
phase-operational = in operation
phase-suspended = suspended
phase-lapsed = lapsed
phase-repealed = repealed

## How firmly the importing side is bound

obligation-shallAccept = shall accept
obligation-shallAcceptOrJustify = shall accept or give its reasons
obligation-shallPromoteAcceptance = shall promote acceptance
obligation-mayAccept = may accept

## Whose requirements were applied

requirementsBasis-importer = those of the destination
requirementsBasis-exporter = those of the side that issues
requirementsBasis-commonStandard = a common standard
requirementsBasis-equivalent = requirements held to be equivalent

## Whose results count where

directionMode-mutual = every participant recognises every other
directionMode-producerToAll = those who issue are recognised by all
directionMode-declaredPairs = only between the pairs listed
directionMode-oneWay = one way only, for the pairs listed

## How a level is compared, and what lies above it

levelMode-cap = up to
levelMode-exact = exactly
levelMode-min = at least
aboveCap-acceptedUpToCap = what is above counts up to this level
aboveCap-notAccepted = what is above does not count

## What becomes of attestations after the end of a chapter

afterEnd-ceaseImmediately = they cease to count at once
afterEnd-untilExpiry = they count until they expire
afterEnd-untilDate = they count until this day

## Roles in an arrangement

participationRole-signatory = signatory
participationRole-authorising = authorising participant
participationRole-consuming = consuming participant
participationRole-issuingAuthority = issuing authority
participationRole-utilizer = utilizer
participationRole-associate = associate
participationRole-designatingAuthority = designating authority
participationRole-member = member

## What a destination declares, and on whose word a participation rests

declaration-accept = it accepts
declaration-acceptWithConditions = it accepts with conditions
declaration-notAccept = it does not accept
assertedBy-secretariat = the secretariat of the arrangement
assertedBy-participant = the participant itself
assertedBy-peer = the authority of another party
assertedBy-transcriber = somebody who transcribed a public text

## Sorts of things that a destination asks for

requirementSort-attestation = certificate or report
requirementSort-deviation = national deviation from a standard
requirementSort-marking = marking on the product
requirementSort-language = language of labels and instructions
requirementSort-localRepresentative = representative at the destination
requirementSort-registration = entry in a register
requirementSort-other = something else

## Sorts of standards

standardSort-standard = standard
standardSort-technicalRegulation = technical regulation
standardSort-method = method
standardSort-scheme = scheme

## Why a key ends

revocationReason-superseded = another key took its place
revocationReason-ceased = the body has ceased its activity
revocationReason-keyCompromise = somebody else may hold it

## Answers to a request for confirmation

answer-confirmed = it is as stated
answer-notConfirmed = it is not as stated
answer-cannotSay = it cannot be said

## What a piece of evidence is to an attestation, and whether the law asks for one

evidenceRole-testReport = test report
evidenceRole-inspection = inspection
evidenceRole-audit = audit
evidenceRole-componentCertificate = certificate of a component
regime-mandatory = asked for by law
regime-voluntary = voluntary
regime-private = private
