"""Words around names, and words with a capital that are none: what the rules of `names_scan` go by."""

from __future__ import annotations

from dragoman.protect.names_words import folded


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


HONORIFICS = _words(
    "M. MM. M MM Mme Mmes Mlle Mlles Me Dr Dr. Pr Pr. Mgr Monsieur Madame Mademoiselle Messieurs Mesdames Maître",
    "Docteur Monseigneur Mr Mr. Mrs Mrs. Ms",
)
# Words between the capitals of a name: French ones after a first name only, others in any name.
OF = _words("de du d' d’ des la le l' l’")
PARTICLES = _words("von van der den ten ter zu zum zur bin ben ibn al el da do dos das di della del las los y")
ENGLISH_JOINERS = _words("of the and in for with to at from")
ARTICLES = _words("Le La Les L' L’")
PLURAL = _words(
    "les des aux ces ses leurs mes nos vos plusieurs quelques certains certaines deux trois quatre cinq six sept huit",
    "neuf dix",
)
DETERMINERS = PLURAL | _words(
    "le la l' l’ un une du au ce cet cette son sa leur mon ma notre votre chaque tout toute tous toutes quel quelle",
    "aucun aucune",
)
# What may begin a sentence before a name: En Suisse. After others (Crédit Suisse) the name may be longer.
FUNCTION_WORDS = DETERMINERS | _words(
    "à de d' d’ en et ou ni mais car or donc si que qu' qu’ quand comme puis ainsi aussi ici là où dans par pour sur",
    "sous avec sans contre chez vers selon suivant entre depuis dès hors outre via malgré après avant pendant durant",
    "jusqu' jusqu’ derrière devant voici voilà est il elle ils elles on nous vous je y c' c’ s' s’ n' n’ m' m’ t' t’",
    "j' j’ lorsqu' lorsqu’ puisqu' puisqu’ quoiqu' quoiqu’ même seul seule seuls hier demain aujourd'hui",
    "aujourd’hui cependant pourtant toutefois enfin alors",
)
# What stands before the name of a company, a product, a work, a person, without a preposition.
BEFORE_ORGANISATION = _words(
    "chez groupe entreprise société compagnie opérateur constructeur équipementier géant marque enseigne start-up",
    "startup filiale association ong fondation éditeur distributeur fabricant cabinet laboratoire banque assureur",
    "parti syndicat fédération agence avionneur motoriste sous-traitant hébergeur armateur concurrent rival label",
)
BEFORE_PRODUCT = _words(
    "application appli logiciel plateforme plate-forme site réseau modèle console smartphone logiciels navigateur",
    "messagerie moteur jeu avion missile fusée satellite sonde paquebot voilier navire chalutier pétrolier",
)
BEFORE_WORK = _words(
    "film roman album série livre chanson pièce opéra tableau magazine journal quotidien hebdomadaire mensuel revue",
    "chaîne émission podcast documentaire manga",
)
BEFORE_PERSON = _words(
    "président présidente ministre premier première chancelier chancelière sénateur sénatrice député députée maire",
    "gouverneur gouverneure juge avocat avocate procureur procureure général colonel capitaine commandant professeur",
    "professeure docteur docteure chercheur chercheuse économiste historien historienne politologue sociologue acteur",
    "actrice chanteur chanteuse réalisateur réalisatrice écrivain écrivaine auteur autrice journaliste joueur joueuse",
    "attaquant attaquante milieu défenseur défenseuse gardien gardienne entraîneur entraîneuse sélectionneur pilote",
    "coureur coureuse roi reine prince princesse pape cardinal évêque sœur frère père mère fils fille directeur",
    "directrice patron patronne pdg porte-parole candidat candidate secrétaire ambassadeur ambassadrice conseiller",
    "conseillère analyste peintre photographe compositeur compositrice physicien physicienne nommé nommée dénommé",
    "dénommée prénommé prénommée vice-président vice-présidente ex-président ex-ministre",
)
BEFORE_TOWN = _words("à de d' d’ contre par chez avec entre vers depuis jusqu'à pour")
BEFORE_NAMES = BEFORE_ORGANISATION | BEFORE_PRODUCT | BEFORE_WORK | BEFORE_PERSON
# What comes after a subject, and seldom after a noun without an article at the start of a sentence.
VERBS = _words(
    "a avait aura aurait est était sera serait n' n’ ne s' s’ se va allait veut voulait doit devait devra devrait peut",
    "pouvait pourra pourrait affirme assure annonce estime explique dit précise ajoute répond dénonce promet refuse",
)
# Ordinary words that are a part of the names they begin.
PART_OF_NAME = _words("Saint Sainte San Santa Los Las Mac Mc Port Fort Big Real Sir Lord Lady")
# What compounds begin with that are no names, though each part has a capital: Sud-Est, Vice-Président. Others are
# those of places and families: Hauts-de-Seine.
COMPOUND_WORDS = _words(
    "Nord Sud Est Ouest Centre Vice Premier Première Sous Non Ex Anti Pro Post Néo Proche Moyen Moyenne Extrême Rendez",
    "Peut Chef Contre Avant Après Demi Mi Porte Haut Haute Co Inter Ultra Auto Celui Celle Ceux Lui Elle Eux Nous Vous",
    "Moi Rez Garde Juge Secrétaire Directeur Directrice Trésorier Lieutenant Sergent Major Grand Grands Petits Trente",
    "Vingt Quarante Cinquante Soixante Quatre Dix Cent Là Ci Au Week Savoir Tiers Jeux Bien Franco Anglo Gréco Judéo",
    "Afro Euro",
)
# Names that English has words of its own for, and acronyms of common nouns.
TRANSLATED = frozenset(
    map(
        folded,
        _words(
            "Coran Torah Évangile Évangiles Bible Pâques Noël Toussaint Pentecôte Ascension Saint-Valentin",
            "Saint-Sylvestre Saint-Père Sainte-Vierge Saint-Esprit Renaissance Antiquité Terre Lune Soleil Mars Vénus",
            "Jupiter Saturne Mercure Neptune Uranus Pluton Dieu Jésus Christ Jésus-Christ Satan Moïse Mahomet Bouddha",
            "Internet Web Net Covid Hexagone Tsar Yom Kippour Hanouka Aïd Ramadan Shoah Holocauste Mer Jeux Javel",
            "TI EU QG CO2 H2O PV JO VO VF SA SARL HLM DVD CD TV PC WC FC AC RC US UV QI CV BD GP TD TP ISO",
        ),
    )
)
# Institutions and the like, which have a capital as others have a name.
INSTITUTIONS = frozenset(
    map(
        folded,
        _words(
            "État Parlement Sénat Assemblée Gouvernement Président Présidente Ministre Premier Première République",
            "Constitution Bourse Église Couronne Chambre Conseil Commission Cour Justice Défense Intérieur Finances",
            "Affaires Union Nation Nations Coupe Ligue Euro Mondial Nord Sud Est Ouest Occident Orient Centre Histoire",
            "Révolution Libération Résistance Empire Royaume Fédération Confédération Académie Université Institut",
            "Ministère Trésor Budget Code Loi Traité Accord Convention Charte Déclaration Forum Sommet Festival",
            "Conférence Congrès Comité Parti Gauche Droite Verts Bleus Monsieur Madame Maire Mairie Région Département",
            "Préfet Préfecture Police Gendarmerie Armée Marine Air Terre Mer Santé Éducation Travail Culture Sports",
            "Recherche Environnement Écologie Agriculture Économie Industrie Commerce Transports Logement Outre-mer",
            "Ville Jeunesse Administration Fonction",
        ),
    )
)
# First names that English has another form of, for the names of kings and popes.
ENGLISH_FIRST_NAMES = dict(
    pair.split(":")
    for pair in (
        "Alexandre:Alexander Auguste:Augustus "
        "Benoît:Benedict Catherine:Catherine Clément:Clement Constantin:Constantine Édouard:Edward "
        "Edouard:Edward Élisabeth:Elizabeth Elisabeth:Elizabeth Étienne:Stephen Etienne:Stephen François:Francis "
        "Frédéric:Frederick Georges:George Grégoire:Gregory Guillaume:William Henri:Henry Jacques:James Jean:John "
        "Jules:Julius Léon:Leo Léopold:Leopold Marie:Mary Michel:Michael Nicolas:Nicholas Philippe:Philip Pie:Pius "
        "Pierre:Peter Urbain:Urban Mohamed:Mohammed Abdallah:Abdullah Hassan:Hassan"
    ).split()
)

