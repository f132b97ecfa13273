"""Articles for regression tests, assembled from sentences of our own; the same for the same seed."""

import random

_TOWNS = "Lyon Nantes Grenoble Rennes Toulouse Dijon Amiens Londres Bruxelles Genève Milan Vienne".split()
_PEOPLE = [
    "Claire Vasseur",
    "Hugo Lemaître",
    "Inès Benhaddou",
    "Paul Kerguelen",
    "Sofia Marchetti",
    "Thomas Weil",
    "Awa Diarra",
    "Julien Castaing",
]
_MONTHS = "janvier février mars avril mai juin juillet septembre octobre novembre décembre".split()
_DAYS = "lundi mardi mercredi jeudi vendredi".split()

# {p} is a person, {t} a town, {n} {m} numbers, {d} a date, {w} a weekday, {k} a percentage.
SENTENCES = """
Le conseil d'administration a approuvé {w} un budget de {n} millions d'euros pour la région de {t}.
« Nous avons tenu nos engagements », a déclaré {p} devant la presse à {t}.
Les ventes ont reculé de {k} % en un an, selon les chiffres publiés {w}.
La directrice de l'usine de {t}, {p}, a promis de garder les {n} emplois.
Un incendie a détruit un entrepôt dans la nuit de {w}, sans faire de blessés.
Le tribunal de {t} rendra sa décision le {d}.
« La situation est grave, mais elle n'est pas désespérée », a ajouté {p}.
Plus de {n} personnes ont manifesté {w} dans les rues de {t} contre la réforme des retraites.
L'intelligence artificielle occupe désormais une équipe de {m} ingénieurs, a expliqué {p}.
Le prix du blé a augmenté de {k} % depuis le mois de {o}.
Les pompiers ont mis {m} heures à maîtriser les flammes.
Il pleuvait encore quand les derniers spectateurs ont quitté le stade.
Le maire a demandé à l'État une aide de {n} millions d'euros.
« Personne ne nous a prévenus », regrette {p}, qui habite le quartier depuis {m} ans.
Selon l'Insee, la population de la ville a augmenté de {k} % en dix ans.
Le train partira de {t} à {m} heures et arrivera en début de soirée.
Les deux entreprises négocient un accord depuis le {d}.
La grève a commencé {w} matin et devrait durer {m} jours.
{p} a été élue présidente de l'association avec {k} % des voix.
Le musée rouvrira ses portes le {d}, après des travaux de {n} millions d'euros.
Aucune date n'a encore été fixée pour le procès.
Les habitants attendent depuis longtemps une nouvelle école.
« C'est une bonne nouvelle pour toute la vallée », s'est réjoui {p}.
Le gouvernement veut réduire les émissions de {k} % d'ici à 2030.
Une centaine de bénévoles ont nettoyé les berges de la rivière pendant le week-end.
La banque centrale a laissé ses taux inchangés, comme prévu.
Deux chercheurs de l'université de {t} ont publié leurs résultats le {d}.
Le club a battu son rival par 3 à 1 devant {n} spectateurs.
{p} avait quitté l'entreprise en 2019 pour fonder la sienne.
L'hôpital de {t} manque de médecins et de lits.
« Nous ne céderons pas », a répété {p}, « et nous irons jusqu'au bout. »
La récolte a été bonne malgré la sécheresse.
""".strip().splitlines()

HEADLINES = """
À {t}, l'usine repart avec {n} emplois
Les ventes de voitures reculent de {k} %
La réforme des retraites divise toujours
{p} prend la tête de l'association
Le musée de {t} rouvrira en {o}
""".strip().splitlines()


def sentence(template, draw):
    """Return a sentence with its places filled."""
    return template.format(
        p=draw.choice(_PEOPLE),
        t=draw.choice(_TOWNS),
        n=draw.choice([12, 25, 40, 180, 350, 720]),
        m=draw.choice([3, 5, 8, 12, 15]),
        k=draw.choice(["2,5", "4", "7,8", "12", "31"]),
        d=f"{draw.randint(2, 28)} {draw.choice(_MONTHS)} {draw.choice([2023, 2024, 2025])}",
        w=draw.choice(_DAYS),
        o=draw.choice(_MONTHS),
    )


def paragraphs(seed, words):
    """Return the paragraphs of an article of about so many words, its headline first."""
    draw = random.Random(seed)
    found = [sentence(draw.choice(HEADLINES), draw)]
    count = 0
    while count < words:
        chosen = [sentence(template, draw) for template in draw.sample(SENTENCES, draw.randint(2, 4))]
        found.append(" ".join(chosen))
        count += len(found[-1].split())
    return found


def article(seed, words=150):
    """Return the text of an article."""
    return "\n\n".join(paragraphs(seed, words)) + "\n"


def suite(folder, count, words=150, settings=""):
    """Write a suite of so many articles into a folder."""
    (folder / "articles").mkdir(parents=True)
    (folder / "dragoman.toml").write_text(f'[regress]\narticles = ["articles/*.txt"]\n{settings}', encoding="utf-8")
    for seed in range(count):
        path = folder / "articles" / f"article-{seed:03}.fr.txt"
        path.write_text(article(seed, words), encoding="utf-8")
    return folder
