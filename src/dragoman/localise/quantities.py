"""Finds every figure of a text that is neither a date nor a time in digits: quantities, ordinals, names of days.

A text is cut into tokens; where one may begin a figure, the words after it are read as far as they go with it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from dragoman.localise.amounts import Amount, amount, part_of_scale
from dragoman.localise.grammar import SPACES, S
from dragoman.localise.lexicon import ENGLISH_DECADES, ENGLISH_FREE, ENGLISH_MONTHS, vocabulary
from dragoman.localise.ordinals import fraction, named_part, ordinal, roman
from dragoman.localise.signs import with_era, with_sign
from dragoman.localise.tokens import Tokens, tokenise
from dragoman.localise.values import Figure, Kind, Pair, Time

Found = tuple[Figure, int]  # a figure, and the token behind it

_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")
_ROMAN_ORDINAL = re.compile(r"\b[XVI]+(?:e|er|re|ère|ème|th|st|nd|rd)?\b")

# What makes a number the name of a law, a page, a dossier: it is written as it is.
_NAMES = frozenset(
    "n° nº no numéro numéros article articles art alinéa loi décret arrêté règlement directive chapitre réf référence "
    "dossier matricule siret siren rcs bp iso page pages version décision résolution ordonnance".split()
)
_ABBREVIATED_NAMES = frozenset("n no nos art réf p".split())  # with a sign behind: n°, art.
# Whose age an age is: « un homme de 30 ans » is a man aged 30, « une peine de 30 ans » no penalty aged 30.
_PERSONS = frozenset(
    "homme femme hommes femmes garçon garçons fille filles fillette enfant enfants adolescent adolescente "
    "adolescents adolescentes jeune jeunes étudiant étudiante étudiants étudiantes lycéen lycéenne collégien "
    "collégienne retraité retraitée personne personnes conducteur conductrice automobiliste motard cycliste "
    "habitant habitante père mère fils frère sœur grand-mère grand-père joueur joueuse footballeur acteur actrice "
    "chanteur chanteuse écrivain victime suspect suspecte individu ressortissant ressortissante touriste salarié "
    "salariée ouvrier ouvrière agriculteur policier militaire soldat avocat avocate médecin infirmière enseignant "
    "enseignante élève patient patiente bébé mineur mineure majeur champion championne française français américain "
    "américaine".split()
)
_AGED = frozenset("âgé âgée âgés âgées agé agée".split())
_OLDEST = 130
_MONTH_BEFORE = frozenset("en de d ' ’ - mois fin début mi depuis dès avant ce et à au".split())
_CAPITAL_MONTH_BEFORE = frozenset("en - début fin".split())  # en Septembre is common
# These are other words as often: the planet, "may", "march".
_DOUBTFUL_MONTHS = frozenset("mars mai may march august".split())
_HYPHENS = frozenset("-‑–")
_ENGLISH_SUFFIXES = frozenset("st nd rd th".split())
_OPENING = frozenset("'’\"“‘«([{…/,.;:!?") | _HYPHENS
_BEFORE_YEARS = frozenset("mi post pré pre mid anti early late avant après ex".split())
_ALL_OF = frozenset("les ces ses nos leurs mes tes vos des aux tous toutes".split())
_AND_PARTS = (
    *((Decimal("0.5"), ("et", "demi")), (Decimal("0.5"), ("et", "demie")), (Decimal("0.25"), ("et", "quart"))),
    (Decimal("0.5"), ("and", "a", "half")),
)
_DIVISIBLE = frozenset("year month week day hour".split())
_BEFORE_UNIT = frozenset(
    "derniers dernières prochains prochaines premiers premières bons bonnes longs longues autres petits petites".split()
)
_EURO_ZONE = frozenset("zone area country countries member members state states nation nations".split())
_RANGES = frozenset({"à", "ou", "to", "or"})
_JOINTS = _RANGES | {"et", "and"}
_LONGEST_JOINT = 8  # characters between two numbers that share a unit


@functools.cache
def _phone() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w+.,-])(?<!\d{S})(?:\+\d{{1,3}}(?:[{SPACES}.-]?\(0\))?(?:[{SPACES}.-]?\d){{8,11}}"
        rf"|0[{SPACES}]?[1-9](?:[{SPACES}.-]?\d){{7,8}})(?![\w-])(?!{S}\d)"
    )


def quantities(text: str, language: Literal["fr", "en"], taken: bytearray) -> Iterator[Figure]:
    """Yield the figures of a text, without overlap, and none that touches a `taken` character.

    In English, words are read that say a number in passing (both, twice, a dozen); they are free.
    """
    digits = _DIGIT.search(text) is not None
    signalled = digits or not vocabulary(language).signals.isdisjoint(_WORD.findall(text.lower()))
    if not signalled and not _ROMAN_ORDINAL.search(text):
        return
    tokens = tokenise(text, language)
    phones = [m for m in _phone().finditer(text) if not any(taken[m.start() : m.end()])] if digits else []
    if phones:
        taken = taken[:]
    for phone in phones:
        taken[phone.start() : phone.end()] = b"\1" * (phone.end() - phone.start())
        yield Figure(*phone.span(), Kind.PHONE, phone[0])
    before: Figure | None = None
    at = 0
    while at < len(tokens):
        token = tokens[at]
        may_begin = token.number or token.text in tokens.words.begin or token.text[0] in "xvi"
        found = _figure(tokens, at, before.end if before else 0) if may_begin and not taken[token.start] else None
        if found is None:
            at += 1
            continue
        first, figure = at, found[0]
        at = max(found[1], at + 1)
        figure = with_era(text, with_sign(tokens, first, figure), french=tokens.french)
        if any(taken[figure.start : figure.end]):
            continue
        if before is not None:
            before, figure = _united(before, figure, text)
            yield before
        before = figure
    if before is not None:
        yield before


def _united(first: Figure, second: Figure, text: str) -> tuple[Figure, Figure]:
    """Return two figures, each with the unit of the other if they share it: de 10 à 20 millions d'euros, $10 to 20."""
    between = text[first.end : second.start] if second.start - first.end < _LONGEST_JOINT else ""
    if text.endswith("magnitude ", 0, first.start):
        return first, second  # magnitude 5,4 à 10 km de profondeur
    joint = between.lower().strip(f"{SPACES}-–‑")
    if first.kind is Kind.ORDINAL and second.kind is Kind.CENTURY and joint in _JOINTS | {"", "au"} and between:
        return replace(first, unit="century"), second  # du XVe au XVIe siècle
    if joint not in _JOINTS:
        return first, second
    ranged = joint in _RANGES or text[: first.start].rstrip().lower().endswith(("entre", "between"))
    like = _like(first, second, ranged=ranged)
    if text[first.start] in "$€£¥" and not second.free and not _falls(first, second):
        second = _like(second, first, ranged=ranged)
    return like, second


