"""Reads what turns the value of a figure round: a minus sign before it, and the era of a year or century behind it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from dragoman.localise.grammar import S
from dragoman.localise.tokens import Tokens
from dragoman.localise.values import Figure, Kind

_DASHES = frozenset("-‑–−")
_SIGNED = frozenset({Kind.NUMBER, Kind.PERCENTAGE, Kind.MONEY, Kind.MEASURE})
TEMPERATURES = frozenset({"celsius", "fahrenheit", "degree"})
# What a dash before a bare number must stand behind to be its sign: it may be a bullet, a range or a parenthesis.
_BEFORE_SIGN = frozenset(
    "( [ : / = à de entre et ou par contre jusqu jusque est était sera fait atteint affiche".split()
)
_QUOTES = frozenset("'’«“\"")
_NOT_MINUS = frozenset("au aux du le pas les".split())  # au moins 5, les moins 18 ans
_BEFORE_MINUS = frozenset("à entre fait fera faisait ferait atteint atteindra affiche affichait".split())
_BELOW_ZERO = re.compile(rf"{S}below{S}(?:zero|freezing|0)(?!\w)", re.IGNORECASE)

_JC = rf"(?:J\.?{S}?[-‑]?{S}?C(?:\.|(?!\w))|Jésus[-‑]Christ)"
_OUR = rf"(?:notre|l['’]){S}?ère(?:{S}commune)?(?!\w)"
_ERAS = {
    True: re.compile(
        rf"{S}(?:(?P<BCE>(?:av\.|avant){S}{_OUR}|AEC(?!\w))|(?P<CE>(?:apr?\.|après|de){S}?{_OUR})"
        rf"|(?P<BC>(?:av\.?|avant){S}{_JC})|(?P<AD>(?:apr?\.?|après){S}{_JC}))"
    ),
    False: re.compile(
        rf"{S}(?:(?P<BC>B\.?{S}?C(?:\.|(?!\w))(?:E(?:\.|(?!\w)))?|BCE(?!\w)|before{S}(?:(?:Jesus{S})?Christ|(?:our|the{S}common){S}era))"
        rf"|(?P<AD>A\.?D(?:\.|(?!\w))|C\.?E(?:\.|(?!\w))|after{S}(?:Jesus{S})?Christ|of{S}(?:our|the{S}common){S}era))"
    ),
}
_ERA_BEFORE = re.compile(rf"(?<!\w)A\.?D\.?{S}$")
_MOST_CLOSING = 9  # characters
_CLOSING = " \u00a0\u202f»”’\"')]"


def with_sign(tokens: Tokens, at: int, figure: Figure) -> Figure:
    """Return a figure that begins at token `at` or before it, negative and from its sign on if it has one.

    French: −5 °C, à - 3,2 %, moins 5 degrés. A dash is no sign behind a number (10 –12), before years of age (les
    -18 ans), nor, before a bare number, where it may be a bullet or open a parenthesis. English: any dash right before
    the number or hyphen with a space behind it, minus 5, 5 degrees below zero.
    """
    value = figure.value
    if not isinstance(value, Decimal) or value <= 0 or figure.kind not in _SIGNED or figure.unit == "year":
        return figure
    while at and tokens[at].start > figure.start:
        at -= 1  # €5
    read = _is_french_sign if tokens.french else _is_english_sign
    start = figure.start
    if at and read(tokens, at, figure):
        start = tokens[at - 1].start
    below = None if tokens.french else _BELOW_ZERO.match(tokens.text, figure.end)
    if start == figure.start and below is None:
        return figure
    return replace(
        figure,
        start=start,
        end=below.end() if below else figure.end,
        value=-value,
        other=None if figure.other is None else -figure.other,
    )


def _is_french_sign(tokens: Tokens, at: int, figure: Figure) -> bool:
    sign, before = tokens.word(at - 1), tokens.word(at - 2)
    if sign == "moins":
        if before in _NOT_MINUS or (before == "ou" and tokens.word(at - 3) == "plus"):
            return False
        between = before in _BEFORE_MINUS or (before == "de" and tokens.text.startswith(" à moins ", figure.end))
        return figure.unit in TEMPERATURES or (between and figure.kind is not Kind.MEASURE)
    if sign not in _DASHES or not _stands_free(tokens, at - 1):
        return False
    told = figure.kind in (Kind.PERCENTAGE, Kind.MONEY) or figure.unit in TEMPERATURES or figure.unit.endswith("point")
    if sign == "−" or (before in _BEFORE_SIGN and (told or tokens.close(at) or before != ":")):
        return True
    if not tokens.close(at):  # puis - 12 °C, where no other dash closes a parenthesis
        return sign == "-" and at > 1 and figure.unit in TEMPERATURES and tokens.text.find(" -", figure.end) < 0
    return told


def _is_english_sign(tokens: Tokens, at: int, _figure: Figure) -> bool:
    sign = tokens.word(at - 1)
    return sign in ("minus", "negative") or (
        sign in _DASHES and (tokens.close(at) or sign in "-−") and _stands_free(tokens, at - 1)
    )


def _stands_free(tokens: Tokens, sign: int) -> bool:
    """Tell whether a dash joins nothing: there is a space, an opening mark or nothing before it, and no number."""
    before = tokens.word(sign - 1)
    if tokens.number(sign - 1) or before == "%":
        return False
    return not tokens.close(sign) or before in _BEFORE_SIGN | _QUOTES


def with_era(text: str, figure: Figure, *, french: bool) -> Figure:
    """Return a year or century with its era: 52 av. J.-C., third century BC, AD 120."""
    if figure.scale or (figure.kind not in (Kind.NUMBER, Kind.CENTURY, Kind.PAIR) and figure.unit != "year"):
        return figure
    match = _ERAS[french].match(text, figure.end)
    if match is None:
        before = None if french else _ERA_BEFORE.search(text, max(0, figure.start - 6), figure.start)
        return figure if before is None else replace(figure, start=before.start(), era="AD")
    end = match.end()
    if text[end - 1] == "." and not text[end : end + _MOST_CLOSING].strip(_CLOSING):
        end -= 1  # it ends the sentence as well
    return replace(figure, end=end, era=match.lastgroup or "")
