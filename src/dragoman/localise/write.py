"""Writes figures of every kind as newspapers of a locale do: digits or words, units, ages, centuries, scores.

Names of units, currencies, months and weekdays are CLDR's, by Babel. When to use words is the Associated Press's
(Stylebook, "numerals"; the Guardian style guide, "numbers", agrees): one to nine in words, unless with a unit of
measure, a scale, a percentage or an age; centuries and decades in digits from the tenth on. What the French writes in
digits stays in digits, since scores, pages and leagues have them, too.
"""

from __future__ import annotations

import functools
from dataclasses import replace
from decimal import Decimal

from dragoman.localise.lexicon import ENGLISH_NUMBERS, ENGLISH_ORDINALS
from dragoman.localise.signs import TEMPERATURES
from dragoman.localise.style import in_digits, render, style
from dragoman.localise.values import Date, Figure, Kind, Pair, Time

_NUMBERS = {number: word for word, number in ENGLISH_NUMBERS.items()}
_ORDINALS = {number: word for word, number in ENGLISH_ORDINALS.items()}
_SCALES = {6: "million", 9: "billion", 12: "trillion"}
_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}
_MOST_DECIMALS = 3  # before a scale word
_SHORT_SCALES = {6: "m", 9: "bn", 12: "tn"}
# What newspapers call currencies where CLDR is longer: "yen", not "Japanese yen". The rest is CLDR's.
_CURRENCIES = {
    "JPY": "yen",
    "CNY": "yuan",
    "KRW": "won",
    "INR": "rupees",
    "XOF": "CFA francs",
    "XPF": "CFP francs",
    "FRF": "francs",
    "XXC": "crowns",
    "ILS": "shekels",
    "MAD": "dirhams",
    "TND": "dinars",
    "MXN": "pesos",
    "HUF": "forints",
    "PLN": "zlotys",
    "UAH": "hryvnias",
    "NGN": "nairas",
    "BRL": "reals",
    "ZAR": "rand",
    "cent": "cents",
    "RUB": "rubles",
    "DEM": "marks",
    "ITL": "lire",
    "EUR": "euros",
    "USD": "dollars",
    "GBP": "pounds",
}
_UNITS = {  # what CLDR lacks, or says at greater length: singular and plural
    "percentage-point": ("percentage point", "percentage points"),
    "basis-point": ("basis point", "basis points"),
    "point": ("point", "points"),
    "decade": ("decade", "decades"),
    "kilogram": ("kilogram", "kilograms"),
    "hectoliter": ("hectoliter", "hectoliters"),
}
_BRITISH = {"rubles": "roubles", "hectoliters": "hectolitres", "hectoliter": "hectolitre"}
# Short names, which the Guardian closes up to the digits, and both papers use for these.
_SHORT_UNITS = {
    "kilometer": "km",
    "meter": "m",
    "centimeter": "cm",
    "millimeter": "mm",
    "kilogram": "kg",
    "hectare": "ha",
    "kilometer-per-hour": "km/h",
    "square-kilometer": "sq km",
    "square-meter": "sq m",
    "celsius": "C",
    "megawatt": "MW",
    "gigawatt": "GW",
    "kilowatt-hour": "kWh",
    "megawatt-hour": "MWh",
    "gigawatt-hour": "GWh",
    "terawatt-hour": "TWh",
    "hectopascal": "hPa",
    "gram": "g",
    "liter": "l",
}
# Hardly ever written in full.
_BYTES = {"kilobyte": "KB", "megabyte": "MB", "gigabyte": "GB", "terabyte": "TB"}


def forms(figure: Figure, locale: str) -> tuple[str, ...]:
    """Return acceptable ways to write a French figure in English, the preferred first, without doubles.

    They stand for text[figure.start:figure.end] of the French: "21st century" for « XXIe siècle », whose article is
    the sentence's. References and phone numbers are copied.

    Raises:
        DragomanError: The locale is not supported.

    """
    style(locale)
    return tuple(dict.fromkeys(_negative(figure, locale) if _is_negative(figure) else _with_era(figure, locale)))


def _is_negative(figure: Figure) -> bool:
    return isinstance(figure.value, Decimal) and figure.value < 0


def _negative(figure: Figure, locale: str) -> list[str]:
    """Return -3.2%; minus 5 degrees (AP Stylebook, "temperatures"), -5 degrees in British papers."""
    in_words = figure.spelled or (figure.unit in TEMPERATURES and locale == "en-US")
    signs = ("minus ", "-") if in_words else ("-", "minus ")
    positive = _forms(replace(figure, value=-_decimal(figure)), locale)
    return [sign + form for sign in signs for form in positive]


def _with_era(figure: Figure, locale: str) -> list[str]:
    """Return third century BC, AD 120; a year is never given separators."""
    found = _forms(figure, locale)
    if not figure.era:
        return found
    if figure.kind is Kind.NUMBER:
        found = [form.replace(",", "") for form in found]
    before = figure.era == "AD" and figure.kind is Kind.NUMBER
    return [f"AD {form}" if before else f"{form} {figure.era}" for form in found]