def _falls(first: Figure, second: Figure) -> bool:
    """Tell whether the second of two numbers is far smaller: what €486,200 goes to is 57 people."""
    return isinstance(first.value, Decimal) and isinstance(second.value, Decimal) and second.value * 10 < first.amount


def _like(figure: Figure, other: Figure, *, ranged: bool) -> Figure:
    """Return a bare number with the unit of another figure, and the scale, too, if they are the ends of a range."""
    if figure.kind is not Kind.NUMBER or not isinstance(other.value, Decimal) or not isinstance(figure.value, Decimal):
        return figure
    value, scale = figure.value, figure.scale
    if ranged and other.start > figure.start and not scale and value < 1000 <= other.value:
        value, scale = value.scaleb(other.scale), other.scale
    if other.kind is Kind.NUMBER:
        return replace(figure, value=value, scale=scale)
    year = 1000 <= figure.value < 2100 and not figure.sure
    if ranged and other.kind is Kind.MONEY and not (other.scale and other.start > figure.start):
        year = False  # de 1 500 à 2 000 euros; but d'ici 2015 à 20 milliards d'euros
    if other.kind not in (Kind.MONEY, Kind.PERCENTAGE, Kind.MEASURE) or year:
        return figure
    return replace(
        figure, kind=other.kind, value=value, scale=scale, currency=other.currency, unit=other.unit, sure=True
    )


