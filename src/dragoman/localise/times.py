"""Finds times of day in a text."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate, pairwise

from dragoman.localise.grammar import Language, S, grammar
from dragoman.localise.values import Figure, Kind, Time

_LEFT = r"(?<![\w.,:\\°#@+])(?<!(?<!h)(?<!h\d\d)(?<![ap]m)(?<!m\.)/)(?<![^\W\dh][-–])"  # 9h/12h
_HOUR = r"(?P<hour>[01]?\d|2[0-3])"
_MINUTE = r"(?P<minute>[0-5]\d)"
_SECOND = r"(?P<second>[0-5]?\d)"
_MIN, _SEC = r"(?:min|mn|minutes?)", r"(?:s|sec|secondes?)"
_PART = rf"(?:(?<=s){S}?(?P<part_of_second>\d\d)(?!\d))?"  # 1 min 43 s 02
_HOURS = {
    "fr": "une deux trois quatre cinq six sept huit neuf dix onze douze".split(),
    "en": "one two three four five six seven eight nine ten eleven twelve".split(),
}
# Minutes after the hour, and before it.
_QUARTERS = {"et quart": 15, "et demi": 30, "et demie": 30, "moins le quart": -15, "moins cinq": -5, "moins dix": -10}
_QUARTERS |= {"moins vingt": -20, "moins vingt-cinq": -25}
_QUARTERS |= {"half past": 30, "quarter past": 15, "quarter after": 15, "quarter to": -15, "quarter before": -15}
_QUARTER = rf"(?P<quarter>{'|'.join(sorted(_QUARTERS, reverse=True))})".replace(" ", S)
_H_FORM = (
    rf"{_LEFT}(?:{_HOUR}{S}?(?:heures?|h)(?:{S}?(?P<minute>[0-5]\d|\d(?={S}?{_MIN}))"
    rf"(?:{S}?{_MIN}(?:{S}(?:et{S})?{_SECOND}{S}?{_SEC}{_PART})?)?)?"  # 2 h 14 min 37 s
    rf"|(?P<word>{'|'.join(_HOURS['fr'])}){S}heures?|(?P<name>midi|minuit))"
    rf"(?:{S}{_QUARTER})?(?:{S}(?P<part>du{S}(?:matin|soir)|de{S}l['’]après-midi))?(?!\w)(?![.,:]\d)"
)
_MINUTES_FORM = rf"{_LEFT}(?P<minute>[0-5]?\d){S}?{_MIN}{S}(?:et{S})?{_SECOND}{S}?{_SEC}{_PART}(?!\w)"  # 39 min 42 s
# 2 h 03'23", 1'45"32, 1'45.32, 9"81, 9 s 81: what somebody ran; not 48°51'24", a place, nor 5'10" in English, a height.
_MINUTES, _SECONDS = "['’′]", "(?:[\"”″]|['’′]{2})"
_RACE_LEFT = rf"(?<![\w.,°'’′])(?<!°{S})"
_RACE_SECONDS = rf"(?P<second>[0-5]?\d)(?:{S}?{_SECONDS}|{S}s{S}|[.,])(?P<part_of_second>\d{{1,3}})(?![\w'’′\"”])"
_RACE_FORMS = (
    rf"{_RACE_LEFT}(?:(?P<hour>\d{{1,2}}){S}?h{S}?)?(?P<minute>[0-5]?\d){S}?{_MINUTES}{S}?{_RACE_SECONDS}",
    rf"{_RACE_LEFT}{_RACE_SECONDS.replace('|[.,]', '')}",
)
_FRENCH_RACE_FORM = (
    rf"{_RACE_LEFT}(?:(?P<hour>\d{{1,2}}){S}?h{S}?)?(?P<minute>[0-5]?\d){S}?{_MINUTES}{S}?"
    rf"(?P<second>[0-5]\d){S}?{_SECONDS}(?!\w)"
)
_BEHIND_FORM = rf"{_RACE_LEFT}(?:(?<=\(à{S})|(?<=\([at][to]{S}))(?P<second>[0-5]?\d){S}?{_SECONDS}(?=\))"  # (à 23")
_COLON_FORM = rf"{_LEFT}{_HOUR}:{_MINUTE}(?::{_SECOND})?(?!\w)(?![.,:/\-–]\d)"
_HALF_FORM = rf"{_LEFT}{_HOUR}(?:[:.h]{_MINUTE}(?::{_SECOND})?)?{S}?(?P<half>[ap])(?:\.m\.|\.m(?!\w)|m(?!\w))"
_NAMED_FORM = r"(?<!\w)(?:12(?::00)? )?(?P<name>noon|midnight)(?!\w)"
_QUARTER_FORM = (
    rf"(?<!\w){_QUARTER}{S}(?:(?P<name>noon|midnight)|(?P<word>{'|'.join(_HOURS['en'])})|(?P<hour>1?\d))"
    rf"(?={S}(?:in|on|at|o['’]clock)(?!\w)|\W?$|[^\w\s-]\s)"
)

# What stands before an hour of the day without a.m. or p.m. in English, as a pattern: at 8, from 10 to 12.
BEFORE_HOUR = rf"(?<!\w)(?:at|from|(?<!\bup{S})to|until|till|by|before|after|around|about|between|and|or|since){S}"

_JOINED = re.compile(rf"{S}?(?:et|ou|à|[-–,/]){S}?", re.IGNORECASE)
_PAIR_BEFORE = re.compile(r"(?:\b(?:de|(?P<between>entre))\s|^\s?|\()$", re.IGNORECASE)
_HEADING_AFTER = re.compile(rf"{S}?[:–—|]{S}")
_ONLY_TIMES = re.compile(r"(?:\b(?:de|à|et|ou)\b|[\s.,;:/()–-])*", re.IGNORECASE)
_ZONE_AFTER = re.compile(rf",?{S}\(?(?:GMT|UTC|TU(?!\w)|locales?(?!\w)|heures?{S}(?:locale|de{S}|d['’]))")
# à 20 h par semaine, à 3 h en train, 2 h plus tard: how much or how far, after all.
_DURATION_AFTER = re.compile(
    rf"{S}(?:par (?:jour|semaine|mois|an)\b|en (?:voiture|train|avion|moyenne)\b|hebdomadaire|chrono|plus t[ôa]r?[td]\b"
    rf"|auparavant|durant\b|consécutives|supplémentaires?)|/[^\W\d]",
    re.IGNORECASE,
)
# 2 h 30 de marche; but à 2 h 30 de Paris is as far from being sure as « à 9 h de nombreux élèves … ».
_OF_AFTER = re.compile(rf"{S}(?:de|du)\b|{S}d['’]", re.IGNORECASE)


@functools.cache
def _patterns(language: Language) -> tuple[re.Pattern[str], ...]:
    forms = {
        "fr": (_H_FORM, _COLON_FORM, _MINUTES_FORM, *_RACE_FORMS, _FRENCH_RACE_FORM, _BEHIND_FORM),
        "en": (_HALF_FORM, _NAMED_FORM, _COLON_FORM, _QUARTER_FORM, *_RACE_FORMS),
        "mixed": (_H_FORM, _COLON_FORM, _MINUTES_FORM, *_RACE_FORMS, _FRENCH_RACE_FORM, _BEHIND_FORM),
    }
    return tuple(re.compile(form, re.IGNORECASE) for form in forms[language])


@functools.cache
def _clock_before() -> re.Pattern[str]:
    """Return what stands before a time of day, and hardly ever before a duration, in French."""
    preposition = r"à|dès|vers|avant|jusqu['’]à|sur les coups de|alentours de|environs de|autour de|à partir de"
    clock = r"(?:il|c['’])\s?(?:est|était|sera)(?: environ| presque| à peine)?|peu après|juste après"
    opening = (
        r"(?:ouverture|fermeture|départ|arrivée|début|coup d['’]envoi|rendez-vous|horaires?) ?:|ouverte?s?(?: de)?"
    )
    day = rf"hier|demain|aujourd['’]hui|soir|matin|midi|nuit|{grammar('fr').weekday}"
    # « le train de 18h30 », « le 20 heures »; « un vol de 2h30 » is a duration.
    named = r"(?:l['’]|(?:le|la|du|au|celui|celle|ce|cette)\s)(?:\w{2,20}\s)?(?:de\s)?"
    return re.compile(
        rf"\b(?:(?P<sure>(?:{preposition}|{clock}|{opening}|{day}),?\s\(?)|{named})$".replace(" ", S), re.IGNORECASE
    )


@functools.cache
def _duration_before() -> re.Pattern[str]:
    """Return what stands before how long something took, and never before a time of day, in French."""
    verb = (
        r"dur(?:e|é|ent|er|era|eront|ait|aient)|met(?:tre|tent|tait)?|mis|prend(?:re|ra|rait)?|prennent|pris|dormi|faut"
    )
    before = r"pendant|durant|en|il y a|au bout de|plus de|moins de|près de|au moins|toutes les|durée(?: \w+)? ?:?"
    event = r"(?:une? (?:[\w'’-]{2,20} ){1,2}|(?:panne|grève|attente|trajet|sommeil) )(?:de |d['’])"
    film = r"[(,] ?\d{4}, "  # (1959, 1h39)
    about = r"environ|presque|à peine|près de|plus de|moins de|au moins|entre|de"
    return re.compile(
        rf"(?:\b(?:(?:{verb}|{before}) |{event})|{film})(?:(?:{about}) )?$".replace(" ", S), re.IGNORECASE
    )


def times(text: str, language: Language, dates: Sequence[Figure]) -> Iterator[Figure]:
    """Yield the times of day. `dates` are the dates in the text: what follows one is no duration.

    In English, a time is sure if it has a.m. or p.m. or is noon or midnight. In French it is sure if the
    words around it say so, and has the unit "hour" if they say that it is a duration; the words midi and minuit
    alone are no figures.
    """
    found: list[Figure] = []
    for pattern in _patterns(language):
        for match in pattern.finditer(text):
            figure = _time(match)
            if figure is not None:
                found.append(figure)
    found.sort(key=lambda figure: (figure.start, -figure.end))
    ends = accumulate((figure.end for figure in found), max, initial=0)
    apart = [figure for figure, end in zip(found, ends, strict=False) if figure.start >= end]
    yield from _judged(text, apart, dates) if language == "fr" else apart


def _time(match: re.Match[str]) -> Figure | None:
    """Return the time that was matched, or None if the words are as much a duration or no figure at all."""
    groups = {name: group.lower() for name, group in match.groupdict().items() if group}
    quarter, part, name, word = (groups.get(group, "") for group in ("quarter", "part", "name", "word"))
    quarter = re.sub(S, " ", quarter)
    if name:
        hour = 12 if name in ("noon", "midi") else 0
    elif word:
        hour = next(words.index(word) for words in _HOURS.values() if word in words) + 1
    else:
        hour = int(groups.get("hour", 0))
    french = "part" in match.groupdict()
    if french and (name or word) and not (quarter or part):
        return None
    if "half" in groups and hour <= 12:
        hour = hour % 12 + (12 if groups["half"] == "p" else 0)
    if part and not part.endswith("matin") and hour < 12:
        hour += 12
    hour, minute = divmod((hour * 60 + int(groups.get("minute", 0)) + _QUARTERS.get(quarter, 0)) % (24 * 60), 60)
    second: int | Decimal | None = int(groups["second"]) if "second" in groups else None
    if "part_of_second" in groups:
        second = Decimal(f"{groups['second']}.{groups['part_of_second']}")
    time = Time(hour, minute, second)
    if match.re.pattern.startswith(_RACE_LEFT) or "part_of_second" in groups:
        return Figure(*match.span(), Kind.TIME, time, sure=False, unit="hour", link=":")
    sure = bool(name or part or "half" in groups or (french and _QUARTERS.get(quarter, 0) < 0))
    lasting = "" if "hour" in match.groupdict() or sure else "hour"
    return Figure(
        *match.span(), Kind.TIME, time, sure=sure, unit=lasting, spelled=bool(word or (quarter and not french))
    )


def _judged(text: str, found: Sequence[Figure], dates: Sequence[Figure]) -> Iterator[Figure]:
    """Yield French times, sure where the text around them shows that they are no durations, or that they are."""
    ends = {date.end for date in dates}
    rest = " ".join(
        text[before.end if before else 0 : after.start if after else len(text)]
        for before, after in pairwise((None, *found, None))
    )
    alone = _ONLY_TIMES.fullmatch(rest) is not None
    joined = [False, *(_JOINED.fullmatch(text, a.end, b.start) is not None for a, b in pairwise(found))]
    paired = [_PAIR_BEFORE.search(text, max(0, figure.start - 8), figure.start) for figure in found]
    clocks: list[bool | None] = []  # True for a time of day, False for a duration
    for n, figure in enumerate(found):
        assert isinstance(figure.value, Time)
        clock = _told(text, figure, clocks[-1] if joined[n] else None)
        before = paired[n - 1] if joined[n] else None
        if clock is None and (
            (alone and not figure.value.second)
            or _follows_date(text, figure, ends)
            or (not n and not text[: figure.start].strip() and _HEADING_AFTER.match(text, figure.end))
            or (before and before["between"])
        ):
            clock = True
        clocks.append(clock)
    for n in range(len(found) - 2, -1, -1):  # de 9 h à 18 h 30: the second says what the first is
        if joined[n + 1] and (clocks[n + 1] is False or (clocks[n] is None and paired[n] is not None)):
            clocks[n] = clocks[n + 1]
    for figure, clock in zip(found, clocks, strict=True):
        if clock or not figure.spelled:  # « deux heures et demie » is a quantity
            yield replace(figure, sure=bool(clock), unit="hour" if clock is False else "")


def _told(text: str, figure: Figure, joined: bool | None) -> bool | None:
    """Tell whether a French time is one of the day by the words around it, None if they do not tell.

    `joined` is what the time is that it is joined to.
    """
    assert isinstance(figure.value, Time)
    if figure.sure or _ZONE_AFTER.match(text, figure.end):
        return True
    if figure.unit or _DURATION_AFTER.match(text, figure.end):
        return False
    before = _clock_before().search(text, max(0, figure.start - 40), figure.start)
    sure = before is not None and (before["sure"] is not None or figure.value.hour >= 13)
    if _OF_AFTER.match(text, figure.end) and (not sure or figure.value.hour <= 12):
        return None if sure else False
    if joined is not None:
        return joined
    if before is not None and before["sure"]:
        return True
    if _duration_before().search(text, max(0, figure.start - 60), figure.start):
        return False
    return True if sure else None


def _follows_date(text: str, figure: Figure, ends: set[int]) -> bool:
    """Tell whether a date stands before the time, with no more than a few marks or an à between."""
    place = figure.start
    while place > 0 and figure.start - place < 5 and place not in ends and text[place - 1] in " \u00a0\u202f,à|·-–(":
        place -= 1
    return place in ends
