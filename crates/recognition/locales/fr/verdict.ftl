# Ce que disent les verdicts. Un message par code, nommé d'après lui, avec « - » pour « . » ; `.ask`
# est ce qu'il faut demander à qui peut trancher. Termes de l'ISO/IEC 17000 (édition bilingue) ; voir
# docs/adding-a-language.md. Les noms d'économies sont sans article.

## Les questions auxquelles répondent les étapes

step-integrity = La signature est-elle authentique ?
step-identity = S’agit-il d’un seul document ?
step-registration = Le signataire avait-il le droit de signer ?
step-log = Est-ce publié, et depuis quand ?
step-status = Est-ce en vigueur ce jour-là ?
step-territory = La destination s’est-elle abstenue de tout refus ?
step-dates = Le document est-il valide ce jour-là ?
step-product = Concerne-t-il ce produit ?
step-competence = L’émetteur était-il compétent ?
step-accreditor = L’organisme qui a accrédité ou désigné l’émetteur était-il habilité ?
step-evidenceChain = Ce sur quoi il repose existait-il avant lui ?
step-arrangement = Un arrangement fait-il qu’il est reconnu là-bas ?
step-standard = Est-ce bien la norme visée ?
step-importRule = Que demande la destination pour ce produit ?
step-claims = Ce qu’il affirme sur les arrangements est-il exact ?

## Le verdict en une phrase

summary-recognised = { $economy }, au { $day } : reconnu.
    .capped = { $economy }, au { $day } : reconnu, jusqu’au niveau { $level }.
    .transcribed = { $economy }, au { $day } : reconnu, d’après la transcription de textes publics.
    .cappedTranscribed = { $economy }, au { $day } : reconnu, jusqu’au niveau { $level }, d’après la transcription de textes publics.
summary-recognisedWithConditions = { $economy }, au { $day } : reconnu, sous des conditions qui restent à remplir.
    .capped = { $economy }, au { $day } : reconnu, jusqu’au niveau { $level }, sous des conditions qui restent à remplir.
    .transcribed = { $economy }, au { $day } : reconnu, d’après la transcription de textes publics, sous des conditions qui restent à remplir.
    .cappedTranscribed = { $economy }, au { $day } : reconnu, jusqu’au niveau { $level }, d’après la transcription de textes publics, sous des conditions qui restent à remplir.
summary-resultsOnly = { $economy }, au { $day } : les résultats sont acceptés, mais pas la décision.
    .capped = { $economy }, au { $day } : les résultats sont acceptés, jusqu’au niveau { $level }, mais pas la décision.
    .transcribed = { $economy }, au { $day } : les résultats sont acceptés, mais pas la décision, d’après la transcription de textes publics.
    .cappedTranscribed = { $economy }, au { $day } : les résultats sont acceptés, jusqu’au niveau { $level }, mais pas la décision, d’après la transcription de textes publics.
summary-notRecognised = { $economy }, au { $day } : non reconnu.
summary-cannotTell = { $economy }, au { $day } : impossible de dire si le document est reconnu.
# Précède ce qui repose sur un projet non signé.
hypothetical = HYPOTHÈSE :
# S'ajoute quand un autre code explique l'étape et que ceci reste à dire.
no-log-pinned = La politique ne retient aucun journal des économies suivantes : { $economiesWithoutLog }.
# Après la raison, quand le papier diffère encore sur d’autres points.
differs = Le papier et l’enregistrement diffèrent sur : { $differs }.
    .more = Le papier et l’enregistrement diffèrent sur : { $differs } et { $count } de plus.
warned-forgedCertificate = Un avertissement concernant ce numéro est en vigueur : certificat falsifié.
warned-misuse = Un avertissement concernant ce numéro est en vigueur : usage abusif d’une marque, d’un nom ou d’un certificat.
looks-like = Ce numéro ressemble à { $number }, avec des lettres d’un autre alphabet.
    .warned = Ce numéro ressemble à { $number }, avec des lettres d’un autre alphabet ; un avertissement concernant ce dernier est en vigueur.
later = Depuis ce jour : { $state } (à compter du { $day }).
    .undated = Depuis ce jour : { $state }.

## Ce qu'une destination demande pour un produit

requirements-nonePublished = La destination ({ $economy }) n’a publié pour { $code } aucune règle en vigueur au { $day } : impossible de dire d’ici ce qui est demandé ; { $counting ->
        [0] aucune attestation publiée n’y est reconnue
        [one] { $counting } attestation publiée y est reconnue
       *[other] { $counting } attestations publiées y sont reconnues
    } ; s’adresser à son autorité.
requirements-noneHeld = Aucune règle de la destination ({ $economy }) pour { $code } n’est détenue ici pour le { $day } : impossible de dire d’ici ce qui est demandé ; { $counting ->
        [0] aucune attestation publiée n’y est reconnue
        [one] { $counting } attestation publiée y est reconnue
       *[other] { $counting } attestations publiées y sont reconnues
    } ; s’adresser à son autorité.
requirements-nothing = La destination ({ $economy }) ne demande rien pour { $code } au { $day }.
requirements-asks = La destination ({ $economy }) demande { $things ->
        [one] { $things } chose
       *[other] { $things } choses
    } pour { $code } au { $day } ; { $counting ->
        [0] aucune attestation publiée n’y est reconnue
        [one] { $counting } attestation publiée y est reconnue
       *[other] { $counting } attestations publiées y sont reconnues
    } ; parmi ce à quoi une attestation peut répondre, { $missing ->
        [0] rien ne reste sans réponse
        [one] { $missing } point reste sans réponse
       *[other] { $missing } points restent sans réponse
    }.
requirements-asksOfJudged = La destination ({ $economy }) demande { $things ->
        [one] { $things } chose
       *[other] { $things } choses
    } pour { $code } au { $day } ; { $counting ->
        [0] aucune attestation publiée n’y est reconnue
        [one] { $counting } attestation publiée y est reconnue
       *[other] { $counting } attestations publiées y sont reconnues
    } ; parmi ce à quoi une attestation peut répondre, { $missing ->
        [0] rien ne reste sans réponse
        [one] { $missing } point n’a pas trouvé de réponse parmi celles qui ont été examinées
       *[other] { $missing } points n’ont pas trouvé de réponse parmi celles qui ont été examinées
    }.
