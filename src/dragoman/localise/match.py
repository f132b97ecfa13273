"""Rewrites the figures of a translation as its locale writes them, and none whose value is in doubt."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from dragoman.localise.edit import Edit, trim
from dragoman.localise.figures import found, numerals
from dragoman.localise.grammar import S
from dragoman.localise.leftovers import leftover_edits
from dragoman.localise.style import Style, render
from dragoman.localise.values import Date, Figure, Kind, Time
from dragoman.localise.write import forms

_CLOSING = " \u00a0\u202f»”’\"')]"  # what may stand between the last full stop and the end of a sentence
# "the October 18, 2024 ruling": the date goes with the noun, and no comma sets it off.
_ATTRIBUTE_BEFORE = re.compile(r"\b(?:the|an?|its|his|her|their|our|this|that)\s$", re.IGNORECASE)
_WORD_AFTER = re.compile(rf"{S}[\w“‘\"]")
_TIME_AFTER = re.compile(rf",(?={S}at{S}\d)")
_PART_OF_DAY_AFTER = re.compile(
    rf"{S}(?:o['’]clock|hours|hrs|in{S}the{S}(?:morning|afternoon|evening)|at{S}night|[ap]\.?m)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Source:
    """A French sentence, and its figures, each different one once, by what `_key` says of them."""

    text: str
    figures: Mapping[tuple[object, ...], Collection[Figure]]


def read(text: str) -> Source:
    """Read a French sentence."""
    found_at: dict[tuple[object, ...], dict[Figure, None]] = {}
    for figure in numerals(text, "fr"):
        for one in (figure, *_parts(figure)):
            found_at.setdefault(_key(one), {})[replace(one, start=0, end=0)] = None
    return Source(text, found_at)


def _parts(figure: Figure) -> Iterator[Figure]:
    """Yield what a translation may say for a figure: from May 3 to May 5 for « du 3 au 5 mai », 9.81 for « 9"81 »."""
    if isinstance(figure.value, Date) and figure.value.last:
        first = figure.value._replace(last=None)
        for date in (first, first._replace(year=None), first._replace(day=figure.value.last, weekday=None)):
            yield replace(figure, value=date, link="")
    elif isinstance(figure.value, Time) and isinstance(figure.value.second, Decimal) and not any(figure.value[:2]):
        yield Figure(0, 0, Kind.NUMBER, figure.value.second)


def figure_edits(source: Source, target: str, locale: str, house: Style, taken: bytearray) -> list[Edit]:
    """Return the edits that write the figures of `target` in the style of the locale, outside `taken`.

    A figure of the target is rewritten only if the source has one of the same value. The target is read as English,
    and as French that the model copied. Of the two readings of 12.000, the one counts that has the digits of a figure
    of the source; the English one also if the value alone is the same (2.50 for 2,5). As a last resort, a bare number
    may be the number of a percentage or a sum of money.
    """
    done = bytearray(taken)
    edits: list[Edit] = []
    for leftover in leftover_edits(source.text, target, locale):
        if not any(done[leftover.start : leftover.end]):
            done[leftover.start : leftover.end] = b"\1" * (leftover.end - leftover.start)
            edits.append(leftover)
    if not source.figures:
        return edits
    readings = {copied: found(target, "mixed" if copied else "en", taken) for copied in (False, True)}
    for loose, copied in ((False, False), (False, True), (True, False), (True, True)):
        for figure in readings[copied]:
            if any(done[figure.start : figure.end]):
                continue
            origins = [
                origin
                for origin in source.figures.get(_key(figure), ())
                if _equal(origin, figure, copied=copied, loose=loose)
            ]
            verified = _verified(figure, origins, target)
            if verified is None:
                continue
            done[figure.start : figure.end] = b"\1" * (figure.end - figure.start)
            edit = trim(target, _edit(verified, source.text, target, locale, house))
            if edit is not None:
                edits.append(edit)
    return sorted(edits, key=lambda edit: edit.start)


