"""Reads amounts: numbers in digits and in words, with the words and letters that stand for powers of ten."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from dragoman.localise.grammar import S
from dragoman.localise.lexicon import ENGLISH_NUMBERS, ENGLISH_SCALES, FRENCH_ABOUT, FRENCH_NUMBERS, FRENCH_SCALES
from dragoman.localise.tokens import LITERAL, Tokens

_WHOLE = re.compile(rf"\d+(?:{S}\d+)*")
# What a bare hundred or thousand stands behind if it is a number: "the hundred", not "hundred-year-old".
_BEFORE_SCALE = frozenset(
    "the some few several about nearly almost over than or every per couple past last first".split()
)
_BARE = {"hundred": 100, "thousand": 1000, "million": 10**6, "dozen": 12}
_SHORTEST_SCALE = 4  # letters of a scale that is a word: "million", not "bn"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, the token behind it, and how it is written."""

    value: Decimal
    following: int
    scale: int = 0  # the power of ten that its scale words stand for
    spelled: bool = False
    free: bool = False  # see `Figure.free`
    other: Decimal | None = None  # see `Figure.other`
    sure: bool = True  # it has separators, decimals or a scale, and so is no year


def amount(tokens: Tokens, at: int) -> Amount | None:
    """Read the number that begins at token `at`, or None if none does; un, une, a and one alone are none."""
    if tokens.number(at):
        return _in_digits(tokens, at)
    spelled = _french(tokens, at) if tokens.french else _english(tokens, at)
    return spelled if spelled is None or spelled.free else _scaled(tokens, spelled)


def part_of_scale(tokens: Tokens, at: int) -> Amount | None:
    """Read un demi-million, half a million, a quarter of a million, half a dozen, from token `at` on."""
    top = tokens.words.numbers.get(tokens.word(at), 1 if tokens.word(at) in ("a", "an") else 0)
    part = tokens.past_hyphen(at + 1) if top else at
    below = {"demi": 2, "demie": 2, "half": 2, "quarter": 4, "quarters": 4}.get(tokens.word(part))
    if below is None:
        return None
    after = tokens.past_hyphen(part + 1)
    attached = after > part + 1
    if not tokens.french:
        after = tokens.past_of(after)
        after = after + 1 if tokens.word(after) in ("a", "one") else after
    elif not attached:
        return None
    word = tokens.word(after)
    if word == "dozen":
        return Amount(Decimal(12) / below, after + 1, spelled=True, free=True)
    scale = 2 if word == "hundred" else tokens.words.scales.get(word, 0)
    if not scale:
        return None
    return Amount(Decimal(10) ** scale / below * max(top, 1), after + 1, spelled=True)


def _in_digits(tokens: Tokens, at: int) -> Amount | None:
    match = LITERAL.fullmatch(tokens.word(at))
    if match is None:
        return None
    value, other = _readings(match, french=tokens.french)
    sure = bool(match["grouped"] or match["decimals"])
    top, slash, below = (tokens.word(at + n) for n in (1, 2, 3))
    if slash == "/" and top in ("1", "3") and below in ("2", "4") and not sure:
        return Amount(value + Decimal(top) / Decimal(below), at + 4)  # 5 1/2
    return _scaled(tokens, Amount(value, at + 1, other=other, sure=sure))


def _readings(match: re.Match[str], *, french: bool) -> tuple[Decimal, Decimal | None]:
    """Return the value of a number in digits, and the other one that its mark may give it.

    3,158 and 1.234: each language has its own mark, and there are texts that follow the other one's habit.
    """
    grouped = match["grouped"]
    whole = re.sub(r"\D", "", grouped or match["plain"])
    value = Decimal(f"{whole}.{match['decimals'] or ''}")
    marked = re.fullmatch(r"(\d+)([.,])(\d+)", grouped or "")
    if marked is None or match["decimals"]:
        return value, None
    parted = Decimal(f"{marked[1]}.{marked[3]}")
    return (parted, value) if (marked[2] == ",") == french else (value, parted)