requirements-judged = Sur { $found } attestations trouvées, { $judged } ont été examinées : celles qui répondent le mieux aux règles, les plus récentes d’abord.

## Ce qui est reconnu à destination, parmi ce qui est trouvé

counting-nonePublished = La destination ({ $economy }) n’a publié aucune règle en vigueur au { $day } : impossible de dire d’ici ce qui est demandé en plus. S’adresser à son autorité.
counting-nonePublishedFor = La destination ({ $economy }) n’a publié pour { $code } aucune règle en vigueur au { $day } : impossible de dire d’ici ce qui est demandé en plus. S’adresser à son autorité.
counting-noneHeld = Aucune règle de la destination ({ $economy }) n’est détenue ici pour le { $day } : impossible de dire d’ici ce qui est demandé en plus. S’adresser à son autorité.
counting-noneHeldFor = Aucune règle de la destination ({ $economy }) pour { $code } n’est détenue ici pour le { $day } : impossible de dire d’ici ce qui est demandé en plus. S’adresser à son autorité.
counting-judged = Examinées : { $judged } sur { $found } attestations qui peuvent être reconnues.
counting-unclear = Parmi celles-ci, impossible de trancher pour { $unclear }.

## integrity

integrity-verified = Le contenu est tel qu’il a été signé.
integrity-hypothetical = HYPOTHÈSE : ceci est un projet non signé, traité comme si son émetteur l’avait signé.
    .ask = Le faire signer et publier.
integrity-notCanonical = Le document n’a pas la forme sous laquelle on signe : { $reason }.
    .ask = Demander le document exactement tel qu’il a été signé.
integrity-notSigned = Le document ne porte aucune signature qui compte : { $reason }.
    .ask = Demander à l’émetteur l’enregistrement signé.
integrity-signatureInvalid = La signature ne correspond pas au document : { $reason }.
    .ask = Demander à l’émetteur l’enregistrement tel qu’il a été signé.
integrity-unreadable = L’enregistrement est illisible : { $reason }.
    .ask = Demander à l’émetteur de le corriger et de l’émettre à nouveau.
integrity-unknownKind = L’enregistrement est d’un type que cette version ne connaît pas : { $reason }.
    .ask = Utiliser une version plus récente.
integrity-notAnAttestation = L’enregistrement est de type { $kind } ; seules les attestations sont reconnues.
    .ask = Poser la question pour l’attestation.
integrity-notAsked = Il n’y a pas d’enregistrement à examiner.

## record

record-notHeld = Aucun enregistrement détenu ici ne correspond à la demande.
    .ask = Demander à l’émetteur de le publier, ou donner le numéro exactement tel qu’il est imprimé.
record-takenDown = L’enregistrement a été retiré de la publication par { $by }, pour ce motif : { $legalBasis }.
    .ask = Demander à qui l’a retiré si un autre enregistrement le remplace.
record-ambiguous = { $count ->
        [one] { $count } enregistrement correspond
       *[other] { $count } enregistrements correspondent
    } ; préciser lequel est visé.
    .ask = Nommer l’émetteur, ou choisir parmi les enregistrements proposés.
record-provedAbsent = Aucun enregistrement ne correspond. Celui qui publie promet que tout ce que { $issuer } émet depuis le { $since } est publié dans les { $withinHours ->
        [one] { $withinHours } heure
       *[other] { $withinHours } heures
    } ; jusqu’au { $completeUntil }, tout est ici, et ce document n’y est pas.
    .ask = Demander à l’émetteur s’il a émis ce document ; il peut être falsifié.
record-issueDayNeeded = Aucun enregistrement ne correspond. Tout ce que { $issuer } a émis du { $since } au { $completeUntil } est ici ; il n’est pas dit si le document est de cette période.
    .ask = Donner la date d’émission imprimée sur le document.
record-outsidePromise = Aucun enregistrement ne correspond, et la date d’émission du document n’est pas dans la période pour laquelle tout est ici, du { $since } au { $completeUntil }.
    .ask = Demander à l’émetteur de le publier, ou attendre la fin du délai promis.
record-promiseBroken = Aucun enregistrement ne correspond. Celui qui publie a promis que tout ce qui vient de { $issuer } est ici, et en a publié une partie en retard.
    .ask = Demander à l’émetteur s’il a émis ce document.
record-promiseStale = Aucun enregistrement ne correspond. Il est promis que tout ce qui vient de { $issuer } est ici, mais les journaux qui le montreraient ne sont pas à jour.
    .ask = Redemander quand le nœud aura les journaux à jour de l’économie de l’émetteur.
record-promiseNotDue = Aucun enregistrement ne correspond. Il est promis que tout ce que { $issuer } émet depuis le { $since } est ici, mais le délai pour cela court jusqu’au { $dueAt } : rien n’est encore dû.
    .ask = Demander à l’émetteur s’il a émis ce document, ou reposer la question ensuite.
record-tooMany = Aucun enregistrement ne correspond. Il est promis que tout ce qui vient de { $issuer } est ici, mais il a plus d’enregistrements qu’on n’en examine : nul ne peut dire qu’aucun n’est venu en retard.
    .ask = Demander à l’émetteur s’il a délivré ce document.

## identity

identity-one = Un seul document porte ce nom.
identity-twoDocuments = Deux documents différents portent ce nom : { $one } et { $other }.
    .ask = Demander à l’émetteur lequel est le sien.
identity-notAsked = Aucun enregistrement n’a été désigné.

## registration

registration-valid = Le signataire { $issuer } était enregistré sous { $authority } et pouvait signer ceci avec cette clé.
registration-authority = Le signataire est l’autorité { $authority } elle-même, avec une clé retenue par la politique.
registration-attributedByRegistry = L’enregistrement est attesté par le registre { $issuer }, qui l’attribue à { $attributedTo } ; l’émetteur lui-même ne l’a pas signé.
    .ask = Demander l’enregistrement signé par l’émetteur lui-même.