def _figure(tokens: Tokens, at: int, done: int) -> Found | None:
    """Read the figure that begins at token `at`; `done` is where the one before it ends."""
    number = tokens.number(at)
    if tokens.close(at) and (_in_a_code(tokens, at) if number else _in_a_word(tokens, at)):
        return None
    if number:
        return ordinal(tokens, at) or fraction(tokens, at) or _quantity(tokens, at, done)
    named = (
        _day(tokens, at)
        or _decade(tokens, at)
        or named_part(tokens, at)
        or _half(tokens, at)
        or roman(tokens, at)
        or _in_passing(tokens, at)
    )
    if named is None and (part := part_of_scale(tokens, at)):
        return _measured(tokens, at, part, done)
    return named or ordinal(tokens, at) or fraction(tokens, at) or _quantity(tokens, at, done) or _one(tokens, at)


def _in_a_word(tokens: Tokens, at: int) -> bool:
    return tokens.word(at - 1) not in _OPENING


def _in_a_code(tokens: Tokens, at: int) -> bool:
    """Tell whether a number is part of a name: A320, Covid-19, GPT-4; but mi-2024."""
    before, behind = tokens.word(at - 1), tokens.word(at - 2)
    if before[-1].isalpha():
        return before not in tokens.words.signs
    attached = tokens.close(at - 1) and behind[-1:].isalnum()
    if before in _HYPHENS:
        if behind in _ENGLISH_SUFFIXES and tokens.word(at + 1) in _ENGLISH_SUFFIXES:
            return False  # 11th-12th century
        return attached and (tokens.number(at - 2) or behind not in _BEFORE_YEARS)
    return attached and before in "/\\_#@=^"


# Days, months, decades, and words that say a number in passing.


def _day(tokens: Tokens, at: int) -> Found | None:
    """Read a weekday, a month that stands alone, midi and minuit."""
    token, words = tokens[at], tokens.words
    if token.text in words.weekdays:
        if not tokens.french and not tokens.capital(at):
            return None
        return Figure(token.start, token.end, Kind.WEEKDAY, Decimal(words.weekdays[token.text])), at + 1
    if token.text in words.months:
        before = tokens.word(at - 1)
        if tokens.capital(at) == tokens.french and not (tokens.french and before in _CAPITAL_MONTH_BEFORE):
            return None
        told = tokens.french and (before in _MONTH_BEFORE or tokens.word(at + 1) in ("dernier", "prochain"))
        free = (token.text in _DOUBTFUL_MONTHS and not told) or (not tokens.french and token.text in ENGLISH_MONTHS)
        return Figure(token.start, token.end, Kind.MONTH, Decimal(words.months[token.text]), free=free), at + 1
    if token.text in ("midi", "minuit") and tokens.french and not tokens.capital(at):
        time = Time(12 if token.text == "midi" else 0, 0)
        return Figure(token.start, token.end, Kind.TIME, time, spelled=True, free=True), at + 1
    return None


def _decade(tokens: Tokens, at: int) -> Found | None:
    """Read années 1980, années quatre-vingts, the 1980s, the '80s, the eighties."""
    token = tokens[at]
    if not tokens.french:
        decade = ENGLISH_DECADES.get(token.text)
        if decade is None:
            return None
        return Figure(token.start, token.end, Kind.DECADE, Decimal(decade), spelled=True, free=True), at + 1
    number = amount(tokens, at + 1) if token.text == "années" and at + 1 < len(tokens) else None
    if number is None or number.value % 10 or not (20 <= number.value < 100 or 1000 <= number.value < 2100):
        return None
    until = amount(tokens, number.following + 1) if tokens.word(number.following) == "à" else None
    if until is not None and until.value % 10:
        return None  # les années 2003 à 2007
    following, second = number.following, None
    last = amount(tokens, following + 1) if tokens.hyphen(following) and tokens.number(following + 1) else None
    if last is not None and not last.value % 10:  # les années 60-70
        following, second = last.following, last.value
    return Figure(token.start, tokens[following - 1].end, Kind.DECADE, number.value, other=second), following


