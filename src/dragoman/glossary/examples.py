"""The examples of a glossary, as articles to be translated, and whether their terms came out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.article.model import Article, Format, Kind, TextMap
from dragoman.glossary.entry import Entry
from dragoman.glossary.match import Matcher
from dragoman.glossary.render import forbidden, render
from dragoman.protect.span import Span, SpanKind, missing


@dataclass(frozen=True, slots=True)
class Outcome:
    """The translation of an entry's example; `fault` is what is wrong with the term in it, "" if nothing is."""

    entry: Entry
    translation: str
    fault: str


def articles(entries: Iterable[Entry]) -> list[tuple[Entry, Article]]:
    """Return an article for each entry that has an example: that sentence."""
    found = []
    for entry in entries:
        text = TextMap()
        text.add(entry.example, 0)
        block = text.block(Kind.PARAGRAPH, 0, len(entry.example))
        if block is not None:
            found.append((entry, Article(entry.place, Format.TEXT, entry.example, (block,))))
    return found


def outcome(entry: Entry, matcher: Matcher, source: str, translation: str) -> Outcome:
    """Return whether the term of an entry came out in a translation: every time, and in no form that is forbidden."""
    matches = [match for match in matcher.find(source) if entry in match.entries]
    if not matches:
        return Outcome(entry, translation, "the term is not found in its example")
    wrong = [translation[start:end] for match in matches for start, end, _ in forbidden(match, translation)]
    if wrong:
        return Outcome(entry, translation, f"{wrong[0]!r} is forbidden")
    first = tuple(row.first for match in matches for row in match.entries if row.first)
    spans = [Span(match.start, match.end, SpanKind.TERM, render(match, source) + first) for match in matches]
    lost = missing([span for span in spans if span.render], translation)
    return Outcome(entry, translation, f"{lost[0].render[0]!r} is missing" if lost else "")