def _scaled(tokens: Tokens, number: Amount) -> Amount:
    """Return the number with the scale words behind it: thousand million, millions et demi, M€, $20m."""
    scales = tokens.words.scales
    value, other, following, scale = number.value, number.other, number.following, number.scale
    while True:
        half = None if tokens.french else tokens.phrase(following, "and", "a", "half")
        at = tokens.past_hyphen(half or following)
        word = tokens.word(at)
        if half:
            value += Decimal("0.5") if scale == 0 else Decimal(5).scaleb(scale - 1)
            following = half
        if word == "hundred" and not tokens.french and value < 100 and not number.spelled:
            value, following = value * 100, at + 1
            continue
        if word not in scales or (word in tokens.words.short and not _currency(tokens, at + 1) and tokens.french):
            break
        value, scale, following = value.scaleb(scales[word]), scale + scales[word], at + 1
        other = other.scaleb(scales[word]) if other is not None else None
        rest = _rest(tokens, following, scale)
        if rest is not None:
            value, following = (value + rest[0]).normalize(), rest[1]
    if tokens.french and scale:
        half = tokens.phrase(following, "et", "demi") or tokens.phrase(following, "et", "demie")
        if half:
            value, following = value + Decimal(5).scaleb(scale - 1), half
    number = replace(number, value=value, other=other, following=following, scale=scale, sure=number.sure or scale > 0)
    return number if scale or number.spelled else _shortly_scaled(tokens, number)


def _rest(tokens: Tokens, at: int, scale: int) -> tuple[int, int] | None:
    """Read the 500 of « 6 mille 500 », the 143 mille 312 of « 5 millions 143 mille 312 »: its value, the next token."""
    if not tokens.number(at) or tokens.close(at) or scale not in (3, 6, 9) or not _WHOLE.fullmatch(tokens.word(at)):
        return None
    digits = re.sub(r"\D", "", tokens.word(at))
    if scale == 9:
        millions = len(digits) <= 3 and tokens.word(at + 1) in ("million", "millions")
        return (int(digits) * 10**6, at + 2) if millions else None
    if scale == 6 and len(digits) <= 3 and tokens.word(at + 1) in ("mille", "thousand"):
        rest = _rest(tokens, at + 2, 3) or (0, at + 2)
        return int(digits) * 1000 + rest[0], rest[1]
    return (int(digits), at + 1) if len(digits) in (3, scale) else None


def _shortly_scaled(tokens: Tokens, number: Amount) -> Amount:
    """Return a number in digits with the letters that stand for a power of ten: 20 M€, $20m, 15k."""
    at = number.following
    letters = tokens.word(at)
    power = tokens.words.short.get(letters, 0)
    attached = tokens.close(at)
    signed = not tokens.french and attached and tokens.word(at - 2) in tokens.words.signs
    if power and (_currency(tokens, at + 1) or signed or (attached and letters == "k")):
        return replace(number, value=number.value.scaleb(power), following=at + 1, scale=power, sure=True)
    if letters == "m" and attached and not tokens.french:
        return replace(number, other=number.value.scaleb(6))  # 20m: meters, or millions
    return number


def _currency(tokens: Tokens, at: int) -> bool:
    return tokens.word(tokens.past_of(at)) in tokens.words.currencies


def _french(tokens: Tokens, at: int) -> Amount | None:
    """Read deux cent quatre-vingt-dix-sept mille, une centaine, deux dizaines, un million."""
    word = tokens.word(at)
    if word in FRENCH_ABOUT:  # but des centaines
        value = Decimal(FRENCH_ABOUT[word])
        return None if word.endswith("s") else Amount(value, at + 1, spelled=True, free=True)
    if word in ("cent", "cents") and tokens.word(at - 1) in ("pour", "un"):
        return None
    # What is complete, the thousands below the next scale word, and what is below a thousand: -1 if there is nothing.
    total, thousands, below = 0, 0, -1
    scale, last = 0, at
    spot: int | None = at
    while spot is not None:
        word = tokens.word(spot)
        if word in FRENCH_NUMBERS:
            joined = _joined(below, FRENCH_NUMBERS[word], french=True)
            if joined is None:
                break
            below = joined
        elif word in ("cent", "cents") and (below < 0 or 1 < below < 100):
            below = 100 if below < 0 else below * 100
        elif word == "mille" and not thousands and below != 0:
            thousands, below = (1 if below < 0 else below) * 1000, -1
        elif word in FRENCH_SCALES and len(word) >= _SHORTEST_SCALE and word != "mille" and (below > 0 or thousands):
            scale = FRENCH_SCALES[word]
            total, thousands, below = total + (thousands + max(below, 0)) * 10**scale, 0, -1
        else:
            break
        last = spot + 1
        spot = _next_french(tokens, last, below)
    whole = total + thousands + max(below, 0)
    about = FRENCH_ABOUT.get(tokens.word(last))
    if about and last > at:
        return Amount(Decimal(whole * about), last + 1, spelled=True, free=True)
    if last == at or whole == 1:
        return None
    return Amount(Decimal(whole), last, scale, spelled=True, free=whole == 0)