def _in_passing(tokens: Tokens, at: int) -> Found | None:
    """Read both, twice, a couple, and the one that counts nothing."""
    token = tokens[at]
    value = None if tokens.french else ENGLISH_FREE.get(token.text)
    if value is None:
        return None
    behind = tokens.word(at + 1)
    if token.text == "one" and (
        behind in tokens.words.scales
        or behind in tokens.words.parts
        or behind in ("hundred", "and")
        or tokens.hyphen(at + 1)
        or _unit(tokens, at + 1)
    ):
        return None
    return Figure(token.start, token.end, Kind.NUMBER, Decimal(value), spelled=True, free=True), at + 1


# Quantities.


def _quantity(tokens: Tokens, at: int, done: int) -> Found | None:
    number = amount(tokens, at)
    if number is None:
        return None
    return _pair(tokens, at, number, done) or _measured(tokens, at, number, done)


def _half(tokens: Tokens, at: int) -> Found | None:
    """Read un demi-millimètre; une demi-finale is none, and for demi-heure and demi-siècle see `named_part`."""
    part = at + 1 if tokens.word(at) in ("un", "une") else at
    if not tokens.french or tokens.word(part) not in ("demi", "demie") or not tokens.hyphen(part + 1):
        return None
    unit = _unit(tokens, part + 2)
    if unit is None or unit.kind is not Kind.MEASURE or unit.name in ("hour", "day", "century", "time"):
        return None
    start, end = tokens[at].start, tokens[unit.following - 1].end
    return Figure(start, end, Kind.MEASURE, Decimal("0.5"), unit=unit.name, spelled=True), unit.following


def _one(tokens: Tokens, at: int) -> Found | None:
    """Read an hour, un an et demi, one percent: free, as one is as often an article."""
    unit = _unit(tokens, at + 1) if tokens.word(at) in ("un", "une", "a", "an", "one") else None
    name = tokens.word(at + 1)
    if unit is None or name in ("d", "de", "of") or (len(name) < 2 and name != "%"):
        return None
    if name == "second" and tokens.hyphen(at + 2):  # a second-century temple
        return None
    found = _measured(tokens, at, Amount(Decimal(1), at + 1, spelled=True, free=True), 0)
    if found is not None and found[0].value != 1:
        return replace(found[0], free=False), found[1]
    return found


def _pair(tokens: Tokens, at: int, first: Amount, done: int) -> Found | None:
    """Read 3-1, 10-12 %, $10-20, 2023/24, 2024-42."""
    mark = at + 1
    if first.following != mark or tokens.word(mark) not in _HYPHENS | {"/", ":"} or not tokens.close(mark):
        return None
    begin = mark + 1
    if tokens.word(begin) in tokens.words.signs and tokens.close(begin):
        begin += 1
    second = amount(tokens, begin) if tokens.number(at) and tokens.number(begin) and tokens.close(begin) else None
    if second is None or (tokens.word(second.following) in ("-", "/") and tokens.close(second.following)):
        return None
    scale = second.scale if first.scale == 0 and first.value < 1000 else 0
    value = Pair(first.value.scaleb(scale), second.value)
    race = tokens.word(mark) == ":" and second.value != int(second.value)  # 1:45.32
    link = "/" if tokens.word(mark) == "/" else ":" if race else "-"
    return _measured(tokens, at, replace(second, other=None), done, value, link)


