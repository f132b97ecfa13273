"""The forms of French words: plural and feminine of nouns and adjectives, the forms of verbs.

The rules are those of the grammars (Grevisse and Goosse, *Le Bon Usage*). The forms are used to find a term in a text,
not to write French: where a word's class cannot be seen (final: finals or finaux), all candidates are given, unless one
is a common word of its own. How they compare with a lexicon is measured by tests/bench/matching.py.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from dragoman.glossary.entry import fold


class Tense(StrEnum):
    """What English form a form of a French verb asks for."""

    BASE = "base"  # infinitive, future, conditional, imperative, plural of the present
    PRESENT = "present"  # third person singular: resigns
    PAST = "past"
    PARTICIPLE = "participle"
    GERUND = "gerund"


class Form(NamedTuple):
    """One form of a word, in the case of the word. A form that is both (prix) is given as the singular alone."""

    text: str
    plural: bool = False
    feminine: bool = False
    tense: Tense | None = None


class WordClass(StrEnum):
    """How a word of a term inflects."""

    FIXED = "fixed"  # not at all
    NUMBER = "number"  # as a noun in a complement: chiffre d'affaire(s)
    NOUN = "noun"  # also in the feminine, if it is the word for a person
    ADJECTIVE = "adjective"
    ACRONYM = "acronym"  # PMEs, Ehpads
    VERB = "verb"


# Prepositions, articles and conjunctions, elided ones with their apostrophe: they do not inflect. In a term, what
# follows a preposition is the complement.
PREPOSITIONS = frozenset(
    "d' de des du à au aux en par pour sur sous sans avec contre entre chez vers dans hors ès lez lès".split()
)
FUNCTION_WORDS = PREPOSITIONS | frozenset(
    "l' le la les un une et ou ni que qu' qui ne n' se s' y non pas plus très soi lui elle eux on il je tu nous vous"
    " ce c' cet cette ces son sa ses leur a été est sont être".split()
)

_PLURALS = {
    "oeil": ("yeux",),
    "ciel": ("cieux", "ciels"),
    "aïeul": ("aïeuls", "aïeux"),
    "monsieur": ("messieurs",),
    "madame": ("mesdames",),
    "mademoiselle": ("mesdemoiselles",),
    "bonhomme": ("bonshommes",),
    "gentilhomme": ("gentilshommes",),
    "maximum": ("maximums", "maxima"),
    "minimum": ("minimums", "minima"),
    "média": ("médias",),
}
_AL_S = frozenset(
    "aval bal bancal cal carnaval cérémonial chacal choral fatal festival mistral narval natal naval pal récital"
    " régal serval".split()
)
_AL_BOTH = frozenset("austral banal boréal causal étal final glacial idéal jovial marial pascal tonal val".split())
_AIL_AUX = frozenset("bail corail émail fermail soupirail travail vantail vitrail".split())
_OU_X = frozenset("bijou caillou chou genou hibou joujou pou".split())
_EU_S = frozenset("bleu émeu enfeu landau pneu sarrau".split())

_FEMININES = {
    "beau": ("belle",),
    "nouveau": ("nouvelle",),
    "vieux": ("vieille",),
    "fou": ("folle",),
    "mou": ("molle",),
    "blanc": ("blanche",),
    "franc": ("franche", "franque"),
    "sec": ("sèche",),
    "frais": ("fraîche",),
    "doux": ("douce",),
    "faux": ("fausse",),
    "roux": ("rousse",),
    "long": ("longue",),
    "oblong": ("oblongue",),
    "bénin": ("bénigne",),
    "malin": ("maligne",),
    "favori": ("favorite",),
    "grec": ("grecque",),
    "tiers": ("tierce",),
    "gentil": ("gentille",),
    "nul": ("nulle",),
    "gros": ("grosse",),
    "gras": ("grasse",),
    "bas": ("basse",),
    "las": ("lasse",),
    "épais": ("épaisse",),
    "exprès": ("expresse",),
    "métis": ("métisse",),
    "coi": ("coite",),
    "chef": ("cheffe",),
    "maître": ("maîtresse",),
    "maire": ("mairesse", "maire"),
    "prince": ("princesse",),
    "docteur": ("docteure", "doctoresse"),
    "auteur": ("auteure", "autrice"),
    "copain": ("copine",),
    "compagnon": ("compagne",),
    "héros": ("héroïne",),
    "ambassadeur": ("ambassadrice",),
    "empereur": ("impératrice",),
    "ingénieur": ("ingénieure",),
}
# Adjectives that stand before their noun, so that the noun is the second word of the term.
_BEFORE_NOUN = frozenset(
    "ancien bas beau bel bon deuxième double faux franc futur grand gros haut jeune libre long mauvais meilleur"
    " nouveau nouvel petit pire plein plus premier proche quasi quatrième second seul simple troisième vieil vieux"
    " vrai".split()
)
# Words for persons whose ending does not tell that they are.
_PERSONS = frozenset(
    "adjoint allemand ambassadeur ami amiral apprenti artisan auteur avocat bachelier baron bourgeois bourguignon"
    " breton cadet candidat caporal champion chef chrétien citoyen civil clandestin client colonel commercial"
    " commis compagnon concitoyen conjoint consul converti copain cousin délinquant détenu disparu docteur doyen"
    " élu empereur ennemi époux espagnol espion exclu expert favori général gréviste héros inconnu inscrit"
    " insoumis juif lauréat letton libéral lion magistrat maire maître marchand maréchal marginal mort musulman"
    " orphelin partisan patron paysan pendu piéton préfet prévenu prince repenti rival saint saxon soldat"
    " substitut suspect vaincu vétéran veuf vigneron voisin wallon".split()
)
_PERSON_ENDING = re.compile(
    r"(?:eur|[^t]ien|[ïyp]tien|éen|[^m]ent|.{3}ant|.{3}i?er|.{4}ain|.{3}[oa]is|if|eux|.{3}é|[ni]el)$"
)
# Endings as above on words for things, whose feminine would be another word: entretien, entretienne.
_THINGS = frozenset(
    "accident actif amer argent arrêté biais bien bois carré cent charnier collectif communiqué corrigé courant"
    " crier défilé délibéré dispositif effectif énoncé entretien exposé frais glacier harnais imprimé instant lien"
    " maintien marais massif matériel mois montant motif moyen objectif palais passif plant potentiel prier"
    " procédé refrain relais relevé restaurant résumé rien soutien tarif terrain tracé traité vent".split()
)


@functools.cache
def forms(word: str, word_class: WordClass) -> tuple[Form, ...]:
    """Return the forms of a word, itself first, each text once.

    Args:
        word: A word of a term, in the form that `entry.normal` gives it and its own case, without hyphen. A feminine
            or plural word is taken as it is.
        word_class: How it inflects.

    """
    match word_class:
        case WordClass.FIXED:
            found: Iterable[Form] = ()
        case WordClass.ACRONYM:
            found = [Form(word + "s", plural=True)]
        case WordClass.VERB:
            found = _verb_forms(word)
        case _:
            feminine = () if word_class is WordClass.NUMBER else _feminines(word, noun=word_class is WordClass.NOUN)
            found = [Form(text, plural=True) for text in plurals(word)]
            if word_class is WordClass.NUMBER and len(word) > 3 and word.endswith("s"):
                found += [Form(word[:-1])]
            found += [Form(text, feminine=True) for text in feminine]
            found += [Form(p, plural=True, feminine=True) for text in feminine for p in plurals(text)]
    unique = {word: Form(word, tense=Tense.BASE if word_class is WordClass.VERB else None)}
    for form in found:
        text = form.text[0].upper() + form.text[1:] if word[0].isupper() else form.text
        unique.setdefault(text, form._replace(text=text))
    return tuple(unique.values())


@functools.lru_cache(maxsize=1 << 17)
def stem(key: str) -> str:
    """Return what all forms of a noun or adjective have in common, and hardly any other word has.

    As in the stemmers of Savoy (*Light Stemming Approaches for the French, Portuguese, German and Hungarian Languages*,
    2006), but made to agree with `forms`: whatever class of noun or adjective a word is taken for, its forms have its
    stem.

    Args:
        key: A word without case, accents and ligatures.

    """
    return _irregular_stems().get(key) or _regular_stem(key)


def _regular_stem(key: str) -> str:
    short = key.rstrip("esx")
    if len(short) < 2:
        return key[:2]
    short = _undoubled(short)
    for ending, same in _SAME_ENDINGS:
        if short.endswith(ending):
            short = short[: -len(ending)] + same
    return _undoubled(short)


def _undoubled(word: str) -> str:
    return word.rstrip(word[-1]) + word[-1]  # bonn(e), bon


# Endings of masculine and feminine, singular and plural, after the removal of e, s and x; replaced one after the other.
_SAME_ENDINGS = (
    ("cqu", "c"),
    ("qu", "c"),
    ("ch", "c"),
    ("gu", "g"),
    ("v", "f"),
    ("y", "i"),
    ("eau", "el"),
    ("eal", "el"),
    ("au", "al"),
    ("ail", "al"),
    ("eur", "eu"),
    ("tric", "teu"),
    ("men", "man"),
)


@functools.cache
def _irregular_stems() -> dict[str, str]:
    """Return the stems of forms whose endings don't show it: yeux, folle."""
    stems = {}
    for word in (*_PLURALS, *_FEMININES):
        wanted = _regular_stem(fold(word))
        for form in forms(word, WordClass.ADJECTIVE):
            if _regular_stem(fold(form.text)) != wanted:
                stems[fold(form.text)] = wanted
    return stems


