"""Finds what must survive in an article, and says for each of its segments what that is.

Names and quotations are matters of the whole article: `annotate` reads it once, `Annotation.segment` says what is in a
part of it. Terms, figures and codes are found in the segment itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dragoman.article.model import Block, Kind
from dragoman.glossary.apply import term_spans
from dragoman.glossary.match import Matcher
from dragoman.localise.edit import Edit, apply
from dragoman.localise.figures import figures
from dragoman.localise.style import style
from dragoman.localise.verify import forms
from dragoman.protect.codes import code_spans
from dragoman.protect.entities import Entity, EntityKind, entities
from dragoman.protect.names_datelines import dateline_place
from dragoman.protect.names_departments import another_place
from dragoman.protect.names_exonyms import is_place
from dragoman.protect.names_lists import HONORIFICS
from dragoman.protect.names_streets import is_street
from dragoman.protect.quotations import Piece, Quotation, QuotationKind, QuoteMark, depth_at, marks, quotations
from dragoman.protect.span import Span, SpanKind

# Where nothing is spelled out, and nothing counts as mentioned.
_HEADLINES = (Kind.TITLE, Kind.HEADING, Kind.ATTRIBUTE)

# What a policy for quotations is about: not a word in quotation marks, or the title of a book.
_SPOKEN = (QuotationKind.SPEECH, QuotationKind.PULL_QUOTE, QuotationKind.DIALOGUE)


class QuotePolicy(StrEnum):
    """What becomes of the words of a quotation."""

    TRANSLATE = "translate"  # they are translated
    KEEP = "keep"  # they stay in French
    BOTH = "both"  # they are translated, and the original follows in brackets


_CENTURIES = re.compile(r"[XVI]+e[-–][XVI]+e$")  # des IIe-IIIe siècle: no name


@dataclass(frozen=True, slots=True)
class Marks:
    """What must survive of a segment; all offsets count characters in it."""

    spans: tuple[Span, ...]  # in order, without overlap
    quotes: tuple[QuoteMark, ...]  # the quotation marks
    inside: int  # how many quotations are open where it begins


@dataclass(frozen=True, slots=True)
class Annotation:
    """The names and quotations of an article."""

    blocks: tuple[Block, ...]
    names: tuple[tuple[Entity, ...], ...]  # of each block, by offsets in its text
    quotations: tuple[Quotation, ...]

    def segment(
        self,
        block: int,
        start: int,
        end: int,
        matcher: Matcher | None,
        locale: str,
        *,
        mentioned: set[str] | None = None,
        policy: QuotePolicy = QuotePolicy.TRANSLATE,
    ) -> Marks:
        """Return what must survive of a segment.

        Args:
            block: Index of its block.
            start: Offset of its first character in the text of the block.
            end: Offset behind its last one.
            matcher: The compiled glossaries.
            locale: "en-US" or "en-GB", for the forms of figures.
            mentioned: The terms that the article mentioned before; those of this segment are added.
            policy: What becomes of the words of quotations.

        """
        whole = self.blocks[block]
        text = whole.text[start:end]
        protected = [(max(a, start) - start, min(b, end) - start) for a, b in whole.protected if a < end and start < b]
        spans: list[Span] = []
        if policy is QuotePolicy.KEEP:
            _add(spans, self._kept(block, start, end, locale))
        _add(spans, code_spans(text, protected))
        terms: Sequence[Span] = ()
        if matcher is not None:
            headline = whole.kind in _HEADLINES
            taken = [(span.start, span.end) for span in spans]
            terms = term_spans(text, matcher, None if headline else mentioned, taken)
        names = [
            Span(name.start - start, name.end - start, SpanKind.ENTITY, name.render)
            for name in self.names[block]
            if start <= name.start and name.end <= end
        ]
        amounts = list(_figures(text, locale))
        names, terms = _reconciled(
            [name for name in names if not _inside(name, amounts) and not _CENTURIES.match(text, name.start, name.end)],
            [term for term in terms if not _inside(term, amounts)],
            text,
            {(n.start - start, n.end - start) for n in self.names[block] if n.kind is EntityKind.PERSON},
        )
        _add(spans, terms)
        _add(spans, names)
        _add(spans, self._titles(block, start, end))
        _add(spans, amounts)
        quotes = marks(self.quotations, block, start, end)
        kept = [span for span in spans if span.kind is SpanKind.QUOTATION]
        quotes = tuple(mark for mark in quotes if not any(k.start <= mark.start < k.end for k in kept))
        return Marks(tuple(sorted(spans, key=lambda s: s.start)), quotes, depth_at(self.quotations, block, start))

    def pieces(self, block: int) -> tuple[Piece, ...]:
        """Return the pieces in a block of what somebody said, without quotations inside them."""
        return tuple(
            piece
            for quotation in self.quotations
            if quotation.depth == 0 and quotation.kind in _SPOKEN
            for piece in quotation.pieces
            if piece.block == block
        )

    def _kept(self, block: int, start: int, end: int, locale: str) -> Iterator[Span]:
        """Yield the words of a segment that are somebody's, to be left in French, with English marks inside them."""
        outer = style(locale).quotes
        inner = ("“", "”") if outer[0] == "‘" else ("‘", "’")
        for piece in self.pieces(block):
            a, b = max(piece.inner_start, start), min(piece.inner_end, end)
            if a < b:
                edits = [
                    Edit(mark.start, mark.end, (inner if mark.depth % 2 else outer)[mark.role == "close"])
                    for mark in marks(self.quotations, block, a, b)
                ]
                words = apply(self.blocks[block].text[a:b], edits)[0]
                yield Span(a - start, b - start, SpanKind.QUOTATION, (words,))

    def _titles(self, block: int, start: int, end: int) -> Iterator[Span]:
        """Yield the titles of works in a segment: they stay as they are."""
        for quotation in self.quotations:
            if quotation.kind is QuotationKind.TITLE:
                for piece in quotation.pieces:
                    if piece.block == block and start <= piece.inner_start < piece.inner_end <= end:
                        a, b = piece.inner_start, piece.inner_end
                        yield Span(a - start, b - start, SpanKind.ENTITY, (self.blocks[block].text[a:b],))