def _measured(
    tokens: Tokens, at: int, number: Amount, done: int, pair: Pair | None = None, link: str = ""
) -> Found | None:
    """Return the figure of a number or pair that begins at token `at`, with its currency or unit if it has one."""
    value: Decimal | Pair = pair or (number.value.normalize() if number.spelled else number.value)
    following = number.following
    figure = Figure(
        tokens[at].start,
        tokens[following - 1].end,
        Kind.NUMBER,
        value,
        number.scale if number.scale in (6, 9, 12) else 0,
        link=link,
        sure=number.sure,
        spelled=number.spelled,
        free=number.free,
        other=number.other,
    )
    signed = _signed(tokens, at, figure, following, done)
    if signed is not None:
        return signed
    unit = _unit(tokens, following)
    if unit is not None and _fits(tokens, number, unit):
        return _with_unit(tokens, at, figure, unit, following)
    celsius = {"c": "celsius", "f": "fahrenheit"}.get(tokens.word(following), "")
    if celsius and not tokens.french and pair is None and tokens.capital(following):
        end = tokens[following].end  # 30C; but the JAS 39C
        return replace(figure, end=end, kind=Kind.MEASURE, unit=celsius, free=True), following + 1
    if tokens.close(following) and tokens.word(following)[0].isalpha() and not number.spelled:
        return None  # 4x4, 5G, 3D
    if tokens.french and not number.spelled and not number.scale and _reference(tokens, at):
        return replace(figure, kind=Kind.REFERENCE, value=tokens.text[figure.start : figure.end], other=None), following
    if pair is not None:
        return replace(figure, kind=Kind.PAIR), following
    return (_bare_french(tokens, at, figure, following) if tokens.french else figure), following


def _bare_french(tokens: Tokens, at: int, figure: Figure, following: int) -> Figure:
    """Return a French number without a unit, free where the word may be another, and with the unit that it shares."""
    behind = tokens.word(following)
    alone = figure.spelled and following == at + 1
    if behind in _BEFORE_UNIT:  # les 20 dernières années: the number alone is replaced
        unit = _unit(tokens, following + 1)
        if unit is not None and unit.kind is Kind.MEASURE:
            figure = replace(figure, unit=unit.name)
    new = alone and tokens.word(at) == "neuf" and behind[-1:] not in ("s", "x") and behind not in ("mille", "pour")
    both = alone and tokens.word(at) == "deux" and tokens.word(at - 1) in _ALL_OF
    named = tokens.text[max(0, figure.start - 3) : figure.start].rstrip()[-2:].isupper()  # TER 17642
    counted = not named and figure.end - figure.start >= 5 and behind[:1].isalpha() and not tokens.capital(following)
    return replace(
        figure,
        free=figure.free or new or both or figure.value == 1,
        sure=figure.sure or (counted and not figure.spelled),
    )


def _signed(tokens: Tokens, at: int, figure: Figure, following: int, done: int) -> Found | None:
    """Return the figure with the sign of a currency before it: $5, US$5, CHF 5."""
    signs, before = tokens.words.signs, at - 1
    sign = tokens.word(before)
    if sign not in signs or tokens[before].start < done or tokens[at].start - tokens[before].end > 1:
        return None
    longer = f"{tokens.word(before - 1)} {sign}"
    if sign in "$€£¥" and longer in signs and tokens.close(before) and tokens[before - 1].start >= done:
        before, sign = before - 1, longer
    if tokens.french and sign.isalpha():
        return None
    currency, end = tokens.words.currencies[sign], figure.end
    unit = _unit(tokens, following)
    if unit is not None and unit.kind is Kind.MONEY:
        currency, following = unit.name, unit.following
        end = tokens[following - 1].end
    return replace(
        figure, start=tokens[before].start, end=end, kind=Kind.MONEY, currency=currency, other=None
    ), following


def _with_unit(tokens: Tokens, at: int, figure: Figure, unit: _Unit, bare: int) -> Found | None:
    following = unit.following
    figure = replace(figure, end=tokens[following - 1].end, kind=unit.kind)
    if unit.kind is Kind.PERCENTAGE:
        return figure, following
    if unit.kind is Kind.MONEY:
        if not tokens.french and tokens.word(following) in _EURO_ZONE:
            return replace(figure, end=tokens[bare - 1].end, kind=Kind.NUMBER), bare
        return _with_cents(tokens, replace(figure, currency=unit.name), following)
    value = figure.value
    if isinstance(value, Decimal) and unit.name in _DIVISIBLE:
        for part, words in _AND_PARTS:
            if behind := tokens.phrase(following, *words):
                value, following = value + part, behind
        figure = replace(figure, end=tokens[following - 1].end, value=value)
        aged = _aged(tokens, at, figure, following) if tokens.french and unit.name == "year" else None
        if aged is not None:
            return aged, following
    # Livres are pounds, money or books.
    return replace(figure, unit=unit.name, free=figure.free or (unit.name == "pound" and tokens.french)), following


