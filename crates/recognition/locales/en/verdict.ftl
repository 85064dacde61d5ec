# What verdicts say. One message for each code of the closed list (docs/format.md, 4.3), named
# after it with `-` for `.`; `.ask` is what to ask whoever can settle it. Facts of the step stand
# in braces; a fact that is missing reads `not-said` of words.ftl.

## The questions that the steps answer

step-integrity = Is the signature genuine?
step-identity = Is it one document?
step-registration = Was the signer allowed to sign it?
step-log = Was it published, and when?
step-status = Does it stand on that day?
step-territory = Is it free of a refusal by the destination?
step-dates = Is it valid on that day?
step-product = Is it for this product?
step-competence = Was the issuer competent for it?
step-accreditor = Was whoever granted the competence in good standing?
step-evidenceChain = Did what it rests on exist before it?
step-arrangement = Does an arrangement make it count there?
step-standard = Is it the standard that is meant?
step-importRule = What does the destination ask for this product?
step-claims = Is what it claims of arrangements so?

## The whole verdict in one sentence

summary-recognised = Recognised in { $economy } on { $day }.
    .capped = Recognised in { $economy } on { $day }, up to { $level }.
    .transcribed = Recognised in { $economy } on { $day }, as transcribed from public texts.
    .cappedTranscribed = Recognised in { $economy } on { $day }, up to { $level }, as transcribed from public texts.
summary-recognisedWithConditions = Recognised in { $economy } on { $day }, with conditions still to be met.
    .capped = Recognised in { $economy } on { $day }, with conditions still to be met, up to { $level }.
    .transcribed = Recognised in { $economy } on { $day }, with conditions still to be met, as transcribed from public texts.
    .cappedTranscribed = Recognised in { $economy } on { $day }, with conditions still to be met, up to { $level }, as transcribed from public texts.
summary-resultsOnly = In { $economy } on { $day } its results count, not its decision.
    .capped = In { $economy } on { $day } its results count, not its decision, up to { $level }.
    .transcribed = In { $economy } on { $day } its results count, not its decision, as transcribed from public texts.
    .cappedTranscribed = In { $economy } on { $day } its results count, not its decision, up to { $level }, as transcribed from public texts.
summary-notRecognised = Not recognised in { $economy } on { $day }.
summary-cannotTell = It cannot be told whether it is recognised in { $economy } on { $day }.
# Stands before what rests on an unsigned draft.
hypothetical = HYPOTHETICAL:
# Added where another code stands for the step, and this has still to be said.
no-log-pinned = No log of { $economiesWithoutLog } is pinned in the policy.
# Beside the reason, where more of the paper differs than the reason tells.
differs = The paper and the record differ in: { $differs }.
    .more = The paper and the record differ in: { $differs } and { $count } more.
warned-forgedCertificate = A warning about this number is in force: forged certificate.
warned-misuse = A warning about this number is in force: misuse of a mark, a name or a certificate.
looks-like = This number looks like { $number }, with letters of another alphabet.
    .warned = This number looks like { $number }, with letters of another alphabet; a warning about that number is in force.
later = Since that day: { $state } (as of { $day }).
    .undated = Since that day: { $state }.

## What a destination asks for a product

requirements-nonePublished = { $economy } has published no rule for { $code } that is in force on { $day }: what it asks cannot be told from here; { $counting ->
        [0] no published attestation counts there
        [one] one published attestation counts there
       *[other] { $counting } published attestations count there
    }. Ask its authority.
requirements-noneHeld = No rule of { $economy } for { $code } is held here for { $day }: what it asks cannot be told from here; { $counting ->
        [0] no published attestation counts there
        [one] one published attestation counts there
       *[other] { $counting } published attestations count there
    }. Ask its authority.
requirements-nothing = { $economy } asks nothing for { $code } on { $day }.
requirements-asks = { $economy } asks { $things ->
        [one] one thing
       *[other] { $things } things
    } for { $code } on { $day }; { $counting ->
        [0] no published attestation counts there
        [one] one published attestation counts there
       *[other] { $counting } published attestations count there
    }, and { $missing ->
        [0] nothing that an attestation can answer is left open
        [one] one thing that an attestation can answer is answered by none
       *[other] { $missing } things that an attestation can answer are answered by none
    }.