registration-importerNotNamed = La politique ne nomme pas { $issuer } comme importateur de { $system }.
    .ask = Décider si la politique doit nommer cet importateur.
registration-importedNotAccepted = La politique n’accepte aucun enregistrement importé.
    .ask = Décider si la politique doit accepter les enregistrements importés.
registration-authorityNotPinned = La politique ne nomme pas l’autorité { $authority } ; on ne sait donc rien de qui a enregistré le signataire.
    .ask = Décider si la politique doit nommer cette autorité, après avoir comparé ses clés.
registration-keyNotAuthoritys = La clé n’est pas de celles retenues pour l’autorité { $authority } à ce moment-là.
    .ask = Comparer les clés de l’autorité avec celles de la politique.
registration-notMember = L’autorité { $authority } n’était pas dans la fédération à ce moment-là.
    .ask = Demander à l’autorité quand elle y est entrée ou l’a quittée, ou retenir ses clés dans la politique.
registration-memberKeysNotLogged = Aucune version des clés de { $authority } n’était encore au journal.
    .ask = Demander à l’autorité de publier ses clés dans un journal de la fédération.
registration-federationExpired = La liste de la fédération a expiré il y a { $expiredDays ->
        [one] { $expiredDays } jour
       *[other] { $expiredDays } jours
    } ; après { $graceDays ->
        [one] { $graceDays } jour
       *[other] { $graceDays } jours
    }, on ne peut rien dire de ce qui repose sur elle.
    .ask = Demander une nouvelle liste aux détenteurs des clés de la fédération.
registration-notHeld = Aucun enregistrement de { $issuer } sous { $authority } n’est détenu ici.
    .ask = Demander à l’autorité de publier l’enregistrement de cet organisme.
registration-notYetLogged = L’enregistrement de { $issuer } n’a été porté au journal qu’après le document.
    .ask = Demander à l’émetteur de publier à nouveau le document.
registration-otherParent = La clé de { $issuer } a été enregistrée par un autre organisme que celui qui compte.
    .ask = Demander à l’autorité qui enregistre cet organisme.
registration-parentNotEntitled = Celui qui a enregistré { $issuer } n’avait pas le droit de l’enregistrer sous { $authority }.
    .ask = Demander à l’autorité si elle enregistre cet organisme.
registration-versionGap = Il manque une version de l’enregistrement de { $issuer }.
    .ask = Demander à l’autorité la version manquante.
registration-versionFork = Deux versions de l’enregistrement de { $issuer } portent le même numéro.
    .ask = Demander à l’autorité laquelle fait foi.
registration-notInForce = L’enregistrement de { $issuer } n’était pas en vigueur au moment de la signature.
    .ask = Interroger l’autorité sur cet enregistrement.
registration-inForceUnclear = On ne sait pas exactement quand l’enregistrement de { $issuer } était en vigueur.
    .ask = Demander à l’autorité les dates exactes.
registration-keyNotRegistered = La clé qui a signé n’est pas enregistrée pour { $issuer } à ce moment-là.
    .ask = Demander à l’autorité quelles clés sont enregistrées.
registration-keyRevoked = La clé qui a signé avait été révoquée.
    .ask = Demander à l’émetteur de signer à nouveau avec une clé valide.
registration-revocationUnordered = La clé a été révoquée dans un autre journal, et l’on ne peut dire ce qui est venu en premier.
    .ask = Demander un point de contrôle qui date le document d’avant la révocation.
registration-outsideMandate = Le signataire { $issuer } n’a pas mandat pour signer un enregistrement de ce type.
    .ask = Interroger l’autorité sur ce mandat.
registration-notSignedByIssuer = Le document nomme comme émetteur { $issuer }, qui ne l’a pas signé.
    .ask = Demander à l’émetteur si le document est le sien.
registration-loggedLater = L’enregistrement de { $issuer } commence plus de 30 jours avant d’être porté au journal.
    .ask = Demander à l’autorité pourquoi il a été porté au journal plus tard.
registration-staleLog = Le dernier état connu de { $log } est trop ancien pour dire que l’enregistrement tient toujours.
    .ask = Obtenir un état plus récent du journal.
registration-noLogPinned = La politique ne retient aucun journal des économies suivantes : { $economiesWithoutLog } ; une révocation y passerait inaperçue.
    .ask = Décider si la politique doit retenir un journal de cette économie.
registration-noStatement = Personne d’habilité ne déclare qu’on ne sait rien de plus de l’enregistrement : { $statement }.
    .ask = Demander à un nœud auquel la politique se fie un dossier pour cette question précise.
registration-notAsked = Le signataire n’a pas été examiné.

## log

log-dated = Porté au journal { $log }, à l’indice { $index }, date et heure : { $loggedAt }.
log-selfDated = Porté au journal { $log }, à l’indice { $index }, date et heure : { $loggedAt }, attestées par le journal lui-même.
    .ask = Attendre que des miroirs datent le journal.
log-fewMirrors = Porté au journal { $log }, à l’indice { $index }, date et heure : { $loggedAt }, attestées par trois miroirs au plus.
    .ask = Attendre que davantage de miroirs datent le journal.
log-hypothetical = HYPOTHÈSE : traité comme s’il avait été porté au journal.
    .ask = Le faire publier.
log-forked = Il est prouvé que { $log } a montré deux histoires.
    .ask = Comparer le fichier de preuve avec l’exploitant du journal ; rien de ce qu’il contient ne compte tant que ce n’est pas réglé.
log-notLogged = N’a été porté à aucun journal.
    .ask = Demander à l’émetteur de le publier.
log-notPinned = Porté au journal { $log }, que la politique ne retient pas.
    .ask = Décider si la politique doit retenir ce journal.
log-notDated = Trop peu de cosignataires datent son entrée dans { $log }.
    .ask = Obtenir des cosignatures plus récentes du journal.