def _key(figure: Figure) -> tuple[object, ...]:
    """Return what figures that `_equal` holds for have in common."""
    match figure.value:
        case Date() as date:
            return ("date", date.month, date.day, date.last)
        case Time() as time:
            return ("time", time.hour % 12, time.minute, time.second)
    return ("number", f"{figure.amount:f}".replace(".", "").strip("0"))


def _equal(origin: Figure, figure: Figure, *, copied: bool, loose: bool) -> bool:
    """Tell whether a figure of the target says what one of the source says, and no more."""
    match origin.value, figure.value:
        case Date() as ours, Date() as theirs:
            return (
                (ours.month, ours.day, ours.last) == (theirs.month, theirs.day, theirs.last)
                and theirs.year in (None, ours.year)
                and theirs.weekday in (None, ours.weekday)
            )
        case Time() as ours, Time() as theirs:
            # 2:30 without a.m. or p.m. may be 14 h 30
            return ours == theirs or (
                not (figure.sure or copied or origin.unit)
                and theirs.hour <= 12
                and ours == (theirs.hour + 12, *theirs[1:])
            )
        case Decimal(), Decimal():
            same_kind = (figure.kind, figure.currency) == (origin.kind, origin.currency)
            if not same_kind and not (loose and figure.kind is Kind.NUMBER):
                return False
            if loose and not copied:
                return figure.value == origin.value
            same_scale = figure.scale == origin.scale or (loose and not figure.scale)
            return same_scale and figure.amount.as_tuple() == origin.amount.as_tuple()
        case _:
            return False


def _verified(figure: Figure, origins: Sequence[Figure], target: str) -> Figure | None:
    """Return the figure as it may be written, or None if it must be left alone.

    That depends on the source where the target's form may be something else: 2000 is left as it is unless
    whatever has that value in the source is surely a quantity, 2h30 unless it surely is a time of day.
    """
    if not origins or figure.spelled:
        return None
    if figure.sure:
        return figure
    sure = all(origin.sure for origin in origins)
    if isinstance(figure.value, Time) and all(origin.unit for origin in origins):
        before = _ATTRIBUTE_BEFORE.search(target, max(0, figure.start - 8), figure.start)
        attribute = before is not None and _WORD_AFTER.match(target, figure.end) is not None  # a 2h30 flight
        return None if attribute else replace(origins[0], start=figure.start, end=figure.end)
    if figure.kind is Kind.NUMBER:
        return replace(figure, sure=sure)
    if not sure or len({origin.value for origin in origins}) > 1 or _PART_OF_DAY_AFTER.match(target, figure.end):
        return None
    return replace(figure, value=origins[0].value, sure=True)


def _edit(figure: Figure, source: str, target: str, locale: str, house: Style) -> Edit:
    """Return the edit that writes a figure, with the comma and the full stop that belong to its form."""
    start, end = figure.start, figure.end
    lasting = isinstance(figure.value, Time) and not figure.sure
    text = forms(figure, locale)[0] if lasting else render(figure, locale)
    if isinstance(figure.value, Date) and figure.value.year and figure.value.day:
        if not house.year_comma and (comma := _TIME_AFTER.match(target, end)):
            end = comma.end()
        elif (
            house.year_comma
            and _WORD_AFTER.match(target, end)
            and not _ATTRIBUTE_BEFORE.search(target, max(0, start - 8), start)
        ):
            text += ","
    if text.endswith("."):
        if target.startswith(".", end) and not target.startswith("..", end):
            end += 1  # at 2:30 p.m. needs no second full stop
    elif target[start:end].endswith(".") and not target[end:].strip(_CLOSING) and source.rstrip(_CLOSING).endswith("."):
        text += "."  # "at 2:30 p.m." ended the sentence, "at 2:30pm" must, too
    return Edit(start, end, text)