requirements-asksOfJudged = { $economy } asks { $things ->
        [one] one thing
       *[other] { $things } things
    } for { $code } on { $day }; { $counting ->
        [0] no published attestation counts there
        [one] one published attestation counts there
       *[other] { $counting } published attestations count there
    }, and { $missing ->
        [0] nothing that an attestation can answer is left open
        [one] for one thing that an attestation can answer none was found among those judged
       *[other] for { $missing } things that an attestation can answer none was found among those judged
    }.
requirements-judged = Of { $found } found, { $judged } were judged: those that fit the rules best, the newest first.

## What counts in a destination, of a search

counting-nonePublished = { $economy } has published no rule that is in force on { $day }: what it asks besides cannot be told from here. Ask its authority.
counting-nonePublishedFor = { $economy } has published no rule for { $code } that is in force on { $day }: what it asks besides cannot be told from here. Ask its authority.
counting-noneHeld = No rule of { $economy } is held here for { $day }: what it asks besides cannot be told from here. Ask its authority.
counting-noneHeldFor = No rule of { $economy } for { $code } is held here for { $day }: what it asks besides cannot be told from here. Ask its authority.
counting-judged = { $judged } judged of { $found } that may count.
counting-unclear = Of { $unclear } of those judged it cannot be told whether they count.

## integrity

integrity-verified = The bytes are as they were signed.
integrity-hypothetical = HYPOTHETICAL: this is an unsigned draft, taken as if its issuer had signed it.
    .ask = Have it signed and published.
integrity-notCanonical = The document is not in the form that is signed: { $reason }.
    .ask = Ask for the document exactly as it was signed.
integrity-notSigned = The document carries no signature that counts: { $reason }.
    .ask = Ask the issuer for the signed record.
integrity-signatureInvalid = The signature does not fit the document: { $reason }.
    .ask = Ask the issuer for the record as signed.
integrity-unreadable = The record cannot be read: { $reason }.
    .ask = Ask the issuer to correct and reissue it.
integrity-unknownKind = The record is of a kind this version does not know: { $reason }.
    .ask = Use a newer version.
integrity-notAnAttestation = The record is a { $kind }; only attestations are recognised.
    .ask = Ask about the attestation.
integrity-notAsked = There is no record to examine.

## record

record-notHeld = No record held here fits what was asked.
    .ask = Ask the issuer to publish it, or give the number exactly as printed.
record-takenDown = The record was taken down by { $by }, on this ground: { $legalBasis }.
    .ask = Ask whoever took it down whether another record takes its place.
record-ambiguous = { $count } records fit; say which one is meant.
    .ask = Name the issuer, or choose one of the candidates.
record-provedAbsent = No record fits. The publisher promises that all that { $issuer } issued from { $since } on is published within { $withinHours } hours; up to { $completeUntil } all of it is here, and this is not.
    .ask = Ask the issuer whether it issued this paper; it may be forged.
record-issueDayNeeded = No record fits. All that { $issuer } issued from { $since } to { $completeUntil } is here: whether the paper is of that time is not said.
    .ask = Give the day of issue that the paper prints.
record-outsidePromise = No record fits, and the paper's day of issue is not among those for which all is here, { $since } to { $completeUntil }.
    .ask = Ask the issuer to publish it, or wait until the promised time has passed.
record-promiseBroken = No record fits. The publisher promised that all of { $issuer } is here, and has published some of it late.
    .ask = Ask the issuer whether it issued this paper.
record-promiseStale = No record fits. All of { $issuer } is promised to be here, but the logs that would show it are not fresh.
    .ask = Ask again when the node has caught up with the logs of the issuer's economy.
record-promiseNotDue = No record fits. All that { $issuer } issued from { $since } on is promised to be here, but the time for that runs until { $dueAt }: nothing is due yet.
    .ask = Ask the issuer whether it issued this paper, or ask again after that.
record-tooMany = No record fits. All of { $issuer } is promised to be here, but it has more records than are looked through, so that nobody can say that none came late.
    .ask = Ask the issuer whether it issued this paper.

## identity

identity-one = There is one document of this name.
identity-twoDocuments = Two different documents carry this name: { $one } and { $other }.
    .ask = Ask the issuer which of them is its own.
identity-notAsked = No record was singled out.

## registration

registration-valid = The signer { $issuer } was registered under { $authority } and was allowed to sign this with this key.
registration-authority = The signer is the authority { $authority } itself, with a key pinned in the policy.
registration-attributedByRegistry = The record is attested by the registry { $issuer }, which attributes it to { $attributedTo }; the issuer itself did not sign it.
    .ask = Ask for the issuer's own signed record.
