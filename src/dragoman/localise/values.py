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
    """A time of day, from (0, 0) to (23, 59)."""

    hour: int
    minute: int


Value = Decimal | Date | Time


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure found at text[start:end].

    The value of a percentage is the number before the sign; that of « 1,3 milliard d'euros » is 1300000000,
    with scale 9 and currency EUR. A sign (+, -) before the figure is not part of it.
    """

    start: int
    end: int
    kind: Kind
    value: Value
    scale: int = 0  # the power of ten that a scale word stands for: 6, 9 or 12
    currency: str = ""  # ISO 4217
    link: str = ""  # what joins the days of a span, in English: "to", "and", "or", "through", "-", "–"
    # False where the form may be something else: 2h30 may be how long it takes, 14:30 a score, 2000 a year.
    sure: bool = True

    @property
    def amount(self) -> Decimal:
        """The number without its scale word, 1.3 for 1.3 billion, where the value is a number."""
        assert isinstance(self.value, Decimal)
        return self.value.scaleb(-self.scale)