log-notYetLogged = Porté au journal après le moment demandé, date et heure : { $loggedAt }.
    .ask = Poser la question pour un moment ultérieur.
log-notAsked = La publication n’a pas été examinée.

## status

status-active = En vigueur ; rien de contraire n’est connu.
    .past = Ce jour-là, il était en vigueur ; rien de contraire n’est connu pour ce jour.
status-suspended = Suspendu par { $by }. Date d’effet : { $effectiveFrom }.
    .past = Ce jour-là, il était suspendu par { $by }. Date d’effet : { $effectiveFrom }.
    .ask = Demander à l’émetteur quand la suspension prend fin.
status-partiallySuspended = Suspendu en partie : { $scopeItems }. Date d’effet : { $effectiveFrom }.
    .past = Ce jour-là, il était suspendu en partie : { $scopeItems }. Date d’effet : { $effectiveFrom }.
    .ask = Demander à l’émetteur si cet usage est touché.
status-scopeReduced = Sa portée a été réduite. Date d’effet : { $effectiveFrom }.
    .ask = Demander à l’émetteur si cet usage est encore dans la portée.
status-withdrawn = Retiré par { $by }. Date d’effet : { $effectiveFrom }.
    .ask = Demander au titulaire un document valide.
status-annulled = Annulé ; nul depuis l’origine.
    .ask = Demander au titulaire un document valide.
status-superseded = Remplacé par { $successor }. Date d’effet : { $effectiveFrom }.
    .ask = Poser la question pour le document qui le remplace.
status-transferred = { $by } l’a transféré à { $transferredTo } ; il compte jusqu’au { $graceUntil }.
    .ask = Demander avant ce jour à l’organisme qui le reprend son propre document.
status-transferEnded = { $by } l’a transféré à { $transferredTo } ; il comptait jusqu’au { $graceUntil }.
    .ask = Demander à l’organisme qui l’a repris son propre document.
status-observedOnly = Un changement a été observé, dont la date n’est connue que comme suit : { $effectiveFrom } ; le jour demandé se trouve dans l’intervalle.
    .ask = Demander à l’émetteur la date exacte.
status-observedEarlier = Le registre a été consulté pour la dernière fois le { $observedOn }, { $ageDays ->
        [one] { $ageDays } jour
       *[other] { $ageDays } jours
    } avant le jour demandé.
    .ask = Demander à l’importateur une consultation plus récente.
status-staleObservation = Le registre a été consulté pour la dernière fois le { $observedOn }, { $ageDays ->
        [one] { $ageDays } jour
       *[other] { $ageDays } jours
    } avant le jour demandé : trop longtemps.
    .ask = Demander à l’importateur une consultation plus récente.
status-sequenceGap = Il manque un événement du côté de l’émetteur.
    .ask = Demander à l’émetteur l’événement manquant.
status-sequenceFork = Le côté de l’émetteur a publié deux événements sous le même numéro.
    .ask = Demander à l’émetteur lequel fait foi.
status-unreadAction = Le côté de l’émetteur a publié un acte que cette version ne sait pas lire.
    .ask = Poser la question avec une version plus récente, ou demander à l’émetteur ce qu’il a fait.
status-tooMany = L’enregistrement a plus de révisions qu’on n’en examine.
    .ask = Demander à l’émetteur quelle révision fait foi.
status-staleLog = Le dernier état connu de { $log } est trop ancien pour dire que rien ne s’est passé.
    .ask = Obtenir un état plus récent du journal.
status-noLogPinned = Rien de contraire n’est connu ; la politique ne retient aucun journal des économies suivantes : { $economiesWithoutLog }.
    .ask = Décider si la politique doit retenir un journal de cette économie.
status-noStatement = Personne d’habilité ne déclare que rien d’autre ne lui est arrivé : { $statement }.
    .ask = Demander à un nœud auquel la politique se fie un dossier pour cette question précise.
status-notAsked = Le statut n’a pas été examiné.

## territory

territory-noObjection = L’autorité de destination ({ $economy }) n’a pas refusé la reconnaissance.
territory-refused = L’autorité de destination ({ $economy }) refuse la reconnaissance sur son territoire. Date d’effet : { $effectiveFrom }. Raison : { $reason }. Base légale : { $legalBasis }.
    .ask = Demander à l’autorité de destination ce qu’il faudrait pour rétablir la reconnaissance.
territory-observedOnly = La date du refus ({ $economy }) n’est connue que comme suit : { $effectiveFrom }.
    .ask = Demander à l’autorité de destination la date exacte.
territory-sequenceGap = Il manque un acte de l’autorité de destination ({ $economy }) sur ce document.
    .ask = Demander à l’autorité de destination l’acte manquant.
territory-unreadAction = L’autorité de destination ({ $economy }) a publié à son sujet un acte que cette version ne sait pas lire.
    .ask = Poser la question avec une version plus récente, ou demander à l’autorité de destination ce qu’elle a fait.
territory-staleLog = Le dernier état connu de { $log } est trop ancien pour dire que la reconnaissance n’a pas été refusée.
    .ask = Obtenir un état plus récent du journal.
territory-noLogPinned = Aucun refus n’est connu ; la politique ne retient aucun journal des économies suivantes : { $economiesWithoutLog }.
    .ask = Demander à l’autorité de destination si elle refuse la reconnaissance.
territory-noStatement = Personne d’habilité ne déclare que la destination n’a rien dit d’autre : { $statement }.
    .ask = Demander à un nœud auquel la politique se fie un dossier pour cette question précise.
territory-notAsked = Les actes de la destination n’ont pas été examinés.

## dates

dates-inForce = Valide le jour demandé. Date d’émission : { $issuedOn }.
dates-notYetValid = Pas encore valide. Début de validité : { $validFrom }.
    .ask = Poser la question pour un jour ultérieur.
dates-expired = Expiré. Fin de validité : { $validUntil }.
    .ask = Demander au titulaire le document renouvelé.