registration-importerNotNamed = The policy does not name { $issuer } as importer of { $system }.
    .ask = Decide whether the policy should name this importer.
registration-importedNotAccepted = The policy accepts no imported records.
    .ask = Decide whether the policy should accept imported records.
registration-authorityNotPinned = The policy does not name the authority { $authority }, so nothing is known of who registered the signer.
    .ask = Decide whether the policy should name this authority, after comparing its keys.
registration-keyNotAuthoritys = The key is not one of those pinned for the authority { $authority } at that time.
    .ask = Compare the authority's keys with those in the policy.
registration-notMember = The authority { $authority } was not in the federation at that time.
    .ask = Ask the authority when it joined or left, or pin its keys in the policy.
registration-memberKeysNotLogged = No version of the keys of { $authority } had been logged by then.
    .ask = Ask the authority to publish its keys in a log of the federation.
registration-federationExpired = The federation list expired { $expiredDays } days ago; after { $graceDays } days nothing that rests on it can be told.
    .ask = Ask the keyholders of the federation for a new list.
registration-notHeld = No registration of { $issuer } under { $authority } is held.
    .ask = Ask the authority to publish the registration.
registration-notYetLogged = The registration of { $issuer } was logged only after the record.
    .ask = Ask the issuer to publish the record again.
registration-otherParent = The key of { $issuer } was registered by another parent than the one that counts.
    .ask = Ask the authority which parent registers this body.
registration-parentNotEntitled = Whoever registered { $issuer } was not entitled to register it under { $authority }.
    .ask = Ask the authority whether it registers this body.
registration-versionGap = A version of the registration of { $issuer } is missing.
    .ask = Ask the authority for the missing version.
registration-versionFork = Two versions of the registration of { $issuer } carry one number.
    .ask = Ask the authority which of them holds.
registration-notInForce = The registration of { $issuer } was not in force when the record was signed.
    .ask = Ask the authority about the registration.
registration-inForceUnclear = It is not known exactly when the registration of { $issuer } was in force.
    .ask = Ask the authority for the exact days.
registration-keyNotRegistered = The key that signed is not registered for { $issuer } at that time.
    .ask = Ask the authority which keys are registered.
registration-keyRevoked = The key that signed had been revoked.
    .ask = Ask the issuer to sign again with a valid key.
registration-revocationUnordered = The key was revoked in another log, and which came first cannot be told.
    .ask = Ask for a checkpoint that dates the record before the revocation.
registration-outsideMandate = The signer { $issuer } has no mandate to sign a record of this kind.
    .ask = Ask the authority about the mandate.
registration-notSignedByIssuer = The record names { $issuer } as its issuer, who did not sign it.
    .ask = Ask the issuer whether the record is its own.
registration-loggedLater = The registration of { $issuer } starts over 30 days before it was logged.
    .ask = Ask the authority why it was logged later.
registration-staleLog = The newest head of { $log } is too old to tell that the registration still stands.
    .ask = Fetch a newer head of the log.
registration-noLogPinned = The policy pins no log of { $economiesWithoutLog }, so a revocation there would not be seen.
    .ask = Decide whether the policy should pin a log of that economy.
registration-noStatement = Nobody entitled states that nothing more is known of the registration: { $statement }.
    .ask = Ask a node that the policy believes for a bundle of this very question.
registration-notAsked = The signer was not examined.

## log

log-dated = It was logged in { $log } at index { $index } on { $loggedAt }.
log-selfDated = It was logged in { $log } at index { $index } on { $loggedAt }, as dated by the log itself.
    .ask = Wait for mirrors to date the log.
log-fewMirrors = It was logged in { $log } at index { $index } on { $loggedAt }, as dated by three mirrors or fewer.
    .ask = Wait for more mirrors to date the log.
log-hypothetical = HYPOTHETICAL: taken as if it had been logged.
    .ask = Have it published.
log-forked = There is proof that { $log } has shown two histories.
    .ask = Compare the evidence file with the operator of the log; nothing in it counts until that is settled.
log-notLogged = It has not been logged anywhere.
    .ask = Ask the issuer to publish it.
log-notPinned = It was logged in { $log }, which the policy does not pin.
    .ask = Decide whether the policy should pin this log.
log-notDated = Too few cosigners date its entry in { $log }.
    .ask = Fetch newer cosignatures of the log.
