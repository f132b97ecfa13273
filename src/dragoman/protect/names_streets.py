"""The names of streets: English keeps them in French (rue de la République, avenue Jean-Jaurès), type and all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.protect import names_lists as lists
from dragoman.protect.names_exonyms import exonyms
from dragoman.protect.names_words import Word, first_name, folded, plain

# The types whose names begin with them, and what English calls a street of that type in another country.
TYPES = {
    "rue": ("Street", "St", "Road"),
    "ruelle": ("Lane",),
    "avenue": ("Avenue", "Ave"),
    "boulevard": ("Boulevard", "Blvd"),
    "quai": ("Quay", "Embankment"),
    "allée": ("Alley", "Lane"),
    "allées": ("Alley", "Lane"),
    "esplanade": (),
    "square": ("Square",),
    "place": (),
}
# Names that French streets have without an article: what is called after them is none of another country.
_FRENCH = frozenset(
    map(
        folded,
        """
        Foch Hugo Jaurès Zola Pasteur Moulin Curie Briand Blum Ferry Clemenceau Leclerc Voltaire Rousseau Diderot
        Lafayette Haussmann Magenta Sébastopol Raspail Malesherbes Lecourbe Oberkampf Ordener Marcadet Montaigne Marceau
        Hoche Iéna Wagram Friedland Kellermann Ney Murat Suchet Mitterrand Gaulle Schuman Monnet Gambetta Kléber
        Masséna Carnot Garibaldi Michelet Molière Racine Thiers Poincaré Joffre Lyautey Bugeaud Mirabeau Vauban
        """.split(),
    )
)
# Squares that towns have. Others may be ranks (la place de la France dans le monde), or what a verb says (un sondage
# place Macron en tête).
_SQUARES = frozenset(
    map(
        folded,
        """
        République Nation Bastille Concorde Bourse Liberté Libération Victoire Victoires Paix Révolution Résistance
        Mairie Hôtel-de-Ville Opéra Comédie Théâtre Cathédrale Capitole Vosges Carmes Terreaux Jacobins Célestins
        Panthéon Sorbonne Contrescarpe Dauphine Clichy Grève Italie Catalogne Verdun Jaude Étoile Alma Trocadéro
        Vendôme Beauvau Bellecour Kléber Stanislas Masséna Pigalle Denfert-Rochereau Stalingrad Gambetta Wilson Foch
        Carnot Royale Guichard Sathonay Broglie Gutenberg Castellane Garibaldi Ducale Châtelet
        """.split(),
    )
)
_ABROAD = frozenset(map(folded, ("Rouge", "Saint-Pierre", "Saint-Marc", "Tahrir", "Tiananmen", "Taksim", "Syntagma")))
# What a rank is held in.
_RANK = frozenset("dans parmi au chez auprès vis-à-vis".split())
# What stands between the type and the name, and inside a name: rue du Faubourg de la Paix.
_LINKS = frozenset("de du des d' d’ la le les l' l’".split())
# A street of a town, and none that is called after it: une rue de Lyon, la grande avenue de Tunis.
_INDEFINITE = frozenset(
    """
    un une des cette ce cet ces chaque quelle quel aucune aucun toute tout autre même première premier dernière dernier
    seconde deuxième troisième principale principal grande grand petite petit vieille longue large belle simple ma mon
    sa son leur notre votre ta ton telle telles certaine
    """.split()
)
# The street has its type in its name: rue Tiergartenstraße.
_TYPED = re.compile(
    r".*(?:stra(?:ß|ss)e|gasse|allee|platz|weg|street|road|avenue|lane|drive|straat|gatan|ulica)", re.IGNORECASE
)
_DATE = re.compile(r"\d{1,2}(?:er)?(?:[-‑][^\W\d_]+(?:[-‑]\d{4})?)?")  # rue du 8-Mai-1945
_LONGEST = 9  # words


def street_end(words: Sequence[Word], at: int) -> int | None:
    """Return the end of the name of a street whose type is words[at]; None: it is none, or can't be told."""
    before = words[at - 1] if at and (words[at].joined or words[at - 1].elided) else None
    if before is not None and before.text.lower() in _INDEFINITE:
        return None
    begin = last = _linked(words, at + 1)
    while last < len(words) and last - at < _LONGEST and _attached(words, last):
        if words[last].capital and words[last].text not in lists.HONORIFICS:
            last += 1
            continue
        if last == begin and _DATE.fullmatch(words[last].text):
            last += 1
            continue
        after = _linked(words, last)
        if words[last].text == "et" and first_name(words[last - 1].text) and last > begin:
            after = last + 1  # rue Pierre et Marie Curie
        if after == last or last == begin or not _attached(words, after) or not words[after].capital:
            break
        if folded(words[after].text) in exonyms() and words[last].text.lower() in ("de", "d'", "d’"):
            break  # avenue Foch, de Paris
        last = after + 1
    if last == begin or (not any(word.capital for word in words[begin:last]) and begin == at + 1):
        return None
    if words[at].text.lower() == "place" and not _square(words, at, begin, last):
        return None
    town = " ".join(word.text for word in words[begin:last])
    if before is None or before.text.lower() in lists.DETERMINERS or begin == at + 1:
        return last
    # Without an article it is the name alone (rue de Lyon), or the middle of « dans telle rue de Lyon ».
    return None if folded(town) in exonyms() and before.text.lower() not in lists.FUNCTION_WORDS else last


