"""Tells whether an English text says the figures of a French one, and no others.

A figure is taken apart into statements: a date says a month, a day and perhaps a weekday and a year; a score says two
numbers. A statement is known by keys, a value with what it is the value of, and it is in the other text if one of its
keys is. What translators do legitimately is in the keys: 14 h 30 may be 2:30, « 45 ans » may be the 45 behind a name,
« les années 80 » the 1980s. What changes the news never is: another digit, scale, currency, month or weekday.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from dragoman.localise.conversions import converted, measures
from dragoman.localise.figures import figures
from dragoman.localise.grammar import S
from dragoman.localise.times import BEFORE_HOUR
from dragoman.localise.values import Date, Figure, Kind, Pair, Time
from dragoman.localise.write import forms

__all__ = ["Comparison", "compare", "forms", "places"]

Key = tuple[object, str]  # a value, and of what
Statement = frozenset[Key]
Ranges = Sequence[tuple[int, int]]

_FARTHEST = 40  # characters between the statements of one figure
_NEAR = 10  # between the two of a draw: any other 2 may stand in the sentence, too
_ALL = re.compile(rf"(?:{S}\w+)?[\s-](?:all|each|apiece)\b", re.IGNORECASE)  # 2-all, two goals apiece
_CROWNS = frozenset({"CZK", "SEK", "NOK", "DKK", "XXC"})
_PART_OF_DAY = re.compile(
    rf"(?=\W)(?P<clock>{S}?o['’]clock)?(?:{S}(?:in{S}the|at){S}(?P<part>morning|afternoon|evening|night))?"
)
_BEFORE_HOUR = re.compile(rf"{BEFORE_HOUR}$")
# What says that a percentage, a sum of money or a number of points is below nothing, but for a sign.
_FALL = re.compile(
    r"\b(?:down|below|negative|minus|less|lower|loss(?:es)?|los(?:e[sd]?|t|ing)|fell|fall(?:s|en|ing)?|drop\w*|declin\w+"
    r"|decreas\w+|reduc\w+|deficit|cut(?:s|ting)?|slip\w*|sl[iu]d\w*|slump\w*|plung\w+|shr[iau]nk\w*|contract\w*|shed"
    r"|tumbl\w+|retreat\w*|recession|weak\w*|worse\w*|behind|discount\w*|off)\b",
    re.IGNORECASE,
)
_NOTHING: Statement = frozenset((Decimal(0), unit) for unit in ("hour", "minute", "second"))
_ALWAYS_SAID: Statement = frozenset({(Decimal(1), ""), (Decimal(1), "ordinal"), ("B", "era"), ("A", "era")})


@dataclass(frozen=True, slots=True)
class Comparison:
    """Figures of the source that its translation does not say, and figures of the translation that the source lacks.

    A figure that was changed is in both. `added` are small numbers in words that the translation may have of its own,
    as long as nothing is missing: one of the three. Offsets are in the source for the first, in the target for the
    others.
    """

    missing: tuple[Figure, ...]
    invented: tuple[Figure, ...]
    added: tuple[Figure, ...] = ()


def places(figure: Figure, target: str) -> list[tuple[int, int]]:
    """Return where an English text says the value of a French figure: half-open ranges of characters, in order.

    « 2,5 millions d'euros » is said by "2.5 million euros", "€2.5m", "two and a half million euros" and
    "€2,500,000"; not by "2.5 million". 12.000 is taken for 12,000 where the source has that: localisation mends it.
    """
    wanted = _wanted(figure, target)
    read = _read_english(target)
    if len(wanted) == 1:
        return [(f.start, f.end) for f, said, loose in read if any(wanted[0] & s for s in (*said, *loose))]
    whole = [
        (f.start, f.end)
        for f, said, loose in read
        if (len(said) >= len(wanted) or isinstance(figure.value, Time))
        and all(any(w & s for s in (*said, *loose)) for w in wanted)
    ]
    if whole:
        return whole
    farthest = _FARTHEST
    if isinstance(figure.value, Pair) and len(set(figure.value)) == 1:
        farthest = _NEAR
        all_of = [(f.start, m.end()) for f, said, _ in read if wanted[0] & said[0] and (m := _ALL.match(target, f.end))]
        if all_of:
            return all_of
    found = [[(f.start, f.end) for f, said, _ in read if not f.free and any(w & s for s in said)] for w in wanted]
    ranges = []
    for start, end in min(found, key=len):
        used: list[tuple[int, int]] = []
        for others in found:
            free = [other for other in others if other not in used]
            near = min(free, key=lambda other: max(other[0] - end, start - other[1]), default=None)
            if near is None or max(near[0] - end, start - near[1]) > farthest:
                break
            used.append(near)
            start, end = min(start, near[0]), max(end, near[1])
        else:
            ranges.append((start, end))
    return sorted(set(ranges))


def compare(source: str, target: str, taken_source: Ranges = (), taken_target: Ranges = ()) -> Comparison:
    """Compare the figures of a French sentence with those of its English translation.

    Args:
        source: The French text.
        target: The English one.
        taken_source: Half-open ranges of `source` that belong to codes, names or terms (the 19 of Covid-19).
        taken_target: Such ranges of `target`.

    """
    ours = figures(source, "fr")
    theirs = _read_english(target)
    if not ours and not theirs:
        return Comparison((), ())
    said = frozenset(key for _, statements, _ in theirs for statement in statements for key in statement)
    missing = [
        figure
        for figure in ours
        if not (figure.free or _touches(figure, taken_source))
        and not _is_said(figure, said, target)
        and not _written_alike(figure, source, target)
    ]
    wanted = _ALWAYS_SAID.union(
        *(s for figure in ours for s in (*_wanted(figure, target), *_said(figure), *_minutes(figure)))
    )
    new = [
        figure
        for figure, statements, _ in theirs
        if not (figure.free or _touches(figure, taken_target)) and not all(s & wanted for s in statements)
    ]
    missing, new = _without_conversions(missing, new, ours)
    invented = tuple(figure for figure in new if not _may_be_added(figure))
    added = tuple(figure for figure in new if _may_be_added(figure) and figure.value != 1)
    return Comparison(tuple(missing), invented, added)


def _without_conversions(
    missing: Sequence[Figure], new: Sequence[Figure], ours: Sequence[Figure]
) -> tuple[list[Figure], list[Figure]]:
    """Return missing and new figures without those that the translation has in another unit, or has so beside it.

    A figure that was converted in the source already is none of them where it has changed: 10 km (6.2 mi), 10 km (62).
    """
    if not new:
        return list(missing), []
    theirs, our_measures = measures(new), measures(ours)
    lost = [figure for figure in missing if not converted(figure, theirs)]
    units = {figure.unit for figure in lost}
    return lost, [figure for figure in new if figure.unit in units or not converted(figure, our_measures)]


def _written_alike(figure: Figure, source: str, target: str) -> bool:
    """Tell whether a number of two parts stands in the target as it is, whatever is behind it: 787-8, 787-8s."""
    if figure.kind not in (Kind.PAIR, Kind.REFERENCE):
        return False
    written = re.escape(source[figure.start : figure.end])
    return re.search(rf"(?<![\d.,]){written}(?!\d|[.,]\d)", target) is not None


def _minutes(figure: Figure) -> tuple[Statement, ...]:
    """Return the 20 of « 1 heure 20 », which may stand behind an hour of its own."""
    if not isinstance(figure.value, Time):
        return ()
    parts = ((figure.value.minute, "minute"), (figure.value.second, "second"))
    return tuple(
        frozenset({(Decimal(number), ""), (Decimal(number), unit)}) for number, unit in parts if number is not None
    )


def _is_said(figure: Figure, said: Statement, target: str) -> bool:
    """Tell whether the target, which says `said`, says a French figure; the numbers of a score must stand together."""
    if not all(w & said for w in _wanted(figure, target)):
        return False
    return figure.kind is not Kind.PAIR or bool(places(figure, target))


def _touches(figure: Figure, ranges: Ranges) -> bool:
    return any(start < figure.end and figure.start < end for start, end in ranges)


def _may_be_added(figure: Figure) -> bool:
    """Tell whether English may say a figure for which the French has no figure: one of the two, a third man."""
    if not isinstance(figure.value, Decimal) or figure.kind not in (Kind.NUMBER, Kind.MEASURE):
        return False
    return figure.value == 1 or (figure.spelled and figure.value <= 10)


@functools.lru_cache(maxsize=1024)
def _read_english(text: str) -> tuple[tuple[Figure, tuple[Statement, ...], tuple[Statement, ...]], ...]:
    """Return the figures of an English text, what each says, and what it says if its marks are taken for French."""
    read = []
    for figure in figures(text, "en"):
        loose: tuple[Statement, ...] = ()
        if figure.other is not None and figure.unit != "meter" and not figure.scale:
            loose = (_number_keys(figure, figure.other),)
        said = _said(figure)
        if not figure.era and (hours := _hours(figure, text)):
            said = (hours,)
        if isinstance(figure.value, Decimal) and figure.value < 0:  # -3% may stand for a fall of 3%
            said = (said[0] | _said(replace(figure, value=-figure.value))[0], *said[1:])
        if figure.value == Pair(Decimal(24), Decimal(7)):
            said = (said[0] | {(Decimal(24), "hour")}, said[1] | {(Decimal(7), "day")})
        if isinstance(figure.value, Pair) and ":" in text[figure.start : figure.end]:
            chrono = (Time(0, int(figure.value.first), figure.value.second), "duration")
            said = tuple(statement | {chrono} for statement in said)
        if figure.kind is Kind.MEASURE and isinstance(
            figure.value, Decimal
        ):  # French says units in more ways than are known
            said = (said[0] | {(figure.value, "any unit")}, *said[1:])
        read.append((figure, said, loose))
    return tuple(read)


def _hours(figure: Figure, text: str) -> Statement | None:
    """Return what an English figure says as an hour without its half of the day: 2:30, 3 in the morning, at 8."""
    if figure.kind is Kind.NUMBER and figure.value in range(1, 25):
        assert isinstance(figure.value, Decimal)
        time = Time(int(figure.value), 0)
    elif isinstance(figure.value, Time) and not figure.sure:
        time = figure.value
    else:
        return None
    hour, number = time.hour, figure.kind is Kind.NUMBER
    bare: set[Key] = {(figure.value, "")} if number else {(time, "duration"), (Time(0, hour, time.minute), "duration")}
    told = _PART_OF_DAY.match(text, figure.end)
    part = told["part"] if told else None
    if part and hour <= 12:
        late = part in ("afternoon", "evening") or (part == "night" and 5 < hour < 12)
        return frozenset(bare | {(time._replace(hour=hour % 12 + (12 if late else 0)), "time")})
    if number and not ((told and told["clock"]) or _BEFORE_HOUR.search(text, max(0, figure.start - 10), figure.start)):
        return None
    halves = {hour % 12, hour % 12 + 12} if 0 < hour <= 12 else {hour % 24}
    return frozenset(bare | {(time._replace(hour=half), "time") for half in halves})


def _number_keys(figure: Figure, value: Decimal) -> Statement:
    match figure.kind:
        case Kind.PERCENTAGE:
            return frozenset({(value, "%"), (Fraction(value) / 100, "fraction")})
        case Kind.MONEY:
            keys = {(value, figure.currency)}
            if figure.currency in _CROWNS:
                keys.add((value, "XXC"))
            return frozenset(keys)
        case Kind.MEASURE:
            keys = {(value, figure.unit)}
            if figure.unit == "decade":
                keys |= {(value * 10, "year"), (value, "")}
            if figure.unit == "hour" and value != int(value):
                keys.add((value * 60, "minute"))
            return frozenset(keys)
        case Kind.AGE:
            return frozenset({(value, "year")})
        case Kind.ORDINAL | Kind.CENTURY:
            return frozenset({(value, "ordinal")})
        case Kind.DECADE:
            return frozenset({(value, "decade")})
        case Kind.WEEKDAY:
            return frozenset({(value, "weekday")})
        case Kind.MONTH:
            return frozenset({(value, "month")})
    return frozenset({(value, "")})


def _said(figure: Figure) -> tuple[Statement, ...]:
    """Return what a figure says at least, in either language."""
    match figure.value:
        case Date() as date:
            return _dated(date)
        case Time() as time:
            told = {"time"} if figure.sure else {"duration"} if figure.unit else {"time", "duration"}
            return (frozenset((time, kind) for kind in told),)
        case Pair(first, second) if figure.kind is Kind.FRACTION:
            keys: set[Key] = {(Fraction(int(first), int(second)), "fraction")}
            if figure.spelled and first == 1:
                keys.add((second, "ordinal"))
            elif figure.spelled and second == 4:
                keys.add((first, ""))  # the first three quarters of the year
            return (frozenset(keys),)
        case Pair(first, second):
            seconds = _number_keys(figure, second)
            if first >= 1000 and second < 100 and first == int(first):
                seconds |= _number_keys(figure, Decimal(int(first) // 100 * 100 + second))
            if first >= 1000 and second < 10000 and first // 100 == second // 100:
                seconds |= _number_keys(figure, second % 100)
            return (_number_keys(figure, first), seconds, *_era(figure))
        case str() as written if figure.kind is Kind.PHONE:
            return (frozenset({(re.sub(r"\D", "", written.replace("(0)", ""))[-9:], "phone")}),)
        case str() as written:
            return tuple(frozenset({(Decimal(number), "")}) for number in re.findall(r"\d+(?:\.\d+)?", written))
        case Decimal() as value:
            keys = set(_number_keys(figure, value))
            if figure.other is not None and figure.unit == "meter":
                keys.add((figure.other, ""))
            return (frozenset(keys), *_era(figure))


def _era(figure: Figure) -> tuple[Statement, ...]:
    return (frozenset({("B" if figure.era.startswith("B") else "A", "era")}),) if figure.era else ()


def _wanted(figure: Figure, target: str) -> tuple[Statement, ...]:
    """Return what a target has to say of a French figure: a minus may be a word for a fall, if the target has none."""
    wanted = _statements(figure)
    if not isinstance(figure.value, Decimal) or figure.value > 0:
        return wanted
    if figure.kind not in (Kind.PERCENTAGE, Kind.MONEY) and not figure.unit.endswith("point"):
        return wanted
    if not _FALL.search(target) or any(
        isinstance(f.value, Decimal) and f.value < 0 for f, _, _ in _read_english(target)
    ):
        return wanted
    return tuple(a | b for a, b in zip(wanted, _statements(replace(figure, value=-figure.value)), strict=True))


def _dated(date: Date, *, weekday: bool = True) -> tuple[Statement, ...]:
    statements: list[Statement] = [frozenset({(Decimal(date.month), "month")})]
    for day in (date.day, date.last):
        if day is not None:
            statements.append(frozenset({(Decimal(day), ""), (Decimal(day), "ordinal")}))
    if date.weekday is not None and weekday:
        statements.append(frozenset({(Decimal(date.weekday), "weekday")}))
    if date.year is not None:
        statements.append(frozenset({(Decimal(date.year), "")}))
    return tuple(statements)


@functools.lru_cache(maxsize=2048)
def _statements(figure: Figure) -> tuple[Statement, ...]:
    """Return what a translation of a French figure has to say, each with all the keys that will do."""
    said = _said(figure)
    match figure.value:
        case Date() as date if date.day is not None:
            return _dated(date, weekday=False)  # the date says it: it may be left out
        case Time(hour, minute, second):
            hours, whole = Decimal(hour), said[0]
            if second is None:
                in_hours = {hours + Decimal(minute) / 60, Decimal(f"{hour}.{minute:02}")}
                whole |= {*((number, "hour") for number in in_hours), (hours * 60 + minute, "minute")}
            if figure.sure:
                return (whole | {(hours, "hour")},)
            # Each of its parts, or all at once: « 1 heure 20 » is an hour and 20.
            parts = (
                (hour, "hour", not (minute or second)),
                (minute, "minute", True),
                (second, "second", not (hour or minute)),
            )
            numbers = ((Decimal(number), unit, bare) for number, unit, bare in parts if number)
            return tuple(whole | {(n, unit), (n, "" if bare else unit)} for n, unit, bare in numbers) or (whole,)
        case Decimal() as value:
            return (said[0] | _freedom(figure, value), *said[1:])
    return said


def _freedom(figure: Figure, value: Decimal) -> Statement:
    """Return the keys that say a French number as well as its own."""
    keys: set[Key] = set() if figure.other is None else set(_number_keys(figure, figure.other))
    match figure.kind:
        case Kind.NUMBER:
            keys.add((value, figure.unit or "any unit"))
            if value <= (10 if figure.spelled else 31):  # le 23, tous les trois mois; but not « vingt-trois députés »
                keys.add((value, "ordinal"))
            if value % 10 == 0:
                keys.add((value, "decade"))  # les années 1990 et 2000
        case Kind.AGE:
            keys.add((value, ""))
        case Kind.ORDINAL:
            keys.add((value, ""))
        case Kind.CENTURY:
            keys.add(((value - 1) * 100, "decade"))
        case Kind.DECADE:
            for decade in (value, value if figure.other is None else figure.other):
                keys |= {(decade % 100, "decade"), (decade % 100 + 1900, "decade")}
        case Kind.MONEY if figure.currency == "FRF":
            keys |= {(value, currency) for currency in ("CHF", "XOF", "BEF")}
        case Kind.MEASURE:
            if value == Decimal("0.5"):
                keys.add((Fraction(value), "fraction"))  # half a millimeter
            if not figure.link:  # 12 more weeks, two of the three years, the 45 behind a name; but 24 hours a day
                keys.add((value, ""))
            if figure.unit in ("fahrenheit", "celsius"):
                keys.add((value, "decade"))  # in the 90s
            if figure.unit == "celsius":
                keys.add((value, "degree"))
            if figure.unit == "degree":
                keys |= {(value, "celsius"), (value, "fahrenheit")}
            if figure.unit == "kilometer":
                keys.add((value, "kilometer-per-hour"))
            if figure.unit.endswith("point"):
                keys.add((value, "point"))
            if figure.unit == "pound":
                keys.add((value, "GBP"))
            if figure.unit == "hour" and value <= 24:
                hour, minute = int(value), int(value % 1 * 100)  # 15.30 heures
                keys |= {(Time(hour, minute), "time"), (Time(hour + 12, minute), "time")}
    return frozenset(keys)
