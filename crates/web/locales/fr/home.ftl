# The first page, and help.
home-title = Vérifier un certificat d’un autre pays
home-box = Numéro de certificat, entreprise, produit, norme ou code SH
home-here = Pour un numéro, la réponse vaut pour { $economy }, l’économie de ce nœud, sauf si vous en choisissez une autre. Des mots trouvent des enregistrements ; si un lieu est choisi, la réponse est donnée pour chacun.
home-used-in = Choisir une autre économie, un produit ou un jour
home-what = Ce que veulent dire les réponses
home-publish = Publier des enregistrements
home-records = { $count ->
    [one] { $count } certificat ou rapport est détenu ici.
   *[other] { $count } certificats et rapports sont détenus ici.
}
help-title = Ce que veulent dire les réponses
help-lead = Comity répond à une seule question : ce certificat vaut-il ici, pour ce produit, ce jour-là, et pourquoi ? La réponse suit pas à pas des enregistrements signés et montre chacun d’eux.
help-results-title = Les cinq réponses
help-recognised = Il y est reconnu. Chaque vérification dont cela dépend est satisfaite, et rien ne reste à faire. S’il n’est reconnu que jusqu’à un certain niveau, la réponse nomme ce niveau.
help-conditions = Il est reconnu, et une chose précise reste à faire dans la destination.
help-results = Les résultats d’essai ou d’inspection sont reconnus. La décision qui en découle est prise à nouveau dans la destination.
help-not = Une étape n’est pas satisfaite. La page dit laquelle, pourquoi, et qui peut y remédier.
help-cannot-tell = Un élément nécessaire n’est pas connu ici. Ce n’est pas un « non ». La page dit ce qui manque et à qui le demander.
help-not-title = Ce qu’une réponse n’est pas
help-not-paper = La réponse porte sur l’enregistrement, non sur un document ou une marchandise qui en diffère. Comparez donc ligne par ligne le document que vous avez en main.
help-not-law = Ce n’est ni une décision juridique ni un conseil juridique. Elle est calculée à partir de règles publiées et signées, et dit de qui elles viennent.
help-how-title = Comment vérifier un certificat
help-how = Tapez le numéro tel qu’il est imprimé, ou ouvrez le lien de son code. Choisissez où et pour quel produit il doit valoir. Lisez d’abord la réponse, comparez ensuite le document, puis les étapes.
help-wrong-title = Si quelque chose est faux
help-wrong = Chaque page nomme qui peut corriger l’enregistrement ou son statut. Ni une page ni un nœud ne peuvent changer ce que quelqu’un a signé.
help-privacy-title = Ce qui est conservé sur vous
help-privacy = Vos questions ne sont pas conservées. Le nœud note le chemin, l’heure et le code de réponse de chaque requête. Il ne note ni les mots cherchés ni les adresses des visiteurs, et ne dépose aucun cookie.
