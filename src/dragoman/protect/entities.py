"""Names in an article: which words they are, and in which forms an English translation may have them.

A capital inside a French sentence marks a name, or an institution that has an ordinary word for one (l'État, la Cour
suprême). Names without ordinary words are kept to the letter; persons are kept whole, with ordinary words too (Jean
Petit); places and people with an English name get it. What can't be told is left alone: what is found here is demanded
of the translation.

Statistical recognition was measured against these rules (spaCy's fr_core_news_md on newstest2012 and flores-dev): of
the entities that it alone finds, 86 % are not in the translations by people as they are, since nearly all are
institutions and peoples; it would take a second of every run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.protect.names_article import learn
from dragoman.protect.names_exonyms import exonyms
from dragoman.protect.names_scan import EntityKind, Known, Name, Text, scan
from dragoman.protect.names_spelling import places, respell, said
from dragoman.protect.names_words import first_names, ordinary, plain

__all__ = ["Entity", "EntityKind", "entities", "load", "places", "respell", "said"]


@dataclass(frozen=True, slots=True)
class Entity:
    """A name at text[start:end] (characters, half-open), and its right forms in English, the preferred first.

    French elision and articles, honorifics and functions are outside. Forms have straight apostrophes and ordinary
    spaces; `places` takes the others as well.
    """

    start: int
    end: int
    kind: EntityKind
    render: tuple[str, ...]


def entities(texts: Sequence[str]) -> list[tuple[Entity, ...]]:
    """Return the names in each block of an article, in order and without overlap.

    The article is one: what a block tells about a name (a full name, l'opérateur Orange) holds in the others.

    Args:
        texts: The French texts of all its blocks.

    """
    split = [Text(text) for text in texts]
    known = learn(split)
    return [tuple(_entity(text, name, known) for name in scan(text, known)) for text in split]


def load() -> None:
    """Read the word lists and English names that `entities` needs (0.3 s), in a thread, say, beside something else."""
    ordinary("maison")
    first_names()
    exonyms()


def _entity(text: Text, name: Name, known: Known) -> Entity:
    spelling = plain(text.given(name.first, name.last))
    kind = known.names[spelling][0] if spelling in known.names else name.kind
    return Entity(text.words[name.first].start, text.words[name.last - 1].end, kind, name.render)