def word_classes(words: Sequence[str], pos: str, *, exact: bool) -> list[WordClass]:
    """Return how each word of a term inflects.

    Words up to the first preposition are the head with its adjectives; they inflect in number and gender. The noun
    right after a preposition is left its gender, and its number may vary, as it does in the press (taux
    d'intérêt(s)). What follows that noun may agree with the head again (projets de loi constitutionnels).

    Args:
        words: In the form that `entry.normal` gives them and their own case; elided ones end in an apostrophe.
        pos: The part of speech of the entry, or "".
        exact: Whether the case of the letters counts, as it does for acronyms.

    """
    if pos == "adverb" or (pos == "name" and len(words) == 1 and not words[0].isupper()):
        return [WordClass.FIXED] * len(words)
    classes: list[WordClass] = []
    head = True
    for index, word in enumerate(words):
        before = words[index - 1].lower() if index else ""
        if word.lower() in FUNCTION_WORDS and (len(words) > 1 or word.endswith("'")):
            head = head and word.lower() not in PREPOSITIONS
            classes.append(WordClass.FIXED)
        elif not word.replace("'", "").isalpha():  # prud'homme is a word
            classes.append(WordClass.FIXED)
        elif pos == "verb" and WordClass.VERB not in classes:
            classes.append(WordClass.VERB)
            head = False
        elif exact and word.isupper() and len(word) > 1:
            classes.append(WordClass.ACRONYM)
        elif not head and before in FUNCTION_WORDS:
            classes.append(WordClass.NUMBER)
        elif pos == "adjective":
            classes.append(WordClass.ADJECTIVE)
        elif index == 0:
            adjective = len(words) > 1 and word.lower() in _BEFORE_NOUN
            classes.append(WordClass.ADJECTIVE if adjective else WordClass.NOUN)
        elif before in _BEFORE_NOUN and len(words) == 2:
            classes.append(WordClass.NOUN)
        else:
            classes.append(WordClass.ADJECTIVE)
    return classes


