# What stands around every page.
frame-skip = Aller au contenu
frame-search = Numéro, entreprise, produit, norme ou code SH
frame-search-short = Numéro, entreprise, produit
frame-go = Rechercher
colon = {" : "}
frame-pages = Pages
frame-search-page = Rechercher dans tous les enregistrements
frame-economies = Économies
frame-arrangements = Qui reconnaît qui
frame-log = Journal
frame-guide = Publier
frame-help = Aide
frame-languages = Langues
frame-demo = DÉMO : un monde fictif. Aucun enregistrement n’y est réel.
frame-as-of = Le journal de ce nœud contient { $size ->
    [one] { $size } entrée
   *[other] { $size } entrées
} au { $day }, { $time } UTC.
frame-authentic = Seul le fichier signé fait foi. Une page est une copie facile à lire.
frame-api = Pour les programmes
frame-this-page-as-data = Cette page en données
frame-privacy = Ce qui est conservé sur vous
period = du { $from } au { $until }
period-open = à partir du { $from }, sans date de fin
ask-in = Destination
ask-any = Toute économie
ask-choose = Choisissez une économie
ask-hs = Code SH du produit
ask-on = À la date du
ask-printed = Comparer d’autres mentions de votre document
ask-again = Vérifier
trouble-home = Accueil
trouble-question = La question ne peut pas être lue
trouble-parameter-detail = « { $value } » ne peut pas être lu comme { $name }. Revenez en arrière et corrigez.
trouble-failed = Pas de réponse pour l’instant
trouble-failed-detail = Le nœud n’a pas pu répondre. Rien n’est perdu. Réessayez dans une minute.
trouble-no-page = Cette page n’existe pas
trouble-no-page-detail = L’adresse est peut-être mal écrite, ou vient d’une version plus récente. Repartez de l’accueil.
trouble-no-record = Cet enregistrement n’est pas détenu ici
trouble-no-record-detail = Ce nœud ne détient aucun enregistrement « { $id } ». Cela ne veut pas dire que le certificat est faux. Vérifiez chaque caractère, ou cherchez par son numéro.
trouble-taken-down = Le contenu de cet enregistrement n’est plus fourni
trouble-taken-down-detail = L’autorité du journal a ordonné de ne plus fournir ce contenu. L’entrée du journal demeure.
several-title = Plusieurs enregistrements portent ce nom
several-lead = Des signataires ou des contenus différents portent le même nom. Choisissez celui dont le signataire figure sur votre document.
