# Search.
search-count = { $count ->
    [one] { $count } enregistrement
   *[other] { $count } enregistrements
}
search-count-for = { $records } pour « { $words } »
search-facet-status = Statut
search-facet-kind = Type d’enregistrement
search-facet-economy = Économie
search-facet-standard = Norme
search-facet-hs = Chapitre du SH
search-facet-year = Année de délivrance
search-facet-count = { $count }
search-sort = Ordre
search-sort-relevance = Les plus pertinents d’abord
search-sort-newest = Les plus récents d’abord
search-sort-expiring = Les premiers à expirer d’abord
search-current = Recherche en cours
search-remove = Retirer
search-did-you-mean = Rien n’a été trouvé tel quel. Affiché :
search-results = Résultats
search-nothing = Rien n’a été trouvé. Cela ne veut pas dire qu’un certificat est faux : il n’est peut-être pas publié ici. Vérifiez chaque caractère, ou retirez une condition.
search-next = Page suivante
search-narrow = Affiner la recherche
