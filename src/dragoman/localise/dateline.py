"""Renders lines that are nothing but dates. They need no model, and models spoil them."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import replace

from dragoman.localise.edit import Edit
from dragoman.localise.figures import numerals
from dragoman.localise.grammar import grammar
from dragoman.localise.style import render, style
from dragoman.localise.values import Date, Figure, Kind

# What articles say of their dates, and how newspapers put it in English.
_VERBS = (
    (r"derni[èe]re (?:mise à jour|modification|actualisation)", "last updated"),
    (r"(?:article |texte )?publiée?s?|(?:date de )?publication|(?:article )?parue?s?", "published"),
    (r"(?:article )?mise?s? en ligne|postée?s?", "posted"),
    (r"(?:article )?mise?s? à jour|maj|actualisée?s?|modifiée?s?|actualisation|modification", "updated"),
    (r"créée?s?", "created"),
    (r"écrite?s?|rédigée?s?", "written"),
    (r"diffusée?s?", "broadcast"),
)
_VERB = re.compile("|".join(f"(?P<v{index}>{french})" for index, (french, _) in enumerate(_VERBS)), re.IGNORECASE)
_AFTER_VERB = re.compile(r"(?:\s?:\s?|\s)(?:le\s|à\s|ce\s)?", re.IGNORECASE)
_ARTICLE = re.compile(r"le\s", re.IGNORECASE)
_BEFORE_TIME = re.compile(r"\s?(?P<mark>[|·•–-])\s?|\s?,?\s?(?:à\s)?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s?(?P<mark>[|·•–-])\s?|(?P<bracket>\s\()|\.\s(?=[A-ZÀ-Ý\d])|,?\s(?P<and>et\s)?", re.IGNORECASE)
_READING = re.compile(
    r"(?:(?:temps|durée) de )?lecture\s?:?\s(?:en\s)?(?P<behind>\d+)\s?(?:minutes?|min|mn)\b\.?"
    r"|(?P<ahead>\d+)\s?(?:minutes?|min|mn)\.? de lecture\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?!(?:Par|De|Avec|Photo|Texte|Propos) )(?P<place>[A-ZÀ-Ý][\w’'-]+(?: [A-ZÀ-Ý(][\w’')-]*){0,3}), (?=le\s)"
)


def date_line(text: str, locale: str) -> list[Edit] | None:
    """Return edits that put a French line that is nothing but dates into English, or None if anything else is in it.

    « Publié le 18 octobre 2024 à 14h30 » becomes "Published October 18, 2024, at 2:30 p.m." in en-US. A place may
    stand first (« Londres, le 3 mai 2024 »); it gets the English name that CLDR has for it, if any. How long it takes
    to read may stand there as well (« Lecture : 3 min »). The style is AP's.

    Raises:
        DragomanError: The locale is not supported.

    """
    style(locale)
    dated: Mapping[int, Figure] = {
        figure.start: figure for figure in numerals(text, "fr") if figure.kind in (Kind.DATE, Kind.TIME)
    }
    if not dated:
        return None
    text = text.rstrip()
    edits: list[Edit] = []
    at = 0
    place = _PLACE.match(text)
    if place and not _VERB.fullmatch(place["place"]) and place["place"].lower() not in grammar("fr").weekdays:
        edits.append(Edit(*place.span("place"), _english_city(place["place"])))
        at = place.end()
    bracket = False
    while True:
        item = _item(text, at, dated, locale) or _reading_time(text, at)
        if item is None:
            return None
        edits += item
        at = item[-1].end
        if bracket and text.startswith(")", at):
            at, bracket = at + 1, False
        if text[at:] in ("", ".") and not bracket:
            if text[at:] and edits[-1].text.endswith("."):  # 2:30 p.m.
                edits.append(Edit(at, at + 1, ""))
            return edits
        between = _BETWEEN.match(text, at)
        if between is None:
            return None
        at = between.end()
        if between["mark"]:
            edits.append(Edit(*between.span(), f" {between['mark']} "))
        elif between["and"]:
            edits.append(Edit(*between.span("and"), "and "))
        bracket = bracket or between["bracket"] is not None


def _item(text: str, at: int, dated: Mapping[int, Figure], locale: str) -> list[Edit] | None:
    """Return edits for one date, with what is said of it and its time."""
    edits: list[Edit] = []
    verb = _VERB.match(text, at)
    if verb:
        after = _AFTER_VERB.match(text, verb.end())
        if after is None:
            return None
        words = next(english for index, (_, english) in enumerate(_VERBS) if verb[f"v{index}"])
        edits.append(Edit(at, after.end(), (words.capitalize() if text[at].isupper() else words) + " "))
        at = after.end()
    elif article := _ARTICLE.match(text, at):
        edits.append(Edit(at, article.end(), ""))
        at = article.end()
    figure = dated.get(at)
    if figure is None:
        return None
    if not isinstance(figure.value, Date):
        if not verb:
            return None
        edits[-1] = replace(edits[-1], text=edits[-1].text + "at ")
        return [*edits, Edit(at, figure.end, render(figure, locale))]
    edits.append(Edit(at, figure.end, render(figure, locale)))
    at = figure.end
    joint = _BEFORE_TIME.match(text, at)
    time = dated.get(joint.end()) if joint else None
    if joint is None or time is None or time.kind is not Kind.TIME:
        return edits
    comma = "," if style(locale).year_comma and figure.value.year and figure.value.day else ""
    edits.append(Edit(at, joint.end(), f" {joint['mark']} " if joint["mark"] else f"{comma} at "))
    return [*edits, Edit(time.start, time.end, render(time, locale))]


def _reading_time(text: str, at: int) -> list[Edit] | None:
    """Return an edit for how long it takes to read an article."""
    found = _READING.match(text, at)
    if found is None:
        return None
    words = f"{found['ahead']} min read" if found["ahead"] else f"reading time: {found['behind']} min"
    return [Edit(at, found.end(), words[0].upper() + words[1:] if text[at].isupper() else words)]


@functools.cache
def _cities() -> Mapping[str, str]:
    """Return the English names of cities by their French ones, as far as CLDR has time zones of that name."""
    from babel import Locale

    english = Locale.parse("en").time_zones
    return {
        names["city"]: english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        for zone, names in Locale.parse("fr").time_zones.items()
        if "city" in names
    }


def _english_city(place: str) -> str:
    return _cities().get(place, place)