dates-observedOnly = Ses dates ne sont connues qu’approximativement (début : { $validFrom } ; fin : { $validUntil }), et le jour demandé se trouve dans l’intervalle.
    .ask = Demander à l’émetteur les dates exactes.
dates-issueNotProven = Sa date d’émission, { $issuedOn }, est affirmée et non prouvée : il a été porté au journal le { $loggedOn }.
    .ask = Demander à l’émetteur la preuve de la date d’émission.
dates-notAsked = Les dates n’ont pas été examinées.

## product

product-matches = Le produit demandé est couvert.
product-nothingAsked = La question ne nomme aucun produit.
product-modelNotListed = Le modèle demandé n’est pas parmi ceux qui sont couverts : { $models }.
    .ask = Demander à l’émetteur si le modèle est couvert.
product-gtinNotListed = Le GTIN demandé n’est pas parmi ceux qui sont couverts.
    .ask = Demander à l’émetteur si l’article est couvert.
product-serialNotListed = Le numéro de série demandé n’est pas parmi ceux qui sont couverts.
    .ask = Demander à l’émetteur si l’article est couvert.
product-lotNotListed = Le lot demandé n’est pas parmi ceux qui sont couverts.
    .ask = Demander à l’émetteur si le lot est couvert.
product-quantityExceeded = La quantité couverte est inférieure à celle qui est demandée.
    .ask = Interroger l’émetteur sur le reste de l’envoi.
product-codeNotListed = Le code de classification demandé n’est pas parmi ceux qui sont couverts.
    .ask = Demander à l’émetteur si le produit est couvert.
product-standardNotListed = La norme demandée n’y figure pas.
    .ask = Demander à l’émetteur un document où elle figure.
product-editionDiffers = Le papier nomme une autre édition de la norme que l’enregistrement : { $listed } sur le papier, { $stated } dans l’enregistrement.
    .ask = Comparer le papier et l’enregistrement ; demander à l’émetteur lequel est juste.
product-issueDayDiffers = Le papier porte une autre date d’émission que l’enregistrement.
    .ask = Comparer le papier et l’enregistrement ; demander à l’émetteur lequel est juste.
product-holderDiffers = Le document a été émis à un autre nom que celui qui est demandé.
    .ask = Demander à l’émetteur si les deux noms désignent un même titulaire.
product-manufacturerDiffers = Le document nomme un autre fabricant que celui qui est demandé.
    .ask = Demander à l’émetteur si les deux noms désignent un même fabricant.
product-factoryNotListed = L’usine demandée n’est pas parmi celles qui y figurent.
    .ask = Demander à l’émetteur si l’usine est couverte.
product-validityDiffers = Le papier porte un autre dernier jour de validité que l’enregistrement.
    .ask = Comparer le papier et l’enregistrement ; demander à l’émetteur lequel est juste.
product-numberDiffers = Le papier porte un autre numéro que l’enregistrement.
    .ask = Comparer le papier et l’enregistrement ; demander à l’émetteur lequel est juste.
product-otherAlphabet = Le numéro contient des lettres d’un autre alphabet que celui de l’enregistrement, qui ont le même aspect : c’est un autre numéro, mal saisi ou falsifié.
    .ask = Comparer le papier et l’enregistrement signe par signe ; demander à l’émetteur lequel est juste.
product-notSaid = Le document ne dit pas ce qui est demandé sur le produit.
    .ask = Demander à l’émetteur si le produit est couvert.
product-needsReading = Il faut lire pour savoir si le produit est couvert : { $objects }.
    .ask = Demander à l’émetteur si le produit est couvert.
product-numberDivided = Le numéro a les lettres et les chiffres de celui de l’enregistrement, mais il est divisé à d’autres endroits : ce peut être un autre numéro, et une personne doit comparer les deux.
    .ask = Comparer le papier et l’enregistrement signe par signe ; demander à l’émetteur lequel est juste.
product-hiddenCharacters = Une valeur de l’enregistrement contient des caractères cachés, qu’aucun papier ne montre : elle semble identique à celle du papier, et une personne doit comparer les deux.
    .ask = Demander à l’émetteur quelle est la valeur, et de corriger l’enregistrement.
product-notAsked = Le produit n’a pas été examiné.

## competence

competence-covers = L’accréditation ou désignation { $grant } par { $grantor } le couvre.
competence-noGrantReliedOn = Il ne s’appuie sur aucune accréditation ou désignation.
competence-grantNotHeld = L’accréditation ou désignation sur laquelle il s’appuie, { $grant }, n’est pas détenue ici.
    .ask = Demander à l’organisme qui l’a accordée de la publier.
competence-otherDocument = L’accréditation ou désignation détenue sous le nom { $grant } est un autre document que celui sur lequel on s’appuie.
    .ask = Demander à l’émetteur sur quelle accréditation ou désignation il s’appuie.
competence-grantNotCounted = L’accréditation ou désignation { $grant } ne compte pas : { $reason }.
    .ask = Interroger l’organisme qui l’a accordée sur son enregistrement.
competence-grantNotYetLogged = L’accréditation ou désignation { $grant } n’était pas encore au journal au moment demandé.
    .ask = Demander à l’organisme qui l’a accordée de la publier.
competence-otherParty = L’accréditation ou désignation { $grant } a été accordée à une autre partie que l’émetteur.
    .ask = Demander à l’organisme qui l’a accordée à qui il l’a accordée.
competence-notInForce = L’accréditation ou désignation { $grant } n’était pas en vigueur le jour de l’émission. Date d’émission : { $issuedOn }.
    .ask = Demander à l’organisme qui l’a accordée pour quels jours elle valait.
competence-observedOnly = Les dates de l’accréditation ou désignation { $grant } ne sont connues qu’approximativement.
    .ask = Demander les dates exactes à l’organisme qui l’a accordée.
competence-suspended = L’accréditation ou désignation { $grant } était suspendue, en totalité ou pour la partie invoquée.
    .ask = Interroger l’organisme qui l’a accordée sur la suspension.