def plurals(word: str) -> tuple[str, ...]:
    """Return the plural of a noun or adjective, or all the forms that it may have."""
    lower = word.lower()
    if lower in _PLURALS:
        return _PLURALS[lower]
    if lower.endswith(("s", "x", "z")):
        return (word,)
    stem = word[:-2]
    if lower.endswith("al"):
        if lower in _AL_S:
            return (word + "s",)
        return (stem + "aux", word + "s") if lower in _AL_BOTH else (stem + "aux",)
    if lower in _AIL_AUX:
        return (word[:-3] + "aux",)
    if (lower.endswith(("au", "eu")) and lower not in _EU_S) or lower in _OU_X:
        return (word + "x",)
    if lower.endswith("man") and len(word) > 4:  # barman, wattman
        return (word + "s", stem + "en")
    if lower.endswith(("ch", "sh", "ss")):  # match, flash: from English
        return (word + "s", word + "es")
    if lower.endswith("y") and lower[-2:-1] not in "aeouy":  # lobby
        return (word + "s", word[:-1] + "ies")
    return (word + "s",)


def _feminines(word: str, *, noun: bool) -> tuple[str, ...]:
    lower = word.lower()
    if noun and lower not in _PERSONS and (lower in _THINGS or not _PERSON_ENDING.search(lower)):
        return ()
    if lower in _FEMININES:
        return _FEMININES[lower]
    if lower.endswith("e"):
        return ()
    stem = word[:-2]
    match lower[-2:]:
        case "au":
            return (word[:-3] + "elle",) if lower.endswith("eau") else (word + "e",)
        case "el" | "en" | "on" | "ul":
            return (word + word[-1] + "e", word + "e") if lower.endswith("ul") else (word + word[-1] + "e",)
        case "il":
            return (word + "le",) if lower.endswith("eil") else (word + "e",)
        case "et":
            return (word + "te", stem + "ète")
        case "ot":
            return (word + "e", word + "te")
        case "er":
            return (stem + "ère",)
        case "an":
            return (word + "e", word + "ne")
        case "ur" if lower.endswith("teur"):
            return (word[:-3] + "rice", word[:-1] + "se", word + "e")
        case "ur" if lower.endswith("eur"):
            return (word[:-1] + "se", word + "e")
    match lower[-1]:
        case "f" if not lower.endswith("ff"):
            return (word[:-1] + "ve",)
        case "x":
            return (word[:-1] + "se",)
        case "c":
            return (word[:-1] + "que", word + "he")
        case "g":
            return (word + "ue",)
        case "u" if lower.endswith("gu"):
            return (word + "ë", word[:-1] + "üe")
    return (word + "e",)