def _forms(figure: Figure, locale: str) -> list[str]:
    match figure.kind:
        case Kind.REFERENCE | Kind.PHONE:
            return [str(figure.value)]
        case Kind.DATE:
            return _dates(figure, locale)
        case Kind.TIME:
            return _times(figure, locale)
        case Kind.WEEKDAY | Kind.MONTH:
            return [_name(figure.kind, int(_decimal(figure)), locale)]
        case Kind.ORDINAL | Kind.CENTURY:
            noun = f" {figure.unit or 'century'}" if figure.kind is Kind.CENTURY else ""
            digits, words = ordinal(int(_decimal(figure))), ordinal_in_words(int(_decimal(figure)))
            in_words = figure.spelled or figure.kind is Kind.CENTURY or figure.unit == "century"
            first = words if in_words and _decimal(figure) < 10 else digits
            return [first + noun, digits + noun, words + noun]
        case Kind.DECADE:
            decades = _decades(int(_decimal(figure)))
            return decades if figure.other is None else [f"{decades[0]} and {_decades(int(figure.other))[0]}"]
        case Kind.AGE:
            age = in_digits(_decimal(figure), locale)
            return [f"aged {age}", f"{age}-year-old", f"{age} years old"] if figure.link else [age]
        case Kind.FRACTION:
            return _fractions(figure)
    if isinstance(figure.value, Pair):
        return _pairs(figure, locale)
    return _quantities(figure, locale)


def _decimal(figure: Figure) -> Decimal:
    assert isinstance(figure.value, Decimal)
    return figure.value


def _dates(figure: Figure, locale: str) -> list[str]:
    assert isinstance(figure.value, Date)
    other = "en-GB" if locale == "en-US" else "en-US"
    found = [render(figure, locale), render(figure, other)]
    return sorted(found, key=lambda form: not form[0].isdigit()) if figure.unit else found


def _times(figure: Figure, locale: str) -> list[str]:
    assert isinstance(figure.value, Time)
    hour, minute, second = figure.value
    short = f"{hour}:{minute:02}" + (f":{_two_digits(second)}" if second is not None else "")
    if figure.sure or (hour > 12 and second is None and not figure.unit):
        return [render(figure, locale), short]
    parts = [(hour, "hour"), (minute, "minute"), (second or 0, "second")]
    long = " ".join(f"{number} {_unit(unit, singular=number == 1, locale=locale)}" for number, unit in parts if number)
    either = [] if figure.unit else [render(figure, locale)]
    if figure.link and second is not None:
        if not hour and not minute:
            return [long, str(second)]  # 9.81 seconds
        clock = short if hour else f"{minute}:{_two_digits(second)}"
        return [clock, long]  # 1:45.32
    if not hour and second is not None:
        return [long, f"{minute}:{_two_digits(second)}", *either]  # 39 minutes 42 seconds
    if not minute and second is None:
        return [long or "0 hours", *either]
    return [short, long, *either] if second is not None else [long, short, *either]


def _two_digits(second: int | Decimal) -> str:
    return f"{'0' if second < 10 else ''}{second}"


def _decades(decade: int) -> list[str]:
    if decade >= 100:
        return [f"{decade}s", f"’{decade % 100:02}s", f"'{decade % 100:02}s"]
    if decade < 30:  # of this century or of the last
        return [f"{decade}s", f"’{decade}s", f"19{decade}s", f"20{decade}s"]
    return [f"19{decade}s", f"’{decade}s", f"'{decade}s", f"{decade}s"]


def _fractions(figure: Figure) -> list[str]:
    assert isinstance(figure.value, Pair)
    top, below = int(figure.value.first), int(figure.value.second)
    if not figure.spelled:
        return [f"{top}/{below}"]
    if (top, below) == (1, 2):
        return ["half", "one-half"]
    part = "quarter" if below == 4 else ordinal_in_words(below)
    if top == 1:
        return [f"a {part}", f"one-{part}", f"one {part}"] if part[0] not in "aeiou" else [f"an {part}", f"one-{part}"]
    return [f"{in_words(top)}-{part}s", f"{in_words(top)} {part}s", f"{top}/{below}"]