# Names that begin with an article, which contracts with à and de: au Havre, des Sables-d'Olonne. Those that are
# ordinary words as well (Le Port, Le Monde) are left out: la Coupe du Monde.
WITH_ARTICLE = {
    name: article
    for article, names in (
        (
            "Le",
            "Havre Mans Creusot Touquet Puy-en-Velay Bourget Cannet Lavandou Chesnay Blanc-Mesnil Perreux "
            "Kremlin-Bicêtre Plessis-Robinson Raincy Vésinet Lamentin Gosier Pecq Grau-du-Roi Croisic Pouliguen Cateau "
            "Mont-Dore Grand-Bornand Bouscat Haillan Taillan-Médoc Teich Pradet Beausset Castellet Petit-Quevilly "
            "Grand-Quevilly Neubourg Tréport Portel Quesnoy Vigan Rheu Figaro Télégramme",
        ),
        (
            "Les",
            "Sables-d'Olonne Lilas Ulis Mureaux Herbiers Abymes Andelys Pavillons-sous-Bois Clayes-sous-Bois "
            "Pennes-Mirabeau Gets Houches Rousses Échos",
        ),
    )
    for name in names.split()
}
CONTRACTIONS = {"au": "Le", "du": "Le", "aux": "Les", "des": "Les"}