# Endings of regular verbs (Le Bon Usage, §§ 793-800), by the English form that they ask for.
_FUTURE = (
    "ai as a ons ez ont".split(),
    "ais ait ions iez aient".split(),
)
_FIRST = {
    Tense.PRESENT: "e".split(),
    Tense.BASE: "es ons ez ent".split(),
    Tense.PAST: "ais ait ions iez aient ai as a âmes âtes èrent".split(),
    Tense.PARTICIPLE: "é ée és ées".split(),
    Tense.GERUND: "ant".split(),
}
_SECOND = {
    Tense.PRESENT: "it".split(),
    Tense.BASE: "is issons issez issent isse isses".split(),
    Tense.PAST: "issais issait issions issiez issaient irent".split(),
    Tense.PARTICIPLE: "i ie ies".split(),
    Tense.GERUND: "issant".split(),
}
# Irregular verbs that news is full of, and their compounds: the infinitive's ending; the present: third person, first
# person plural, third person plural, all without what the compounds put before; past participle; future stem; simple
# past. After Le Bon Usage, §§ 811-847.
_IRREGULAR = (
    ("mettre", "met", "mettons", "mettent", "mis", "mettr", "mit"),
    ("prendre", "prend", "prenons", "prennent", "pris", "prendr", "prit"),
    ("faire", "fait", "faisons", "font", "fait", "fer", "fit"),
    ("tenir", "tient", "tenons", "tiennent", "tenu", "tiendr", "tint"),
    ("venir", "vient", "venons", "viennent", "venu", "viendr", "vint"),
    ("voir", "voit", "voyons", "voient", "vu", "verr", "vit"),
    ("pourvoir", "pourvoit", "pourvoyons", "pourvoient", "pourvu", "pourvoir", "pourvut"),
    ("cevoir", "çoit", "cevons", "çoivent", "çu", "cevr", "çut"),
    ("suivre", "suit", "suivons", "suivent", "suivi", "suivr", "suivit"),
    ("vivre", "vit", "vivons", "vivent", "vécu", "vivr", "vécut"),
    ("écrire", "écrit", "écrivons", "écrivent", "écrit", "écrir", "écrivit"),
    ("scrire", "scrit", "scrivons", "scrivent", "scrit", "scrir", "scrivit"),
    ("dire", "dit", "disons", "disent", "dit", "dir", "dit"),
    ("lire", "lit", "lisons", "lisent", "lu", "lir", "lut"),
    ("duire", "duit", "duisons", "duisent", "duit", "duir", "duisit"),
    ("truire", "truit", "truisons", "truisent", "truit", "truir", "truisit"),
    ("clure", "clut", "cluons", "cluent", "clu", "clur", "clut"),
    ("battre", "bat", "battons", "battent", "battu", "battr", "battit"),
    ("soudre", "sout", "solvons", "solvent", "sous", "soudr", "solut"),
    ("indre", "int", "ignons", "ignent", "int", "indr", "ignit"),
    ("raître", "raît", "raissons", "raissent", "ru", "raîtr", "rut"),
    ("naître", "naît", "naissons", "naissent", "né", "naîtr", "naquit"),
    ("connaître", "connaît", "connaissons", "connaissent", "connu", "connaîtr", "connut"),
    ("ouvrir", "ouvre", "ouvrons", "ouvrent", "ouvert", "ouvrir", "ouvrit"),
    ("ffrir", "ffre", "ffrons", "ffrent", "ffert", "ffrir", "ffrit"),
    ("courir", "court", "courons", "courent", "couru", "courr", "courut"),
    ("quérir", "quiert", "quérons", "quièrent", "quis", "querr", "quit"),
    ("mourir", "meurt", "mourons", "meurent", "mort", "mourr", "mourut"),
    ("partir", "part", "partons", "partent", "parti", "partir", "partit"),
    ("sortir", "sort", "sortons", "sortent", "sorti", "sortir", "sortit"),
    ("servir", "sert", "servons", "servent", "servi", "servir", "servit"),
    ("sentir", "sent", "sentons", "sentent", "senti", "sentir", "sentit"),
    ("mentir", "ment", "mentons", "mentent", "menti", "mentir", "mentit"),
    ("aller", "va", "allons", "vont", "allé", "ir", "alla"),
    ("avoir", "a", "avons", "ont", "eu", "aur", "eut"),
    ("être", "est", "sommes", "sont", "été", "ser", "fut"),
    ("savoir", "sait", "savons", "savent", "su", "saur", "sut"),
    ("devoir", "doit", "devons", "doivent", "dû", "devr", "dut"),
    ("ndre", "nd", "ndons", "ndent", "ndu", "ndr", "ndit"),
    ("rdre", "rd", "rdons", "rdent", "rdu", "rdr", "rdit"),
    ("ompre", "ompt", "ompons", "ompent", "ompu", "ompr", "ompit"),
    ("vaincre", "vainc", "vainquons", "vainquent", "vaincu", "vaincr", "vainquit"),
    ("cueillir", "cueille", "cueillons", "cueillent", "cueilli", "cueiller", "cueillit"),
    ("traire", "trait", "trayons", "traient", "trait", "trair", "trait"),
    ("croître", "croît", "croissons", "croissent", "cru", "croîtr", "crut"),
    ("fuir", "fuit", "fuyons", "fuient", "fui", "fuir", "fuit"),
)