competence-ended = L’accréditation ou désignation { $grant } a été retirée ou annulée.
    .ask = Demander à l’organisme qui l’a accordée ce que deviennent les travaux faits sous celle-ci.
competence-statusUnclear = Impossible de dire quel est le statut de l’accréditation ou désignation { $grant }.
    .ask = Demander à l’organisme qui l’a accordée les événements qui la concernent.
competence-activityNotGranted = L’accréditation ou désignation { $grant } ne vaut pas pour cette activité.
    .ask = Demander à l’émetteur l’accréditation ou désignation qui la couvre.
competence-outsideScope = Ceci est hors de la portée de l’accréditation ou désignation { $grant }.
    .ask = Interroger l’organisme qui l’a accordée sur la portée.
competence-scopeNeedsReading = Il faut lire pour savoir si la portée de l’accréditation ou désignation { $grant } le couvre : { $scope }.
    .ask = Demander à l’organisme qui l’a accordée si la portée le couvre.
competence-inferredPeriod = L’accréditation ou désignation { $grant } le couvre ; ses dates ont été déduites de la source, qui ne les donne pas.
    .ask = Demander les dates exactes à l’organisme qui l’a accordée.
competence-loggedLater = L’accréditation ou désignation { $grant } le couvre ; elle a été portée au journal plus de 30 jours après son début.
    .ask = Demander à l’organisme qui l’a accordée pourquoi elle a été portée au journal plus tard.
competence-staleLog = Le dernier état connu de { $log } est trop ancien pour dire que l’accréditation ou désignation tient toujours.
    .ask = Obtenir un état plus récent du journal.
competence-noLogPinned = L’accréditation ou désignation { $grant } le couvre ; la politique ne retient aucun journal des économies suivantes : { $economiesWithoutLog }.
    .ask = Décider si la politique doit retenir un journal de cette économie.
competence-noStatement = Personne d’habilité ne déclare que rien d’autre n’est arrivé à l’accréditation ou désignation : { $statement }.
    .ask = Demander à un nœud auquel la politique se fie un dossier pour cette question précise.
competence-notAsked = La compétence n’a pas été examinée.

## accreditor

accreditor-inStanding = { $grantor }, qui a accrédité ou désigné l’émetteur, participait à { $chapter } le jour de l’émission.
accreditor-notAsked = Rien n’est demandé de l’organisme qui accrédite ou désigne.
accreditor-chapterNotHeld = L’arrangement { $chapter } entre ceux qui accréditent ou désignent n’est pas détenu ici.
    .ask = Demander à son secrétariat de le publier.
accreditor-notParticipant = { $grantor }, qui a accrédité ou désigné l’émetteur, ne participait pas à { $chapter } le jour de l’émission.
    .ask = Demander au secrétariat depuis quand il y participe.
accreditor-participationUnclear = Impossible de dire si { $grantor }, qui a accrédité ou désigné l’émetteur, participait à { $chapter } le jour de l’émission.
    .ask = Demander au secrétariat les dates exactes.
accreditor-noGrant = Le chapitre demande une accréditation ou désignation par un participant de { $chapter } ; aucune de celles sur lesquelles on s’appuie n’est détenue ici.
    .ask = Demander à l’émetteur l’accréditation ou désignation sur laquelle il s’appuie.
accreditor-staleLog = Le dernier état connu de { $log } est trop ancien pour dire que l’organisme qui a accrédité ou désigné l’émetteur était habilité.
    .ask = Obtenir un état plus récent du journal.
accreditor-noLogPinned = L’organisme qui a accrédité ou désigné l’émetteur participait à { $chapter } ; la politique ne retient aucun journal des économies suivantes : { $economiesWithoutLog }.
    .ask = Décider si la politique doit retenir un journal de cette économie.
accreditor-noStatement = Personne d’habilité ne déclare qu’on ne sait rien de plus de l’organisme qui a accrédité ou désigné l’émetteur : { $statement }.
    .ask = Demander à un nœud auquel la politique se fie un dossier pour cette question précise.

## evidenceChain

evidenceChain-existedBefore = Tous les rapports sur lesquels il repose existaient avant lui : { $number }, depuis le { $since }.
evidenceChain-committedLater = Le rapport { $number } de { $laboratory } n’est connu que depuis le { $since }, et non avant le certificat ({ $certifiedAt }) : rien ne montre qu’il existait avant.
    .ask = Demander au laboratoire quand il a établi le rapport, et pourquoi il s’y est engagé si tard.
evidenceChain-disowned = Un laboratoire ne se porte pas garant d’un rapport sur lequel ceci repose.
    .ask = Demander à l’émetteur un autre rapport, ou le retrait du certificat.
evidenceChain-notCommitted = { $laboratory } s’engage sur ses rapports, et { $number } n’en fait pas partie.
    .ask = Demander au laboratoire s’il a établi ce rapport.
evidenceChain-provedAbsent = { $laboratory } a promis que tous ses rapports jusqu’au { $completeUntil } sont ici, et { $number } n’y est pas.
    .ask = Demander au laboratoire s’il a établi ce rapport ; il peut être inventé.
evidenceChain-laboratoryCommitsNothing = { $laboratory } ne s’engage ici sur aucun de ses rapports ; on ne peut donc rien dire de { $number }.
    .ask = Demander au laboratoire de confirmer le rapport.
evidenceChain-notTraceable = Un rapport sur lequel il repose est nommé sans le DID de son laboratoire ni son numéro.
    .ask = Demander à l’émetteur quel rapport de quel laboratoire est visé.
evidenceChain-reportNotHeld = Un enregistrement sur lequel il repose n’est pas détenu ici.
    .ask = Demander à un nœud qui détient le journal de son émetteur.
evidenceChain-reportNotCounted = Un enregistrement sur lequel il repose est détenu ici, mais ne compte pas : il n’est pas daté, ou sa signature n’est pas celle de son émetteur.
    .ask = Interroger l’émetteur de cet enregistrement.
