# Mots isolés : statuts, types, verdicts, et l'écriture des dates. Termes de l'ISO/IEC 17000.

not-said = (non indiqué)
list-separator = {", "}
# Entre des choses dont une suffit.
list-or = {" ou "}
# Une partie par son nom, avec son identifiant.
party = { $name } ({ $did })

## Dates

day = { $day ->
    [1] 1er
   *[other] { $day }
} { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
} { $year }
moment = { $day }, { $time } UTC
between = entre le { $from } et le { $to }

## Verdicts

result-recognised = reconnu
result-recognisedWithConditions = reconnu sous conditions
result-resultsOnly = résultats seulement
result-cannotTell = impossible de trancher
result-notRecognised = non reconnu

## Issue d'une vérification

outcome-pass = satisfait
outcome-warn = satisfait, avec une remarque
outcome-asked = il reste des demandes
outcome-unknown = impossible de trancher
outcome-fail = non satisfait
outcome-notApplicable = sans objet

## Statuts d'un enregistrement

state-active = en vigueur
state-pending = pas encore en vigueur
state-partiallySuspended = suspendu en partie
state-suspended = suspendu
state-superseded = remplacé
state-transferred = transféré
state-withdrawn = retiré
state-annulled = annulé
state-expired = expiré
state-unknown = inconnu

## Types d'enregistrements

kind-Attestation = attestation
kind-CompetenceGrant = accréditation ou désignation
kind-Arrangement = arrangement
kind-Participation = participation
kind-StatusEvent = changement de statut
kind-Registration = enregistrement d’un organisme
kind-KeyRevocation = révocation de clé
kind-FederationList = liste de la fédération
kind-MemberKeys = clés d’un membre
kind-Standard = norme
kind-ImportRule = règle d’importation
kind-Commitment = engagement
kind-Notice = avis
kind-Takedown = retrait de publication
kind-CoverageStatement = déclaration d’exhaustivité

## Types d'attestations

attestation-productCertificate = certificat de produit
attestation-typeExamination = certificat d’examen de type
attestation-typeApproval = homologation de type
attestation-msCertificate = certificat de système de management
attestation-personCertificate = certificat de personne
attestation-testReport = rapport d’essai
attestation-inspectionReport = rapport d’inspection
attestation-inspectionCertificate = certificat d’inspection
attestation-calibrationCertificate = certificat d’étalonnage
attestation-refMaterialCertificate = certificat de matériau de référence
attestation-ptReport = rapport d’essai d’aptitude
attestation-vvStatement = énoncé de validation ou de vérification
attestation-declaration = déclaration de conformité
attestation-permit = autorisation
attestation-consignmentCertificate = certificat d’envoi
attestation-shipmentCertificate = certificat d’expédition

## À qui s'adresser

who-issuer = l’émetteur
who-authority = l’autorité qui a enregistré l’émetteur
who-grantor = l’organisme qui a accrédité ou désigné l’émetteur
who-laboratory = le laboratoire
who-standardsBody = l’organisme de normalisation
who-destination = l’autorité de destination
who-successor = l’organisme qui le reprend
who-importer = l’importateur du registre
who-logOperator = l’exploitant du journal
who-secretariat = le secrétariat de l’arrangement
who-policyKeeper = celui qui tient la politique
who-asker = vous-même
who-holder = le titulaire du certificat
who-keyholders = ceux qui signent la liste de la fédération

## Sur la parole de qui repose le verdict

basis-destinationSigned = sur la signature de la destination elle-même
basis-partiesSigned = sur la signature d’autres parties ou du secrétariat, et non de la destination elle-même
basis-transcribed = sur un texte public transcrit par un tiers, qu’aucune des parties n’a signé
basis-none = sur la parole de personne

## À quoi s'engage la destination

degree-competence = tient les accréditations de l’autre partie pour équivalentes
degree-results = accepte les résultats de l’autre partie et délivre sa propre approbation
degree-certificates = accepte le certificat de l’autre partie comme le sien
degree-bodies = inscrit sur sa liste les organismes de l’autre partie, qui appliquent ses règles
degree-rules = ce qui est licite là-bas l’est ici

## Ce qui arrive à un enregistrement