def _next_french(tokens: Tokens, at: int, below: int) -> int | None:
    """Return the token that may go on with a number which ends before token `at`: behind a hyphen, or an et."""
    at = tokens.past_hyphen(at)
    if tokens.word(at) != "et":
        return at
    at = tokens.past_hyphen(at + 1)
    if tokens.word(at) == "onze" or (tokens.word(at) in ("un", "une") and below % 100 >= 20):
        return at
    return None


def _english(tokens: Tokens, at: int) -> Amount | None:
    """Read two hundred and ninety-seven thousand, a million, a dozen, fifteen hundred, several hundred."""
    word, spot = tokens.word(at), at
    total, thousands, below, scale = 0, 0, -1, 0
    if word in ("a", "an"):
        one = tokens.word(at + 1)
        if one == "dozen":
            return Amount(Decimal(12), at + 2, spelled=True, free=True)
        if one not in ("hundred", "thousand", "million", "billion", "trillion"):
            return None
        behind = tokens.word(at + 2)
        if one in ("hundred", "thousand") and behind not in ENGLISH_SCALES and behind not in (*ENGLISH_NUMBERS, "and"):
            return Amount(Decimal(_BARE[one]), at + 2, spelled=True, free=True)
        below, spot = 1, at + 1
    elif word in _BARE:
        bare = word == "dozen" or tokens.word(at - 1) in _BEFORE_SCALE
        return Amount(Decimal(_BARE[word]), at + 1, spelled=True, free=True) if bare else None
    last = at
    while True:
        word = tokens.word(spot)
        if word in ENGLISH_NUMBERS:
            joined = _joined(below, ENGLISH_NUMBERS[word], french=False)
            if joined is None:
                break
            below = joined
        elif word == "hundred" and 0 < below < 100:
            below *= 100
        elif word == "thousand" and below > 0:
            thousands, below = thousands + below * 1000, -1
        elif word in ENGLISH_SCALES and len(word) >= _SHORTEST_SCALE and below > 0:
            scale = ENGLISH_SCALES[word]
            total, thousands, below = total + (thousands + below) * 10**scale, 0, -1
        else:
            break
        last = spot + 1
        spot = tokens.past_hyphen(last)
        if tokens.word(spot) == "and" and word in _BARE and tokens.word(spot + 1) in ENGLISH_NUMBERS:
            spot += 1
    if last == at:
        return None
    value = total + thousands + max(below, 0)
    if tokens.word(last) in ("dozen", "dozens"):
        return Amount(Decimal(value * 12), last + 1, spelled=True, free=True)
    return Amount(Decimal(value), last, scale, spelled=True)


def _joined(below: int, value: int, *, french: bool) -> int | None:
    """Return what a number below a thousand (-1: none yet) becomes by one more word, or None if that is another one."""
    tens, ones = below % 100, below % 10
    if below < 0:
        return value
    if french and tens == 4 and value == 20:
        return below + 76  # quatre-vingts
    if below and tens == 0 and value:
        return below + value
    if tens >= 20 and ones == 0 and 0 < value < 10:
        return below + value
    if french and ((tens in (60, 80) and 10 <= value < 20) or (tens in (10, 70, 90) and value in (7, 8, 9))):
        return below + value
    return None