log-notYetLogged = It was logged only on { $loggedAt }, after the moment asked about.
    .ask = Ask as of a later moment.
log-notAsked = Publication was not examined.

## status

status-active = It is in force; nothing to the contrary is known.
    .past = On that day it was in force; nothing to the contrary is known of that day.
status-suspended = It is suspended since { $effectiveFrom } by { $by }.
    .past = It was suspended on that day, since { $effectiveFrom }, by { $by }.
    .ask = Ask the issuer when the suspension ends.
status-partiallySuspended = Part of it is suspended since { $effectiveFrom }: { $scopeItems }.
    .past = Part of it was suspended on that day, since { $effectiveFrom }: { $scopeItems }.
    .ask = Ask the issuer whether this use is affected.
status-scopeReduced = Its scope was reduced from { $effectiveFrom }.
    .ask = Ask the issuer whether this use is still in scope.
status-withdrawn = It was withdrawn from { $effectiveFrom } by { $by }.
    .ask = Ask the holder for a valid record.
status-annulled = It was annulled and is void from the start.
    .ask = Ask the holder for a valid record.
status-superseded = It was replaced from { $effectiveFrom } by { $successor }.
    .ask = Ask about the record that replaces it.
status-transferred = { $by } has handed it over to { $transferredTo }; it counts until { $graceUntil }.
    .ask = Ask the body that takes it over for its own record before that day.
status-transferEnded = { $by } has handed it over to { $transferredTo }; it counted until { $graceUntil }.
    .ask = Ask the body that has taken it over for its own record.
status-observedOnly = A change was observed whose day is known only as { $effectiveFrom }; the day asked about lies in between.
    .ask = Ask the issuer for the exact day.
status-observedEarlier = The register was last seen on { $observedOn }, { $ageDays } days before the day asked about.
    .ask = Ask the importer for a newer fetch.
status-staleObservation = The register was last seen on { $observedOn }, { $ageDays } days before the day asked about: too long ago.
    .ask = Ask the importer for a newer fetch.
status-sequenceGap = An event of the issuer's side is missing.
    .ask = Ask the issuer for the missing event.
status-sequenceFork = The issuer's side published two events with one number.
    .ask = Ask the issuer which event holds.
status-unreadAction = The issuer's side published an act that this version cannot read.
    .ask = Ask with a newer version, or ask the issuer what it did.
status-tooMany = The record has more revisions than are looked at.
    .ask = Ask the issuer which revision holds.
status-staleLog = The newest head of { $log } is too old to tell that nothing has happened.
    .ask = Fetch a newer head of the log.
status-noLogPinned = Nothing to the contrary is known; the policy pins no log of { $economiesWithoutLog }.
    .ask = Decide whether the policy should pin a log of that economy.
status-noStatement = Nobody entitled states that nothing more happened to it: { $statement }.
    .ask = Ask a node that the policy believes for a bundle of this very question.
status-notAsked = Status was not examined.

## territory

territory-noObjection = The authority of { $economy } has not refused it.
territory-refused = The authority of { $economy } refuses it in its territory since { $effectiveFrom }, because: { $reason }. Legal basis: { $legalBasis }.
    .ask = Ask the destination's authority what it would take to restore recognition.
territory-observedOnly = The day of the refusal in { $economy } is known only as { $effectiveFrom }.
    .ask = Ask the destination's authority for the exact day.
territory-sequenceGap = An act of the authority of { $economy } on this record is missing.
    .ask = Ask the destination's authority for the missing act.
territory-unreadAction = The authority of { $economy } published an act on it that this version cannot read.
    .ask = Ask with a newer version, or ask the destination's authority what it did.
territory-staleLog = The newest head of { $log } is too old to tell that it was not refused.
    .ask = Fetch a newer head of the log.
territory-noLogPinned = No refusal is known; the policy pins no log of { $economiesWithoutLog }.
    .ask = Ask the destination's authority whether it refuses it.
territory-noStatement = Nobody entitled states that the destination has said nothing more: { $statement }.
    .ask = Ask a node that the policy believes for a bundle of this very question.
territory-notAsked = The destination's acts were not examined.

## dates

dates-inForce = Issued { $issuedOn }, valid on the day asked about.
dates-notYetValid = It is valid only from { $validFrom }.
    .ask = Ask about a later day.
dates-expired = It was valid until { $validUntil }.
    .ask = Ask the holder for its renewal.