def annotate(blocks: Sequence[Block]) -> Annotation:
    """Find the names and quotations of an article; of its boilerplate there are none."""
    read = [index for index, block in enumerate(blocks) if not block.boilerplate]
    names: list[tuple[Entity, ...]] = [()] * len(blocks)
    for index, found in zip(read, entities([blocks[index].text for index in read]), strict=True):
        names[index] = found
    return Annotation(tuple(blocks), tuple(names), quotations(blocks))


def _add(spans: list[Span], more: Iterable[Span]) -> None:
    """Add spans where nothing was found before."""
    for span in more:
        if not any(span.start < other.end and other.start < span.end for other in spans):
            spans.append(span)


def _figures(text: str, locale: str) -> Iterator[Span]:
    for figure in figures(text, "fr"):
        if not figure.free:
            yield Span(figure.start, figure.end, SpanKind.FIGURE, forms(figure, locale), figure=figure)


def _inside(span: Span, figures: Sequence[Span]) -> bool:
    """Tell whether a span is a part of a figure: the CFA of « 5 milliards de francs CFA »."""
    return any(
        f.start <= span.start and span.end <= f.end and (f.start, f.end) != (span.start, span.end) for f in figures
    )


def _reconciled(
    names: Sequence[Span], terms: Sequence[Span], text: str, persons: Collection[tuple[int, int]]
) -> tuple[list[Span], list[Span]]:
    """Settle what names and terms both claim: the longer wins, and a name takes over the names inside it.

    The term « Poutine » makes of the person « Vladimir Poutine » a Vladimir Putin; the term « conseil » is none in the
    name of Marc Conseil, nor « Londres » in that of Albert Londres.
    """
    kept, left = [], list(terms)
    for name in names:
        as_written = name.render[0] == text[name.start : name.end]
        touching = [term for term in left if term.start < name.end and name.start < term.end]
        whole = " " in text[name.start : name.end] or text[: name.start].rstrip().split(" ")[-1] in HONORIFICS
        # A surname alone (Vienne) may be the town, though a Jean Vienne is named.
        if whole and (name.start, name.end) in persons:
            places = [term for term in touching if is_place(text[term.start : term.end])]
            touching = [term for term in touching if term not in places]
            left = [term for term in left if term not in places]
        inner = [term for term in touching if name.start <= term.start and term.end <= name.end]
        same = next((term for term in inner if (term.start, term.end) == (name.start, name.end)), None)
        if same and (name.start, name.end) not in persons and another_place(text[name.start : name.end], name.render):
            left.remove(same)
            kept.append(name)
            continue
        if same:
            if name.end == dateline_place(text):
                left[left.index(same)] = replace(same, render=tuple(form.upper() for form in same.render[:1]))
            elif not as_written:  # an exonym, and maybe its adjective; not the French name, which a glossary may forbid
                more = [form for form in name.render if form != text[name.start : name.end]]
                left[left.index(same)] = replace(same, render=tuple(dict.fromkeys((*same.render, *more))))
            continue
        if len(inner) < len(touching):
            continue
        left = [term for term in left if term not in inner]
        translated = [term for term in inner if term.render[0][:1].isupper()]
        if translated and as_written and not is_street(text[name.start : name.end]):
            name = replace(name, render=tuple(_composed(name, translated, text)))
        kept.append(name)
    return kept, left


def _composed(name: Span, terms: Sequence[Span], text: str) -> Iterator[str]:
    """Yield the forms of a name in which terms are replaced by their forms, the first with the first of each."""
    for index in range(max(len(term.render) for term in terms)):
        edits = [Edit(t.start - name.start, t.end - name.start, t.render[min(index, len(t.render) - 1)]) for t in terms]
        yield apply(text[name.start : name.end], edits)[0]
