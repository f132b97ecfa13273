"""Reads ordinals, centuries, decades in digits and fractions, in digits, words and Roman numerals."""

from __future__ import annotations

import re
from decimal import Decimal

from dragoman.localise.tokens import Tokens, roman_value
from dragoman.localise.values import Figure, Kind, Pair

Found = tuple[Figure, int]  # a figure, and the token behind it

_ROMAN = re.compile(r"x{0,3}(?:ix|iv|v?i{0,3})(?:e|er|re|ère|ème|ième|st|nd|rd|th)")
_FRENCH_SUFFIXES = frozenset("e er ère re è ème eme ième nd nde es èmes ers".split())
_ENGLISH_SUFFIXES = frozenset("st nd rd th".split())
_CENTURIES = frozenset("siècle siècles century centuries".split())
_LARGEST_BELOW = 10  # 2/3 is a fraction, 9/11 is not
# Half of these is a measure of its own, and English may say it so, or as a half.
_HALVES = {"siècle": (Decimal(50), "year"), "heure": (Decimal(30), "minute"), "journée": (Decimal("0.5"), "day")}
_HALF = Pair(Decimal(1), Decimal(2))


def ordinal(tokens: Tokens, at: int) -> Found | None:
    """Read 16e, 21st, vingt et unième, twenty-first, with the century behind it, and 1980s."""
    return _in_digits(tokens, at) if tokens.number(at) else _in_words(tokens, at)


def roman(tokens: Tokens, at: int) -> Found | None:
    """Read XVIe, XXI e siècle, XXth century, XXI century."""
    word = tokens.word(at)
    value = roman_value(word)
    if not value or not tokens.capital(at):
        return None
    if tokens.french and tokens.word(at + 1) in ("e", "ème") and tokens.word(at + 2) in _CENTURIES:
        return _ordinal(tokens, at, at + 2, value)
    bare = word[-1] in "xvi" and tokens.word(at + 1) in _CENTURIES
    if _ROMAN.fullmatch(f"{word}e" if bare else word) is None:
        return None
    return _ordinal(tokens, at, at + 1, value)


def _ordinal(
    tokens: Tokens, at: int, following: int, value: int, *, spelled: bool = False, free: bool = False
) -> Found:
    start, end, kind = tokens[at].start, tokens[following - 1].end, Kind.ORDINAL
    century, unit = tokens.past_hyphen(following), ""
    if tokens.word(century) in _CENTURIES:
        unit = "centuries" if tokens.word(century) in ("siècles", "centuries") else ""
        end, kind, following, free = tokens[century].end, Kind.CENTURY, century + 1, False
    return Figure(start, end, kind, Decimal(value), unit=unit, spelled=spelled, free=free), following


def _in_digits(tokens: Tokens, at: int) -> Found | None:
    digits, suffix = tokens.word(at), tokens.word(at + 1)
    if not digits.isdecimal():
        return None
    if tokens.french:
        spaced = suffix in ("e", "ème")  # 62 e minute
        longer = tokens.close(at + 2) and tokens.word(at + 2).isalnum()
        if suffix not in _FRENCH_SUFFIXES or longer or not (spaced or tokens.close(at + 1)):
            return None
        return _ordinal(tokens, at, at + 2, int(digits))
    if not tokens.close(at + 1):
        return None
    if suffix in _ENGLISH_SUFFIXES:
        return _ordinal(tokens, at, at + 2, int(digits))
    apostrophe = suffix in ("'", "’") and tokens.close(at + 2)
    following = at + 3 if apostrophe else at + 2
    if tokens.word(following - 1) != "s" or len(digits) not in (2, 4) or digits[-1] != "0":
        return None
    return Figure(tokens[at].start, tokens[following - 1].end, Kind.DECADE, Decimal(digits)), following