dates-observedOnly = Its days are known only roughly (from { $validFrom }, until { $validUntil }), and the day asked about lies in between.
    .ask = Ask the issuer for the exact days.
dates-issueNotProven = Its day of issue, { $issuedOn }, is claimed and not proven: it was logged on { $loggedOn }.
    .ask = Ask the issuer for proof of the day of issue.
dates-notAsked = Dates were not examined.

## product

product-matches = The product asked about is one it covers.
product-nothingAsked = The question names no product.
product-modelNotListed = The model asked about is not among those it covers: { $models }.
    .ask = Ask the issuer whether the model is covered.
product-gtinNotListed = The GTIN asked about is not among those it covers.
    .ask = Ask the issuer whether the item is covered.
product-serialNotListed = The serial number asked about is not among those it covers.
    .ask = Ask the issuer whether the item is covered.
product-lotNotListed = The lot asked about is not among those it covers.
    .ask = Ask the issuer whether the lot is covered.
product-quantityExceeded = It covers a smaller quantity than the one asked about.
    .ask = Ask the issuer about the rest of the consignment.
product-codeNotListed = The classification code asked about is not among those it covers.
    .ask = Ask the issuer whether the product is covered.
product-standardNotListed = It does not state the standard asked about.
    .ask = Ask the issuer for a record that states it.
product-editionDiffers = The paper names another edition of the standard than the record: { $listed } on the paper, { $stated } in the record.
    .ask = Compare the paper with the record; ask the issuer which is right.
product-issueDayDiffers = The paper prints another day of issue than the record.
    .ask = Compare the paper with the record; ask the issuer which is right.
product-holderDiffers = It was issued to another name than the one asked about.
    .ask = Ask the issuer whether both names are one holder.
product-manufacturerDiffers = It names another manufacturer than the one asked about.
    .ask = Ask the issuer whether both names are one manufacturer.
product-factoryNotListed = The factory asked about is not among those it lists.
    .ask = Ask the issuer whether the factory is covered.
product-validityDiffers = The paper prints another last day of validity than the record.
    .ask = Compare the paper with the record; ask the issuer which is right.
product-numberDiffers = The paper prints another number than the record.
    .ask = Compare the paper with the record; ask the issuer which is right.
product-otherAlphabet = The number has letters of another alphabet than that in the record, which look the same: it is another number, mistyped or forged.
    .ask = Compare the paper with the record letter by letter; ask the issuer which is right.
product-notSaid = It does not say what was asked of the product.
    .ask = Ask the issuer whether the product is covered.
product-needsReading = Whether it covers the product has to be read: { $objects }.
    .ask = Ask the issuer whether the product is covered.
product-numberDivided = The number has the letters and digits of that in the record, but is divided at other places: it may be another number, and a person has to compare the two.
    .ask = Compare the paper with the record letter by letter; ask the issuer which is right.
product-hiddenCharacters = A value of the record holds hidden characters, which no paper shows: it looks the same as on the paper, and a person has to compare the two.
    .ask = Ask the issuer what the value is, and to correct the record.
product-notAsked = The product was not examined.

## competence

competence-covers = The grant { $grant } of { $grantor } covers it.
competence-noGrantReliedOn = It relies on no grant.
competence-grantNotHeld = The grant it relies on, { $grant }, is not held.
    .ask = Ask the grantor to publish the grant.
competence-otherDocument = The grant held under the name { $grant } is another document than the one relied on.
    .ask = Ask the issuer which grant it relies on.
competence-grantNotCounted = The grant { $grant } does not count: { $reason }.
    .ask = Ask the grantor about its registration.
competence-grantNotYetLogged = The grant { $grant } had not been logged by the moment asked about.
    .ask = Ask the grantor to publish the grant.
competence-otherParty = The grant { $grant } was given to another party than the issuer.
    .ask = Ask the grantor whom the grant was given to.
competence-notInForce = The grant { $grant } was not in force on the day of issue, { $issuedOn }.
    .ask = Ask the grantor for which days the grant held.
competence-observedOnly = The days of the grant { $grant } are known only roughly.
    .ask = Ask the grantor for the exact days.
competence-suspended = The grant { $grant } was suspended, in whole or for what was relied on.
    .ask = Ask the grantor about the suspension.
competence-ended = The grant { $grant } was withdrawn or annulled.
    .ask = Ask the grantor what became of work done under it.
