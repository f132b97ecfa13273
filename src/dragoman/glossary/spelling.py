"""American and British spelling of English words, by rules with their exceptions.

Where a word is right in both (advertise, analyses, license, meter), it says nothing about the variety of a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import NamedTuple


class Spelling(StrEnum):
    """The varieties, named as locales."""

    US = "en-US"
    GB = "en-GB"


class _Rule(NamedTuple):
    """A word is `stem`, then the `british` or `american` letters, then one of the `endings`: patterns in lower case."""

    stem: str
    british: str
    american: str
    endings: str
    british_only: bool = False  # the American form is a British word, too


def _any(words: str) -> str:
    return f"(?:{'|'.join(words.split())})"


_IZE_ENDINGS = "(?:e|ed|er|ers|es|ing|able|ation|ations|ational)"

# Stems of words that have -ise, or -ize, in both.
_NOT_IZE = _any(
    "adv advert an appr ar ass caps cer chast chem circumc compr comprom conc cr dem desp dev disenfranch downs"
    " enfranch enterpr exc exerc expert fr franch improv inc ir merchand mids moonr mort outs overs parad pr pract prec"
    " prem prom repr res rev rights se sunr superv surm surpr telev treat unders upr ups val .*w .*[aou]"
)

_RULES = (
    # Not -ous, -ary, -ation, -ist: humorous, honorary, coloration, humorist.
    _Rule(
        _any(
            "ard arm behavi cand clam col demean discol dishon enam endeav fav ferv flav harb hon hum lab misdemean"
            " neighb od parl ranc rig rum savi sav splend succ tum val vap vig"
        ),
        "our",
        "or",
        "(?:s|ed|er|ers|ing|able|ably|ful|fully|less|ite|ites|hood|hoods|ly|y|al|ally)?",
    ),
    # Not meter, a device in both.
    _Rule(
        _any("calib cent centimet fib goit kilomet lit lust meag millimet mit sab sepulch somb spect theat"),
        "re",
        "er",
        "(?:s|goer|goers|glass|piece|pieces)?",
    ),
    _Rule("cent", "r", "er", "(?:ed|ing)"),
    _Rule(rf"(?!(?:re|un)?{_NOT_IZE}i[sz]{_IZE_ENDINGS}$).{{2,}}", "is", "iz", _IZE_ENDINGS),
    _Rule(_any("anal breathal catal dial electrol hydrol paral psychoanal"), "ys", "yz", "(?:e|ed|er|ers|ing)"),
    _Rule(_any("anal catal"), "ogue", "og", "s?"),
    _Rule(_any("def off pret"), "ence", "ense", "(?:s|less)?"),
    _Rule(
        _any(
            "cance channe counse dia due equa fue funne grove jewe labe leve libe marve mode pane peda penci quarre"
            " riva shove signa tota trave tunne unrave"
        ),
        "ll",
        "l",
        "(?:ed|er|ers|ing|ist|ists|or|ors|ous|ously)",
    ),
    _Rule(_any("distil enrol fulfil"), "", "l", "s?"),
    _Rule(_any("enrol fulfil instal"), "", "l", "(?:ment|ments)"),
    _Rule(_any("skil wil"), "", "l", "(?:ful|fully)"),
    _Rule("", "anaesth", "anesth", ".*"),
    _Rule(_any("an hypoglyc isch leuk septic"), "aemi", "emi", ".*"),
    _Rule("h", "aemo", "emo", "(?:dial|glob|phil|rrh|stat).*"),
    _Rule(_any("ortho"), "paed", "ped", "(?:ic|ics|ist|ists)"),
    _Rule("p", "aed", "ed", "(?:iatr|ophil).*"),
    _Rule("gyn", "aec", "ec", "olog.*"),
    _Rule("f", "oet", "et", "(?:al|us|uses)"),
    _Rule("", "oe", "e", "(?:strogen|sophag).*"),
    _Rule("diarrh", "oea", "ea", ""),
    _Rule("man", "oeuvre", "euver", "s?"),
    _Rule("man", "oeuvr", "euver", "(?:ed|ing|able)"),
    _Rule("alumin", "ium", "um", ""),
    _Rule("art", "e", "i", "(?:fact|facts)"),
    _Rule("", "ageing", "aging", ""),
    _Rule("co", "s", "z", "(?:y|ier|iest)"),
    _Rule("gr", "e", "a", "(?:y|ys|ed|ing)"),
    _Rule("jewel", "le", "", "ry"),
    _Rule("m", "ou", "o", "(?:ld|lds|lded|lding|ldy)"),
    _Rule("m", "ou", "u", "(?:stache|staches)"),
    _Rule("pl", "ough", "ow", "(?:s|ed|ing)?"),
    _Rule("p", "y", "a", "jamas"),
    _Rule("s", "c", "k", "(?:eptic|eptics|eptical|epticism)"),
    _Rule("sul", "ph", "f", "(?:ur|uric|ate|ates|ide|ides)"),
    _Rule("woo", "ll", "l", "en"),
    _Rule("program", "me", "", "s?", british_only=True),
    _Rule("licen", "c", "s", "(?:e|es)", british_only=True),
    _Rule("practi", "s", "c", "(?:e|ed|es|ing)", british_only=True),
    _Rule("t", "y", "i", "(?:re|res)", british_only=True),
    _Rule("che", "que", "ck", "s?", british_only=True),
    _Rule("", "ker", "cur", "(?:b|bs)", british_only=True),
    _Rule("stor", "ey", "y", "", british_only=True),
    _Rule("dra", "ugh", "f", "(?:t|ts|ty)", british_only=True),
)

_WORD = re.compile(r"[^\W\d_]+")


@cache
def _any_rule() -> re.Pattern[str]:
    """Return a pattern for the words that any rule is about: most words are none."""
    return re.compile("|".join(f"(?:{r.stem})(?:{r.british}|{r.american})(?:{r.endings})" for r in _RULES))


@cache
def variety(word: str) -> tuple[Spelling, str] | None:
    """Return the variety in which a word in lower case is spelled so, and its form in the other; None if in both."""
    if not _any_rule().fullmatch(word):
        return None
    for rule in _RULES:
        found = re.fullmatch(f"({rule.stem}){rule.british}({rule.endings})", word)
        if found:
            return Spelling.GB, found[1] + rule.american + found[2]
        found = None if rule.british_only else re.fullmatch(f"({rule.stem}){rule.american}({rule.endings})", word)
        if found:
            return Spelling.US, found[1] + rule.british + found[2]
    return None


def varieties(text: str) -> Iterator[tuple[int, str, Spelling, str]]:
    """Yield offset, word, variety and other form of the words in an English text that belong to one variety.

    Words with a capital are left out: a name keeps its spelling (Labour Party, World Health Organization). At the
    start of a sentence that is known of those that a word in small letters follows, but for parties and the like.
    """
    for found in _WORD.finditer(text):
        word = found[0]
        if word.islower():
            variant = variety(word)
            if variant:
                yield found.start(), word, *variant
        elif word.istitle() and word not in _NAMES and _INITIAL.search(text, max(0, found.start() - 4), found.start()):
            variant = variety(word.lower())
            if variant and _SMALL_NEXT.match(text, found.end()):
                yield found.start(), word, variant[0], variant[1].capitalize()


def respellings(text: str, to: str) -> Iterator[tuple[int, str, str]]:
    """Yield offset, word and other form of the words that are spelled in another variety than `to` ("en-GB").

    Words with a capital are among them: this is for names that are translations (Labor Ministry). Organization is not,
    which bodies of the United Nations have in their names.
    """
    for found in _WORD.finditer(text):
        variant = variety(found[0].lower())
        if variant and variant[0] != to and found[0] not in _OFFICIAL:
            other = variant[1]
            as_given = other.upper() if found[0].isupper() else other.capitalize() if found[0][0].isupper() else other
            yield found.start(), found[0], as_given


def spellings(phrase: str) -> tuple[str, ...]:
    """Return a phrase, and what it is in the other varieties of English if they spell it otherwise."""
    forms = [phrase]
    for variety_ in Spelling:
        other = phrase
        for at, word, spelled in reversed(list(respellings(phrase, variety_))):
            other = other[:at] + spelled + other[at + len(word) :]
        forms.append(other)
    return tuple(dict.fromkeys(forms))


_OFFICIAL = frozenset(("Organization", "Organisation"))
_NAMES = frozenset(
    "Organization Organisation Labour Labor Center Centre Harbour Harbor Defence Defense Theatre Theater".split()
)
_INITIAL = re.compile(r"(?:^|[.!?]\s)[“‘\"'(]?$")
_SMALL_NEXT = re.compile(r",?\s[a-z]")