def _with_cents(tokens: Tokens, figure: Figure, following: int) -> Found:
    """Return a sum of money with the cents behind its currency: 3€50, 2 euros 50."""
    cents = tokens.word(following)
    whole = isinstance(figure.value, Decimal) and figure.value == int(figure.value) and not figure.scale
    counts = tokens.word(following + 1)[:1].isalpha() and not tokens.close(following)  # 2 euros 50 personnes
    if not (tokens.french and whole and len(cents) == 2 and cents.isdecimal()) or counts:
        return figure, following
    assert isinstance(figure.value, Decimal)
    value = figure.value + Decimal(cents).scaleb(-2)
    return replace(figure, end=tokens[following].end, value=value, other=None), following + 1


def _aged(tokens: Tokens, at: int, figure: Figure, following: int) -> Figure | None:
    """Return the age in « âgé de 45 ans », « un homme de 45 ans » and « , 45 ans, »."""
    assert isinstance(figure.value, Decimal)
    if tokens.word(following - 1) not in ("ans", "an") or not 0 < figure.value < _OLDEST:
        return None
    before, person = tokens.word(at - 1), tokens.word(at - 2)
    age = replace(figure, kind=Kind.AGE)
    if before == "de" and (person in _AGED or person in _PERSONS):
        return replace(age, start=tokens[at - 2 if person in _AGED else at - 1].start, link="aged")
    apposition = before in (",", "(") and tokens.word(following) in (",", ")", ".", "")
    return age if apposition else None


def _reference(tokens: Tokens, at: int) -> bool:
    before = tokens.word(at - 1)
    if before in ("°", "º", "."):
        return tokens.word(at - 2) in _ABBREVIATED_NAMES
    return before in _NAMES


# Units.


@dataclass(frozen=True, slots=True)
class _Unit:
    kind: Kind  # a percentage, a sum of money or a measure
    name: str  # of the unit, or the code of the currency
    following: int


def _unit(tokens: Tokens, at: int) -> _Unit | None:
    """Read the longest unit or currency at token `at`, behind a hyphen, a de or an of, with hyphens or spaces."""
    if at >= len(tokens):
        return None
    at = tokens.past_of(tokens.past_hyphen(at))
    words = tokens.words
    if tokens.word(at) not in words.heads:
        return None
    # English names may have hyphens, which don't count: square-kilometer.
    ends = range(at + 1, at + words.longest * (1 if tokens.french else 2) + 1)
    parts = [tokens.word(spot) if tokens.french or not tokens.hyphen(spot) else "" for spot in range(at, ends[-1])]
    for end in reversed(ends):
        name = " ".join(filter(None, parts[: end - at])) if parts[end - at - 1] else ""
        if name in words.currencies:
            return _Unit(Kind.MONEY, words.currencies[name], end)
        if name in words.units:
            unit = words.units[name]
            if unit in _DIVISIBLE and not tokens.french:
                old = tokens.past_hyphen(end)
                end = old + 1 if tokens.word(old) in ("old", "olds") else end
            return _Unit(Kind.PERCENTAGE if unit == "percent" else Kind.MEASURE, unit, end)
    return None


def _fits(tokens: Tokens, number: Amount, unit: _Unit) -> bool:
    """Tell whether that is the number's unit: not the l of « en 2007 l'indice », no letter behind words."""
    name = tokens.word(number.following)
    last = tokens.word(unit.following - 1)
    if unit.name == "time" or (name in ("de", "d") and len(last) == 1 and last.isalpha()):
        return False  # l'alinéa 3 de l'article 16
    if len(name) > 1 or not name.isalpha() or unit.kind is not Kind.MEASURE:
        return True
    elided = tokens.word(number.following + 1) in ("'", "’")
    return not (elided or number.spelled or (tokens.capital(number.following) and unit.name != "liter"))