evidenceChain-otherDocument = Un enregistrement sur lequel il repose est détenu ici sous la forme d’un autre document que celui qui est visé.
    .ask = Demander à l’émetteur quel document est visé.
evidenceChain-componentEnded = Le certificat d’un composant a pris fin ou est suspendu.
    .ask = Demander à l’émetteur si l’ensemble tient toujours.
evidenceChain-tooMany = Il nomme plus de rapports, ou { $laboratory } a plus d’engagements, qu’on n’en examine : impossible de dire ce qu’il en est de { $number }.
    .ask = Demander au laboratoire de confirmer le rapport.
evidenceChain-noStatement = Impossible de dire s’il manque un rapport : { $statement }.
    .ask = Demander à un nœud un dossier avec une déclaration de statut.
evidenceChain-notAsked = Il ne nomme aucun rapport sur lequel il repose.

## arrangement

arrangement-covers = « { $title } » le couvre. Émission : { $issuedIn } ; reconnaissance : { $economy }.
arrangement-acceptedByRule = Destination : { $economy }. Elle l’accepte par une règle propre : « { $title } ».
arrangement-capped = « { $title } » le couvre jusqu’au niveau { $cappedAt } ; le document indique { $level }.
arrangement-domestic = Le document a été émis pour cette économie même : { $economy }.
arrangement-none = Aucun arrangement ne le couvre. Émission : { $issuedIn } ; reconnaissance : { $economy }.
    .ask = Demander à l’autorité de destination si elle le reconnaît.
arrangement-notHeld = Destination : { $economy }. Aucun arrangement par lequel elle le reconnaît n’est détenu ici, et l’on ne détient pas tout ce qu’elle a signé.
    .ask = Demander à l’autorité de destination quel arrangement s’applique.
arrangement-excludedByPolicy = La politique appliquée exclut { $chapter }.
    .ask = S’adresser à qui tient la politique.
arrangement-notAcceptedByPolicy = La politique appliquée accepte d’autres arrangements par leur nom, et { $chapter } n’en fait pas partie.
    .ask = S’adresser à qui tient la politique.
arrangement-notOperational = « { $title } » n’est pas en service.
    .ask = Demander au secrétariat quand il le sera.
arrangement-notInForce = « { $title } » n’est pas en vigueur ce jour-là.
    .ask = Demander au secrétariat depuis quand il l’est.
arrangement-inForceUnclear = Les dates de « { $title } » ne sont connues qu’approximativement.
    .ask = Demander au secrétariat les dates exactes.
arrangement-issuedBefore = « { $title } » ne couvre que ce qui a été émis plus tard.
    .ask = Demander à l’autorité de destination ce qui vaut pour ce qui est plus ancien.
arrangement-issuedAfterEnd = « { $title } » avait pris fin au moment de l’émission.
    .ask = Demander à l’autorité de destination ce qui vaut à présent.
arrangement-issueDateUnclear = Impossible de dire si l’émission a eu lieu à temps pour « { $title } ».
    .ask = Demander à l’émetteur la date exacte d’émission.
arrangement-transitionUnclear = « { $title } » avait pris fin ; il n’est pas dit si la procédure avait commencé avant.
    .ask = Demander à l’émetteur quand la procédure a commencé.
arrangement-procedureBeganLater = « { $title } » avait pris fin avant le début de la procédure.
    .ask = Demander à l’autorité de destination ce qui vaut à présent.
arrangement-ended = « { $title } » a pris fin, et avec lui ce qui a été émis sous son empire.
    .ask = Demander à l’autorité de destination ce qui vaut à présent.
arrangement-afterEndUnstated = « { $title } » a pris fin sans dire ce que devient ce qui a été émis sous son empire.
    .ask = Demander au secrétariat ce qui vaut après sa fin.
arrangement-direction = « { $title } » ne vaut pas dans ce sens. Émission : { $issuedIn } ; reconnaissance : { $economy }.
    .ask = Demander au secrétariat quels résultats sont reconnus, et où.
arrangement-directionUnclear = On ne sait qu’approximativement si « { $title } » vaut ce jour-là dans ce sens. Émission : { $issuedIn } ; reconnaissance : { $economy }.
    .ask = Demander au secrétariat les dates exactes.
arrangement-issuerSideNotIn = L’économie d’émission ({ $issuedIn }) ne participait pas à « { $title } » le jour de l’émission.
    .ask = Demander au secrétariat si cette économie participe, et depuis quand.
arrangement-issuerSideUnclear = Impossible de dire si l’économie d’émission ({ $issuedIn }) participait à « { $title } » le jour de l’émission.
    .ask = Demander au secrétariat les dates exactes.
arrangement-issuerSideLeft = L’économie d’émission ({ $issuedIn }) participait à « { $title } » le jour de l’émission, et n’y participe plus depuis.
    .ask = Demander à l’autorité de destination ce que devient ce qui a été émis avant.
arrangement-issuerRole = L’économie d’émission ({ $issuedIn }) participe à « { $title } », mais pas dans un rôle dont les résultats sont reconnus.
    .ask = Interroger le secrétariat sur ce rôle.
arrangement-destinationNotIn = La destination ({ $economy }) ne participe pas à « { $title } » ce jour-là, ou pas dans un rôle qui reconnaît.
    .ask = Demander à l’autorité de destination si elle participe.
arrangement-destinationUnclear = On ne sait qu’approximativement si la destination ({ $economy }) participe à « { $title } » ce jour-là.
    .ask = Demander à l’autorité de destination les dates exactes.
arrangement-destinationNotSigned = D’autres disent que la destination ({ $economy }) participe à « { $title } » ; sa propre autorité ne l’a pas signé.
    .ask = Demander à l’autorité de destination de signer sa participation.
arrangement-declarationMissing = « { $title } » demande une déclaration d’acceptation ({ $economy }) ; aucune n’est détenue ici.
    .ask = Demander à l’autorité de destination sa déclaration.
arrangement-destinationDeclines = La destination ({ $economy }) déclare ne pas accepter les résultats relevant de « { $title } ».
    .ask = Demander la raison à l’autorité de destination.
