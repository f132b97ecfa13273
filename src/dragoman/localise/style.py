"""How newspapers of a locale write figures, and the marks they use.

The order of the fields of a date, the names in it, the number format and the scale words are CLDR's, by
Babel. The rest is house style, and follows the Associated Press (en-US) and the Guardian (en-GB):

- Times: "2:30 p.m.", "6 p.m.", "noon" (AP Stylebook, "times", "noon"); "2:30pm", "6pm" (Guardian style guide,
  "times", with a colon, as CLDR has it, for the Guardian's full stop). On 12 o'clock both say "noon" and
  "midnight".
- Percentages: the sign, closed up (AP since 2019; Guardian, "per cent").
- Money: the sign first, the scale word in full: "€1.3 billion". For the euro, AP itself writes "1.3 billion
  euros"; but the sign is shorter, and is what Reuters, the Guardian, the Financial Times and the New York
  Times print. A thousand millions is a billion (a thousand billions a trillion) if two decimals are enough
  for that.
- Months are written in full, as CLDR does, where AP abbreviates the long ones: readers of both locales know
  the form.
- In en-US a comma follows the year (AP, "months"): "On May 3, 2024, the board met."
- Quotation marks: double outside and single inside in en-US, with full stops and commas inside (AP, "quotation
  marks"); single outside and double inside in en-GB, with stops where they belong (New Hart's Rules, chapter 9; many
  British papers have double ones outside).
- Dashes: "—" closed up in en-US (Chicago Manual of Style, "em dash"; AP has spaces around it), a spaced "–" in en-GB
  (Guardian, "dashes").
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from decimal import Decimal

from dragoman.errors import DragomanError
from dragoman.localise.numbers import SIGNS
from dragoman.localise.values import Date, Figure, Kind, Time

# Most decimals with a larger scale word: 3,250 billion is 3.25 trillion, 3,255 billion stays.
_DECIMALS_OF_LARGER_SCALE = 2


@dataclass(frozen=True, slots=True)
class Style:
    """A locale's conventions where CLDR has none, or newspapers have their own."""

    locale: str  # for Babel
    weekday_comma: bool
    year_comma: bool
    halves: tuple[str, str]  # of the day: what follows the hours before noon, and after
    quotes: tuple[str, str]  # the outer pair: the inner one is the other of “” and ‘’
    dash: str
    marks_inside_quotes: bool


_STYLES = {
    "en-US": Style("en_US", True, True, (" a.m.", " p.m."), ("“", "”"), "—", True),
    "en-GB": Style("en_GB", False, False, ("am", "pm"), ("‘", "’"), " – ", False),
}


def style(locale: str) -> Style:
    """Return the style of a target locale, "en-US" or "en-GB".

    Raises:
        DragomanError: For any other locale.

    """
    try:
        return _STYLES[locale]
    except KeyError:
        raise DragomanError(f"locale {locale!r}: not supported; choose {' or '.join(_STYLES)}") from None


def render(figure: Figure, locale: str) -> str:
    """Return a date, time, number, percentage or sum of money as the locale writes it, whatever its language was.

    A number that may be a year (`sure` is False) gets no separators.
    """
    house = style(locale)
    match figure.value:
        case Date() as date:
            return _date(date, figure.link, house)
        case Time() as time:
            return _time(time, house)
    assert isinstance(figure.value, Decimal)
    value, scale = figure.value, figure.scale
    if scale in (6, 9) and value.scaleb(-scale) >= 1000:
        larger = value.scaleb(-scale - 3).normalize()
        if -int(larger.as_tuple().exponent) <= _DECIMALS_OF_LARGER_SCALE:
            scale += 3
            value = larger.scaleb(scale)
    amount = value.scaleb(-scale)
    word = f" {_scale_word(scale, house.locale)}" if scale else ""
    if figure.kind is Kind.PERCENTAGE:
        return f"{in_digits(amount, house.locale)}%"
    if figure.kind is Kind.MONEY:
        if not scale and amount.as_tuple().exponent == -1:  # 3,5 € is €3.50
            amount = amount.quantize(Decimal("0.01"))
        return f"{SIGNS[figure.currency]}{in_digits(amount, house.locale)}{word}"
    return f"{in_digits(amount, house.locale, grouped=figure.sure)}{word}"


def in_digits(amount: Decimal, locale: str, *, grouped: bool = True) -> str:
    """Return a number as the locale (en-US or en_US) writes it, with as many decimals as it has."""
    from babel.numbers import format_decimal

    decimals = max(0, -int(amount.as_tuple().exponent))
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(amount, pattern, locale.replace("-", "_"), group_separator=grouped))


@functools.cache
def _scale_word(scale: int, locale: str) -> str:
    from babel import Locale

    pattern = Locale.parse(locale).compact_decimal_formats["long"]["other"][str(10**scale)]
    return str(pattern.pattern).removeprefix("0 ")


@functools.cache
def _date_words(locale: str) -> tuple[dict[tuple[bool, bool], str], dict[int, str], dict[int, str]]:
    """Return the locale's patterns of dates, by (has a day, has a year), and its months and weekdays."""
    from babel import Locale

    data = Locale.parse(locale)
    patterns = {
        (True, True): data.date_formats["long"].pattern,
        (True, False): data.datetime_skeletons["MMMMd"].pattern,
        (False, True): data.datetime_skeletons["yMMMM"].pattern,
    }
    return patterns, dict(data.months["format"]["wide"]), dict(data.days["format"]["wide"])


def _date(date: Date, link: str, house: Style) -> str:
    patterns, months, weekdays = _date_words(house.locale)
    day = str(date.day)
    if date.last is not None:
        day += f"{link}{date.last}" if link in ("-", "–") else f" {link} {date.last}"
    fields = {"MMMM": months[date.month], "d": day, "y": str(date.year)}
    pattern = patterns[date.day is not None, date.year is not None]
    written = re.sub("MMMM|d|y", lambda match: fields[match[0]], pattern)
    if date.weekday is None:
        return written
    return f"{weekdays[date.weekday]}{',' if house.weekday_comma else ''} {written}"


def _time(time: Time, house: Style) -> str:
    if time.minute == 0 and time.hour in (0, 12) and time.second is None:
        return "noon" if time.hour else "midnight"
    minutes = f":{time.minute:02}" if time.minute or time.second is not None else ""
    minutes += f":{time.second:02}" if time.second is not None else ""
    return f"{time.hour % 12 or 12}{minutes}{house.halves[time.hour >= 12]}"
