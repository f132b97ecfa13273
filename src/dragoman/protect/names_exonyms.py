"""English names of what French has names of its own for: countries, regions, cities, people.

They come from CLDR through Babel (territories, and the cities that stand for time zones), with the country names and
adjectives of data/countries.tsv, and from the built-in glossaries of places and people.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from dragoman.glossary.entry import EntryKind
from dragoman.protect.names_words import folded

# CLDR's names that are no place names in news, or are told from an everyday word or a person only by the context.
_LEFT_OUT = frozenset(
    folded(name)
    for name in (
        "Dominique|Maurice|Salvador|Canton|Détroit|Center|Showa|Enderbury|Caïmans|Petersburg [Indiana]|Marengo|Oral|"
        "ville inconnue|région indéterminée|pseudo-accents|pseudo-bidi|Nations Unies|Union européenne|zone euro|monde|"
        "Bermudes|Marquises|Montserrat|Saint-Martin|Saint-Thomas|Saint-Vincent|Saint-Christophe|Mayotte|Sainte-Lucie|"
        "Casey|Davis|Syowa|Palmer|Troll|Vostok|Rothera|Jujuy|Knox|Phoenix|Easter"
    ).split("|")
)
# Other right forms: a second place of the name, or another spelling.
_FORMS = {
    "Vienne": "Vienna|Vienne|Viennese",
    "Grenade": "Granada|Grenada",
    "Mexico": "Mexico City|Mexico|Mexican",
    "Réunion": "Réunion|Reunion|La Réunion",
    "La Réunion": "Réunion|Reunion|La Réunion|Reunion Island",
    "Île Maurice": "Mauritius|Mauritian",
    "São Paulo": "São Paulo|Sao Paulo",
    "Sao Paulo": "São Paulo|Sao Paulo",
    "Virginie": "Virginia|Virginie",
    "Maryland": "Maryland",
    "Pékin": "Beijing|Peking|Chinese",
    "Kiev": "Kyiv|Kiev",
    "Odessa": "Odesa|Odessa",
    "Bombay": "Mumbai|Bombay",
    "Calcutta": "Kolkata|Calcutta",
    "Rangoun": "Yangon|Rangoon",
    "Moscou": "Moscow|Muscovite",
    "Nouvelle-Delhi": "New Delhi|Delhi",
    "New Delhi": "New Delhi|Delhi",
    "Hong Kong": "Hong Kong",
    "Macao": "Macau|Macao",
    "Corée": "Korea|Korean|South Korea|North Korea",
    "Québec": "Quebec|Québec|Quebec City|Quebecois|Québécois",
    "Montréal": "Montreal|Montréal",
    "Bâle": "Basel|Basle",
    "Berne": "Bern|Berne|Bernese",
    "Vatican": "Vatican|Holy See",
    "Bruxelles": "Brussels",
    "Genève": "Geneva|Genevan",
    "Gand": "Ghent",
    "Londres": "London|Londoner|Londoners",
    "Rome": "Rome|Roman",
    "Venise": "Venice|Venetian",
    "Athènes": "Athens|Athenian",
    "Paris": "Paris|Parisian|Parisians",
    "Berlin": "Berlin|Berliner|Berliners",
    "Catalogne": "Catalonia|Catalan|Catalans",
    "Bavière": "Bavaria|Bavarian",
    "Écosse": "Scotland|Scottish|Scots|Scot|Scotch",
    "Angleterre": "England|English|Englishman|Britain|British",
    "Pays de Galles": "Wales|Welsh",
    "Irlande du Nord": "Northern Ireland|Northern Irish",
    "Californie": "California|Californian",
    "Bretagne": "Brittany|Breton",
    "Normandie": "Normandy|Norman",
    "Corse": "Corsica|Corsican",
    "Sicile": "Sicily|Sicilian",
    "Sardaigne": "Sardinia|Sardinian",
    "Sibérie": "Siberia|Siberian",
    "Cachemire": "Kashmir|Kashmiri",
    "Tchétchénie": "Chechnya|Chechen",
    "Crimée": "Crimea|Crimean",
    "Flandre": "Flanders|Flemish",
    "Wallonie": "Wallonia|Walloon",
    "Toscane": "Tuscany|Tuscan",
    "Bourgogne": "Burgundy|Bourgogne|Burgundian",
    "Tchécoslovaquie": "Czechoslovakia|Czechoslovak|Czechoslovakian",
    "Yougoslavie": "Yugoslavia|Yugoslav",
    "Union soviétique": "Soviet Union|Soviet|USSR",
    "Prusse": "Prussia|Prussian",
    "Perse": "Persia|Persian",
    "Asie": "Asia|Asian|Asians",
    "Europe": "Europe|European|Europeans",
    "Afrique": "Africa|African|Africans",
    "Amérique": "America|American|Americas|US|United States|USA",
    "Océanie": "Oceania",
    "Palestine": "Palestine|Palestinian|Palestinians",
    "Scandinavie": "Scandinavia|Scandinavian",
}
# Places that both languages call the same and that are French words, too: names where no sentence begins with them.
_ALSO_WORDS = (
    "Accra Boston Bourges Bristol Brive Calais Cambrai Cannes Cantal Castres Chalon Champagne Colombes Creuse Dakota "
    "Delaware Derby Digne Dole Dreux Durance Florence Fougères Gaza Gironde Grasse Guéret Indus Issoire Java Jura Lima "
    "Limoges Liège Loire Lorraine Marne Menton Milan Moselle Moulins Natal Orne Oxford Pantin Porto Privas Provence "
    "Provins Périgueux Quimper Rabat Rennes Rodez Saintes Sarcelles Sceaux Seine Sens Somme Sèvres Tours Tulle Vannes "
    "Vichy Vitré Évreux"
).split()


@dataclass(frozen=True, slots=True)
class Exonym:
    """What a French name is in English: the right forms, the preferred first."""

    french: str
    forms: tuple[str, ...]
    domain: str = "places"  # as in the glossaries: places, people, organizations; or "words"

    @property
    def person(self) -> bool:
        """Whether it is a name of a person."""
        return self.domain == "people"

    def capitals_as_in(self, given: str) -> bool:
        """Tell whether a spelling has all the capitals that the name has: La réunion is none of La Réunion."""
        if len(given) != len(self.french) or given[1:3] == "l-":  # al-Qaïda, Al-Qaïda
            return True
        return all(one.isupper() or not other.isupper() for one, other in zip(given, self.french, strict=True))


@functools.cache
def exonyms() -> dict[str, Exonym]:
    """Return the names by their `folded` French spelling. A French name that English shares is among them (Canada)."""
    found: dict[str, Exonym] = {}

    def add(french: str, forms: Iterable[str], domain: str = "places") -> None:
        key = folded(french)
        if key not in _LEFT_OUT:
            known = found.get(key)
            # Of Arabie Saoudite and Arabie saoudite, the one with fewer capitals: it stands for both.
            spelling = min(french, known.french, key=lambda name: sum(map(str.isupper, name))) if known else french
            found[key] = Exonym(spelling, tuple(dict.fromkeys([*(known.forms if known else ()), *forms])), domain)

    for french, english in _FORMS.items():
        add(french, english.split("|"))
    for name in _ALSO_WORDS:
        add(name, (name,), "words")
    for french, forms in _countries():
        add(french, forms)
    for french, english in _cities():
        # CLDR leaves out accents that newspapers write: São Paulo.
        add(french, (french, english) if folded(french) == folded(english) else (english,))
    for french, forms, domain in _glossaries():
        add(french, forms, domain)
    return found


def is_place(given: str) -> bool:
    """Tell whether a French name is that of a place which English has, or shares."""
    known = exonyms().get(folded(given))
    return known is not None and known.domain == "places"


def _countries() -> Iterable[tuple[str, list[str]]]:
    from babel import Locale

    french, english = Locale("fr").territories, Locale("en").territories
    more: dict[str, tuple[list[str], str]] = {}
    for line in files("dragoman.protect").joinpath("data/countries.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            territory, others, adjectives = line.split("\t")
            more[territory] = ([name for name in others.split("|") if name], adjectives)
    for code, name in french.items():
        if code not in english or code in ("EU", "EZ", "UN", "QO", "001", "ZZ"):
            continue
        names, forms = more.get(code, ([], ""))
        cldr = english[code].replace("’", "'").replace(" & ", " and ").replace("St.", "Saint")
        given = [form for form in forms.removeprefix("=").split("|") if form]
        all_forms = [*given, cldr] if forms.startswith("=") else [cldr, *given]
        if cldr.startswith("Saint "):
            all_forms.insert(0, cldr.replace("Saint ", "St. "))
        for each in (name.replace("’", "'"), *names):
            if "(" not in each:
                yield each, all_forms


def _cities() -> Iterable[tuple[str, str]]:
    from babel import Locale

    french, english = Locale("fr").time_zones, Locale("en").time_zones
    for zone in french.keys() | english.keys():
        there = english.get(zone, {}).get("city") or zone.split("/")[-1].replace("_", " ")
        here = french.get(zone, {}).get("city") or there
        if "/" in zone and not re.search(r"[\[(,\d]|GMT", here + there):
            yield here.replace("’", "'"), there.replace("’", "'")


def unlisted_acronym(acronym: str) -> bool:
    """Tell whether an acronym isn't among those of the built-in glossary that English has another word for."""
    return folded(acronym) not in _translated_acronyms()


