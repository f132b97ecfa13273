"""What a term that was found may become in English, and what it must not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from dragoman.glossary import english
from dragoman.glossary.entry import Entry, EntryKind
from dragoman.glossary.inflect import Tense
from dragoman.glossary.match import Match
from dragoman.glossary.resolve import built_in
from dragoman.glossary.spelling import spellings
from dragoman.localise.edit import Edit
from dragoman.protect.span import Span, missing, places, term_pattern

_COUNTED = ("", "noun", "abbreviation")  # parts of speech that have a plural; names and phrases have if it is given


def render(match: Match, text: str) -> tuple[str, ...]:
    """Return the acceptable English forms of a term, the best first; none if its entries only forbid some.

    The number of the French comes first. The other number is accepted as well: English uses the singular before
    another noun (hausse des taux d'intérêt: interest rate rise), and either where French has the other one
    (informations: information). Admitted forms come after the preferred ones. Those of built-in glossaries may be
    spelled as Americans do or as the British; a user's are as they were written.

    Args:
        match: What was found.
        text: Where it was found: the text of the segment.

    """
    rows = [entry for entry in match.entries if entry.kind in (EntryKind.PREFERRED, EntryKind.KEEP)]
    rows += [entry for entry in match.entries if entry.kind is EntryKind.ADMITTED]
    forms = [form for entry in rows for form in _forms(entry, match)]
    if built_in(*rows):
        forms += [other for form in forms for other in spellings(form)]
    if any(entry.kind is EntryKind.KEEP for entry in rows):
        forms.append(text[match.start : match.end])  # with its French plural, and the author's capitals
    return tuple(dict.fromkeys(forms))


def first_mention(match: Match) -> str:
    """Return what the term is to be written as at its first mention in an article, or ""."""
    entry = next((entry for entry in match.entries if entry.first and entry.kind is not EntryKind.FORBIDDEN), None)
    if entry is None:
        return ""
    return english.plural(entry.first) if match.plural and entry.pos in _COUNTED else entry.first


def expansion(first: str) -> str:
    """Return the words of a first mention that end in an acronym: "World Health Organization (WHO)"; else ""."""
    expanded = english.EXPANDED.match(first)
    return expanded["words"] if expanded else ""


def forbidden(match: Match, target: str) -> list[tuple[int, int, Entry]]:
    """Return where a translation has English that is forbidden for a term, half-open, with the entry that says so.

    A forbidden form inside an acceptable one doesn't count.
    """
    right = [place for form in _written(match) for place in _places(form, target)]
    found = {
        (start, end): entry
        for entry in match.entries
        if entry.kind is EntryKind.FORBIDDEN
        for form in _forms(entry, match)
        for start, end in _places(form, target)
        if not any(a <= start and end <= b for a, b in right)
    }
    return [(start, end, entry) for (start, end), entry in sorted(found.items(), key=lambda item: item[0])]


def respell(spans: Sequence[Span], text: str) -> list[Edit]:
    """Return edits that give missing terms the capitals of their form: "national assembly", "Nato", "U.N." for "UN".

    The translation has the words, but not the capitals or the full stops of any acceptable form. Nothing is done where
    capitals make another word of a short acronym (it, who).
    """
    lost = missing(spans, text)
    taken = [place for span in spans if span not in lost for place in places(span, text)]
    edits: list[Edit] = []
    for span in lost:
        near = [(form, start, end) for form in span.render for start, end in _near(form, text)]
        for form, start, end in near:
            if all(end <= a or b <= start for a, b in taken):
                at_start = text[start].isupper() and form[:1].islower()
                edits.append(Edit(start, end, form[0].upper() + form[1:] if at_start else form))
                taken.append((start, end))
                break
    return sorted(edits, key=lambda edit: edit.start)


def _forms(entry: Entry, match: Match) -> tuple[str, ...]:
    if entry.pos == "verb":
        by_tense = english.verb_forms(entry.target)
        asked = by_tense.get(match.tense or Tense.BASE, ())
        return (*asked, *(form for forms in by_tense.values() for form in forms))
    if entry.pos not in _COUNTED and not entry.plural:
        return (entry.target,)
    many = entry.plural or english.plural(entry.target)
    return (many, entry.target) if match.plural else (entry.target, many)


def _written(match: Match) -> Iterator[str]:
    return (form for entry in match.entries if entry.kind is not EntryKind.FORBIDDEN for form in _forms(entry, match))


def _places(form: str, target: str) -> Iterable[tuple[int, int]]:
    return (found.span() for found in term_pattern(form).finditer(target))


def _near(form: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where a form stands but for capitals and full stops."""
    acronym = form.isupper() and form.isalpha()
    if acronym:
        dotted = r"\.".join(form) + r"\.?"
        pattern = f"{dotted}|{form.capitalize()}" if len(form) > 3 else dotted
        flags = re.NOFLAG
    else:
        pattern = re.escape(form).replace(r"\ ", "[ \u00a0-]").replace("'", "['’]")
        flags = re.IGNORECASE
    return (found.span() for found in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text, flags))
