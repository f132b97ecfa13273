"""Rewrites what models make of figures other than quantities, dates and times, and of the signs and words beside them.

Figures may be French or split; m² and CO₂ may have lost their raised or lowered digits, since most models read text in
Unicode's compatibility form (NFKC); n° 12 may be No or no; and a time of day that is put in may stand behind the
preposition of a date.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from dragoman.localise.edit import Edit
from dragoman.localise.figures import figures
from dragoman.localise.grammar import Language, S, grammar
from dragoman.localise.times import BEFORE_HOUR
from dragoman.localise.tokens import roman_value
from dragoman.localise.values import Figure, Kind, Pair, Time
from dragoman.localise.write import forms, in_words, ordinal

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_UNITS = "one|two|three|four|five|six|seven|eight|nine"


@functools.cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        rf"""
        (?:(?<![\w.,:/-])|(?<=[XVI]e[–-])) (?:
            (?: (?P<roman>[XVI]{{1,6}}) | (?P<digits>\d{{1,3}}) ) {S}?
                (?P<suffix>e|er|re|ère|è|ème|eme|ième|st|nd|rd|th)(?!\w)
                (?:[ -](?P<siecle>si[èe]cles?|century|centuries)(?!\w))?
          | (?:les{S})? années{S} (?P<french>\d{{4}}|\d0)
          | (?P<decade>\d{{4}}|\d0)['’]s
          | (?P<whole>[1-9]\d{{0,2}}(?:,\d{{3}})+),(?P<decimals>\d\d?)
          | (?P<head>[1-9]\d{{0,2}}),{S} (?P<tail>\d{{3}})
          | (?P<hour>1[3-9]|2[0-3]) {S} (?:o['’]clock|hours)
          | (?P<first>\d{{1,3}}(?:[.,]\d)?) {S}?[–-]{S}? (?P<second>\d{{1,3}}(?:[.,]\d)?)
                (?P<percent> {S}?% | {S}per{S}?cent(?!\w) )?
          | (?i:(?P<tens>{_TENS}){S}(?P<unit>{_UNITS}))
          | (?i:(?P<measure>(?:kilo|centi|milli)?met|lit)(?:re|er)(?P<many>s?))
        ) (?!\w|[.,:/–-]\d)
        """,
        re.VERBOSE,
    )


# A unit or a formula with a raised or lowered digit, and what stands before it: 12 m², CO₂.
_RAISED = re.compile(r"(?<!\w)[^\W\d_]+[⁰¹²³⁴-⁹₀-₉][\w⁰¹²³⁴-⁹₀-₉]*")
_NUMERO = re.compile(rf"(?<!\w)n[°º]{S}?(?P<number>\d[\w/-]*)", re.IGNORECASE)
_NUMEROS = re.compile(
    rf"(?<=[^\W\d_][sx]{S})n(?:os|°s|ᵒˢ|°){S}(?P<number>\d{{1,4}}(?:,{S}\d{{1,4}})*{S}et{S}\d{{1,4}})(?!\w)"
)
_IN_TIME = re.compile(rf"(?<!\w)(?:[Ii]n|[Oo]n|[Tt]o)(?={S}(?:1?\d|2[0-4])(?:[:.][0-5]\d)?{S}?[ap]\.?m(?!\w))")
_MINUS = re.compile(rf"[-‑–]{S}*")
_UNTIL = re.compile(r"(?<!\w)jusqu['’]", re.IGNORECASE)
_OCTETS = re.compile(rf"(?P<digits>\d+){S}?(?P<size>[kKMGT])o(?!\w)")
# 24h/24, 7 jours sur 7: how the source has it, what models make of it, and what it is.
# + 1,2 %; not 2 + 2, nor 90th + 3
_PLUS = re.compile(rf"(?<![\w.,)%])(?<![\d)%]{S})(?<!\d(?:st|nd|rd|th){S})(?<!\de{S})\+(?P<space>{S})(?=\d)")
_CASED = re.compile(rf"\d{S}?((?:[kMGT]Wh|kWc|[kMG]W|[kMG]Hz|hPa|mAh))(?!\w)")
# What a sum of money is paid for.
_RATES = {
    "mois": "a month",
    "an": "a year",
    "jour": "a day",
    "semaine": "a week",
    "heure": "an hour",
    "h": "an hour",
    "nuit": "a night",
    "personne": "per person",
    "enfant": "per child",
    "élève": "per student",
    "habitant": "per inhabitant",
    "foyer": "per household",
    "salarié": "per employee",
}
_RATE = re.compile(
    rf"(?:[€$£]|(?:euro|dollar|centime)s?)(?:{S}?/{S}?(?P<for>{'|'.join(_RATES)})|(?P<hourly>{S}(?:de{S})?l['’]heure))(?!\w)"
    rf"|\d{S}?[^\W\d_]{{1,3}}[²³]?/(?P<of>jour|semaine|mois|an)(?!\w)",
    re.IGNORECASE,
)
_OF = rf"{S}?(?:/|sur|on|of|out{S}of){S}?"
_ALWAYS = tuple(
    (re.compile(rf"(?<![\w/]){french}(?![\w/])"), re.compile(rf"(?<![\w/.,]){left}(?![\w/])"), english)
    for french, left, english in (
        (rf"24{S}?h(?:eures)?{_OF}24", rf"24{S}?(?:h|heures|hours)?{_OF}24(?:{S}?h|{S}hours)?", "24 hours a day"),
        (rf"7{S}?j(?:ours)?{_OF}7", rf"(?:7|[Ss]even){S}?(?:j|d|jours|days)?{_OF}(?:7|seven)", "seven days a week"),
    )
)
_AT_TIME = re.compile(rf"(?<![\w'’])[àÀ]{S}$")


# An hour without its half of the day: at 8, from 10 to 12:30 p.m., at 7 o'clock, 8: end; not at 8 kilometers.
_BARE_HOUR = re.compile(
    rf"""
    (?:^|{BEFORE_HOUR}|(?<!\w)for{S}(?=\d{{1,2}}{S}(?:o|hours)))(?P<hour>1?\d|2[0-4])(?P<oclock>{S}(?:o['’]clock|hours))?
    (?= $ | [,;!?)”"’] | [.:](?!\d)
      | {S}(?:to|and|or|until|till|on|at|for|with|as|when|before|after|a|the|this|today|tomorrow|yesterday)(?!\w) )
    """,
    re.VERBOSE,
)
_SAME_HALF = re.compile(rf"{S}(?:to|and|or|until|till|[-–]){S}(?:1?\d)(?:[:.]\d\d)?{S}?(?P<half>[ap])\.?m")


def leftover_edits(source: str, target: str, locale: str) -> list[Edit]:
    """Return edits, in order and without overlap, of what is left of French figures, or of their signs.

    They are XVIe, 22th, années 1980, 1980's, 3 – 1, 3, 641, 18 o'clock, twenty three, kilometres, m2 for m², No 12,
    "in 6 p.m." for « à 18 h », "at 8", 24h/24. Only what the source has, too, is rewritten: an ordinal of the same
    value, a number of the same digits, a measure in the same unit, an hour of the day.
    """
    found = [*_signs(source, target, locale), *_numbers(source, target, locale), *_bare_hours(source, target, locale)]
    found.sort(key=lambda edit: edit.start)
    return [edit for n, edit in enumerate(found) if not n or found[n - 1].end <= edit.start]


def _signs(source: str, target: str, locale: str) -> Iterator[Edit]:
    """Yield edits of what stands beside a figure: raised and lowered digits, the sign for a number, Ko, "at"."""
    for word in dict.fromkeys(_RAISED.findall(source)):
        flat = unicodedata.normalize("NFKC", word)
        for match in re.finditer(rf"(?<![^\W\d_]){re.escape(flat)}(?!\w)", target):
            yield Edit(*match.span(), word)
    for number in dict.fromkeys(match["number"] for match in _NUMERO.finditer(source)):
        for match in re.finditer(rf"(?<!\w)[Nn](?:o\.?|°|º){S}?(?={re.escape(number)}(?!\w))", target):
            yield Edit(*match.span(), "No. " if locale == "en-US" else "No ")
    below = {f.value for f in figures(source, "fr") if isinstance(f.value, Decimal) and f.value < 0}
    for figure in figures(target, "en") if below else ():
        dash = _MINUS.match(target, figure.start)
        if dash and figure.value in below:
            yield Edit(*dash.span(), "-")
    yield from _days(source, target, locale)
    yield from _rates(source, target)
    for unit in dict.fromkeys(_CASED.findall(source)):
        yield from (
            Edit(*match.span(), unit)
            for match in re.finditer(rf"(?:(?<=\d)|(?<=\d{S})){unit}(?!\w)", target, re.IGNORECASE)
        )
    if _PLUS.search(source):
        yield from (Edit(*match.span("space"), "") for match in _PLUS.finditer(target))
    for numbers in _NUMEROS.findall(source):
        joined = re.sub(rf"(?<=\d){S}et{S}(?=\d)", " and ", numbers)
        for match in re.finditer(rf"(?<!\w)N(?:os?\.?|°|º){S}?(?={re.escape(joined)}(?!\w))", target, re.IGNORECASE):
            yield Edit(*match.span(), "Nos. " if locale == "en-US" else "Nos ")
    for digits, size in dict.fromkeys(_OCTETS.findall(source)):
        for match in re.finditer(rf"(?<!\d){digits}{S}?(?P<unit>{size}o?)(?!\w)", target, re.IGNORECASE):
            yield Edit(*match.span("unit"), size.upper() + "B")
    for french, left, english in _ALWAYS:
        if french.search(source):
            yield from (Edit(*match.span(), english) for match in left.finditer(target))
    preposed = list(_IN_TIME.finditer(target))
    times = [f for f in figures(source, "fr") if f.kind is Kind.TIME] if preposed else []
    if any(_AT_TIME.search(source, 0, f.start) for f in times):
        alone = len(times) == 1 and not _UNTIL.search(source)
        for match in preposed:
            if alone or match[0].lower() != "to":
                yield Edit(*match.span(), "At" if match[0][0].isupper() else "at")


def _days(source: str, target: str, locale: str) -> Iterator[Edit]:
    """Yield edits of three days or more of one month: June 12, 13 and 14; 12, 13 and 14 June."""
    ours = {tuple(re.findall(r"\d+", match["days"])) for match in _day_list("fr").finditer(source)}
    for match in _day_list("en").finditer(target) if ours else ():
        if tuple(re.findall(r"\d+", match["days"])) in ours:
            month, days = match["month"] or match["first_month"], match["days"]
            yield Edit(*match.span(), f"{month} {days}" if locale == "en-US" else f"{days} {month}")


@functools.cache
def _day_list(language: Language) -> re.Pattern[str]:
    month, day = grammar(language).month, r"\d{1,2}(?:er|st|nd|rd|th)?"
    first = rf"(?:(?P<first_month>{month}){S})?" if language == "en" else ""
    behind = r"(?(first_month)(?!\w|[.,:]\d)|" if first else "(?:"
    return re.compile(
        rf"(?<![\w,.]){first}(?P<days>{day}(?:,{S}{day})+,?{S}(?:et|ou|and|or){S}{day})"
        rf"{behind}{S}(?P<month>{month})(?!\w)(?!,?{S}\d))",
        re.IGNORECASE,
    )


def _rates(source: str, target: str) -> Iterator[Edit]:
    """Yield edits of what a sum is paid for, behind it: €650/mois is €650 a month, 30 euros de l'heure €30 an hour."""
    for match in _RATE.finditer(source):
        french = "heure" if match["hourly"] else (match["for"] or match["of"]).lower()
        english = _RATES[french]
        bare = english.rpartition(" ")[2]
        left = rf"{S}?/{S}?(?:{french}|{bare})" + (
            rf"|{S}(?:of|from|for){S}(?:the{S})?(?:hour|time)" if match["hourly"] else ""
        )
        for found in re.finditer(rf"(?:(?<=[\w²³]))(?:{left})(?!\w)", target):
            yield Edit(*found.span(), f" {english}")


def _numbers(source: str, target: str, locale: str) -> Iterator[Edit]:
    ours = figures(source, "fr")
    if not ours:
        return
    for match in _pattern().finditer(target):
        form = _form(match, ours, locale)
        if form is not None and form != match[0]:
            yield Edit(match.start(), match.end() + (form.endswith(".") and target.startswith(".", match.end())), form)


def _bare_hours(source: str, target: str, locale: str) -> Iterator[Edit]:
    """Yield edits that say which half of the day an hour is in, where the source has it and no such number besides."""
    found = list(_BARE_HOUR.finditer(target))
    ours = figures(source, "fr") if found else ()
    said = {figure.value for figure in figures(target, "en")} if found else set()
    for match in found:
        hour = int(match["hour"])
        same = [
            f for f in ours if isinstance(f.value, Time) and not f.value.minute and f.value.hour in (hour, hour + 12)
        ]
        if len(same) != 1 or not same[0].sure or same[0].value in said:
            continue
        if any(f.value == Decimal(hour) for f in ours) or len([m for m in found if m["hour"] == match["hour"]]) > 1:
            continue
        form = forms(same[0], locale)[0]
        shared = _SAME_HALF.match(target, match.end())
        if shared and f"{shared['half']}m" in form.replace(".", ""):
            continue
        start, end = match.start("hour"), match.end()
        if form.endswith(".") and target.startswith(".", end):
            end += 1
        yield Edit(start, end, form)


def _form(match: re.Match[str], ours: Sequence[Figure], locale: str) -> str | None:
    """Return what is to be written for a match, or None if the source has no such figure."""
    if match["suffix"]:
        return _ordinal(match, ours, locale)
    decade = match["french"] or match["decade"]
    if decade:
        if not any(f.value in (Decimal(decade), Decimal(decade) % 100) for f in ours if f.kind is Kind.DECADE):
            return None
        return f"{decade}s" if len(decade) == 4 else f"’{decade}s"
    if match["whole"]:
        number = Decimal(f"{match['whole'].replace(',', '')}.{match['decimals']}")
        return f"{match['whole']}.{match['decimals']}" if any(f.value == number for f in ours) else None
    if match["head"]:
        whole = Decimal(match["head"] + match["tail"])
        return f"{match['head']},{match['tail']}" if any(f.value == whole for f in ours) else None
    if match["hour"]:
        sure = (f for f in ours if f.value == Time(int(match["hour"]), 0) and f.sure)
        return next((forms(f, locale)[0] for f in sure), None)
    if match["tens"]:
        value = next(n for n in range(21, 100) if in_words(n) == f"{match['tens']}-{match['unit']}".lower())
        return f"{match['tens']}-{match['unit']}" if any(f.value == value for f in ours) else None
    if match["measure"]:
        stem = match["measure"].lower()
        if not any(f.unit.endswith((f"{stem}er", f"{stem}er-per-hour")) for f in ours):
            return None
        return f"{match['measure']}{'er' if locale == 'en-US' else 're'}{match['many']}"
    return _pair(match, ours, locale)


def _ordinal(match: re.Match[str], ours: Sequence[Figure], locale: str) -> str | None:
    value = Decimal(match["digits"]) if match["digits"] else Decimal(roman_value(match["roman"].lower()))
    same = [f for f in ours if f.kind in (Kind.ORDINAL, Kind.CENTURY) and f.value == value]
    if not value or not same:
        return None
    if not match["siecle"]:
        return forms(same[0], locale)[0] if same[0].unit == "century" else ordinal(int(value))
    return next((forms(replace(f, era=""), locale)[0] for f in same if f.kind is Kind.CENTURY), None)


def _pair(match: re.Match[str], ours: Sequence[Figure], locale: str) -> str | None:
    pair = Pair(*(Decimal(match[end].replace(",", ".")) for end in ("first", "second")))
    kind = Kind.PERCENTAGE if match["percent"] else Kind.PAIR
    same = next((f for f in ours if f.kind is kind and f.value == pair), None)
    return forms(same, locale)[0] if same is not None else None