def _verb_forms(infinitive: str) -> Iterator[Form]:
    """Yield the forms of a verb; those of an irregular verb that is not in the table are its infinitive alone."""
    endings = max((row for row in _IRREGULAR if infinitive.endswith(row[0])), key=lambda row: len(row[0]), default=None)
    if endings:
        start = infinitive.removesuffix(endings[0])
        yield from _irregular_forms(*(start + part for part in endings[1:]))
    elif infinitive.endswith("er"):
        stem = infinitive[:-2]
        for changed in _stems(stem):
            for tense, table in _FIRST.items():
                yield from _participles(changed + "é") if tense is Tense.PARTICIPLE else _made(changed, table, tense)
            for future in _FUTURE:
                yield from _made(changed + "er", future, Tense.BASE)
        for future in _FUTURE:
            yield from _made(infinitive, future, Tense.BASE)
    elif infinitive.endswith("ir"):
        stem = infinitive[:-2]
        for tense, table in _SECOND.items():
            yield from _participles(stem + "i") if tense is Tense.PARTICIPLE else _made(stem, table, tense)
        for future in _FUTURE:
            yield from _made(infinitive, future, Tense.BASE)


def _stems(stem: str) -> set[str]:
    """Return the spellings of the stem of a verb in -er: lanc, lanç; abrog, abroge; appel, appell; lev, lèv."""
    stems = {stem}
    if stem.endswith("c"):
        stems.add(stem[:-1] + "ç")
    elif stem.endswith("g"):
        stems.add(stem + "e")
    elif stem.endswith("y"):
        stems.add(stem[:-1] + "i")
    elif stem.endswith(("el", "et")):
        stems.add(stem + stem[-1])
    grave = re.sub(r"[eé]([^aeiouyéè]{1,2})$", r"è\1", stem)
    stems.add(grave)
    if grave.endswith("g"):
        stems.add(grave + "e")
    return stems