def _square(words: Sequence[Word], at: int, begin: int, last: int) -> bool:
    """Tell whether « place », at words[at], is a square that has the name words[begin:last]."""
    name = [word for word in words[begin:last] if word.text not in _LINKS]
    if at and words[at - 1].text.isdigit():
        return True  # 14, place du Marché
    if folded(name[0].text) in _ABROAD or (_attached(words, last) and words[last].text in _RANK and begin > at + 1):
        return False
    if len(name) == 1 and (folded(name[0].text) in _SQUARES or _DATE.fullmatch(name[0].text)):
        return True
    if begin > at + 1:  # place du Général-Leclerc
        return "-" in name[0].text and folded(name[0].text) not in exonyms()
    return _of_france(name)


def _attached(words: Sequence[Word], at: int) -> bool:
    return 0 < at < len(words) and (words[at].joined or words[at - 1].elided)


def _linked(words: Sequence[Word], at: int) -> int:
    """Return where the words end, from words[at], that only link a name to what is before it."""
    after = at
    while _attached(words, after) and words[after].text in _LINKS and after - at < 2:
        after += 1
    return after


def is_street(name: str) -> bool:
    """Tell whether a name is that of a street: its places stay as they are (rue de Vienne)."""
    return name.split()[0].lower() in TYPES


def _of_france(name: Sequence[Word]) -> bool:
    """Tell whether the words of a name that stands without an article are those of a French street."""
    first = name[0].text
    saint = first.startswith(("Saint-", "Sainte-")) or (first == "Saint" and len(name) > 1)
    hyphened = "-" in first and first_name(first.split("-")[0])  # Jean-Jaurès
    return saint or hyphened or folded(name[-1].text) in _FRENCH | _SQUARES


def street_forms(words: Sequence[Word], given: str) -> tuple[str, ...]:
    """Return the forms of a street in English: the French one, and those that one in another country may have."""
    first = 1
    while words[first].text in _LINKS:
        first += 1
    name = plain("".join(word.text + ("" if word.elided else " ") for word in words[first:])).strip()
    given = plain(given)
    other = given[0].swapcase() + given[1:]
    alone = (name,) if _TYPED.fullmatch(name) else ()
    abroad = () if first > 1 or _of_france(words[first:]) else TYPES[words[0].text.lower()]
    return (*alone, given, other, *(f"{name} {type_}" for type_ in abroad))