competence-statusUnclear = The standing of the grant { $grant } cannot be told.
    .ask = Ask the grantor for its events on the grant.
competence-activityNotGranted = The grant { $grant } is not for this activity.
    .ask = Ask the issuer for the grant that covers it.
competence-outsideScope = The scope of the grant { $grant } excludes it.
    .ask = Ask the grantor about the scope.
competence-scopeNeedsReading = Whether the scope of the grant { $grant } covers it has to be read: { $scope }.
    .ask = Ask the grantor whether its scope covers this.
competence-inferredPeriod = The grant { $grant } covers it; its days were inferred from its source, not stated there.
    .ask = Ask the grantor for the exact days.
competence-loggedLater = The grant { $grant } covers it; it was logged over 30 days after it starts.
    .ask = Ask the grantor why it was logged later.
competence-staleLog = The newest head of { $log } is too old to tell that the grant has not fallen.
    .ask = Fetch a newer head of the log.
competence-noLogPinned = The grant { $grant } covers it; the policy pins no log of { $economiesWithoutLog }.
    .ask = Decide whether the policy should pin a log of that economy.
competence-noStatement = Nobody entitled states that nothing more happened to the grant: { $statement }.
    .ask = Ask a node that the policy believes for a bundle of this very question.
competence-notAsked = Competence was not examined.

## accreditor

accreditor-inStanding = The grantor { $grantor } was in { $chapter } on the day of issue.
accreditor-notAsked = Nothing is asked of a grantor.
accreditor-chapterNotHeld = The arrangement of grantors { $chapter } is not held.
    .ask = Ask its secretariat to publish it.
accreditor-notParticipant = The grantor { $grantor } was not in { $chapter } on the day of issue.
    .ask = Ask the secretariat since when the grantor is in.
accreditor-participationUnclear = Whether the grantor { $grantor } was in { $chapter } on the day of issue cannot be told.
    .ask = Ask the secretariat for the exact days.
accreditor-noGrant = The chapter asks for a grant by a participant of { $chapter }; none is relied on that is held.
    .ask = Ask the issuer for the grant it relies on.
accreditor-staleLog = The newest head of { $log } is too old to tell that the grantor is in good standing.
    .ask = Fetch a newer head of the log.
accreditor-noLogPinned = The grantor was in { $chapter }; the policy pins no log of { $economiesWithoutLog }.
    .ask = Decide whether the policy should pin a log of that economy.
accreditor-noStatement = Nobody entitled states that nothing more is known of the grantor: { $statement }.
    .ask = Ask a node that the policy believes for a bundle of this very question.

## evidenceChain

evidenceChain-existedBefore = Every report it rests on existed before it: { $number } since { $since }.
evidenceChain-committedLater = Report { $number } of { $laboratory } is known only since { $since }, not before the certificate ({ $certifiedAt }): nothing shows that it existed before.
    .ask = Ask the laboratory when it made the report, and why it was committed to so late.
evidenceChain-disowned = A laboratory does not stand by a report that this rests on.
    .ask = Ask the issuer for another report, or to withdraw the certificate.
evidenceChain-notCommitted = { $laboratory } commits to its reports, and { $number } is not among them.
    .ask = Ask the laboratory whether it made this report.
evidenceChain-provedAbsent = { $laboratory } promised that all its reports up to { $completeUntil } are here, and { $number } is not.
    .ask = Ask the laboratory whether it made this report; it may be invented.
evidenceChain-laboratoryCommitsNothing = { $laboratory } commits to none of its reports here, so that nothing can be said of { $number }.
    .ask = Ask the laboratory to confirm the report.
evidenceChain-notTraceable = A report it rests on is named without its laboratory's DID and number.
    .ask = Ask the issuer which report of which laboratory is meant.
evidenceChain-reportNotHeld = A record it rests on is not held here.
    .ask = Ask a node that holds the log of its issuer.
evidenceChain-reportNotCounted = A record it rests on is held, and does not count: it is not dated, or its signature is not its issuer's.
    .ask = Ask the issuer of that record.
evidenceChain-otherDocument = A record it rests on is held as another document than the one meant.
    .ask = Ask the issuer which document is meant.
evidenceChain-componentEnded = The certificate of a component has ended or is suspended.
    .ask = Ask the issuer whether the whole still holds.
evidenceChain-tooMany = It names more reports, or { $laboratory } has more commitments, than are looked at: what there is of { $number } cannot be told.
    .ask = Ask the laboratory to confirm the report.
