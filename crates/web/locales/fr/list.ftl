# Check a list.
list-title = Vérifier une liste
list-lead = Collez ou envoyez une liste de certificats. Chaque ligne reçoit sa propre réponse, les plus mauvaises d’abord.
list-columns = La première ligne nomme les colonnes : numéro et, si vous les avez, émetteur, produit, lieu et jour, dans l’une des cinq langues. Des virgules, des points-virgules ou des tabulations séparent les cellules. Une simple liste de numéros se passe de première ligne.
list-kept = Votre liste est lue une fois, reçoit ses réponses et est oubliée. Rien n’en est conservé ici.
list-most = Au plus { $rows } lignes et { $size } Mo à la fois. Pour des listes plus longues : comity check LIST.csv.
list-paste = Collez la liste
list-file = Ou choisissez un fichier (CSV en UTF-8)
list-missing = Si une ligne ne le dit pas
list-check = Vérifier la liste
list-download = Réponses en CSV
list-count = { $count ->
    [one] { $count } ligne
   *[other] { $count } lignes
}
list-not-compared = Rien n’a été comparé dans ces colonnes : { $columns }
list-line = Ligne
list-result = Résultat
list-number = Numéro
list-where = Lieu et jour
list-why = Motif
list-reference = Référence
list-not-asked = Non demandé
list-failed = Sans réponse
list-failed-why = Le nœud a manqué de temps avant cette ligne. Envoyez-la de nouveau.
list-warned = Avertissement en vigueur
list-words = Le produit est écrit en toutes lettres et n’a pas été comparé.
list-condition = Condition : { $condition }
list-no-number = Cette ligne ne contient pas de numéro.
list-no-place = Il n’est pas dit où il doit compter.
list-unknown-place = Aucune économie ne s’appelle « { $place } ». Écrivez son code, par exemple JP.
list-unreadable-day = « { $day } » n’est pas un jour ou peut se lire de deux façons. Écrivez 2026-11-28.
list-unreadable-code = « { $code } » n’est pas un code SH.
list-illegible = Une cellule de cette ligne est trop longue ou contient des caractères qui ne peuvent pas être affichés.
list-too-many-cells = La ligne a { $found } cellules sous { $columns } titres. Une cellule qui contient le séparateur doit être entre guillemets.
list-trouble = Cette liste ne peut pas être lue
list-empty = Elle est vide.
list-too-large = Elle dépasse { $most } Mo.
list-too-many-rows = Elle a plus de { $most } lignes. Divisez-la.
list-too-many-columns = Elle a plus de { $most } colonnes.
list-not-utf8 = La ligne { $line } n’est pas du texte UTF-8. Enregistrez la liste en « CSV UTF-8 » et réessayez.
list-no-column = Aucune colonne ne s’appelle « numéro ». La première ligne est : { $headings }.
list-twice = Deux colonnes s’appellent « { $heading } ».
list-open-quote = Un guillemet de la ligne qui commence à { $line } n’est jamais fermé.
list-unreadable = Ses lignes et ses cellules ne se distinguent pas.
list-busy = Le nœud répond à d’autres listes en ce moment. Réessayez dans une minute.
