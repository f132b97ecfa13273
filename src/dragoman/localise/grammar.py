"""The words and the number format in which a language writes figures.

The names of months and days come from CLDR, through Babel.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

# "mixed" is English as a weak model writes it: French words and number format left among English words.
Language = Literal["fr", "en", "mixed"]

# The spaces that may stand inside a figure, as the inside of a character class: ordinary, no-break, narrow
# no-break (U+202F, French thousands), figure (U+2007) and thin (U+2009).
SPACES = " \u00a0\u202f\u2007\u2009"
S = f"[{SPACES}]"

# What must not stand before and after a figure. A hyphen is ruled out after a word (Covid-19, GPT-4) and
# between digits (ranges, scores), and so are versions, fractions, ratios and phone numbers.
LEFT = r"(?<![\w.,:/\\°#@_=^€$£])(?<!\w[-–+])(?<!\d['’])"
RIGHT = r"(?!\w)(?![.,:\-–'’]\d)"

# Abbreviations of French months that are common in the press, and not CLDR's.
_MORE_MONTHS = {"jan": 1, "fév": 2, "juill": 7, "sep": 9}


@dataclass(frozen=True, slots=True)
class Grammar:
    """How one language writes figures.

    `months` and `weekdays` map names, lower-case and without a final full stop, to Date.month and
    Date.weekday; `scales` does so for the words that stand for a power of ten. The strings are regular
    expressions for any of them.
    """

    language: Language
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    scales: Mapping[str, int]
    month: str
    weekday: str
    number: str


@functools.cache
def grammar(language: Language) -> Grammar:
    """Return the grammar of a language."""
    sources = ("en", "fr") if language == "mixed" else (language,)
    months, weekdays = (
        [
            {name: number for source in sources for name, number in _names(source, field, width).items()}
            for width in ("wide", "abbreviated")
        ]
        for field in ("months", "days")
    )
    scales: dict[str, int] = {}
    # In a French text un billion is 10^12. In an English one it is taken for English, whoever wrote it.
    if "fr" in sources:
        scales |= {"mille": 3, "million": 6, "milliard": 9, "billion": 12}
    if "en" in sources:
        scales |= {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
    return Grammar(
        language=language,
        months=months[1] | months[0],
        weekdays=weekdays[1] | weekdays[0],
        scales=scales,
        month=_any_of(*months),
        weekday=_any_of(*weekdays),
        number=_number(language),
    )


def _number(language: Language) -> str:
    """Return the pattern of a number: groups `grouped` or `plain`, and `decimals`.

    The alternatives are atomic: what looks like thousands is thousands, or no number at all.
    """
    spaced = rf"[1-9][0-9]{{0,2}}(?:{S}[0-9]{{3}}){{1,4}}"
    if language == "en":
        grouped = rf"{spaced}|[1-9][0-9]{{0,2}}(?:,[0-9]{{3}}){{1,4}}"
        decimals = r"\.(?P<decimals>[0-9]{1,6})"
    else:  # 12,5 and 1.234 are French; but many French texts have 12.5, and Swiss ones 12'500
        grouped = rf"{spaced}|[1-9][0-9]{{0,2}}(?:['’][0-9]{{3}}){{1,4}}|[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}}){{1,4}}(?!\d)"
        decimals = r"[.,](?P<decimals>[0-9]{1,6})"
    return rf"(?>(?:(?P<grouped>(?:{grouped})(?!\d))|(?P<plain>[0-9]{{1,15}}))(?:{decimals})?(?!\d))"


def _names(language: str, field: Literal["months", "days"], width: Literal["wide", "abbreviated"]) -> dict[str, int]:
    from babel import Locale

    names: dict[str, int] = {}
    for locale in ("en_US", "en_GB") if language == "en" else (language,):
        for number, name in getattr(Locale.parse(locale), field)["format"][width].items():
            names[name.lower().rstrip(".")] = number
    if (language, field, width) == ("fr", "months", "abbreviated"):
        names |= _MORE_MONTHS
    return {_unaccented(name): number for name, number in names.items()} | names


def _unaccented(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _any_of(names: Iterable[str], abbreviations: Iterable[str]) -> str:
    """Return a pattern for any of the names, with the full stop that belongs to an abbreviation."""
    whole = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    short = "|".join(re.escape(name) for name in sorted(set(abbreviations) - set(names), key=len, reverse=True))
    return rf"(?:(?:{whole})(?!\w)|(?:{short})(?:\.|(?!\w)))"
