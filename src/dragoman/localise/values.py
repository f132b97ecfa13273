"""What a figure is: its kind, its exact value, and where it stands in a text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """Kinds of figures."""

    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    PERCENTAGE = "percentage"
    MONEY = "money"
    MEASURE = "measure"  # a number with a unit: 12 km, 45 ans, 3 points
    AGE = "age"  # of a person: âgé de 45 ans
    ORDINAL = "ordinal"
    CENTURY = "century"
    DECADE = "decade"
    FRACTION = "fraction"
    PAIR = "pair"  # two numbers with a mark between them: a score, a range, a season
    REFERENCE = "reference"  # what a law, an article, a dossier is numbered with
    PHONE = "phone"
    WEEKDAY = "weekday"  # alone, without a date
    MONTH = "month"  # alone, without a day or a year


class Date(NamedTuple):
    """A calendar date as far as the text gives it.

    `month` is 1 to 12, `weekday` 0 (Monday) to 6, as written, even where it is not the day of that date.
    `last` is the last day of a span of days in one month (« du 3 au 5 mai »).
    """

    year: int | None
    month: int
    day: int | None = None
    weekday: int | None = None
    last: int | None = None


class Time(NamedTuple):
    """A time of day, from (0, 0) to (23, 59, 59), or how long something took, to a part of a second in a race."""

    hour: int
    minute: int
    second: int | Decimal | None = None


class Pair(NamedTuple):
    """Two numbers that are written as one: the parts of a score, the ends of a range, numerator and denominator."""

    first: Decimal
    second: Decimal


# A reference and a phone number are their characters; a weekday is 0 (Monday) to 6, a month 1 to 12; a decade is 1980,
# or 80 if that is how it is written.
Value = Decimal | Date | Time | Pair | str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure found at text[start:end].

    The value of a percentage is the number before the sign; that of « 1,3 milliard d'euros » is 1300000000,
    with scale 9 and currency EUR. A minus before a quantity is part of it where `figures` reads it: the value is
    negative. text[start:end] is what the figure's form in the other language can stand for: « XXIe siècle » without
    its article, « âgé de 45 ans » with the adjective, the number alone of « article 49.3 ».
    """

    start: int
    end: int
    kind: Kind
    value: Value
    scale: int = 0  # the power of ten that a scale word stands for: 6, 9 or 12
    currency: str = ""  # ISO 4217
    # What joins the days of a span, in English: "to", "and", "or", "through", "-", "–"; behind 24h/24, "a day"; what
    # parts the minutes and seconds of a race, ":".
    link: str = ""
    # False where the form may be something else: 2h30 may be how long it takes, 14:30 a score, 2000 a year.
    sure: bool = True
    # Of a measure, by its name in CLDR: "kilometer", "year", "percentage-point"; "hour" of a time that is a duration;
    # "day" of a date behind others of its month: 12, 13 et 14 mai;
    # "century" of an ordinal that shares the word, "centuries" of the century: les XVe et XVIe siècles.
    unit: str = ""
    era: str = ""  # of a year or century: BC, AD, BCE or CE, in English only the first two
    spelled: bool = False  # in words
    # Translators may say it in another way or not at all (les deux: both; une douzaine; premier): it is read, so that
    # it is known when the translation says it, but its loss is no error.
    free: bool = False
    # What the same characters may mean as well: 3,158 in a text that came from English; the second of années 60-70.
    other: Decimal | None = None

    @property
    def amount(self) -> Decimal:
        """The number without its scale word, 1.3 for 1.3 billion, where the value is a number."""
        assert isinstance(self.value, Decimal)
        return self.value.scaleb(-self.scale)
