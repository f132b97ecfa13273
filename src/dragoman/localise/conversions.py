"""Tells whether a measure says another one in other units: 4 800 km and 3,000 miles, 18 months and a year and a half.

Translators convert measures for their readers, instead of the source's or beside it, and round as they like. The
factors are those of the international agreement of 1959 (National Bureau of Standards, "Refinement of values for the
yard and the pound") and of the SI.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from dragoman.localise.values import Figure, Kind

# Of each unit: what it measures, and how much of that, in a unit that all of its kind share.
_UNITS = {
    name: (dimension, Decimal(factor))
    for dimension, units in {
        "length": "millimeter 0.001 centimeter 0.01 meter 1 kilometer 1000 inch 0.0254 foot 0.3048 yard 0.9144 "
        "mile 1609.344",
        "area": "square-meter 1 hectare 10000 square-kilometer 1000000 square-foot 0.09290304 acre 4046.8564224 "
        "square-mile 2589988.110336",
        "volume": "milliliter 0.001 liter 1 hectoliter 100 cubic-meter 1000 gallon 3.785411784 cubic-foot 28.316846592 "
        "barrel 158.987294928",
        "mass": "milligram 0.001 gram 1 kilogram 1000 tonne 1000000 ounce 28.349523125 pound 453.59237",
        "speed": "kilometer-per-hour 1 mile-per-hour 1.609344 meter-per-second 3.6",
        "days": "minute 1 hour 60 day 1440 week 10080",
        "months": "month 1 year 12 decade 120 century 1200",
    }.items()
    for name, factor in zip(units.split()[::2], units.split()[1::2], strict=True)
}
_MARGINS = {"days": Decimal(0), "months": Decimal(0)}  # of the measure
_ROUNDED = Decimal("0.05")  # of any other: 30 m, 100 ft
_TEMPERATURE = "temperature"
_DEGREES = Decimal(2)  # of Fahrenheit: 32 °C, 90 °F
# French counts the day of today: quinze jours are two weeks.
_WEEKS_IN_DAYS = (Decimal(8), Decimal(15))

Measures = Mapping[tuple[str, str], Sequence[Decimal]]
"""What is measured, by which unit, and how much, in the unit that all of its kind share, in order."""


def measures(figures: Iterable[Figure]) -> Measures:
    """Return the measures among figures, in which `converted` looks."""
    found: dict[tuple[str, str], list[Decimal]] = {}
    for figure in figures:
        for what, unit, values in _measured(figure):
            found.setdefault((what, unit), []).extend(values)
    return {key: sorted(values) for key, values in found.items()}


def converted(figure: Figure, among: Measures) -> bool:
    """Tell whether a figure, in whichever language, says one of some measures in another unit.

    A bare number is taken for degrees of the other scale: « 32 °C », the 90 in "90-degree heat".
    """
    for what, unit, values in _measured(figure):
        for (other_what, other_unit), others in among.items():
            if other_what == what and other_unit != unit and any(_holds(others, value, what) for value in values):
                return True
    return False


def _holds(values: Sequence[Decimal], value: Decimal, what: str) -> bool:
    """Tell whether one of some values, in order, is near enough."""
    most = _DEGREES if what == _TEMPERATURE else abs(value) * _MARGINS.get(what, _ROUNDED)
    at = bisect_left(values, value - most)
    return at < len(values) and values[at] <= value + most


def _measured(figure: Figure) -> Iterator[tuple[str, str, list[Decimal]]]:
    """Yield what a figure measures, in which unit, and what it may say of it, in the unit that all share.

    2,735 km are more than 2 km or more than 2,000; pounds may be money, too.
    """
    values = [value for value in (figure.value, figure.other) if isinstance(value, Decimal)]
    unit = "pound" if figure.currency == "GBP" else figure.unit
    if unit == "celsius":
        yield _TEMPERATURE, unit, [value * Decimal("1.8") + 32 for value in values]
    elif unit in ("fahrenheit", "degree") or (not unit and figure.kind in (Kind.NUMBER, Kind.DECADE)):
        yield _TEMPERATURE, "", values
    elif unit in _UNITS:
        if unit == "day":
            values += [value - 1 for value in values if value in _WEEKS_IN_DAYS]
        what, factor = _UNITS[unit]
        yield what, unit, [value * factor for value in values]
