# Ce qui entoure les verdicts en ligne de commande.

not-said = (non indiqué)
hypothetical = HYPOTHÈSE
headline = { $result } : { $economy }, au { $day }
    .capped = { $result }, jusqu’au niveau { $level } : { $economy }, au { $day }
result-recognised = RECONNU
result-recognisedWithConditions = RECONNU SOUS CONDITIONS
result-resultsOnly = RÉSULTATS SEULEMENT
result-notRecognised = NON RECONNU
result-cannotTell = IMPOSSIBLE À DIRE
still-to-do = reste à faire : { $text }
by-policy = selon la politique de ce nœud : { $text }
fits-too = correspond aussi : { $id }, émis par { $issuer }
holds-until = vaut jusqu’au { $day }
from-bundle = d’un dossier : ce qui était connu à { $knownAt }, il y a { $age }
rests = repose { $basis }
known-from = d’après { $origin } à { $size } entrées
file-number = numéro de dossier { $number }
reference = référence { $reference }, calculé par { $by }
demo = Un monde fictif de démonstration : rien n’y est réel.
decides = ← décide
compared = { $field } sur le papier : { $paper } ; dans l’enregistrement : { $record }. { $mark }
    .silent = { $field } sur le papier : { $paper }. { $mark }
evidence = preuve { $digest }
ask = s’adresser à { $whom } : { $ask }
column-line = Ligne
column-verdict = Verdict
column-decidedBy = Étape décisive
column-summary = Résumé
column-until = Jusqu’au
column-reference = Référence
column-notices = Avis
column-number = Numéro
column-in = Dans
column-why = Motif
column-before = Avant
rule = règle : { $title }, { $basis }
    .reading = règle : { $title } (à lire), { $basis }
requirement-missing = manque
requirement-not-judged = non trouvé parmi celles examinées
requirement-answered = satisfait
requirement-to-do = à faire
counting = { $number } { $name } ({ $issuer }) : { $verdict }, reste à faire : { $open }
ask-whom = s’adresser à : { $whom }
age-days = { $n } jours
age-hours = { $n } heures
age-minutes = { $n } minutes
age-seconds = { $n ->
    [one] { $n } seconde
   *[other] { $n } secondes
}