def _in_words(tokens: Tokens, at: int) -> Found | None:
    ordinals, word = tokens.words.ordinals, tokens.word(at)
    if word in ordinals:
        # The first is also what is early, initial, new; the second what is other; English thirds may be parts.
        value = ordinals[word]
        return _ordinal(tokens, at, at + 1, value, spelled=True, free=value <= 2 or not tokens.french)
    tens, last = tokens.words.numbers.get(word, 0), at + 1
    if tens == 4 and tokens.hyphen(last) and tokens.word(at + 2) in ("vingt", "vingtième"):
        if tokens.word(at + 2) == "vingtième":
            return _ordinal(tokens, at, at + 3, 80, spelled=True)
        tens, last = 80, at + 3
    if tens < 10:
        return None
    last = tokens.past_hyphen(last)
    if tokens.word(last) == "et" and tokens.french:
        last = tokens.past_hyphen(last + 1)
    ones = ordinals.get(tokens.word(last), 0)
    teens = tokens.french and (tens in (60, 80) or (tens == 10 and ones in (7, 8, 9)))
    if not 0 < ones < 20 or not (teens or (tens >= 20 and ones < 10)):
        return None
    return _ordinal(tokens, at, last + 1, tens + ones, spelled=True, free=not tokens.french)


def named_part(tokens: Tokens, at: int) -> Found | None:
    """Read la moitié, and the demi-heure and demi-siècle that are measures of their own."""
    token = tokens[at]
    if token.text == "moitié":
        start = tokens[at - 1].start if tokens.word(at - 1) == "la" else token.start
        return Figure(start, token.end, Kind.FRACTION, _HALF, spelled=True), at + 1
    measure = _HALVES.get(tokens.word(at + 2)) if token.text in ("demi", "demie") and tokens.hyphen(at + 1) else None
    if measure is None:
        return None
    value, unit = measure
    return Figure(token.start, tokens[at + 2].end, Kind.MEASURE, value, unit=unit, spelled=True, free=True), at + 3


def fraction(tokens: Tokens, at: int) -> Found | None:
    """Read un tiers, trois quarts, 2/3, two-thirds, half; half a million is an amount, see `amounts`."""
    token = tokens[at]
    if token.text in ("half", "halves"):
        return Figure(token.start, token.end, Kind.FRACTION, _HALF, spelled=True, free=True), at + 1
    top = _top(tokens, at)
    if not top:
        return None
    if token.number:
        under = tokens.word(at + 2)
        attached = tokens.word(at + 1) == "/" and tokens.close(at + 1) and tokens.close(at + 2)
        if (
            not attached
            or not under.isdecimal()
            or not top < int(under) <= _LARGEST_BELOW
            or tokens.word(at + 3) == "/"
        ):
            return None
        return Figure(token.start, tokens[at + 2].end, Kind.FRACTION, Pair(Decimal(top), Decimal(under))), at + 3
    after = tokens.past_hyphen(at + 1)
    part = tokens.word(after)
    below = tokens.words.parts.get(part, 0)
    # Two thirds, a two-third majority, but the two third places; a half, but two half-brothers, and une demi-finale.
    several = top > 1 and not part.endswith("s") and not (part == "third" and tokens.hyphen(at + 1))
    if not below or part in ("second", "demi", "demie") or several:
        return None
    if tokens.french and top == 1 and part.endswith("ième") and tokens.word(after + 1) not in ("de", "d", "des", "du"):
        return None  # un cinquième candidat
    value = Pair(Decimal(top), Decimal(below))
    free = top == 1 and not tokens.french
    return Figure(token.start, tokens[after].end, Kind.FRACTION, value, spelled=True, free=free), after + 1


def _top(tokens: Tokens, at: int) -> int:
    """Return the number above the line of a fraction, 0 if there can't be any."""
    word = tokens.word(at)
    if tokens.number(at):
        return int(word) if word.isdecimal() and len(word) < 3 else 0
    return 1 if word in ("a", "an") else tokens.words.numbers.get(word, 0)