arrangement-levelOutside = « { $title } » ne reconnaît pas le niveau { $level }.
    .ask = Demander à l’autorité de destination quels niveaux elle reconnaît.
arrangement-levelUnsaid = « { $title } » reconnaît certains niveaux ; le document n’en indique aucun qui puisse être comparé.
    .ask = Demander le niveau à l’émetteur.
arrangement-coverageNeedsReading = Il faut lire pour savoir si « { $title } » le couvre.
    .ask = Demander à l’autorité de destination si ceci est couvert.
arrangement-grantTypeMissing = « { $title } » demande une accréditation ou désignation d’un autre type que celles sur lesquelles on s’appuie.
    .ask = Demander à l’émetteur l’accréditation ou désignation que le chapitre exige.
arrangement-notDesignated = « { $title } » demande un organisme désigné à ce titre ; l’émetteur ne l’est pas.
    .ask = Demander la désignation à l’autorité de l’émetteur.
arrangement-grantUnclear = Impossible de dire si l’émetteur a l’accréditation ou désignation que « { $title } » exige.
    .ask = Demander l’accréditation ou désignation à l’organisme qui l’a accordée.
arrangement-versionFork = Deux documents se disent une même version de « { $title } ».
    .ask = Demander au secrétariat lequel fait foi.
arrangement-loggedLater = « { $title } » le couvre ; une participation a été portée au journal plus de 30 jours après son début.
    .ask = Demander au secrétariat pourquoi elle a été portée au journal plus tard.
arrangement-staleLog = Le dernier état connu de { $log } est trop ancien pour dire que « { $title } » s’applique toujours.
    .ask = Obtenir un état plus récent du journal.
arrangement-noLogPinned = « { $title } » le couvre. Émission : { $issuedIn } ; reconnaissance : { $economy }. La politique ne retient aucun journal des économies suivantes : { $economiesWithoutLog }.
    .ask = Demander à l’autorité de destination si cet arrangement s’applique.
arrangement-noStatement = Personne d’habilité ne déclare qu’on ne sait rien de plus de l’arrangement : { $statement }.
    .ask = Demander à un nœud auquel la politique se fie un dossier pour cette question précise.
arrangement-notAsked = Les arrangements n’ont pas été examinés.

## standard

standard-identical = { $stated } est, selon la déclaration de { $declaredBy }, identique à { $listed }.
standard-deviationsCovered = { $stated } correspond à { $listed }, avec des écarts qui ne font pas obstacle.
standard-deviates = { $stated } diffère de { $listed } à l’article { $clauses }.
    .ask = Montrer que le produit satisfait aussi à ces articles de { $listed }.
standard-deviationsUnsaid = { $stated } est une adoption modifiée de { $listed }, et il n’est pas dit en quoi elle diffère.
    .ask = Demander à l’organisme de normalisation sa liste d’écarts techniques.
standard-notEquivalent = { $stated } est déclarée non équivalente à { $listed }.
    .ask = Demander une évaluation selon { $listed }.
standard-coexists = { $stated } compte encore, à côté de { $listed }, plus récente, jusqu’au { $coexistsUntil }.
standard-pastCoexistence = { $stated } ne compte plus : { $listed } l’a remplacée, et les deux comptaient jusqu’au { $coexistsUntil }.
    .ask = Demander une évaluation selon { $listed }.
standard-coexistenceUnclear = On ne sait pas exactement si { $stated } compte encore ce jour-là à côté de { $listed }.
    .ask = Demander à l’organisme de normalisation jusqu’à quand les deux éditions comptent.
standard-declaredByIssuersSide = { $stated } correspond à { $listed } selon le côté de l’émetteur, { $declaredBy } ; la destination ne l’a pas dit.
    .ask = Demander à l’autorité de destination si elle est d’accord.
standard-noStatement = Impossible de dire s’il manque un autre mot sur la norme : { $statement }.
    .ask = Demander à un nœud un dossier avec une déclaration de statut.
standard-notAsked = La norme est celle qui est nommée, ou aucune ne l’est.

## importRule

importRule-nothingRequired = La destination ({ $economy }) ne demande rien pour ce produit : « { $title } ».
importRule-answered = Ceci répond à ce que la destination ({ $economy }) demande pour ce produit : « { $title } ».
importRule-stillAsked = La destination ({ $economy }) demande davantage pour ce produit : { $missing } (« { $title } »).
    .ask = Satisfaire à ce qui est encore demandé ; chaque point nomme sa règle.
importRule-accepted = La destination ({ $economy }) l’accepte par sa propre règle : « { $title } ».
importRule-refused = La destination ({ $economy }) le refuse par sa propre règle : « { $title } », sur le fondement de { $legalBasis }.
    .ask = Demander à l’autorité de destination quels certificats elle accepte.
importRule-productNotSaid = La destination ({ $economy }) a des règles pour certains produits ; sans le code du produit, on ne peut dire lesquelles s’appliquent.
    .ask = Indiquer le code SH du produit.
importRule-needsReading = Il faut lire pour savoir si une règle ({ $economy }) concerne ce produit : « { $title } ».
    .ask = Comparer le produit avec le texte de la règle, ou demander à l’autorité de destination.
importRule-inForceUnclear = On ne sait pas exactement si une règle ({ $economy }) est en vigueur ce jour-là : « { $title } ».
    .ask = S’adresser à l’autorité de destination.
importRule-noStatement = Impossible de dire s’il manque une règle de la destination, ou la fin d’une règle : { $statement }.
    .ask = Demander à un nœud un dossier avec une déclaration de statut.
importRule-notAsked = Aucune règle de la destination pour ce produit n’est détenue ici.

## claims

claims-none = Le document n’invoque aucun arrangement.
claims-confirmed = Le document invoque { $claimed }, comme cela a été constaté.
claims-differ = Le document invoque { $claimed } ; il a été constaté : { $found }.
    .ask = Demander à l’émetteur sur quoi repose cette affirmation.
claims-notAsked = Les affirmations n’ont pas été examinées.