evidenceChain-noStatement = Whether a report is missing cannot be told: { $statement }.
    .ask = Ask a node for a bundle with a status statement.
evidenceChain-notAsked = It names no report that it rests on.

## arrangement

arrangement-covers = { $title } covers it: what { $issuedIn } issues counts in { $economy }.
arrangement-acceptedByRule = { $economy } accepts it by a rule of its own: { $title }.
arrangement-capped = { $title } covers it up to { $cappedAt }; it states { $level }.
arrangement-domestic = It was issued for { $economy } itself.
arrangement-none = No arrangement by which { $economy } recognises what { $issuedIn } issues covers it.
    .ask = Ask the destination's authority whether it recognises this.
arrangement-notHeld = No arrangement is held by which { $economy } recognises it, and not everything { $economy } signed is held.
    .ask = Ask the destination's authority which arrangement applies.
arrangement-excludedByPolicy = The policy that was applied excludes { $chapter }.
    .ask = Ask whoever keeps the policy.
arrangement-notAcceptedByPolicy = The policy that was applied accepts other arrangements by name, and { $chapter } is not among them.
    .ask = Ask whoever keeps the policy.
arrangement-notOperational = { $title } is not in operation.
    .ask = Ask the secretariat when it will be.
arrangement-notInForce = { $title } is not in force on that day.
    .ask = Ask the secretariat since when it holds.
arrangement-inForceUnclear = The days of { $title } are known only roughly.
    .ask = Ask the secretariat for the exact days.
arrangement-issuedBefore = { $title } covers only what was issued later.
    .ask = Ask the destination's authority what applies to earlier ones.
arrangement-issuedAfterEnd = { $title } had ended when it was issued.
    .ask = Ask the destination's authority what applies now.
arrangement-issueDateUnclear = Whether it was issued in time for { $title } cannot be told.
    .ask = Ask the issuer for the exact day of issue.
arrangement-transitionUnclear = { $title } had ended; whether the procedure had begun before is not said.
    .ask = Ask the issuer when the procedure began.
arrangement-procedureBeganLater = { $title } had ended before the procedure began.
    .ask = Ask the destination's authority what applies now.
arrangement-ended = { $title } has ended, and with it what was issued under it.
    .ask = Ask the destination's authority what applies now.
arrangement-afterEndUnstated = { $title } has ended without saying what becomes of what was issued under it.
    .ask = Ask the secretariat what applies after its end.
arrangement-direction = { $title } does not work in the direction from { $issuedIn } to { $economy }.
    .ask = Ask the secretariat whose results count where.
arrangement-directionUnclear = Whether { $title } works from { $issuedIn } to { $economy } on that day is known only roughly.
    .ask = Ask the secretariat for the exact days.
arrangement-issuerSideNotIn = { $issuedIn } was not in { $title } on the day of issue.
    .ask = Ask the secretariat whether it takes part, and since when.
arrangement-issuerSideUnclear = Whether { $issuedIn } was in { $title } on the day of issue cannot be told.
    .ask = Ask the secretariat for the exact days.
arrangement-issuerSideLeft = { $issuedIn } was in { $title } on the day of issue and has left since.
    .ask = Ask the destination's authority what becomes of what was issued before.
arrangement-issuerRole = { $issuedIn } is in { $title }, and not in a role whose results are recognised.
    .ask = Ask the secretariat about its role.
arrangement-destinationNotIn = { $economy } is not in { $title } on that day, or not in a role that recognises.
    .ask = Ask the destination's authority whether it takes part.
arrangement-destinationUnclear = Whether { $economy } is in { $title } on that day is known only roughly.
    .ask = Ask the destination's authority for the exact days.
arrangement-destinationNotSigned = Others say that { $economy } is in { $title }; its own authority has not signed it.
    .ask = Ask the destination's authority to sign its participation.
arrangement-declarationMissing = { $title } asks for a declaration of { $economy } that it accepts; none is held.
    .ask = Ask the destination's authority for its declaration.
arrangement-destinationDeclines = { $economy } declares that it does not accept results under { $title }.
    .ask = Ask the destination's authority for the reason.
arrangement-levelOutside = { $title } does not recognise the level { $level }.
    .ask = Ask the destination's authority which levels it recognises.
arrangement-levelUnsaid = { $title } recognises certain levels; the record says none that can be compared.
    .ask = Ask the issuer for the level.
