"""The place in capitals that a news report begins with: PARIS, 3 mars (AFP) –."""

from __future__ import annotations

import re

from dragoman.article.lines import AGENCY
from dragoman.protect.names_exonyms import Exonym, exonyms
from dragoman.protect.names_words import folded, plain

_DATELINE = re.compile(
    r"(?P<place>[A-ZÀ-Þ]['’]?[A-ZÀ-Þ]+(?:[ '’-][A-ZÀ-Þ]+){0,4})"
    r"(?P<rest>,? [^—–«»]{2,70}?)?[ \u00a0\u202f]?(?:[—–]|(?<=[ \u00a0\u202f])--?(?=[ \u00a0\u202f]))"
)
# What tells a place from the label of an article (ANALYSE –, DIRECT –): who sent the report, or when.
_SENT = re.compile(
    rf"\b{AGENCY}\b"
    r"|\b\d{1,2}(?:er)? (?:janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc)"
)
_LABELS = frozenset(
    "alerte analyse brève chronique direct document dossier éclairage édito éditorial enquête entretien exclusif flash "
    "focus france infographie interview portrait récit reportage tribune urgent verbatim vidéo".split()
)


def dateline_place(text: str) -> int:
    """Return the end of the place in capitals that a text begins with, or 0 if it doesn't begin with a date line."""
    found = _DATELINE.match(text)
    if not found or found["place"].lower() in _LABELS:
        return 0
    report = text[found.end() :]
    if sum(map(str.isupper, report)) >= sum(map(str.islower, report)):
        return 0  # a headline in capitals
    sent = _SENT.search(found["rest"] or "")
    return found.end("place") if sent or _place(found["place"]) else 0


def dateline_forms(given: str) -> tuple[str, ...]:
    """Return the English names of a place in capitals, in capitals."""
    known = _place(given)
    return tuple(form.upper() for form in known.forms[:1]) if known else (plain(given),)


def _place(given: str) -> Exonym | None:
    known = exonyms().get(folded(given))
    return known if known and known.domain in ("places", "words") else None
