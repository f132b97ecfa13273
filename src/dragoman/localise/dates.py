"""Finds dates in a text."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.localise.grammar import LEFT, Language, S, grammar
from dragoman.localise.values import Date, Figure, Kind

_YEAR = r"(?P<year>[12]\d{3})(?!\w)(?![.,:/\-–]\d)"
_SHORT_YEAR = r"(?P<short_year>\d\d)(?!\w)(?![/.\-]\d)"
_ORDINAL = r"(?:er|st|nd|rd|th)?"

# What joins two days of one month, and the English for it.
_LINKS = {
    "to": "to",
    "until": "to",
    "through": "through",
    "and": "and",
    "or": "or",
    "-": "-",
    "–": "–",
    "au": "to",
    "et": "and",
    "ou": "or",
}
_LINK = "|".join(_LINKS)

_ON = re.compile(rf"(?<!\w)on{S}$", re.IGNORECASE)
_NO_NOUN_AFTER = re.compile(r"[.,;:)]|$")
_WORD_AFTER = re.compile(rf"{S}?\w")
_NUMERIC = re.compile(r"\d[/.-]\d{1,2}[/.-]\d")
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class _Patterns:
    stems: tuple[str, ...]  # of the names of months: a text without any of them needs no closer look
    named: tuple[re.Pattern[str], ...]
    numeric: tuple[re.Pattern[str], ...]
    before: re.Pattern[str]  # what stands before a day or a month, and belongs to the date
    fellow: re.Pattern[str]  # another weekday and day before it, of the same month
    hanging: re.Pattern[str]  # what stands before a date that must not be turned round


@functools.cache
def _patterns(language: Language) -> _Patterns:
    words = grammar(language)
    month = rf"(?P<month>{words.month})"
    year = rf",?{S}{{1,2}}{_YEAR}"
    no_year = rf"(?!\w)(?![.,:/]\d)(?!{S}\d{{3}}(?!\d))"
    span = rf"(?:{S}?(?P<link>{_LINK}){S}?(?:(?:the|le){S})?(?P<last>\d{{1,2}}){_ORDINAL})?"
    day_first = rf"{LEFT}(?P<day>\d{{1,2}}(?P<ordinal>{_ORDINAL})){span}{S}{{1,2}}(?P<of>of{S})?{month}(?:{year})?"
    # octobre 18, 2024 is no French, but what the software of many a French site makes of an English pattern.
    own_month = rf"(?!{S}{{1,2}}(?:of{S})?{words.month})"  # June 30 to 15 September
    month_first = (
        rf"{LEFT}{month}{S}{{1,2}}(?:the{S})?(?P<day>\d{{1,2}}{_ORDINAL})(?:{span[3:-2]}{own_month})?"
        rf"(?:{year if language == 'fr' else f'{year}|{no_year}'})"
    )
    month_only = rf"{LEFT}{month},?{S}{{1,2}}(?:of{S}|de{S})?{_YEAR}"
    first, second = ("month_number", "day") if language == "en" else ("day", "month_number")
    numeric = rf"{LEFT}(?P<{first}>\d{{1,2}})(?P<mark>[/.\-])(?P<{second}>\d{{1,2}})(?P=mark)(?:{_YEAR}|{_SHORT_YEAR})"
    iso = rf"{LEFT}(?P<year>[12]\d{{3}})-(?P<month_number>\d\d)-(?P<day>\d\d)(?!\w)(?!-\d)"
    fellow = (
        rf"{LEFT}(?P<weekday>{words.weekday}),?{S}{{1,2}}(?P<day>\d{{1,2}}){_ORDINAL}"
        rf"(?P<between>,?{S}?(?:{_LINK}){S}?(?:le{S}|the{S})?)$"
    )
    # 3, 4 et 5 mai; on May 3 and 5 of May: the days before hang on its month. Not so June 30 to 15 September.
    own = rf"(?P<own>(?<!\w){words.month}{S}(?:the{S})?)?"
    hanging = rf"(?:{own}(?<!\d)\d{{1,2}}{_ORDINAL}{S}?(?:,|{_LINK}){S}?|(?<!\w){words.month}{S})$"
    return _Patterns(
        stems=tuple({name[:3] for name in words.months}),
        named=tuple(re.compile(p, re.IGNORECASE) for p in (day_first, month_first, month_only)),
        numeric=tuple(re.compile(p, re.IGNORECASE) for p in (numeric, iso)),
        before=re.compile(
            rf"(?<!\w)(?P<weekday>{words.weekday}),?{S}{{1,2}}(?:the{S})?$|(?<!\w)the{S}$", re.IGNORECASE
        ),
        fellow=re.compile(fellow, re.IGNORECASE),
        hanging=re.compile(hanging, re.IGNORECASE),
    )


def dates(text: str, language: Language) -> Iterator[Figure]:
    """Yield the dates that name a month and a day, or a month and a year; where they overlap, the better first.

    02/03/2024 is the second of March, but the third of February where the language is English.
    """
    patterns = _patterns(language)
    lower = text.lower()
    chosen = patterns.named if any(stem in lower for stem in patterns.stems) else ()
    for pattern in chosen + (patterns.numeric if _NUMERIC.search(text) else ()):
        at = 0
        while match := pattern.search(text, at):
            found = list(_figures(match, language))
            yield from found
            # What is no date may hide one: June [30 to 15 September].
            at = match.end() if found else match.start() + 1


def _figures(match: re.Match[str], language: Language) -> Iterator[Figure]:
    """Yield the date of a match, and before it the day that takes its month from it: lundi 3 et mardi 4 mai."""
    words, patterns = grammar(language), _patterns(language)
    found: dict[str, str] = match.groupdict(default="")
    text, (start, end) = match.string, match.span()
    month = words.months[_name(found["month"])] if "month" in found else int(found["month_number"])
    day = int(re.sub(r"\D", "", found["day"])) if "day" in found else None
    last = int(found["last"]) if found.get("last") else None
    year = int(found["year"]) if found["year"] else None
    if found.get("short_year"):  # as POSIX has it: 69 is 1969, 68 is 2068
        year = int(found["short_year"]) + (1900 if found["short_year"] >= "69" else 2000)
    link = found.get("link", "").lower()
    day_first = "of" in found
    if link in {"and", "or", "et", "ou"} and not (day_first or year) and _WORD_AFTER.match(text, end):
        end, last, link = match.end("day"), None, ""  # May 3 and 12 others
    if not 1 <= month <= 12 or any(not 1 <= d <= _DAYS_IN_MONTH[month - 1] for d in (day, last) if d is not None):
        return
    weekday = fellow = None
    before = patterns.before.search(text, max(0, start - 20), start) if day else None
    if before is not None and before["weekday"]:
        start, weekday = before.start(), words.weekdays[_name(before["weekday"])]
        if day_first or language != "fr":
            fellow = patterns.fellow.search(text, max(0, start - 40), start)
    elif before is not None and day_first:
        on_the = _ON.search(text, max(0, before.start() - 4), before.start()) and _NO_NOUN_AFTER.match(text, end)
        if found["ordinal"] or found["of"] or on_the:
            start = before.start()  # in "the 3 May attacks", the article is not the date's
    if fellow is not None and 1 <= int(fellow["day"]) <= _DAYS_IN_MONTH[month - 1]:
        value = Date(None, month, int(fellow["day"]), words.weekdays[_name(fellow["weekday"])])
        yield Figure(fellow.start(), fellow.start("between"), Kind.DATE, value)
    hanging = patterns.hanging.search(text, max(0, start - 30), start) if day_first and fellow is None else None
    if hanging and hanging["own"]:
        hanging = None
    if hanging and language != "fr":
        return
    value = Date(year, month, day, weekday, last)
    unit = "day" if hanging and text[hanging.start()].isdigit() else ""
    yield Figure(start, end, Kind.DATE, value, link=_LINKS[link] if link else "", unit=unit)


def _name(word: str) -> str:
    return word.lower().rstrip(".")