@functools.cache
def _translated_acronyms() -> frozenset[str]:
    from dragoman.glossary.resolve import builtins
    from dragoman.glossary.table import load

    path = builtins().get("acronyms")
    entries = load(path) if path else []
    return frozenset(folded(entry.source) for entry in entries if folded(entry.source) != folded(entry.target))


# French spellings of sounds in names of other scripts, and English ones. Each rule is tried on the result of those
# before it; where English writes a sound in two ways, both are made.
_FOREIGN = re.compile(r"ï|tch[aeioé]|tchouk|vitch$|(?:ou|ch|i).*(?:ev|ov|ova|eva|ine|enko|ski)$|(?:k|g)h.*ou|ou.*[kg]h")
_ENGLISH_SOUNDS = (
    (r"(?<![cst])ch(?=[aeiouï])", ("sh", "ch")),
    (r"tch", ("ch",)),
    (r"gu(?=[eéiï])", ("g",)),
    (r"iou", ("yu",)),
    (r"ou", ("u",)),
    (r"eï", ("ei", "ey")),
    (r"ï", ("i", "y")),
    (r"é", ("e",)),
    (r"ski$", ("sky", "ski")),
    (r"ine$", ("in",)),
)


@functools.lru_cache(maxsize=4096)
def transliterations(name: str) -> tuple[str, ...]:
    """Return how English may write a name that French spells by the sounds of another script: Lioubov, Lyubov.

    Only names that look as if they did are changed. The rules follow the romanisations of both countries' press for
    Russian, Ukrainian and Arabic; they do not cover every letter.
    """
    words = [
        _spellings(word)
        if "-" not in word and _FOREIGN.search(word.lower()) and word not in _FRENCH_FIRST_NAMES
        else (word,)
        for word in name.split()
    ]
    most = max(map(len, words), default=1)
    forms = [" ".join(spelling[min(i, len(spelling) - 1)] for spelling in words) for i in range(most)]
    return tuple(form for form in dict.fromkeys(forms) if form != name)