action-suspend = suspendu
action-reinstate = rétabli
action-reduceScope = portée réduite
action-extendScope = portée étendue
action-withdraw = retiré
action-annul = annulé
action-amend = corrigé
action-supersede = remplacé
action-disown = désavoué par le laboratoire
action-refuseRecognition = reconnaissance refusée
action-restoreRecognition = reconnaissance rétablie
action-observed = vu inchangé
action-transfer = transféré à un autre organisme

## À quel titre

capacity-issuer = émetteur
capacity-grantor = organisme d’accréditation ou autorité de désignation
capacity-authority = autorité
capacity-destinationAuthority = autorité de destination
capacity-court = tribunal
capacity-laboratory = laboratoire

## Pourquoi un statut a changé

reason-surveillanceNotPermitted = surveillance non permise
reason-nonconformity = non-conformité
reason-nonPayment = défaut de paiement
reason-voluntary = à la demande du titulaire
reason-bodyCeased = cessation d’activité de l’organisme
reason-accreditationLost = perte de l’accréditation
reason-standardSuperseded = norme remplacée
reason-fictitiousReport = rapport fictif
reason-supportingReportNotConfirmed = rapport à l’appui non confirmé
reason-misuseOfMark = usage abusif d’une marque
reason-safetyRisk = risque pour la sécurité
reason-legislationReplaced = législation remplacée
reason-clericalError = erreur matérielle
reason-courtOrder = décision de justice
reason-sanction = sanction
reason-keyCompromise = clé compromise
reason-duplicate = doublon
reason-unknownCause = cause inconnue

## Pourquoi personne ne déclare qu'on ne sait rien de plus

statement-missing = le dossier ne contient pas de déclaration de statut
statement-signerNotListed = la politique ne contient pas la clé de sa déclaration de statut
statement-otherRecord = sa déclaration de statut porte sur un autre enregistrement
statement-otherDestination = sa déclaration de statut porte sur une autre destination
statement-otherDay = sa déclaration de statut a été faite avant ce jour, pour un autre
statement-otherMoment = sa déclaration de statut a été faite à un autre moment
statement-recordMissing = un enregistrement que cite sa déclaration de statut n’est pas dans le dossier
statement-recordNotListed = le dossier contient un enregistrement que sa déclaration de statut ne cite pas
statement-otherHeads = sa déclaration de statut cite d’autres états des journaux
statement-otherContents = sa déclaration de statut a été faite pour un autre contenu

## Ce que demande une exigence d’une règle d’importation, partie par partie

requirement = { $sort } : { $parts }
requirement-between = {" ; "}
requirement-any-edition = { $standard } (toute édition)
requirement-kinds = { $values }
requirement-standards = selon { $values }
requirement-regulations = au titre de { $values }
requirement-schemes = dans le système { $values }
requirement-issuers = émetteur : { $values }
requirement-economies = économie de l’émetteur : { $values }
requirement-grants = l’émetteur détient : { $values }
requirement-issued-from = émis le { $values } ou après
requirement-deviation = article { $clause } de { $standard }, tel qu’il diffère ici : { $economy }
requirement-languages = { $values }

## Ce que porte un papier, dans une phrase, et ce que l’enregistrement en dit

paper-number = numéro
paper-holder = titulaire
paper-manufacturer = fabricant
paper-factory = usine
paper-model = modèle
paper-gtin = GTIN
paper-serial = numéro de série
paper-lot = lot
paper-quantity = quantité
paper-codes = code de produit
paper-standard = norme
paper-issuedOn = date d’émission
paper-validUntil = dernier jour de validité
paper-scope = portée
mark-same = Identique
mark-covered = Couvert
mark-differs = Différent
mark-reading = À lire par une personne
mark-notSaid = L’enregistrement ne le dit pas

## How a record rests on something, and what is said where none does

relation-issuedBy = délivré par lui
relation-standard = déclare la conformité à la norme
relation-grant = s’appuie sur l’accréditation ou la désignation
relation-testReport = repose sur le rapport d’essai
relation-inspection = repose sur l’inspection
relation-audit = repose sur l’audit
relation-componentCertificate = repose sur le certificat d’un composant
impact-unknown = Rien n’est connu ici sous ce nom. Cela ne met rien hors de cause : on ne peut dire d’ici si quelque chose en dépend. Vérifiez qu’il est écrit comme dans l’enregistrement, et demandez à qui l’a délivré.
impact-none = Rien de ce qui est détenu ici n’en dépend.
