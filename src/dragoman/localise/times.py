"""Finds times of day in a text."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.localise.grammar import Language, S, grammar
from dragoman.localise.values import Figure, Kind, Time

_LEFT = r"(?<![\w.,:/\\°#@+])(?<![^\W\dh][-–])"
_HOUR = r"(?P<hour>[01]?\d|2[0-3])"
_MINUTE = r"(?P<minute>[0-5]\d)"
_SECOND = r"(?P<second>[0-5]?\d)"
_IN_MINUTES = rf"{S}?(?:min|mn|minutes?)(?:{S}(?:et{S})?{_SECOND}{S}?(?:s|sec|secondes?))?"  # 2 h 14 min 37 s
_H_FORM = rf"{_LEFT}{_HOUR}{S}?(?:heures?|h)(?:{S}?{_MINUTE}(?:{_IN_MINUTES})?)?(?!\w)(?![.,:]\d)"
_COLON_FORM = rf"{_LEFT}{_HOUR}:{_MINUTE}(?::{_SECOND})?(?!\w)(?![.,:/\-–]\d)"
_HALF_FORM = rf"{_LEFT}{_HOUR}(?:[:.h]{_MINUTE}(?::{_SECOND})?)?{S}?(?P<half>[ap])(?:\.m\.|\.m(?!\w)|m(?!\w))"
_NAMED_FORM = r"(?<!\w)(?:12(?::00)? )?(?P<name>noon|midnight)(?!\w)"

_JOINED = re.compile(rf"{S}?(?:et|ou|à|[-–,/]){S}?", re.IGNORECASE)
_PAIR_BEFORE = re.compile(r"(?:\b(?:de|entre)\s|^\s?|\()$", re.IGNORECASE)
_HEADING_AFTER = re.compile(rf"{S}?[:–—|]{S}")
# à 2h30 de Paris, à 20 h par semaine, à 3 h en train: how far or how much, after all.
_DURATION_AFTER = re.compile(
    rf"{S}(?:par (?:jour|semaine|mois|an)\b|en (?:voiture|train|avion|moyenne)\b|hebdomadaire|chrono)|/\w",
    re.IGNORECASE,
)
_DISTANCE_AFTER = re.compile(rf"{S}(?:de(?! l['’]après)|du(?! (?:matin|soir)))\b|{S}d['’]", re.IGNORECASE)


@functools.cache
def _patterns(language: Language) -> tuple[re.Pattern[str], ...]:
    forms = {
        "fr": (_H_FORM, _COLON_FORM),
        "en": (_HALF_FORM, _NAMED_FORM, _COLON_FORM),
        "mixed": (_H_FORM, _COLON_FORM),
    }
    return tuple(re.compile(form, re.IGNORECASE) for form in forms[language])


@functools.cache
def _clock_before() -> re.Pattern[str]:
    """Return what stands before a time of day, and hardly ever before a duration, in French."""
    preposition = r"à|dès|vers|avant|jusqu['’]à|il est|sur les coups de|alentours de|environs de|autour de"
    day = rf"hier|demain|aujourd['’]hui|soir|matin|midi|nuit|{grammar('fr').weekday}"
    # « le train de 18h30 », « le 20 heures »; « un vol de 2h30 » is a duration.
    named = r"(?:l['’]|(?:le|la|du|au|celui|celle|ce|cette)\s)(?:\w{2,20}\s)?(?:de\s)?"
    return re.compile(rf"\b(?:(?P<sure>(?:{preposition}|{day}),?\s\(?)|{named})$", re.IGNORECASE)


def times(text: str, language: Language, dates: Sequence[Figure]) -> Iterator[Figure]:
    """Yield the times of day. `dates` are the dates in the text: what follows one is no duration.

    In English, a time is sure if it has a.m. or p.m. or is noon or midnight. In French it is sure if the
    words around it say so; the words midi and minuit are no figures.
    """
    found = []
    for pattern in _patterns(language):
        for match in pattern.finditer(text):
            time = _time(match)
            if time is not None:
                sure = "half" in match.groupdict() or "name" in match.groupdict()
                found.append(Figure(*match.span(), Kind.TIME, time, sure=sure))
    found.sort(key=lambda figure: (figure.start, -figure.end))
    yield from _judged(text, found, dates) if language == "fr" else found


def _time(match: re.Match[str]) -> Time | None:
    groups = match.groupdict()
    if "name" in groups:
        return Time(12 if groups["name"].lower() == "noon" else 0, 0)
    hour, minute = int(groups["hour"]), int(groups["minute"] or 0)
    if groups.get("half") and hour <= 12:
        hour = hour % 12 + (12 if groups["half"].lower() == "p" else 0)
    return Time(hour, minute, int(groups["second"]) if groups.get("second") else None)


def _judged(text: str, found: Sequence[Figure], dates: Sequence[Figure]) -> list[Figure]:
    """Return French times, sure where the text before or after shows that they are no durations."""
    ends = {date.end for date in dates}
    judged: list[Figure] = []
    for figure in found:
        before = _clock_before().search(text, max(0, figure.start - 40), figure.start)
        assert isinstance(figure.value, Time)
        hour = figure.value.hour
        sure = (
            (before is not None and (before["sure"] is not None or hour >= 13))
            or _follows_date(text, figure, ends)
            or (not judged and not text[: figure.start].strip() and _HEADING_AFTER.match(text, figure.end) is not None)
            or (bool(judged) and judged[-1].sure and _JOINED.fullmatch(text, judged[-1].end, figure.start) is not None)
        )
        if _DURATION_AFTER.match(text, figure.end) or (hour <= 12 and _DISTANCE_AFTER.match(text, figure.end)):
            sure = False
        judged.append(replace(figure, sure=sure))
    for index in range(len(judged) - 2, -1, -1):  # de 9 h à 18 h 30: the second says what the first is
        this, following = judged[index], judged[index + 1]
        if (
            following.sure
            and _JOINED.fullmatch(text, this.end, following.start)
            and _PAIR_BEFORE.search(text, max(0, this.start - 8), this.start)
        ):
            judged[index] = replace(this, sure=True)
    return judged


def _follows_date(text: str, figure: Figure, ends: set[int]) -> bool:
    """Tell whether a date stands before the time, with no more than a few marks or an à between."""
    place = figure.start
    while place > 0 and figure.start - place < 5 and place not in ends and text[place - 1] in " \u00a0\u202f,à|·-–(":
        place -= 1
    return place in ends