_FRENCH_FIRST_NAMES = frozenset("Loïc Anaïs Héloïse Eloïse Éloïse Aïcha Aïssata Aïssa Thaïs Moïse Maïa Zaïa".split())


def _spellings(word: str) -> tuple[str, ...]:
    if "-" in word or word in _FRENCH_FIRST_NAMES or not _FOREIGN.search(word.lower()):
        return (word,)
    spellings = [word.lower()]
    for pattern, replacements in _ENGLISH_SOUNDS:
        spellings = [re.sub(pattern, new, spelling) for spelling in spellings for new in replacements]
    return tuple(dict.fromkeys(spelling.capitalize() for spelling in spellings))[:6]


def _glossaries() -> Iterable[tuple[str, list[str], str]]:
    from dragoman.glossary.resolve import builtins
    from dragoman.glossary.table import load

    paths = builtins()
    for name in ("places-and-exonyms", "geography", "organizations", "people"):
        if name not in paths:
            continue
        forms: dict[tuple[str, str], list[str]] = {}
        for entry in load(paths[name]):
            if entry.in_force and entry.pos == "name" and entry.kind is not EntryKind.FORBIDDEN:
                forms.setdefault((entry.source, entry.domain), []).append(entry.target)
        for (french, domain), english in forms.items():
            yield french, english, domain
