# Words of the closed lists of records, as pages show what a record says. The term of each is that of
# ISO/IEC 17000 as far as it has one (docs/adding-a-language.md).

## Kinds of grants of competence

grantType-accreditation = accréditation
grantType-designation = désignation
grantType-notification = notification
grantType-cmc = aptitude en matière de mesures et d’étalonnages
grantType-peerAssessment = évaluation par les pairs
grantType-schemeMembership = participation à un programme
grantType-approval = approbation

## Activities of conformity assessment

activity-testing = essais
activity-calibration = étalonnage
activity-medicalTesting = analyses médicales
activity-inspection = inspection
activity-msCertification = certification de systèmes de management
activity-productCertification = certification de produits
activity-personCertification = certification de personnes
activity-validation = validation
activity-verification = vérification
activity-ptProvision = organisation d’essais d’aptitude
activity-rmProduction = production de matériaux de référence
activity-biobanking = activité de biobanque
activity-typeApproval = approbation de type
activity-permit = délivrance d’autorisations

## Whether a scope is closed

flexibility-fixed = fixe : seulement ce qui est énuméré
flexibility-flexibleMethod = flexible : les méthodes peuvent varier
flexibility-flexibleProduct = flexible : les produits peuvent varier

## Sorts of arrangements

arrangementType-governmentMra = accord de reconnaissance mutuelle entre gouvernements
arrangementType-accreditationMla = accord multilatéral de reconnaissance entre organismes d’accréditation
arrangementType-metrologyMra = accord de reconnaissance mutuelle en métrologie
arrangementType-certificationSystem = système de certification
arrangementType-certificateRecognition = reconnaissance de certificats
arrangementType-harmonisedRegime = régime harmonisé
arrangementType-equivalence = équivalence
arrangementType-unilateral = reconnaissance unilatérale
arrangementType-bilateralAuthority = accord entre deux autorités

## What an arrangement binds by

legalNature-treaty = traité
legalNature-agreement = accord
legalNature-nonBindingArrangement = accord sans obligation juridique
legalNature-privateMultilateral = accord multilatéral de droit privé
legalNature-unilateralMeasure = mesure unilatérale

## Whether a chapter works

phase-confidenceBuilding = renforcement de la confiance : pas encore en application
phase-operational = en application
phase-suspended = suspendu
phase-lapsed = caduc
phase-repealed = abrogé

## How firmly the importing side is bound

obligation-shallAccept = doit accepter
obligation-shallAcceptOrJustify = doit accepter ou motiver son refus
obligation-shallPromoteAcceptance = doit favoriser l’acceptation
obligation-mayAccept = peut accepter

## Whose requirements were applied

requirementsBasis-importer = celles de la destination
requirementsBasis-exporter = celles de la partie qui délivre
requirementsBasis-commonStandard = une norme commune
requirementsBasis-equivalent = des exigences tenues pour équivalentes

## Whose results count where

directionMode-mutual = chaque participant reconnaît tous les autres
directionMode-producerToAll = ceux qui délivrent sont reconnus par tous
directionMode-declaredPairs = seulement entre les paires énumérées
directionMode-oneWay = dans un seul sens, pour les paires énumérées

## How a level is compared, and what lies above it

levelMode-cap = jusqu’à
levelMode-exact = exactement
levelMode-min = au moins
aboveCap-acceptedUpToCap = au-delà, compte jusqu’à ce niveau
aboveCap-notAccepted = au-delà, ne compte pas

## What becomes of attestations after the end of a chapter

afterEnd-ceaseImmediately = ils cessent aussitôt de compter
afterEnd-untilExpiry = ils comptent jusqu’à leur expiration
afterEnd-untilDate = ils comptent jusqu’à ce jour

## Roles in an arrangement

participationRole-signatory = signataire
participationRole-authorising = participant autorisant
participationRole-consuming = participant utilisateur
participationRole-issuingAuthority = autorité de délivrance
participationRole-utilizer = utilisateur
participationRole-associate = associé
participationRole-designatingAuthority = autorité de désignation
participationRole-member = membre

## What a destination declares, and on whose word a participation rests

declaration-accept = elle accepte
declaration-acceptWithConditions = elle accepte sous conditions
declaration-notAccept = elle n’accepte pas
assertedBy-secretariat = le secrétariat de l’accord
assertedBy-participant = le participant lui-même
assertedBy-peer = l’autorité d’une autre partie
assertedBy-transcriber = quelqu’un qui a transcrit un texte public

## Sorts of things that a destination asks for

requirementSort-attestation = certificat ou rapport
requirementSort-deviation = écart national par rapport à une norme
requirementSort-marking = marquage du produit
requirementSort-language = langue des étiquettes et des notices
requirementSort-localRepresentative = représentant à destination
requirementSort-registration = inscription dans un registre
requirementSort-other = autre

## Sorts of standards

standardSort-standard = norme
standardSort-technicalRegulation = règlement technique
standardSort-method = méthode
standardSort-scheme = programme

## Why a key ends

revocationReason-superseded = remplacée par une autre clé
revocationReason-ceased = l’organisme a cessé son activité
revocationReason-keyCompromise = quelqu’un d’autre pourrait la détenir

## Answers to a request for confirmation

answer-confirmed = c’est conforme à ce qui est dit
answer-notConfirmed = ce n’est pas conforme à ce qui est dit
answer-cannotSay = on ne peut pas le dire

## What a piece of evidence is to an attestation, and whether the law asks for one

evidenceRole-testReport = rapport d’essai
evidenceRole-inspection = inspection
evidenceRole-audit = audit
evidenceRole-componentCertificate = certificat d’un composant
regime-mandatory = exigé par la loi
regime-voluntary = volontaire
regime-private = privé
