# Search.
search-count = { $count ->
    [one] { $count } enregistrement
   *[other] { $count } enregistrements
}
search-count-for = { $records } pour « { $words } »
search-facet-status = Statut
search-facet-kind = Type d’enregistrement
search-facet-economy = Économie de l’émetteur
search-facet-standard = Norme
search-facet-hs = Chapitre du SH
search-facet-year = Année de délivrance
search-facet-count = { $count }
search-sort = Ordre
search-sort-relevance = Les plus pertinents d’abord
search-sort-newest = Les plus récents d’abord
search-sort-expiring = Les premiers à expirer d’abord
search-sort-logged = Publications récentes d’abord
search-current = Recherche en cours
search-remove = Retirer
search-did-you-mean = Rien n’a été trouvé tel quel. Affiché :
search-similar = Aucun numéro n’est exactement celui-ci. Numéros qui lui ressemblent, ou diffèrent d’un chiffre :
search-wrong = { $name } : « { $value } » est illisible et n’a pas été pris en compte.
search-wrong-hs = Pour la recherche, un code SH a 2, 4, 6, 8 ou 10 chiffres.
search-results = Résultats
search-nothing = Rien n’a été trouvé. Cela ne veut pas dire qu’un certificat est faux : il n’est peut-être pas publié ici. Vérifiez chaque caractère, ou retirez une condition.
search-next = Page suivante
search-narrow = Affiner la recherche
search-data = Ces résultats en
search-follow = Les suivre :
search-only = Seulement ce qui y est reconnu
search-only-chip = Seulement ce qui est reconnu : { $economy }
search-only-choose = Choisissez où cela doit être reconnu, pour ne voir que ce qui l’est.
search-counting = { $economy } : ce qui y est reconnu
search-counting-for = { $economy } : ce qui y est reconnu, pour « { $words } »
search-counting-nothing = Rien de ce qui a été examiné n’y est reconnu. Cela ne veut pas dire que rien ne l’est : ce n’est peut-être pas publié ici, ou se trouve plus loin.
search-counting-next = Examiner la suite
search-group-recognised = Reconnu
search-group-conditions = Reconnu sous conditions
search-group-results = Résultats seulement
search-codes = Code produit que ces mots désignent probablement :
search-number-code = Comme code SH, c’est un produit :
search-derived = Code probable d’après le nom, non déclaré :
search-taken-down = Un enregistrement portant ce numéro a été publié, puis retiré le { $day }.
search-taken-down-ground = Motif indiqué
search-taken-down-ask = Pour savoir si un autre enregistrement le remplace, s’adresser à