arrangement-coverageNeedsReading = Whether { $title } covers it has to be read.
    .ask = Ask the destination's authority whether it covers this.
arrangement-grantTypeMissing = { $title } asks for a grant of another kind than those relied on.
    .ask = Ask the issuer for the grant that the chapter asks for.
arrangement-notDesignated = { $title } asks for a body designated under it; the issuer is not.
    .ask = Ask the issuer's authority for the designation.
arrangement-grantUnclear = Whether the issuer has the grant that { $title } asks for cannot be told.
    .ask = Ask the grantor for the grant.
arrangement-versionFork = Two documents claim to be one version of { $title }.
    .ask = Ask the secretariat which of them holds.
arrangement-loggedLater = { $title } covers it; a participation was logged over 30 days after it starts.
    .ask = Ask the secretariat why it was logged later.
arrangement-staleLog = The newest head of { $log } is too old to tell that { $title } still applies.
    .ask = Fetch a newer head of the log.
arrangement-noLogPinned = { $title } covers it: what { $issuedIn } issues counts in { $economy }. No log of { $economiesWithoutLog } is pinned in the policy.
    .ask = Ask the destination's authority whether it applies.
arrangement-noStatement = Nobody entitled states that nothing more is known of the arrangement: { $statement }.
    .ask = Ask a node that the policy believes for a bundle of this very question.
arrangement-notAsked = Arrangements were not examined.

## standard

standard-identical = { $stated } is, as { $declaredBy } states, the same as { $listed }.
standard-deviationsCovered = { $stated } corresponds to { $listed } with deviations that do not stand in the way.
standard-deviates = { $stated } differs from { $listed } in clause { $clauses }.
    .ask = Show that the product fulfils these clauses of { $listed } as well.
standard-deviationsUnsaid = { $stated } is a modified adoption of { $listed }, and where it differs is not said.
    .ask = Ask the standards body for its list of technical deviations.
standard-notEquivalent = { $stated } is declared as not equivalent to { $listed }.
    .ask = Ask for an assessment to { $listed }.
standard-coexists = { $stated } still counts beside the newer { $listed }, until { $coexistsUntil }.
standard-pastCoexistence = { $stated } no longer counts: { $listed } took its place, and both counted until { $coexistsUntil }.
    .ask = Ask for an assessment to { $listed }.
standard-coexistenceUnclear = Whether { $stated } still counts beside { $listed } on that day is not known exactly.
    .ask = Ask the standards body until when both editions count.
standard-declaredByIssuersSide = { $stated } corresponds to { $listed } by the word of the issuer's side, { $declaredBy }; the destination has not said so.
    .ask = Ask the destination's authority whether it agrees.
standard-noStatement = Whether another word on the standard is missing cannot be told: { $statement }.
    .ask = Ask a node for a bundle with a status statement.
standard-notAsked = The standard is the one that is named, or none is.

## importRule

importRule-nothingRequired = { $economy } asks nothing for this product: { $title }.
importRule-answered = It answers what { $economy } asks for this product: { $title }.
importRule-stillAsked = { $economy } asks for more for this product: { $missing } ({ $title }).
    .ask = Meet what is still asked; each item names its rule.
importRule-accepted = { $economy } accepts it by its own rule: { $title }.
importRule-refused = { $economy } refuses it by its own rule: { $title }, on the ground of { $legalBasis }.
    .ask = Ask the destination's authority which certificates it accepts.
importRule-productNotSaid = { $economy } has rules for some products; which of them apply cannot be told without the product's code.
    .ask = Say the HS code of the product.
importRule-needsReading = Whether a rule of { $economy } is about this product has to be read: { $title }.
    .ask = Compare the product with the text of the rule, or ask the destination's authority.
importRule-inForceUnclear = Whether a rule of { $economy } is in force on that day is not known exactly: { $title }.
    .ask = Ask the destination's authority.
importRule-noStatement = Whether a rule of the destination, or the end of one, is missing cannot be told: { $statement }.
    .ask = Ask a node for a bundle with a status statement.
importRule-notAsked = No rule of the destination for this product is held.

## claims

claims-none = It claims no arrangement.
claims-confirmed = It claims { $claimed }, as was found.
claims-differ = It claims { $claimed }; found was: { $found }.
    .ask = Ask the issuer on what the claim rests.
claims-notAsked = Claims were not examined.
