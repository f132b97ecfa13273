"""French departments, which share their names with towns, seas, directions and ordinary words: Vienne, Manche, Nord."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.protect.names_words import Word, folded, plain

_DEPARTMENTS = frozenset(
    map(
        folded,
        """
        Ain Aisne Allier Alpes-de-Haute-Provence Alpes-Maritimes Ardèche Ardennes Ariège Aube Aude Aveyron Bas-Rhin
        Bouches-du-Rhône Calvados Cantal Charente Charente-Maritime Cher Corrèze Corse-du-Sud Côte-d'Or Côtes-d'Armor
        Creuse Deux-Sèvres Dordogne Doubs Drôme Essonne Eure Eure-et-Loir Finistère Gard Gers Gironde Haut-Rhin
        Haute-Corse Haute-Garonne Haute-Loire Haute-Marne Haute-Saône Haute-Savoie Haute-Vienne Hautes-Alpes
        Hautes-Pyrénées Hauts-de-Seine Hérault Ille-et-Vilaine Indre Indre-et-Loire Isère Jura Landes Loir-et-Cher
        Loire Loire-Atlantique Loiret Lot Lot-et-Garonne Lozère Maine-et-Loire Manche Marne Mayenne Meurthe-et-Moselle
        Meuse Morbihan Moselle Nièvre Nord Oise Orne Pas-de-Calais Puy-de-Dôme Pyrénées-Atlantiques
        Pyrénées-Orientales Rhône Saône-et-Loire Sarthe Savoie Seine-et-Marne Seine-Maritime Seine-Saint-Denis Somme
        Tarn Tarn-et-Garonne Territoire-de-Belfort Val-d'Oise Val-de-Marne Var Vaucluse Vendée Vienne Vosges Yonne
        Yvelines
        """.split(),
    )
)
# What a department has, and a sea, a region or a town of the name has not.
_OF_DEPARTMENTS = frozenset(
    "département départemental départementale départementaux préfet préfète préfecture sous-préfet sous-préfète "
    "sous-préfecture député députée sénateur sénatrice".split()
)
_OF = frozenset("de du d' d’ des la l' l’".split())
# What may stand behind « la Vienne » where that is the town: la Vienne de Freud, la Vienne impériale.
_OF_TOWN = frozenset(
    "de du d' d’ des impériale rouge baroque moderne contemporaine musicale éternelle historique actuelle".split()
)
# Towns and countries that an article makes other places: la Vienne is a department and a river, la Grenade a country.
_WITH_LA = {"vienne": "Vienne", "grenade": "Grenada"}


def department(text: str, words: Sequence[Word], at: int) -> bool:
    """Tell whether words[at] is a department for certain: Lille (Nord), le préfet de la Vienne."""
    word = words[at]
    if not at or not word.capital or folded(word.text) not in _DEPARTMENTS:
        return False
    if text[: word.start].endswith("(") and text.startswith((")", ","), word.end):
        return words[at - 1].capital  # the town
    before = at - 1
    while before > 0 and words[before].text in _OF and (words[before + 1].joined or words[before].elided):
        before -= 1
    return before < at - 1 and words[before + 1].joined and words[before].text.lower() in _OF_DEPARTMENTS


def with_article(words: Sequence[Word], at: int) -> str:
    """Return the English name of a place that « la » before it makes another one: dans la Vienne; else ""."""
    if not at or not words[at].joined or words[at - 1].text.lower() != "la" or not words[at].capital:
        return ""
    after = words[at + 1] if at + 1 < len(words) and words[at + 1].joined else None
    if after is not None and (after.text.lower() in _OF_TOWN or after.capital):
        return ""
    return _WITH_LA.get(folded(words[at].text), "")


def another_place(given: str, forms: Sequence[str]) -> bool:
    """Tell whether the forms of a name show that the words around it told it from another of its name."""
    key = folded(given)
    return tuple(forms) in ((plain(given),), (_WITH_LA.get(key),)) and (key in _DEPARTMENTS or key in _WITH_LA)