def _irregular_forms(
    third: str, first_plural: str, third_plural: str, participle: str, future: str, past: str
) -> Iterator[Form]:
    stem = first_plural.removesuffix("ons")
    yield Form(third, tense=Tense.PRESENT)
    subjunctive = third_plural.removesuffix("nt")
    yield from (Form(text, tense=Tense.BASE) for text in (first_plural, third_plural, stem + "ez", subjunctive))
    yield from _participles(participle)
    yield Form(past, tense=Tense.PAST)
    yield Form((past[:-1] if past.endswith("t") else past) + "rent", tense=Tense.PAST)
    yield from _made(stem, _FUTURE[1], Tense.PAST)  # the imperfect has the endings of the conditional
    yield Form(stem + "ant", tense=Tense.GERUND)
    for endings in _FUTURE:
        yield from _made(future, endings, Tense.BASE)


def _participles(masculine: str) -> Iterator[Form]:
    plural = masculine if masculine.endswith("s") else masculine + "s"
    feminine = masculine[:-1] + "te" if masculine.endswith("sous") else masculine.replace("dû", "du") + "e"
    yield Form(masculine, tense=Tense.PARTICIPLE)
    yield Form(feminine, feminine=True, tense=Tense.PARTICIPLE)
    yield Form(plural, plural=True, tense=Tense.PARTICIPLE)
    yield Form(feminine + "s", plural=True, feminine=True, tense=Tense.PARTICIPLE)


def _made(stem: str, endings: Iterable[str], tense: Tense) -> Iterator[Form]:
    return (Form(stem + ending, tense=tense) for ending in endings)