def _pairs(figure: Figure, locale: str) -> list[str]:
    assert isinstance(figure.value, Pair)
    first, second = (
        in_digits(number.scaleb(-figure.scale), locale, grouped=number >= 10000) for number in figure.value
    )
    joined = f"{first}{figure.link}{second}"
    scale = f" {_SCALES[figure.scale]}" if figure.scale else ""
    match figure.kind:
        case Kind.PERCENTAGE:
            both = f"{first}%{figure.link}{second}%"
            return [both, f"{joined}%"] if locale == "en-US" else [f"{joined}%", both]
        case Kind.MONEY if figure.currency in _SIGNS:
            sign = _SIGNS[figure.currency]
            if scale:
                return [f"{sign}{first}{scale} to {sign}{second}{scale}", f"{sign}{joined}{scale}"]
            return [f"{sign}{first}-{sign}{second}", f"{sign}{joined}"]
        case Kind.MONEY:
            return [f"{joined}{scale} {_currency(figure.currency, locale)}"]
        case Kind.MEASURE:
            return [f"{joined} {_unit(figure.unit, singular=False, locale=locale)}"]
    return [joined + scale]


def _quantities(figure: Figure, locale: str) -> list[str]:
    value, scale = _decimal(figure), figure.scale
    if scale and -int(value.scaleb(-scale).normalize().as_tuple().exponent) > _MOST_DECIMALS:
        value, scale = Decimal(f"{value:f}"), 0  # 5,143,312, not 5.143312 million
    bare = Figure(0, 0, Kind.NUMBER, value, scale, sure=figure.sure)
    number = render(bare, locale)
    small = figure.spelled and not scale and value == int(value) and value < 10
    if figure.kind is Kind.PERCENTAGE:
        return [f"{number}%", f"{number} percent", f"{number} per cent"]
    if figure.kind is Kind.MONEY:
        named = f"{number} {_currency(figure.currency, locale)}"
        if figure.currency not in _SIGNS:
            return [named if value != 1 else named.removesuffix("s")]
        signed = render(Figure(0, 0, Kind.MONEY, value, scale, figure.currency), locale)
        short = f"{_SIGNS[figure.currency]}{in_digits(value.scaleb(-scale), locale)}{_SHORT_SCALES.get(scale, '')}"
        return [signed, named, short]
    if figure.kind is Kind.MEASURE:
        if figure.unit == "pound":
            return [f"{number} pounds"]
        if figure.link:  # 24h/24, 7j/7
            return [f"{in_words(int(value)) if value < 10 else number} {figure.unit}s {figure.link}"]
        long = f"{in_words(int(value)) if small else number} {_unit(figure.unit, singular=value == 1, locale=locale)}"
        if figure.spelled and value == Decimal("0.5"):
            unit = _unit(figure.unit, singular=True, locale=locale)
            return [f"half {'an' if unit[0] in 'aeio' else 'a'} {unit}", long]
        if figure.unit in _BYTES:
            return [f"{number} {_BYTES[figure.unit]}", f"{number}{_BYTES[figure.unit]}", long]
        if figure.unit not in _SHORT_UNITS:
            return [long]
        short = _SHORT_UNITS[figure.unit]
        return [long, f"{number} {short}", *([] if " " in short else [f"{number}{short}"])]
    if small:
        return [in_words(int(value)), number]
    if figure.spelled and value == int(value) and value < 100:
        return [number, in_words(int(value))]
    if scale:
        return [number, in_digits(value, locale)]
    return [number, in_digits(value, locale, grouped=False)]


def in_words(number: int) -> str:
    """Return a number from 0 to 99 in words: "twenty-three"."""
    if number in _NUMBERS:
        return _NUMBERS[number]
    return f"{_NUMBERS[number // 10 * 10]}-{_NUMBERS[number % 10]}"


def ordinal(number: int) -> str:
    """Return a whole number as an ordinal in digits: "21st", "112th"."""
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def ordinal_in_words(number: int) -> str:
    """Return an ordinal up to the hundredth in words, and a greater one in digits."""
    if number in _ORDINALS:
        return _ORDINALS[number]
    if not 0 < number < 100:
        return ordinal(number)
    return f"{_NUMBERS[number // 10 * 10]}-{_ORDINALS[number % 10]}"


@functools.cache
def _name(kind: Kind, number: int, locale: str) -> str:
    from babel import Locale

    data = Locale.parse(locale, sep="-")
    return str((data.days if kind is Kind.WEEKDAY else data.months)["format"]["wide"][number])


@functools.cache
def _currency(code: str, locale: str) -> str:
    from babel.numbers import get_currency_name

    name = _CURRENCIES.get(code) or str(get_currency_name(code, count=2, locale=locale.replace("-", "_")))
    return _BRITISH.get(name, name) if locale == "en-GB" else name


@functools.cache
def _unit(name: str, *, singular: bool, locale: str) -> str:
    """Return the name of a unit, as CLDR has it in full."""
    from babel.units import UnknownUnitError, format_unit

    if name in _UNITS:
        unit = _UNITS[name][0 if singular else 1]
        return _BRITISH.get(unit, unit) if locale == "en-GB" else unit
    count = "1" if singular else "2"
    try:
        return str(format_unit(int(count), name, "long", locale=locale.replace("-", "_"))).removeprefix(count).strip()
    except UnknownUnitError:
        return name.replace("-", " ") + ("" if singular else "s")
