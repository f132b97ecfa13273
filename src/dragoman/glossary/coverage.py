"""Tells which entries of glossaries occur in articles, and which never do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.article.model import Article
from dragoman.glossary.entry import Entry
from dragoman.glossary.extract import sentences_of
from dragoman.glossary.match import compile as compiled


@dataclass(frozen=True, slots=True)
class Coverage:
    """An entry, and how often its term occurs in each article that has it, by the article's name."""

    entry: Entry
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """How often the term occurs in all articles."""
        return sum(self.counts.values())


def coverage(entries: Sequence[Entry], articles: Sequence[Article]) -> list[Coverage]:
    """Return for each entry where its term occurs, in the order of the entries.

    Terms are found as in translation: inflected, the longest first, not in code or addresses. Entries with the same
    source, a preferred and a forbidden form say, occur together.
    """
    matcher = compiled(entries)
    counts: dict[int, Counter[str]] = {id(entry): Counter() for entry in entries}
    for article in articles:
        for text, code in sentences_of(article):
            for match in matcher.find(text, code):
                for entry in match.entries:
                    counts[id(entry)][article.name] += 1
    return [Coverage(entry, dict(counts[id(entry)])) for entry in entries]
