"""Finds numbers, percentages and sums of money in a text."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from dragoman.localise.grammar import LEFT, RIGHT, SPACES, Language, S, grammar
from dragoman.localise.values import Figure, Kind

# Currencies that English papers write with a sign. All others keep their words: only their number is a figure.
SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}

_CURRENCIES = {
    "fr": {
        "EUR": r"€|euros?|EUR",
        "USD": rf"\$(?!{S}?(?:CA|AU|US|HK))|\${S}?US|US\$|USD"
        rf"|dollars?(?:{S}(?:américains?|US))?(?!{S}(?:canad|austral|néo|de{S}))",
        "GBP": rf"£|livres?{S}sterling|GBP",
    },
    "en": {
        "EUR": r"€|euros?|EUR",
        "USD": rf"\$(?!{S}?(?:CA|AU|US|HK))|(?:U\.?S\.?{S}|American{S})?dollars?|USD",
        "GBP": rf"£|pounds?(?:{S}sterling)?|GBP",
    },
}
_PERCENT = {"fr": rf"%|pour{S}cent|pourcents?", "en": rf"%|percent|per{S}cent"}
_SIGN_CODES = {"€": "EUR", "EUR": "EUR", "$": "USD", "US$": "USD", "USD": "USD", "£": "GBP", "GBP": "GBP"}
# Short for powers of ten, next to the sign of a currency: 20 M€, 1,3 Md€, $20m, £1.3bn.
_SHORT = {
    "fr": {"k": 3, "m": 6, "md": 9, "mds": 9, "mrd": 9, "mrds": 9},
    "en": {"k": 3, "m": 6, "mn": 6, "mln": 6, "b": 9, "bn": 9, "tn": 12},
}

# These make a number the name of something rather than a quantity: it is never given separators.
_NAME_BEFORE = re.compile(
    rf"\b(?:n[°ºo]\.?|nos?\.|numéros?|numbers?|codes?|postale?|articles?|art\.|alinéas?|loi|law|décret|decree"
    rf"|version|chapitre|chapter|réf\.?|référence|reference|dossier|matricule|SIRET|SIREN|RCS|BP|CS|ISO|pages?|p\."
    rf"|tél\.?|téléphone|phone):?{S}?$",
    re.IGNORECASE,
)
# 3,158 is 3.158 in French, but many a text translated from English means thousands. These show what a text means.
_ENGLISH_OR_FRENCH = re.compile(r"[1-9]\d{0,2},\d{3}")
_FRENCH = re.compile(rf"(?<!\d)(?:\d+,\d{{1,2}}|[1-9]\d{{0,2}}{S}\d{{3}})(?![\d,])")
_MEASURED_AFTER = re.compile(
    rf"{S}?(?:[kcm]?m|k?g|[cm]?l|t|s|ha|[kMG]Hz|°|(?:kilo|centi|milli)?mètres?|kilos?|(?:kilo)?grammes?|tonnes?"
    rf"|litres?|secondes?|euro|dollar)(?!\w)"
)
_LETTERS_BEFORE = re.compile(rf"(?<!\w)[A-Z]{{2,}}{S}$")  # TER 17642
_THOUSANDS_OF_MILLIONS_BEFORE = re.compile(rf"(?:milliards?|billion){S}$", re.IGNORECASE)
_DIGITS_BEFORE = re.compile(rf"(?<!\d)(\+?\d+){S}$")
_DIGITS_AFTER = re.compile(rf"{S}\d")
# What shows that a bare number counts something: 12000 élèves, plus de 75000 Parisiens; but 75013 Paris.
_COUNTED_BEFORE = re.compile(
    rf"\b(?:(?:plus|moins|près) d(?:e{S}|['’])|(?:environ|quelque|presque|jusqu['’]à|autour de|à peine){S})$",
    re.IGNORECASE,
)
_COUNTED_AFTER = re.compile(rf"{S}(?:[a-zà-ÿœ]|[dl]['’])")
# What joins two numbers of which only the second has the unit.
_TO = re.compile(rf"{S}(?:à|to|ou|or){S}", re.IGNORECASE)
_AND = re.compile(rf"{S}(?:et|and){S}", re.IGNORECASE)
_BETWEEN = re.compile(rf"\b(?:entre|between){S}$", re.IGNORECASE)
_OF_AFTER = re.compile(rf"{S}of(?={S})")


@functools.cache
def _pattern(language: Language) -> re.Pattern[str]:
    words = grammar(language)
    sources = ("fr", "en") if language == "mixed" else (language,)
    scale = "|".join(sorted(words.scales, key=len, reverse=True))
    short = "|".join(sorted({name for source in sources for name in _SHORT[source]}, key=len, reverse=True))
    unit = "|".join(
        [f"(?P<percent>{'|'.join(_PERCENT[source] for source in sources)})"]
        + [f"(?P<{code}>{'|'.join(_CURRENCIES[source][code] for source in sources)})" for code in SIGNS]
    )
    joint = S if language == "fr" else f"[{SPACES}-]"  # a 300-million-dollar loan
    return re.compile(
        rf"(?:(?<![\w€$£])(?P<sign>US\$|[€$£]|EUR|USD|GBP){S}?|{LEFT}){words.number}"
        rf"(?:{joint}{{1,2}}(?P<scale>(?:{scale})s?)(?!\w))?"
        rf"(?:{joint}{{0,2}}(?:(?P<short>{short}){S}?)?(?:of{S}|d['’]|de{S})?(?:{unit})(?!\w)|(?P<attached>{short})(?!\w))?"
        rf"{RIGHT}(?(decimals)|(?!/\d))",  # 4,5/5 is a mark, 24/7 is no number
        re.IGNORECASE,
    )


def numbers(text: str, language: Language) -> Iterator[Figure]:
    """Yield the numbers, percentages and sums of money in euros, dollars and pounds, all written in digits.

    A bare number is sure to be a quantity if it has decimals, separators or a scale word, or, in French, five
    digits and words around it that count. Otherwise it may be a year, an address or the number of something.
    """
    before: Figure | None = None
    for match in _pattern(language).finditer(text):
        figure = _figure(match, language)
        if before is not None:
            yield _with_unit_of(figure, before, text) if figure is not None else before
        before = figure
    if before is not None:
        yield before


def _figure(match: re.Match[str], language: Language) -> Figure | None:
    text, (start, end) = match.string, match.span()
    whole, decimals = match["grouped"] or match["plain"], match["decimals"]
    currency = next((code for code in SIGNS if match[code]), "")
    if match["sign"]:
        signed = _SIGN_CODES[match["sign"].upper()]
        if currency not in ("", signed):
            return None
        currency = signed
    if (match["attached"] and not match["sign"]) or (len(whole) > 1 and whole[0] == "0"):
        return None
    if match["percent"] and (match["scale"] or match["short"] or currency):
        return None
    if match["scale"] and _THOUSANDS_OF_MILLIONS_BEFORE.search(text, max(0, start - 14), start):
        return None  # 2 milliards 300 millions is one number
    if _part_of_longer(match) or (language == "fr" and _may_be_english(match)):
        return None
    scale = 0
    if match["scale"]:
        scale = grammar(language).scales[match["scale"].lower().removesuffix("s")]
    short = match["short"] or match["attached"]
    if short:
        scale += next(table[short.lower()] for table in _SHORT.values() if short.lower() in table)
    digits = re.sub(r"\D", "", whole)
    value = Decimal(f"{digits}.{decimals or ''}").scaleb(scale)
    if scale not in (0, 6, 9, 12):  # thousands are written out: 20 k€ is €20,000
        value, scale = Decimal(f"{value:f}"), 0
    if match["percent"]:
        return Figure(start, end, Kind.PERCENTAGE, value)
    if currency:
        return Figure(start, end, Kind.MONEY, value, scale, currency)
    written = bool(match["grouped"] or decimals)
    if not scale and _NAME_BEFORE.search(text, max(0, start - 14), start):
        return None if written else Figure(start, end, Kind.NUMBER, value, sure=False)
    if match["scale"] and match["scale"][-1] in "sS" and language != "fr" and (of := _OF_AFTER.match(text, end)):
        end = of.end()  # 3 millions of people
    counted = (
        language == "fr"
        and len(whole) >= 5
        and not _LETTERS_BEFORE.search(text, max(0, start - 14), start)
        and (_COUNTED_AFTER.match(text, end) or _COUNTED_BEFORE.search(text, max(0, start - 14), start))
    )
    return Figure(start, end, Kind.NUMBER, value, scale, sure=bool(written or match["scale"] or counted))


def _with_unit_of(figure: Figure, before: Figure, text: str) -> Figure:
    """Return the number before a percentage or sum of money, in the same unit if they are a range or a change.

    « de 10 à 20 millions d'euros » is from €10 million to €20 million: newspapers repeat the unit, and the first number
    alone would be read without it.
    """
    if before.kind is not Kind.NUMBER or figure.kind is Kind.NUMBER:
        return before
    assert isinstance(before.value, Decimal)
    if text[figure.start] in "€$£" and (not figure.scale or before.scale or before.value >= 1000):
        return before  # between 3.3 and €3.4 billion
    joint = _TO.fullmatch(text, before.end, figure.start)
    if joint is None and not (
        _AND.fullmatch(text, before.end, figure.start) and _BETWEEN.search(text, max(0, before.start - 8), before.start)
    ):
        return before
    value, scale = before.value, before.scale
    if scale and figure.kind is Kind.PERCENTAGE:
        return before
    if not scale and value < 1000:
        value, scale = value.scaleb(figure.scale), figure.scale
    elif not before.sure and (figure.scale or figure.kind is Kind.PERCENTAGE):
        return before  # a year
    return replace(before, kind=figure.kind, value=value, scale=scale, currency=figure.currency, sure=True)


def _may_be_english(match: re.Match[str]) -> bool:
    """Tell whether a number of a French text may have an English comma for its thousands."""
    return (
        not (match["scale"] or match["percent"])
        and _ENGLISH_OR_FRENCH.fullmatch(match.string, match.start("plain"), match.end("decimals")) is not None
        and (
            match["decimals"] == "000"
            or not (_FRENCH.search(match.string) or _MEASURED_AFTER.match(match.string, match.end("decimals")))
        )
    )


def _part_of_longer(match: re.Match[str]) -> bool:
    """Tell whether digits next to this number, a space away, may belong to it: a phone number, an identifier.

    A year may stand there (en 2024 12 000 personnes).
    """
    whole = match["grouped"] or match["plain"]
    spaced = any(space in whole for space in SPACES)
    if spaced and _DIGITS_AFTER.match(match.string, match.end()):
        return True
    if not spaced and len(whole) != 3:
        return False
    before = _DIGITS_BEFORE.search(match.string, max(0, match.start() - 16), match.start())
    return before is not None and len(before[1]) != 4
